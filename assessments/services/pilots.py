"""Pilots: the criteria that were signed for one, and how those of a workspace ended."""

from collections import Counter
from typing import Any

from django.db.models import QuerySet

from assessments.engine.measured.pilot import OUTCOME, OUTCOMES, PASSED, STOPPED, PilotRecord, SignedCriteria
from assessments.models import Assessment, StoredValue, Workspace
from assessments.prepared import Prepared, given_id

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
    ended = Counter(value for value in _ENDED.ask(workspace=assessment.workspace_id) if value in OUTCOMES)
    return PilotRecord(passed=ended[PASSED], of=ended.total(), stopped=ended[STOPPED])


def _ended() -> QuerySet[StoredValue, Any]:
    of_workspace = {"assessment__workspace": given_id("workspace", Workspace), "assessment__deleted_at": None}
    return StoredValue.objects.filter(path=OUTCOME, **of_workspace).values_list("value", flat=True)


_ENDED = Prepared(_ended)
