"""A link that lets anyone who has it read a result: one frozen version, or always the newest state."""

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from .assessment import Assessment
from .version import Version

USUAL_LIFE, LONGEST_LIFE = timedelta(days=30), timedelta(days=365)


def in_a_month() -> datetime:
    return timezone.now() + USUAL_LIFE


class ShareLink(models.Model):
    """Only the digest of the token is stored: a stolen database opens nothing."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="share_links")
    version = models.ForeignKey(Version, on_delete=models.CASCADE, null=True, related_name="share_links")
    """The frozen version it shows; always the newest state without one."""
    name = models.CharField(max_length=100, blank=True)
    token_digest = models.CharField(max_length=64, unique=True)
    with_costs = models.BooleanField(default=True)
    with_evidence = models.BooleanField(default=True)
    passphrase = models.CharField(max_length=200, blank=True)
    """Argon2, or empty where none is asked for."""
    openings_allowed = models.PositiveIntegerField(null=True)
    opened = models.PositiveIntegerField(default=0)
    last_opened_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=in_a_month)
    paused_at = models.DateTimeField(null=True)
    switched_off_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.token_digest[:8]}"

    @staticmethod
    def digest(token: str) -> str:
        """SHA-256 of a token. The token is random with 256 bits, so it needs no salt."""
        return hashlib.sha256(token.encode()).hexdigest()


class Tries(models.Model):
    """How many passphrases were tried at one link from one network since a moment, counted across processes."""

    link = models.ForeignKey(ShareLink, on_delete=models.CASCADE, related_name="tries")
    network = models.CharField(max_length=64)
    since = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "network"], name="one_count_of_a_network")]

    def __str__(self) -> str:
        return f"{self.link_id} from {self.network}: {self.count}"
