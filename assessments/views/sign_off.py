"""Sign-off: where it stands, asking for it, deciding on it, its conditions, taking the request back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments import access
from assessments.access import OwnAssessment
from assessments.forms.sign_off import AskForm, DecisionForm, asked_before
from assessments.models import Approval, Assessment, SignOff, User, Version
from assessments.pages.context import Context, render_page
from assessments.pages.language import own_money, reader_language
from assessments.presenters.sign_off import (
    STATE_SHAPES,
    ApprovalView,
    Approved,
    Row,
    criteria,
    hash_groups,
    present_approvals,
    validity,
    what_is_approved,
)
from assessments.services import history
from assessments.services import sign_off as service
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.market_watch import moved_since
from assessments.services.pilots import criteria_in
from assessments.services.sign_off_due import due_again
from assessments.services.sign_off_state import SignOffState, completed_on, is_complete, kind_of, state_of
from assessments.services.versions import is_intact, result_of, sheet_of_version


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request to approve a version, and how it stands."""

    request: SignOff
    approvals: Sequence[ApprovalView]
    criteria: Sequence[Row]
    validity: Sequence[str]
    completed_on: datetime | None
    kind: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffPage(Context):
    """Where the sign-off stands."""

    template = "assessments/sign_off.html"
    assessment: Assessment
    sheet: AnswerSheet
    state: SignOffState
    shape: tuple[str, str]
    """The state's icon and tone."""
    current: Asked | None
    """The request that was asked last and not taken back."""
    earlier: Sequence[Asked]
    due: Sequence[str]
    """Why the decision wants another look."""
    moved: Sequence[str]
    """What has moved in the market since the version that waits for a decision was frozen."""
    refused: str
    """Why what was just sent was not done."""
    may_ask: bool
    may_tick: bool
    may_decide: bool
    own_decision: str
    """What whoever looks has decided."""
    is_trial: bool
    """Whether they have no account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskSignOffPage(Context):
    """The form that approval is asked for with."""

    template = "assessments/ask_sign_off.html"
    assessment: Assessment
    sheet: AnswerSheet
    state: SignOffState
    form: AskForm
    last_editor: int | None
    """Who changed the answers last: they cannot approve alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidePage(Context):
    """What is to be approved, and the form to decide with."""

    template = "assessments/decide.html"
    assessment: Assessment
    version: Version
    name: str
    """Of the use case, as it was frozen."""
    approved: Approved
    hash: str
    """The version's hash in groups."""
    intact: bool
    """Whether what is stored is still what was hashed."""
    moved: Sequence[str]
    """What has moved in the market since it was frozen."""
    one: Asked
    state: SignOffState
    form: DecisionForm
    typed: Mapping[str, str]
    """What was sent, else what was decided before."""
    open: bool
    """Whether whoever looks can still decide."""
    asked: bool
    """Whether they are asked at all."""
    edited_last: bool
    """Whether they changed the answers last."""
    refused: str


@require_safe
def sign_off(request: HttpRequest, assessment_id: str) -> HttpResponse:
    return _page(request, access.own_assessment(request, assessment_id, "read"))


def _page(request: HttpRequest, own: OwnAssessment, *, refused: str = "", status: int = 200) -> HttpResponse:
    assessment = own.assessment
    requests = list(access.own_sign_offs(assessment))
    state = state_of(assessment)
    current = next((one for one in requests if one.withdrawn_at is None), None)
    approval = _approval_of(own.actor, current)
    sheet = read_sheet(assessment)
    page = SignOffPage(
        assessment=assessment,
        sheet=sheet,
        state=state,
        shape=STATE_SHAPES[state.kind],
        current=_present(current, sheet) if current else None,
        earlier=[_present(one) for one in requests if one is not current],
        due=due_again(assessment, timezone.localdate()),
        moved=moved_since(current.version.document, timezone.localdate()) if current and not state.is_approved else (),
        refused=refused,
        may_ask=own.may("ask_sign_off"),
        may_tick=own.may("meet_condition"),
        may_decide=approval is not None and own.may("sign_off") and not state.is_approved,
        own_decision=approval.decision if approval else "",
        is_trial=own.actor is None,
    )
    return render_page(request, page, status=status)


def _approval_of(actor: User | None, current: SignOff | None) -> Approval | None:
    """What whoever looks is asked to decide."""
    approvals = current.approvals.all() if current else ()
    return next((one for one in approvals if one.approver == actor), None)


def _present(one: SignOff, sheet: AnswerSheet | None = None) -> Asked:
    """A request and its decisions; on which terms, where a sheet is given."""
    return Asked(
        request=one,
        approvals=present_approvals(list(one.approvals.all()), last_editor=one.version.last_edited_by_id),
        criteria=criteria(sheet.framework, one, criteria_in(one.version)) if sheet else (),
        validity=validity(one),
        completed_on=completed_on(one),
        kind=kind_of(one),
        hash=hash_groups(one.version.content_hash),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ask_sign_off(request: HttpRequest, assessment_id: str) -> HttpResponse:
    own = access.own_assessment(request, assessment_id, "ask_sign_off")
    assessment = own.assessment
    memberships = list(service.approvers_of(assessment))
    if request.method != "POST":
        before = access.own_sign_offs(assessment).first()
        form = AskForm(memberships=memberships, initial=asked_before(before) if before else {})
        return _ask_page(request, own, form)
    language, money = reader_language(request), own_money(read_sheet(assessment))
    form = AskForm(request.POST, memberships=memberships, language=language, money=money)
    if form.is_valid():
        try:
            service.ask(
                assessment,
                _signed_in(own),
                approvers=form.people,
                due_on=form.cleaned_data["due_on"],
                terms=form.terms,
            )
            return redirect("sign_off", assessment.id)
        except service.SignOffRefused as refused:
            form.add_error("approvers", refused.sentence)
    return _ask_page(request, own, form)


def _ask_page(request: HttpRequest, own: OwnAssessment, form: AskForm) -> HttpResponse:
    assessment = own.assessment
    last = history.last_change(assessment)
    page = AskSignOffPage(
        assessment=assessment,
        sheet=read_sheet(assessment),
        state=state_of(assessment),
        form=form,
        last_editor=(last.by_id if last else None) or _signed_in(own).pk,
    )
    return render_page(request, page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, assessment_id: str, sign_off_id: int) -> HttpResponse:
    own = access.own_assessment(request, assessment_id, "sign_off")
    current = access.own_sign_off(own.assessment, sign_off_id)
    if request.method == "POST":
        return _decide(request, own, current)
    return _decide_page(request, own, current, DecisionForm())


def _decide(request: HttpRequest, own: OwnAssessment, current: SignOff) -> HttpResponse:
    """Keeps the decision of somebody who has just shown who they are."""
    access.confirm(request)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _decide_page(request, own, current, form, status=422)
    given = form.cleaned_data
    try:
        service.decide(
            own.assessment,
            _signed_in(own),
            current,
            decision=given["decision"],
            comment=given["comment"],
            conditions=form.points,
            content_hash=request.POST.get("content_hash", ""),
        )
    except service.SignOffRefused as refused:
        return _decide_page(request, own, current, form, refused=refused.sentence, status=409)
    return redirect("sign_off", own.assessment.id)


def _decide_page(
    request: HttpRequest,
    own: OwnAssessment,
    current: SignOff,
    form: DecisionForm,
    *,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    assessment = own.assessment
    version = access.own_version(assessment, current.version.number)
    approval = _approval_of(own.actor, current)
    state = state_of(assessment)
    complete = is_complete(current, list(current.approvals.all()))
    sheet = sheet_of_version(version)
    page = DecidePage(
        assessment=assessment,
        version=version,
        name=sheet.name,
        approved=what_is_approved(sheet.framework, result_of(version)),
        hash=hash_groups(version.content_hash),
        intact=is_intact(version),
        moved=() if complete else moved_since(version.document, timezone.localdate()),
        one=_present(current, sheet),
        state=state,
        form=form,
        typed=form.data if form.is_bound else _said(approval),
        open=approval is not None and current.withdrawn_at is None and not complete,
        asked=approval is not None,
        edited_last=approval is not None and version.last_edited_by_id == approval.approver_id,
        refused=refused,
    )
    return render_page(request, page, status=status)


def _said(approval: Approval | None) -> dict[str, str]:
    """What somebody decided before, to be looked at and changed."""
    if approval is None:
        return {}
    conditions = "\n".join(point.text for point in approval.conditions.all())
    return {"decision": approval.decision, "comment": approval.comment, "conditions": conditions}


@require_POST
def withdraw(request: HttpRequest, assessment_id: str, sign_off_id: int) -> HttpResponse:
    own = access.own_assessment(request, assessment_id, "ask_sign_off")
    assessment = own.assessment
    current = access.own_sign_off(assessment, sign_off_id)
    try:
        service.withdraw(assessment, _signed_in(own), current)
    except service.SignOffRefused as refused:
        return _page(request, own, refused=refused.sentence, status=409)
    return redirect("sign_off", assessment.id)


@require_POST
def meet_condition(request: HttpRequest, assessment_id: str, condition_id: int) -> HttpResponse:
    """Ticks an open point off, or takes the tick back."""
    own = access.own_assessment(request, assessment_id, "meet_condition")
    assessment = own.assessment
    condition = access.own_condition(assessment, condition_id)
    service.tick(assessment, _signed_in(own), condition, met=_says_met(request.POST))
    return redirect("sign_off", assessment.id)


def _signed_in(own: OwnAssessment) -> User:
    """Whoever acts. Nobody without an account has a role in a sign-off."""
    if own.actor is None:
        raise PermissionDenied
    return own.actor


def _says_met(posted: QueryDict) -> bool:
    return posted.get("met", "1") != "0"
