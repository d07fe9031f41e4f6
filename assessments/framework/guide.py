"""The shape of what a framework advises: guidance, plans, checklists, texts to copy, and the method's notes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from .conditions import Conditions
from .method_notes import MethodNotes
from .source import Passage as Passage
from .source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something to do first; its key stands in results.

    It stands there only where its conditions hold, and with a `lever` only while that approach is open and untried.
    """

    key: str
    text: str
    source: Source = "ours"
    when: Conditions = ()
    lever: str = ""
    approaches: tuple[str, ...] = ()
    """Before whose steps it stands, where it is not one approach's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproachGuide:
    """What to know about one approach. `choices` are the model choices that it amounts to.

    `stops` are findings on the way after which to leave it for good.
    """

    key: str
    works: Passage
    fails: Passage
    stops: tuple[Passage, ...]
    first_steps: tuple[Step, ...]
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TuningMethod:
    """How much of a model is trained: all of it, or a small part."""

    key: str
    name: str
    about: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """How the parts of a system with a tuned model stand together."""

    key: str
    name: str
    about: str
    parts: tuple[str, ...]
    why: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What an advice rule gives, and why. Its conditions are in engine/guidance.py, by its key."""

    key: str
    gives: str
    because: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelChoice:
    """A kind of model to live with, and what that brings and costs."""

    key: str
    name: str
    strengths: tuple[str, ...]
    costs: tuple[str, ...]
    best_when: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFact:
    """What somebody found about a way to do it: in our words, with who says so and where it was read."""

    text: str
    origin: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way to do what an approach asks for: what it is, when it fits, what a try takes, and who found what."""

    key: str
    name: str
    approaches: tuple[str, ...]
    about: str
    suits: str
    not_for: str
    effort: str
    facts: tuple[PublishedFact, ...]
    when: Conditions = ()


@dataclass(frozen=True, kw_only=True)
class GuidanceTexts:
    """`leading` steps come before an approach's own.

    `keeping` ones stand instead where nothing is to change, `measured` ones where what leads is there already.
    """

    facts_read: date
    """The day on which the facts of the ways were read."""
    most_cheaper: int
    """How many steps of cheaper serving lead where cost or speed is the only motive."""
    approaches: tuple[ApproachGuide, ...]
    leading: tuple[Step, ...]
    keeping: tuple[Step, ...]
    measured: tuple[Step, ...]
    ways: tuple[Way, ...]
    methods: tuple[TuningMethod, ...]
    method_rules: tuple[Advice, ...]
    patterns: tuple[Pattern, ...]
    pattern_rules: tuple[Advice, ...]
    choices: tuple[ModelChoice, ...]

    @cached_property
    def approach(self) -> dict[str, ApproachGuide]:
        return {guide.key: guide for guide in self.approaches}

    @cached_property
    def step(self) -> dict[str, Step]:
        """Every first step by its key."""
        first = (step for guide in self.approaches for step in guide.first_steps)
        return {step.key: step for step in (*self.leading, *self.keeping, *self.measured, *first)}

    @cached_property
    def method(self) -> dict[str, TuningMethod]:
        return {method.key: method for method in self.methods}

    @cached_property
    def pattern(self) -> dict[str, Pattern]:
        return {pattern.key: pattern for pattern in self.patterns}

    @cached_property
    def method_rule(self) -> dict[str, Advice]:
        return {rule.key: rule for rule in self.method_rules}

    @cached_property
    def pattern_rule(self) -> dict[str, Advice]:
        return {rule.key: rule for rule in self.pattern_rules}


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskText:
    """One thing to do in a phase, with {figures} of the assessment.

    It stands there only where each figure in `needs` is known and not nothing, where its conditions hold, and only
    for `approaches` where some are named; with a `lever` only while that approach is open and untried. An answer
    of yes to any of `done_by` shows that it is done.
    """

    key: str
    text: str
    source: Source
    needs: tuple[str, ...] = ()
    done_by: tuple[str, ...] = ()
    approaches: tuple[str, ...] = ()
    when: Conditions = ()
    lever: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseText:
    """A phase of a plan: what to do, how long, and the gate that stops it.

    `extra_weeks` names a figure that makes it longer. `calendar` replaces the weeks where they do not fit.
    `gate_answer` is the question whose answer says how things stand at the gate. It is left out where
    its conditions do not hold, or where nothing is to do in it.
    """

    key: str
    title: str
    weeks: int
    tasks: tuple[TaskText, ...]
    gate: Passage
    extra_weeks: str = ""
    gate_answer: str = ""
    calendar: str = ""
    when: Conditions = ()
    approaches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanText:
    """The plan for some approaches. One whose conditions hold comes before a plan without conditions."""

    key: str
    title: str
    approaches: tuple[str, ...]
    phases: tuple[PhaseText, ...]
    titles: Mapping[str, str] = field(default_factory=dict)
    """Another title for a verdict of that action."""
    when: Conditions = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureText:
    """Something to measure: always, or for these kinds of task, goals, or failures that were counted."""

    key: str
    text: str
    source: Source
    always: bool = False
    tuning: bool = False
    task_kinds: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SliceText:
    """Cases to look at apart, where these failures were counted or these questions answered with yes.

    `labels` is for those with a table of labels: {label} is the one that asks for the fewest examples.
    """

    key: str
    text: str
    source: Source
    modes: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    labels: bool = False
    default: bool = False


@dataclass(frozen=True, kw_only=True)
class PlanTexts:
    """Everything a plan is made of. `label_from` to `label_to` failures are worth sorting by cause.

    `closing` phases end any plan in which their conditions hold. `goal_because` says why a goal stands in it.
    """

    label_from: int
    label_to: int
    held_out: int
    examples_per_week: int
    most_slices: int
    goal_because: Mapping[str, str]
    plans: tuple[PlanText, ...]
    closing: tuple[PhaseText, ...]
    measures: tuple[MeasureText, ...]
    slices: tuple[SliceText, ...]

    @cached_property
    def plan(self) -> dict[str, PlanText]:
        return {plan.key: plan for plan in self.plans}

    @cached_property
    def phase(self) -> dict[str, PhaseText]:
        """Every phase of every plan by its key."""
        return {phase.key: phase for phase in (*(phase for plan in self.plans for phase in plan.phases), *self.closing)}

    @cached_property
    def task(self) -> dict[str, TaskText]:
        """Every task of every phase by its key."""
        return {task.key: task for phase in self.phase.values() for task in phase.tasks}

    @cached_property
    def measure(self) -> dict[str, MeasureText]:
        return {measure.key: measure for measure in self.measures}

    @cached_property
    def slice(self) -> dict[str, SliceText]:
        return {part.key: part for part in self.slices}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point of a checklist. A yes to `proved_by`, or its condition of the training gate, shows it as met."""

    code: str
    text: str
    source: Source
    proved_by: str = ""
    approaches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    key: str
    title: str
    about: str
    points: tuple[Point, ...]
    approaches: tuple[str, ...] = ()
    with_comparison: bool = False
    """Whether it is about a measured comparison, and stands there only beside one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeAnswer:
    """A short line for before the start: it stands there where its question has that answer."""

    key: str
    answer: Literal["no", "unsure"]
    text: str
    do: str
    approaches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeFigure:
    """A short line for before the start that figures of the assessment fill."""

    code: str
    text: str
    do: str
    approaches: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BeforeTexts:
    """What can stand in the way of a start. Where `approaches` are named, only for these."""

    answers: tuple[BeforeAnswer, ...]
    others: tuple[BeforeFigure, ...]

    @cached_property
    def answer(self) -> dict[tuple[str, str], BeforeAnswer]:
        """Each line by its question and answer."""
        return {(text.key, text.answer): text for text in self.answers}

    @cached_property
    def other(self) -> dict[str, BeforeFigure]:
        return {text.code: text for text in self.others}


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyText:
    """A text to paste into a model of one's own, with {placeholders} that the assessment fills."""

    key: str
    title: str
    about: str
    text: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRole:
    """A variant that a controlled comparison has at least, the approaches it can stand for, and what to run for it."""

    key: str
    name: str
    approaches: tuple[str, ...]
    run: str


@dataclass(frozen=True, kw_only=True)
class Guide:
    """All that a framework version advises beside its verdict."""

    guidance: GuidanceTexts
    plan: PlanTexts
    roles: tuple[ComparedRole, ...]
    checklists: tuple[Checklist, ...]
    before: BeforeTexts
    own_model: tuple[CopyText, ...]
    method: MethodNotes

    @cached_property
    def points(self) -> dict[str, Point]:
        """Every point of every checklist by its code."""
        return {point.code: point for checklist in self.checklists for point in checklist.points}


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonFile:
    """What stands in comparison.toml."""

    roles: tuple[ComparedRole, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistsFile:
    """What stands in checklists.toml."""

    checklists: tuple[Checklist, ...]
    before: BeforeTexts


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnModelFile:
    """What stands in own_model.toml."""

    texts: tuple[CopyText, ...]
