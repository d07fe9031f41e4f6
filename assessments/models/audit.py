"""What was done, in a chain: each event carries a keyed hash over itself and the one before. Only added to."""

from django.conf import settings
from django.db import models


class AuditEvent(models.Model):
    chain = models.CharField(max_length=12)
    """The workspace whose chain this is; not a foreign key, so that a chain outlives what it is about."""
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    who = models.CharField(max_length=300)
    """The person's name and address at that time, or what kind of visitor it was."""
    act = models.CharField(max_length=64)
    about = models.CharField(max_length=64, blank=True)
    """The id of the assessment, version, link or member it was done to."""
    details = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    mac = models.CharField(max_length=64)

    class Meta:
        ordering = ["chain", "sequence"]
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="one_event_of_a_place")]
        indexes = [models.Index(fields=["chain", "about", "-sequence"], name="events_by_subject")]

    def __str__(self) -> str:
        return f"{self.chain} {self.sequence} {self.act}"


class AuditHead(models.Model):
    """Where a chain ends. The row is locked while an event is added."""

    chain = models.CharField(primary_key=True, max_length=12)
    sequence = models.PositiveBigIntegerField(default=0)
    mac = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.chain} {self.sequence}"
