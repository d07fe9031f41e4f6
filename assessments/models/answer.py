"""One answer as it is stored, with the version that a save must name."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Length

from assessments.engine.fields import LONGEST_TEXT

from .assessment import Assessment

models.TextField.register_lookup(Length)


class AnswerChange(models.Model):
    """One change of one answer: who, when, from what to what. Never changed itself."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="changes")
    key = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    """The version of the answer that this change made; 0 for what an assessment started with."""
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["assessment", "-at"], name="changes_by_time")]

    def __str__(self) -> str:
        return f"{self.assessment_id}.{self.key} {self.version}"


class StoredAnswer(models.Model):
    """A row for each question key: different answers never collide.

    Saves are compare-and-swap on `version`. A save that is sent twice is recognised by its content,
    so that no separate mark for it is kept.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=64)
    value = models.JSONField(null=True)
    evidence = models.TextField(blank=True)
    link = models.TextField(blank=True)
    strength = models.CharField(max_length=16, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "key"], name="one_answer_per_question"),
            models.CheckConstraint(
                condition=models.Q(evidence__length__lte=LONGEST_TEXT, link__length__lte=LONGEST_TEXT),
                name="answer_texts_are_bounded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}.{self.key}"
