"""Collects what is marked to be put into other words, as Django's own command does, with our own ways to mark it."""

import os
import tempfile
from contextlib import chdir
from functools import cached_property
from typing import Any, cast

from django.conf import settings
from django.core.management.commands import makemessages
from django.core.management.commands.makemessages import BuildFile

_SHORT = ["--no-wrap", "--no-location"]
"""Which file and line a message stands in moves with every change; the text of a message is all that counts."""
_NOT_OURS = ["locale", "tests", "static", "docs", "var"]


class _OutOfTheWay(BuildFile):
    """What stands for a template meanwhile is written into a folder of its own, and not beside it."""

    @cached_property
    def work_path(self) -> str:
        if not self.is_templatized:
            return str(self.path)
        return os.path.join(cast(Command, self.command).scratch, f"{self.path.replace(os.sep, '+')}.py")


class Command(makemessages.Command):
    help = "Brings the catalogue of assessments/locale up to date with what is marked in code and templates."
    build_file_class = _OutOfTheWay
    scratch: str
    xgettext_options = [
        *makemessages.Command.xgettext_options,
        *("--keyword=counted:2,3", "--keyword=spelt:2,3"),
        *_SHORT,
    ]
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching", *_SHORT]
    msguniq_options = [*makemessages.Command.msguniq_options, *_SHORT]
    msgattrib_options = [*makemessages.Command.msgattrib_options, *_SHORT]

    def add_arguments(self, parser: Any) -> None:
        super().add_arguments(parser)
        parser.set_defaults(locale=["de"], extensions=["html", "txt", "css", "py"])
        parser.add_argument("--into", help="A folder like assessments/locale that is brought up to date instead of it.")

    def handle(self, *args: Any, **options: Any) -> None:
        self.into: str = options["into"] or str(settings.LOCALE_PATHS[0])
        options["ignore_patterns"] = [*options["ignore_patterns"], *_NOT_OURS]
        with tempfile.TemporaryDirectory() as self.scratch, chdir(settings.BASE_DIR):
            super().handle(*args, **options)

    def find_files(self, root: str) -> Any:
        self.locale_paths, self.default_locale_path = [self.into], self.into
        return super().find_files(root)
