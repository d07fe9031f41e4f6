"""Webhooks: addresses of a workspace to which the site tells what happened, and every message to them."""

import secrets
from datetime import timedelta
from typing import Literal

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_noop

from .choices import SpokenChoices
from .queued import QueuedWork
from .workspace import Workspace

MOST_WEBHOOKS = 10
"""Of one workspace."""
MOST_GIVEN_UP = 3
"""After so many messages in a row that nobody took, each for a day, a webhook is paused."""
DELIVERIES_KEPT_FOR = timedelta(days=30)
BOTH_SECRETS_FOR = timedelta(days=1)
"""How long the former secret signs beside the new one."""


class WebhookEvent(SpokenChoices):
    FROZEN = "frozen", gettext_noop("A version is frozen")
    SIGN_OFF_ASKED = "sign_off_asked", gettext_noop("Somebody asks for sign-off")
    DECIDED = "decided", gettext_noop("An approver decides")
    STALE = "stale", gettext_noop("An approved decision wants another look")
    MARKET_CHANGED = "market_changed", gettext_noop("Another list of prices and dates is in force")
    TEST = "test", gettext_noop("A test")


class Webhook(models.Model):
    """One address. Its secret is locked with a key of the site, because each message is signed with it."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="webhooks")
    name = models.CharField(max_length=60)
    url = models.CharField(max_length=500)
    events = models.JSONField(default=list)
    """What is told, as values of WebhookEvent."""
    secret = models.TextField()
    former_secret = models.TextField(blank=True)
    rolled_at = models.DateTimeField(null=True)
    """When the secret took the place of the former one."""
    created_at = models.DateTimeField(default=timezone.now)
    paused_at = models.DateTimeField(null=True)
    given_up = models.PositiveSmallIntegerField(default=0)
    """How many messages in a row were given up."""

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.workspace_id}: {self.name}"

    @property
    def state(self) -> Literal["on", "paused", "given up"]:
        if self.paused_at is None:
            return "on"
        return "given up" if self.given_up >= MOST_GIVEN_UP else "paused"


class DeliveryState(SpokenChoices):
    WAITING = "waiting", gettext_noop("Waits")
    TAKEN = "taken", gettext_noop("Taken")
    GIVEN_UP = "given_up", gettext_noop("Given up")


def new_message_id() -> str:
    return secrets.token_hex(16)


class WebhookDelivery(QueuedWork):
    """One message to one webhook: written with what it tells about, in one transaction, and sent by the queue."""

    UNDONE = DeliveryState.WAITING
    FAILED = DeliveryState.GIVEN_UP
    QUEUED_AT = "due_at"

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    state = models.CharField(max_length=8, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    message_id = models.CharField(max_length=40, unique=True, default=new_message_id)
    """The same each time it is sent: by this a receiver knows what it has already."""
    event = models.CharField(max_length=16, choices=WebhookEvent.choices)
    body = models.TextField()
    """What is sent, as JSON, the same each time."""
    created_at = models.DateTimeField(default=timezone.now)
    since = models.DateTimeField(default=timezone.now)
    """When it was first to be sent, or was asked for again."""
    due_at = models.DateTimeField(default=timezone.now)
    """When it is sent next."""
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    """What the last answer said; none where there was no answer. Nothing else of an answer is kept."""

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["webhook", "-created_at"], name="deliveries_by_time"),
            models.Index(fields=["due_at"], condition=models.Q(state="waiting"), name="deliveries_to_send"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.state}"
