"""What the documents say is so: links lead somewhere, files are there, keys and numbers are those of the code."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from assessments.engine.document import read_document
from assessments.engine.fields import fields_of
from assessments.framework import load_framework

ROOT = Path(settings.BASE_DIR)
PAGES = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md"]
CODE = [*(ROOT / "assessments").rglob("*.py"), *(ROOT / "ftdecide").rglob("*.py")]
FRAMEWORK = load_framework()


every_page = pytest.mark.parametrize("file", PAGES, ids=lambda file: f"{file.parent.name}/{file.name}")


@every_page
def test_links_lead_to_files_that_are_there(file: Any) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", file.read_text())
    assert [link for link in links if not (file.parent / link).exists()] == []


@every_page
def test_every_file_that_a_page_names_is_there(file: Any) -> None:
    named = re.findall(r"`((?:[\w.-]+/)*[\w.-]+(?:/|\.(?:py|toml|md|json|html|css)))`", file.read_text())
    places = [
        ROOT,
        ROOT / "tests",
        ROOT / "assessments",
        ROOT / "assessments/engine",
        ROOT / "assessments/framework/v1",
    ]
    places += [ROOT / "assessments/presenters", ROOT / "assessments/charts", ROOT / "docs"]
    gone = [name for name in named if not any((place / name).exists() for place in places)]
    assert gone == []


def test_every_test_that_stands_for_what_fell_is_in_its_file() -> None:
    rows = (ROOT / "docs/verification.md").read_text().partition("## What fell once")[2].splitlines()
    named = [part for row in rows if row.startswith("| ") for part in re.findall(r"`(tests/[\w/]+\.py|test_\w+)`", row)]
    file, gone = "", list[str]()
    for name in named:
        if name.startswith("tests/"):
            file = (ROOT / name).read_text()
        elif f"def {name}(" not in file:
            gone.append(name)
    assert len(named) > 80
    assert gone == []


def test_every_number_in_a_docstring_refers_to_a_file_that_is_there() -> None:
    """Docstrings say “docs/economics.md, equation 16” or “docs/method.md, section 6”."""
    wrong = []
    for file in CODE:
        for name, _, section in re.findall(r"(?<![\w/{}])([\w/]+\.md)(, section (\d+))?", file.read_text()):
            text = (ROOT / name).read_text() if (ROOT / name).exists() else ""
            if not text or (section and f"\n## {section}. " not in text):
                wrong.append(f"{file.name}: {name} {section}")
    assert wrong == []


def test_every_equation_that_the_code_names_is_in_the_economics() -> None:
    numbers = {int(n) for n in re.findall(r"^\| (\d+) \|", (ROOT / "docs/economics.md").read_text(), re.MULTILINE)}
    assert numbers == set(range(1, 22))
    named = set()
    for file in CODE:
        for first, last in re.findall(r"equations? \(?(\d+)\)?(?: (?:to|and) \(?(\d+)\)?)?", file.read_text()):
            named |= {int(first), int(last or first)}
    assert named
    assert named <= numbers


def test_the_economics_name_every_input_and_no_other() -> None:
    inputs = (ROOT / "docs/economics.md").read_text().partition("## 2. Inputs")[2].partition("## 3.")[0]
    named = set(re.findall(r"`([a-z_]+)`", inputs))
    costs = {field.key for path, field in fields_of(FRAMEWORK).items() if path.startswith("costs.")}
    words = {"low", "likely", "high", "pert", "triangular"}
    assert named - words == costs - {*FRAMEWORK.approach} | {"status_quo"}


def test_the_document_page_shows_a_document_that_is_taken() -> None:
    shown = re.findall(r"```json\n(.*?)```", (ROOT / "docs/document.md").read_text(), re.DOTALL)
    assert len(shown) == 1
    assert read_document(json.loads(shown[0]), FRAMEWORK).name == "Refund replies"
