"""PDFs that were drawn or are being drawn: each once, for all who ask for the same, on whichever machine."""

from django.db import models
from django.utils import timezone


class DrawingState(models.TextChoices):
    DRAWING = "drawing", "Being drawn"
    DRAWN = "drawn", "Drawn"
    FAILED = "failed", "Could not be drawn"


class DrawnPdf(models.Model):
    """One PDF, kept for a day by all that it shows."""

    key = models.CharField(max_length=64, primary_key=True)
    """A hash of all that tells it from others, and of what draws it."""
    state = models.CharField(max_length=8, choices=DrawingState.choices, default=DrawingState.DRAWING)
    pdf = models.BinaryField(null=True)
    pages = models.PositiveIntegerField(default=0)
    """How many are laid out."""
    heartbeat = models.DateTimeField(default=timezone.now)
    """When the drawing last showed that it goes on."""
    attempt = models.PositiveIntegerField(default=1)
    """Counts how often it was begun: what an earlier attempt still brings is not taken."""
    begun_again = models.BooleanField(default=False)
    """Whether it was begun again by itself, which happens once."""
    told = models.CharField(max_length=16, blank=True)
    """Why it failed, as a code: `out_of_limits`, `stopped`, `fault`."""
    asked_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.key[:12]}: {self.state}"
