"""What the readers say in codes has its sentence in reading.toml, and no sentence there is left over."""

import ast
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from assessments.framework.loader import load_framework

from .reading import FILES, read_drop

ROOT = Path(__file__).parent.parent.parent / "assessments"
TEXTS = load_framework().reading
SAID = {**TEXTS.notes, **TEXTS.faults, **TEXTS.refused}


@cache
def _trees(*folders: str) -> tuple[ast.Module, ...]:
    paths = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    return tuple(ast.parse(path.read_text()) for path in paths)


def _calls(name: str) -> Iterator[ast.Call]:
    for tree in _trees("reading"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield node


def _text(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _keyword(call: ast.Call, name: str) -> str:
    return _text(next((keyword.value for keyword in call.keywords if keyword.arg == name), None))


def _figures_of(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_why_a_file_cannot_be_read_has_a_sentence_with_the_figures_that_are_given() -> None:
    for call in _calls("CannotRead"):
        code = _text(call.args[0])
        given = {keyword.arg for keyword in call.keywords if keyword.arg}
        assert not code or (code in TEXTS.refused and _figures_of(TEXTS.refused[code]) <= given), code


def test_whatever_else_is_said_has_words() -> None:
    assert {code for call in _calls("Told") if (code := _keyword(call, "code"))} <= SAID.keys()
    for call in (*_calls("add_note"), *_calls("add_fault")):
        given = {keyword.arg for keyword in call.keywords if keyword.arg}
        code = _text(call.args[-1])
        assert not code or _figures_of(SAID[code]) <= given, code
    assert {code for call in _calls("ToolFigure") if (code := _keyword(call, "name"))} <= TEXTS.tool_figures.keys()
    assert {key for call in _calls("FileChoice") if (key := _keyword(call, "key"))} <= TEXTS.choices.keys()
    for call in _calls("OneFile"):
        assert _keyword(call, "layout") in {"", *TEXTS.layouts}
        assert _keyword(call, "tool") in {"", *TEXTS.tools}


@pytest.mark.parametrize("table", ["notes", "faults", "refused", "layouts", "options", "tool_figures"])
def test_no_sentence_is_left_over(table: str) -> None:
    constants = {
        node.value
        for tree in _trees("reading", "services")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert getattr(TEXTS, table).keys() <= constants


def test_every_mode_of_the_framework_has_words_and_no_two_share_one() -> None:
    modes = {mode for group in load_framework().failure_groups for mode in group.modes}
    words = [word for mode in TEXTS.modes for word in TEXTS.modes[mode]]
    assert TEXTS.modes.keys() == modes
    assert len(words) == len(set(words))
    assert all(word == word.casefold() for word in words)


def test_whatever_is_asked_of_the_files_of_real_tools_has_words() -> None:
    framework = load_framework()
    known = {*TEXTS.options, *TEXTS.kinds, *framework.questions, *framework.approach, ""}
    files = [path for path in FILES.glob("*/*.*") if path.suffix in {".csv", ".tsv", ".xlsx", ".jsonl", ".json", ".gz"}]
    for found in read_drop(*files).found:
        assert found.layout in {"", *TEXTS.layouts}
        assert {choice.key for choice in found.choices if not TEXTS.choice(choice.key)} == set()
        assert {option.value for choice in found.choices for option in choice.options if not option.label} <= known
