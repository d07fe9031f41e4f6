"""What htmx gets for one value or tick that was sent: saved, refused, or changed by somebody else meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assessments.models import Assessment
from assessments.presenters.control import Control
from assessments.presenters.cost_figures import ComparedView, FiguresView
from assessments.presenters.diagnosis import DiagnosisView
from assessments.presenters.legal import BesideLegal
from assessments.presenters.panel import Panel
from assessments.presenters.pilot import PilotView
from assessments.presenters.readiness import ReadinessView
from assessments.presenters.upkeep import UpkeepView
from assessments.steps import Progress, SectionStatus

from .context import Context
from .fields import Refolded


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSaved(Context):
    """The verdict so far, the sections, contradictions, and what else follows an answer on its page."""

    template = "assessments/_saved.html"
    assessment: Assessment
    field: Control
    panel: Panel
    noted: Sequence[Control]
    """Those whose contradictions may have come or gone."""
    moved: Sequence[Control]
    """Numbers that the rows beside them give."""
    refolded: Refolded | None
    announcement: str
    progress: Progress
    status: SectionStatus
    saved_at: datetime
    read_as: str
    """How what was typed was read, where that is not plain."""
    stood_by: bool = False
    """Whether an agent had told it, and a person says so now."""
    diagnosis: DiagnosisView | None = None
    readiness: ReadinessView | None = None
    legal: BesideLegal | None = None
    pilot: PilotView | None = None
    upkeep: UpkeepView | None = None
    oob: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberSaved(Context):
    """The figures, the steps and the numbers that moved with a number of the costs."""

    template = "assessments/_cost_saved.html"
    assessment: Assessment
    field: Control
    scope: str
    """The case, or the approach that it belongs to."""
    amounts_in: str
    steps: Sequence[Mapping[str, Any]]
    here: Mapping[str, Any]
    figures: FiguresView | None
    compared: ComparedView | None
    also: Sequence[Control]
    range_gone: bool
    """Whether our range gave way to what was typed."""
    announcement: str
    saved_at: datetime
    read_as: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRefused(Context):
    """A sentence in place; what was typed stays in the control."""

    template = "assessments/_refused.html"
    key: str
    """The value's own."""
    error_field: str
    sentence: str
    asks: bool
    """Whether its card has a place for what can be meant."""
    ways: Sequence[tuple[str, str]]
    """What can be meant: in words, and the number that stands in the field then."""
    oob: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueInConflict(Context):
    """The value's card again, with both values and the choice between them."""

    template = "assessments/_conflict.html"
    assessment: Assessment
    field: Control
    scope: str
    """Empty for an answer of the questionnaire."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicksSaved(Context):
    """How far each checklist is."""

    template = "assessments/_ticks_saved.html"
    saved_at: datetime
    counts: Sequence[tuple[str, str]]
