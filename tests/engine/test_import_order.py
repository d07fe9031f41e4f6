"""The import order framework < engine < charts < presenters < pages < views, held by reading every import.

design.md 1: one direction, no arrow back; the first three never import Django, but for the charts' words; `steps`,
`forms`, `services` and `models` may import framework and engine; only pages and views bring presenters and what is
stored together.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

PACKAGE = Path(__file__).parents[2] / "assessments"
ORDER = ("framework", "engine", "charts", "presenters", "pages", "views")
STORED = ("models", "services", "access")
BESIDE = (*STORED, "acts", "rights", "http", "steps", "network", "forms", "prepared", "speaking")
OUTSIDE = ("pages", "views", "api", "for_agents", "management")
PURE = ("framework", "engine", "charts", "reading", "drawing", "bounds")
WORDS = "django.utils.translation"
"""What alone the charts may have of Django: their axes, labels and descriptions are in the reader's language."""

# What a room may import of the package; a room that is not named here may import anything.
MAY_IMPORT = {room: set(ORDER[:place]) for place, room in enumerate(ORDER)}
MAY_IMPORT["presenters"] |= {"acts", "speaking"}  # names alone, and the language of the words
MAY_IMPORT["reading"] = {"framework", "engine", "bounds"}
MAY_IMPORT["drawing"] = {"bounds"}
MAY_IMPORT["pages"] |= set(BESIDE)
MAY_IMPORT["views"] |= {*BESIDE, "apps", "urls"}
MAY_IMPORT["api"] = {*MAY_IMPORT["views"], "views", "limiting"}  # what programs ask, refused in the same words
MAY_IMPORT["for_agents"] = {*MAY_IMPORT["api"], "api"}
MAY_IMPORT |= {room: {"framework", "engine", *BESIDE} for room in BESIDE}
for _room in ("presenters", "services", "pages", "views", "api"):
    MAY_IMPORT[_room] |= {"speaking"}
for _room in ("services", "pages", "views"):
    MAY_IMPORT[_room] |= {"drawing"}  # what is drawn, not the drawing of it


def imported_modules(source: Any, module: Any, is_package: Any = False) -> Iterator[Any]:
    """The absolute names that this source imports, also inside functions and `if TYPE_CHECKING`."""
    here = module.split(".") if is_package else module.split(".")[:-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level + 1] if node.level else []
            names = [*base, *(node.module.split(".") if node.module else [])]
            yield ".".join(names)
            yield from (".".join((*names, alias.name)) for alias in node.names)


def rooms_of(modules: Any) -> Any:
    """The rooms of the package among these modules."""
    parts = [module.split(".") for module in modules]
    return {part[1] for part in parts if part[0] == "assessments" and len(part) > 1}


def sources() -> Iterator[Any]:
    """Every module of the package: its room, its dotted name, its path."""
    for path in sorted(PACKAGE.rglob("*.py")):
        relative = path.relative_to(PACKAGE.parent).with_suffix("")
        parts = relative.parts[:-1] if path.stem == "__init__" else relative.parts
        if len(parts) > 1:
            yield parts[1], ".".join(parts), path


MODULES = list(sources())


@cache
def imports_of(name: str, path: Path) -> frozenset[str]:
    return frozenset(imported_modules(path.read_text(encoding="utf-8"), name, path.stem == "__init__"))


def modules_in(*rooms: str) -> list[tuple[str, str, Path]]:
    found = [module for module in MODULES if module[0] in rooms]
    assert {room for room, _, _ in found} == set(rooms), "a room has no modules"
    return found


def test_every_room_of_the_order_is_there() -> None:
    assert set(ORDER) <= {path.name for path in PACKAGE.iterdir() if path.is_dir()}


def test_a_room_imports_only_what_stands_before_it() -> None:
    existing = {found for found, _, _ in MODULES}
    wrong = {
        name: found
        for room, name, path in modules_in(*existing & set(MAY_IMPORT))
        if (found := (rooms_of(imports_of(name, path)) & existing) - MAY_IMPORT[room] - {room})
    }
    assert wrong == {}


def test_framework_engine_and_charts_never_import_django() -> None:
    wrong = [
        name
        for room, name, path in modules_in(*PURE)
        if any(
            module.split(".")[0] in ("django", "ftdecide")
            and not (room == "charts" and f"{module}.".startswith(f"{WORDS}."))
            for module in imports_of(name, path)
        )
    ]
    assert wrong == []


def test_only_pages_and_views_bring_presenters_and_what_is_stored_together() -> None:
    """Commands and what programs ask stand beside the views: they have an outside, too."""
    wrong = []
    for room, name, path in MODULES:
        imported = rooms_of(imports_of(name, path)) | {room}
        if room not in OUTSIDE and "presenters" in imported and imported & {"models", "services"}:
            wrong.append(name)
    assert wrong == []


@pytest.mark.parametrize(
    ("source", "modules"),
    [
        ("import django.db", {"django.db"}),
        ("from django import forms", {"django", "django.forms"}),
        ("from assessments import services", {"assessments", "assessments.services"}),
        ("from .document import read", {"assessments.engine.document", "assessments.engine.document.read"}),
        ("from ..charts import svg", {"assessments.charts", "assessments.charts.svg"}),
        ("from .. import views", {"assessments", "assessments.views"}),
        ("def f():\n    from ..models import A", {"assessments.models", "assessments.models.A"}),
        ("if TYPE_CHECKING:\n    import assessments.views", {"assessments.views"}),
    ],
)
def test_every_way_to_import_is_seen(source: str, modules: Any) -> None:
    assert set(imported_modules(source, "assessments.engine.plan")) == modules


def test_the_imports_of_a_package_are_relative_to_itself() -> None:
    found = set(imported_modules("from .schema import A", "assessments.framework", is_package=True))
    assert found == {"assessments.framework.schema", "assessments.framework.schema.A"}


def circles(arrows: dict[str, set[str]]) -> list[list[str]]:
    """The modules that import each other in circles: what remains when whoever leads nowhere is taken away, again."""
    left = {name: ways & set(arrows) - {name} for name, ways in arrows.items()}
    for _ in range(2):  # from both ends: what leads into a circle is no part of it
        while ends := {name for name, ways in left.items() if not ways}:
            left = {name: ways - ends for name, ways in left.items() if name not in ends}
        turned: dict[str, set[str]] = {name: set() for name in left}
        for name, ways in left.items():
            for way in ways:
                turned[way].add(name)
        left = turned
    return [[name, *sorted(left[name])] for name in sorted(left)]


def test_circles_are_found() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": set(), "d": {"a"}}) == []
    assert circles({"a": {"b"}, "b": {"a", "c"}, "c": set(), "d": {"a"}}) == [["a", "b"], ["b", "a"]]


def test_no_modules_import_each_other() -> None:
    """Neither at once nor for their types: each module can be read before those that use it."""
    names = {name for _, name, _ in MODULES}
    arrows = {}
    for _, name, path in MODULES:
        found = imports_of(name, path) & names
        # `from . import names` imports the module names: no more of the package than that
        arrows[name] = {one for one in found if not any(other.startswith(f"{one}.") for other in found)}
    assert circles(arrows) == []
