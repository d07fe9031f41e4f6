"""The assessment as a file: taken in, and given out."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from assessments import access
from assessments.engine.document import (
    LARGEST_DOCUMENT,
    DocumentError,
    parse_json,
    read_document,
    write_document,
)
from assessments.forms.faults import told_of
from assessments.pages.context import Context, render_page
from assessments.services.answer_sheet import read_sheet
from assessments.services.assessments import start_from_document
from assessments.services.inside_report import document_inside, is_pdf
from assessments.services.own_frameworks import framework_for

_NOTHING_INSIDE = gettext_noop(
    "This PDF carries no assessment that can be read. Reports of ftdecide do, unless another program has locked them "
    "or saved them without their attachment"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPage(Context):
    """The form that a file is taken in with."""

    template = "assessments/import.html"
    faults: Sequence[str] = ()
    """What is wrong with the file that was sent."""


@require_http_methods(["GET", "HEAD", "POST"])
def import_document(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render_page(request, ImportPage())
    upload = request.FILES.get("document")
    if upload is None:
        return _refused(request, [_("Choose a file to import")], 422)
    room = access.room_for_new(request)
    data = upload.read()  # at most what a request may have
    if is_pdf(data):
        data = document_inside(data) or b""
        if not data:
            return _refused(request, [_(_NOTHING_INSIDE)], 422)
    if len(data) > LARGEST_DOCUMENT:
        return _refused(request, [_("The file is larger than 1 MB")], 413)
    framework = framework_for(room[0])
    try:
        raw = parse_json(data)
        read_document(raw, framework)
    except DocumentError as error:
        return _refused(request, [told_of(fault) for fault in error.faults], 422)
    assessment = start_from_document(*room, access.person(request), framework, raw)
    return redirect("overview", assessment.id)


def _refused(request: HttpRequest, faults: Sequence[str], status: int) -> HttpResponse:
    return render_page(request, ImportPage(faults=faults), status=status)


@require_safe
def export_document(request: HttpRequest, assessment_id: str) -> HttpResponse:
    sheet = read_sheet(access.own_assessment(request, assessment_id, "export").assessment)
    response = HttpResponse(write_document(sheet.raw), content_type="application/json")
    name = slugify(sheet.name) or "assessment"
    response.headers["Content-Disposition"] = f'attachment; filename="ftdecide-{name[:60]}.json"'
    return response
