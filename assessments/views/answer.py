"""Saves one answer while somebody works: an htmx request from the question's own card."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from assessments import access, steps
from assessments.forms.answers import FormatError, answer_read_as, read_answer
from assessments.framework import Section, load_framework
from assessments.http import HtmxHttpRequest
from assessments.models import Assessment
from assessments.presenters.panel import present_panel
from assessments.presenters.questionnaire import Field
from assessments.services.answer_sheet import AnswerSheet
from assessments.services.costs import enter
from assessments.services.values import Refused, Saving

from .asides import section_asides
from .fields import conflict_field, refusal_words, stored_field
from .language import reader_language, tell_reading


@require_POST
def save(request: HtmxHttpRequest, assessment_id: str, key: str) -> HttpResponse:
    own = access.own_assessment(request, assessment_id, "edit")
    assessment = own.assessment
    framework = load_framework(assessment.framework)
    question = framework.questions.get(key)
    if question is None:
        raise Http404
    section, language = framework.section_of[key], reader_language(request)
    try:
        saving = enter(assessment, own.actor, [read_answer(question, request.POST, language)])
    except (FormatError, Refused) as error:
        sentence = error.sentence if isinstance(error, FormatError) else refusal_words(question.path, error)
        field = error.field if isinstance(error, FormatError) and question.kind == "choice" else key
        return _refused(request, key=key, field=field, sentence=sentence)
    if saving.conflicts:
        return _conflict(request, assessment, conflict_field(question, saving.conflicts[0], own.actor))
    read_as = answer_read_as(question, request.POST, language)
    if not request.htmx:
        tell_reading(request, question.label, read_as)
        return redirect("section", assessment.id, section.key)
    sheet = saving.after
    panel = present_panel(sheet.verdict, sheet.document)
    context = {
        "oob": True,
        "assessment": assessment,
        "field": stored_field(question, sheet),
        "panel": panel,
        "noted": _noted(saving, section),
        **section_asides(sheet, section.key),
        "read_as": read_as,
        "announcement": _news(saving.before, panel.announcement),
        "progress": (progress := steps.progress(sheet)),
        "status": progress.at(section.key),
        "saved_at": stored.changed_at if (stored := sheet.values.get(question.path)) else assessment.changed_at,
    }
    return render(request, "assessments/_saved.html", context)


def _noted(saving: Saving, section: Section) -> list[Field]:
    """The fields of this section whose contradictions may have come or gone."""
    findings = (*saving.before.verdict.findings, *saving.after.verdict.findings)
    keys = {key for finding in findings if finding.kind == "contradiction" for key in finding.keys}
    return [stored_field(question, saving.after) for question in section.questions if question.key in keys]


def _news(before: AnswerSheet, announcement: str) -> str:
    """What to announce: the verdict, if it changed."""
    old = present_panel(before.verdict, before.document).announcement
    return announcement if announcement != old else ""


def _refused(request: HttpRequest, *, key: str, field: str, sentence: str) -> HttpResponse:
    """A sentence in place; what was typed stays in the field."""
    context = {"key": key, "error_field": field, "sentence": sentence, "oob": True}
    response = render(request, "assessments/_refused.html", context, status=422)
    response.headers["HX-Reswap"] = "none"
    return response


def _conflict(request: HttpRequest, assessment: Assessment, field: Field) -> HttpResponse:
    """The question's card again, with both answers and the choice between them."""
    context = {"field": field, "assessment": assessment}
    response = render(request, "assessments/_conflict.html", context, status=409)
    response.headers["HX-Retarget"] = f"#q-{field.key}"
    response.headers["HX-Reswap"] = "outerHTML"
    return response
