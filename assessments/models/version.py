"""An assessment frozen as a numbered version: what was answered, what it came to, and its hash. Never changed."""

from typing import Any, Never

from django.conf import settings
from django.db import models
from django.utils import timezone

from .assessment import Assessment


class FrozenVersion(Exception):
    """A frozen version is neither changed nor deleted; it goes only together with its assessment."""


class _OnlyAddedTo(models.QuerySet["Version"]):
    """Versions are looked up and added. Deleting an assessment still takes them along: Django does that below here."""

    def update(self, **values: Any) -> Never:
        raise FrozenVersion

    def delete(self) -> Never:
        raise FrozenVersion

    def bulk_update(self, *args: Any, **more: Any) -> Never:
        raise FrozenVersion

    def claim(self, user: Any) -> None:
        """Names who froze them, and whose answers these were, where that was somebody without an account.

        What was frozen and hashed stays as it is.
        """
        for name in ("created_by", "last_edited_by"):
            super(_OnlyAddedTo, self.filter(**{name: None})).update(**{name: user})


class Version(models.Model):
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    framework = models.CharField(max_length=16)
    document = models.JSONField()
    result = models.JSONField()
    content_hash = models.CharField(max_length=64, db_index=True)
    """What was decided, on what and by which rules, as one SHA-256 (engine/content_hash.py)."""
    hash_rule = models.PositiveSmallIntegerField()
    """By which of the rules for that it was hashed."""
    reason = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    last_edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    """Whoever changed the content last before it was frozen: that person cannot approve it alone."""

    objects = _OnlyAddedTo.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["assessment", "number"], name="one_version_of_a_number")]

    def __str__(self) -> str:
        return f"{self.assessment_id} version {self.number}"

    def save(self, *args: Any, **more: Any) -> None:
        if not self._state.adding:
            raise FrozenVersion
        super().save(*args, **more)

    def delete(self, *args: Any, **more: Any) -> Never:
        raise FrozenVersion

    @property
    def word(self) -> str:
        """Its number as text."""
        return str(self.number)

    @property
    def before(self) -> int:
        return self.number - 1

    @property
    def place(self) -> str:
        """Its name in the audit trail."""
        return f"{self.assessment_id}.{self.number}"
