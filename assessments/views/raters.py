"""Several raters: who is asked, what each answers blind, how far they agree, and what is settled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments import access
from assessments.access import OwnAssessment
from assessments.forms.values import FormatError, read_entry, read_page, seen_in, told_as_read
from assessments.framework import Question, Section
from assessments.http import HtmxHttpRequest
from assessments.models import Assessment, RatingRound, User
from assessments.pages.context import Context, render_page
from assessments.pages.fields import after_save, refusal_words, refusals, rev_of
from assessments.pages.language import own_money, reader_language, tell_reading
from assessments.pages.rating import RoundView, present_round
from assessments.presenters.control import Control, present_control
from assessments.presenters.questionnaire import GroupView, answer_words, present_groups
from assessments.presenters.rating import TAKE_ANOTHER, SentBack
from assessments.rights import Right
from assessments.services import rating as service
from assessments.services.answer_sheet import AnswerSheet, read_sheet, row_of
from assessments.services.rating import RatingRefused
from assessments.services.rating_rounds import RaterSaid, Rating, rated_sections, rating_of, ratings_of
from assessments.services.values import Saving, ValuesRefused


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
    """What the use case is, but for what is asked."""
    sections: Sequence[tuple[Section, Sequence[GroupView]]]
    faulty: Sequence[Control]
    answered: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBack(Context):
    """How one question's numbers are read, or what is wrong with them."""

    template = "assessments/_read_back.html"
    field: Control
    read_as: str
    sentence: str = ""
    ways: Sequence[tuple[str, str]] = ()
    oob: bool = True


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
    ratings = ratings_of(own.assessment)
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
    compared = [one.path for one in rating.questions if rating.is_compared(one.path)]
    left = sum(path not in rating.round.settled for path in compared)
    if rating.is_open:
        words = _("Open, {n} of {of} handed in")
    elif not rating.are_compared:
        words = _("{n} of {of} handed in: nothing to compare")
    elif left:
        words = _("{n} of {of} handed in, {left} of {questions} not settled")
    else:
        words = _("{n} of {of} handed in, all settled")
    words = words.format(n=len(rating.counted), of=len(rating.raters), left=left, questions=len(compared))
    return RoundLine(pk=rating.round.pk, title=rating.title, opened_at=rating.round.opened_at, words=words)


@require_http_methods(["GET", "HEAD", "POST"])
def rating_round(request: HttpRequest, assessment_id: str, round_id: int) -> HttpResponse:
    """One round; sending settles."""
    sends = request.method == "POST"
    own, found = access.own_round(request, assessment_id, round_id, "edit" if sends else "read")
    if sends:
        return _settle(request, own, found)
    sheet = read_sheet(own.assessment)
    shown = present_round(rating_of(found).shown_in(sheet), sheet, own.actor)
    return _round_page(request, own, sheet, shown)


def _round_page(request: HttpRequest, own: OwnAssessment, sheet: AnswerSheet, shown: RoundView) -> HttpResponse:
    page = RoundPage(assessment=own.assessment, sheet=sheet, may=own.rights, shown=shown)
    return render_page(request, page, status=422 if shown.compared and shown.compared.faulty else 200)


def _settle(request: HttpRequest, own: OwnAssessment, found: RatingRound) -> HttpResponse:
    sheet, language = read_sheet(own.assessment), reader_language(request)
    rating = rating_of(found).shown_in(sheet)
    sent = {one.path: _sent(one, request.POST) for one in rating.questions if f"settle-{one.key}" in request.POST}
    chosen = {}
    for one in (one for one in rating.questions if one.path in sent):
        this = sent[one.path]
        try:
            typed = read_entry(one, {one.key: this.typed}, language, partial(own_money, sheet)).value
            value = rating.answer_as(one, this.chosen) if typed is None else typed
        except FormatError as error:
            sent[one.path] = replace(this, error=error.sentence, ways=error.ways)
            continue
        if value is not None:
            chosen[one.path] = (value, this.seen)
    if any(one.error for one in sent.values()):
        return _round_page(request, own, sheet, present_round(rating, sheet, own.actor, sent))
    try:
        saving, refused = service.settle(own.assessment, found, own.actor, chosen)
    except RatingRefused as said:
        messages.error(request, str(said))
        return redirect("rating_round", own.assessment.pk, found.pk)
    for one in (one for one in rating.questions if one.path in sent):
        tell_reading(request, one.label, told_as_read(one, {one.key: sent[one.path].typed}, language))
    _tell_settled(request, saving, refused)
    return redirect("rating_round", own.assessment.pk, found.pk)


def _sent(question: Question, posted: Mapping[str, str]) -> SentBack:
    """What is chosen for a question, and what is typed beside it where it takes another answer."""
    name = f"settle-{question.key}"
    typed = posted.get(f"{name}-other", "").strip() if question.kind in TAKE_ANOTHER else ""
    return SentBack(chosen=posted[name], typed=typed, seen=seen_in(posted.get(f"{name}-rev", "")))


def _tell_settled(request: HttpRequest, saving: Saving, refused: Mapping[str, ValuesRefused]) -> None:
    for path, error in refused.items():
        said = _("Not settled, and left as it is. {reason}.")
        messages.error(request, said.format(reason=refusal_words(path, error)))
    if saving.conflicts:
        labels = [one.label for one in saving.after.framework if one.path in saving.conflicts]
        said = _("Changed by somebody meanwhile, and left as it is: {labels}. Look again.")
        messages.error(request, said.format(labels=", ".join(labels)))
    elif any(one.state == "saved" for one in saving.outcomes):
        messages.success(request, _("What was settled is the assessment’s answer now."))


@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HtmxHttpRequest, assessment_id: str, round_id: int) -> HttpResponse:
    """The questions of one rater: kept as far as they are, and handed in."""
    own, found = access.own_round(request, assessment_id, round_id, "comment")
    sheet = read_sheet(own.assessment)
    rating = rating_of(found).shown_in(sheet)
    rater = rating.rater(own.actor)
    may_answer = rater and rater.state == "asked" and (rating.is_open or request.method == "POST")
    if own.actor is None or rater is None or not may_answer:
        return redirect("rating_round", assessment_id, round_id)
    if request.method != "POST":
        return _questions(request, own, sheet, rating, rater)
    if request.htmx:
        return _read_back(request, sheet, rating)
    language = reader_language(request)
    entries, errors = read_page(rating.questions, request.POST, language, partial(own_money, sheet))
    hands_in, in_time = "hand_in" in request.POST, True
    try:
        if not errors:
            in_time = service.save_answers(found, own.actor, list(entries.values()), hand_in=hands_in)
    except RatingRefused as refused:
        messages.error(request, str(refused))
        return redirect("rate", assessment_id, round_id)
    except ValuesRefused as refused:
        errors = refusals(dict.fromkeys(refused.faults, refused))
    if errors:
        shown = after_save(rating.framework, _controls(rating, rater), request.POST, errors, {}, own.actor)
        return _questions(request, own, sheet, rating, rater, shown=shown)
    for one in rating.questions:
        tell_reading(request, one.label, told_as_read(one, request.POST, language))
    messages.success(request, _said(in_time=in_time, hands_in=hands_in))
    return redirect(reverse("rating_round" if hands_in else "rate", args=[assessment_id, round_id]) + _anchor(request))


def _anchor(request: HttpRequest) -> str:
    """Where somebody goes on who wanted another row of a table."""
    stays = request.POST.get("stay", "")
    return f"#q-{stays}" if stays.isidentifier() else ""


def _read_back(request: HttpRequest, sheet: AnswerSheet, rating: Rating) -> HttpResponse:
    """How the numbers of one question are read, or what is wrong with them, while somebody types. Nothing is kept."""
    question = next((one for one in rating.questions if one.key == request.GET.get("check")), None)
    if question is None:
        raise Http404
    typed = {name: str(text) for name, text in request.POST.items() if not name.endswith(("-evidence", "-link"))}
    language, field = reader_language(request), present_control(question, None, "")
    try:
        read_entry(question, typed, language, partial(own_money, sheet))
    except FormatError as error:
        return render_page(request, ReadBack(field=field, read_as="", sentence=error.sentence, ways=error.ways))
    return render_page(request, ReadBack(field=field, read_as=told_as_read(question, typed, language)))


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
    request: HttpRequest,
    own: OwnAssessment,
    sheet: AnswerSheet,
    rating: Rating,
    rater: RaterSaid,
    *,
    shown: Sequence[Control] = (),
) -> HttpResponse:
    faulty = [one for one in shown if one.errors]
    controls = {one.key: one for one in shown or _controls(rating, rater)}
    asked = {one.path for one in rating.questions}
    told = [one for one in sheet.framework if one.place == "use_case" and one.path not in asked]
    about = [one for one in told if sheet.value(one.path) is not None]
    page = RatePage(
        assessment=own.assessment,
        sheet=sheet,
        round=rating.round,
        title=rating.title,
        about=[(one.label, answer_words(one, sheet.value(one.path))) for one in about],
        sections=[
            (section, present_groups(section, [controls[one.key] for one in questions]))
            for section, questions in rating.sections
        ],
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
