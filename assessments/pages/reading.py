"""The page of the result of one assessment, for whoever may read it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from assessments.forms.weights import read_weights
from assessments.framework import load_framework
from assessments.http import HtmxHttpRequest
from assessments.models import Assessment, ValueChange, Version
from assessments.presenters.comments import Talk
from assessments.presenters.result import ResultView
from assessments.presenters.version_diff import Differences
from assessments.services import report as drawing
from assessments.services.answer_sheet import AnswerSheet
from assessments.services.sign_off_state import SignOffState

from .chances import draw_chances, kept_chances, pending_chances
from .context import Context, names_in, render_page
from .figures import FigureFile
from .reader import Reader
from .report import result_view


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffPanel(Context):
    """Where the sign-off stands, on the result of one's own assessment."""

    template = "assessments/_sign_off_panel.html"
    assessment: Assessment
    state: SignOffState
    shape: tuple[str, str]
    """The state's icon and tone."""
    due: Sequence[str]
    """Why the decision wants another look."""
    result_changed: bool
    """Whether what was signed reads otherwise today."""
    may_ask: bool
    waits_for_you: bool
    """Whether whoever looks is asked to decide."""
    last: ValueChange | None
    """What was changed last, and by whom: told in the head of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenNote(Context):
    """What stands around a frozen result: whether it is still what was frozen, and who signed it."""

    template = "assessments/_frozen.html"
    frozen: Version
    intact: bool
    """Whether what is stored is still what was hashed."""
    otherwise: Sequence[Differences]
    """What this release makes of the same answers otherwise."""
    frozen_headline: str
    """What was frozen, where anything differs."""
    hash: str
    """In groups."""
    signed: tuple[str, str, str] | None
    """How the newest request about it stands: words, shape and tone."""
    may_edit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnResult:
    """A result that has been decided, put into words and drawn once. Its body is the same for every visit."""

    name: str
    headline: str
    framework: str
    has_chart: bool
    body: str
    pending: str
    """What stands in the body until the chances are drawn, if there are any to draw."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultPage(Context):
    """A result for whoever reads it; beside it `SignOffPanel` or `FrozenNote`."""

    template = "assessments/result.html"
    assessment: Assessment
    reader: Reader
    page: DrawnResult
    body: SafeString
    """The drawn body, with what is of this visit filled in."""
    waits: bool
    """Whether the chances follow on their own."""
    pdf: bool
    """Whether this machine can draw the report."""
    talk: Talk | None
    """The comments, for whoever may comment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultBody(Context):
    """What the body is drawn from. The slots are filled in anew for every visit."""

    template = "assessments/_result_body.html"
    assessment: Assessment
    reader: Reader
    result: ResultView
    preview: Mapping[str, float]
    """Weights that are tried, not stored."""
    matrix_fault: str
    """What was wrong in a change of the matrix."""
    matrix_seen: str
    """The versions of the weights and scores that it shows."""
    files: Sequence[FigureFile]
    here: str
    csrf_slot: str
    chances_slot: str
    sign_off_slot: str


def show_result(
    request: HttpRequest,
    assessment: Assessment,
    reader: Reader,
    *,
    matrix_fault: str = "",
    with_chances: bool = False,
    beside: Callable[[Callable[[], AnswerSheet]], SignOffPanel | FrozenNote | None] | None = None,
    talk: Talk | None = None,
) -> HttpResponse:
    """The page. The chances follow on their own, unless they were drawn before or the page must have them.

    `beside` gives what stands around the kept body, and is asked for anew each time: it is handed the way to the
    sheet that the body is drawn from, which is read and decided on at most once, and not at all where all is kept.
    """
    framework = load_framework(reader.version.framework if reader.version else assessment.framework)
    weights, faults = read_weights(framework, request.GET)
    fault = matrix_fault or (faults[0] if faults else "")
    sheet = cache(partial(reader.sheet, assessment, weights=weights))
    if weights or fault:
        drawn = _draw(assessment, reader, sheet(), weights=weights, matrix_fault=fault)
    else:
        drawn = _kept(assessment, reader, sheet)
    chances = kept_chances(reader, assessment, sheet, draw=with_chances) if drawn.pending else ""
    more = beside(sheet) if beside and not weights else None
    page = ResultPage(
        assessment=assessment,
        reader=reader,
        page=drawn,
        body=_filled(drawn.body, request, chances=chances or drawn.pending, beside=more),
        waits=bool(drawn.pending and not chances),
        pdf=drawing.pdf_is_available(),
        talk=talk,
    )
    return render_page(request, page, beside=more, status=422 if fault else 200)


# What differs from one visit to the next is filled into the kept body: the address, the form token, the chances
# and the sign-off. The slots begin with a character that no text can have.
_HERE, _CSRF, _CHANCES, _SIGN_OFF = "\x1ahere", "\x1acsrf", "\x1achances", "\x1asign-off"


def _filled(body: str, request: HttpRequest, *, chances: str, beside: Context | None) -> SafeString:
    token = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))
    panel = render_to_string(beside.template, names_in(beside), request) if isinstance(beside, SignOffPanel) else ""
    body = body.replace(_CHANCES, chances).replace(_CSRF, token).replace(_HERE, escape(request.path))
    return mark_safe(body.replace(_SIGN_OFF, panel))


def _kept(assessment: Assessment, reader: Reader, sheet: Callable[[], AnswerSheet]) -> DrawnResult:
    """The result's page, kept until an answer changes: every save moves `changed_at`."""
    key = reader.state(assessment)
    drawn: DrawnResult | None = caches["results"].get(key)
    if drawn is None:
        drawn = _draw(assessment, reader, sheet())
        caches["results"].set(key, drawn)
    return drawn


def _draw(
    assessment: Assessment,
    reader: Reader,
    sheet: AnswerSheet,
    *,
    weights: Mapping[str, float] | None = None,
    matrix_fault: str = "",
) -> DrawnResult:
    """The page of the stored result, or of the same answers under other weights."""
    result = result_view(sheet, reader.at(assessment))
    content = ResultBody(
        assessment=assessment,
        reader=reader,
        result=result,
        preview=weights or {},
        matrix_fault=matrix_fault,
        matrix_seen=" ".join(
            f"{path}={one.version}" for path, one in sheet.values.items() if path.startswith("matrix.")
        ),
        files=reader.figure_files,
        here=_HERE,
        csrf_slot=_CSRF,
        chances_slot=_CHANCES,
        sign_off_slot=_SIGN_OFF,
    )
    waits = result.money is not None and result.money.has_ranges and reader.version is None
    body: str = render_to_string(content.template, names_in(content))
    if result.money and not waits:
        body = body.replace(_CHANCES, draw_chances(sheet.decision, result.money))
    return DrawnResult(
        name=result.name,
        headline=result.headline.title,
        framework=f"{result.framework.name}, version {result.framework.version}",
        has_chart=result.money is not None,
        body=body,
        pending=pending_chances(result.money, reader.chances_url) if result.money and waits else "",
    )


def show_chances(request: HtmxHttpRequest, assessment: Assessment, reader: Reader) -> HttpResponse:
    """The chances alone, for htmx; in their page for everybody else."""
    if not request.htmx:
        return show_result(request, assessment, reader, with_chances=True)
    chances = kept_chances(reader, assessment, cache(partial(reader.sheet, assessment)), draw=True)
    if not chances:
        raise Http404
    return HttpResponse(chances)
