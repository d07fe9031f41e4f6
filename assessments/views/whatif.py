"""What if: change any answer without saving, see verdict, path and matrix move, then keep or discard."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from assessments import access
from assessments.access import OwnAssessment
from assessments.forms.own_money import OwnMoney
from assessments.forms.values import FormatError, read_entry
from assessments.framework import Question
from assessments.http import HtmxHttpRequest
from assessments.models import Assessment
from assessments.pages.context import Context, render_page
from assessments.pages.fields import refusal_words
from assessments.pages.language import own_money, reader_language
from assessments.presenters.control import address_text, control_text
from assessments.presenters.whatif import (
    Attempt,
    Tried,
    TriedSection,
    can_be_tried,
    present_whatif,
    value_now,
    whatif_sections,
)
from assessments.rights import Right
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.values import Entry, ValuesRefused, change, entry_on, tried

LONGEST_ATTEMPT = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfPage(Context):
    """Other answers beside those that stand, and what they would change."""

    template = "assessments/whatif.html"
    assessment: Assessment
    may: Mapping[Right, bool]
    sheet: AnswerSheet
    sections: Sequence[TriedSection]
    outcome: Tried
    conflicts: bool
    """Whether somebody else changed meanwhile what was to be kept."""


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
        now = value_now(question, sheet.counted.get(question.path))
        if typed is None or typed.strip() in (address_text(question, now), control_text(question, now)):
            continue
        attempt = _attempt(question, typed.strip()[:LONGEST_ATTEMPT], language, partial(own_money, sheet))
        if attempt.error and question.choices:
            continue  # no page offers it
        attempts[question.key] = attempt
    return attempts


def _attempt(question: Question, typed: str, language: str, money: Callable[[], OwnMoney]) -> Attempt:
    """One answer that is tried, in the plain form that an address has for readers of all languages."""
    control = f"{question.key}-0" if question.kind == "numbers" else question.key
    try:
        value = read_entry(question, {control: typed}, language, money).value
    except FormatError as error:
        return Attempt(typed=typed, error=error.sentence)
    return Attempt(typed=address_text(question, value), value=value)


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
    questions = sheet.framework.questions
    sound = {questions[key].path: attempt.value for key, attempt in attempts.items() if not attempt.error}
    try:
        after = tried(sheet, [entry_on(sheet, path, value) for path, value in sound.items()])
    except ValuesRefused as error:
        words = {path: refusal_words(path, error) for path in error.faults}
        faulty = {
            key: replace(attempt, error=words[questions[key].path])
            for key, attempt in attempts.items()
            if questions[key].path in words
        }
        return _page(request, own, sheet, attempts | faulty, conflicts=conflicts)
    seen = {path: value.version for path, value in sheet.values.items()}
    page = WhatIfPage(
        assessment=own.assessment,
        may=own.rights,
        sheet=sheet,
        sections=whatif_sections(sheet.framework, sheet.counted, attempts, seen),
        outcome=present_whatif(sheet.framework, sheet.decision, after.decision, attempts),
        conflicts=conflicts,
    )
    return render_page(request, page, status=409 if conflicts else 200)


def _keep(request: HttpRequest, own: OwnAssessment, sheet: AnswerSheet) -> HttpResponse:
    """Saves what differs, each against the version that the page had shown."""
    language = reader_language(request)
    attempts = _attempts(sheet, request.POST, language)
    entries = [
        _entry(sheet, sheet.framework.questions[key].path, attempt.value, request.POST.get(f"{key}-rev", ""))
        for key, attempt in attempts.items()
        if not attempt.error
    ]
    try:
        saving = change(own.assessment, own.actor, entries)
    except ValuesRefused:
        return redirect(_address(own.assessment, attempts))
    if saving.conflicts:
        attempts = _attempts(saving.after, request.POST, language)
        return _page(request, own, saving.after, attempts, conflicts=True)
    return redirect("result", own.assessment.id)


def _entry(sheet: AnswerSheet, path: str, value: Any, version: str) -> Entry:
    seen = int(version) if version.isdecimal() and len(version) < 10 else 0
    return replace(entry_on(sheet, path, value), seen_version=seen)
