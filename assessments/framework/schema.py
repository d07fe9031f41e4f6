"""The shape of a framework version: frozen dataclasses that the TOML files are read into."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from .approach_costs import ApproachCosts
from .conditions import Conditions as Conditions
from .cost_inputs import CostInputs
from .field import Derived as Derived
from .field import Field as Field
from .field import Kind as Kind
from .field import Option as Option
from .field import Question as Question
from .field import Role as Role
from .figures import figures_of
from .fingerprint import fingerprint
from .guide import Guide, Step
from .precedents import Precedents
from .section import Group as Group
from .section import QuickAnswer
from .section import Section as Section
from .source import Source as Source
from .tuning_prices import TuningPrices

Stance = Literal["for", "pilot", "against", "open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One published text that rules come from."""

    key: Source
    name: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lens:
    """One source's own rule over the same answers."""

    key: str
    name: str
    source: Source
    rule: str
    conditions: Mapping[str, str]
    """What it looks at, by code, with {figures}."""
    words: Mapping[str, str] = field(default_factory=dict)
    """What stands for a key among the figures of its conditions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """Where the tree ends, and the approaches that say the same, named as those of a gate."""

    key: str
    name: str
    short: tuple[str, ...]
    same_as: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreBands:
    """Above `strong_above` is strong; from `moderate_from` up to it is moderate; below is weak."""

    strong_above: float
    moderate_from: float

    def band(self, score: float) -> Literal["strong", "moderate", "weak"]:
        if score > self.strong_above:
            return "strong"
        return "moderate" if score >= self.moderate_from else "weak"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Every number that a rule compares with. [framework, module, ours]"""

    tree_indicators_above: int
    tree_anti_indicators_below: int
    confidence: ScoreBands
    net: ScoreBands
    weighted: ScoreBands
    weights: Mapping[str, int]
    gate_reviewed_examples: int
    gate_weeks: int
    gate_trend_p: float
    dominant_share: float
    ready_net: int
    blockers_from: int
    pilot_net: int
    hybrid_knowledge_share: float
    production_strong_from: int
    enough_examples: int
    low_volume_below: int
    high_volume_above: int
    reviewer_agreement: float
    payback_months: float
    strategic_payback_months: float
    ceiling_open_from: int
    begun_from: int
    provisional_from: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureGroup:
    key: str
    name: str
    modes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Approach:
    """One of the things a team can do: its one name, and the verdict as a sentence, and as one that puts it first."""

    key: str
    name: str
    verdict: str
    about: str
    tuning: bool
    verdict_fix_first: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One row of the comparison matrix, with a score from 1 to 5 for each approach.

    Its weight is another where any of the answers that move it is yes, and where all of them are no.
    """

    key: str
    group: Literal["effect", "effort", "ownership"]
    name: str
    about: str
    weight: float
    moved_by: tuple[str, ...] = ()
    if_yes: float | None = None
    if_no: float | None = None
    scores: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CostScores:
    """How dollars become scores: 5 for the cheapest, some points less for each doubling, at least 1."""

    points_less_by_doubling: float
    floors: Mapping[str, float]
    """By criterion: dollars below which cheaper is no better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """Kinds of failure to reckon with where none were counted: for any of these answers, or these kinds of task."""

    modes: tuple[str, ...]
    answers: tuple[str, ...] = ()
    task_kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftInLever:
    """The part of its fit that a lever still has in it: once it was tried, and what others have from the start."""

    tried: float
    others: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetScore:
    """A score that answers set."""

    approach: str
    criteria: tuple[str, ...]
    score: int
    when: Conditions
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRules:
    minimum_weight: float
    maximum_weight: float
    words: tuple[str, ...]
    groups: Mapping[str, str]
    """What the criteria of a group have in common."""
    reasons: Mapping[str, str]
    """Where a score comes from, by code, with {figures}."""
    weight_reasons: Mapping[str, str]
    criteria: tuple[Criterion, ...]
    fit: Mapping[str, Mapping[str, int]]
    pointers: tuple[Pointer, ...]
    left: LeftInLever
    tried: Mapping[str, Conditions]
    """By approach: when it counts as tried."""
    set_scores: tuple[SetScore, ...]
    cost_scores: CostScores


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherRange:
    """How many examples somebody else asks for: shown as dissent, never counted with."""

    by: str
    examples_from: int
    examples_to: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A kind of fine-tuning, matched to what the model should do differently."""

    key: str
    name: str
    kind: str
    examples_from: int
    compute: str
    steps: tuple[Step, ...]
    examples_to: int | None = None
    unit: str = "examples"
    others: tuple[OtherRange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What closes approaches, and why: in a sentence with {figures}, and in few words for lists.

    `closes` and `spares` name approaches; "all", "tuning" and "untuned" stand for several. `opens` is what
    the team can do to open it again, empty where it cannot.
    """

    key: str
    closes: tuple[str, ...]
    when: Conditions
    source: Source
    because: str
    short: str
    spares: tuple[str, ...] = ()
    opens: str = ""

    @property
    def can_be_opened(self) -> bool:
        """Whether the team can open it by its own work."""
        return bool(self.opens)


@dataclass(frozen=True, slots=True, kw_only=True)
class Priors:
    """How likely a yes is while nobody knows, 0 to 1."""

    otherwise: float
    answers: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class GatesFile:
    """What stands in gates.toml."""

    gates: tuple[Gate, ...]
    deciding: tuple[str, ...]
    priors: Priors


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingText:
    """A misuse or a contradiction, in words with {figures}."""

    code: str
    kind: Literal["misuse", "contradiction"]
    severity: Literal["high", "medium", "low"]
    message: str
    what_to_do: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsFile:
    """What stands in findings.toml."""

    findings: tuple[FindingText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictTexts:
    actions: Mapping[str, str]
    action_short: Mapping[str, str]
    action_names: Mapping[str, str]
    because: Mapping[str, str]
    missing_for_go: Mapping[str, str]
    tree_parts_ways: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkFile:
    """What stands in framework.toml."""

    name: str
    version: str
    sections: tuple[str, ...]
    quick: QuickAnswer
    citations: tuple[Citation, ...]
    lenses: tuple[Lens, ...]
    leaves: tuple[Leaf, ...]
    thresholds: Thresholds
    failure_groups: tuple[FailureGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproachesFile:
    """What stands in approaches.toml."""

    approaches: tuple[Approach, ...]
    matrix: MatrixRules


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalsFile:
    """What stands in goals.toml."""

    goals: tuple[Goal, ...]


@dataclass(frozen=True, kw_only=True)
class Framework:
    """A whole framework version."""

    key: str
    name: str
    version: str
    citations: tuple[Citation, ...]
    sections: tuple[Section, ...]
    quick: Section
    """The few questions that decide most, on a page of their own."""
    lenses: tuple[Lens, ...]
    leaves: tuple[Leaf, ...]
    thresholds: Thresholds
    failure_groups: tuple[FailureGroup, ...]
    approaches: tuple[Approach, ...]
    matrix: MatrixRules
    goals: tuple[Goal, ...]
    gates: tuple[Gate, ...]
    deciding: tuple[str, ...]
    """The questions that can decide beside the ceiling, the reasons for and the reasons against."""
    priors: Priors
    verdict: VerdictTexts
    findings: tuple[FindingText, ...]
    cost_inputs: CostInputs
    tuning_prices: TuningPrices
    approach_costs: ApproachCosts
    precedents: Precedents
    guide: Guide

    def __hash__(self) -> int:
        return hash(self.sha256)

    def __iter__(self) -> Iterator[Question]:
        return iter(self.questions.values())

    @cached_property
    def sha256(self) -> str:
        """Two frameworks with the same one decide alike, whatever they say in words."""
        return fingerprint(self)

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by its key, in the order in which the pages ask them."""
        return {question.key: question for section in self.sections for question in section.questions}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """The section of each question key."""
        return {question.key: section for section in self.sections for question in section.questions}

    def keys(self, role: Role) -> tuple[str, ...]:
        """The question keys that have this role."""
        return self._keys_by_role.get(role, ())

    @cached_property
    def _keys_by_role(self) -> dict[str, tuple[str, ...]]:
        by_role: dict[str, list[str]] = {}
        for question in self:
            by_role.setdefault(question.role, []).append(question.key)
        return {role: tuple(keys) for role, keys in by_role.items()}

    @cached_property
    def derived(self) -> tuple[tuple[Question, Derived], ...]:
        """The questions that a number stated elsewhere can answer, numbers before the answers that follow from them."""
        found = [(question, question.derived) for question in self if question.derived]
        return tuple(sorted(found, key=lambda pair: pair[0].kind != "number"))

    def weight(self, key: str) -> int:
        """What an indicator or anti-indicator weighs in the weighted score."""
        return self.thresholds.weights[self.questions[key].weight]

    def section(self, key: str) -> Section | None:
        """The page of the questionnaire at this address: a section, or the quick answer."""
        return next((section for section in (*self.sections, self.quick) if section.key == key), None)

    @cached_property
    def approach(self) -> dict[str, Approach]:
        return {approach.key: approach for approach in self.approaches}

    @cached_property
    def figures(self) -> dict[str, float]:
        """Every number of this framework that a sentence may name."""
        return figures_of(self)

    @cached_property
    def goal(self) -> dict[str, Goal]:
        return {goal.key: goal for goal in self.goals}

    @cached_property
    def gate(self) -> dict[str, Gate]:
        return {gate.key: gate for gate in self.gates}

    @cached_property
    def closed_by(self) -> dict[str, frozenset[str]]:
        """The approaches that each gate closes."""
        return {
            gate.key: self.approaches_named(gate.closes) - self.approaches_named(gate.spares) for gate in self.gates
        }

    def approaches_named(self, names: tuple[str, ...]) -> frozenset[str]:
        """The approaches of these names; "all", "tuning" and "untuned" stand for several."""
        tuning = {approach.key for approach in self.approaches if approach.tuning}
        several = {"all": set(self.approach), "tuning": tuning, "untuned": set(self.approach) - tuning}
        return frozenset(key for name in names for key in several.get(name, {name}))

    @cached_property
    def deciding_keys(self) -> tuple[str, ...]:
        """Every question whose yes or no can decide the verdict."""
        roles = (self.keys("ceiling"), self.keys("indicator"), self.keys("anti_indicator"))
        return (*(key for keys in roles for key in keys), *self.deciding)

    def prior(self, key: str) -> float:
        """How likely a yes is while nobody knows."""
        return self.priors.answers.get(key, self.priors.otherwise)

    @property
    def step(self) -> dict[str, Step]:
        """Every first step by its key."""
        return self.guide.guidance.step

    @cached_property
    def finding(self) -> dict[str, FindingText]:
        return {finding.code: finding for finding in self.findings}

    @cached_property
    def leaf(self) -> dict[str, Leaf]:
        return {leaf.key: leaf for leaf in self.leaves}

    @cached_property
    def lens(self) -> dict[str, Lens]:
        return {lens.key: lens for lens in self.lenses}

    @cached_property
    def citation(self) -> dict[str, Citation]:
        return {citation.key: citation for citation in self.citations}
