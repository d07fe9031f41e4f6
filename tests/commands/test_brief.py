"""The brief of a document, printed for people and for programs."""

import io
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

EXAMPLE = str(Path(settings.BASE_DIR) / "assessments/examples/task_api.json")


def printed(file: str, *options: str) -> str:
    out = io.StringIO()
    call_command("brief", file, *options, stdout=out)
    return out.getvalue()


def test_the_brief_in_the_terminal() -> None:
    """Without a database, in 80 columns, the same in each form."""
    lines = printed(EXAMPLE).splitlines()
    assert lines[0] == "Task API assistant"
    assert "FINE-TUNE A SMALL MODEL. PILOT FIRST." in lines
    assert max(map(len, lines)) <= 80
    told = json.loads(printed(EXAMPLE, "--json"))
    assert told["headline"] == "Fine-tune a small model. Pilot first."
    markdown = printed(EXAMPLE, "--markdown").splitlines()
    assert [line.removeprefix("## ") for line in markdown if line.startswith("## ")] == [
        part["heading"] for part in told["parts"]
    ]


def test_a_faulty_document_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "faulty.json"
    file.write_text('{"format": "ftdecide/assessment", "version": 1, "use_case": {"name": "A", "model": 3}}')
    with pytest.raises(SystemExit):
        printed(str(file))
    assert "use_case.model" in capsys.readouterr().err
