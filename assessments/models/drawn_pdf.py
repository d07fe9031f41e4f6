"""PDFs that were drawn or are being drawn: each once, for all who ask for the same, on whichever machine."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_noop

from .choices import SpokenChoices
from .queued import QueuedWork


class DrawingState(SpokenChoices):
    DRAWING = "drawing", gettext_noop("Being drawn")
    DRAWN = "drawn", gettext_noop("Drawn")
    FAILED = "failed", gettext_noop("Could not be drawn")


class DrawnPdf(QueuedWork):
    """One PDF, kept for a day by all that it shows."""

    UNDONE = DrawingState.DRAWING
    QUEUED_AT = "asked_at"

    key = models.CharField(max_length=64, primary_key=True)
    """A hash of all that tells it from others, and of what draws it."""
    state = models.CharField(max_length=8, choices=DrawingState.choices, default=DrawingState.DRAWING)
    pdf = models.BinaryField(null=True)
    pages = models.PositiveIntegerField(default=0)
    """How many are laid out."""
    order = models.BinaryField(null=True)
    """All that it is drawn from (drawing/paper.py: PaperToDraw); none once it ended."""
    asked_at = models.DateTimeField(default=timezone.now, db_index=True)
    """When it was begun by somebody."""

    def __str__(self) -> str:
        return f"{self.key[:12]}: {self.state}"
