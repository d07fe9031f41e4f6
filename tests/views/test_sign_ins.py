"""Where one is signed in: each browser with its kind and its times, and a way to sign out there."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.models import AuditEvent, User
from assessments.services import leaving
from assessments.services.sign_ins import kind_of_browser

from ..pages import Page
from ..people import PASSWORD, person, sign_in, signed_in
from ..visits import start

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)
URL = "/account/sign-ins/"


@pytest.fixture
def dana(db: None) -> User:
    return person("Dana", password=PASSWORD)


def browser(user: User, user_agent: str = FIREFOX) -> Client:
    """A browser that says this of itself, in which somebody has signed in."""
    client = Client(raise_request_exception=False, headers={"User-Agent": user_agent}, REMOTE_ADDR="203.0.113.77")
    assert sign_in(client, user.email).status_code == 302
    return client


def listed(client: Client) -> list[str]:
    response = client.get(URL)
    assert response.status_code == 200
    return [" ".join(" ".join(one.itertext()).split()) for one in Page(response).with_id("main").iter("li")]


def end_of(user: User, client: Client) -> str:
    """The address that ends the sign-in of this browser."""
    return reverse("end_sign_in", args=[UserSession.objects.get(user=user, session_key=key(client)).pk])


def key(client: Client) -> str:
    return client.cookies["sessionid"].value


def test_each_browser_is_listed_by_its_kind_and_this_one_is_marked(dana: User) -> None:
    firefox, phone = browser(dana), browser(dana, IPHONE)
    here, other = listed(firefox)
    assert here.startswith("Firefox on Windows Signed in ")
    assert here.endswith("This browser")
    assert other.startswith("Safari on iPhone Signed in ")
    assert "Last used " in other
    assert [one.split(" Signed")[0] for one in listed(phone)] == ["Safari on iPhone", "Firefox on Windows"]
    assert URL in {link.get("href") for link in Page(firefox.get("/account/")).with_id("main").iter("a")}


def test_nothing_of_others_is_listed_and_nobody_who_tries_is(dana: User, new_client: Any) -> None:
    start(new_client())
    browser(person("Otto", password=PASSWORD))
    assert len(listed(browser(dana))) == 1
    assert new_client().get(URL)["Location"] == f"{reverse('account_login')}?next={URL}"


def test_no_address_and_nothing_more_than_the_kind_of_browser_is_stored(dana: User) -> None:
    client = browser(dana)
    client.get("/account/")
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": "a brand new password"})
    stored = [str(one) for row in UserSession.objects.values_list() for one in row]
    assert "Firefox on Windows" in stored
    assert not any("203.0.113" in one or "Gecko" in one for one in stored)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (FIREFOX, "Firefox on Windows"),
        (IPHONE, "Safari on iPhone"),
        (f"{IPHONE} CriOS/140.0", "Chrome on iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36", "Chrome on Linux"),
        ("Mozilla/5.0 (Macintosh) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0", "Edge on Mac"),
        ("Mozilla/5.0 (X11; CrOS x86_64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36", "Chrome on ChromeOS"),
        ("Mozilla/5.0 (Linux; Android 15) SamsungBrowser/28.0 Chrome/130.0 Mobile", "Samsung Internet on Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/142.0 Safari/537.36 OPR/120.0", "Opera on Windows"),
        ("curl/8.14", "A browser"),
        ("<script>", "A browser"),
        ("", "A browser"),
    ],
)
def test_what_a_browser_says_of_itself_is_said_plainly(said: Any, kind: str) -> None:
    assert kind_of_browser(said) == kind_of_browser(kind) == kind


# signing out elsewhere


def test_one_of_them_is_signed_out_at_once_and_no_other(dana: User) -> None:
    here, lost, other = browser(dana), browser(dana, IPHONE), browser(dana)
    page = Page(here.post(end_of(dana, lost), follow=True))
    assert "Safari on iPhone is signed out." in page.words("main")
    assert lost.get("/account/").status_code == 302
    assert other.get("/account/").status_code == here.get("/account/").status_code == 200
    assert len(listed(here)) == 2
    assert AuditEvent.objects.get(act="end_sign_in").person == dana


def test_all_others_are_signed_out_those_too_that_are_older_than_the_list(dana: User) -> None:
    here, listed_one, unlisted, otto = browser(dana), browser(dana), signed_in(dana), signed_in(person("Otto"))
    page = Page(here.post(reverse("end_other_sign_ins"), follow=True))
    assert "You are signed out everywhere else." in page.words("main")
    assert "You are signed in nowhere else." in page.words("main")
    assert [client.get("/account/").status_code for client in (here, listed_one, unlisted)] == [200, 302, 302]
    assert otto.get("/account/").status_code == 200


def test_somebody_else_s_cannot_be_ended_and_looks_as_if_it_were_not_there(dana: User) -> None:
    here, otto = browser(dana), person("Otto", password=PASSWORD)
    theirs = browser(otto)
    answers = [here.post(url) for url in (end_of(otto, theirs), *(f"{URL}{one}/end/" for one in (10**6, 10**30)))]
    assert [one.status_code for one in answers] == [404] * 3
    assert len({Page(one).words("main") for one in answers}) == 1
    assert theirs.get("/account/").status_code == 200


def test_this_one_leads_to_signing_out(dana: User) -> None:
    here = browser(dana)
    assert here.post(end_of(dana, here))["Location"] == reverse("account_logout")
    assert here.get("/account/").status_code == 200


def test_signing_out_takes_it_off_the_list(dana: User) -> None:
    here, other = browser(dana), browser(dana)
    other.post(reverse("account_logout"))
    assert UserSession.objects.get().session_key == key(here)


def test_another_password_ends_all_others_and_this_one_goes_on(dana: User) -> None:
    here, other, unlisted = browser(dana), browser(dana, IPHONE), signed_in(dana)
    sent = {"oldpassword": PASSWORD, "password1": "a brand new password"}
    assert here.post(reverse("account_change_password"), sent).status_code == 302
    assert [client.get("/account/").status_code for client in (here, other, unlisted)] == [200, 302, 302]
    (here_now,) = listed(here)
    assert here_now.endswith("This browser")


def test_an_account_that_goes_leaves_none(dana: User) -> None:
    here, other = browser(dana), browser(dana)
    leaving.delete_account(dana)
    assert [client.get("/account/").status_code for client in (here, other)] == [302, 302]
    assert not UserSession.objects.exists()


# last used


def test_when_it_was_last_used_is_kept_once_in_ten_minutes(dana: User, monkeypatch: pytest.MonkeyPatch) -> None:
    here, other = browser(dana), browser(dana)
    later = timezone.now() + timedelta(hours=3)
    monkeypatch.setattr(timezone, "now", lambda: later)

    def last_used() -> datetime:
        seen: datetime = UserSession.objects.get(session_key=key(other)).last_seen_at
        return seen

    before = last_used()
    other.get("/assessments/")
    assert last_used() == before
    caches["seen"].clear()
    other.get("/assessments/")
    assert last_used() == later
    assert f"Last used {later:%-d %B %Y, %H:%M}" in listed(here)[1]


def test_it_costs_one_question_in_ten_minutes_and_none_otherwise(dana: User) -> None:
    client = browser(dana)

    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as found:
            client.get("/account/")
        return [one["sql"] for one in found]

    usual = asked()
    caches["seen"].clear()
    again = asked()
    assert len(again) == len(usual) + 1
    assert not any("usersession" in sql for sql in usual)
    assert len(asked()) == len(usual)


def test_a_browser_from_before_the_list_is_on_it_with_its_next_request(dana: User) -> None:
    client = signed_in(dana)
    caches["seen"].clear()
    client.get("/assessments/", headers={"User-Agent": FIREFOX})
    assert listed(client)[0].startswith("Firefox on Windows")


def test_nobody_who_tries_without_an_account_is_kept(owner: Any, assessment: Any) -> None:
    caches["seen"].clear()
    owner.get(reverse("overview", args=[assessment.pk]))
    assert not UserSession.objects.exists()


def test_the_list_asks_the_database_as_much_for_twenty_browsers_as_for_one(
    dana: User, django_assert_num_queries: Any
) -> None:
    client = browser(dana)
    # session, person, sign-ins, their sessions, workspaces and what waits for the head of the page
    with django_assert_num_queries(6):
        assert len(listed(client)) == 1
    content = Session.objects.get(pk=key(client))
    for number in range(19):
        Session.objects.create(pk=f"s{number}", session_data=content.session_data, expire_date=content.expire_date)
        UserSession.objects.create(session_key=f"s{number}", user=dana, user_agent=FIREFOX)
    with django_assert_num_queries(6):
        assert len(listed(client)) == 20


def test_what_is_left_of_sessions_that_ran_out_is_purged(
    dana: User, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    here, old = browser(dana), browser(dana)
    Session.objects.filter(pk=key(old)).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert len(listed(here)) == 1
    call_command("purge")
    assert "sessions=1" in capsys.readouterr().out
    assert UserSession.objects.get().session_key == key(here)
