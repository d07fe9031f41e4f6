"""One section of the questionnaire. Works as a plain form; htmx saves each answer on the way."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from assessments import access, steps
from assessments.access import OwnAssessment
from assessments.forms.answers import FormatError, answer_read_as, read_answer
from assessments.framework import Section
from assessments.models import Assessment
from assessments.presenters.panel import present_panel
from assessments.presenters.questionnaire import Field, present_groups
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.costs import enter_what_is_sound
from assessments.services.values import Entry, Saving

from .asides import section_asides
from .comments import talk_on
from .fields import conflict_field, error_field, refusal_words, stored_field
from .language import reader_language, tell_reading


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, assessment_id: str, section_key: str) -> HttpResponse:
    own = access.own_assessment(request, assessment_id, "edit")
    sheet = read_sheet(own.assessment)
    asked = sheet.framework.section(section_key)
    if asked is None:
        raise Http404
    if request.method == "POST":
        return _save_section(request, own, sheet, asked)
    fields = [stored_field(question, sheet) for question in asked.questions]
    return _page(request, own, sheet, asked, fields)


def _save_section(request: HttpRequest, own: OwnAssessment, sheet: AnswerSheet, asked: Section) -> HttpResponse:
    language = reader_language(request)
    entries, errors = _read(asked, request.POST, language)
    keep_theirs = request.POST.get("use_theirs", "")
    entries.pop(keep_theirs, None)
    saving, refused = enter_what_is_sound(own.assessment, own.actor, list(entries.values()))
    for key, entry in entries.items():
        if entry.path in refused:
            errors[key] = FormatError(key, refusal_words(entry.path, refused[entry.path]))
    for question in asked.questions:
        if question.key not in errors and question.key != keep_theirs:
            tell_reading(request, question.label, answer_read_as(question, request.POST, language))
    if errors or saving.conflicts:
        return _page_with_faults(request, own, saving, asked, errors)
    if "use_theirs" in request.POST or "stay" in request.POST:
        chosen = keep_theirs or request.POST.get("stay", "")
        anchor = f"#q-{chosen}" if chosen in sheet.framework.questions else "#verdict"
        return redirect(reverse("section", args=[own.assessment.id, asked.key]) + anchor)
    return redirect(_onward(request, own.assessment, sheet, asked))


def _read(asked: Section, posted: Mapping[str, str], language: str) -> tuple[dict[str, Entry], dict[str, FormatError]]:
    entries, errors = {}, {}
    for question in asked.questions:
        if f"{question.key}-rev" not in posted and question.key not in posted:
            continue
        try:
            entries[question.key] = read_answer(question, posted, language)
        except FormatError as error:
            errors[question.key] = error
    return entries, errors


def _onward(request: HttpRequest, assessment: Assessment, sheet: AnswerSheet, asked: Section) -> str:
    """Where Continue leads: back to the check page if one came from there, else the next section."""
    if "exit" in request.POST:
        return reverse("overview", args=[assessment.id])
    following = steps.next_section(sheet.framework, asked.key)
    if request.POST.get("from") == "check" or following is None:
        return reverse("check", args=[assessment.id])
    return reverse("section", args=[assessment.id, following.key])


def _page_with_faults(
    request: HttpRequest,
    own: OwnAssessment,
    saving: Saving,
    asked: Section,
    errors: Mapping[str, FormatError],
) -> HttpResponse:
    conflicts = {outcome.entry.path: outcome for outcome in saving.conflicts}
    fields = []
    for question in asked.questions:
        if question.key in errors:
            fields.append(error_field(question, saving.after, request.POST, errors[question.key]))
        elif question.path in conflicts:
            fields.append(conflict_field(question, conflicts[question.path], own.actor))
        else:
            fields.append(stored_field(question, saving.after))
    status = 422 if errors else 409
    return _page(request, own, saving.after, asked, fields, status=status)


def _page(
    request: HttpRequest,
    own: OwnAssessment,
    sheet: AnswerSheet,
    asked: Section,
    fields: list[Field],
    *,
    status: int = 200,
) -> HttpResponse:
    progress = steps.progress(sheet)
    context = {
        "assessment": own.assessment,
        "sheet": sheet,
        "section": asked,
        "groups": present_groups(asked, fields),
        "faulty": [field for field in fields if field.errors or field.conflict],
        "progress": progress,
        "status": progress.at(asked.key),
        "previous": steps.previous_section(sheet.framework, asked.key),
        **section_asides(sheet, asked.key),
        "panel": present_panel(sheet.verdict, sheet.document),
        "from_check": request.GET.get("from") == "check" or request.POST.get("from") == "check",
        "saved_at": own.assessment.changed_at,
        "talk": talk_on(own, asked.key),
    }
    return render(request, "assessments/section.html", context, status=status)
