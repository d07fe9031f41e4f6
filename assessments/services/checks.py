"""Ticks on checklists. Each tick is applied on its own to what is stored, so that two people lose none."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assessments.framework import load_framework
from assessments.models import Assessment, StoredAnswer

KEY = "checks"


def tick(assessment: Assessment, wanted: Mapping[str, bool]) -> datetime:
    """Ticks the points that are wanted true and unticks the others, and says when; all else stays as stored.

    Codes that the framework does not have are left out.
    """
    codes = load_framework(assessment.framework).guide.points
    with transaction.atomic():
        # The row lock lets one save of an assessment through at a time.
        now = timezone.now()
        Assessment.objects.filter(pk=assessment.pk).update(changed_at=now)
        stored = StoredAnswer.objects.filter(assessment=assessment, key=KEY).first()
        before = set((stored.value if stored else None) or ())
        ticked = [code for code in codes if wanted.get(code, code in before)]
        if set(ticked) != before:
            _store(assessment, stored, ticked or None, now)
    return now


def _store(assessment: Assessment, stored: StoredAnswer | None, value: list[str] | None, now: datetime) -> None:
    if stored is None:
        StoredAnswer.objects.create(
            assessment=assessment, key=KEY, value=value, strength="opinion", version=1, changed_at=now
        )
    else:
        StoredAnswer.objects.filter(pk=stored.pk, version=stored.version).update(
            value=value, version=stored.version + 1, changed_at=now
        )
