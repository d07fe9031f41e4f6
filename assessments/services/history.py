"""The history of answers: who changed what, when, from what to what."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery

from assessments.models import AnswerChange, Assessment, User, Version

ONE_GO = timedelta(minutes=1)
"""Saves by one person to one answer that follow each other this closely are one change, as while typing."""


def record(
    assessment: Assessment, actor: User | None, key: str, *, version: int, before: Any, after: Any, at: datetime
) -> None:
    """Keeps a change that made this version of the answer.

    What a frozen version shows is never amended.
    """
    going_on = AnswerChange.objects.filter(
        assessment=assessment, key=key, by=actor, version=version - 1, at__gte=at - ONE_GO
    ).exclude(Exists(Version.objects.filter(assessment=assessment, created_at__gte=OuterRef("at"))))
    if not going_on.update(after=after, version=version, at=at):
        AnswerChange.objects.create(
            assessment=assessment, key=key, version=version, before=before, after=after, by=actor, at=at
        )


def record_first(
    assessment: Assessment, actor: User | None, answers: Iterable[tuple[str, Any]], *, at: datetime
) -> None:
    """Keeps what an assessment started with, such as the answers of a file; no later change amends it."""
    AnswerChange.objects.bulk_create(
        AnswerChange(assessment=assessment, key=key, version=0, before=None, after=after, by=actor, at=at)
        for key, after in answers
    )


def record_all(
    assessment: Assessment, actor: User | None, changes: Iterable[tuple[str, int, Any, Any]], *, at: datetime
) -> None:
    """Keeps changes that were made at once: key, the version made, before and after. None of them amends another."""
    AnswerChange.objects.bulk_create(
        AnswerChange(assessment=assessment, key=key, version=version, before=before, after=after, by=actor, at=at)
        for key, version, before, after in changes
    )


def last_change(assessment: Assessment) -> AnswerChange | None:
    """What was changed last, and by whom."""
    return assessment.changes.select_related("by").first()


def last_changes(assessment: Assessment, *, until: datetime | None = None) -> dict[str, AnswerChange]:
    """The last change of each answer, up to a moment if one is given."""
    changes = assessment.changes.all()
    if until:
        changes = changes.filter(at__lte=until)
    last = changes.order_by().values("key").annotate(last=Max("pk")).values("last")
    return {change.key: change for change in AnswerChange.objects.filter(pk__in=last).select_related("by")}


def changes_of(assessment: Assessment, key: str = "") -> QuerySet[AnswerChange]:
    """Every change, the newest first; of one answer if a key is given."""
    changes = assessment.changes.select_related("by")
    return changes.filter(key=key) if key else changes


def last_change_of_each(assessments: Iterable[Assessment]) -> dict[str, AnswerChange]:
    """The newest change of each of these assessments, by its id."""
    newest = AnswerChange.objects.filter(assessment=OuterRef("pk")).order_by("-at", "-id").values("pk")[:1]
    ids = Assessment.objects.filter(pk__in=[one.pk for one in assessments]).values_list(Subquery(newest), flat=True)
    return {one.assessment_id: one for one in AnswerChange.objects.filter(pk__in=ids).select_related("by")}
