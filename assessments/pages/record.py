"""The decision record of one assessment as a file, for whoever may read its report."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from assessments.models import Assessment
from assessments.presenters.decision_record import DecisionRecord, SignOffTerms, present_record
from assessments.presenters.record_files import MARKDOWN, RECORD_FILES, WORD, as_markdown, as_word

from .letterhead import ReportHead, head_of
from .paper_trail import trail_of
from .reader import Reader
from .report import file_name

_STATUS: Mapping[str, str] = {"approved": "accepted", "conditions": "accepted", "objected": "rejected"}


def send_record(request: HttpRequest, assessment: Assessment, reader: Reader, kind: str) -> HttpResponse:
    """Drawn anew for each request: it takes no longer than a page. Not found where there is no such kind of file."""
    if kind not in RECORD_FILES:
        raise Http404
    head = head_of(assessment)
    with reader.on_paper():
        record = _record(assessment, reader, head)
        if kind == "md":
            response = HttpResponse(as_markdown(record), content_type=MARKDOWN)
        else:
            response = HttpResponse(as_word(record, logo=head.logo), content_type=WORD)
    name = file_name(reader.sheet(assessment), reader.version, kind, what="decision")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _record(assessment: Assessment, reader: Reader, head: ReportHead) -> DecisionRecord:
    sheet = reader.sheet(assessment)
    trail = trail_of(assessment, sheet, reader.version)
    agreement = SignOffTerms(
        status=_STATUS.get(trail.kind, "proposed"),
        standing=trail.standing,
        people=trail.approvals,
        criteria=trail.criteria,
        validity=trail.validity,
        content_hash=trail.content_hash,
        check_at=trail.check_at,
    )
    return present_record(
        sheet.decision,
        agreement,
        task=str(sheet.document.use_case.get("task", "")),
        answers=sheet.counted,
        on=timezone.localdate(reader.at(assessment)),
        left_out=sheet.left_out,
        mark=head.mark,
    )
