"""Evidence: the place where files are handed in, how far each is read, and taking them out again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments import access
from assessments.access import OwnAssessment
from assessments.http import HtmxHttpRequest
from assessments.models import Assessment, EvidenceImport, ImportState
from assessments.pages.context import Context, render_page
from assessments.presenters.formats import day, file_size
from assessments.presenters.imports import ImportView, present_import
from assessments.rights import Right
from assessments.services import evidence
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.evidence_files import StreamedFile, StreamToDataFolder, most_bytes

PAGE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceListPage(Context):
    """The place where files are handed in, and what was imported so far."""

    template = "assessments/evidence.html"
    assessment: Assessment
    may: Mapping[Right, bool]
    sheet: AnswerSheet
    page: Page[EvidenceImport]
    imports: Sequence[ImportView]
    most: str
    """How large a drop may be."""
    most_with_account: str
    """The same for people with an account; empty for those who have one."""
    most_files: int
    fault: str = ""
    """Why nothing was taken in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPage(Context):
    """An import that is read, or that could not be."""

    template = "assessments/evidence_reading.html"
    assessment: Assessment
    may: Mapping[Right, bool]
    sheet: AnswerSheet
    one: ImportView


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveEvidencePage(Context):
    """What is asked before an import is removed."""

    template = "assessments/evidence_remove.html"
    assessment: Assessment
    sheet: AnswerSheet
    one: ImportView
    resting: Sequence[str]
    """The labels of the answers that rest on it, and stay."""


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_list(request: HttpRequest, assessment_id: str) -> HttpResponse:
    if request.method != "POST":
        return _list(request, access.own_assessment(request, assessment_id, "read"))
    own = access.own_assessment(request, assessment_id, "edit")
    sent = request.FILES.getlist("files")
    handler = next((one for one in request.upload_handlers if isinstance(one, StreamToDataFolder)), None)
    if handler and handler.is_too_much:
        return _list(request, own, fault=_too_much(own), status=413)
    try:
        taken = evidence.start(
            own.assessment, own.actor, [one.incoming for one in sent if isinstance(one, StreamedFile)]
        )
    except evidence.AlreadyImported as same:
        taken = same.imported
        said = _("Already imported on {day}: nothing was taken in again.")
        messages.info(request, said.format(day=day(taken.created_at)))
    except evidence.EvidenceRefused as refused:
        return _list(request, own, fault=str(refused), status=422)
    return _go(request, reverse("evidence_import", args=[assessment_id, taken.pk]))


def _too_much(own: OwnAssessment) -> str:
    sentence = (
        _(
            "Together the files are larger than {most}, so nothing was taken in. Export fewer columns, or the run as "
            "JSONL."
        )
        if own.actor
        else _(
            "Together the files are larger than {most}, so nothing was taken in. With an account it is {more}. Export "
            "fewer columns, or the run as JSONL."
        )
    )
    return sentence.format(most=file_size(most_bytes(own.actor)), more=file_size(settings.EVIDENCE_MAX_BYTES))


def _go(request: HttpRequest, address: str) -> HttpResponse:
    """Leads there: htmx follows a redirect only inside the page."""
    if cast(HtmxHttpRequest, request).htmx:
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def _list(request: HttpRequest, own: OwnAssessment, *, fault: str = "", status: int = 200) -> HttpResponse:
    assessment, sheet = own.assessment, read_sheet(own.assessment)
    resting = evidence.resting_on(sheet)
    found = Paginator(evidence.imports_of(assessment), PAGE).get_page(request.GET.get("page"))
    older = evidence.older_runs(assessment)
    page = EvidenceListPage(
        assessment=assessment,
        may=own.rights,
        sheet=sheet,
        page=found,
        imports=[
            present_import(
                one,
                sheet.framework.reading,
                answers=len(evidence.answers_on(one, resting)),
                newer_than=older[one.pk].created_at if one.pk in older else None,
            )
            for one in found
        ],
        most=file_size(most_bytes(own.actor)),
        most_with_account="" if own.actor else file_size(settings.EVIDENCE_MAX_BYTES),
        most_files=evidence.MOST_AT_A_TIME,
        fault=fault,
    )
    return render_page(request, page, status=status)


def begin_again(request: HttpRequest, own: OwnAssessment, imported: EvidenceImport) -> HttpResponse:
    """Has the files read once more, as they were chosen."""
    try:
        evidence.read_again(imported, own.actor)
    except evidence.EvidenceRefused as refused:
        messages.error(request, str(refused))
    return redirect("evidence_import", own.assessment.pk, imported.pk)


def reading_page(request: HttpRequest, own: OwnAssessment, imported: EvidenceImport) -> HttpResponse:
    """An import of which there is nothing to show yet."""
    sheet = read_sheet(own.assessment)
    one = present_import(imported, sheet.framework.reading)
    page = ReadingPage(assessment=own.assessment, may=own.rights, sheet=sheet, one=one)
    return render_page(request, page)


@require_safe
def evidence_progress(request: HttpRequest, assessment_id: str, import_id: int) -> HttpResponse:
    """How far an import is, for htmx; once it is read, the page that asked is loaded anew."""
    own, imported = access.own_import(request, assessment_id, import_id, "read")
    if not cast(HtmxHttpRequest, request).htmx:
        return redirect("evidence_import", assessment_id, import_id)
    if imported.state != ImportState.READING:
        return HttpResponse(headers={"HX-Refresh": "true"})
    sheet = read_sheet(own.assessment)
    one = present_import(imported, sheet.framework.reading)
    page = ReadingPage(assessment=own.assessment, may=own.rights, sheet=sheet, one=one)
    return render_page(request, page, part="progress")


@require_http_methods(["GET", "HEAD", "POST"])
def remove_evidence(request: HttpRequest, assessment_id: str, import_id: int) -> HttpResponse:
    own, imported = access.own_import(request, assessment_id, import_id, "edit")
    if request.method == "POST":
        evidence.remove(imported, own.actor)
        messages.success(request, _("Removed. Answers that rest on it stay, and say that their file was removed."))
        return redirect("evidence", assessment_id)
    sheet = read_sheet(own.assessment)
    paths = evidence.answers_on(imported, evidence.resting_on(sheet))
    labels = {question.path: question.label for question in sheet.framework.questions.values()}
    page = RemoveEvidencePage(
        assessment=own.assessment,
        sheet=sheet,
        one=present_import(imported, sheet.framework.reading, answers=len(paths)),
        resting=sorted({labels.get(path, _("Costs in detail")) for path in paths}),
    )
    return render_page(request, page)
