"""Reads one framework version from its TOML files and refuses what does not fit together."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from . import guide, schema
from .approach_costs import ApproachCosts
from .checks import framework_faults
from .cost_inputs import CostInputs
from .evidence import EvidenceRules
from .field import Field
from .figures import numbers_in_force, with_numbers
from .legal import Legal
from .market import Market
from .market_file import MarketFileError, read_market
from .method_notes import MethodNotes
from .precedents import Precedents
from .reading import ReadingTexts
from .strict import FrameworkError as FrameworkError
from .strict import structured
from .upkeep import Upkeep

Tables = Mapping[str, Any]
"""What stands in the files of a framework, by their names."""
CURRENT = "v1"
QUICK = "quick"
VERSIONS = Path(__file__).parent
"""The folder that holds one folder for each version."""
SECTIONS = "sections/"
SHAPES: Mapping[str, type] = {
    "framework.toml": schema.FrameworkFile,
    "plan.toml": guide.PlanTexts,
    "approaches.toml": schema.ApproachesFile,
    "goals.toml": schema.GoalsFile,
    "gates.toml": schema.GatesFile,
    "verdict.toml": schema.VerdictTexts,
    "findings.toml": schema.FindingsFile,
    "cost_inputs.toml": CostInputs,
    "approach_costs.toml": ApproachCosts,
    "precedents.toml": Precedents,
    "checklists.toml": guide.ChecklistsFile,
    "guidance.toml": guide.GuidanceTexts,
    "comparison.toml": guide.ComparisonFile,
    "own_model.toml": guide.OwnModelFile,
    "method.toml": MethodNotes,
    "legal.toml": Legal,
    "evidence.toml": EvidenceRules,
    "reading.toml": ReadingTexts,
    "upkeep.toml": Upkeep,
}
"""What stands in each file beside the sections and the market."""


def load_framework(version: str = CURRENT) -> schema.Framework:
    """The framework of that version, read once.

    Raises FrameworkError, naming the file and the key, for a mistyped key, a value of the wrong
    type, a question asked twice, or a table that does not cover every approach.
    """
    return kept_framework(version)


@cache
def kept_framework(version: str) -> schema.Framework:
    """One object for a version, whether named or current: what is worked out from a framework is kept by the object."""
    return read_framework(VERSIONS / version)


def read_framework(folder: Path) -> schema.Framework:
    """The framework in this folder. Raises FrameworkError as `load_framework` does."""

    def market(inputs: Mapping[str, Field]) -> Market:
        try:
            return read_market((folder / "market.toml").read_bytes(), inputs)
        except (OSError, MarketFileError) as error:
            raise FrameworkError(f"market.toml: {error}") from None

    return built(folder.name, tables_in(folder), market)


def tables_in(folder: Path) -> Tables:
    """The tables of a framework version by the names of their files, as they stand there."""

    def table(name: str) -> dict[str, Any]:
        try:
            return tomllib.loads((folder / name).read_bytes().decode())
        except (OSError, ValueError) as error:
            raise FrameworkError(f"{name}: {error}") from None

    found = {name: table(name) for name in SHAPES}
    sections = found["framework.toml"].get("sections", ())
    return found | {f"{SECTIONS}{key}.toml": table(f"{SECTIONS}{key}.toml") for key in sections}


def built(
    key: str,
    tables: Tables,
    market: Callable[[Mapping[str, Field]], Market],
    *,
    switched_off: frozenset[str] = frozenset(),
) -> schema.Framework:
    """The framework that these tables make. Raises FrameworkError with every fault that can be told at once.

    `market` gives the market for the inputs of an approach; what is switched off is not asked.
    """
    files = _shaped({name: table for name, table in tables.items() if name in SHAPES}, SHAPES)
    main, plan = files["framework.toml"], files["plan.toml"]
    texts = _numbered(tables, numbers_in_force(main.thresholds, plan))
    sections = _shaped(texts, dict.fromkeys(texts, schema.Section)).values()
    off = {one.key: tuple(q for q in one.questions if q.key in switched_off) for one in sections}
    asked = tuple(replace(one, questions=tuple(q for q in one.questions if q not in off[one.key])) for one in sections)
    approaches, gates = files["approaches.toml"], files["gates.toml"]
    lists, cost_inputs = files["checklists.toml"], files["cost_inputs.toml"]
    framework = schema.Framework(
        key=key,
        name=main.name,
        version=main.version,
        citations=main.citations,
        sections=asked,
        switched_off={section: questions for section, questions in off.items() if questions},
        quick=_quick_section(main.quick, asked),
        lenses=main.lenses,
        leaves=main.leaves,
        thresholds=main.thresholds,
        failure_groups=main.failure_groups,
        approaches=approaches.approaches,
        matrix=approaches.matrix,
        goals=files["goals.toml"].goals,
        gates=gates.gates,
        go_waits=gates.go_waits,
        deciding=gates.deciding,
        priors=gates.priors,
        verdict=files["verdict.toml"],
        findings=files["findings.toml"].findings,
        cost_inputs=cost_inputs,
        market=market(cost_inputs.approach),
        approach_costs=files["approach_costs.toml"],
        precedents=files["precedents.toml"],
        guide=guide.Guide(
            guidance=files["guidance.toml"],
            plan=plan,
            roles=files["comparison.toml"].roles,
            checklists=lists.checklists,
            before=lists.before,
            own_model=files["own_model.toml"].texts,
            method=files["method.toml"],
        ),
        legal=files["legal.toml"],
        evidence=files["evidence.toml"],
        reading=files["reading.toml"],
        upkeep=files["upkeep.toml"],
    )
    if faults := _faults(framework, main.quick):
        raise FrameworkError(*faults)
    return framework


def _shaped(tables: Tables, shapes: Mapping[str, type]) -> dict[str, Any]:
    """Each table in its shape, or every fault of all of them at once."""
    found, faults = dict[str, Any](), list[str]()
    for name, table in tables.items():
        try:
            found[name] = structured(table, shapes[name], name)
        except FrameworkError as error:
            faults += error.faults
    if faults:
        raise FrameworkError(*faults)
    return found


def _numbered(tables: Tables, numbers: Mapping[str, float]) -> dict[str, Any]:
    """The tables of the sections, with the numbers in force where a question names them."""
    found, faults = dict[str, Any](), list[str]()
    for path, table in tables.items():
        if path.startswith(SECTIONS):
            try:
                found[path] = with_numbers(table, numbers)
            except KeyError as name:
                faults.append(f"{path}: no number {name}")
            except (AttributeError, IndexError, ValueError) as error:
                faults.append(f"{path}: {error}")
    if faults:
        raise FrameworkError(*faults)
    return found


def _faults(framework: schema.Framework, quick: schema.QuickAnswer) -> list[str]:
    """What the types cannot say. A check may rest on there being no fault before it, so the first ones end it."""
    found: list[str] = []
    try:
        found.extend(framework_faults(framework))
        if strange := set(quick.questions) - framework.questions.keys():
            found.append(f"framework.toml: quick: no question {', '.join(sorted(strange))}")
    except Exception:
        if not found:
            raise
    return found


def _quick_section(quick: schema.QuickAnswer, sections: Iterable[schema.Section]) -> schema.Section:
    """The quick answer as a page of the questionnaire, which it is in all but its own questions."""
    questions = {question.key: question for section in sections for question in section.questions}
    return schema.Section(
        key=QUICK,
        title=quick.title,
        summary=quick.summary,
        lead=quick.lead,
        source="ours",
        questions=tuple(questions[key] for key in quick.questions if key in questions),
    )
