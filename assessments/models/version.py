"""An assessment frozen as a numbered version: what was answered, what it came to, and its hash. Never changed."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from .assessment import Assessment


class Version(models.Model):
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    framework = models.CharField(max_length=16)
    document = models.JSONField()
    result = models.JSONField()
    content_hash = models.CharField(max_length=64, db_index=True)
    """SHA-256 over the canonical JSON of document and result."""
    reason = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    last_edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    """Whoever changed the content last before it was frozen: that person cannot approve it alone."""

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["assessment", "number"], name="one_version_of_a_number")]

    def __str__(self) -> str:
        return f"{self.assessment_id} version {self.number}"
