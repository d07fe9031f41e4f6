"""Versions: listed, frozen, read back and compared; and where the sign-off stands."""

import msgspec
from django.utils import timezone

from assessments import access
from assessments.engine.fields import text_fault
from assessments.engine.plain_text import plain_text
from assessments.models import Version
from assessments.presenters.version_diff import State, compare, headline_of
from assessments.services import history, versions
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.own_frameworks import framework_at
from assessments.services.sign_off_due import due_again
from assessments.services.sign_off_state import state_of

from . import asked, shapes
from .one_assessment import ONE
from .operation import OPERATIONS, Call, NotDone

_VERSIONS = f"{ONE}/versions"


@OPERATIONS.add("GET", _VERSIONS, opens="assessment", right="read", gives=shapes.VersionList)
def list_versions(call: Call) -> shapes.VersionList:
    """Every frozen version, the newest first."""
    found = list(access.own_versions(call.own.assessment))
    decided = access.decided_in(found)
    return shapes.VersionList(
        versions=[_version(one, headline_of(framework_at(one.framework), decided[one.pk])) for one in found]
    )


def _version(version: Version, verdict: str) -> shapes.VersionAnswer:
    return shapes.VersionAnswer(
        number=version.number,
        verdict=verdict,
        reason=version.reason,
        content_hash=version.content_hash,
        created_at=version.created_at,
        created_by=str(version.created_by or ""),
    )


@OPERATIONS.add(
    "POST",
    _VERSIONS,
    opens="assessment",
    right="freeze",
    sends=asked.SentReason,
    gives=shapes.VersionAnswer,
    status=201,
)
def freeze(call: Call) -> shapes.VersionAnswer:
    """Freezes what is answered now. Where nothing has changed since the last version, it is that one."""
    reason = plain_text(call.sent.reason).strip()
    if fault := text_fault(reason):
        raise NotDone(422, "There is a problem", f"The reason {fault}. Nothing was changed.")
    version = versions.freeze(call.own.assessment, call.actor, reason=reason)
    return _version(version, headline_of(framework_at(version.framework), versions.result_of(version)))


@OPERATIONS.add("GET", f"{_VERSIONS}/<int:number>", opens="assessment", right="export", gives=shapes.FrozenAnswer)
def read_version(call: Call) -> shapes.FrozenAnswer:
    """A version as it was frozen: its document and its result."""
    frozen = access.own_version(call.own.assessment, call.arguments["number"])
    return shapes.FrozenAnswer(
        number=frozen.number, content_hash=frozen.content_hash, document=frozen.document, result=frozen.result
    )


@OPERATIONS.add(
    "GET",
    f"{_VERSIONS}/<int:number>/to/<slug:other>",
    opens="assessment",
    right="read",
    gives=shapes.DifferencesAnswer,
)
def compare_versions(call: Call) -> shapes.DifferencesAnswer:
    """What differs between a version and another one, or “now”."""
    assessment, other = call.own.assessment, call.arguments["other"]
    before = _frozen(access.own_version(assessment, call.arguments["number"]))
    after = (
        _live(read_sheet(assessment))
        if other == "now"
        else _frozen(access.own_version(assessment, access.number_in(other)))
    )
    found = compare(before, after)
    return shapes.DifferencesAnswer(
        summary=found.lead,
        verdict_before=found.verdict_before,
        verdict_after=found.verdict_after,
        answers=msgspec.to_builtins(found.answers),
        groups=[
            shapes.DifferenceGroup(
                heading=one.heading, moved=msgspec.to_builtins(one.moved), added=one.added, gone=one.gone
            )
            for one in found.groups
        ],
    )


def _frozen(version: Version) -> State:
    sheet = versions.sheet_of_version(version)
    return State(framework=sheet.framework, said=history.all_said(sheet.stated), result=versions.result_of(version))


def _live(sheet: AnswerSheet) -> State:
    return State(framework=sheet.framework, said=history.all_said(sheet.stated), result=sheet.result)


@OPERATIONS.add("GET", f"{ONE}/sign-off", opens="assessment", right="read", gives=shapes.SignOffAnswer)
def read_sign_off(call: Call) -> shapes.SignOffAnswer:
    """Where the sign-off stands, and why a decision wants another look. Only people ask for it and decide."""
    assessment = call.own.assessment
    state = state_of(assessment)
    return shapes.SignOffAnswer(
        state=state.kind,
        words=state.words,
        version=state.number,
        decided=state.decided,
        asked=state.asked,
        open_conditions=state.open_conditions,
        is_current=state.is_current,
        due=due_again(assessment, timezone.localdate()) if state.approved else [],
    )
