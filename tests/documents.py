"""The example documents that ftdecide comes with."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "assessments" / "examples"
EXAMPLES = ("eight_approaches", "service_desk", "support_copilot", "task_api")


def example_document(name: str) -> dict[str, Any]:
    """A fresh copy of the example, as JSON values."""
    document: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text())
    return document


def named(name: str = "Refund replies", **parts: Any) -> dict[str, Any]:
    """A small document with this name and these parts."""
    use_case = {"name": name, **parts.pop("use_case", {})}
    return {"format": "ftdecide/assessment", "version": 1, "use_case": use_case, **parts}
