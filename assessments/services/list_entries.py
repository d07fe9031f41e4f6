"""Where each assessment stands, kept in columns that lists can sort and filter by.

Answering does not touch them, so that autosave stays as fast as it is. They are brought up to date
when a list is opened: those of assessments that have changed since, some hundred at a time.
"""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import QuerySet, prefetch_related_objects

from assessments.engine.answers import Answers
from assessments.engine.decision import Economics
from assessments.engine.facts import ground_of
from assessments.engine.lenses.decision_tree import ceiling, ceiling_steps
from assessments.engine.robustness import is_settled
from assessments.models import Assessment, ListEntry
from assessments.steps import progress

from .answer_sheet import NAME, AnswerSheet, sheet_of
from .sign_off_list import sign_offs_to_keep

AT_ONCE = 300
"""How many are worked out in one request: well under a second."""

_COLUMNS = [field.name for field in ListEntry._meta.concrete_fields if not field.primary_key and not field.generated]


def out_of_date(assessments: QuerySet[Assessment]) -> QuerySet[Assessment]:
    return assessments.filter(list_entry_is_old=True)


def bring_up_to_date(assessments: QuerySet[Assessment], *, at_most: int | None = None) -> int:
    """Works out those that are out of date, the last changed first. Says how many it was."""
    # The assessments are read before their answers: one that changes in between stays out of date.
    behind = out_of_date(assessments).prefetch_related("values").order_by("-changed_at", "pk")
    rows = list(behind[: at_most or AT_ONCE])
    work_out(rows)
    return len(rows)


def refresh(*, anew: bool) -> int:
    """Works out where the assessments of all workspaces stand, as far as they have changed, or anew. Says how many."""
    if anew:
        Assessment.objects.update(list_entry_is_old=True)
    done = 0
    while batch := bring_up_to_date(Assessment.objects.filter(deleted_at=None).exclude(workspace=None)):
        done += batch
    return done


def entries_of(assessments: Sequence[Assessment]) -> dict[str, ListEntry]:
    """Where these of a workspace stand, by id: worked out first where that is old, else only looked up."""
    old = [one for one in assessments if one.list_entry_is_old]
    prefetch_related_objects(old, "values")
    work_out(old)
    return ListEntry.objects.in_bulk([one.pk for one in assessments])


def work_out(assessments: Iterable[Assessment]) -> None:
    """Stores where these stand, whether or not it was stored before; not for what was deleted meanwhile."""
    listed = {one.pk: one for one in assessments}
    rows = {pk: list_entry_of(one, sheet_of(one, one.values.all())) for pk, one in listed.items()}
    if not rows:
        return
    with transaction.atomic():
        there = Assessment.objects.select_for_update().filter(pk__in=rows, deleted_at=None)
        now = dict(there.order_by("pk").values_list("pk", "changed_at"))
        # Only now, as no sign-off moves while they are locked: that does not move `changed_at`.
        for pk, kept in sign_offs_to_keep([listed[pk] for pk in now]).items():
            rows[pk].sign_off, rows[pk].due_from = kept.rank, kept.due_from
        ListEntry.objects.bulk_create(
            [rows[pk] for pk in now],
            update_conflicts=True,
            unique_fields=["assessment"],
            update_fields=_COLUMNS,
        )
        current = [pk for pk, changed_at in now.items() if rows[pk].at == changed_at]
        Assessment.objects.filter(pk__in=current).update(list_entry_is_old=False)


def list_entry_of(assessment: Assessment, sheet: AnswerSheet) -> ListEntry:
    """The unsaved row. Before there is a verdict, approach and action are empty."""
    framework, document, verdict = sheet.framework, sheet.document, sheet.verdict
    begun = verdict.has_begun
    how_far = progress(sheet)
    return ListEntry(
        assessment=assessment,
        workspace_id=assessment.workspace_id,  # type: ignore[misc] # stored are those of workspaces alone
        at=assessment.changed_at,
        name=str(sheet.stated[NAME].value)[: ListEntry._meta.get_field("name").max_length],
        task_kind=document.use_case.get("task_kind", ""),
        approach=verdict.approach or "",
        action=verdict.action if begun else "",
        wording=verdict.standings[verdict.leads].wording,
        leaf=verdict.leaf,
        settled=begun and is_settled(ground_of(framework, document)),
        measured=verdict.measured is not None,
        ceiling=ceiling(framework, document.answers),
        ceiling_met=_met(ceiling_steps(framework), document.answers),
        reasons_for=verdict.counts.indicators,
        reasons_against=verdict.counts.anti_indicators,
        labelled=verdict.data.labelled,
        payback_months=_payback(verdict.economics),
        has_costs=verdict.economics is not None and verdict.economics.tuning_case is not None,
        pilot=document.pilot.get("pilot_outcome", ""),
        answered=how_far.answered,
        questions=how_far.of,
    )


def _met(keys: Iterable[str], answers: Answers) -> int:
    return sum(map(answers.met, keys))


def _payback(economics: Economics | None) -> float | None:
    """Months in which tuning pays back, where it does: what is cheaper only at first never does."""
    worth = economics.tuning_case if economics else None
    if worth is None or (worth.break_even_months == 0 and worth.durable_break_even_months is None):
        return None
    return worth.break_even_months
