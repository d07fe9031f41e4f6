"""One answer as it is stored, with the version that a save must name."""

from django.db import models
from django.db.models.functions import Length

from assessments.engine.document import LONGEST_TEXT

from .assessment import Assessment

models.TextField.register_lookup(Length)


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
