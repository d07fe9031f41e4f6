"""Failures that people label one at a time: each text, what everybody called it, and what they settled on."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from .assessment import Assessment

LONGEST_FAILURE = 10_000


class FailureText(models.Model):
    """One failure that somebody pasted, kept until it is counted or removed."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="failure_texts")
    text = models.TextField()
    settled = models.CharField(max_length=64, blank=True)
    """The mode that two people agreed on after they had labelled it otherwise."""
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(text__length__lte=LONGEST_FAILURE), name="failure_texts_are_bounded"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}: failure {self.pk}"


class FailureLabel(models.Model):
    """What one person called one failure. An empty mode says that they could not tell."""

    failure = models.ForeignKey(FailureText, on_delete=models.CASCADE, related_name="labels")
    labeller = models.CharField(max_length=32)
    """Tells one person from another, also when the account is gone; `trial` for somebody without one."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    mode = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["failure", "labeller"], name="one_label_of_a_person")]

    def __str__(self) -> str:
        return f"{self.failure_id}: {self.mode} by {self.labeller}"
