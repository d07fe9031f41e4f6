"""The report as a PDF: asked for, looked after while it is drawn, and fetched, all at one address."""

from urllib.parse import urlencode

from assessments import access
from assessments.models import DrawingState, DrawnPdf
from assessments.pages.drawn import TOO_MANY, WHY_FAILED
from assessments.pages.reader import Reader
from assessments.pages.report import order_of
from assessments.services import drawings, report

from . import asked, shapes
from .addresses import absolute
from .one_assessment import ONE
from .operation import OPERATIONS, PDF, Call, NotDone, OtherAnswer

_LOOK_AGAIN = {"Retry-After": "2"}


@OPERATIONS.add(
    "GET",
    f"{ONE}/report",
    opens="assessment",
    right="read",
    asks=asked.ReportQuery,
    gives=bytes,
    media=PDF,
    also={202: shapes.DrawingAnswer},
    like="report",
)
def read_report(call: Call) -> bytes | OtherAnswer:
    """The report as a PDF. Asked for first, it is drawn, and the answer is 202 until it is there: look again at
    Location after Retry-After seconds. A version has its own; `again` has one drawn anew that failed."""
    if not report.pdf_is_available():
        raise NotDone(503, "No PDF here", "PDF export is switched off on this machine.")
    reader = _reader(call)
    with reader.on_paper():
        order = order_of(call.own.assessment, reader, appendix=call.asked.appendix)
        try:
            drawing = drawings.ask(order.key, order.prepare, again=call.asked.again)
        except drawings.TooManyDrawings:
            raise NotDone(503, "Please try again soon", TOO_MANY, headers={"Retry-After": "60"}) from None
    if drawing.state == DrawingState.FAILED:
        raise NotDone(503, "The report could not be drawn", WHY_FAILED.get(drawing.told, WHY_FAILED["fault"]))
    return bytes(drawing.pdf or b"") if drawing.state == DrawingState.DRAWN else _not_yet(call, drawing)


def _reader(call: Call) -> Reader:
    """As the pages read it: the newest state, or a version."""
    own, number = call.own, call.asked.version
    if number is None:
        return Reader(kind="owner", key=own.assessment.pk, role=own.role, may_export=own.may("export"))
    frozen = access.own_version(own.assessment, number)
    return Reader(kind="version", key=own.assessment.pk, version=frozen, may_export=own.may("export"))


def _not_yet(call: Call, drawing: DrawnPdf) -> OtherAnswer:
    asked = {"appendix": "true"} if call.asked.appendix else {}
    asked |= {"version": str(call.asked.version)} if call.asked.version else {}
    here = absolute(call.request, "api:read_report", call.own.assessment.pk)
    headers = _LOOK_AGAIN | {"Location": f"{here}?{urlencode(asked)}" if asked else here}
    return OtherAnswer(status=202, body=shapes.DrawingAnswer(state=drawing.state, pages=drawing.pages), headers=headers)
