"""Changing a part of an assessment that is kept whole, such as the matrix: read, change and write in one go."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from assessments.models import Assessment, StoredAnswer, User

from . import history


@transaction.atomic
def change_part(assessment: Assessment, actor: User | None, key: str, change: Callable[[Any], Any]) -> datetime:
    """Stores what `change` makes of the stored value (None where there is none), and says when.

    Two people who change different things in one part both keep theirs: the row lock on the
    assessment lets one change through at a time.
    """
    now = timezone.now()
    assessment.mark_changed(now)
    stored = StoredAnswer.objects.filter(assessment=assessment, key=key).first()
    if stored is None:
        stored = StoredAnswer(assessment=assessment, key=key, version=0, strength="opinion")
    before = stored.value
    stored.value = change(before)
    if stored.value == before:
        transaction.set_rollback(True)  # nothing changed now
        return now
    stored.version += 1
    stored.changed_at = now
    stored.save()
    after = _json(stored.value)
    history.record(assessment, actor, key, version=stored.version, before=_json(before), after=after, at=now)
    return now


def _json(value: Any) -> dict[str, Any] | None:
    return None if value is None else {"value": value}
