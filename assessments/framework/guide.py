"""The shape of what a framework advises: guidance, plans, checklists, texts to copy, and the method's notes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A short text with the source it comes from."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something to do first; its key stands in results."""

    key: str
    text: str
    source: Source = "ours"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproachGuide:
    """What to know about one approach. `choices` are the model choices that it amounts to."""

    key: str
    works: Passage
    fails: Passage
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


@dataclass(frozen=True, kw_only=True)
class GuidanceTexts:
    approaches: tuple[ApproachGuide, ...]
    methods: tuple[TuningMethod, ...]
    method_rules: tuple[Advice, ...]
    patterns: tuple[Pattern, ...]
    pattern_rules: tuple[Advice, ...]
    choices: tuple[ModelChoice, ...]

    @cached_property
    def approach(self) -> dict[str, ApproachGuide]:
        return {guide.key: guide for guide in self.approaches}

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

    It stands there only where each figure in `needs` is known and not nothing, and only for
    `approaches` where some are named. An answer of yes to any of `done_by` shows that it is done.
    """

    key: str
    text: str
    source: Source
    needs: tuple[str, ...] = ()
    done_by: tuple[str, ...] = ()
    approaches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseText:
    """A phase of a plan: what to do, how long, and the gate that stops it.

    `extra_weeks` names a figure that makes it longer. `when` replaces the weeks where they do not fit.
    `gate_answer` is the question whose answer says how things stand at the gate.
    """

    key: str
    title: str
    weeks: int
    tasks: tuple[TaskText, ...]
    gate: Passage
    extra_weeks: str = ""
    gate_answer: str = ""
    when: str = ""
    because: tuple[str, ...] = ()
    approaches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanText:
    """The plan for some approaches; where `because` is named, only for verdicts for one of those reasons."""

    key: str
    title: str
    approaches: tuple[str, ...]
    phases: tuple[PhaseText, ...]
    titles: Mapping[str, str] = field(default_factory=dict)
    because: tuple[str, ...] = ()


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

    `closing` phases end every plan of a verdict for their reasons. `goal_because` says why a goal stands in it.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyText:
    """A text to paste into a model of one's own, with {placeholders} that the assessment fills."""

    key: str
    title: str
    about: str
    text: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class LensInWords:
    """What a lens looks at, and which stance follows."""

    key: str
    asks: tuple[str, ...]
    stance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdName:
    """A number that a rule compares with, or that a plan is made of, in words."""

    key: str
    name: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A point on which the sources contradict each other, and what this product does about it."""

    key: str
    title: str
    texts: tuple[Passage, ...]
    ours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceOfError:
    """One letter of the glossary's DEBT profile: what it costs to tune where tuning is wrong."""

    key: str
    name: str
    score: int
    text: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreExample:
    """The framework text's own worked score: a count, and what it divides by."""

    count: int
    divisor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEvenExample:
    """The framework text's own worked example, and the hours that its own table names. Dollars a month."""

    upfront: float
    monthly_benefit: float
    monthly_cost: float
    hourly_rate: float
    monitoring_hours: tuple[float, float]
    retraining_hours_per_quarter: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodNotes:
    go: tuple[Passage, ...]
    lenses: tuple[LensInWords, ...]
    findings: Mapping[str, str]
    thresholds: tuple[ThresholdName, ...]
    disagreements: tuple[Disagreement, ...]
    price_of_error: tuple[PriceOfError, ...]
    score_example: ScoreExample
    break_even: BreakEvenExample


@dataclass(frozen=True, kw_only=True)
class Guide:
    """All that a framework version advises beside its verdict."""

    guidance: GuidanceTexts
    plan: PlanTexts
    checklists: tuple[Checklist, ...]
    own_model: tuple[CopyText, ...]
    method: MethodNotes

    @cached_property
    def points(self) -> dict[str, Point]:
        """Every point of every checklist by its code."""
        return {point.code: point for checklist in self.checklists for point in checklist.points}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistsFile:
    """What stands in checklists.toml."""

    checklists: tuple[Checklist, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnModelFile:
    """What stands in own_model.toml."""

    texts: tuple[CopyText, ...]
