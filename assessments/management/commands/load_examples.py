"""Loads the sample assessments that everybody can read."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from assessments.engine.document import parse_json, read_document
from assessments.framework import load_framework
from assessments.services.assessments import load_sample

_EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


class Command(BaseCommand):
    help = "Loads the sample assessments. Running it again brings them back to their first state."

    def handle(self, *args: Any, **options: Any) -> None:
        for path in sorted(_EXAMPLES.glob("*.json")):
            document = parse_json(path.read_bytes())
            read_document(document, load_framework())
            load_sample(path.stem.replace("_", "-"), document)
            self.stdout.write(f"Loaded {path.stem}")
