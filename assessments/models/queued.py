"""Work that waits in its row until a machine with room takes it: reports to draw, files to read, messages to send."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

SILENT_AFTER = timedelta(seconds=20)
"""Whoever works shows it each second: after this its machine counts as gone. Clocks may differ by less."""


class QueuedWork(models.Model):
    """Each model has states of its own; UNDONE and FAILED name two of its values, QUEUED_AT since when it waits."""

    UNDONE = ""
    FAILED = "failed"
    QUEUED_AT = ""

    state = models.CharField(max_length=8)
    heartbeat = models.DateTimeField(null=True)
    """When whoever works on it last showed that it goes on; none while it waits."""
    attempt = models.PositiveIntegerField(default=0)
    """Counts how often it was begun: what an earlier attempt still brings is not taken."""
    begun_again = models.BooleanField(default=False)
    """Whether it was begun again because a machine fell silent, which happens once."""
    told = models.CharField(max_length=16, blank=True)
    """Why it failed, as a code: `out_of_limits`, `stopped`, `gone`, `fault`, or one of the kind's own."""

    class Meta:
        abstract = True


def free_to_take() -> Q:
    """What nobody works on: it waits, or its machine fell silent."""
    return Q(heartbeat=None) | Q(heartbeat__lt=timezone.now() - SILENT_AFTER)
