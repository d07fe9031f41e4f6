"""The controlled comparison: roles are given to measured variants, and what leads by measurement is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments import access
from assessments.access import OwnAssessment
from assessments.engine.checklists import checklists_for
from assessments.engine.decision import ChecklistState
from assessments.engine.measured.rule import aims_of
from assessments.engine.paths import COMPARISON
from assessments.forms.values import read_page, read_seen
from assessments.framework import Question
from assessments.models import Assessment
from assessments.pages.context import Context, render_page
from assessments.pages.evidence_import import target_questions
from assessments.pages.fields import after_save, answer_control, refusals, rev_of
from assessments.pages.language import reader_language
from assessments.presenters.control import Control
from assessments.presenters.measured.comparison import MeasuredView, present_comparison
from assessments.presenters.measured.roles import RoleControl, present_roles
from assessments.rights import Right
from assessments.services import comparison
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.costs import enter_what_is_sound
from assessments.services.values import change

from .ticks import entries, wanted_ticks

NO_TICKS = ("csrfmiddlewaretoken", "do")
AIMS = ("least_improvement", "critical_slices")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonPage(Context):
    """What was measured side by side, or the variants that could be."""

    template = "assessments/comparison.html"
    assessment: Assessment
    may: Mapping[Right, bool]
    sheet: AnswerSheet
    view: MeasuredView | None
    """None before any roles are given."""
    roles: Sequence[RoleControl]
    rev: str
    aims: Sequence[Control]
    checklists: Sequence[ChecklistState]
    enough: int
    """So many of the same cases decide."""
    ticked: str
    """The codes of the points that are shown as ticked."""
    fault: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def show_comparison(request: HttpRequest, assessment_id: str) -> HttpResponse:
    own = access.own_assessment(request, assessment_id, "edit" if request.method == "POST" else "read")
    if request.method != "POST":
        return render_page(request, _page(own))
    send = {"roles": _give_roles, "ticks": _tick, "aims": _aim, "forget": _forget}
    return send.get(request.POST.get("do", ""), _nothing)(request, own)


def _page(own: OwnAssessment, *, aims: Sequence[Control] | None = None, fault: str = "") -> ComparisonPage:
    sheet = read_sheet(own.assessment)
    document, verdict = sheet.document, sheet.verdict
    found = document.comparison
    lists = [one for one in checklists_for(sheet.framework, document, verdict) if one.checklist.with_comparison]
    return ComparisonPage(
        assessment=own.assessment,
        may=own.rights,
        sheet=sheet,
        view=present_comparison(sheet.framework, found, verdict.measured, aims_of(document.targets)) if found else None,
        roles=present_roles(sheet.framework, comparison.offered_variants(own.assessment), found),
        rev=rev_of(COMPARISON, sheet.values.get(COMPARISON)),
        aims=[answer_control(question, sheet) for question in _aim_questions(sheet)] if aims is None else aims,
        checklists=lists,
        enough=sheet.framework.thresholds.measured_from,
        ticked=" ".join(one.point.code for state in lists for one in state.points if one.state == "ticked"),
        fault=fault,
    )


def _aim_questions(sheet: AnswerSheet) -> Sequence[Question]:
    return [question for question in target_questions(sheet.framework) if question.key in AIMS]


def _back(own: OwnAssessment, anchor: str = "") -> HttpResponse:
    return redirect(f"{reverse('comparison', args=[own.assessment.pk])}{anchor}")


def _nothing(request: HttpRequest, own: OwnAssessment) -> HttpResponse:
    return _back(own)


def _give_roles(request: HttpRequest, own: OwnAssessment) -> HttpResponse:
    framework = read_sheet(own.assessment).framework
    options = comparison.role_options(framework)
    given = [
        (one, option)
        for one in comparison.offered_variants(own.assessment)
        if (option := request.POST.get(one.control, "")) in options
    ]
    seen = read_seen(COMPARISON, request.POST)["seen_version"]
    try:
        saving = comparison.save_comparison(own.assessment, own.actor, framework, given, seen_version=seen)
    except comparison.RolesRefused as refused:
        return render_page(request, _page(own, fault=str(refused)), status=422)
    if saving.conflicts:
        messages.error(request, _("Somebody else changed the comparison meanwhile. This is how it is now."))
    return _back(own)


def _forget(request: HttpRequest, own: OwnAssessment) -> HttpResponse:
    comparison.forget_comparison(own.assessment, own.actor)
    messages.info(
        request, _("The comparison decides nothing any more. What was measured is still among your evidence.")
    )
    return _back(own)


def _tick(request: HttpRequest, own: OwnAssessment) -> HttpResponse:
    wanted = wanted_ticks({key: str(value) for key, value in request.POST.items() if key not in NO_TICKS})
    change(own.assessment, own.actor, lambda sheet: entries(sheet, wanted), act="tick_checks")
    return _back(own, "#fair-h")


def _aim(request: HttpRequest, own: OwnAssessment) -> HttpResponse:
    sheet = read_sheet(own.assessment)
    questions = _aim_questions(sheet)
    typed, errors = read_page(questions, request.POST, reader_language(request))
    saving, refused = enter_what_is_sound(own.assessment, own.actor, list(typed.values()))
    errors |= refusals(refused)
    if errors or saving.conflicts:
        controls = [answer_control(question, sheet) for question in questions]
        again = after_save(sheet.framework, controls, request.POST, errors, saving.conflicts, own.actor)
        return render_page(request, _page(own, aims=again), status=422 if errors else 409)
    return _back(own, "#aims-h")
