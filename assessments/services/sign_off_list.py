"""Where sign-offs stand as lists show and filter it, and what is kept of that in a list's own columns."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.models import Assessment

from .sign_off_due import due_from, due_looks
from .sign_off_state import SignOffState, requests_of, states

NOT_ASKED = "not_asked"
STATES: Mapping[str, str] = {
    "waiting": gettext_noop("Waiting"),
    "objected": gettext_noop("Objected"),
    "conditions": gettext_noop("Approved with conditions"),
    "earlier": gettext_noop("Earlier version approved"),
    "approved": gettext_noop("Approved"),
    NOT_ASKED: gettext_noop("Not asked"),
}
"""Every state that a list tells apart, in the order in which it has them: what wants doing first. The catalogue knows
the words by these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffInList:
    """The state of one assessment, in words, and why its decision wants another look, if it does."""

    state: str = NOT_ASKED
    words: str = field(default_factory=lambda: _(STATES[NOT_ASKED]))
    due: Sequence[str] = ()


def sign_offs(assessments: Collection[Assessment]) -> Mapping[str, SignOffInList]:
    """Those of all of these, by id. As many questions to the database for many as for one."""
    if not assessments:
        return {}
    requests = list(requests_of([assessment.pk for assessment in assessments]))
    due = due_looks(assessments, timezone.localdate(), requests)
    return {
        pk: SignOffInList(state=_listed(one), words=one.words, due=due.get(pk, ()))
        for pk, one in states(assessments, requests).items()
    }


def _listed(found: SignOffState) -> str:
    if found.is_stale:
        return "earlier"
    return found.kind if found.kind in STATES else "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffKept:
    """What a list is put in order and narrowed by. It holds until the assessment, its sign-off or the market moves."""

    rank: int
    due_from: date | None


RANKS: Mapping[str, int] = {state: rank for rank, state in enumerate(STATES)}


def sign_offs_to_keep(assessments: Collection[Assessment]) -> Mapping[str, SignOffKept]:
    """Of those that somebody was asked about, by id."""
    requests = list(requests_of([assessment.pk for assessment in assessments]))
    asked = {one.version.assessment_id for one in requests}
    of_these = [assessment for assessment in assessments if assessment.pk in asked]
    due = due_from(of_these, timezone.localdate(), requests)
    return {
        pk: SignOffKept(rank=RANKS[_listed(one)], due_from=due[pk]) for pk, one in states(of_these, requests).items()
    }
