"""The history of answers: who changed what, when, from what to what."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from assessments.models import AnswerChange, Assessment

ONE_GO = timedelta(minutes=1)
"""Saves by one person to one answer that follow each other this closely are one change, as while typing."""


def record(assessment: Assessment, key: str, *, version: int, before: Any, after: Any, at: datetime) -> None:
    """Keeps a change that made this version of the answer. Whoever acts stands on the assessment."""
    going_on = AnswerChange.objects.filter(
        assessment=assessment, key=key, by=assessment.person, version=version - 1, at__gte=at - ONE_GO
    )
    if not going_on.update(after=after, version=version, at=at):
        AnswerChange.objects.create(
            assessment=assessment, key=key, version=version, before=before, after=after, by=assessment.person, at=at
        )


def record_first(assessment: Assessment, answers: Iterable[tuple[str, Any]], *, at: datetime) -> None:
    """Keeps what an assessment started with, such as the answers of a file; no later change amends it."""
    AnswerChange.objects.bulk_create(
        AnswerChange(assessment=assessment, key=key, version=0, before=None, after=after, by=assessment.person, at=at)
        for key, after in answers
    )


def changes_of(assessment: Assessment, key: str = "") -> Iterable[AnswerChange]:
    """Every change, the newest first; of one answer if a key is given."""
    changes = assessment.changes.select_related("by")
    return changes.filter(key=key) if key else changes
