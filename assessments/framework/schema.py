"""The shape of a framework version: frozen dataclasses that the TOML files are read into."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from .approach_costs import ApproachCosts
from .conditions import Conditions as Conditions
from .cost_inputs import CostInputs
from .currency import USD, sign_of
from .evidence import EvidenceRules
from .field import DECIDING_ROLES
from .field import Column as Column
from .field import Derived as Derived
from .field import Field as Field
from .field import Kind as Kind
from .field import Option as Option
from .field import Question as Question
from .field import Role as Role
from .figures import figures_of
from .fingerprint import fingerprint
from .gates import Gate as Gate
from .gates import GatesFile as GatesFile
from .gates import GoWait as GoWait
from .gates import Priors as Priors
from .guide import Guide, Step
from .legal import Legal
from .market import Market
from .matrix_rules import CostScores as CostScores
from .matrix_rules import Criterion as Criterion
from .matrix_rules import LeftInLever as LeftInLever
from .matrix_rules import MatrixRules as MatrixRules
from .matrix_rules import Pointer as Pointer
from .matrix_rules import SetScore as SetScore
from .notation import ENGLISH, GERMAN, notation_of, words_of
from .precedents import Precedents
from .reading import ReadingTexts
from .section import Group as Group
from .section import QuickAnswer as QuickAnswer
from .section import Section as Section
from .source import Source as Source
from .thresholds import ScoreBands as ScoreBands
from .thresholds import Thresholds as Thresholds
from .upkeep import Upkeep

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
class FailureGroup:
    key: str
    name: str
    modes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherWording:
    """What the verdict says where answers show that this was done already, or is something else in this case."""

    key: str
    when: Conditions
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Approach:
    """One of the things a team can do: its one name, and the verdict as a sentence, and as one that puts it first.

    Of the `otherwise` the first whose conditions hold is said instead.
    """

    key: str
    name: str
    verdict: str
    about: str
    tuning: bool
    owned: bool = False
    """Whether it leaves a trained model that the team has to look after."""
    verdict_fix_first: str = ""
    otherwise: tuple[OtherWording, ...] = ()

    def said(self, wording: str) -> str:
        """The verdict in this wording; empty where there is none of that key."""
        return next((other.verdict for other in self.otherwise if other.key == wording), "")


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
    source: Source = "framework"


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

    currency: str = USD  # what amounts are shown in; first, so that two that differ in it alone differ at once
    notation: str = ENGLISH  # whose way to write numbers its sentences follow
    key: str
    name: str
    version: str
    base: str = ""
    """The key of the framework that a team's own one changes; empty for one that came with this release."""
    in_words: Mapping[str, "Framework"] = field(default_factory=dict)
    """The same in each further language that a team has words in. What a reader sees is one of them."""
    citations: tuple[Citation, ...]
    sections: tuple[Section, ...]
    quick: Section
    """The few questions that decide most, on a page of their own."""
    switched_off: Mapping[str, tuple[Question, ...]] = field(default_factory=dict)
    """Questions that a team does not ask, by section. They can be named, and count as nobody having answered them."""
    lenses: tuple[Lens, ...]
    leaves: tuple[Leaf, ...]
    thresholds: Thresholds
    failure_groups: tuple[FailureGroup, ...]
    approaches: tuple[Approach, ...]
    matrix: MatrixRules
    goals: tuple[Goal, ...]
    gates: tuple[Gate, ...]
    go_waits: tuple[GoWait, ...]
    deciding: tuple[str, ...]
    """The questions that can decide beside the ceiling, the reasons for and the reasons against."""
    priors: Priors
    verdict: VerdictTexts
    findings: tuple[FindingText, ...]
    cost_inputs: CostInputs
    market: Market
    approach_costs: ApproachCosts
    precedents: Precedents
    guide: Guide
    legal: Legal
    evidence: EvidenceRules
    reading: ReadingTexts
    upkeep: Upkeep

    def __hash__(self) -> int:
        return hash((self.sha256, self.currency, self.notation))

    def __iter__(self) -> Iterator[Question]:
        return (question for section in self.sections for question in section.questions)

    @property
    def title(self) -> str:
        """What it is called where a verdict says what it stands under, with its version."""
        named = self.name if self.base else f"{self.name}, version {self.version}"
        return named.replace(", version ", ", Version ") if words_of(notation_of(self.notation)) == GERMAN else named

    @property
    def sign(self) -> str:
        """What stands before an amount."""
        return sign_of(self.currency)

    @cached_property
    def sha256(self) -> str:
        """Two frameworks with the same one decide alike, whatever they say in words."""
        return fingerprint(self)

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by its key, in the order in which the pages ask them; last those that are switched off."""
        off = (question for questions in self.switched_off.values() for question in questions)
        return {question.key: question for question in (*self, *off)}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """The section of each question key, one that is switched off too."""
        return {
            question.key: section
            for section in self.sections
            for question in (*section.questions, *self.switched_off.get(section.key, ()))
        }

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
        return figures_of(self.thresholds, self.guide.plan, self._keys_by_role)

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
        return (*(key for role in DECIDING_ROLES for key in self.keys(role)), *filter(self.asks, self.deciding))

    def asks(self, key: str) -> bool:
        """Whether this question is asked, and not switched off."""
        return key in self.questions and self.questions[key] in self.section_of[key].questions

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
