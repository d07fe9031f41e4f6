"""Comments of the members: all of an assessment on one page, and what is written, resolved and reopened."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments import access
from assessments.access import OwnAssessment
from assessments.engine.fields import text_fault
from assessments.engine.plain_text import plain_text
from assessments.forms.faults import told
from assessments.http import HtmxHttpRequest
from assessments.models import Assessment
from assessments.pages.context import Context, render_page
from assessments.presenters.comments import CommentDraft, Namesakes, Talk, present_people, present_talk
from assessments.services import comments
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.own_frameworks import framework_at


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentsPage(Context):
    """Every place of an assessment with its comments."""

    template = "assessments/comments.html"
    assessment: Assessment
    sheet: AnswerSheet
    talks: Sequence[Talk]
    page: str = "comments"
    """Where the forms lead back to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkPart(Context):
    """The comments on one place, for htmx."""

    template = "assessments/_comments.html"
    assessment: Assessment
    talk: Talk | None
    page: str
    """Where the forms lead back to."""


@require_safe
def all_comments(request: HttpRequest, assessment_id: str) -> HttpResponse:
    return _all(request, access.own_assessment(request, assessment_id, "comment"))


@require_POST
def comment(request: HtmxHttpRequest, assessment_id: str, place: str) -> HttpResponse:
    """Adds a comment. What cannot be saved comes back with what is wrong, as it was typed."""
    own = access.own_assessment(request, assessment_id, "comment")
    _title(own.assessment, place)
    text = _typed(request.POST)
    members = access.members_of(own.assessment)
    picked = {int(one) for one in request.POST.getlist("mention") if one.isdecimal() and len(one) < 19}
    found = comments.find_mentions(text, members, picked=picked, settled=request.POST.getlist("settled"))
    fault = _fault(text, picked - {one.pk for one in members})
    questions = [Namesakes(name=one.name, people=present_people(one.people)) for one in found.unclear]
    if fault or questions:
        fault = fault or _("Several people have this name: choose whom you mean")
        draft = CommentDraft(text=text, picked=picked, fault=fault, questions=questions)
        return _answer(request, own, place, draft, status=422)
    added = comments.add(own.assessment, own.actor, place, text, found.people)
    # Browsers unfold what an address leads to.
    return _answer(request, own, place, CommentDraft(said=_("Comment added")), anchor=f"comment-{added.pk}")


@require_POST
def resolve_comment(request: HtmxHttpRequest, assessment_id: str, comment_id: int) -> HttpResponse:
    own, found = access.own_comment(request, assessment_id, comment_id)
    comments.resolve(own.assessment, own.actor, found)
    return _answer(request, own, found.place, CommentDraft(text=_typed(request.POST), said=_("Comment resolved")))


@require_POST
def reopen_comment(request: HtmxHttpRequest, assessment_id: str, comment_id: int) -> HttpResponse:
    own, found = access.own_comment(request, assessment_id, comment_id)
    comments.reopen(own.assessment, own.actor, found)
    return _answer(request, own, found.place, CommentDraft(text=_typed(request.POST), said=_("Comment reopened")))


@require_POST
def take_back_comment(request: HtmxHttpRequest, assessment_id: str, comment_id: int) -> HttpResponse:
    """Removes one's own comment. Its words go back into the box, to be changed and sent again or not."""
    own, found = access.own_comment(request, assessment_id, comment_id)
    typed, picked = _typed(request.POST), {one.pk for one in found.mentioned.all()}
    if not comments.take_back(own.assessment, own.actor, found):
        draft = CommentDraft(text=typed, fault=_("A comment can be taken back by whoever wrote it, while it is open"))
        return _answer(request, own, found.place, draft, status=409)
    text = "\n\n".join(part for part in (found.text, typed) if part)
    said = _("Comment taken back. Its words are in the box.")
    return _answer(request, own, found.place, CommentDraft(text=text, picked=picked, said=said))


def talk_on(own: OwnAssessment, place: str, draft: CommentDraft | None = None) -> Talk | None:
    """The comments on one place, for whoever may comment; None for somebody without an account."""
    if not own.may("comment"):
        return None
    assessment = own.assessment
    found = comments.comments_at(assessment, place)
    members = access.members_of(assessment)
    return present_talk(place, _title(assessment, place), found, members, draft, reader=own.actor)


def _all(
    request: HttpRequest, own: OwnAssessment, *, place: str = "", draft: CommentDraft | None = None, status: int = 200
) -> HttpResponse:
    """Every place with comments, the one that was written on, and the result."""
    assessment = own.assessment
    members = access.members_of(assessment)
    found = sorted(comments.comments_on(assessment), key=lambda one: one.place)
    by_place = {key: list(group) for key, group in groupby(found, key=lambda one: one.place)}
    talks = [
        present_talk(key, title, by_place.get(key, ()), members, draft if key == place else None, reader=own.actor)
        for key, title in _places(assessment)
    ]
    page = CommentsPage(assessment=assessment, sheet=read_sheet(assessment), talks=talks)
    return render_page(request, page, status=status)


def _answer(
    request: HtmxHttpRequest,
    own: OwnAssessment,
    place: str,
    draft: CommentDraft,
    *,
    anchor: str = "",
    status: int = 200,
) -> HttpResponse:
    page = request.POST.get("page", "")
    if request.htmx:
        talk = TalkPart(assessment=own.assessment, talk=talk_on(own, place, draft), page=page)
        return render_page(request, talk, part="talk", status=status)
    if draft.fault or draft.text:
        return _all(request, own, place=place, draft=draft, status=status)
    return redirect(f"{_back(own, place, page)}#{anchor or f'comments-{place}'}")


def _back(own: OwnAssessment, place: str, page: str) -> str:
    if page == "result" and place == comments.RESULT:
        return reverse("result", args=[own.assessment.pk])
    if page == "section" and place != comments.RESULT and own.may("edit"):
        return reverse("section", args=[own.assessment.pk, place])
    return reverse("comments", args=[own.assessment.pk])


def _typed(posted: QueryDict) -> str:
    return plain_text(posted.get("text", "")).strip()


def _fault(text: str, strangers: set[int]) -> str:
    if not text:
        return _("Write the comment first")
    if sentence := text_fault(text):
        return _("The comment {fault}").format(fault=told(sentence))
    return _("Choose somebody who is in this workspace") if strangers else ""


def _places(assessment: Assessment) -> Sequence[tuple[str, str]]:
    sections = framework_at(assessment.framework).sections
    return [(comments.RESULT, _("Result")), *((section.key, section.title) for section in sections)]


def _title(assessment: Assessment, place: str) -> str:
    titles: dict[str, Any] = dict(_places(assessment))
    if place not in titles:
        raise Http404
    return str(titles[place])
