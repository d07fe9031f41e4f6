"""One name, one thing: no two classes of the house are called the same."""

import ast
from collections import defaultdict
from pathlib import Path

HOUSE = Path(__file__).parents[1]
ROOMS = ("assessments", "ftdecide")
GIVEN_BY_DJANGO = {"Meta", "Command", "Migration"}


def test_no_two_classes_share_a_name() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path in sorted(path for room in ROOMS for path in (HOUSE / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and node.name not in GIVEN_BY_DJANGO:
                places[node.name].append(f"{path.relative_to(HOUSE)}:{node.lineno}")
    assert {name: found for name, found in places.items() if len(found) > 1} == {}
    assert len(places) > 300
