"""A link that lets anyone who has it read a result: one frozen version, or always the newest state."""

import hashlib
from datetime import datetime, timedelta
from typing import Literal

from django.conf import settings
from django.db import models
from django.utils import timezone

from assessments.prepared import Given

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

    @classmethod
    def live(cls, now: "datetime | Given | None" = None) -> models.QuerySet["ShareLink"]:
        """The links that open something now. One whose openings are used up still does for whoever opened it."""
        return (
            cls.objects.filter(
                switched_off_at=None, paused_at=None, expires_at__gt=now or timezone.now(), assessment__deleted_at=None
            )
            .exclude(assessment__workspace__deleted_at__isnull=False)
            .exclude(assessment__workspace__public_links=False)
        )

    @property
    def is_locked(self) -> bool:
        """Whether a visitor has to do something to open it. Looking at its address opens nothing then."""
        return bool(self.passphrase) or self.openings_allowed is not None

    @property
    def is_used_up(self) -> bool:
        return self.openings_allowed is not None and self.opened >= self.openings_allowed

    @property
    def state(self) -> Literal["on", "paused", "used up", "ended", "off"]:
        """How it stands by itself; a workspace that allows no links is another matter."""
        if self.switched_off_at:
            return "off"
        if self.expires_at <= timezone.now():
            return "ended"
        if self.paused_at:
            return "paused"
        return "used up" if self.is_used_up else "on"

    @property
    def mark(self) -> str:
        """What an unlocked visitor's session keeps: with another passphrase it fits no more."""
        return hashlib.sha256(f"{self.pk}.{self.passphrase}".encode()).hexdigest()
