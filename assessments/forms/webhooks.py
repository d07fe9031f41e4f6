"""Reads what a page sends to register or change a webhook."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.models import Webhook, WebhookEvent
from assessments.services.outgoing import is_closed_literal

from .plain import Line, Plain, Text, Words

TOLD = [event for event in WebhookEvent if event != WebhookEvent.TEST]


class WebhookForm(Plain):
    """What a webhook is called, where it leads, and what is told there: a tick for each kind of event."""

    name = Text(max_length=60)
    url = Line(max_length=500, widget=forms.URLInput)
    words = {
        "name": Words(
            gettext_noop("Name"),
            gettext_noop("Enter a name for the webhook"),
            gettext_noop("Such as the program that is told."),
        ),
        "url": Words(
            gettext_noop("Address"),
            gettext_noop("Enter an address, like https://example.org/hooks"),
            gettext_noop("Like https://example.org/hooks"),
            {"autocomplete": "off"},
        ),
    }

    def __init__(self, sent: Any = None, *, webhook: Webhook | None = None):
        now = {"name": webhook.name, "url": webhook.url} | dict.fromkeys(webhook.events, True) if webhook else {}
        super().__init__(sent, initial=now)
        for event in TOLD:
            self.fields[event.value] = forms.BooleanField(required=False, label=event.words)

    @property
    def first_fields(self) -> Sequence[Any]:
        return [self["name"], self["url"]]

    @property
    def told_fields(self) -> Sequence[Any]:
        return [self[event.value] for event in TOLD]

    def clean_url(self) -> str:
        """An address that can be called as it stands; whither its name leads is looked at each time."""
        url: str = self.cleaned_data["url"]
        schemes = ["https", "http"] if settings.WEBHOOK_HTTP else ["https"]
        message = _(self.words["url"].missing)
        URLValidator(schemes=schemes, message=message)(url)
        parts = urlsplit(url)
        try:
            parts.port  # noqa: B018  # reading it checks it
        except ValueError:
            raise ValidationError(message) from None
        if parts.username is not None or parts.fragment:
            raise ValidationError(_("Leave out of the address whatever stands before @ or after #"))
        if is_closed_literal(parts.hostname or ""):
            raise ValidationError(_("This site calls no private address"))
        return url

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or self.cleaned_data
        events = [event.value for event in TOLD if sent.pop(event.value, False)]
        if not events:
            self.add_error(TOLD[0].value, _("Choose at least one event"))
        return sent | {"events": events}
