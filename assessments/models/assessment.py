"""One use case, assessed once, kept and revised."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from assessments.prepared import PreparedUpdate, given_id

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that looks alike
UNDO_FOR = timedelta(days=7)
TRIAL_LASTS = timedelta(days=30)
"""How long what was tried without an account stays after the last visit."""


def new_id() -> str:
    """A short random id: 59 bits, enough to be unique. It grants nothing."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(12))


class Assessment(models.Model):
    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    workspace = models.ForeignKey(
        "assessments.Workspace", on_delete=models.CASCADE, null=True, related_name="assessments"
    )
    """The team it belongs to; none while somebody tries without an account, and for a sample."""
    browser = models.CharField(max_length=64, blank=True, db_index=True)
    """The browser session it belongs to, if no team; empty for a sample."""
    sample = models.SlugField(max_length=64, blank=True)
    """The name of a sample that everybody can read; empty for people's own."""
    framework = models.CharField(max_length=16)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    visited_at = models.DateTimeField(default=timezone.now)
    """When the browser that it belongs to was here last, to the day: of a trial, which goes where nobody comes back."""
    deleted_at = models.DateTimeField(null=True)
    list_entry_is_old = models.BooleanField(default=True)
    """Whether it has changed since `ListEntry` was worked out."""

    class Meta:
        ordering = ["-changed_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(workspace=None) | models.Q(browser="", sample=""), name="belongs_to_one"
            ),
            models.UniqueConstraint(fields=["sample"], condition=~models.Q(sample=""), name="one_sample_of_a_name"),
        ]
        indexes = [
            models.Index(fields=["workspace"], condition=models.Q(list_entry_is_old=True), name="old_list_entries"),
            models.Index(fields=["visited_at"], condition=~models.Q(browser=""), name="trials_by_visit"),
        ]

    def __str__(self) -> str:
        return self.id

    def mark_changed(self, at: datetime, **more: Any) -> None:
        """Stores that it changed. The row's lock lets one change of an assessment through at a time."""
        if more:
            Assessment.objects.filter(pk=self.pk).update(changed_at=at, list_entry_is_old=True, **more)
        else:
            _CHANGED.make(assessment=self.pk, changed_at=at, list_entry_is_old=True)

    @property
    def undo_until(self) -> datetime | None:
        """Until when a deleted assessment can be brought back."""
        return self.deleted_at and self.deleted_at + UNDO_FOR


_CHANGED = PreparedUpdate(
    lambda: Assessment.objects.filter(pk=given_id("assessment", Assessment)), "changed_at", "list_entry_is_old"
)
