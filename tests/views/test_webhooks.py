"""The pages of webhooks: registered with a secret that is shown once, tried, paused, and the log of what was sent."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.forms.webhooks import WebhookForm
from assessments.models import Webhook
from assessments.presenters.webhooks import EVENTS
from assessments.services import keys

from ..pages import Page
from ..people import alert, make_team
from ..signers import confirm
from ..webhooks import EVERY_EVENT, a_webhook, receiving, send_all


@pytest.mark.django_db
def test_a_webhook_is_registered_tried_changed_and_deleted(settings: Any) -> None:
    team = make_team()
    owner = team.clients["owner"]
    confirm(owner)
    sent = {"name": "register", "url": "https://hooks.example.org/decisions", "frozen": "on", "stale": "on"}
    shown = Page(owner.post(team.url("webhooks"), sent))
    secret = shown.with_id("webhook-secret").get("value")
    webhook = Webhook.objects.get()
    assert (webhook.name, webhook.events) == ("register", ["frozen", "stale"])
    assert keys.unlock("webhooks", webhook.secret) == secret
    pages = [owner.get(url) for url in (team.url("webhooks"), team.url("webhook", webhook.pk))]
    assert not any(secret in page.content.decode() for page in pages)
    with receiving() as receiver:
        settings.WEBHOOK_HTTP = True
        sent = {"name": "ops", "url": receiver.url, "decided": "on"}
        assert "no private address" in alert(Page(owner.post(team.url("webhook", webhook.pk), sent)))
        changed = owner.post(team.url("webhook", webhook.pk), sent | {"url": "http://hooks.example.org/"})
        assert changed.status_code == 302
        settings.WEBHOOK_HTTP = False
        owner.post(team.url("try_webhook", webhook.pk))
        send_all()
        told = Page(owner.get(team.url("webhook", webhook.pk))).words("main")
        assert "Test Given up" in told
        assert "Tried once This site calls addresses with https only." in told
    rolled = Page(owner.post(team.url("roll_webhook", webhook.pk))).with_id("webhook-secret").get("value")
    assert rolled != secret
    owner.post(team.url("pause_webhook", webhook.pk))
    owner.post(team.url("send_again", webhook.pk, webhook.deliveries.get().pk))
    assert webhook.deliveries.get().state == "given_up", "nothing is sent while it is paused"
    owner.post(team.url("resume_webhook", webhook.pk))
    owner.post(team.url("send_again", webhook.pk, webhook.deliveries.get().pk))
    assert webhook.deliveries.get().state == "waiting"
    assert owner.post(team.url("delete_webhook", webhook.pk)).status_code == 302
    assert not Webhook.objects.exists()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("hooks.example.org", "Enter an address"),
        ("http://hooks.example.org/", "Enter an address"),
        ("ftp://hooks.example.org/", "Enter an address"),
        ("https://hooks.example.org:99999/", "Enter an address"),
        ("https://ann:secret@hooks.example.org/", "before @"),
        ("https://hooks.example.org/#top", "after #"),
        ("https://10.0.0.1/", "no private address"),
        ("https://[::ffff:7f00:1]/", "no private address"),
    ],
)
def test_an_address_that_cannot_be_called_is_refused(url: str, said: str) -> None:
    [fault] = WebhookForm({"name": "register", "url": url, "frozen": "on"}).errors["url"]
    assert said in fault
    assert "Choose at least one event" in WebhookForm({"name": "register", "url": url}).errors["frozen"]


@pytest.mark.django_db
def test_owners_are_told_of_a_webhook_that_was_paused() -> None:
    assert [*EVENTS] == [*EVERY_EVENT, "test"]
    team = make_team()
    a_webhook(team.workspace)
    told = {role: Page(client.get(reverse("waiting"))).words("main") for role, client in team.clients.items()}
    assert {role for role, words in told.items() if "Nobody took 3 messages in a row" in words} == {"owner"}


@pytest.mark.django_db
def test_the_page_asks_as_much_for_many_messages_as_for_few(django_assert_num_queries: Any) -> None:
    team = make_team()
    webhook = a_webhook(team.workspace)
    owner = team.clients["owner"]
    owner.get(team.url("webhook", webhook.pk))
    with CaptureQueriesContext(connection) as few:
        owner.get(team.url("webhook", webhook.pk))
    message = webhook.deliveries.latest("pk")
    for number in range(60):
        message.pk, message.message_id = None, f"msg_{number}"
        message.save()
    with django_assert_num_queries(len(few)):
        page = Page(owner.get(team.url("webhook", webhook.pk)))
    assert len(page.root.xpath("//section//ul[contains(@class, 'people')]/li")) == 50
