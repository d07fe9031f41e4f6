"""What is wrong with a team's own framework, told to a German."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assessments.forms.framework_faults import told_of_framework
from assessments.framework import FrameworkError
from assessments.framework.changes import Changes, OwnFramework, framework_of
from assessments.speaking import speaking

FRAMEWORK = Path(__file__).parents[2] / "assessments" / "framework"
OF_NO_TEAM = {"evidence.py", "legal.py", "market.py"}
"""Checks of what a team cannot change."""
BLANK = "x to y"
SOURCES = [
    *(file for file in sorted(FRAMEWORK.glob("checks/*.py")) if file.name not in OF_NO_TEAM),
    FRAMEWORK / "changes.py",
    FRAMEWORK / "framework_file.py",
]


@pytest.fixture(autouse=True)
def marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every message of the catalogue is known by a mark."""
    monkeypatch.setattr("assessments.speaking.translation.gettext", lambda message: f"» {message}")


def sentences(source: Path) -> Iterator[str]:
    """What the checks of a file yield, raise, return or collect, with something in every blank."""
    for node in ast.walk(ast.parse(source.read_text())):
        match node:
            case ast.Yield(value=ast.JoinedStr() | ast.Constant() as text):
                yield text_of(text)
            case ast.Call(func=ast.Name(id="ValueError" | "FrameworkError") | ast.Attribute(attr="append"), args=[one]):
                if isinstance(one, ast.JoinedStr | ast.Constant):
                    yield text_of(one)


def text_of(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(part) for part in node.values)
    return str(node.value) if isinstance(node, ast.Constant) else BLANK


def test_every_sentence_of_the_checks_is_known() -> None:
    found = [
        text for source in SOURCES for text in sentences(source) if re.search(r"[a-z]{2}", text.replace(BLANK, ""))
    ]
    assert len(found) > 50
    with speaking("de"):
        assert [text for text in found if "»" not in told_of_framework(f"x: {text}")] == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"gates.two_against.closes": ["magic"]}, ["gates.two_against.closes: » no approach magic"]),
        (
            {"gates.two_against.when": [["brand_voice is blue"]]},
            ["gates.two_against.when: brand_voice is blue: » 'blue' is not one of yes, no, unsure"],
        ),
        ({"thresholds.pilot_net": "2"}, ["thresholds.pilot_net: » invalid value for type, expected int"]),
        ({"questions.brand_voice.ask": "{x"}, ["questions.brand_voice.ask: » a brace stands alone"]),
        (
            {"questions.brand_voice.ask": "x" * 5_001},
            ["questions.brand_voice.ask: » longer than 5.000 characters"],
        ),
        (
            {"questions.task_kind.off": True},
            ["questions.task_kind.off: » other things rest on this question: it cannot be switched off"],
        ),
    ],
)
def test_a_fault_is_told_behind_its_path(changes: Changes, told: list[str]) -> None:
    with pytest.raises(FrameworkError) as caught:
        framework_of(OwnFramework(base="v1", changes=changes, name="Ours"))
    assert [told_of_framework(fault) for fault in caught.value.faults] == list(caught.value.faults)
    with speaking("de"):
        assert [told_of_framework(fault) for fault in caught.value.faults] == told
