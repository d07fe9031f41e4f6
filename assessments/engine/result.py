"""A stored result, read back as what it was: the reader beside the writer `result_json`.

Versions are kept for years, so the reader takes what earlier releases wrote. What they did not store is optional
here and empty: chances, the tornado, phases, guidance, checklists, standings. What they stored as a
sentence, and is a code with its figures by now, is read as that sentence (`text`, `message`), with no code and no
figures: it is what was decided on, so it is shown as it stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import cattrs
from cattrs.gen import make_dict_structure_fn, override

from assessments.framework.currency import USD
from assessments.framework.schema import Stance

from .decision import (
    Action,
    CheapestModel,
    Counts,
    Flip,
    LabelGap,
    Leader,
    OutsideView,
    ShortVerdict,
    Stability,
    Standing,
)
from .economics.compute import TrainingCompute
from .economics.must_hold import HangsOn, MustHold
from .measured.stored import StoredLead

Figures = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredGap:
    """Something that a go lacked."""

    code: str = ""
    figures: Figures = field(default_factory=dict)
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCondition:
    met: bool | None
    keys: tuple[str, ...]
    code: str = ""
    figures: Figures = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFinding:
    code: str
    severity: str
    keys: tuple[str, ...]
    figures: Figures = field(default_factory=dict)
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesInForce:
    """The framework that it was decided under."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredNode:
    node: str
    outcome: str
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLens:
    stance: Stance
    conditions: tuple[StoredCondition, ...]
    value: float | None = None
    band: str | None = None
    names: str | None = None
    met: int | None = None
    of: int | None = None
    trend: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredGroup:
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDiagnosis:
    """The shares of the failure groups, by key."""

    groups: Mapping[str, StoredGroup]
    dominant: str | None
    label_more: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCell:
    """One score. `reason` is a code, or the sentence that was stored."""

    score: float
    origin: str
    reason: str
    figures: Figures = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRow:
    mean: float
    first_share: float
    cells: Mapping[str, StoredCell]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReason:
    code: str
    figures: Figures = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMatrix:
    weights: Mapping[str, float]
    rows: Mapping[str, StoredRow]
    ranking: tuple[str, ...]
    weight_reasons: Mapping[str, StoredReason] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredWorth:
    """An investment in figures; None for all of them where there was nothing to compare with."""

    break_even_months: float | None
    discounted_break_even_months: float | None
    durable_break_even_months: float | None
    net: float | None
    npv: float | None
    roi: float | None
    break_even_requests: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredApproach(StoredWorth):
    """One approach against going on as today."""

    upfront: float | None
    pv_cost: float | None = None
    cost_per_attempt: float | None = None
    attempts: float | None = None
    fallback_share: float | None = None
    monthly_cost: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredChances:
    """The chance of payback by months, and that of none."""

    within: Mapping[int, float]
    never: float | None
    standard_error: float
    draws: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredBar:
    input: str
    approach: str | None
    low: float
    high: float
    npv_low: float
    npv_high: float
    basis: str = "entered"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredWarning:
    code: str
    approaches: tuple[str, ...] = ()
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEconomics:
    form: str
    approach: str
    approaches: Mapping[str, StoredApproach]
    reference: str
    best_untuned: str | None
    against_best_untuned: Mapping[str, StoredWorth]
    investment: StoredWorth | None
    defaults_used: tuple[str, ...]
    currency: str = USD
    horizon_months: int | None = None
    payback_probability: StoredChances | None = None
    pv_cost_p10_p50_p90: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)
    tornado: tuple[StoredBar, ...] = ()
    must_hold: tuple[MustHold, ...] = ()
    hangs_on: HangsOn | None = None
    warnings: tuple[StoredWarning, ...] = ()
    forgotten: tuple[str, ...] = ()

    @property
    def upfront(self) -> float | None:
        """What the verdict's approach costs at the start beyond what its reference does; None without the approach."""
        own, reference = (self.approaches.get(name) for name in (self.approach, self.reference))
        if own is None or own.upfront is None:
            return None
        return own.upfront - ((reference and reference.upfront) or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredData:
    goal_range: tuple[int, int | None] | None
    labelled: int | None
    gaps: tuple[LabelGap, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredGoal:
    priority: str
    goal: str
    kind: str
    steps: tuple[str, ...]
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTask:
    done_by: str | None
    code: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPhase:
    phase: str
    done: bool
    weeks: tuple[int, int] | None
    tasks: tuple[StoredTask, ...]
    title: str = ""
    gate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSlice:
    code: str
    count: int
    key: str | None
    label: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredGuidance:
    method: str | None
    method_because: str | None
    pattern: str | None
    pattern_because: str | None
    model_choices: tuple[str, ...]
    ways: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredChecklist:
    done: int
    of: int
    open: tuple[str, ...]
    ticked: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPrecedent:
    id: str
    similarity: int
    outcome: str
    source: str
    because: tuple[str, ...]
    own: bool = False
    """Whether it is a case of the team's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Everything that was decided, as it was stored."""

    framework: RulesInForce
    leaf: str
    path: tuple[StoredNode, ...]
    counts: Counts
    lenses: Mapping[str, StoredLens]
    findings: tuple[StoredFinding, ...]
    approach: str | None
    action: Action
    because: tuple[str, ...]
    """Codes; a sentence where that was stored."""
    missing_for_go: tuple[StoredGap, ...]
    failure_groups: StoredDiagnosis
    settled: bool
    exact: bool
    possible_approaches: Mapping[str, float]
    find_out_next: tuple[str, ...]
    would_change: tuple[Flip, ...]
    on_evidence_alone: ShortVerdict
    matrix: StoredMatrix
    economics: StoredEconomics | None
    data: StoredData
    plan: tuple[StoredGoal, ...]
    next_steps: tuple[str, ...]
    """Codes; sentences where these were stored."""
    precedents: tuple[StoredPrecedent, ...]
    leads: str = ""
    wording: str = ""
    """What the verdict said otherwise, as in `Standing`."""
    confirm: tuple[str, ...] = ()
    deciding: tuple[str, ...] = ()
    leader: Leader | None = None
    standings: Mapping[str, Standing] = field(default_factory=dict)
    stability: Stability | None = None
    cheapest_model: CheapestModel | None = None
    outside_view: OutsideView | None = None
    closest_other_way: StoredPrecedent | None = None
    parts_ways: str | None = None
    phases: tuple[StoredPhase, ...] = ()
    phase_figures: Figures = field(default_factory=dict)
    measures: tuple[str, ...] = ()
    slices: tuple[StoredSlice, ...] = ()
    guidance: StoredGuidance | None = None
    checklists: Mapping[str, StoredChecklist] = field(default_factory=dict)
    compute: TrainingCompute | None = None
    measured: StoredLead | None = None

    @property
    def has_begun(self) -> bool:
        """Whether there was a verdict to speak of."""
        return self.action != "not_yet"

    @property
    def in_short(self) -> tuple[Any, ...]:
        """What every release stored alike: the verdict, how firm it is, and what each method says."""
        stances = {key: lens.stance for key, lens in self.lenses.items()}
        return self.leaf, self.approach, self.action, self.settled, self.on_evidence_alone, self.counts, stances


def read_result(stored: Mapping[str, Any]) -> Result:
    """The result in these JSON values, of this release or of an earlier one.

    >>> from assessments.framework import load_framework
    >>> from .decide import decide
    >>> from .document import Document
    >>> from .result_json import result_json
    >>> found = read_result(result_json(decide(load_framework(), Document(use_case={"name": "A"}))))
    >>> found.action, found.approach, found.economics
    ('not_yet', None, None)
    """
    return _converter.structure(stored, Result)


def _gap(raw: Any, _: object) -> StoredGap:
    return StoredGap(message=raw) if isinstance(raw, str) else StoredGap(**raw)


def _diagnosis(raw: Any, _: object) -> StoredDiagnosis:
    """The groups stand beside what they come to."""
    groups = {key: StoredGroup(**value) for key, value in raw.items() if key not in ("dominant", "label_more")}
    return StoredDiagnosis(groups=groups, dominant=raw["dominant"], label_more=raw["label_more"])


def _chances(raw: Any, _: object) -> StoredChances:
    """The months stand beside what they have in common."""
    within = {int(key): value for key, value in raw.items() if key.isdecimal()}
    return StoredChances(
        within=within, never=raw.get("never"), standard_error=raw["standard_error"], draws=raw.get("draws")
    )


def _result(raw: Any, shape: type[Result]) -> Result:
    """Why it was decided so was one sentence, and is several codes."""
    because = raw["because"]
    return _structure_result(raw | {"because": [because] if isinstance(because, str) else because}, shape)


_converter = cattrs.Converter()
_converter.register_structure_hook(date, lambda day, _: date.fromisoformat(day))
_converter.register_structure_hook(StoredGap, _gap)
_converter.register_structure_hook(StoredDiagnosis, _diagnosis)
_converter.register_structure_hook(StoredChances, _chances)
_converter.register_structure_hook(
    StoredCell, make_dict_structure_fn(StoredCell, _converter, origin=override(rename="from"))
)
_structure_result = make_dict_structure_fn(Result, _converter)
_converter.register_structure_hook(Result, _result)
