"""A team's room: its members with their roles, and the invitations into it."""

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_noop

from assessments.framework.currency import USD

from .assessment import UNDO_FOR, new_id
from .choices import SpokenChoices

INVITATION_LASTS = timedelta(days=14)


class Role(SpokenChoices):
    OWNER = "owner", gettext_noop("Owner")
    EDITOR = "editor", gettext_noop("Editor")
    APPROVER = "approver", gettext_noop("Approver")
    VIEWER = "viewer", gettext_noop("Viewer")


class Workspace(models.Model):
    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    name = models.CharField(max_length=100)
    public_links = models.BooleanField(default=True)
    """Whether links may be made that anybody can open who has them."""
    access_tokens = models.BooleanField(default=True)
    """Whether programs may come in with a token of a member."""
    needs_two_step = models.BooleanField(default=False)
    """Whether it opens only for members who sign in in two steps."""
    currency = models.CharField(max_length=3, default=USD)
    """What the amounts of new assessments are in. Those that exist keep theirs."""
    exchange_rate = models.FloatField(null=True)
    """What a US dollar costs in that currency, as somebody entered it, or None."""
    exchange_rate_day = models.DateField(null=True)
    framework = models.CharField(max_length=16, blank=True, default="")
    """The key of the framework that new assessments are under; empty for the one that comes with this release."""
    created_at = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    @property
    def undo_until(self) -> datetime | None:
        """Until when a deleted workspace can be brought back."""
        return self.deleted_at and self.deleted_at + UNDO_FOR


class Membership(models.Model):
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role.choices)
    joined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "user"], name="one_role_in_a_workspace")]

    def __str__(self) -> str:
        return f"{self.user_id} is {self.role} of {self.workspace_id}"

    def get_role_display(self) -> str:  # type: ignore[no-redef] # in the words of whoever reads now
        return Role(self.role).words


class Invitation(models.Model):
    """Only the digest of the token is stored, as for share links."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=16, choices=Role.choices)
    email = models.EmailField(blank=True)
    """Whom it is meant for, if it was said; the link works for nobody else then."""
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.workspace_id}: {self.token_digest[:8]}"

    def get_role_display(self) -> str:  # type: ignore[no-redef] # in the words of whoever reads now
        return Role(self.role).words

    @staticmethod
    def digest(token: str) -> str:
        """SHA-256 of a token. The token is random with 256 bits, so it needs no salt."""
        return hashlib.sha256(token.encode()).hexdigest()

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.revoked_at is None and self.expires_at > timezone.now()
