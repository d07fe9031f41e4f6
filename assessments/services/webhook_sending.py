"""Sends the messages of webhooks: signed as Standard Webhooks has it, again and again for a day, then given up.

Who receives one knows it by `webhook-id`, and that it is from here and new by `webhook-timestamp` and
`webhook-signature`: HMAC-SHA256 over id, timestamp and body. While an address does not answer, only one of its
messages is tried at a time, so that it holds up no other.
"""

import hashlib
import hmac
import random
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from assessments.models import DeliveryState, Webhook, WebhookDelivery, WebhookEvent
from assessments.models.webhook import BOTH_SECRETS_FOR

from . import keys, outgoing, queue, webhooks

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=4)
TRIED_FOR = timedelta(days=1)
_JITTER = 0.2


def wait_after(tries: int, chance: float) -> timedelta:
    """How long to wait after so many tries: twice as long each time, and a fifth more or less by chance from 0 to 1.

    >>> [round(wait_after(tries, 0.5) / timedelta(minutes=1)) for tries in (1, 2, 3, 8, 9, 12)]
    [1, 2, 4, 128, 240, 240]
    >>> wait_after(1, 0.0).total_seconds(), wait_after(1, 1.0).total_seconds()
    (48.0, 72.0)
    """
    wait = min(FIRST_WAIT * (1 << min(tries - 1, 20)), LONGEST_WAIT)
    return wait * (1 + _JITTER * (2 * chance - 1))


def signature(secret: str, message_id: str, timestamp: int, body: str) -> str:
    """
    >>> secret, message_id = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek"
    >>> signature(secret, message_id, 1614265330, '{"test": 2432232314}')  # as the specification's own example has it
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
    """
    key = b64decode(secret.partition("_")[2])
    signed = hmac.new(key, f"{message_id}.{timestamp}.{body}".encode(), hashlib.sha256)
    return f"v1,{b64encode(signed.digest()).decode()}"


def _send(delivery: WebhookDelivery, slot: int) -> dict[str, Any]:
    """One try. What is given is stored, if this try is still the one that counts."""
    webhook = Webhook.objects.select_related("workspace").filter(pk=delivery.webhook_id).first()
    if webhook is None or webhook.paused_at or webhook.workspace.deleted_at:
        raise queue.WorkStopped("paused")
    tried = {"tries": delivery.tries + 1, "tried_at": timezone.now()}
    try:
        status = outgoing.post(
            webhook.url,
            delivery.body.encode(),
            {
                "Content-Type": "application/json",
                "User-Agent": "ftdecide",
                "Connection": "close",
                **_signed(webhook, delivery),
            },
            about_to=partial(queue.beat, delivery),
        )
    except outgoing.NotCalled as fault:
        return tried | {"status": None} | _not_taken(webhook, delivery, fault.code)
    except keys.ClosedWithAnotherKey:
        return tried | {"status": None} | _not_taken(webhook, delivery, "key")
    if 200 <= status < 300:
        Webhook.objects.filter(pk=webhook.pk, given_up__gt=0).update(given_up=0)
        return tried | {"status": status, "state": DeliveryState.TAKEN, "told": ""}
    return tried | {"status": status} | _not_taken(webhook, delivery, "moved" if 300 <= status < 400 else "refused")


def _signed(webhook: Webhook, delivery: WebhookDelivery) -> dict[str, str]:
    now = timezone.now()
    timestamp = int(now.timestamp())
    return {
        "webhook-id": delivery.message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(
            signature(secret, delivery.message_id, timestamp, delivery.body) for secret in _secrets(webhook)
        ),
    }


def _secrets(webhook: Webhook) -> Iterator[str]:
    """The secret, and for a day the one before it."""
    yield keys.unlock("webhooks", webhook.secret)
    if webhook.rolled_at and webhook.rolled_at > timezone.now() - BOTH_SECRETS_FOR:
        yield keys.unlock("webhooks", webhook.former_secret)


def _not_taken(webhook: Webhook, delivery: WebhookDelivery, told: str) -> dict[str, Any]:
    """Again later, or given up after a day; a test is tried once and says nothing of the others."""
    if delivery.event == WebhookEvent.TEST:
        return {"state": DeliveryState.GIVEN_UP, "told": told}
    now = timezone.now()
    due_at = now + wait_after(delivery.tries + 1, random.random())
    if due_at > delivery.since + TRIED_FOR:
        webhooks.count_give_up(webhook)
        return {"state": DeliveryState.GIVEN_UP, "told": told}
    waiting = queue.undone(WebhookDelivery).filter(webhook=webhook, heartbeat=None, due_at__lt=due_at)
    waiting.exclude(event=WebhookEvent.TEST).update(due_at=due_at)
    return {**queue.begun(WebhookDelivery), "due_at": due_at, "told": told}


def folder() -> Path:
    found = Path(settings.DATA_DIR) / "webhooks"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


queue.register(queue.QueueKind(model=WebhookDelivery, folder=folder, work=_send, after={}))
