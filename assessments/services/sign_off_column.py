"""Where the sign-off of assessments stands, as lists show and filter it: one state of a few for each."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from assessments.models import Assessment

from . import sign_off_state
from .sign_off_state import SignOffState

NOT_ASKED = "not_asked"
STATES: Mapping[str, str] = {
    "waiting": "Waiting",
    "objected": "Objected",
    "conditions": "Approved with conditions",
    "earlier": "Earlier version approved",
    "approved": "Approved",
    NOT_ASKED: "Not asked",
}
"""Every state, in the order in which a list by sign-off has them: what wants doing first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffSeen:
    """The state of one assessment, in words, and why its decision wants another look, if it does."""

    state: str = NOT_ASKED
    words: str = STATES[NOT_ASKED]
    due: Sequence[str] = ()


def sign_offs(assessments: Collection[Assessment]) -> Mapping[str, SignOffSeen]:
    """Those of all of these, by id. As many questions to the database for many as for one."""
    if not assessments:
        return {}
    due = sign_off_state.due_looks(assessments, timezone.localdate())
    return {
        pk: SignOffSeen(state=_state(one), words=one.words, due=due.get(pk, ()))
        for pk, one in sign_off_state.states(assessments).items()
    }


def _state(found: SignOffState) -> str:
    if found.is_stale:
        return "earlier"
    return found.kind if found.kind in STATES else "waiting"


def by_state(assessments: Iterable[Assessment]) -> tuple[Mapping[str, list[str]], list[str]]:
    """The ids in each state, and those that want another look; given are those that somebody was asked about."""
    found: dict[str, list[str]] = {state: [] for state in STATES}
    due = []
    for pk, seen in sign_offs(list(assessments)).items():
        found[seen.state].append(pk)
        due += [pk] if seen.due else []
    return found, due
