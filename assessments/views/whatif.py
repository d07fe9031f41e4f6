"""What if: change any answer without saving, see verdict, path and matrix move, then keep or discard."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from assessments import access
from assessments.access import OwnAssessment
from assessments.forms.answers import FormatError, read_submission
from assessments.framework import Question
from assessments.http import HtmxHttpRequest
from assessments.models import Assessment, StoredAnswer
from assessments.presenters.formats import stored_value
from assessments.presenters.whatif import Attempt, can_be_tried, present_whatif, standing_value, whatif_sections
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.answers import (
    Content,
    Submission,
    TooManyReviewed,
    content_of,
    save_answers,
    too_many_reviewed,
)

from .fields import rejected_words
from .language import reader_language

LONGEST_ATTEMPT = 1_000


@require_http_methods(["GET", "HEAD", "POST"])
def whatif(request: HtmxHttpRequest, assessment_id: str) -> HttpResponse:
    own = access.own_assessment(request, assessment_id, "edit" if request.method == "POST" else "read")
    sheet = read_sheet(own.assessment)
    if request.method == "POST":
        return _keep(request, own, sheet)
    attempts = _attempts(sheet, request.GET, reader_language(request))
    address = _address(own.assessment, attempts)
    if not request.htmx and request.GET and request.get_full_path() != address:
        return redirect(address)
    response = _page(request, own, sheet, attempts)
    if request.htmx:
        response.headers["HX-Push-Url"] = address
    return response


def _attempts(sheet: AnswerSheet, sent: Mapping[str, str], language: str) -> dict[str, Attempt]:
    """What in an address or form differs from what is stored, read as the questionnaire reads it."""
    attempts = {}
    for question in filter(can_be_tried, sheet.framework):
        typed = sent.get(question.key)
        if typed is None or typed.strip() == stored_value(standing_value(question, sheet.answers.get(question.key))):
            continue
        attempt = _attempt(question, typed.strip()[:LONGEST_ATTEMPT], language)
        if attempt.error and question.choices:
            continue  # no page offers it
        attempts[question.key] = attempt
    return attempts


def _attempt(question: Question, typed: str, language: str) -> Attempt:
    """One answer that is tried, in the plain form that an address has for readers of all languages."""
    control = f"{question.key}-0" if question.kind == "numbers" else question.key
    try:
        value = read_submission(question, {control: typed}, language).content.value
    except FormatError as error:
        return Attempt(typed=typed, error=error.sentence)
    return Attempt(typed=stored_value(value), value=value)


def _address(assessment: Assessment, attempts: Mapping[str, Attempt]) -> str:
    path = reverse("whatif", args=[assessment.id])
    typed = {key: attempt.typed for key, attempt in attempts.items()}
    return f"{path}?{urlencode(typed)}" if typed else path


def _page(
    request: HttpRequest,
    own: OwnAssessment,
    sheet: AnswerSheet,
    attempts: dict[str, Attempt],
    *,
    conflicts: bool = False,
) -> HttpResponse:
    tried = sheet
    for key, attempt in attempts.items():
        if not attempt.error:
            tried = tried.with_answer(StoredAnswer(key=key, value=attempt.value, strength="opinion"))
    if error := too_many_reviewed(tried, attempts):
        attempts = attempts | {error.key: replace(attempts[error.key], error=rejected_words(error))}
        return _page(request, own, sheet, attempts, conflicts=conflicts)
    seen = {key: answer.version for key, answer in sheet.answers.items()}
    context = {
        "assessment": own.assessment,
        "may": own.rights,
        "sheet": sheet,
        "sections": whatif_sections(sheet.framework, sheet.answers, attempts, seen),
        "outcome": present_whatif(sheet.framework, sheet.decision, tried.decision, attempts),
        "conflicts": conflicts,
    }
    return render(request, "assessments/whatif.html", context, status=409 if conflicts else 200)


def _keep(request: HttpRequest, own: OwnAssessment, sheet: AnswerSheet) -> HttpResponse:
    """Saves what differs, each against the version that the page had shown."""
    language = reader_language(request)
    attempts = _attempts(sheet, request.POST, language)
    submissions = [
        _submission(sheet, key, attempt.value, request.POST.get(f"{key}-rev", ""))
        for key, attempt in attempts.items()
        if not attempt.error
    ]
    try:
        saving = save_answers(own.assessment, own.actor, submissions)
    except TooManyReviewed:
        return redirect(_address(own.assessment, attempts))
    if saving.conflicts:
        attempts = _attempts(saving.after, request.POST, language)
        return _page(request, own, saving.after, attempts, conflicts=True)
    return redirect("result", own.assessment.id)


def _submission(sheet: AnswerSheet, key: str, value: Any, version: str) -> Submission:
    content = content_of(sheet.answers.get(key))
    return Submission(
        key=key,
        content=Content(value=value, evidence=content.evidence, link=content.link, strength=content.strength),
        seen_version=int(version) if version.isdecimal() and len(version) < 10 else 0,
        seen_digest="",
    )
