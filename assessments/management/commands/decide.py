"""Prints the result of a document as JSON. Needs no database."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError

from assessments.engine.decide import decide
from assessments.engine.document import LARGEST_DOCUMENT, DocumentError, load_document
from assessments.engine.result_json import result_json
from assessments.framework import Framework, FrameworkError, load_framework
from assessments.framework.changes import framework_of
from assessments.framework.framework_file import LARGEST, read_own


class Command(BaseCommand):
    help = "Prints the result of an assessment document as JSON. - reads standard input."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a document, or - for standard input")
        parser.add_argument("--lines", action="store_true", help="one document a line, one result a line")
        parser.add_argument("--framework", metavar="FILE", default="", help="a team's own framework to decide under")

    def handle(self, *args: Any, file: str, lines: bool, framework: str, **options: Any) -> None:
        try:
            rules = self._framework(framework) if framework else load_framework()
            with nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb") as stream:
                faulty = self._lines(stream, rules) if lines else self._one(stream, rules)
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from None
        if faulty:
            sys.exit(1)

    def _framework(self, file: str) -> Framework:
        try:
            with Path(file).open("rb") as stream:
                return framework_of(read_own(stream.read(LARGEST + 1)))
        except FrameworkError as error:
            self.stderr.write("\n".join(error.faults))
            sys.exit(1)

    def _one(self, stream: BinaryIO, framework: Framework) -> bool:
        try:
            result = result_of(stream.read(LARGEST_DOCUMENT + 1), framework)
        except DocumentError as error:
            self.stderr.write("\n".join(error.faults))
            return True
        self.stdout.write(json.dumps(result, ensure_ascii=False, indent=2))
        return False

    def _lines(self, stream: BinaryIO, framework: Framework) -> bool:
        faulty = False
        for line in bounded_lines(stream):
            try:
                result = result_of(line, framework)
            except DocumentError as error:
                result, faulty = {"errors": list(error.faults)}, True
            self.stdout.write(json.dumps(result, ensure_ascii=False))
        return faulty


def result_of(raw: bytes, framework: Framework) -> dict[str, Any]:
    """The result of one document, as JSON values. Raises DocumentError."""
    return result_json(decide(framework, load_document(raw, framework)))


def bounded_lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream; of one that is too long only as much as shows that it is."""
    while line := stream.readline(LARGEST_DOCUMENT + 2):
        kept = line
        while line and not line.endswith(b"\n"):
            line = stream.readline(LARGEST_DOCUMENT + 2)
        yield kept.rstrip(b"\r\n")
