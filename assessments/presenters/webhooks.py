"""Webhooks in words: what each is told, how it stands, and what became of its messages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from assessments.speaking import SpokenWords

from .formats import listed
from .words import starting

EVENTS = SpokenWords(
    frozen=gettext_noop("frozen"),
    sign_off_asked=gettext_noop("sign-off asked"),
    decided=gettext_noop("decided"),
    stale=gettext_noop("wants another look"),
    market_changed=gettext_noop("market changed"),
    test=gettext_noop("test"),
)
_WHY = SpokenWords(
    plain=gettext_noop("This site calls addresses with https only."),
    address=gettext_noop("Its name leads to no address that this site calls."),
    certificate=gettext_noop("Its certificate is not valid for its name."),
    connection=gettext_noop("There was no connection, or it broke off."),
    time=gettext_noop("There was no answer in time."),
    moved=gettext_noop("It leads on to another address, which is not followed."),
    refused=gettext_noop("It did not take it."),
    key=gettext_noop("The secret was locked with another key of this site. Make a new one."),
    paused=gettext_noop("The webhook was paused."),
    stopped=gettext_noop("The site was stopped while it was sent."),
    fault=gettext_noop("Something went wrong here. It is in the site's log."),
)


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
    word, tone, shape = _stands(webhook.state)
    return WebhookView(
        pk=webhook.pk,
        name=webhook.name,
        url=webhook.url,
        told=starting(listed([EVENTS[event] for event in EVENTS if event in webhook.events])),
        state=webhook.state,
        word=word,
        tone=tone,
        shape=shape,
    )


def present_delivery(delivery: Any) -> DeliveryView:
    word, tone, shape = _standing(delivery)
    return DeliveryView(
        pk=delivery.pk,
        event=starting(EVENTS[delivery.event]),
        at=delivery.created_at,
        message_id=delivery.message_id,
        tries=_tries(delivery.tries),
        status=delivery.status,
        why=_WHY.get(delivery.told, ""),
        next_at=delivery.due_at if delivery.state == "waiting" and delivery.tries else None,
        word=word,
        tone=tone,
        shape=shape,
        may_go_again=delivery.state != "waiting",
    )


def _stands(state: str) -> tuple[str, str, str]:
    """Word, tone and shape of each state of a webhook."""
    return {
        "on": (pgettext("webhook", "On"), "pos", "done"),
        "paused": (_("Paused"), "warn", "half"),
        "given up": (_("Paused: nobody took its messages"), "neg", "warn"),
    }[state]


def _standing(delivery: Any) -> tuple[str, str, str]:
    if delivery.state == "taken":
        return pgettext("message", "Taken"), "pos", "done"
    if delivery.state == "given_up":
        return _("Given up"), "neg", "no"
    return (_("Tried again later"), "warn", "half") if delivery.tries else (_("Being sent"), "", "todo")


def _tries(tries: int) -> str:
    return {0: _("Not tried"), 1: _("Tried once"), 2: _("Tried twice")}.get(tries, _("Tried {n} times").format(n=tries))
