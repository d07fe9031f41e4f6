"""Reads one framework version from its TOML files and refuses what does not fit together."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from . import guide, schema
from .approach_costs import ApproachCosts
from .checks import framework_faults
from .cost_inputs import CostInputs
from .evidence import EvidenceRules
from .figures import numbers_in_force, with_numbers
from .legal import Legal
from .market_file import MarketFileError, read_market
from .method_notes import MethodNotes
from .precedents import Precedents
from .reading import ReadingTexts
from .strict import FrameworkError as FrameworkError
from .strict import structured
from .upkeep import Upkeep

CURRENT = "v1"
QUICK = "quick"
VERSIONS = Path(__file__).parent
"""The folder that holds one folder for each version."""


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

    def table(name: str) -> dict[str, Any]:
        try:
            return tomllib.loads((folder / name).read_bytes().decode())
        except (OSError, ValueError) as error:
            raise FrameworkError(f"{name}: {error}") from None

    main = structured(table("framework.toml"), schema.FrameworkFile, "framework.toml")
    plan = structured(table("plan.toml"), guide.PlanTexts, "plan.toml")
    numbers = numbers_in_force(main.thresholds, plan)

    def section(path: str) -> schema.Section:
        """What is asked, with the numbers in force where a question names them."""
        try:
            return structured(with_numbers(table(path), numbers), schema.Section, path)
        except KeyError as name:
            raise FrameworkError(f"{path}: no number {name}") from None

    sections = tuple(section(f"sections/{key}.toml") for key in main.sections)
    approaches = structured(table("approaches.toml"), schema.ApproachesFile, "approaches.toml")
    goals = structured(table("goals.toml"), schema.GoalsFile, "goals.toml")
    gates = structured(table("gates.toml"), schema.GatesFile, "gates.toml")
    verdict = structured(table("verdict.toml"), schema.VerdictTexts, "verdict.toml")
    findings = structured(table("findings.toml"), schema.FindingsFile, "findings.toml")
    cost_inputs = structured(table("cost_inputs.toml"), CostInputs, "cost_inputs.toml")
    try:
        market = read_market((folder / "market.toml").read_bytes(), cost_inputs.approach)
    except (OSError, MarketFileError) as error:
        raise FrameworkError(f"market.toml: {error}") from None
    approach_costs = structured(table("approach_costs.toml"), ApproachCosts, "approach_costs.toml")
    precedents = structured(table("precedents.toml"), Precedents, "precedents.toml")
    lists = structured(table("checklists.toml"), guide.ChecklistsFile, "checklists.toml")
    advice = guide.Guide(
        guidance=structured(table("guidance.toml"), guide.GuidanceTexts, "guidance.toml"),
        plan=plan,
        roles=structured(table("comparison.toml"), guide.ComparisonFile, "comparison.toml").roles,
        checklists=lists.checklists,
        before=lists.before,
        own_model=structured(table("own_model.toml"), guide.OwnModelFile, "own_model.toml").texts,
        method=structured(table("method.toml"), MethodNotes, "method.toml"),
    )
    framework = schema.Framework(
        key=folder.name,
        name=main.name,
        version=main.version,
        citations=main.citations,
        sections=sections,
        quick=_quick_section(main.quick, sections),
        lenses=main.lenses,
        leaves=main.leaves,
        thresholds=main.thresholds,
        failure_groups=main.failure_groups,
        approaches=approaches.approaches,
        matrix=approaches.matrix,
        goals=goals.goals,
        gates=gates.gates,
        go_waits=gates.go_waits,
        deciding=gates.deciding,
        priors=gates.priors,
        verdict=verdict,
        findings=findings.findings,
        cost_inputs=cost_inputs,
        market=market,
        approach_costs=approach_costs,
        precedents=precedents,
        guide=advice,
        legal=structured(table("legal.toml"), Legal, "legal.toml"),
        evidence=structured(table("evidence.toml"), EvidenceRules, "evidence.toml"),
        reading=structured(table("reading.toml"), ReadingTexts, "reading.toml"),
        upkeep=structured(table("upkeep.toml"), Upkeep, "upkeep.toml"),
    )
    for fault in framework_faults(framework):
        raise FrameworkError(fault)
    if strange := set(main.quick.questions) - framework.questions.keys():
        raise FrameworkError(f"framework.toml: quick: no question {', '.join(sorted(strange))}")
    return framework


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
