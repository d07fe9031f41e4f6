"""What if: change any answer without saving, see verdict, path and matrix move, then keep or discard."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from assessments import access
from assessments.models import Assessment, StoredAnswer
from assessments.presenters.whatif import present_whatif, whatif_sections
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.answers import Content, Saving, Submission, content_of, save_answers


@require_http_methods(["GET", "HEAD", "POST"])
def whatif(request: HttpRequest, assessment_id: str) -> HttpResponse:
    assessment = access.own_assessment(request, assessment_id)
    sheet = read_sheet(assessment)
    if request.method == "POST":
        return _keep(request, assessment, sheet)
    changes = _changes(sheet, request.GET)
    address = _address(assessment, changes)
    if not request.htmx and request.GET and request.get_full_path() != address:  # type: ignore[attr-defined]
        return redirect(address)
    response = _page(request, assessment, sheet, changes)
    if request.htmx:  # type: ignore[attr-defined]
        response.headers["HX-Push-Url"] = address
    return response


def _changes(sheet: AnswerSheet, sent: Mapping[str, str]) -> dict[str, str]:
    """The answers in an address or form that differ from what is stored."""
    return {
        question.key: sent[question.key]
        for question in sheet.framework
        if question.kind == "choice"
        and sent.get(question.key) in question.choices
        and sent[question.key] != (content_of(sheet.answers.get(question.key)).value or "unsure")
    }


def _address(assessment: Assessment, changes: Mapping[str, str]) -> str:
    path = reverse("whatif", args=[assessment.id])
    return f"{path}?{urlencode(changes)}" if changes else path


def _page(
    request: HttpRequest,
    assessment: Assessment,
    sheet: AnswerSheet,
    changes: Mapping[str, str],
    *,
    conflicts: Saving | None = None,
) -> HttpResponse:
    tried = sheet
    for key, value in changes.items():
        tried = tried.with_answer(StoredAnswer(key=key, value=value, strength="opinion"))
    seen = {key: answer.version for key, answer in sheet.answers.items()}
    context = {
        "assessment": assessment,
        "sheet": sheet,
        "sections": whatif_sections(sheet.framework, sheet.answers, changes, seen),
        "outcome": present_whatif(sheet.framework, sheet.decision, tried.decision, changes),
        "conflicts": [outcome.submission.key for outcome in conflicts.conflicts] if conflicts else (),
    }
    return render(request, "assessments/whatif.html", context, status=409 if conflicts else 200)


def _keep(request: HttpRequest, assessment: Assessment, sheet: AnswerSheet) -> HttpResponse:
    """Saves what differs, each against the version that the page had shown."""
    changes = _changes(sheet, request.POST)
    submissions = []
    for key, value in changes.items():
        content = content_of(sheet.answers.get(key))
        version = request.POST.get(f"{key}-rev", "0")
        submissions.append(
            Submission(
                key=key,
                content=Content(value=value, evidence=content.evidence, link=content.link, strength=content.strength),
                seen_version=int(version) if version.isdecimal() and len(version) < 10 else 0,
                seen_digest="",
            )
        )
    saving = save_answers(assessment, submissions)
    if saving.conflicts:
        return _page(request, assessment, saving.after, _changes(saving.after, request.POST), conflicts=saving)
    return redirect("result", assessment.id)
