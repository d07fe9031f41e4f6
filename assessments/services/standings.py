"""Where each assessment stands, kept in columns that lists can sort and filter by.

Answering does not touch them, so that autosave stays as fast as it is. They are brought up to date
when a list is opened: those of assessments that have changed since, some hundred at a time.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When

from assessments.engine.answers import Answers
from assessments.engine.begun import has_begun
from assessments.engine.decision import Economics
from assessments.engine.lenses.decision_tree import ceiling_steps
from assessments.engine.robustness import is_settled
from assessments.engine.verdict import ground_of
from assessments.models import Assessment, Standing
from assessments.steps import progress

from .answer_sheet import AnswerSheet, sheet_of

AT_ONCE = 300
"""How many are worked out in one request: well under a second."""

IS_CURRENT = Case(When(standing__at=F("changed_at"), then=Value(True)), default=Value(False))
"""Whether an assessment's standing was worked out from its answers as they are now."""

_COLUMNS = [field.name for field in Standing._meta.concrete_fields if not field.primary_key]


def out_of_date(assessments: QuerySet[Assessment]) -> QuerySet[Assessment]:
    return assessments.alias(current=IS_CURRENT).filter(current=False)


def bring_up_to_date(assessments: QuerySet[Assessment], *, at_most: int | None = None) -> int:
    """Works out those that are out of date, the last changed first. Says how many it was."""
    # The assessments are read before their answers: an answer that is saved in between makes a standing
    # out of date again, never one that looks current and is not.
    behind = out_of_date(assessments).prefetch_related("answers").order_by("-changed_at", "pk")
    rows = list(behind[: at_most or AT_ONCE])
    work_out(rows)
    return len(rows)


def work_out(assessments: Iterable[Assessment]) -> None:
    """Stores where these stand, whether or not it was stored before."""
    rows = [standing_of(assessment, sheet_of(assessment, assessment.answers.all())) for assessment in assessments]
    if not rows:
        return
    with transaction.atomic():
        Standing.objects.bulk_create(rows, update_conflicts=True, unique_fields=["assessment"], update_fields=_COLUMNS)


def standing_of(assessment: Assessment, sheet: AnswerSheet) -> Standing:
    """The unsaved row. Before there is a verdict, approach and action are empty."""
    framework, document, verdict = sheet.framework, sheet.document, sheet.verdict
    begun = has_begun(verdict, document)
    how_far = progress(sheet)
    return Standing(
        assessment=assessment,
        at=assessment.changed_at,
        name=sheet.name[: Standing._meta.get_field("name").max_length],
        task_kind=document.use_case.get("task_kind", ""),
        approach=verdict.approach if begun else "",
        action=verdict.action if begun else "",
        leaf=verdict.leaf,
        settled=begun and is_settled(ground_of(framework, document)),
        ceiling_met=_met(ceiling_steps(framework), document.answers),
        reasons_for=verdict.counts.indicators,
        reasons_against=verdict.counts.anti_indicators,
        labelled=verdict.data.labelled,
        payback_months=_payback(verdict.economics),
        has_costs=verdict.economics is not None,
        answered=how_far.answered,
        questions=how_far.of,
    )


def _met(keys: Iterable[str], answers: Answers) -> int:
    return sum(map(answers.met, keys))


def _payback(economics: Economics | None) -> float | None:
    """Months, where it pays back: what is cheaper only at first never does."""
    worth = economics.investment if economics else None
    if worth is None or (worth.break_even_months == 0 and worth.durable_break_even_months is None):
        return None
    return worth.break_even_months
