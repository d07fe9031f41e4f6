"""Invitations: a link that works once, for two weeks, and for one address if it says so."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone

from assessments.models import Invitation, Role, Workspace
from assessments.services import people

from ..pages import Page
from ..people import Team, alert, invitation_link, make_team, person, sign_up, signed_in
from ..visits import start


@pytest.fixture
def team(db: None) -> Team:
    return make_team()


def test_a_link_is_shown_once_and_lets_somebody_in_with_that_role(team: Team) -> None:
    path = invitation_link(team, role="approver")
    assert path not in team.clients["owner"].get(team.url("workspace")).content.decode()
    user = person("Uno")
    client = signed_in(user)
    page = Page(client.get(path))
    assert "Join Support" in page.words("main")
    assert "Olga invites you as approver. You may read everything" in page.words("main")
    assert not team.workspace.memberships.filter(user=user).exists()
    response = client.post(path, follow=True)
    assert "You are in Support now, as approver." in Page(response).words("main")
    assert "Task API assistant" in response.content.decode()
    assert team.workspace.memberships.get(user=user).role == Role.APPROVER
    assert client.get(path).status_code == 404


def test_somebody_without_an_account_signs_up_joins_and_gets_no_workspace_of_their_own(
    team: Team, new_client: Any
) -> None:
    path, client = invitation_link(team), new_client()
    assert "Sign up to join" in Page(client.get(path)).words("main")
    assert "sessionid" not in client.cookies
    assert client.post(path, {"sign_up": "1"})["Location"] == reverse("account_signup")
    assert "To the workspace Support." in Page(client.get(reverse("account_signup"))).words("main")
    response = sign_up(client, "Uno", "uno@example.org", follow=True)
    assert response.redirect_chain[-1][0] == reverse("invited")
    client.post(reverse("invited"))
    assert [one.name for one in Workspace.objects.filter(memberships__user__email="uno@example.org")] == ["Support"]
    assert client.get(reverse("invited")).status_code == 404


def test_the_token_is_in_no_address_on_the_way_and_not_in_the_session(team: Team, new_client: Any) -> None:
    path, client = invitation_link(team), new_client()
    token = path.rstrip("/").rsplit("/", 1)[1]
    response = client.post(path, {"sign_up": "1"})
    assert token not in response["Location"]
    assert token not in str(dict(client.session))


def test_work_that_was_tried_comes_along_when_joining(team: Team, owner: Any) -> None:
    ours, path = start(owner), invitation_link(team)
    owner.post(path, {"sign_up": "1"})
    sign_up(owner, "Uno", "uno@example.org")
    owner.post(reverse("invited"))
    ours.refresh_from_db()
    assert ours.workspace.name == "Uno's workspace"  # type: ignore[union-attr]


def test_an_invitation_for_one_address_works_for_nobody_else(team: Team) -> None:
    path = invitation_link(team, email="Uno@Example.org")
    other = signed_in(person("Other"))
    for response in (other.get(path), other.post(path)):
        assert response.status_code == 403
        assert "This invitation is for somebody else" in Page(response).words("main")
        assert "uno@example.org" not in response.content.decode().lower()
    assert team.workspace.memberships.count() == 4
    assert signed_in(person("Uno")).post(path).status_code == 302
    assert team.workspace.memberships.count() == 5


def test_an_address_counts_when_it_is_confirmed(team: Team) -> None:
    user, path = person("Uno"), invitation_link(team, email="second@example.org")
    address = EmailAddress.objects.create(user=user, email="second@example.org", verified=False)
    client, joined = signed_in(user), team.workspace.memberships.filter(user=user)
    assert client.post(path).status_code == 403
    assert not joined.exists()
    address.verified = True
    address.save()
    assert client.post(path).status_code == 302
    assert joined.exists()


def test_unknown_used_run_out_taken_back_and_of_a_deleted_workspace_look_the_same(team: Team, new_client: Any) -> None:
    paths = [invitation_link(team) for _ in range(4)]
    used, expired, revoked, open_ = (invitation_of(path) for path in paths)
    people.accept(used, person("Uno"))
    Invitation.objects.filter(pk=expired.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    people.revoke(revoked, actor=None)
    gone = people.start_workspace(person("Gone"), "Gone").workspace
    token = people.invite(gone, role=Role.VIEWER, email="", actor=None)
    Workspace.objects.filter(pk=gone.pk).update(deleted_at=timezone.now())
    closed = [*paths[:3], reverse("join", args=[token]), reverse("join", args=["x" * 43])]
    for client in (new_client(), signed_in(person("Due"))):
        for method in (client.get, client.post):
            answers = [method(path) for path in closed]
            assert [answer.status_code for answer in answers] == [404] * 5
            assert len({masked(answer, path) for answer, path in zip(answers, closed, strict=True)}) == 1
        assert client.get(paths[3]).status_code == 200
    assert open_.is_open


def invitation_of(path: str) -> Invitation:
    return Invitation.objects.get(token_digest=Invitation.digest(path.rstrip("/").rsplit("/", 1)[1]))


def masked(response: Any, path: str) -> str:
    token = path.rstrip("/").rsplit("/", 1)[1]
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    return body.replace(token, "*")


def test_an_invitation_ends_after_14_days(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    path, client = invitation_link(team), signed_in(person("Uno"))
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=13.99))
    assert client.get(path).status_code == 200
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=14.01))
    assert client.get(path).status_code == 404


def test_an_open_invitation_is_listed_and_taken_back(team: Team) -> None:
    path = invitation_link(team, email="uno@example.org")
    owner = team.clients["owner"]
    page = Page(owner.get(team.url("workspace")))
    assert "uno@example.org" in page.words("main")
    found = invitation_of(path)
    owner.post(team.url("revoke_invitation", found.pk))
    assert "uno@example.org" not in Page(owner.get(team.url("workspace"))).words("main")
    assert signed_in(person("Uno")).get(path).status_code == 404
    assert owner.post(team.url("revoke_invitation", found.pk)).status_code == 404


def test_a_member_who_opens_a_link_does_not_use_it_up(team: Team) -> None:
    path = invitation_link(team)
    viewer = team.clients["viewer"]
    assert "You are in Support already" in Page(viewer.get(path)).words("main")
    assert viewer.post(path).status_code == 302
    assert team.membership("viewer").role == Role.VIEWER
    assert invitation_of(path).is_open


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"role": "boss"}, "Choose a role"),
        ({"role": ""}, "Choose a role"),
        ({"email": "nobody"}, "Enter an e-mail address, like name@example.org, or leave it empty"),
        ({"email": "a\x00@example.org"}, "Null characters are not allowed"),
        ({"email": "x" * 400 + "@example.org"}, "at most 320 characters"),
    ],
)
def test_a_faulty_invitation_is_told_and_what_was_typed_is_kept(team: Team, sent: Any, sentence: str) -> None:
    response = team.clients["owner"].post(team.url("invite"), {"role": "editor", **sent})
    assert response.status_code == 422
    page = Page(response)
    assert sentence in alert(page)
    assert not Invitation.objects.exists()
    if "email" in sent and "\x00" not in sent["email"]:
        assert page.with_id("id_email").get("value") == sent["email"]
