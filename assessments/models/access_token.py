"""A token with which a program acts as a member of a workspace: named, bounded, and ended at once when it must be."""

import hashlib
from datetime import timedelta
from typing import Literal

from django.db import models
from django.utils import timezone

from .workspace import Membership

TOKEN_LASTS, TOKEN_LASTS_AT_MOST = timedelta(days=90), timedelta(days=365)
SENT_AGAIN_WITHIN = timedelta(days=1)


class AccessToken(models.Model):
    """Belongs to a membership and goes with it. Only the digest of the token is stored, as for share links."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=60)
    token_digest = models.CharField(max_length=64, unique=True)
    may_write = models.BooleanField(default=False)
    may_share = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    """To the minute."""
    paused_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.token_digest[:8]}"

    @staticmethod
    def digest(token: str) -> str:
        """SHA-256 of a token. The token is random with 256 bits, so it needs no salt."""
        return hashlib.sha256(token.encode()).hexdigest()

    @property
    def state(self) -> Literal["on", "paused", "ended", "off"]:
        """How it stands by itself; a workspace that allows no tokens is another matter."""
        if self.revoked_at:
            return "off"
        if self.expires_at <= timezone.now():
            return "ended"
        return "paused" if self.paused_at else "on"


class SentBefore(models.Model):
    """What became of a request that a program may send again by the same key: it is answered, and not done twice."""

    token = models.ForeignKey(AccessToken, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    asked = models.CharField(max_length=64)
    """SHA-256 of what was sent, and where."""
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="one_answer_of_a_key")]

    def __str__(self) -> str:
        return f"{self.token_id}: {self.key}"
