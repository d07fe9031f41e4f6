"""Links that ask for a passphrase or are counted; and all links that open nothing, which look the same."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import AuditEvent, ShareLink
from assessments.services import report as drawing
from assessments.services import sharing
from assessments.services.sharing import Choices

from ..documents import example_document
from ..pages import Page
from ..team import a_team, brought_in
from ..visits import start

PASSPHRASE = "correct horse"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """No PDF is drawn: it is not looked at here."""
    monkeypatch.setattr(drawing, "pdf_is_available", lambda: True)
    monkeypatch.setattr(drawing, "draw_pdf", lambda *args, **more: b"%PDF-1.7")


@pytest.fixture
def team(db: None) -> Any:
    return a_team()


@pytest.fixture
def assessment(team: Any) -> Any:
    return brought_in(team, example_document("task_api"))


def link_to(assessment: Any, **choices: Any) -> tuple[str, ShareLink]:
    token = sharing.make_link(assessment, None, Choices(**choices))
    link = ShareLink.objects.get(token_digest=ShareLink.digest(token))
    link.assessment = assessment
    return token, link


def page(token: str) -> str:
    return reverse("shared_result", args=[token])


def report(token: str) -> str:
    return reverse("shared_report", args=[token])


def chances(token: str) -> str:
    return reverse("shared_chances", args=[token])


def figures(token: str) -> str:
    return reverse("shared_figures", args=[token, "costs.xlsx"])


def statuses(client: Client, token: str) -> list[int]:
    return [client.get(page(token)).status_code, client.get(report(token)).status_code]


# passphrase


def test_a_locked_link_tells_nothing_until_the_passphrase_is_right(
    assessment: Any, new_client: Any, figure: Any
) -> None:
    token, _ = link_to(assessment, passphrase=PASSPHRASE, name="For the board")
    visitor = new_client()
    closed = visitor.get(page(token))
    for secret in ("Task API", assessment.pk, "For the board", "fine-tun"):
        assert secret not in closed.content.decode()
    assert visitor.get(report(token))["Location"] == page(token)
    wrong = visitor.post(page(token), {"passphrase": "wrong one"})
    assert (wrong.status_code, "This is not the passphrase" in wrong.content.decode()) == (422, True)
    assert "Task API" not in wrong.content.decode()
    assert visitor.post(page(token), {"passphrase": PASSPHRASE})["Location"] == page(token)
    assert "Task API" in Page(visitor.get(page(token))).words("main")
    assert statuses(visitor, token) == [200, 200]
    assert statuses(new_client(), token) == [200, 302]


def test_neither_is_found_in_an_index_or_a_cache(assessment: Any, new_client: Any) -> None:
    token, _ = link_to(assessment, passphrase=PASSPHRASE)
    visitor = new_client()
    for response in (
        visitor.get(page(token)),
        visitor.get(report(token)),
        visitor.post(page(token), {"passphrase": "x"}),
        visitor.post(page(token), {"passphrase": PASSPHRASE}),
        visitor.get(page(token)),
    ):
        assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert response["Cache-Control"] == "private, no-store"
        assert response["Referrer-Policy"] == "same-origin"


def test_unlocking_gives_the_session_a_new_key(assessment: Any, new_client: Any) -> None:
    token, _ = link_to(assessment, passphrase=PASSPHRASE)
    visitor = new_client()
    trial = start(visitor)
    planted = visitor.session.session_key
    visitor.post(page(token), {"passphrase": PASSPHRASE})
    assert visitor.session.session_key != planted
    other = new_client()
    other.cookies["sessionid"] = planted
    assert "Task API" not in other.get(page(token)).content.decode()
    assert visitor.get(reverse("overview", args=[trial.pk])).status_code == 200


def test_the_session_holds_neither_token_nor_passphrase(assessment: Any, new_client: Any) -> None:
    token, link = link_to(assessment, passphrase=PASSPHRASE)
    visitor = new_client()
    visitor.post(page(token), {"passphrase": PASSPHRASE})
    kept = str(dict(visitor.session.items()))
    assert (token in kept, PASSPHRASE in kept, link.passphrase in kept) == (False, False, False)


@pytest.mark.parametrize("passphrase", ["another one", ""])
def test_changing_the_passphrase_ends_what_was_unlocked_with_the_old_one(
    assessment: Any, new_client: Any, passphrase: str
) -> None:
    token, link = link_to(assessment, passphrase=PASSPHRASE, openings_allowed=9)
    visitor = new_client()
    visitor.post(page(token), {"passphrase": PASSPHRASE})
    assert "Task API" in visitor.get(page(token)).content.decode()
    sharing.change_link(link, None, Choices(life=None, passphrase=passphrase, openings_allowed=9))
    assert "Task API" not in visitor.get(page(token)).content.decode()
    assert visitor.get(report(token)).status_code == 302


def test_pausing_ends_it_at_once_for_who_had_it_open_and_going_on_goes_on(assessment: Any, new_client: Any) -> None:
    token, link = link_to(assessment, passphrase=PASSPHRASE)
    visitor = new_client()
    visitor.post(page(token), {"passphrase": PASSPHRASE})
    sharing.pause(link, None)
    assert statuses(visitor, token) == [404, 404]
    assert visitor.post(page(token), {"passphrase": PASSPHRASE}).status_code == 404
    sharing.go_on(link, None)
    assert statuses(visitor, token) == [200, 200]
    assert "Task API" in visitor.get(page(token)).content.decode()


def test_after_five_wrong_ones_the_right_one_is_not_looked_at_either(assessment: Any, new_client: Any) -> None:
    token, _ = link_to(assessment, passphrase=PASSPHRASE)
    told = [new_client().post(page(token), {"passphrase": f"wrong {n}"}).status_code for n in range(7)]
    assert told == [422] * 5 + [429] * 2
    late = new_client().post(page(token), {"passphrase": PASSPHRASE})
    assert (late.status_code, "Wait 15 minutes" in late.content.decode()) == (429, True)
    elsewhere = new_client().post(page(token), {"passphrase": PASSPHRASE}, REMOTE_ADDR="203.0.113.9")
    assert elsewhere.status_code == 302
    assert AuditEvent.objects.filter(act="mistype_passphrase", chain=assessment.workspace_id).count() == 5


def test_neighbours_count_as_one_network_and_others_do_not(assessment: Any, new_client: Any) -> None:
    token, _ = link_to(assessment, passphrase=PASSPHRASE)

    def told(*addresses: str) -> list[int]:
        url = page(token)
        return [new_client().post(url, {"passphrase": "wrong"}, REMOTE_ADDR=one).status_code for one in addresses]

    assert told(*[f"203.0.113.{n}" for n in range(6)]) == [422] * 5 + [429]
    assert told(*[f"2001:db8:0:1::{n}" for n in range(6)], "2001:db8:0:2::1") == [422] * 5 + [429, 422]
    assert told(*["nonsense", ""] * 3) == [422] * 5 + [429]


def test_the_proxy_s_word_on_the_address_counts_only_where_proxies_are_trusted(
    assessment: Any, new_client: Any, settings: Any
) -> None:
    token, _ = link_to(assessment, passphrase=PASSPHRASE)

    def told(count: int) -> list[int]:
        return [
            new_client()
            .post(page(token), {"passphrase": "wrong"}, headers={"X-Forwarded-For": f"203.0.{n}.1"})
            .status_code
            for n in range(count)
        ]

    assert told(6) == [422] * 5 + [429]
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert told(6) == [422] * 6


# openings


def test_looking_at_a_counted_link_uses_up_nothing(assessment: Any, new_client: Any) -> None:
    token, link = link_to(assessment, openings_allowed=2)
    for _ in range(5):
        preview = new_client().get(page(token))
        assert (preview.status_code, "Task API" in preview.content.decode()) == (200, False)
        assert new_client().head(page(token)).status_code == 200
        assert new_client().get(report(token)).status_code == 302
    link.refresh_from_db()
    assert (link.opened, link.last_opened_at) == (0, None)


def test_two_openings_are_two_browsers(assessment: Any, new_client: Any) -> None:
    token, link = link_to(assessment, openings_allowed=2)
    first, second, third = new_client(), new_client(), new_client()
    for visitor in (first, second):
        assert visitor.post(page(token))["Location"] == page(token)
    assert [third.get(page(token)).status_code, third.post(page(token)).status_code] == [404, 404]
    for visitor in (first, second):  # who has opened it reads on, and uses up no more
        assert statuses(visitor, token) == [200, 200]
        assert visitor.post(page(token)).status_code == 302
    link.refresh_from_db()
    assert link.opened == 2


def test_more_openings_let_the_next_one_in(assessment: Any, new_client: Any) -> None:
    token, link = link_to(assessment, openings_allowed=1)
    new_client().post(page(token))
    late = new_client()
    assert late.post(page(token)).status_code == 404
    sharing.change_link(link, None, Choices(life=None, passphrase=None, openings_allowed=2))
    assert late.post(page(token)).status_code == 302
    assert "Task API" in late.get(page(token)).content.decode()


def test_a_wrong_passphrase_uses_up_no_opening(assessment: Any, new_client: Any) -> None:
    token, link = link_to(assessment, passphrase=PASSPHRASE, openings_allowed=1)
    new_client().post(page(token), {"passphrase": "wrong"})
    link.refresh_from_db()
    assert link.opened == 0
    assert new_client().post(page(token), {"passphrase": PASSPHRASE}).status_code == 302


def test_a_link_that_asks_for_nothing_opens_at_once_and_is_counted(assessment: Any, new_client: Any) -> None:
    token, _ = link_to(assessment)
    visitor = new_client()
    assert visitor.head(page(token)).status_code == 200
    assert ShareLink.objects.get().opened == 0
    assert statuses(visitor, token) == [200, 200]
    assert visitor.post(page(token)).status_code == 302
    opened = ShareLink.objects.get()
    assert opened.opened == 1  # the two looks follow each other closely, and nothing asks for the button
    assert opened.last_opened_at
    assert timezone.now() - opened.last_opened_at < timedelta(minutes=1)
    assert "sessionid" not in new_client().get(page(token)).cookies


def test_every_opening_is_in_the_audit_trail_without_the_token(assessment: Any, new_client: Any) -> None:
    token, _ = link_to(assessment, openings_allowed=3, name="Board")
    new_client().post(page(token))
    event = AuditEvent.objects.filter(act="open_link").get()
    assert (event.chain, event.who) == (assessment.workspace_id, "Somebody with the link “Board”")
    assert token not in str(list(AuditEvent.objects.values()))


# what opens nothing looks the same


def unopenable(assessment: Any, team: Any) -> dict[str, str]:
    """A token for each reason why nothing opens."""
    tokens = {"unknown": "A" * 43, "short": "no-token"}
    for state in ("paused", "ended", "used up", "off"):
        tokens[state], link = link_to(assessment, openings_allowed=1, passphrase=PASSPHRASE if state == "off" else "")
        if state == "used up":
            sharing.take_opening(link)
        elif state == "ended":
            ShareLink.objects.filter(pk=link.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
        else:
            (sharing.pause if state == "paused" else sharing.switch_off)(link, None)
    other = brought_in(team, example_document("service_desk"))
    tokens["deleted assessment"], _ = link_to(other)
    team["owner"].post(reverse("delete", args=[other.pk]))
    for name, change in (("Gone", {"deleted_at": timezone.now()}), ("Closed", {"public_links": False})):
        theirs = a_team(name)
        foreign = brought_in(theirs, example_document("task_api"))
        tokens[f"{name} workspace"], _ = link_to(foreign, passphrase=PASSPHRASE)
        type(theirs.workspace).objects.filter(pk=theirs.workspace.pk).update(**change)
    return tokens


@pytest.mark.parametrize("who", ["nobody", "somebody with a session", "a member"])
def test_whatever_opens_nothing_looks_the_same_and_asks_as_much(
    assessment: Any, team: Any, new_client: Any, who: str, figure: Any, django_assert_max_num_queries: Any
) -> None:
    tokens = unopenable(assessment, team)
    visitor = team["viewer"] if who == "a member" else new_client()
    if who == "somebody with a session":
        start(visitor)
    visitor.get("/")
    visitor.post(page("nothing"))  # the trail of the site begins with its first event
    different = set()
    for method, address in (
        *(("get", one) for one in (page, report, chances, figures)),
        *((verb, page) for verb in ("head", "post", "put")),
    ):
        seen = set()
        for token in tokens.values():
            with django_assert_max_num_queries(50) as asked:
                response = getattr(visitor, method)(address(token))
            body = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", response.content.decode())
            headers = {k: v for k, v in response.headers.items() if k != "Content-Length"}
            seen.add((response.status_code, body.replace(token, "*"), str(headers), len(asked)))
        assert len(seen) == 1, [(one[0], one[2], one[3]) for one in seen]
        different |= seen
    told = f"{len(tokens)} states, {who}"
    figure("answers that tell one closed link from another", len(different) - 7, told)
    assert {status for status, *_ in different} == {404, 405}


def test_who_had_it_open_finds_nothing_either_once_it_is_over(assessment: Any, team: Any, new_client: Any) -> None:
    ways: dict[str, Any] = {
        "paused": lambda link: sharing.pause(link, None),
        "off": lambda link: sharing.switch_off(link, None),
        "ended": lambda link: ShareLink.objects.filter(pk=link.pk).update(expires_at=timezone.now()),
        "deleted": lambda link: team["owner"].post(reverse("delete", args=[assessment.pk])),
    }
    for name, end in ways.items():
        token, link = link_to(assessment, openings_allowed=3)
        visitor = new_client()
        visitor.post(page(token))
        assert statuses(visitor, token) == [200, 200], name
        assert "Task API" in visitor.get(page(token)).content.decode(), name
        end(link)
        assert statuses(visitor, token) == [404, 404], name
        assert "Task API" not in visitor.get(page(token)).content.decode(), name
