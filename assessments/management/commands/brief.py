"""Prints the brief of a document: what to do, how sure it is, what it costs and what stands in the way."""

import json
import sys
from argparse import ArgumentParser
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from assessments.engine.document import LARGEST_DOCUMENT, DocumentError, parse_json, read_document
from assessments.framework import load_framework
from assessments.presenters.brief import present_brief
from assessments.presenters.brief_text import brief_as_markdown, brief_as_text, brief_parts
from assessments.services.answer_sheet import sheet_of_document


class Command(BaseCommand):
    help = "Prints the brief of an assessment document. - reads standard input. Needs no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a document, or - for standard input")
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", help="as JSON")
        form.add_argument("--markdown", action="store_true", help="as Markdown")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        try:
            with nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb") as stream:
                raw = parse_json(stream.read(LARGEST_DOCUMENT + 1))
            framework = load_framework()
            read_document(raw, framework)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        except DocumentError as error:
            self.stderr.write("\n".join(error.faults))
            sys.exit(1)
        sheet = sheet_of_document(framework, raw)
        view = present_brief(sheet.decision, answers=sheet.counted, today=timezone.localdate())
        if options["json"]:
            told = {"name": view.name, "headline": view.headline.title, "parts": [asdict(p) for p in brief_parts(view)]}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(brief_as_markdown(view) if options["markdown"] else brief_as_text(view), ending="")
