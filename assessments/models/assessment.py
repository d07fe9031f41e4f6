"""One use case, assessed once, kept and revised."""

import secrets
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that looks alike
UNDO_FOR = timedelta(days=7)


def new_id() -> str:
    """A short random id: 59 bits, enough to be unique. It grants nothing."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(12))


class Assessment(models.Model):
    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    browser = models.CharField(max_length=64, blank=True, db_index=True)
    """The browser session it belongs to; empty for a sample."""
    sample = models.SlugField(max_length=64, blank=True)
    """The name of a sample that everybody can read; empty for people's own."""
    framework = models.CharField(max_length=16)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-changed_at"]
        constraints = [
            models.UniqueConstraint(fields=["sample"], condition=~models.Q(sample=""), name="one_sample_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.id

    @property
    def undo_until(self) -> datetime | None:
        """Until when a deleted assessment can be brought back."""
        return self.deleted_at and self.deleted_at + UNDO_FOR
