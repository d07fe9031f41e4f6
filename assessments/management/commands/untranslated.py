"""Says what has no German, on pages and in the framework, so that no text reaches people in English by oversight."""

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from assessments.framework import untranslated_texts

_IN_LOCALE = Path("de", "LC_MESSAGES")
_PLACES = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{[^{}]*\}")
_TAGS = re.compile(r"</?[a-z][a-z0-9]*")
_LONGEST = 110


class Command(BaseCommand):
    help = "Exit status 1, and a line for each, where a text has no German, or German that does not go with it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--catalogue", default=str(settings.LOCALE_PATHS[0]), help="The folder that is looked at.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not shutil.which("xgettext"):
            raise CommandError("xgettext is missing. It comes with the package gettext (brew install gettext).")
        kept = Path(options["catalogue"]) / _IN_LOCALE
        faults = [*untranslated_texts(), *_faults(kept / "django.po", kept / "django.mo")]
        for fault in faults:
            self.stdout.write(fault)
        if faults:
            raise CommandError(
                f"{len(faults)} in all. `manage.py makemessages` adds what is new to {_IN_LOCALE / 'django.po'}; "
                "`manage.py compilemessages` makes django.mo of it."
            )


def _faults(source: Path, compiled: Path) -> Iterator[str]:
    now = _brought_up_to_date(source)
    for message in now:
        if message.id:
            yield from (f"{fault}: {_shown(message)}" for fault in _faults_of(message))
    for message in now.obsolete.values():
        yield f"no longer used: {_shown(message)}"
    kept, made = _words(_read(source)), _words(_read_compiled(compiled))
    for key in sorted(map(str, [key for key in kept.keys() | made.keys() if kept.get(key) != made.get(key)])):
        yield f"django.mo is older than django.po: {key[:_LONGEST]}"


def _brought_up_to_date(source: Path) -> Catalog:
    """The catalogue as it would be with all that is marked now."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / _IN_LOCALE / "django.po"
        copy.parent.mkdir(parents=True)
        if source.exists():
            shutil.copy(source, copy)
        call_command("makemessages", into=folder, verbosity=0)
        return _read(copy)


def _read(source: Path) -> Catalog:
    if not source.exists():
        return Catalog("de")
    with source.open("rb") as file:
        return read_po(file, locale="de", abort_invalid=True)


def _read_compiled(compiled: Path) -> Catalog:
    if not compiled.exists():
        return Catalog("de")
    with compiled.open("rb") as file:
        return read_mo(file)


def _words(catalog: Catalog) -> Mapping[tuple[Any, ...], Any]:
    done = [one for one in catalog if one.id and not one.fuzzy and all(_forms(one.string))]
    return {(one.context, *_forms(one.id)): _forms(one.string) for one in done}


def _forms(text: Any) -> tuple[str, ...]:
    """What a message says of one and of many, or just what it says."""
    return tuple(text) if isinstance(text, (list, tuple)) else (text,)


def _shown(message: Message) -> str:
    text = _forms(message.id)[0]
    context = f" ({message.context})" if message.context else ""
    return f"“{text if len(text) <= _LONGEST else f'{text[:_LONGEST]}…'}”{context}"


def _faults_of(message: Message) -> Iterator[str]:
    """
    >>> list(_faults_of(Message("{a} of <b>{b}</b>", "{b} von <b>{a}</b>")))
    []
    >>> list(_faults_of(Message("{a} of {b}", "{a}"))), list(_faults_of(Message("A <b>word</b>", "Ein Wort")))
    (['other placeholders'], ['other tags'])
    >>> list(_faults_of(Message(("one case", "{n} cases"), ("ein Fall", "{n} Fälle"))))
    []
    >>> list(_faults_of(Message(("one case", "{n} cases"), ("ein Fall", "")))), list(_faults_of(Message("Yes")))
    (['no German'], ['no German'])
    """
    german = _forms(message.string)
    if not all(german):
        yield "no German"
        return
    if message.fuzzy:
        yield "marked as fuzzy"
    english = _forms(message.id)
    places = [set(_PLACES.findall(text)) for text in english]
    said = [set(_PLACES.findall(text)) for text in german]
    if said[-1] != places[-1] or not said[0] <= places[0] | places[-1]:  # of one, a word may say how many
        yield "other placeholders"
    tags = [Counter(_TAGS.findall(text)) for text in english]
    if any(Counter(_TAGS.findall(text)) not in tags for text in german):
        yield "other tags"
