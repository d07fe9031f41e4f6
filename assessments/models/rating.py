"""Rounds in which several people answer the same questions blind to each other, and what was settled then."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from .assessment import Assessment


class RatingRound(models.Model):
    """One at a time is open for an assessment. What was said in it stays as it was said."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="rating_rounds")
    section = models.CharField(max_length=64, blank=True)
    """Whose questions are asked; empty for the whole questionnaire."""
    framework = models.CharField(max_length=16)
    """Of which the questions are, whatever the assessment stands under by now."""
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    settled = models.JSONField(default=dict)
    """What was settled on, by path."""

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"], condition=models.Q(closed_at=None), name="one_open_round_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}: round {self.pk}"


class Rater(models.Model):
    """One person of a round, and what they say: by path value, evidence, link and strength."""

    round = models.ForeignKey(RatingRound, on_delete=models.CASCADE, related_name="raters")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="ratings")
    said = models.JSONField(default=dict)
    handed_in_at = models.DateTimeField(null=True)
    """From then on nothing of it changes."""
    declined_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["round", "user"], name="one_rater_of_a_person")]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.user_id}"

    @classmethod
    def asked(cls) -> models.QuerySet["Rater"]:
        """Those who are asked and have neither handed in nor declined: they see nothing of what others answered."""
        return cls.objects.filter(handed_in_at=None, declined_at=None, round__closed_at=None)
