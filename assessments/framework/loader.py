"""Reads one framework version from its TOML files and refuses what does not fit together."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, TypeVar

import cattrs

from . import guide, names, schema
from .approach_costs import ApproachCosts
from .cost_checks import cost_faults
from .cost_inputs import APPROACH_PLACE, CASE_PLACE, FORGOTTEN, WARNINGS, CostInputs
from .figures import numbers_in_force, with_numbers
from .guide_checks import guide_faults
from .precedents import Precedents
from .tuning_prices import TuningPrices

CURRENT = "v1"
_HERE = Path(__file__).parent
T = TypeVar("T")


def _strict_converter() -> cattrs.Converter:
    """Takes no key that a shape does not have, and no value of another type."""
    converter = cattrs.Converter(forbid_extra_keys=True)

    def exactly(kind: type) -> Callable[[Any, Any], Any]:
        def check(value: Any, _: Any) -> Any:
            if type(value) is not kind and not (kind is float and type(value) is int):
                raise ValueError(f"{value!r} is not of the type {kind.__name__}")
            return value

        return check

    def texts(value: Any, _: Any) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise ValueError(f"{value!r} is not a list")
        return tuple(exactly(str)(text, str) for text in value)

    for kind in (bool, int, float, str, date):
        converter.register_structure_hook(kind, exactly(kind))
    converter.register_structure_hook_func(lambda shape: shape == tuple[str, ...], texts)
    return converter


_converter = _strict_converter()


class FrameworkError(Exception):
    """A framework file has a mistake; the message names the file and the key."""


@cache
def load_framework(version: str = CURRENT) -> schema.Framework:
    """The framework of that version, read once.

    Raises FrameworkError, naming the file and the key, for a mistyped key, a value of the wrong
    type, a question asked twice, or a table that does not cover every approach.
    """
    return read_framework(_HERE / version)


def read_framework(folder: Path) -> schema.Framework:
    """The framework in this folder. Raises FrameworkError as `load_framework` does."""

    def table(name: str) -> dict[str, Any]:
        try:
            return tomllib.loads((folder / name).read_bytes().decode())
        except (OSError, ValueError) as error:
            raise FrameworkError(f"{name}: {error}") from None

    main = _structure(table("framework.toml"), schema.FrameworkFile, "framework.toml")
    plan = _structure(table("plan.toml"), guide.PlanTexts, "plan.toml")
    numbers = numbers_in_force(main.thresholds, plan)

    def section(path: str) -> schema.Section:
        """What is asked, with the numbers in force where a question names them."""
        try:
            return _structure(with_numbers(table(path), numbers), schema.Section, path)
        except KeyError as name:
            raise FrameworkError(f"{path}: no number {name}") from None

    sections = tuple(section(f"sections/{key}.toml") for key in main.sections)
    approaches = _structure(table("approaches.toml"), schema.ApproachesFile, "approaches.toml")
    goals = _structure(table("goals.toml"), schema.GoalsFile, "goals.toml")
    verdict = _structure(table("verdict.toml"), schema.VerdictTexts, "verdict.toml")
    findings = _structure(table("findings.toml"), schema.FindingsFile, "findings.toml")
    cost_inputs = _structure(table("cost_inputs.toml"), CostInputs, "cost_inputs.toml")
    tuning_prices = _structure(table("tuning_prices.toml"), TuningPrices, "tuning_prices.toml")
    approach_costs = _structure(table("approach_costs.toml"), ApproachCosts, "approach_costs.toml")
    precedents = _structure(table("precedents.toml"), Precedents, "precedents.toml")
    advice = guide.Guide(
        guidance=_structure(table("guidance.toml"), guide.GuidanceTexts, "guidance.toml"),
        plan=plan,
        checklists=_structure(table("checklists.toml"), guide.ChecklistsFile, "checklists.toml").checklists,
        own_model=_structure(table("own_model.toml"), guide.OwnModelFile, "own_model.toml").texts,
        method=_structure(table("method.toml"), guide.MethodNotes, "method.toml"),
    )
    framework = schema.Framework(
        key=folder.name,
        name=main.name,
        version=main.version,
        citations=main.citations,
        sections=sections,
        lenses=main.lenses,
        leaves=main.leaves,
        thresholds=main.thresholds,
        failure_groups=main.failure_groups,
        approaches=approaches.approaches,
        matrix=approaches.matrix,
        goals=goals.goals,
        verdict=verdict,
        findings=findings.findings,
        cost_inputs=cost_inputs,
        tuning_prices=tuning_prices,
        approach_costs=approach_costs,
        precedents=precedents,
        guide=advice,
    )
    _check(framework)
    return framework


def _structure(table: dict[str, Any], shape: type[T], name: str) -> T:
    try:
        return _converter.structure(table, shape)
    except Exception as error:
        raise FrameworkError(f"{name}: {'; '.join(cattrs.transform_error(error))}") from None


def _check(framework: schema.Framework) -> None:
    """What the types cannot say: keys are unique, and every table covers what it must."""
    asked = [question.key for section in framework.sections for question in section.questions]
    _no_repeats("sections: question", asked)
    for section in framework.sections:
        groups = {group.key for group in section.groups} | {""}
        for question in section.questions:
            if question.group not in groups:
                raise FrameworkError(f"sections/{section.key}.toml: {question.key}.group: no group {question.group!r}")
    approaches = {approach.key for approach in framework.approaches}
    modes = {mode for group in framework.failure_groups for mode in group.modes}
    _same("approaches.toml: matrix.fit", set(framework.matrix.fit), modes)
    for mode, fit in framework.matrix.fit.items():
        _same(f"approaches.toml: matrix.fit.{mode}", set(fit), approaches)
    for criterion in framework.matrix.criteria:
        if criterion.scores:
            _same(f"approaches.toml: {criterion.key}.scores", set(criterion.scores), approaches)
        _known(f"approaches.toml: {criterion.key}.raised_by", criterion.raised_by, asked)
    _same("approaches.toml: matrix.cost_scores.floors", set(framework.matrix.cost_scores.floors), names.COST_SCORES)
    for key, floor in framework.matrix.cost_scores.floors.items():
        if not floor > 0:
            raise FrameworkError(f"approaches.toml: matrix.cost_scores.floors.{key}: must be above 0")
    _known("framework.toml: failure_groups", modes, asked)
    _known("use_case.toml", ["goal"], asked)
    _same("goals.toml", {goal.key for goal in framework.goals}, set(framework.questions["goal"].choices))
    _check_decision(framework)
    _check_findings(framework)
    _check_cost_inputs(framework)
    _check_precedents(framework)
    for fault in (*guide_faults(framework), *cost_faults(framework)):
        raise FrameworkError(fault)


def _check_decision(framework: schema.Framework) -> None:
    """That the engine finds every text, weight and threshold it will ask for."""
    _same("verdict.toml: rules", {rule.key for rule in framework.verdict.rules}, names.VERDICT_RULES)
    _same("verdict.toml: actions", set(framework.verdict.actions), names.ACTION_WORDS)
    _same("verdict.toml: action_short", set(framework.verdict.action_short), names.ACTIONS)
    _same("verdict.toml: action_names", set(framework.verdict.action_names), names.ACTIONS)
    _same("framework.toml: leaves", {leaf.key for leaf in framework.leaves}, set(names.LEAVES))
    if tuple(framework.leaf) != names.LEAVES:
        raise FrameworkError(f"framework.toml: leaves: must stand in this order: {', '.join(names.LEAVES)}")
    _check_texts(framework)
    weights = set(framework.thresholds.weights)
    for question in framework:
        if question.role in ("indicator", "anti_indicator") and question.weight not in weights:
            raise FrameworkError(f"sections: {question.key}.weight: must be one of {', '.join(sorted(weights))}")
    cited = {citation.key for citation in framework.citations}
    for source in {question.source for question in framework} - cited:
        raise FrameworkError(f"framework.toml: citations: no {source}")
    scores = [score for criterion in framework.matrix.criteria for score in criterion.scores.values()]
    fits = [fit for fits in framework.matrix.fit.values() for fit in fits.values()]
    if not all(1 <= score <= 5 for score in scores) or not all(0 <= fit <= 5 for fit in fits):
        raise FrameworkError("approaches.toml: a score is not from 1 to 5, or a fit not from 0 to 5")


def _check_texts(framework: schema.Framework) -> None:
    """Every code that the engine returns has its words, and these have no blank that its figures cannot fill."""
    verdict, matrix = framework.verdict, framework.matrix
    coded: list[tuple[str, Mapping[str, str], Mapping[str, Iterable[str]]]] = [
        ("verdict.toml: missing_for_go", verdict.missing_for_go, names.MISSING_FOR_GO),
        ("verdict.toml: tree_parts_ways", verdict.tree_parts_ways, {"net_pilot": ("leaf",), "other": ("leaf",)}),
        ("approaches.toml: matrix.reasons", matrix.reasons, names.SCORE_REASONS),
        ("approaches.toml: matrix.weight_reasons", matrix.weight_reasons, names.WEIGHT_REASONS),
        ("plan.toml: goal_because", framework.guide.plan.goal_because, dict.fromkeys(names.GOAL_REASONS, ())),
    ]
    _same("framework.toml: lenses", set(framework.lens), set(names.CONDITIONS))
    for lens in framework.lenses:
        coded.append((f"framework.toml: {lens.key}.conditions", lens.conditions, names.CONDITIONS[lens.key]))
        _only_blanks(framework, f"framework.toml: {lens.key}.rule", lens.rule, ())
    for place, texts, figures in coded:
        _same(place, set(texts), set(figures))
        for code, text in texts.items():
            _only_blanks(framework, f"{place}.{code}", text, (*figures[code], "keys"))
    for rule in verdict.rules:
        _only_blanks(framework, f"verdict.toml: {rule.key}.because", rule.because, ())


def _check_findings(framework: schema.Framework) -> None:
    """Every finding that the engine raises has its words, and these have no blank that it cannot fill."""
    _no_repeats("findings.toml: finding", [finding.code for finding in framework.findings])
    _same("findings.toml: findings", set(framework.finding), set(names.FINDINGS))
    for finding in framework.findings:
        for text in (finding.message, finding.what_to_do):
            _only_blanks(framework, f"findings.toml: {finding.code}.message", text, names.FINDINGS[finding.code])


def _check_cost_inputs(framework: schema.Framework) -> None:
    """Each input is named once, stands in a group, can have its default, and hangs on one that there is."""
    found, place = framework.cost_inputs, "cost_inputs.toml"
    keys = [cost.key for cost in found.inputs]
    _no_repeats(f"{place}: input", keys)
    siblings = {CASE_PLACE: found.case, APPROACH_PLACE: found.approach}
    for cost in found.inputs:
        _one_of(f"{place}: {cost.key}.group", cost.group, [group.key for group in found.groups])
        _one_of(f"{place}: {cost.key}.place", cost.place, [CASE_PLACE, APPROACH_PLACE])
        _one_of(f"{place}: {cost.key}.only_with", cost.only_with, ["", *siblings[cost.place]])
        if cost.default and not cost.minimum <= cost.default <= cost.maximum:
            raise FrameworkError(f"{place}: {cost.key}.default: not from {cost.minimum:g} to {cost.maximum:g}")
    asked = [question.key for question in framework if question.place == "costs"]
    _known(f"{place}: general_defaults", found.general, asked)
    _same(f"{place}: forgotten", set(found.forgotten), set(FORGOTTEN))
    _same(f"{place}: warnings", set(found.warnings), set(WARNINGS))
    for code, message in found.warnings.items():
        _only_blanks(framework, f"{place}: warnings.{code}", message, WARNINGS[code])


def _check_precedents(framework: schema.Framework) -> None:
    """Published cases answer questions that are asked, and use only words that are explained."""
    found, place = framework.precedents, "precedents.toml"
    answerable = [question.key for question in framework if question.place == "answers"]
    modes = [mode for group in framework.failure_groups for mode in group.modes]
    _known(f"{place}: similarity.questions", [question.key for question in found.similarity.questions], answerable)
    _no_repeats(f"{place}: case", [case.key for case in found.cases])
    for case in found.cases:
        here = f"{place}: {case.key}"
        _known(f"{here}.answers", case.answers, answerable)
        _known(f"{here}.hindsight", case.hindsight, list(case.answers))
        for key, value in case.answers.items():
            _one_of(f"{here}.answers.{key}", value, framework.questions[key].choices)
        _one_of(f"{here}.task_kind", case.task_kind, framework.questions["task_kind"].choices)
        _one_of(f"{here}.evidence", case.evidence, found.evidence_grade)
        _one_of(f"{here}.published_by", case.published_by, found.publishers)
        _one_of(f"{here}.dominant_failure", case.dominant_failure, ["", *modes])
        for outcome in (case.outcome, *case.also_defensible):
            _one_of(f"{here}.outcome", outcome, found.outcome)


def _only_blanks(framework: schema.Framework, place: str, text: str, figures: Iterable[str]) -> None:
    """That every {blank} of a text is one of these figures or a number of the framework."""
    try:
        blanks = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError as error:
        raise FrameworkError(f"{place}: {error}") from None
    if unknown := blanks - {*figures, *framework.figures}:
        raise FrameworkError(f"{place}: no {', '.join(sorted(unknown))}")


def _one_of(place: str, value: str, allowed: Iterable[str]) -> None:
    if value not in (known := list(allowed)):
        raise FrameworkError(f"{place}: {value!r} is not one of {', '.join(filter(None, known))}")


def _no_repeats(place: str, keys: list[str]) -> None:
    if repeated := {key for key in keys if keys.count(key) > 1}:
        raise FrameworkError(f"{place} {sorted(repeated)[0]!r} stands there twice")


def _same(place: str, found: set[str], expected: set[str]) -> None:
    if different := found ^ expected:
        raise FrameworkError(f"{place}: missing or unknown {', '.join(sorted(different))}")


def _known(place: str, keys: Iterable[str], asked: list[str]) -> None:
    if unknown := set(keys) - set(asked):
        raise FrameworkError(f"{place}: no question {', '.join(sorted(unknown))}")
