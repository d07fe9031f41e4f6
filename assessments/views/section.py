"""One section of the questionnaire. Works as a plain form; htmx saves each answer on the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments import access, steps
from assessments.access import OwnAssessment
from assessments.forms.values import chosen_form, read_page, told_as_read
from assessments.framework import QUICK, Section
from assessments.models import Assessment
from assessments.pages.asides import section_asides
from assessments.pages.context import Context, render_page
from assessments.pages.fields import after_save, answer_control, refusals, with_versions
from assessments.pages.kept_page import around, kept_page
from assessments.pages.language import own_money, reader_language, tell_reading
from assessments.presenters.comments import Talk
from assessments.presenters.control import Control
from assessments.presenters.cost_forms import CostFormsView, present_cost_forms
from assessments.presenters.diagnosis import DiagnosisView
from assessments.presenters.legal import BesideLegal
from assessments.presenters.panel import Panel, present_panel
from assessments.presenters.pilot import PilotView
from assessments.presenters.questionnaire import FoldedAway, GroupView, present_folded, present_groups
from assessments.presenters.readiness import ReadinessView
from assessments.presenters.upkeep import UpkeepView
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.costs import enter_what_is_sound, let_count
from assessments.services.sign_off_state import waiting_version
from assessments.services.values import Entry

from .comments import talk_on

COSTS, RELEASE = "costs", "release"


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPage(Context):
    """One section of the questionnaire."""

    template = "assessments/section.html"
    assessment: Assessment
    sheet: AnswerSheet
    section: Section
    groups: Sequence[GroupView]
    folded: FoldedAway | None
    """What is not asked in a use case of this kind."""
    replaced: Sequence[GroupView]
    """The lines of the short form of the costs, while the detailed one counts."""
    forms: CostFormsView | None
    """Beside the section of costs, where both forms are filled in."""
    faulty: Sequence[Control]
    """What could not be saved."""
    progress: steps.Progress
    status: steps.SectionStatus
    """How far this section is."""
    previous: Section | None
    is_last: bool
    """Whether no section after it wants an answer."""
    panel: Panel
    from_review: bool
    """Whether somebody came from the page of all answers, and goes back there."""
    saved_at: datetime
    waits: int | None
    """The version that waits for approval: what is changed now is not in it."""
    talk: Talk | None
    """The comments, for whoever may comment."""
    diagnosis: DiagnosisView | None = None
    """Beside the section of failures."""
    readiness: ReadinessView | None = None
    """Beside the section of examples."""
    legal: BesideLegal | None = None
    """Beside the section of law and exit."""
    pilot: PilotView | None = None
    """Beside the section of the pilot."""
    upkeep: UpkeepView | None = None
    """Beside the section of the release."""


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, assessment_id: str, section_key: str) -> HttpResponse:
    own = access.own_assessment(request, assessment_id, "edit")
    opened = partial(_opened, request, own, section_key)
    if request.method == "POST" or section_key == RELEASE:  # which files name its parts, moves on its own
        return opened()
    return kept_page(request, f"{around(request, own.assessment)}-{own.role}", opened)


def _opened(request: HttpRequest, own: OwnAssessment, section_key: str) -> HttpResponse:
    sheet = read_sheet(own.assessment)
    asked = sheet.framework.section(section_key)
    if asked is None:
        raise Http404
    if request.method == "POST":
        return _save_section(request, own, sheet, asked)
    return _page(request, own, sheet, asked, [answer_control(question, sheet) for question in asked.questions])


def _save_section(request: HttpRequest, own: OwnAssessment, sheet: AnswerSheet, asked: Section) -> HttpResponse:
    language = reader_language(request)
    entries, errors = read_page(asked.questions, request.POST, language, partial(own_money, sheet))
    keep_theirs = request.POST.get("use_theirs", "")
    entries.pop(keep_theirs, None)
    entries |= _no_to_the_rest(sheet, asked, entries, request.POST.get("rest", ""))
    saving, refused = enter_what_is_sound(own.assessment, own.actor, list(entries.values()))
    errors |= refusals(refused)
    for question in asked.questions:
        if question.key not in errors and question.key != keep_theirs:
            tell_reading(request, question.label, told_as_read(question, request.POST, language))
    if errors or saving.conflicts:
        shown = [answer_control(question, saving.after) for question in asked.questions]
        controls = after_save(sheet.framework, shown, request.POST, errors, saving.conflicts, own.actor)
        return _page(request, own, saving.after, asked, controls, status=422 if errors else 409)
    if asked.key == COSTS and (form := chosen_form(request.POST)):
        let_count(own.assessment, own.actor, form)
        return redirect(reverse("section", args=[own.assessment.id, COSTS]) + "#forms")
    if not request.POST.keys().isdisjoint(("use_theirs", "stay", "rest")):
        return redirect(reverse("section", args=[own.assessment.id, asked.key]) + _anchor(request, asked))
    return redirect(_onward(request, own.assessment, saving.after, asked))


def _no_to_the_rest(sheet: AnswerSheet, asked: Section, entries: Mapping[str, Entry], group: str) -> dict[str, Entry]:
    """A no to each open question of a group that offers it."""
    return {
        question.key: replace(entries[question.key], value="no")
        for question in asked.questions
        if question.rest_is_no and group == (question.group or asked.key) and steps.is_asked(question, sheet)
        if question.key in entries and entries[question.key].value is None
    }


def _anchor(request: HttpRequest, asked: Section) -> str:
    """Where somebody who stays on the page is taken to: the question that was chosen, or what follows its group."""
    if request.POST.get("rest") in {asked.key, *(group.key for group in asked.groups)}:
        return f"#after-{request.POST['rest']}"
    chosen = request.POST.get("use_theirs") or request.POST.get("stay")
    return f"#q-{chosen}" if chosen in {question.key for question in asked.questions} else "#verdict"


def _onward(request: HttpRequest, assessment: Assessment, sheet: AnswerSheet, asked: Section) -> str:
    """Where Continue leads: back to the review if one came from there, else the next section."""
    if "exit" in request.POST:
        return reverse("overview", args=[assessment.id])
    if asked.key == QUICK or "verdict" in request.POST:
        return reverse("result", args=[assessment.id])
    following = steps.next_section(sheet, asked.key)
    if request.POST.get("from") == "review" or following is None:
        return reverse("review", args=[assessment.id])
    return reverse("section", args=[assessment.id, following.key])


def _page(
    request: HttpRequest,
    own: OwnAssessment,
    sheet: AnswerSheet,
    asked: Section,
    controls: list[Control],
    *,
    status: int = 200,
) -> HttpResponse:
    progress = steps.progress(sheet)
    if asked.key == RELEASE:
        controls = with_versions(own.assessment, controls)
    page = SectionPage(
        assessment=own.assessment,
        sheet=sheet,
        section=asked,
        groups=present_groups(asked, controls),
        folded=present_folded(controls),
        replaced=present_groups(asked, [replace(control, counts=True) for control in controls if control.replaced]),
        forms=present_cost_forms(sheet.verdict) if asked.key == COSTS else None,
        faulty=[control for control in controls if control.errors or control.conflict],
        progress=progress,
        status=steps.status_of(asked, sheet),
        previous=steps.previous_section(sheet, asked.key),
        is_last=asked.key != QUICK and steps.next_section(sheet, asked.key) is None,
        **section_asides(own.assessment, sheet, asked.key),
        panel=present_panel(sheet.verdict, sheet.stability, timezone.localdate()),
        from_review=request.GET.get("from") == "review" or request.POST.get("from") == "review",
        saved_at=own.assessment.changed_at,
        waits=waiting_version(own.assessment),
        talk=None if asked.key == QUICK else talk_on(own, asked.key),
    )
    return render_page(request, page, status=status)
