"""The pages of the result of one assessment, for whoever may read it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import TypeVar

from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from assessments.forms.weights import read_weights
from assessments.framework import Framework
from assessments.http import HtmxHttpRequest
from assessments.models import Assessment, ValueChange, Version
from assessments.presenters.comments import Talk
from assessments.presenters.result_index import BRIEF, IndexEntry, ResultIndex, present_index
from assessments.presenters.version_diff import Differences
from assessments.services import report as drawing
from assessments.services.answer_sheet import AnswerSheet
from assessments.services.own_frameworks import framework_at
from assessments.services.sign_off_state import SignOffState

from .chances import draw_chances, kept_chances, pending_chances
from .context import Context, names_in, render_page
from .kept_page import form_token
from .letterhead import ReportHead, head_of
from .reader import Reader
from .result_bodies import BODIES, Look, MatrixFault, MoneyBody, Slots

Kept = TypeVar("Kept")


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
class WaitsNote(Context):
    """That a version waits for approval, beside the weights and scores that can be changed meanwhile."""

    template = "assessments/_waits.html"
    assessment: Assessment
    waits: int | None
    """The number of the version."""


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
class DrawnPage:
    """A page of a result that has been decided, put into words and drawn once: the same for every visit."""

    body: str
    pending: str = ""
    """What stands in the body until the chances are drawn, if there are any to draw."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultPage(Context):
    """One page of a result for whoever reads it; beside it `SignOffPanel` or `FrozenNote`."""

    template = "assessments/result.html"
    nav = "assessments"
    assessment: Assessment
    reader: Reader
    index: ResultIndex
    here: IndexEntry
    """The page that is open."""
    framework: str
    """What the verdict stands under, with its version."""
    is_own_framework: bool
    number: int
    """Which of them it is, from 1."""
    before: IndexEntry | None
    after: IndexEntry | None
    body: SafeString
    """The drawn body, with what is of this visit filled in."""
    waits: bool
    """Whether the chances follow on their own."""
    pdf: bool
    """Whether this machine can draw the report."""
    head: ReportHead
    """What stands above the brief when it is printed."""
    talk: Talk | None
    """The comments, for whoever may comment."""


def show_result(
    request: HttpRequest,
    assessment: Assessment,
    reader: Reader,
    page: str = BRIEF,
    *,
    fault: MatrixFault | None = None,
    with_chances: bool = False,
    beside: Callable[[Callable[[], AnswerSheet]], SignOffPanel | FrozenNote | WaitsNote | None] | None = None,
    talk: Talk | None = None,
) -> HttpResponse:
    """One page. The chances follow on their own, unless they were drawn before or the page must have them.

    `beside` gives what stands around the kept body, and is asked for anew each time: it is handed the way to the
    sheet that the body is drawn from, which is read and decided on at most once, and not at all where all is kept.
    """
    if page not in reader.pages:
        raise Http404
    weights, fault = _tried(assessment, reader, request, page, fault)
    sheet = cache(partial(reader.sheet, assessment, weights=weights))
    if weights or fault:
        drawn = _draw(assessment, reader, page, sheet(), weights=weights, fault=fault)
    else:
        drawn = _kept(reader.state(assessment), page, partial(_draw, assessment, reader, page), sheet)
    chances = kept_chances(reader, assessment, sheet, draw=with_chances) if drawn.pending else ""
    more = beside(sheet) if beside and (page == "options" or not weights) else None
    team = _team(assessment, reader, drawn)
    index = _kept(reader.state(assessment), "index", partial(_index, reader), sheet)
    place = next(number for number, entry in enumerate(index.entries) if entry.key == page)
    framework = _framework_of(assessment, reader)
    content = ResultPage(
        assessment=assessment,
        reader=reader,
        index=index,
        here=index.entries[place],
        framework=framework.title,
        is_own_framework=bool(framework.base),
        number=place + 1,
        before=index.entries[place - 1] if place else None,
        after=index.entries[place + 1] if place and place + 1 < len(index.entries) else None,
        body=_filled(drawn.body, request, chances=chances or drawn.pending, beside=more, team=team),
        waits=bool(drawn.pending and not chances),
        pdf=drawing.pdf_is_available(),
        head=head_of(assessment) if page == BRIEF else ReportHead(),
        talk=talk,
    )
    return render_page(request, content, beside=more, status=422 if fault else 200)


def _framework_of(assessment: Assessment, reader: Reader) -> Framework:
    return framework_at(reader.version.framework if reader.version else assessment.framework)


def _tried(
    assessment: Assessment, reader: Reader, request: HttpRequest, page: str, fault: MatrixFault | None
) -> tuple[Mapping[str, float], MatrixFault | None]:
    """The weights in the address of the page that has the matrix, and what is wrong with them."""
    if page != "options":
        return {}, None
    weights, faults = read_weights(_framework_of(assessment, reader), request.GET)
    return weights, fault or (MatrixFault(sentence=faults[0], control="weights") if faults else None)


# What differs from one visit to the next is filled into the kept body: the address, the form token, the chances
# and who signs. The slots begin with a character that no text can have.
SLOTS = Slots(
    here="\x1ahere",
    csrf="\x1acsrf",
    chances="\x1achances",
    sign_off="\x1asign-off",
    waits="\x1awaits",
    team="\x1ateam",
)


def _filled(body: str, request: HttpRequest, *, chances: str, beside: Context | None, team: str) -> SafeString:
    token = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', form_token(request))
    body = body.replace(SLOTS.chances, chances).replace(SLOTS.csrf, token).replace(SLOTS.here, escape(request.path))
    body = body.replace(SLOTS.team, team)
    for slot, kind in ((SLOTS.sign_off, SignOffPanel), (SLOTS.waits, WaitsNote)):
        note = render_to_string(beside.template, names_in(beside), request) if isinstance(beside, kind) else ""
        body = body.replace(slot, note)
    return mark_safe(body)


def _team(assessment: Assessment, reader: Reader, drawn: DrawnPage) -> str:
    """How the team's pilots ended: asked for anew each time, since those of other assessments move on their own."""
    sentence = reader.team_record(assessment) if SLOTS.team in drawn.body else ""
    return format_html('<p class="note-line team-record">{}</p>', sentence) if sentence else ""


def _kept(state: str, part: str, draw: Callable[[AnswerSheet], Kept], sheet: Callable[[], AnswerSheet]) -> Kept:
    """A part of the result, kept until an answer changes: every save moves `changed_at`."""
    key = f"{state}-{part}"
    found: Kept | None = caches["results"].get(key)
    if found is None:
        found = draw(sheet())
        caches["results"].set(key, found)
    return found


def _index(reader: Reader, sheet: AnswerSheet) -> ResultIndex:
    return present_index(sheet.decision, name=sheet.name, urls=reader.urls)


def _draw(
    assessment: Assessment,
    reader: Reader,
    page: str,
    sheet: AnswerSheet,
    *,
    weights: Mapping[str, float] | None = None,
    fault: MatrixFault | None = None,
) -> DrawnPage:
    """The body of one page, of the stored result or of the same answers under other weights."""
    look = Look(assessment=assessment, reader=reader, sheet=sheet, slots=SLOTS, preview=weights or {}, fault=fault)
    content = BODIES[page](look)
    body: str = render_to_string(content.template, names_in(content))
    money = content.money if isinstance(content, MoneyBody) else None
    if money is None:
        return DrawnPage(body=body)
    if money.has_ranges and reader.version is None:
        return DrawnPage(body=body, pending=pending_chances(money, reader.chances_url))
    return DrawnPage(body=body.replace(SLOTS.chances, draw_chances(sheet.decision, money)))


def show_chances(request: HtmxHttpRequest, assessment: Assessment, reader: Reader) -> HttpResponse:
    """The chances alone, for htmx; in their page for everybody else."""
    if not request.htmx:
        return show_result(request, assessment, reader, "money", with_chances=True)
    chances = kept_chances(reader, assessment, cache(partial(reader.sheet, assessment)), draw=True)
    if not chances:
        raise Http404
    return HttpResponse(chances)
