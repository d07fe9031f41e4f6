"""What lists show of an assessment, in columns to sort and filter by. Worked out anew when it is old."""

from django.db import models

from .assessment import Assessment
from .workspace import Workspace


class ListEntry(models.Model):
    assessment = models.OneToOneField(Assessment, on_delete=models.CASCADE, primary_key=True, related_name="list_entry")
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+", db_index=False)
    """The assessment's, so that a list need not look it up. One that is deleted has no row here."""
    at = models.DateTimeField()
    """The assessment's `changed_at` that this was worked out for."""
    name = models.CharField(max_length=200)
    task_kind = models.CharField(max_length=64, blank=True)
    approach = models.CharField(max_length=64)
    action = models.CharField(max_length=32)
    wording = models.CharField(max_length=32, blank=True)
    """What the verdict says otherwise, as in the engine's `Standing`."""
    leaf = models.CharField(max_length=64)
    settled = models.BooleanField()
    measured = models.BooleanField(default=False)
    """Whether a measured comparison decides, and not the answers."""
    ceiling = models.CharField(max_length=4)
    """Whether the prompt ceiling is reached: `yes`, `no`, or `open` where nobody knows yet."""
    ceiling_met = models.PositiveIntegerField()
    reasons_for = models.PositiveIntegerField()
    reasons_against = models.PositiveIntegerField()
    labelled = models.PositiveBigIntegerField(null=True)
    payback_months = models.FloatField(null=True)
    """Of tuning, whatever the verdict. None where it never pays back, or where its costs were not entered:
    `has_costs` tells."""
    has_costs = models.BooleanField()
    pilot = models.CharField(max_length=8, blank=True, default="")
    """How its pilot ended, as the document has it; empty while nobody said."""
    answered = models.PositiveIntegerField()
    questions = models.PositiveIntegerField()

    class Meta:
        indexes = [  # has all that the tiles over a list count
            models.Index(
                fields=["workspace", "action", "approach", "answered", "questions"], name="list_entries_counted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.approach}"
