"""What the engine decides, with its reasons: codes and figures, frozen, so that nothing downstream computes again.

A code is the name of a text of the framework; figures are what the text's blanks are filled with. Both become
words in the presenters.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from assessments.framework.guide import (
    Advice,
    ApproachGuide,
    Checklist,
    ModelChoice,
    Pattern,
    Point,
    TuningMethod,
    Way,
)
from assessments.framework.precedents import Precedent
from assessments.framework.schema import Framework, Goal, Stance

from .compared import Cell as Cell
from .compared import Figures as Figures
from .compared import Judged as Judged
from .compared import Leader as Leader
from .compared import Matrix as Matrix
from .compared import MatrixRow as MatrixRow
from .compared import OutsideView as OutsideView
from .compared import Reason as Reason
from .compared import Standing as Standing
from .compared import Tipping as Tipping
from .document import Document
from .economics.cheapest import CheapestModel as CheapestModel
from .economics.compute import TrainingCompute as TrainingCompute
from .economics.money import ApproachMoney as ApproachMoney
from .economics.money import Economics as Economics
from .economics.money import Investment as Investment
from .economics.must_hold import HangsOn, MustHold, by_weight, hangs_on, must_hold
from .economics.sensitivity import Bar, VolumeCosts, tornado, upfront_range, volume_costs
from .economics.simulation import PaybackChances, payback_chances
from .measured.rule import MeasuredLead as MeasuredLead

Action = Literal["keep", "use_other_lever", "fix_first", "confirm_first", "pilot", "go", "not_yet"]
Stability = Literal["leaning", "provisional", "settled", "measured"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One thing a lens looked at. `met` is None where nobody knows yet."""

    code: str
    met: bool | None
    keys: tuple[str, ...]
    figures: Figures = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LensResult:
    """One source's rule over the answers."""

    lens: str
    stance: Stance
    conditions: tuple[Condition, ...]
    value: float | None = None
    band: str | None = None
    names: str | None = None
    """The approach that the lens itself names, where it does."""
    trend: str | None = None

    @property
    def met(self) -> int:
        return sum(condition.met is True for condition in self.conditions)


@dataclass(frozen=True, slots=True, kw_only=True)
class PathNode:
    """One question of the decision tree: how it came out, and on what count."""

    node: Literal["ceiling", "indicators", "anti_indicators"]
    outcome: Literal["yes", "no", "open"]
    count: int
    of: int
    unsure: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    indicators: int
    anti_indicators: int
    unsure: int
    """Unsure among the indicators and anti-indicators."""

    @property
    def net(self) -> int:
        return self.indicators - self.anti_indicators


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupShare:
    """A failure group's share of the sample with its 95 % interval, each 0 to 1."""

    key: str
    count: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What the counted failures say. `label_more` is None where no number would settle it."""

    sample: int
    groups: tuple[GroupShare, ...]
    dominant: str | None
    label_more: int | None

    def share(self, group: str) -> float:
        return next((found.share for found in self.groups if found.key == group), 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that is missing."""

    code: str
    figures: Figures = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelGap:
    label: str
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DataReadiness:
    """The examples at hand against what the goal needs."""

    goal: Goal | None
    labelled: int | None
    gaps: tuple[LabelGap, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanGoal:
    """A goal of tuning, and the code of why it stands in the plan."""

    priority: str
    goal: Goal
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to do. `done_by` is the question whose answer shows that it is done, or empty."""

    code: str
    done_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A phase of a plan. Weeks count from 1; both are 0 where it is done or takes no weeks of its own."""

    key: str
    tasks: tuple[Task, ...]
    first_week: int = 0
    last_week: int = 0

    @property
    def done(self) -> bool:
        return bool(self.tasks) and all(task.done_by for task in self.tasks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """Cases to look at apart: for so many counted failures, for that answer, or that label above all."""

    code: str
    count: int
    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to do next, week by week: texts of the framework by their keys, and the figures that fill them."""

    key: str
    weeks: int
    phases: tuple[Phase, ...]
    measures: tuple[str, ...]
    slices: tuple[Slice, ...]
    figures: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance:
    """What to know about the recommended approach. Method and pattern are None where nothing is tuned."""

    guide: ApproachGuide
    method: TuningMethod | None
    method_because: Advice | None
    pattern: Pattern | None
    pattern_because: Advice | None
    choices: tuple[ModelChoice, ...]
    """The model choices that this approach amounts to."""
    ways: tuple[Way, ...]
    """Ways to do it that fit these answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointState:
    """One point of a checklist: met by an answer, ticked by the team, or open."""

    point: Point
    state: Literal["met", "ticked", "open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistState:
    checklist: Checklist
    points: tuple[PointState, ...]

    @property
    def done(self) -> int:
        return sum(point.state != "open" for point in self.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """Answers whose flip would give another approach, and whether the team can bring that about."""

    flip: Mapping[str, str]
    approach: str
    actionable: bool
    wording: str = ""
    """What its verdict then says otherwise, as in `Standing`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Robustness:
    """What the verdict could still become. Shares are of completions by their priors, 0 to 1."""

    unsure: tuple[str, ...]
    exact: bool
    possible_approaches: Mapping[str, float]
    stability: Stability
    find_out_next: tuple[str, ...]
    would_change: tuple[Flip, ...]

    @property
    def settled(self) -> bool:
        return self.stability in ("settled", "measured")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortVerdict:
    """A verdict in short: where the tree ends, what to do, and how."""

    leaf: str
    approach: str | None
    action: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A misuse or a contradiction: what raised it, and how bad it is."""

    code: str
    kind: Literal["misuse", "contradiction"]
    severity: Literal["high", "medium", "low"]
    keys: tuple[str, ...]
    figures: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarCase:
    """A published case, how similar it is (higher is more), and the codes of what it is similar in."""

    case: Precedent
    similarity: int
    because: tuple[str, ...]
    own: bool = False
    """Whether it is a case of the team's own."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What is decided on what is established: enough for the panel beside the questions.

    The comparison, what it hangs on, the chances and the curves of its money are worked out when they are first
    asked for, and kept.
    """

    framework: Framework
    document: Document
    """What it was decided on."""
    leaf: str
    path: tuple[PathNode, ...]
    counts: Counts
    approach: str | None
    """None before there is a verdict to speak of."""
    leads: str
    """The highest-ranked approach that is open; the verdict's once there is one."""
    action: Action
    because: tuple[str, ...]
    """The codes of why this is the verdict: gates, or texts of their own."""
    confirm: tuple[str, ...]
    """The questions that a pilot waits for."""
    missing_for_go: tuple[Gap, ...]
    """What a kind of tuning still lacks; empty for the others."""
    standings: Mapping[str, Standing]
    """Of every approach, in the framework's order."""
    leader: Leader
    measured: MeasuredLead | None
    """What leads by measurement, where that decides."""
    judged: Judged = field(repr=False, compare=False)
    diagnosis: Diagnosis
    economics: Economics | None
    data: DataReadiness
    gate: LensResult
    findings: tuple[Finding, ...]

    @cached_property
    def matrix(self) -> Matrix:
        return self.judged.matrix

    @cached_property
    def deciding(self) -> tuple[str, ...]:
        """The answers that it hangs on: their other value would name another approach, or they close the leader."""
        return self.judged.deciding

    @property
    def has_begun(self) -> bool:
        """Whether there is a verdict to speak of; before that it is what leads so far."""
        return self.action != "not_yet"

    @property
    def is_measured_gain(self) -> bool:
        """Whether what leads would be owned, and was measured to be better: it is there already."""
        return self.measured is not None and self.measured.reason == "gain"

    @property
    def is_tuning(self) -> bool:
        return self.framework.approach[self.leads].tuning

    @cached_property
    def chances(self) -> PaybackChances | None:
        """How sure the return is; None without costs."""
        return payback_chances(self.framework, self.document, self.economics) if self.economics else None

    @cached_property
    def tornado(self) -> tuple[Bar, ...]:
        """What the return hangs on, the widest swing first."""
        return tornado(self.framework, self.document, self.economics) if self.economics else ()

    @cached_property
    def must_hold(self) -> tuple[MustHold, ...]:
        """What must be true for it to pay back in time, one driver at a time; empty without money."""
        found = self.economics
        return by_weight(must_hold(self.framework, self.document, found), self.tornado) if found else ()

    @cached_property
    def upfront_range(self) -> tuple[float, float] | None:
        """Between which amounts the upfront cost lies, where something of it has a range."""
        return upfront_range(self.framework, self.document, self.economics) if self.economics else None

    @cached_property
    def hangs_on(self) -> HangsOn | None:
        """How payback moves with the figure that matters most."""
        return hangs_on(self.framework, self.document, self.economics, self.tornado) if self.economics else None

    @cached_property
    def payback_range(self) -> HangsOn | None:
        """The same of the figure that matters most among those with a range of their own."""
        if self.hangs_on is None or self.hangs_on.bar.basis != "tenth":
            return self.hangs_on
        bars = tuple(bar for bar in self.tornado if bar.basis != "tenth")
        return hangs_on(self.framework, self.document, self.economics, bars) if self.economics else None

    @cached_property
    def volume_costs(self) -> VolumeCosts | None:
        """What each approach costs at other numbers of requests; None without requests of the detailed form."""
        found = self.economics and volume_costs(self.framework, self.document, self.economics)
        return found if found and found.volumes else None


@dataclass(frozen=True, kw_only=True)
class Decision(Verdict):
    """The verdict with everything around it: what others say, how settled it is, what to do."""

    lenses: Mapping[str, LensResult]
    cheapest_model: CheapestModel | None
    """What a tune has to beat; None without a motive of cost or speed, or while nobody said how long a request is."""
    parts_ways: str
    """The code of why the verdict and the tree part ways; empty where they do not."""
    robustness: Robustness
    on_evidence_alone: ShortVerdict
    goals: tuple[PlanGoal, ...]
    """What to tune for, in order; empty where nothing is tuned."""
    next_steps: tuple[str, ...]
    """The keys of what to do first."""
    plan: Plan
    guidance: Guidance
    checklists: tuple[ChecklistState, ...]
    precedents: tuple[SimilarCase, ...]
    closest_other_way: SimilarCase | None
    """Of the similar cases the most similar one that went the other way."""
    outside_view: OutsideView | None
    compute: TrainingCompute | None
    """Of the training that is planned, or would be; None without the size of the base model."""
