"""Links for sites without a mail server, and removing for good what was deleted."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from assessments.models import Assessment, AuditEvent, Invitation, User
from assessments.services import leaving

from ..pages import Page
from ..people import PASSWORD, make_team, person, sign_in, signed_in


def printed(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue().strip()


def path_of(link: str) -> str:
    assert link.startswith("http://localhost:8000/")
    return link.removeprefix("http://localhost:8000")


def test_a_reset_link_sets_a_new_password_once(db: None, new_client: Any) -> None:
    user = person("Dana", password=PASSWORD)
    path = path_of(printed("reset_link", "DANA@example.org"))
    visitor = new_client()
    form = visitor.get(path)
    assert visitor.post(form["Location"], {"password1": "a brand new password"}).status_code == 302
    assert sign_in(new_client(), user.email, password="a brand new password").status_code == 302
    assert "does not work any more" in Page(new_client().get(path)).words("main")
    assert AuditEvent.objects.get(act="make_reset_link").who == "The command line"


def test_a_reset_link_for_nobody_is_told(db: None) -> None:
    with pytest.raises(CommandError, match=r"There is no account with the address nobody@example\.org"):
        call_command("reset_link", "nobody@example.org")


@override_settings(SITE_URL="https://decide.example.org")
def test_links_lead_to_where_people_reach_the_site(db: None) -> None:
    person("Dana")
    assert printed("reset_link", "dana@example.org").startswith("https://decide.example.org/accounts/password/reset/")


@pytest.mark.parametrize("by", ["id", "name"])
def test_an_invitation_link_lets_somebody_in(db: None, by: str) -> None:
    team = make_team()
    link = printed("invite_link", team.workspace.pk if by == "id" else "support", "approver")
    user = person("Uno")
    signed_in(user).post(path_of(link))
    assert team.workspace.memberships.get(user=user).role == "approver"


def test_an_invitation_for_one_address(db: None) -> None:
    team = make_team()
    printed("invite_link", team.workspace.pk, "viewer", "uno@example.org")
    assert Invitation.objects.get().email == "uno@example.org"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("Nowhere", "viewer"), "There is no workspace “Nowhere”"),
        (("Support", "boss"), "Choose a role"),
        (("Support", "viewer", "nobody"), "Enter an e-mail address"),
    ],
)
def test_what_is_wrong_is_told(db: None, arguments: Any, sentence: str) -> None:
    make_team()
    with pytest.raises(CommandError, match=sentence):
        call_command("invite_link", *arguments)
    assert not Invitation.objects.exists()


def test_two_workspaces_of_a_name_are_told_apart_by_id(db: None) -> None:
    team = make_team()
    team.workspace.__class__.objects.filter(name="Elsewhere").update(name="Support")
    with pytest.raises(CommandError, match=f"2 workspaces are called “Support”.*{team.workspace.pk}"):
        call_command("invite_link", "Support", "viewer")


def test_purging_tells_what_it_removed(
    db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    team = make_team()
    leaving.delete_workspace(team.workspace, actor=team.users["owner"])
    leaving.delete_account(team.users["viewer"])
    assert printed("purge") == "assessments=0 workspaces=0 accounts=0 sessions=0 files=0 drawings=0 messages=0 stale=0"
    later = timezone.now() + timedelta(days=7, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert printed("purge") == "assessments=1 workspaces=1 accounts=1 sessions=0 files=0 drawings=0 messages=0 stale=0"
    assert not Assessment.objects.exists()
    assert User.objects.filter(is_active=False).count() == 1
