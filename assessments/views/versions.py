"""Versions of an assessment: the list, freezing, looking at one, comparing two, and going back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments import access
from assessments.access import OwnAssessment
from assessments.engine.plain_text import plain_text
from assessments.engine.result import Result
from assessments.models import Assessment, ValueChange, Version
from assessments.pages.context import Context, render_page
from assessments.pages.reader import Reader
from assessments.pages.reading import FrozenNote, show_result
from assessments.pages.record import send_record
from assessments.pages.report import show_report
from assessments.pages.today import today_of
from assessments.presenters.changes import with_author
from assessments.presenters.result_index import BRIEF
from assessments.presenters.sign_off import STATE_SHAPES, hash_groups
from assessments.presenters.version_diff import State, VersionDiff, compare, headline_of
from assessments.services import history, versions
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.own_frameworks import framework_at
from assessments.services.sign_off_state import SignOffState, kind_of, state_of
from assessments.services.versions import is_intact, result_of, sheet_of_version

PAGE = 50
NOW = "now"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedVersion:
    version: Version
    headline: str
    hash: str
    """The first groups of it."""
    signed: tuple[str, str, str] | None
    """How the newest request about it stands: words, shape and tone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionsPage(Context):
    """The versions of an assessment, the newest first."""

    template = "assessments/versions.html"
    assessment: Assessment
    sheet: AnswerSheet
    state: SignOffState
    page: Page[Version]
    listed: Sequence[ListedVersion]
    last: ValueChange | None
    """What was changed last, and by whom."""
    may_freeze: bool
    may_edit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionDiffPage(Context):
    """What differs between a version and another one."""

    template = "assessments/version_diff.html"
    assessment: Assessment
    sheet: AnswerSheet
    """Of the other one."""
    before: Version
    after: Version | None
    """None for the answers of now."""
    diff: VersionDiff
    may_edit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoBackPage(Context):
    """What is asked before the answers are set to those of a version."""

    template = "assessments/go_back.html"
    assessment: Assessment
    sheet: AnswerSheet
    wanted: Version
    diff: VersionDiff
    has_pilot: bool
    """Whether something of a pilot is recorded, which stays."""


@require_safe
def version_list(request: HttpRequest, assessment_id: str) -> HttpResponse:
    own = access.own_assessment(request, assessment_id, "read")
    assessment, sheet = own.assessment, read_sheet(own.assessment)
    found = Paginator(access.own_versions(assessment), PAGE).get_page(request.GET.get("page"))
    signed, decided = _signed(assessment), access.decided_in(found)
    page = VersionsPage(
        assessment=assessment,
        sheet=sheet,
        state=state_of(assessment),
        page=found,
        listed=[
            ListedVersion(
                version=one,
                headline=headline_of(framework_at(one.framework), decided[one.pk]),
                hash=hash_groups(one.content_hash)[:17],
                signed=signed.get(one.number),
            )
            for one in found
        ],
        last=history.last_change(assessment),
        may_freeze=own.may("freeze"),
        may_edit=own.may("edit"),
    )
    return render_page(request, page)


def _signed(assessment: Assessment) -> dict[int, tuple[str, str, str]]:
    """How the newest request about each version stands, by the version's number: words, shape and tone."""
    words = {
        "waiting": _("Waiting for approval"),
        "second": _("Waiting for approval"),
        "objected": _("Objected"),
        "approved": _("Approved"),
        "conditions": _("Approved, conditions open"),
    }
    kinds = {
        sign_off.version.number: kind_of(sign_off)
        for sign_off in reversed(access.own_sign_offs(assessment).filter(withdrawn_at=None))
    }
    return {number: (words[kind], *STATE_SHAPES[kind]) for number, kind in kinds.items()}


@require_POST
def freeze(request: HttpRequest, assessment_id: str) -> HttpResponse:
    own = access.own_assessment(request, assessment_id, "freeze")
    assessment = own.assessment
    reason = plain_text(request.POST.get("reason", "").replace("\0", "")).strip()
    version = versions.freeze(assessment, own.actor, reason=reason)
    return redirect(reverse("versions", args=[assessment.id]) + f"#version-{version.number}")


@require_safe
def version(request: HttpRequest, assessment_id: str, number: int, page: str = BRIEF) -> HttpResponse:
    """A frozen version as the result page shows it, under the framework that it was answered to."""
    own = access.own_assessment(request, assessment_id, "read")
    assessment, frozen = own.assessment, access.own_version(own.assessment, number)
    reader = Reader(kind="version", key=assessment.id, version=frozen)
    return show_result(request, assessment, reader, page, beside=lambda sheet: _about(own, frozen, sheet))


def _about(own: OwnAssessment, frozen: Version, sheet: Callable[[], AnswerSheet]) -> FrozenNote:
    """What stands around a frozen result: whether it is still what was frozen, and who signed it."""
    today = today_of(frozen, sheet)
    return FrozenNote(
        frozen=frozen,
        intact=is_intact(frozen),
        otherwise=today.groups,
        frozen_headline=today.frozen_headline,
        hash=hash_groups(frozen.content_hash),
        signed=_signed(own.assessment).get(frozen.number),
        may_edit=own.may("edit"),
    )


@require_safe
def version_report(request: HttpRequest, assessment_id: str, number: int) -> HttpResponse:
    own = access.own_assessment(request, assessment_id, "read")
    frozen = access.own_version(own.assessment, number)
    reader = Reader(kind="version", key=own.assessment.id, version=frozen, may_export=own.may("export"))
    return show_report(request, own.assessment, reader)


@require_safe
def version_record(request: HttpRequest, assessment_id: str, number: int, kind: str) -> HttpResponse:
    assessment = access.own_assessment(request, assessment_id, "read").assessment
    frozen = access.own_version(assessment, number)
    return send_record(request, assessment, Reader(kind="version", key=assessment.id, version=frozen), kind)


@require_safe
def version_diff(request: HttpRequest, assessment_id: str, number: int, other: str) -> HttpResponse:
    """What differs between a version and another one, or the answers of now."""
    own = access.own_assessment(request, assessment_id, "read")
    assessment = own.assessment
    before = access.own_version(assessment, number)
    after = None if other == NOW else access.own_version(assessment, access.number_in(other))
    sheet = sheet_of_version(after) if after else read_sheet(assessment)
    diff = compare(_frozen(before), _frozen(after) if after else _live(sheet))
    page = VersionDiffPage(
        assessment=assessment,
        sheet=sheet,
        before=before,
        after=after,
        diff=_authored(diff, assessment, before, after),
        may_edit=own.may("edit"),
    )
    return render_page(request, page)


def _authored(diff: VersionDiff, assessment: Assessment, before: Version, after: Version | None) -> VersionDiff:
    """The same with who changed each answer last in between, where the history knows."""
    last = history.last_changes(assessment, until=after.created_at if after else None) if diff.answers else {}
    answers = [
        with_author(move, last[move.path])
        if move.path in last and last[move.path].at > before.created_at - versions.CLOSE
        else move
        for move in diff.answers
    ]
    return replace(diff, answers=answers)


def _frozen(version: Version) -> State:
    return _state(sheet_of_version(version), result_of(version))


def _live(sheet: AnswerSheet) -> State:
    return _state(sheet, sheet.result)


def _state(sheet: AnswerSheet, result: Result) -> State:
    return State(framework=sheet.framework, said=history.all_said(sheet.stated), result=result)


@require_http_methods(["GET", "HEAD", "POST"])
def go_back(request: HttpRequest, assessment_id: str, number: int) -> HttpResponse:
    """Asks first, with everything that would change, then sets the answers to those of a version."""
    own = access.own_assessment(request, assessment_id, "edit")
    assessment = own.assessment
    wanted = access.own_version(assessment, number)
    if request.method == "POST":
        versions.go_back(assessment, own.actor, wanted)
        return redirect("versions", assessment.id)
    sheet = read_sheet(assessment)
    then = replace(_frozen(wanted), said=history.all_said(versions.wanted_of(sheet, wanted)))
    page = GoBackPage(
        assessment=assessment,
        sheet=sheet,
        wanted=wanted,
        diff=compare(_live(sheet), then),
        has_pilot=bool(sheet.document.pilot),
    )
    return render_page(request, page)
