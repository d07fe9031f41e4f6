"""A link that lets anyone who has it read a result."""

import hashlib

from django.db import models
from django.utils import timezone

from .assessment import Assessment


class ShareLink(models.Model):
    """Only the digest of the token is stored: a stolen database opens nothing."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="share_links")
    token_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    switched_off_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.token_digest[:8]}"

    @staticmethod
    def digest(token: str) -> str:
        """SHA-256 of a token. The token is random with 256 bits, so it needs no salt."""
        return hashlib.sha256(token.encode()).hexdigest()
