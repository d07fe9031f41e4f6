"""Pilots: the criteria that were signed for one, and how those of a workspace ended."""

from collections import Counter

from assessments.engine.measured.pilot import OUTCOME, OUTCOMES, PASSED, STOPPED, PilotRecord, SignedCriteria
from assessments.models import Assessment, StoredValue

from .sign_off_state import state_of


def signed_criteria(assessment: Assessment) -> SignedCriteria | None:
    """Those of the newest version that everybody who was asked has approved; None where there is none."""
    approved = state_of(assessment).approved if assessment.workspace_id else None
    if approved is None:
        return None
    rows = approved.version.document.get("targets", {}).get("exit_criteria", ())
    return SignedCriteria(number=approved.version.number, rows=rows)


def record_of_team(assessment: Assessment) -> PilotRecord:
    """How the pilots of its workspace ended, its own among them; empty where it is in none."""
    if assessment.workspace_id is None:
        return PilotRecord(passed=0, of=0)
    found = StoredValue.objects.filter(
        path=OUTCOME, assessment__workspace=assessment.workspace_id, assessment__deleted_at=None
    )
    ended = Counter(value for value in found.values_list("value", flat=True) if value in OUTCOMES)
    return PilotRecord(passed=ended[PASSED], of=ended.total(), stopped=ended[STOPPED])
