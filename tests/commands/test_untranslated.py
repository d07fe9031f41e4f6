"""What has no German, or German that does not go with it, is named."""

import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext is not installed")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalogue in which every message stands for itself."""
    (tmp_path / "de" / "LC_MESSAGES").mkdir(parents=True)
    call_command("makemessages", into=str(tmp_path), verbosity=0)
    change(tmp_path, lambda catalog: None)
    return tmp_path


def change(folder: Path, how: Callable[[Catalog], object]) -> None:
    """Does this to a catalogue of which nothing is missing, and stores it in both forms."""
    source = folder / "de" / "LC_MESSAGES" / "django.po"
    with source.open("rb") as file:
        catalog = read_po(file, locale="de")
    for message in catalog:
        if message.id:
            message.string = message.id
    how(catalog)
    with source.open("wb") as file:
        write_po(file, catalog)
    with source.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalog)


def told(folder: Path) -> list[str]:
    out = StringIO()
    try:
        call_command("untranslated", catalogue=str(folder), stdout=out)
    except CommandError:
        return out.getvalue().splitlines()
    return []


def test_a_message_that_nothing_uses_is_named(folder: Path) -> None:
    change(folder, lambda catalog: catalog.add("Nothing says this any more", "Niemand sagt das"))
    assert "no longer used: “Nothing says this any more”" in told(folder)


def test_a_message_without_german_and_one_with_other_places_are_named(folder: Path) -> None:
    def spoil(catalog: Catalog) -> None:
        first, second, third = [one for one in catalog if isinstance(one.id, str) and "{" in one.id][:3]
        first.string, second.string = "", "Nichts davon"
        third.flags.add("fuzzy")
        spoilt.extend(str(one.id) for one in (first, second, third))

    spoilt: list[str] = []
    change(folder, spoil)
    lines = told(folder)
    for fault, text in zip(("no German", "other placeholders", "marked as fuzzy"), spoilt, strict=True):
        assert any(line.startswith(f"{fault}: “{text[:60]}") for line in lines), (fault, text)


def test_a_compiled_catalogue_that_was_left_behind_is_named(folder: Path) -> None:
    compiled = folder / "de" / "LC_MESSAGES" / "django.mo"
    before = compiled.read_bytes()

    def say_otherwise(catalog: Catalog) -> None:
        next(one for one in catalog if one.id and isinstance(one.id, str) and "{" not in one.id).string = "Anders"

    change(folder, say_otherwise)
    compiled.write_bytes(before)
    assert [line.partition(":")[0] for line in told(folder)] == ["django.mo is older than django.po"]


def test_no_german_text_has_its_quotes_twice() -> None:
    german = (settings.BASE_DIR / "assessments/locale/de/LC_MESSAGES/django.po").read_text()
    assert [line for line in german.splitlines() if "„„" in line or "““" in line] == []
