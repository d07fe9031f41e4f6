"""Several raters: who is asked, what each answers blind, how far they agree, and what is settled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments import access
from assessments.access import OwnAssessment
from assessments.forms.values import read_page, seen_in
from assessments.framework import Section
from assessments.models import Assessment, RatingRound, User
from assessments.pages.context import Context, render_page
from assessments.pages.fields import after_save, rev_of
from assessments.pages.language import reader_language
from assessments.pages.rating import RoundView, present_round
from assessments.presenters.control import Control, present_control
from assessments.presenters.questionnaire import answer_words
from assessments.rights import Right
from assessments.services import rating as service
from assessments.services.answer_sheet import AnswerSheet, read_sheet, row_of
from assessments.services.rating import RaterSaid, Rating, RatingRefused, rated_sections, rating_of


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundLine:
    """One round in the list of all."""

    pk: int
    title: str
    opened_at: datetime
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RatersPage(Context):
    """Every round of an assessment, and the form to ask people."""

    template = "assessments/raters.html"
    assessment: Assessment
    sheet: AnswerSheet
    rounds: Sequence[RoundLine]
    may_ask: bool
    """Whether whoever looks may ask people now."""
    sections: Sequence[tuple[Section, int]]
    """What can be asked, with how many questions."""
    every: int
    members: Sequence[User]
    chosen: Sequence[int] = ()
    section: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPage(Context):
    """One round: how far it is, and once it is closed, what everybody said."""

    template = "assessments/rating_round.html"
    assessment: Assessment
    sheet: AnswerSheet
    may: Mapping[Right, bool]
    shown: RoundView


@dataclass(frozen=True, slots=True, kw_only=True)
class RatePage(Context):
    """The questions of a round for one person, with what they have answered so far."""

    template = "assessments/rate.html"
    assessment: Assessment
    sheet: AnswerSheet
    round: RatingRound
    title: str
    about: Sequence[tuple[str, str]]
    """What the use case is."""
    sections: Sequence[tuple[Section, Sequence[Control]]]
    faulty: Sequence[Control]
    answered: int
    of: int


@require_http_methods(["GET", "HEAD", "POST"])
def raters(request: HttpRequest, assessment_id: str) -> HttpResponse:
    if request.method != "POST":
        return _list(request, access.own_assessment(request, assessment_id, "read", blind_too=True))
    own = access.own_assessment(request, assessment_id, "edit", blind_too=True)
    section = request.POST.get("section")
    chosen = [int(one) for one in request.POST.getlist("member") if one.isascii() and one.isdecimal() and len(one) < 19]
    try:
        made = service.open_round(own.assessment, own.actor, None if section is None else section.strip(), chosen)
    except RatingRefused as refused:
        return _list(request, own, chosen=chosen, section=section or "", fault=str(refused))
    messages.success(request, _("They are asked, and find it under “Waiting for me”."))
    return redirect("rating_round", assessment_id, made.pk)


def _list(
    request: HttpRequest, own: OwnAssessment, *, chosen: Sequence[int] = (), section: str = "", fault: str = ""
) -> HttpResponse:
    sheet = read_sheet(own.assessment)
    ratings = service.ratings_of(own.assessment)
    sections = [(one, len(questions)) for one, questions in rated_sections(sheet.framework)]
    in_workspace = own.assessment.workspace_id is not None
    page = RatersPage(
        assessment=own.assessment,
        sheet=sheet,
        rounds=[_line(one) for one in ratings],
        may_ask=own.may("edit") and in_workspace and not any(one.is_open for one in ratings),
        sections=sections,
        every=sum(many for _section, many in sections),
        members=access.members_of(own.assessment) if in_workspace else (),
        chosen=chosen,
        section=section,
        fault=fault,
    )
    return render_page(request, page, status=422 if fault else 200)


def _line(rating: Rating) -> RoundLine:
    left = sum(not rating.round.settled.get(one.path) for one in rating.questions)
    if rating.is_open:
        words = _("Open, {n} of {of} handed in")
    elif not rating.are_compared:
        words = _("{n} of {of} handed in: nothing to compare")
    elif left:
        words = _("{n} of {of} handed in, {left} of {questions} not settled")
    else:
        words = _("{n} of {of} handed in, all settled")
    words = words.format(n=len(rating.counted), of=len(rating.raters), left=left, questions=len(rating.questions))
    return RoundLine(pk=rating.round.pk, title=rating.title, opened_at=rating.round.opened_at, words=words)


@require_http_methods(["GET", "HEAD", "POST"])
def rating_round(request: HttpRequest, assessment_id: str, round_id: int) -> HttpResponse:
    """One round; sending settles."""
    sends = request.method == "POST"
    own, found = access.own_round(request, assessment_id, round_id, "edit" if sends else "read")
    if sends:
        return _settle(request, own, found)
    sheet = read_sheet(own.assessment)
    shown = present_round(rating_of(found), sheet, own.actor)
    return render_page(request, RoundPage(assessment=own.assessment, sheet=sheet, may=own.rights, shown=shown))


def _settle(request: HttpRequest, own: OwnAssessment, found: RatingRound) -> HttpResponse:
    chosen = {
        one.path: (value, seen_in(request.POST.get(f"settle-{one.key}-rev", "")))
        for one in rating_of(found).questions
        if (value := request.POST.get(f"settle-{one.key}", ""))
    }
    try:
        saving = service.settle(own.assessment, found, own.actor, chosen)
    except RatingRefused as refused:
        messages.error(request, str(refused))
        return redirect("rating_round", own.assessment.pk, found.pk)
    if saving.conflicts:
        labels = [one.label for one in saving.after.framework if one.path in saving.conflicts]
        said = _("Changed by somebody meanwhile, and left as it is: {labels}. Look again.")
        messages.error(request, said.format(labels=", ".join(labels)))
    elif any(one.state == "saved" for one in saving.outcomes):
        messages.success(request, _("What was settled is the assessment’s answer now."))
    return redirect("rating_round", own.assessment.pk, found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, assessment_id: str, round_id: int) -> HttpResponse:
    """The questions of one rater: kept as far as they are, and handed in."""
    own, found = access.own_round(request, assessment_id, round_id, "comment")
    rating = rating_of(found)
    rater = rating.rater(own.actor)
    may_answer = rater and rater.state == "asked" and (rating.is_open or request.method == "POST")
    if own.actor is None or rater is None or not may_answer:
        return redirect("rating_round", assessment_id, round_id)
    if request.method != "POST":
        return _questions(request, own, rating, rater)
    entries, errors = read_page(rating.questions, request.POST, reader_language(request))
    if errors:
        shown = after_save(rating.framework, _controls(rating, rater), request.POST, errors, {}, own.actor)
        return _questions(request, own, rating, rater, shown=shown)
    hands_in = "hand_in" in request.POST
    try:
        in_time = service.save_answers(found, own.actor, list(entries.values()), hand_in=hands_in)
    except RatingRefused as refused:
        messages.error(request, str(refused))
        return redirect("rate", assessment_id, round_id)
    messages.success(request, _said(in_time=in_time, hands_in=hands_in))
    return redirect("rating_round" if hands_in else "rate", assessment_id, round_id)


def _said(*, in_time: bool, hands_in: bool) -> str:
    if not in_time:
        return _("The round was closed before you handed in. What you answered is kept for you, and does not count.")
    if hands_in:
        return _("Handed in. You see what others say once the round is closed.")
    return _("Kept. Nobody sees it before you hand in.")


def _controls(rating: Rating, rater: RaterSaid) -> list[Control]:
    rows = {one.path: row_of(one.path, rater.said[one.path]) for one in rating.questions if one.path in rater.said}
    return [present_control(one, rows.get(one.path), rev_of(one.path, rows.get(one.path))) for one in rating.questions]


def _questions(
    request: HttpRequest, own: OwnAssessment, rating: Rating, rater: RaterSaid, *, shown: Sequence[Control] = ()
) -> HttpResponse:
    sheet, faulty = read_sheet(own.assessment), [one for one in shown if one.errors]
    controls = {one.key: one for one in shown or _controls(rating, rater)}
    about = [one for one in sheet.framework if one.place == "use_case" and sheet.value(one.path) is not None]
    page = RatePage(
        assessment=own.assessment,
        sheet=sheet,
        round=rating.round,
        title=rating.title,
        about=[(one.label, answer_words(one, sheet.value(one.path))) for one in about],
        sections=[(section, [controls[one.key] for one in questions]) for section, questions in rating.sections],
        faulty=faulty,
        answered=rater.answered,
        of=len(rating.questions),
    )
    return render_page(request, page, status=422 if faulty else 200)


@require_POST
def decline_round(request: HttpRequest, assessment_id: str, round_id: int) -> HttpResponse:
    own, found = access.own_round(request, assessment_id, round_id, "comment")
    if own.actor and rating_of(found).rater(own.actor):
        service.decline(found, own.actor)
    return redirect("rating_round", assessment_id, round_id)


@require_POST
def close_round(request: HttpRequest, assessment_id: str, round_id: int) -> HttpResponse:
    """Ends a round early. Whoever has not handed in is not counted."""
    own, found = access.own_round(request, assessment_id, round_id, "edit")
    service.close(found, own.actor)
    return redirect("rating_round", assessment_id, round_id)
