"""Pilots: the criteria that were signed for one, and how those of a workspace ended."""

from collections import Counter
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from assessments.engine.measured.pilot import OUTCOME, OUTCOMES, PASSED, STOPPED, PilotRecord, Rows, SignedCriteria
from assessments.models import Assessment, ListEntry, StoredValue, Version, Workspace
from assessments.prepared import Prepared, given_id

from .sign_off_state import state_of


def signed_criteria(assessment: Assessment) -> SignedCriteria | None:
    """Those of the newest version that everybody who was asked has approved; None where there is none."""
    approved = state_of(assessment).approved if assessment.workspace_id else None
    if approved is None:
        return None
    return SignedCriteria(number=approved.version.number, rows=criteria_in(approved.version))


def criteria_in(version: Version) -> Rows:
    """What a pilot must show, as it stands in the answers that were frozen."""
    rows: Rows = version.document.get("targets", {}).get("exit_criteria", ())
    return rows


def record_of_team(assessment: Assessment) -> PilotRecord:
    """How the pilots of its workspace ended, its own among them; empty where it is in none."""
    if assessment.workspace_id is None:
        return PilotRecord(passed=0, of=0)
    workspace = assessment.workspace_id
    ended = Counter(dict(_LISTED.ask(workspace=workspace)))
    for listed, said in _OLD.ask(workspace=workspace):
        ended.subtract([listed])
        ended.update([said])
    told = {outcome: ended[outcome] for outcome in OUTCOMES}
    return PilotRecord(passed=told[PASSED], of=sum(told.values()), stopped=told[STOPPED])


def _listed() -> QuerySet[ListEntry, Any]:
    """How many ended in each way, as the list has it: the index of its counts answers."""
    entries = ListEntry.objects.filter(workspace=given_id("workspace", Workspace)).order_by()
    return entries.values_list("pilot").annotate(Count("action"))


def _old() -> QuerySet[Assessment, Any]:
    """Those that have changed since: what the list has of each, and what it says itself."""
    workspace = given_id("workspace", Workspace)
    said = StoredValue.objects.filter(assessment=OuterRef("pk"), path=OUTCOME).values("value")[:1]
    old = Assessment.objects.filter(workspace=workspace, deleted_at=None, list_entry_is_old=True).order_by()
    return old.values_list("list_entry__pilot", Subquery(said))


_LISTED, _OLD = Prepared(_listed), Prepared(_old)
