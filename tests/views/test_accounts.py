"""Signing up, in and out: work comes along, old sessions die, and nobody learns which addresses are known."""

import re
from http.cookies import SimpleCookie
from itertools import product
from typing import Any

import pytest
from django.core import mail
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

from assessments.models import Assessment, AuditEvent, User
from assessments.services import leaving, people

from ..documents import example_document
from ..pages import Page, words
from ..people import PASSWORD, person, sign_in, sign_up
from ..visits import bring_in, start

WITH_MAIL = {
    "MAIL_SERVER": {"host": "mail.example.org"},
    "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
}
CONFIRMED = {**WITH_MAIL, "ACCOUNT_EMAIL_VERIFICATION": "mandatory", "MFA_ALLOW_UNVERIFIED_EMAIL": False}


def copy_of(client: Client) -> Client:
    """Another browser with the same cookies, as somebody has it who stole them."""
    thief = Client(raise_request_exception=False)
    thief.cookies = SimpleCookie(client.cookies.output(header="", sep=";"))
    return thief


def told(response: Any) -> tuple[Any, ...]:
    """What a visitor sees: status, where it leads, and the page but for its CSRF value and the address typed."""
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    return response.status_code, response.headers.get("Location"), re.sub(r"\w+@example.org", "*", body)


# signing up


def test_whoever_signs_up_is_signed_in_and_has_what_was_tried(owner: Any) -> None:
    ours = bring_in(owner, example_document("task_api"))
    page = Page(sign_up(owner, "Dana", "dana@example.org", follow=True))
    assert "Task API assistant" in page.words("main")
    assert "Your assessment is in your account now." in page.words("main")
    ours.refresh_from_db()
    assert ours.workspace.memberships.get().user.email == "dana@example.org"  # type: ignore[union-attr]
    assert owner.get(reverse("overview", args=[ours.pk])).status_code == 200


def test_the_old_session_loses_what_it_had_and_its_key_is_dead(owner: Any) -> None:
    ours = bring_in(owner, example_document("task_api"))
    thief, old = copy_of(owner), owner.cookies["sessionid"].value
    sign_up(owner, "Dana", "dana@example.org")
    assert owner.cookies["sessionid"].value != old
    assert not owner.session.get("browser")
    for name in ("overview", "result", "export"):
        assert thief.get(reverse(name, args=[ours.pk])).status_code == 404
    assert "Task API" not in thief.get("/assessments/").content.decode()
    start(thief)
    assert Assessment.objects.exclude(pk=ours.pk).get().workspace is None


def test_signing_in_later_takes_along_what_was_tried_since(owner: Any) -> None:
    user = person("Dana", password=PASSWORD)
    people.give_room(user)
    ours = start(owner)
    sign_in(owner, user.email)
    ours.refresh_from_db()
    assert ours.workspace == user.memberships.get().workspace


def test_signing_out_ends_the_session_and_keeps_the_work(owner: Any) -> None:
    user = person("Dana", password=PASSWORD)
    sign_in(owner, user.email)
    ours, thief = start(owner), copy_of(owner)
    owner.post(reverse("account_logout"))
    for client in (owner, thief):
        assert client.get(reverse("overview", args=[ours.pk])).status_code == 404
    sign_in(owner, user.email)
    assert owner.get(reverse("overview", args=[ours.pk])).status_code == 200


def test_signing_out_is_a_post(owner: Any) -> None:
    sign_in(owner, person("Dana", password=PASSWORD).email)
    assert "Sign out?" in Page(owner.get(reverse("account_logout"))).words("main")
    assert "Dana" in owner.get("/").content.decode()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Enter your name"),
        ("name", "x" * 101, "at most 100 characters"),
        ("name", "a\x00b", "control character"),
        ("email", "", "Enter an e-mail address, like name@example.org"),
        ("email", "nobody", "Enter an e-mail address, like name@example.org"),
        ("password1", "", "Enter a password"),
        ("password1", "too short", "at least 10 characters"),
        ("password1", "1234567890", "too common"),
        ("password1", "dana@example.org", "too similar"),
    ],
)
def test_what_is_wrong_is_told_at_the_top_and_beside_the_field(
    client: Any, db: None, field: str, value: Any, sentence: str
) -> None:
    sent = {"name": "Dana", "email": "dana@example.org", "password1": PASSWORD} | {field: value}
    page = Page(client.post(reverse("account_signup"), sent))
    summary = next(element for element in page.all("div") if element.get("role") == "alert")
    assert sentence in words(summary)
    assert sentence in page.words(f"id_{field}_error")
    assert {link.get("href") for link in summary.iter("a")} == {f"#id_{field}"}
    control = page.with_id(f"id_{field}")
    assert control.get("aria-invalid") == "true"
    assert f"id_{field}_error" in control.get("aria-describedby")
    assert page.title.startswith("Error: ")
    if field != "email":
        assert page.with_id("id_email").get("value") == "dana@example.org"
    assert not User.objects.exists()


def test_a_password_is_stored_as_argon2_and_nowhere_in_the_clear(client: Any, db: None, in_earnest: Any) -> None:
    sign_up(client, "Dana", "dana@example.org")
    stored = User.objects.get().password
    assert stored.startswith("argon2$argon2id$")
    assert PASSWORD not in stored
    assert not any(PASSWORD in str(row) for row in AuditEvent.objects.values_list())


def test_trying_without_an_account_offers_one_quietly(owner: Any) -> None:
    ours = bring_in(owner, example_document("task_api"))
    for url in ("/assessments/", reverse("overview", args=[ours.pk])):
        links = {link.get("href") for link in Page(owner.get(url)).with_id("main").iter("a")}
        assert reverse("account_signup") in links


# nobody learns which addresses are known


@pytest.mark.parametrize(
    ("options", "way"),
    [
        *product(({}, WITH_MAIL, CONFIRMED), ("sign in", "reset")),
        (CONFIRMED, "sign up"),  # without confirmation whoever signs up is in: that answer is told in any case
    ],
)
def test_known_and_unknown_addresses_get_the_same_answers(db: None, new_client: Any, options: Any, way: str) -> None:
    person("Known", password=PASSWORD)
    answers = []
    with override_settings(**options):
        for address in ("known@example.org", "other@example.org"):
            client = new_client()
            if way == "sign in":
                first = sign_in(client, address, password="something else entirely")
            elif way == "sign up":
                first = sign_up(client, "Somebody", address, password="another long password")
            else:
                first = client.post(reverse("account_reset_password"), {"email": address})
            follows = client.get(first["Location"]) if first.status_code == 302 else first
            answers.append((told(first), told(follows), sorted(client.cookies)))
    assert answers[0] == answers[1]
    assert answers[0][0][0] == (200 if way == "sign in" else 302)


def test_a_known_address_is_asked_for_its_password_and_taken_along_to_the_sign_in_page(db: None, client: Any) -> None:
    person("Known", password=PASSWORD)
    page = Page(sign_up(client, "Known", "known@example.org", password="another long password", follow=True))
    assert page.title == "Sign in - ftdecide"
    assert "This address has an account already" in page.words("main")
    assert "_auth_user_id" not in client.session


def test_signing_up_with_a_known_address_changes_nothing_there(db: None, new_client: Any) -> None:
    user = person("Known", password=PASSWORD)
    sign_up(new_client(), "Evil", "KNOWN@example.org", password="another long password")
    user.refresh_from_db()
    assert (user.name, user.check_password(PASSWORD), User.objects.count()) == ("Known", True, 1)
    assert sign_in(new_client(), user.email, password="another long password").status_code == 200


@override_settings(**WITH_MAIL)
def test_its_owner_is_told_by_mail(db: None, client: Any) -> None:
    person("Known", password=PASSWORD)
    sign_up(client, "Evil", "known@example.org")
    assert [(m.to, m.subject) for m in mail.outbox] == [
        (["known@example.org"], "ftdecide: You have an account already")
    ]


# guessing


def test_wrong_passwords_from_one_network_lock_nobody_out_elsewhere(db: None) -> None:
    user = person("Dana", password=PASSWORD)
    guesser, dana = Client(REMOTE_ADDR="203.0.113.7"), Client(REMOTE_ADDR="198.51.100.7")
    for _ in range(8):
        sign_in(guesser, user.email, password="wrong password")
    assert "Too many tries" in sign_in(guesser, user.email).content.decode()
    assert sign_in(dana, user.email).status_code == 302


def test_many_networks_that_try_do_not_free_those_that_are_locked_out(db: None, new_client: Any) -> None:
    """The counts stood in a cache of 300 rows, and 260 tries from 26 networks made room for them."""
    user = person("Dana", password=PASSWORD)
    for _ in range(5):
        sign_in(new_client(), user.email, password="wrong password")
    for n in range(400):
        caches["default"].set(f"another-{n}", [0.0], 300)
    assert "Too many tries" in sign_in(new_client(), user.email).content.decode()


def test_what_is_counted_no_more_is_not_kept(db: None) -> None:
    cache = caches["default"]
    for n in range(400):
        cache.set(f"over-{n}", 1, -1)
    cache.set("one-more", 1, 300)
    with connection.cursor() as cursor:
        cursor.execute('SELECT COUNT(*) FROM "cache"')
        assert cursor.fetchone()[0] < 310


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(db: None, new_client: Any) -> None:
    user, other = person("Dana", password=PASSWORD), person("Other", password=PASSWORD)
    for _ in range(5):
        assert "is not right" in sign_in(new_client(), user.email, password="wrong password").content.decode()
    assert "Too many tries" in sign_in(new_client(), user.email).content.decode()
    assert sign_in(new_client(), other.email).status_code == 302


def test_a_visitor_who_tries_one_address_after_another_has_to_wait_too(db: None, client: Any) -> None:
    statuses = [sign_in(client, f"n{number}@example.org").status_code for number in range(35)]
    assert statuses[-1] == 429
    page = Page(sign_in(client, "again@example.org"))
    assert "That was too often" in page.words("main")


def test_limits_are_counted_where_all_processes_see_them() -> None:
    assert isinstance(caches["default"], DatabaseCache)


def test_a_made_up_address_in_a_header_is_no_way_round(db: None, new_client: Any) -> None:
    person("Dana", password=PASSWORD)
    statuses = [
        new_client().post(reverse("account_signup"), {}, headers={"X-Forwarded-For": f"10.0.0.{number}"}).status_code
        for number in range(21)
    ]
    assert statuses[-1] == 429


def test_a_failed_try_stands_in_the_audit_trail(db: None, client: Any) -> None:
    sign_in(client, "dana@example.org")
    event = AuditEvent.objects.get(act="fail_sign_in")
    assert event.who == "Somebody as dana@example.org"


# where one is led


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_signing_in_never_leads_off_the_site(db: None, client: Any, target: str) -> None:
    user = person("Dana", password=PASSWORD)
    response = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD, "next": target})
    assert (response.status_code, response["Location"]) == (302, "/assessments/")


def test_signing_in_leads_back_to_where_it_was_asked_for(db: None, client: Any) -> None:
    user = person("Dana", password=PASSWORD)
    asked = client.get("/account/")
    assert asked["Location"] == "/accounts/login/?next=/account/"
    page = Page(client.get(asked["Location"]))
    assert next(one.get("value") for one in page.all("input") if one.get("name") == "next") == "/account/"
    response = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD, "next": "/account/"})
    assert response["Location"] == "/account/"


# a new password


def test_without_mail_the_page_says_how_to_get_a_link(db: None, client: Any) -> None:
    page = Page(client.get(reverse("account_reset_password")))
    assert "sends no mail" in page.words("main")
    assert "manage.py reset_link" in page.words("main")


@override_settings(**WITH_MAIL)
def test_a_link_by_mail_sets_a_new_password_once_and_ends_other_sessions(db: None, new_client: Any) -> None:
    user, client = person("Dana", password=PASSWORD), new_client()
    sign_in(client, user.email)
    ours = start(client)
    visitor = new_client()
    visitor.post(reverse("account_reset_password"), {"email": user.email})
    link = re.search(r"http://testserver(\S+)", str(mail.outbox[0].body))
    assert link
    form = visitor.get(link[1])
    assert "set-password" in form["Location"]  # the key is not in the address of the form
    page = Page(visitor.get(form["Location"]))
    assert page.has("id_password1")
    assert not page.has("id_password2")
    done = visitor.post(form["Location"], {"password1": "a brand new password"}, follow=True)
    assert "Your password is changed" in Page(done).words("main")
    assert client.get(reverse("overview", args=[ours.pk])).status_code == 404
    assert sign_in(new_client(), user.email).status_code == 200
    assert sign_in(new_client(), user.email, password="a brand new password").status_code == 302
    assert "does not work any more" in Page(new_client().get(link[1])).words("main")


@pytest.mark.parametrize("host", ["decide.example.org", "decide.example.org:8443", "decide.example.org:1234"])
@override_settings(**WITH_MAIL, SITE_URL="https://decide.example.org:8443", ALLOWED_HOSTS=["decide.example.org"])
def test_a_link_by_mail_leads_to_the_address_of_the_site_whatever_the_request_says(db: None, host: str) -> None:
    user = person("Dana", password=PASSWORD)
    Client().post(reverse("account_reset_password"), {"email": user.email}, secure=True, headers={"Host": host})
    assert re.findall(r"https?://[^/\s]+", str(mail.outbox[0].body)) == ["https://decide.example.org:8443"]


def test_changing_the_password_asks_for_the_old_one_and_ends_other_sessions(db: None, new_client: Any) -> None:
    user, client, other = person("Dana", password=PASSWORD), new_client(), new_client()
    sign_in(client, user.email), sign_in(other, user.email)
    url = reverse("account_change_password")
    wrong = Page(client.post(url, {"oldpassword": "nonsense", "password1": "a brand new password"}))
    assert "That is not your current password" in wrong.words("id_oldpassword_error")
    assert client.post(url, {"oldpassword": PASSWORD, "password1": "a brand new password"}).status_code == 302
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302


# addresses


@override_settings(**CONFIRMED)
def test_where_addresses_are_confirmed_an_account_works_only_afterwards(db: None, client: Any) -> None:
    ours = start(client)
    assert sign_up(client, "Dana", "dana@example.org")["Location"] == reverse("account_email_verification_sent")
    assert client.get("/account/").status_code == 302
    link = re.search(r"http://testserver(\S+)", str(mail.outbox[0].body))
    assert link
    assert "dana@example.org" in Page(client.get(link[1])).words("main")
    client.post(link[1])
    sign_in(client, "dana@example.org")
    assert client.get("/account/").status_code == 200
    ours.refresh_from_db()
    assert ours.workspace is not None


def test_another_address_can_be_added_and_made_the_main_one(db: None, client: Any) -> None:
    user = person("Dana", password=PASSWORD)
    sign_in(client, user.email)
    url = reverse("account_email")
    reauthenticate(client, url, {"action_add": "1", "email": "d2@example.org"})
    client.post(url, {"action_primary": "1", "email": "d2@example.org"})
    user.refresh_from_db()
    assert user.email == "d2@example.org"


def test_an_address_of_another_account_cannot_be_made_the_main_one(db: None, client: Any) -> None:
    user = person("Dana", password=PASSWORD)
    person("Other")
    sign_in(client, user.email)
    url = reverse("account_email")
    reauthenticate(client, url, {"action_add": "1", "email": "other@example.org"})
    response = client.post(url, {"action_primary": "1", "email": "other@example.org"}, follow=True)
    assert (response.status_code, response.redirect_chain) == (200, [(url, 302)])
    user.refresh_from_db()
    assert user.email == "dana@example.org"


def reauthenticate(client: Client, url: str, sent: dict[str, str]) -> None:
    response = client.post(url, sent)
    if response.status_code == 302 and "reauthenticate" in response["Location"]:
        response = client.post(response["Location"], {"password": PASSWORD, "next": url})
    assert response.status_code in (200, 302)


# an account that is about to go


def test_signing_in_within_a_week_brings_an_account_back(db: None, client: Any) -> None:
    user = person("Dana", password=PASSWORD)
    people.give_room(user)
    leaving.delete_account(user)
    page = Page(sign_in(client, user.email, follow=True))
    assert "You signed in, so it stays" in page.words("main")
    user.refresh_from_db()
    assert user.deleted_at is None
    assert user.memberships.get().workspace.deleted_at is None


# only what is offered is there


@pytest.mark.parametrize(
    "path",
    [
        "password/reset/confirm/",
        "login/code/",
        "phone/verify/",
        "2fa/webauthn/",
        "social/login/error/",
        "google/login/",
    ],
)
def test_an_address_of_allauth_that_is_not_offered_is_not_there(db: None, client: Any, path: str) -> None:
    assert client.get(f"/accounts/{path}").status_code == 404


def test_the_head_of_a_page_says_who_is_here(db: None, client: Any) -> None:
    assert "Sign in" in client.get("/privacy/").content.decode()
    user = person("Dana", password=PASSWORD)
    people.start_workspace(user, "Support")
    sign_in(client, user.email)
    head = next(Page(client.get("/privacy/")).all("header"))
    assert {"Dana", "Support", "Sign out"} <= {words(one) for one in head.iter("b", "button", "span")}
    hrefs = {link.get("href") for link in head.iter("a")}
    assert {"/account/", "/workspaces/"} <= hrefs
