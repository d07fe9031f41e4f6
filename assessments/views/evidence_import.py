"""One import of files: what was read, choices that have it read again, figures, and what is accepted of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments import access
from assessments.access import OwnAssessment
from assessments.forms.values import read_page
from assessments.models import EvidenceImport, ImportState
from assessments.pages.context import render_page
from assessments.pages.evidence_import import import_page, missing_targets, target_questions
from assessments.pages.fields import after_save, conflict_in_words, refusals
from assessments.pages.language import reader_language
from assessments.pages.proposals import chosen_of, proposals_in, refused_in_words
from assessments.presenters.measured.choices import read_choices
from assessments.presenters.measured.proposals import ACCEPT, LATER, MINE
from assessments.presenters.measured.read import faults_sheet
from assessments.presenters.sheets import CSV, to_csv
from assessments.services import evidence, same_evidence
from assessments.services.answer_sheet import read_sheet
from assessments.services.costs import enter_what_is_sound
from assessments.services.values import ValuesRefused

from .evidence import begin_again, reading_page


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_import(request: HttpRequest, assessment_id: str, import_id: int) -> HttpResponse:
    own, imported = access.own_import(request, assessment_id, import_id, "edit" if request.method == "POST" else "read")
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


@require_POST
def evidence_proposals(request: HttpRequest, assessment_id: str, import_id: int) -> HttpResponse:
    """Accepts what was chosen; what is left for later stays on the page."""
    own, imported = access.own_import(request, assessment_id, import_id, "edit")
    if imported.state not in (ImportState.READ, ImportState.SAVED):
        return redirect("evidence_import", assessment_id, import_id)
    sheet = read_sheet(own.assessment)
    read = evidence.what_was_read(imported)
    found = proposals_in(imported, sheet, read)
    chosen = chosen_of(found, request.POST)
    accepted = {key: way for key, choice in chosen.items() if (way := found.way(key, choice))}
    kept = [key for key, choice in chosen.items() if choice == MINE]
    here = f"{reverse('evidence_import', args=[assessment_id, import_id])}#proposals"
    if any(choice.startswith(ACCEPT) and key not in accepted for key, choice in chosen.items()):
        messages.error(request, _("Something else is proposed by now, so nothing was saved. Look at it once more."))
        return redirect(here)
    if not accepted and not kept and LATER in chosen.values():
        messages.info(request, _("Nothing is decided yet, so nothing was saved."))
        return redirect(here)
    entries = [entry for way in accepted.values() for entry in found.entries(way, request.POST)]
    before = same_evidence.came_before(imported, read)
    older = same_evidence.replaceable(imported, before) if "replace" in request.POST else None
    keeps_files = imported.keeps_files or "keep" in request.POST
    try:
        saving = evidence.decide_on(imported, own.actor, entries, keeps_files=keeps_files, keeps=kept, replaces=older)
    except ValuesRefused as error:
        messages.error(request, refused_in_words(error))
        return render_page(request, import_page(own, imported, sheet, chosen=chosen), status=422)
    if not saving.conflicts:
        return redirect(here)
    imported.refresh_from_db()
    conflicts = {path: conflict_in_words(sheet.framework, one, own.actor) for path, one in saving.conflicts.items()}
    page = import_page(own, imported, saving.after, chosen=chosen, conflicts=conflicts)
    return render_page(request, page, status=409)


@require_safe
def evidence_faults(request: HttpRequest, assessment_id: str, import_id: int) -> HttpResponse:
    """Every row that could not be read, for a spreadsheet."""
    own, imported = access.own_import(request, assessment_id, import_id, "read")
    sheet = read_sheet(own.assessment)
    names = {file.sha256: file.name for file in imported.files.all()}
    read = evidence.with_all_faults(imported, evidence.what_was_read(imported))
    rows = faults_sheet(sheet.framework, read, names)
    response = HttpResponse(to_csv(rows), content_type=CSV)
    response.headers["Content-Disposition"] = f'attachment; filename="ftdecide-not-read-{imported.pk}.csv"'
    return response
