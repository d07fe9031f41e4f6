"""Webhooks of a workspace: registered, changed, paused, deleted; and the messages that they are to get.

A message is written in the transaction of what it tells about, and sent by the queue (`webhook_sending.py`): nothing is
told that did not happen, and nothing that happened is forgotten. It has ids, names and links, and nothing else.
"""

import json
import secrets
from base64 import b64encode
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from assessments.acts import Act
from assessments.models import (
    Assessment,
    DeliveryState,
    User,
    Version,
    Webhook,
    WebhookDelivery,
    WebhookEvent,
    Workspace,
)
from assessments.models.webhook import DELIVERIES_KEPT_FOR, MOST_GIVEN_UP, MOST_WEBHOOKS

from . import audit, keys, queue

_BEGINS = "whsec_"
"""As Standard Webhooks has it: what follows is the key in Base64."""
_SITE = "The site"


class TooManyWebhooks(Exception):
    """The workspace has as many as there may be."""


class WebhookPaused(Exception):
    """Nothing is sent to it now."""


# registered and changed


@transaction.atomic
def make_webhook(workspace: Workspace, actor: User, *, name: str, url: str, events: Sequence[str]) -> str:
    """A new one. Its secret of 256 bits is shown once. Raises TooManyWebhooks."""
    Workspace.objects.select_for_update().get(pk=workspace.pk)
    if workspace.webhooks.count() >= MOST_WEBHOOKS:
        raise TooManyWebhooks
    secret = _new_secret()
    webhook = Webhook.objects.create(
        workspace=workspace, name=name, url=url, events=list(events), secret=keys.lock("webhooks", secret)
    )
    _record("make_webhook", webhook, actor, url=url, events=list(events))
    return secret


@transaction.atomic
def change_webhook(webhook: Webhook, actor: User, *, name: str, url: str, events: Sequence[str]) -> None:
    webhook.name, webhook.url, webhook.events = name, url, list(events)
    webhook.save(update_fields=["name", "url", "events"])
    _record("change_webhook", webhook, actor, url=url, events=list(events))


@transaction.atomic
def roll(webhook: Webhook, actor: User) -> str:
    """A new secret, shown once. For a day the former one signs beside it."""
    secret = _new_secret()
    locked = keys.lock("webhooks", secret)
    Webhook.objects.filter(pk=webhook.pk).update(secret=locked, former_secret=webhook.secret, rolled_at=timezone.now())
    _record("roll_webhook", webhook, actor)
    return secret


@transaction.atomic
def pause(webhook: Webhook, actor: User) -> None:
    """Nothing more is sent; what waits is stopped, and what is under way ends."""
    if _stop(webhook):
        _record("pause_webhook", webhook, actor)


@transaction.atomic
def go_on(webhook: Webhook, actor: User) -> None:
    if Webhook.objects.filter(pk=webhook.pk).exclude(paused_at=None).update(paused_at=None, given_up=0):
        _record("resume_webhook", webhook, actor)


@transaction.atomic
def delete_webhook(webhook: Webhook, actor: User) -> None:
    """Takes it away with its secret and the log of its messages."""
    _record("delete_webhook", webhook, actor)
    Webhook.objects.filter(pk=webhook.pk).delete()


@transaction.atomic
def count_give_up(webhook: Webhook) -> None:
    """One more message that nobody took. After several in a row the webhook is paused, and its owners are told."""
    locked = Webhook.objects.select_for_update().get(pk=webhook.pk)
    locked.given_up = min(locked.given_up + 1, MOST_GIVEN_UP)
    locked.save(update_fields=["given_up"])
    if locked.given_up == MOST_GIVEN_UP and _stop(locked):
        audit.record(
            locked.workspace_id,
            "pause_webhook",
            who=_SITE,
            about=str(locked.pk),
            name=locked.name,
            given_up=locked.given_up,
        )


def _stop(webhook: Webhook) -> bool:
    """Whether it went on until now."""
    if not Webhook.objects.filter(pk=webhook.pk, paused_at=None).update(paused_at=timezone.now()):
        return False
    waiting = queue.undone(WebhookDelivery).filter(webhook=webhook, heartbeat=None)
    waiting.update(state=DeliveryState.GIVEN_UP, told="paused")
    return True


# what is told


def tell(event: WebhookEvent, assessment: Assessment, version: Version, **codes: Any) -> None:
    """Something happened to this version of an assessment. Nobody is told of what belongs to no workspace."""
    if assessment.workspace_id is None:
        return
    pk, number = assessment.pk, version.number
    frozen = event == WebhookEvent.FROZEN
    page = reverse("version", args=[pk, number]) if frozen else reverse("sign_off", args=[pk])
    one = {"id": pk, "name": version.document["use_case"]["name"], "url": _address(reverse("overview", args=[pk]))}
    data = {"assessment": one, "version": number, **codes, "url": _address(page)}
    _write(event, Webhook.objects.filter(workspace=assessment.workspace_id), data)


def tell_of_market(as_of: date) -> None:
    """Another list of prices and dates is in force, for every workspace."""
    _write(
        WebhookEvent.MARKET_CHANGED,
        Webhook.objects.filter(workspace__deleted_at=None),
        {"market": as_of.isoformat(), "url": _address(reverse("market"))},
    )


@transaction.atomic
def try_webhook(webhook: Webhook, actor: User) -> None:
    """Sends a test, once. Raises WebhookPaused."""
    url = _address(reverse("webhook", args=[webhook.workspace_id, webhook.pk]))
    if not _write(WebhookEvent.TEST, Webhook.objects.filter(pk=webhook.pk), {"url": url}):
        raise WebhookPaused
    _record("try_webhook", webhook, actor)


@transaction.atomic
def send_again(delivery: WebhookDelivery, actor: User) -> None:
    """Sends what was taken or given up once more, with the same id. Raises WebhookPaused."""
    if delivery.webhook.paused_at:
        raise WebhookPaused
    now = timezone.now()
    ended = WebhookDelivery.objects.filter(pk=delivery.pk).exclude(state=DeliveryState.WAITING)
    if ended.update(**queue.begun(WebhookDelivery), since=now, due_at=now, tries=0, status=None):
        _record("send_again", delivery.webhook, actor, message=delivery.message_id)


def sweep() -> int:
    """Removes what was written more than a month ago from the logs. Says how much."""
    old = WebhookDelivery.objects.filter(created_at__lt=timezone.now() - DELIVERIES_KEPT_FOR)
    return old.exclude(state=DeliveryState.WAITING).delete()[0]


def _write(event: WebhookEvent, webhooks: QuerySet[Webhook], data: dict[str, Any]) -> int:
    """A message for each of these that is told of this. Says how many."""
    now = timezone.now()
    on = webhooks.filter(paused_at=None).select_related("workspace")
    messages = [
        WebhookDelivery(webhook=one, event=event, body=_body(event, one.workspace, data, now.isoformat()))
        for one in on
        if event in (*one.events, WebhookEvent.TEST)
    ]
    WebhookDelivery.objects.bulk_create(messages)
    return len(messages)


def _body(event: WebhookEvent, workspace: Workspace, data: dict[str, Any], at: str) -> str:
    where = {"id": workspace.pk, "name": workspace.name, "url": _address(reverse("portfolio", args=[workspace.pk]))}
    return json.dumps({"type": str(event), "timestamp": at, "data": {"workspace": where, **data}})


def _address(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def _new_secret() -> str:
    return _BEGINS + b64encode(secrets.token_bytes(32)).decode()


def _record(act: Act, webhook: Webhook, actor: User, **details: Any) -> None:
    audit.record(webhook.workspace_id, act, actor=actor, about=str(webhook.pk), name=webhook.name, **details)
