"""Webhooks in words: what each is told, how it stands, and what became of its messages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .formats import listed

STATES = {
    "on": ("On", "pos", "done"),
    "paused": ("Paused", "warn", "half"),
    "given up": ("Paused: nobody took its messages", "neg", "warn"),
}
"""Word, tone and shape of each state of a webhook."""
EVENTS: Mapping[str, str] = {
    "frozen": "frozen",
    "sign_off_asked": "sign-off asked",
    "decided": "decided",
    "stale": "wants another look",
    "market_changed": "market changed",
    "test": "test",
}
_WHY: Mapping[str, str] = {
    "plain": "This site calls addresses with https only.",
    "address": "Its name leads to no address that this site calls.",
    "certificate": "Its certificate is not valid for its name.",
    "connection": "There was no connection, or it broke off.",
    "time": "There was no answer in time.",
    "moved": "It leads on to another address, which is not followed.",
    "refused": "It did not take it.",
    "key": "The secret was locked with another key of this site. Make a new one.",
    "paused": "The webhook was paused.",
    "stopped": "The site was stopped while it was sent.",
    "fault": "Something went wrong here. It is in the site's log.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookView:
    pk: int
    name: str
    url: str
    told: str
    state: str
    word: str
    tone: str
    shape: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryView:
    """One message, and what became of it."""

    pk: int
    event: str
    at: datetime
    message_id: str
    tries: str
    status: int | None
    """The code of the last answer."""
    why: str
    next_at: datetime | None
    """When it is tried next."""
    word: str
    tone: str
    shape: str
    may_go_again: bool


def present_webhooks(webhooks: Iterable[Any]) -> Sequence[WebhookView]:
    return [present_webhook(one) for one in webhooks]


def present_webhook(webhook: Any) -> WebhookView:
    word, tone, shape = STATES[webhook.state]
    return WebhookView(
        pk=webhook.pk,
        name=webhook.name,
        url=webhook.url,
        told=listed([EVENTS[event] for event in EVENTS if event in webhook.events]).capitalize(),
        state=webhook.state,
        word=word,
        tone=tone,
        shape=shape,
    )


def present_delivery(delivery: Any) -> DeliveryView:
    word, tone, shape = _standing(delivery)
    return DeliveryView(
        pk=delivery.pk,
        event=EVENTS[delivery.event].capitalize(),
        at=delivery.created_at,
        message_id=delivery.message_id,
        tries=f"Tried {_times(delivery.tries)}" if delivery.tries else "Not tried",
        status=delivery.status,
        why=_WHY.get(delivery.told, ""),
        next_at=delivery.due_at if delivery.state == "waiting" and delivery.tries else None,
        word=word,
        tone=tone,
        shape=shape,
        may_go_again=delivery.state != "waiting",
    )


def _standing(delivery: Any) -> tuple[str, str, str]:
    if delivery.state == "taken":
        return "Taken", "pos", "done"
    if delivery.state == "given_up":
        return "Given up", "neg", "no"
    return ("Tried again later", "warn", "half") if delivery.tries else ("Being sent", "", "todo")


def _times(tries: int) -> str:
    return {1: "once", 2: "twice"}.get(tries, f"{tries} times")
