"""Reviewed files of the market, as they were taken over. The newest one counts."""

from django.db import models
from django.utils import timezone


class MarketFile(models.Model):
    sha256 = models.CharField(max_length=64)
    """Of the file as it was handed in."""
    as_of = models.DateField()
    """The day that the file names as its own."""
    text = models.TextField()
    reviewed_by = models.CharField(max_length=200)
    """As the person who took it over named who had looked through it."""
    stored_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"market of {self.as_of}"
