"""One import of files: what was read, choices that have it read again, figures, and what is accepted of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from assessments import access
from assessments.access import OwnAssessment
from assessments.forms.values import read_page
from assessments.models import EvidenceImport, ImportState
from assessments.pages.context import render_page
from assessments.pages.evidence_import import import_page, missing_targets, target_questions
from assessments.pages.fields import after_save, refusals
from assessments.pages.language import reader_language
from assessments.presenters.measured.choices import read_choices
from assessments.presenters.measured.read import faults_sheet
from assessments.presenters.sheets import CSV, to_csv
from assessments.services import evidence
from assessments.services.answer_sheet import read_sheet
from assessments.services.costs import enter_what_is_sound

from .evidence import begin_again, reading_page


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_import(request: HttpRequest, assessment_id: str, import_id: int) -> HttpResponse:
    own, imported = access.own_import(request, assessment_id, import_id, "edit" if request.method == "POST" else "read")
    imported = evidence.look_after(imported)
    if imported.state in (ImportState.READING, ImportState.FAILED):
        return begin_again(request, own, imported) if request.method == "POST" else reading_page(request, own, imported)
    if request.method == "POST":
        return _choose(request, own, imported)
    return render_page(request, import_page(own, imported, read_sheet(own.assessment)))


def _choose(request: HttpRequest, own: OwnAssessment, imported: EvidenceImport) -> HttpResponse:
    """Saves the targets that were typed, and has the files read again as they were chosen."""
    sheet = read_sheet(own.assessment)
    entries, errors = read_page(target_questions(sheet.framework), request.POST, reader_language(request))
    saving, refused = enter_what_is_sound(own.assessment, own.actor, list(entries.values()))
    errors |= refusals(refused)
    if errors or saving.conflicts:
        controls = list(missing_targets(sheet, evidence.what_was_read(imported).found))
        again = after_save(sheet.framework, controls, request.POST, errors, saving.conflicts, own.actor)
        page = import_page(own, imported, saving.after, targets=again)
        return render_page(request, page, status=422 if errors else 409)
    chosen = read_choices(evidence.what_was_read(imported), imported.choices, dict(request.POST.lists()))
    try:
        evidence.read_again(imported, own.actor, chosen)
    except evidence.EvidenceRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("evidence_import", own.assessment.pk, imported.pk)


@require_safe
def evidence_faults(request: HttpRequest, assessment_id: str, import_id: int) -> HttpResponse:
    """Every row that could not be read, for a spreadsheet."""
    own, imported = access.own_import(request, assessment_id, import_id, "read")
    sheet = read_sheet(own.assessment)
    names = {file.sha256: file.name for file in imported.files.all()}
    rows = faults_sheet(sheet.framework, evidence.what_was_read(imported), names)
    response = HttpResponse(to_csv(rows), content_type=CSV)
    response.headers["Content-Disposition"] = f'attachment; filename="ftdecide-not-read-{imported.pk}.csv"'
    return response
