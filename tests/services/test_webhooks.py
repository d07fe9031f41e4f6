"""Webhooks: told in one transaction with what happened, signed, sent once by however many, tried for a day."""

import re
import threading
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from assessments.models import Assessment, AuditEvent, DeliveryState, Webhook, WebhookDelivery, WebhookEvent
from assessments.models.webhook import MOST_GIVEN_UP, MOST_WEBHOOKS
from assessments.services import leaving, people, sign_off, webhooks
from assessments.services.stale_watch import tell_of_stale
from assessments.services.versions import freeze

from ..signers import Team, answer, approve, new_team
from ..webhooks import SECRET, Receiver, a_hook, let_time_pass, receiving, send_all

TODAY = timezone.localdate()
DOCS = Path(settings.BASE_DIR, "docs/api.md").read_text(encoding="utf-8")
[EXAMPLE] = (block for block in re.findall(r"```python\n(.*?)```", DOCS, re.DOTALL) if "webhook-signature" in block)


@pytest.fixture
def team(db: None) -> Team:
    return new_team()


@pytest.fixture
def assessment(team: Team) -> Assessment:
    return team.assessment()


@pytest.fixture
def receiver(loopback_allowed: None) -> Any:
    with receiving() as found:
        yield found


def receive(secret: str, message: tuple[dict[str, str], str], done: set[str], work: Any = None) -> tuple[int, bool]:
    """What the page for programmers does, as it stands there: the status, and whether anything was done."""
    names: dict[str, Any] = {}
    exec(compile(EXAMPLE, "docs/api.md", "exec"), names)
    worked: list[Any] = []
    return names["receive"](secret, *message, done, work or worked.append), bool(worked)


def states() -> list[tuple[str, int, int | None, str]]:
    found = WebhookDelivery.objects.order_by("pk")
    return list(found.values_list("state", "tries", "status", "told"))


def test_a_message_is_signed_and_a_replay_is_refused(team: Team, assessment: Assessment, receiver: Receiver) -> None:
    hook = a_hook(team.workspace, receiver.url)
    freeze(assessment, team.eve, reason="")
    send_all()
    [(headers, body)] = receiver.got
    done: set[str] = set()

    def fail(message: Any) -> None:
        raise ValueError("not now")

    with pytest.raises(ValueError, match="not now"):  # what fails is taken when it comes again
        receive(SECRET, (headers, body), done, fail)
    assert receive(SECRET, (headers, body), done) == (200, True)
    assert receive(SECRET, (headers, body), done) == (200, False), "a replay"
    assert receive(SECRET, (headers, body.replace("frozen", "taken")), set()) == (400, False)
    for seconds in (-301, 301):
        long_ago = headers | {"webhook-timestamp": str(int(time.time()) + seconds)}
        assert receive(SECRET, (long_ago, body), set()) == (400, False)
    hook.refresh_from_db()
    secret = webhooks.roll(hook, team.ana)
    webhooks.send_again(hook.deliveries.get(), team.ana)
    send_all()
    again = receiver.got[1]
    assert all(receive(one, again, set()) == (200, True) for one in (SECRET, secret)), "for a day both sign"
    assert receive(secret, again, done) == (200, False), "the same message"
    Webhook.objects.update(rolled_at=timezone.now() - timedelta(hours=25))
    webhooks.send_again(hook.deliveries.get(), team.ana)
    send_all()
    assert [receive(one, receiver.got[2], set())[0] for one in (SECRET, secret)] == [400, 200]


def test_what_happens_is_told_with_ids_names_and_links_alone(
    team: Team, assessment: Assessment, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_hook(team.workspace, receiver.url)
    a_hook(team.workspace, receiver.url, "decided")
    request = team.ask(assessment, team.bo)
    approve(assessment, request, team.bo, comment="It is cheap enough")
    send_all()
    assert receiver.types == ["frozen", "sign_off_asked", "decided", "decided"]
    site, pk = "https://decide.example.org", assessment.pk
    assert receiver.data == {
        "workspace": {"id": team.workspace.pk, "name": "Support", "url": f"{site}/w/{team.workspace.pk}/"},
        "assessment": {"id": pk, "name": request.version.document["use_case"]["name"], "url": f"{site}/a/{pk}/"},
        "version": 1,
        "url": f"{site}/a/{pk}/sign-off/",
    }
    with transaction.atomic():
        answer(assessment, team.eve, "brand_voice", "no")
        freeze(assessment, team.eve, reason="")
        transaction.set_rollback(True)
    freeze(assessment, team.eve, reason="")
    send_all()
    assert len(receiver.got) == 4, "nothing that did not happen, and nothing of a version that was there"


def test_it_is_told_once_for_each_cause_that_a_decision_wants_another_look(
    team: Team, assessment: Assessment, receiver: Receiver
) -> None:
    request = team.ask(assessment, team.bo, stop_on=TODAY + timedelta(days=7))
    approve(assessment, request, team.bo)
    answer(assessment, team.eve, "brand_voice", "no")
    assert tell_of_stale(TODAY) == 0, "nobody is told"
    a_hook(team.workspace, receiver.url, "stale")
    a_hook(team.workspace, receiver.url, "frozen")
    for day in (TODAY, TODAY, TODAY + timedelta(days=7), TODAY + timedelta(days=8)):
        tell_of_stale(day)
    send_all()
    told = WebhookDelivery.objects.order_by("pk").values_list("body", flat=True)
    assert [re.findall(r'"causes": (\[.*?\])', body) for body in told] == [['["answers"]'], ['["stop_date"]']]
    Webhook.objects.update(paused_at=timezone.now())
    webhooks.tell_of_market(TODAY)
    Webhook.objects.update(paused_at=None, events=["market_changed"])
    webhooks.tell_of_market(date(2026, 11, 1))
    send_all()
    assert receiver.types == ["stale", "stale", "market_changed", "market_changed"]
    assert receiver.data["market"] == "2026-11-01"


def test_what_nobody_takes_is_tried_for_a_day_and_after_three_the_webhook_is_paused(
    team: Team, assessment: Assessment, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("random.random", lambda: 0.5)
    hook = a_hook(team.workspace, receiver.url)
    receiver.answer = 500
    webhooks.tell(WebhookEvent.FROZEN, assessment, freeze(assessment, team.eve, reason=""))
    waits = []
    for tries in range(1, 30):
        send_all()
        if not WebhookDelivery.objects.filter(state=DeliveryState.WAITING).exists():
            break
        assert len(receiver.got) == tries, "one message at a time to an address that does not take any"
        due_in = WebhookDelivery.objects.earliest("due_at").due_at - timezone.now()
        waits.append(round(due_in / timedelta(minutes=1)))
        let_time_pass(minutes=waits[-1] + 1)
    assert waits[:9] == [1, 1, 2, 2, 4, 4, 8, 8, 16]
    assert max(waits) == 240
    hook.refresh_from_db()
    assert (hook.state, hook.given_up) == ("on", 2)
    webhooks.try_webhook(hook, team.ana)
    send_all()
    hook.refresh_from_db()
    assert (states()[-1], hook.given_up) == (("given_up", 1, 500, "refused"), 2), "a test is sent once"
    webhooks.send_again(hook.deliveries.earliest("pk"), team.ana)
    WebhookDelivery.objects.filter(state=DeliveryState.WAITING).update(since=timezone.now() - timedelta(days=1))
    webhooks.tell_of_market(TODAY)
    WebhookDelivery.objects.filter(event="market_changed").update(due_at=timezone.now() + timedelta(hours=1))
    send_all()
    hook.refresh_from_db()
    assert (hook.state, hook.given_up) == ("given up", MOST_GIVEN_UP)
    assert states()[-1] == ("given_up", 0, None, "paused")
    event = AuditEvent.objects.filter(chain=team.workspace.pk).latest("sequence")
    assert (event.act, event.who, event.details["given_up"]) == ("pause_webhook", "The site", MOST_GIVEN_UP)
    with pytest.raises(webhooks.WebhookPaused):
        webhooks.send_again(hook.deliveries.earliest("pk"), team.ana)
    webhooks.go_on(hook, team.ana)
    hook.refresh_from_db()
    webhooks.send_again(hook.deliveries.earliest("pk"), team.ana)
    send_all()
    assert states()[0] == ("waiting", 1, 500, "refused")
    receiver.answer = 204
    let_time_pass(minutes=2)
    send_all()
    assert states()[0] == ("taken", 2, 204, ""), "nothing is told of the try before"


def test_nothing_is_sent_that_was_paused_deleted_or_whose_workspace_is_gone(
    team: Team, assessment: Assessment, receiver: Receiver
) -> None:
    hook = a_hook(team.workspace, receiver.url)
    freeze(assessment, team.eve, reason="")
    webhooks.pause(hook, team.ana)
    answer(assessment, team.eve, "brand_voice", "no")
    freeze(assessment, team.eve, reason="")
    send_all()
    assert states() == [("given_up", 0, None, "paused")]
    webhooks.go_on(hook, team.ana)
    answer(assessment, team.eve, "brand_voice", "yes", "The style guide")
    freeze(assessment, team.eve, reason="")
    people.remove(team.workspace.memberships.get(user=team.eve), actor=team.ana)
    leaving.delete_workspace(team.workspace, actor=team.ana)
    webhooks.tell_of_market(TODAY)
    send_all()
    assert states() == [("given_up", 0, None, "paused")] * 2
    assert receiver.got == []
    leaving.purge(timezone.now() + timedelta(days=8))
    assert not Webhook.objects.exists()
    assert not WebhookDelivery.objects.exists()


def test_a_workspace_has_ten_and_their_log_goes_back_a_month(team: Team) -> None:
    for _ in range(MOST_WEBHOOKS):
        hook = a_hook(team.workspace, "https://hooks.example.org/")
    with pytest.raises(webhooks.TooManyWebhooks):
        a_hook(team.workspace, "https://hooks.example.org/")
    assert SECRET not in str(Webhook.objects.values())
    webhooks.try_webhook(hook, team.ana)
    for state, gone in ((DeliveryState.WAITING, 0), (DeliveryState.TAKEN, 1)):
        WebhookDelivery.objects.update(state=state, created_at=timezone.now() - timedelta(days=31))
        assert webhooks.sweep() == gone
    webhooks.delete_webhook(hook, team.ana)
    acts = AuditEvent.objects.filter(about=str(hook.pk)).order_by("sequence").values_list("act", flat=True)
    assert list(acts) == ["make_webhook", "try_webhook", "delete_webhook"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_message_once(loopback_allowed: None) -> None:
    team = new_team()
    assessment = team.assessment()
    with receiving() as receiver:
        for _ in range(3):
            a_hook(team.workspace, receiver.url)
        request = team.ask(assessment, team.bo)
        approve(assessment, request, team.bo)

        def work() -> None:
            try:
                send_all()
            finally:
                connection.close()

        workers = [threading.Thread(target=work) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        send_all()  # what both had left to the other for want of a place
        ids = [headers["webhook-id"] for headers, _ in receiver.got]
        assert (len(ids), len(set(ids))) == (9, 9)
        assert {state for state, *_ in states()} == {"taken"}


def test_somebody_who_is_asked_tells_nobody_elsewhere(team: Team, assessment: Assessment, receiver: Receiver) -> None:
    elsewhere = team.dan.memberships.get().workspace
    a_hook(elsewhere, receiver.url)
    sign_off.ask(assessment, team.ana, approvers=[team.bo], due_on=None, terms={})
    send_all()
    assert receiver.got == []
