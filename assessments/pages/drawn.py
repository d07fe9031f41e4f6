"""A PDF as the answer to a request, or, while it is drawn, a page that tells how far it is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from assessments.drawing.paper import PaperToDraw
from assessments.http import HtmxHttpRequest
from assessments.models import DrawingState, DrawnPdf
from assessments.services import drawings

from .context import Context, render_page
from .error import ErrorPage

PDF = "application/pdf"
TOO_MANY = gettext_noop("Many PDFs are being drawn at the moment. Try again in a minute; nothing is lost.")
_KEY, _AGAIN = "drawing", "again"
WHY_FAILED = {
    "out_of_limits": gettext_noop(
        "It took longer, or more memory, than one drawing may. Shorten the longest texts, then have it drawn again."
    ),
    "stopped": gettext_noop("The drawing stopped before it was done. Have it drawn again."),
    "fault": gettext_noop(
        "Something went wrong while it was drawn, and whoever runs this site can read in its log what it was."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawingPage(Context):
    """A PDF that is being drawn, or that could not be."""

    template = "assessments/drawing.html"
    what: str
    """What is drawn, as a sentence begins with it."""
    progress: str
    """How far it is; empty once it failed."""
    failed: str
    """Why it could not be drawn, and what to do."""
    address: str
    """Where the PDF will be."""
    look_at: str
    """Where the progress is looked up."""
    again: str
    """Where it is drawn again after it failed."""
    back: str
    """Where whoever does not wait goes on."""


def answer_with_pdf(
    request: HttpRequest, key: str, prepare: Callable[[], PaperToDraw], *, what: str, name: str, back: str
) -> HttpResponse:
    """The PDF under this file name; if it takes longer than two seconds, a page that tells how far it is."""
    try:
        drawing = drawings.ask(key, prepare, again=_AGAIN in request.GET)
    except drawings.TooManyDrawings:
        page = ErrorPage(title=_("Please try again soon"), sentence=_(TOO_MANY))
        return render_page(request, page, status=503)
    if drawing.state != DrawingState.DRAWN:
        status = 202 if drawing.state == DrawingState.DRAWING else 503
        return render_page(request, _page(request, drawing, what=what, back=back), status=status)
    response = HttpResponse(bytes(drawing.pdf or b""), content_type=PDF)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def progress_of_pdf(request: HttpRequest, *, what: str, back: str) -> HttpResponse | None:
    """What htmx gets that looks how far a drawing is; None where somebody asks for the PDF itself.

    The key in the address was given to whoever was let in here, and tells nothing but how far it is.
    """
    if not (cast(HtmxHttpRequest, request).htmx and (key := request.GET.get(_KEY))):
        return None
    drawing = drawings.find(key)
    if drawing is None or drawing.state == DrawingState.DRAWN:
        return HttpResponse(headers={"HX-Redirect": _address(request)})
    return render_page(request, _page(request, drawing, what=what, back=back), part="progress")


def _page(request: HttpRequest, drawing: DrawnPdf, *, what: str, back: str) -> DrawingPage:
    is_drawn = drawing.state == DrawingState.DRAWING
    progress = _("It begins as soon as there is room")
    if drawing.pages:
        words = ngettext("{n} page laid out so far", "{n} pages laid out so far", drawing.pages)
        progress = words.format(n=drawing.pages)
    return DrawingPage(
        what=what,
        progress=progress if is_drawn else "",
        failed="" if is_drawn else _(WHY_FAILED[drawing.told]),
        address=_address(request),
        look_at=_address(request, **{_KEY: drawing.key}),
        again=_address(request, **{_AGAIN: "1"}),
        back=back,
    )


def _address(request: HttpRequest, **more: str) -> str:
    asked = [(name, value) for name, value in request.GET.items() if name not in (_KEY, _AGAIN)]
    query = urlencode([*asked, *more.items()])
    return f"{request.path}?{query}" if query else request.path
