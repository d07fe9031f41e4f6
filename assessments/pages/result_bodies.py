"""What stands on each page of a result: every page presents its own part, and no other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment
from assessments.models.team_framework import OWN
from assessments.presenters.brief import BriefView, present_brief
from assessments.presenters.cases import CasesView, present_cases
from assessments.presenters.evidence_page import EvidencePage, present_evidence_page
from assessments.presenters.full_plan import FullPlan, present_full_plan
from assessments.presenters.money.cheapest import CheapestView, present_cheapest
from assessments.presenters.money.section import MoneyView, present_money
from assessments.presenters.options import OptionsView, present_options
from assessments.presenters.why import WhyView, present_why
from assessments.services.answer_sheet import AnswerSheet

from .context import Context
from .figures import FigureFile
from .reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixFault:
    """What was wrong in a change of the matrix, with what was typed."""

    sentence: str
    control: str = ""
    """The control of the form that it is about; empty where it is about none."""
    typed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """What differs from one visit to the next stands in a kept body as a mark, and is filled in each time."""

    here: str
    csrf: str
    chances: str
    sign_off: str
    waits: str
    team: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Who looks at what: all that a page of the result is drawn from."""

    assessment: Assessment
    reader: Reader
    sheet: AnswerSheet
    slots: Slots
    preview: Mapping[str, float] = field(default_factory=dict)
    """Weights that are tried, not stored."""
    fault: MatrixFault | None = None

    @property
    def method_address(self) -> str:
        """The page of the method that the verdict is made by; empty where whoever reads may not have a team's own."""
        if not self.sheet.framework.key.startswith(OWN):
            return reverse("method")
        if self.reader.kind not in ("owner", "version"):
            return ""
        address = reverse("assessment_method", args=[self.assessment.pk])
        return f"{address}?version={self.reader.version.number}" if self.reader.version else address


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefBody(Context):
    """The first page: what to do, how sure it is, what stands in the way."""

    template = "assessments/result/brief.html"
    assessment: Assessment
    reader: Reader
    brief: BriefView
    sign_off_slot: str
    team_slot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyBody(Context):
    """How the verdict is made, what would change it, and what each method says."""

    template = "assessments/result/why.html"
    assessment: Assessment
    reader: Reader
    name: str
    why: WhyView
    method_address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionsBody(Context):
    """All levers compared, with the weights that move them."""

    template = "assessments/result/options.html"
    assessment: Assessment
    reader: Reader
    name: str
    options: OptionsView
    method_address: str
    preview: Mapping[str, float]
    fault: MatrixFault | None
    matrix_seen: str
    """The versions of the weights and scores that are shown."""
    waits_slot: str
    here_slot: str
    csrf_slot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyBody(Context):
    """Cost and return; without costs, how to get there."""

    template = "assessments/result/money.html"
    assessment: Assessment
    reader: Reader
    name: str
    money: MoneyView | None
    cheapest: CheapestView | None
    files: Sequence[FigureFile]
    chances_slot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceBody(Context):
    """The answers that decide and what shows them, what fails, and what to look at."""

    template = "assessments/result/evidence.html"
    assessment: Assessment
    reader: Reader
    name: str
    evidence: EvidencePage


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesBody(Context):
    """The outside view: published cases like this one."""

    template = "assessments/result/cases.html"
    reader: Reader
    name: str
    cases: CasesView
    method_address: str
    team_slot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanBody(Context):
    """What to do week by week, and what stands behind it."""

    template = "assessments/result/plan.html"
    assessment: Assessment
    reader: Reader
    name: str
    full: FullPlan


def brief_body(look: Look) -> BriefBody:
    return BriefBody(
        assessment=look.assessment,
        reader=look.reader,
        brief=brief_of(look.sheet),
        sign_off_slot=look.slots.sign_off,
        team_slot=look.slots.team,
    )


def brief_of(sheet: AnswerSheet) -> BriefView:
    return present_brief(sheet.decision, answers=sheet.counted, today=timezone.localdate(), left_out=sheet.left_out)


def why_body(look: Look) -> WhyBody:
    decision = look.sheet.decision
    return WhyBody(
        assessment=look.assessment,
        reader=look.reader,
        name=look.sheet.name,
        why=present_why(decision),
        method_address=look.method_address,
    )


def options_body(look: Look) -> OptionsBody:
    values = look.sheet.counted
    return OptionsBody(
        assessment=look.assessment,
        reader=look.reader,
        name=look.sheet.name,
        options=present_options(look.sheet.decision, values),
        method_address=look.method_address,
        preview=look.preview,
        fault=look.fault,
        matrix_seen=" ".join(f"{path}={one.version}" for path, one in values.items() if path.startswith("matrix.")),
        waits_slot=look.slots.waits,
        here_slot=look.slots.here,
        csrf_slot=look.slots.csrf,
    )


def money_body(look: Look) -> MoneyBody:
    return MoneyBody(
        assessment=look.assessment,
        reader=look.reader,
        name=look.sheet.name,
        money=present_money(look.sheet.decision, look.sheet.counted, timezone.localdate()),
        cheapest=present_cheapest(look.sheet.decision),
        files=look.reader.figure_files,
        chances_slot=look.slots.chances,
    )


def evidence_body(look: Look) -> EvidenceBody:
    sheet = look.sheet
    return EvidenceBody(
        assessment=look.assessment,
        reader=look.reader,
        name=sheet.name,
        evidence=present_evidence_page(sheet.decision, sheet.counted, left_out=sheet.left_out),
    )


def cases_body(look: Look) -> CasesBody:
    return CasesBody(
        reader=look.reader,
        name=look.sheet.name,
        cases=present_cases(look.sheet.decision),
        method_address=look.method_address,
        team_slot=look.slots.team,
    )


def plan_body(look: Look) -> PlanBody:
    sheet = look.sheet
    return PlanBody(
        assessment=look.assessment,
        reader=look.reader,
        name=sheet.name,
        full=present_full_plan(
            sheet.decision,
            sheet.counted,
            name=sheet.name,
            task=sheet.document.use_case.get("task", ""),
            today=timezone.localdate(),
            left_out=sheet.left_out,
            signed=look.reader.signed_criteria(look.assessment),
        ),
    )


BODIES: Mapping[str, Callable[[Look], Context]] = {
    "brief": brief_body,
    "why": why_body,
    "options": options_body,
    "money": money_body,
    "evidence": evidence_body,
    "cases": cases_body,
    "plan": plan_body,
}
