"""Before sensitive acts one shows once more who one is, at most every five minutes, and nothing typed is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from assessments.models import AuditEvent, Membership, Role, User, Workspace
from assessments.presenters.audit import present_event
from assessments.services import people

from .. import signers
from ..pages import Page, fields
from ..people import PASSWORD, confirm, person, signed_in


@dataclass(frozen=True, kw_only=True)
class Room:
    """Olga's workspace with Vi in it, and Olga's browser."""

    olga: User
    client: Client
    workspace: Workspace
    vi: Membership

    def url(self, name: str, *more: object) -> str:
        return reverse(name, args=[self.workspace.pk, *more])

    def vi_now(self) -> Membership | None:
        return Membership.objects.filter(pk=self.vi.pk).first()

    def workspace_now(self) -> Workspace:
        return Workspace.objects.get(pk=self.workspace.pk)

    def olga_now(self) -> User:
        return User.objects.get(pk=self.olga.pk)


@pytest.fixture
def room(db: None) -> Room:
    olga = person("Olga", password=PASSWORD)
    workspace = people.start_workspace(olga, "Support").workspace
    vi = Membership.objects.create(workspace=workspace, user=person("Vi"), role=Role.VIEWER)
    EmailAddress.objects.create(user=olga, email="olga@example.org", primary=True)
    EmailAddress.objects.create(user=olga, email="second@example.org")
    return Room(olga=olga, client=signed_in(olga), workspace=workspace, vi=vi)


def without_vi(room: Room) -> None:
    room.vi.delete()


def with_two_step(room: Room) -> None:
    Authenticator.objects.create(user=room.olga, type=Authenticator.Type.TOTP, data={"secret": "x"})


def two_step_needed(room: Room) -> None:
    with_two_step(room)
    Workspace.objects.filter(pk=room.workspace.pk).update(needs_two_step=True)


@dataclass(frozen=True, kw_only=True)
class Act:
    """What is sent where, and how one sees that it was done."""

    url: Callable[[Room], str]
    sent: dict[str, str]
    done: Callable[[Room], bool]
    before: Callable[[Room], Any] = lambda room: None


def addresses(room: Room) -> set[str]:
    return set(EmailAddress.objects.filter(user=room.olga).values_list("email", flat=True))


ACTS = {
    "change_member": Act(
        url=lambda room: room.url("change_member", room.vi.pk),
        sent={"role": "editor"},
        done=lambda room: getattr(room.vi_now(), "role", "") == Role.EDITOR,
    ),
    "remove_member": Act(
        url=lambda room: room.url("remove_member", room.vi.pk), sent={}, done=lambda room: room.vi_now() is None
    ),
    "delete_workspace": Act(
        url=lambda room: room.url("delete_workspace"),
        sent={"typed": "Support"},
        done=lambda room: room.workspace_now().deleted_at is not None,
    ),
    "change_workspace": Act(
        url=lambda room: room.url("change_workspace"),
        sent={"name": "Renamed"},
        done=lambda room: (room.workspace_now().name, room.workspace_now().needs_two_step) == ("Renamed", False),
        before=two_step_needed,
    ),
    "delete_account": Act(
        url=lambda room: reverse("delete_account"),
        sent={"typed": "olga@example.org"},
        done=lambda room: room.olga_now().deleted_at is not None,
        before=without_vi,
    ),
    "add an address": Act(
        url=lambda room: reverse("account_email"),
        sent={"action_add": "1", "email": "new@example.org"},
        done=lambda room: "new@example.org" in addresses(room),
    ),
    "remove an address": Act(
        url=lambda room: reverse("account_email"),
        sent={"action_remove": "1", "email": "second@example.org"},
        done=lambda room: "second@example.org" not in addresses(room),
    ),
    "another main address": Act(
        url=lambda room: reverse("account_email"),
        sent={"action_primary": "1", "email": "second@example.org"},
        done=lambda room: room.olga_now().email == "second@example.org",
    ),
    "switch two-step sign-in off": Act(
        url=lambda room: reverse("mfa_deactivate_totp"),
        sent={},
        done=lambda room: not Authenticator.objects.exists(),
        before=with_two_step,
    ),
    "new recovery codes": Act(
        url=lambda room: reverse("mfa_generate_recovery_codes"),
        sent={},
        done=lambda room: Authenticator.objects.filter(type=Authenticator.Type.RECOVERY_CODES).exists(),
        before=with_two_step,
    ),
}


@pytest.fixture(params=ACTS)
def act(request: pytest.FixtureRequest, room: Room) -> Act:
    found = ACTS[request.param]
    found.before(room)
    return found


def test_it_is_asked_for_and_then_goes_on_with_what_was_sent(act: Act, room: Room) -> None:
    asked = room.client.post(act.url(room), act.sent)
    assert not act.done(room)
    wrong = room.client.post(asked["Location"], {"password": "not it"})
    assert "That is not your password" in Page(wrong).words("main")
    assert not act.done(room)
    assert confirm(room.client, asked).status_code == 302
    assert act.done(room)


@pytest.mark.parametrize(("seconds", "done"), [(0, True), (240, True), (301, False), (86_400, False)])
def test_within_five_minutes_it_is_not_asked_again(act: Act, room: Room, seconds: int, done: bool) -> None:
    signers.confirm(room.client, seconds_ago=seconds)
    response = room.client.post(act.url(room), act.sent)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_reauthenticate")) == (not done)
    assert act.done(room) == done


def test_having_signed_in_a_moment_ago_is_not_enough_for_a_browser_that_was_left_open(room: Room, client: Any) -> None:
    client.post(reverse("account_login"), {"login": room.olga.email, "password": PASSWORD})
    asked = client.post(room.url("delete_workspace"), {"typed": "Support"})
    assert asked["Location"].startswith(reverse("account_reauthenticate"))


def test_whoever_comes_by_single_sign_on_alone_cannot_be_asked_and_is_not(room: Room) -> None:
    User.objects.filter(pk=room.olga.pk).update(password="!")
    client = signed_in(room.olga_now())
    assert client.post(room.url("remove_member", room.vi.pk))["Location"] == room.url("workspace")


# nothing typed is lost, and no page is a dead end


def test_what_is_not_right_is_told_before_anybody_is_asked_who_they_are(room: Room) -> None:
    for url, sent in (
        (room.url("delete_workspace"), {"typed": "Supper"}),
        (room.url("change_member", room.vi.pk), {"role": "boss"}),
        (room.url("change_workspace"), {"name": ""}),
        (reverse("delete_account"), {"typed": "me"}),
    ):
        response = room.client.post(url, sent)
        assert (url, response.status_code) == (url, 422)
        assert Page(response).title.startswith("Error:"), url


def test_the_last_owner_is_told_in_a_page_whose_forms_all_lead_somewhere(room: Room) -> None:
    """It is shown at the address that asked for the password."""
    own = room.workspace.memberships.get(user=room.olga)
    page = Page(confirm(room.client, room.client.post(room.url("change_member", own.pk), {"role": "editor"})))
    assert "A workspace needs an owner" in page.words("main")
    assert all((form.get("action") or "").startswith("/") for form in page.all("form"))


def test_a_page_that_is_the_answer_to_a_password_still_does_what_it_says(room: Room) -> None:
    """The name changes while the password is asked for: the form comes back with what was typed, and works."""
    asked = room.client.post(room.url("delete_workspace"), {"typed": "Support"})
    Workspace.objects.filter(pk=room.workspace.pk).update(name="Renamed")
    page = Page(confirm(room.client, asked))
    form = next(one for one in page.with_id("main").iter("form"))
    assert (form.get("action"), fields(form)["typed"]) == (room.url("delete_workspace"), "Support")
    again = room.client.post(form.get("action"), {"typed": "Renamed"})
    assert again["Location"] == reverse("workspaces")


@pytest.mark.parametrize("name", ["delete_workspace", "delete_account", "leave_workspace", "remove_member", "account"])
def test_every_form_of_these_pages_says_where_it_goes(room: Room, name: str) -> None:
    arguments = {"remove_member": [room.vi.pk]}.get(name, [])
    without_vi(room) if name == "delete_account" else None
    url = reverse(name) if "account" in name else room.url(name, *arguments)
    page = Page(room.client.get(url))
    assert all((form.get("action") or "").startswith("/") for form in page.all("form"))


@pytest.mark.parametrize("name", ["change_member", "change_workspace"])
def test_whoever_comes_back_to_an_address_that_only_takes_a_form_is_led_on(room: Room, name: str) -> None:
    """A password typed once more, after it was asked for: nothing is put aside any more."""
    two_step_needed(room)
    url = ACTS[name].url(room)
    asked = room.client.post(url, ACTS[name].sent)
    confirm(room.client, asked)
    back = confirm(room.client, asked)
    assert (back.status_code, back["Location"]) == (302, url)
    assert room.client.get(url)["Location"] == room.url("workspace")


def test_a_right_that_is_gone_when_the_password_comes_is_gone(room: Room) -> None:
    asked = room.client.post(room.url("delete_workspace"), {"typed": "Support"})
    Membership.objects.filter(user=room.olga).update(role=Role.VIEWER)
    assert confirm(room.client, asked).status_code == 403
    assert room.workspace_now().deleted_at is None


def test_what_is_not_one_s_own_is_not_found_before_anybody_is_asked(room: Room) -> None:
    other = person("Otto", password=PASSWORD)
    people.start_workspace(other, "Elsewhere")
    client = signed_in(other)
    for name in ("change_member", "remove_member", "delete_workspace", "change_workspace"):
        assert (name, client.post(ACTS[name].url(room), ACTS[name].sent).status_code) == (name, 404)
    assert (room.workspace_now().deleted_at, room.workspace_now().name) == (None, "Support")


# the file with everything of one's own


def test_the_page_of_the_file_comes_after_the_password_and_the_file_at_once(room: Room) -> None:
    url = reverse("export_account")
    assert url in {link.get("href") for link in Page(room.client.get("/account/")).with_id("main").iter("a")}
    done = confirm(room.client, room.client.get(url))
    assert done["Location"] == url
    assert "One file in JSON" in Page(room.client.get(url)).words("main")
    assert room.client.post(url)["Content-Disposition"].startswith("attachment")


def test_a_file_is_never_the_answer_to_a_password(room: Room) -> None:
    url = reverse("export_account")
    asked = room.client.post(url)
    assert (asked.status_code, asked["Location"]) == (302, url)
    signers.confirm(room.client, seconds_ago=301)
    assert room.client.post(url)["Location"] == url
    events = AuditEvent.objects.filter(act="export_account")
    assert {present_event(one, names={}, broken=False).words for one in events} == {
        "Downloaded everything of their own: asked who they are first"
    }


# the audit trail


def test_the_trail_says_what_was_put_aside_and_what_was_done(room: Room) -> None:
    confirm(room.client, room.client.post(room.url("delete_workspace"), {"typed": "Support"}))
    told = [
        present_event(event, names={}, broken=False).words
        for event in AuditEvent.objects.filter(chain=room.workspace.pk).order_by("sequence")
    ]
    assert told[1:] == ["Deleted the workspace: asked who they are first", "Deleted the workspace"]


def test_what_goes_on_after_the_password_stands_there_as_what_it_is(room: Room) -> None:
    sent = {"action_add": "1", "email": "new@example.org"}
    confirm(room.client, room.client.post(reverse("account_email"), sent))
    assert list(AuditEvent.objects.filter(chain="site").values_list("act", flat=True)) == ["change_addresses"] * 2
