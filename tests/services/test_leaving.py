"""Workspaces and accounts go in two steps: put away and brought back within a week, then really removed."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments import tidying
from assessments.engine.content_hash import RULE
from assessments.models import (
    Approval,
    Assessment,
    AuditEvent,
    Comment,
    Invitation,
    Membership,
    Role,
    ShareLink,
    SignOff,
    StoredValue,
    User,
    ValueChange,
    Version,
    Workspace,
)
from assessments.models.assessment import TRIAL_LASTS
from assessments.services import leaving, people, sharing
from assessments.services.assessments import load_sample

from ..documents import example_document
from ..pages import Page
from ..people import Team, make_team, person
from ..visits import start


@pytest.fixture
def team(db: None) -> Team:
    return make_team()


@pytest.fixture
def days_later(monkeypatch: pytest.MonkeyPatch) -> Any:
    now = timezone.now()

    def move(days: float) -> None:
        monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=days))

    return move


def signed_off(team: Team, approver: User) -> Approval:
    version = Version.objects.create(
        assessment=team.assessment,
        number=1,
        framework="v1",
        document={},
        result={},
        content_hash="0" * 64,
        hash_rule=RULE,
    )
    return Approval.objects.create(
        sign_off=SignOff.objects.create(version=version, asked_by=team.users["owner"]),
        approver=approver,
        decision=Approval.Ruling.APPROVED,
        decided_at=timezone.now(),
    )


# workspaces


def test_it_counts_what_will_go(team: Team) -> None:
    signed_off(team, team.users["approver"])
    sharing.make_link(team.assessment, None)
    sharing.make_link(team.assessment, None)
    sharing.switch_off(team.assessment.share_links.all()[0], None)
    counted = leaving.contents_of([team.workspace])
    assert counted == leaving.Contents(assessments=1, versions=1, links=1, members=4)


def test_a_deleted_workspace_is_brought_back_as_it_was(team: Team) -> None:
    before = Workspace.objects.values().get(pk=team.workspace.pk)
    answers = StoredValue.objects.filter(assessment=team.assessment).count()
    leaving.delete_workspace(team.workspace, actor=team.users["owner"])
    leaving.restore_workspace(team.workspace, actor=team.users["owner"])
    assert Workspace.objects.values().get(pk=team.workspace.pk) == before
    assert StoredValue.objects.filter(assessment=team.assessment).count() == answers > 10
    assert team.workspace.memberships.count() == 4


def test_after_a_week_it_is_really_gone_but_the_audit_trail_stays(team: Team, days_later: Any) -> None:
    signed_off(team, team.users["approver"])
    sharing.make_link(team.assessment, None)
    elsewhere = Workspace.objects.get(name="Elsewhere")
    leaving.delete_workspace(team.workspace, actor=team.users["owner"])
    days_later(6.99)
    assert leaving.purge() == leaving.Purged(assessments=0, workspaces=0, accounts=0)
    days_later(7.01)
    assert leaving.purge() == leaving.Purged(assessments=1, workspaces=1, accounts=0)
    for model in (Assessment, StoredValue, ValueChange, Version, SignOff, Approval, ShareLink):
        assert not model.objects.exists(), model
    assert list(Workspace.objects.all()) == [elsewhere]
    assert AuditEvent.objects.filter(chain=team.workspace.pk, act="delete_workspace").exists()
    assert User.objects.count() == 5


def test_deleting_another_one_purges_too(team: Team, days_later: Any) -> None:
    leaving.delete_workspace(team.workspace, actor=team.users["owner"])
    days_later(7.01)
    leaving.delete_workspace(
        people.start_workspace(team.users["editor"], "Short").workspace, actor=team.users["editor"]
    )
    assert not Workspace.objects.filter(pk=team.workspace.pk).exists()


# accounts


def test_the_only_owner_of_a_team_cannot_go(team: Team) -> None:
    assert [one.name for one in leaving.kept_by(team.users["owner"])] == ["Support"]
    with pytest.raises(leaving.KeepsAWorkspace):
        leaving.delete_account(team.users["owner"])
    team.users["owner"].refresh_from_db()
    assert team.users["owner"].deleted_at is None


def test_whoever_is_alone_in_a_workspace_takes_it_along(team: Team) -> None:
    own = people.start_workspace(team.users["editor"], "Ed alone").workspace
    assert list(leaving.own_alone(team.users["editor"])) == [own]
    leaving.delete_account(team.users["editor"])
    own.refresh_from_db()
    team.workspace.refresh_from_db()
    assert own.deleted_at
    assert team.workspace.deleted_at is None


def test_one_s_account_and_what_went_with_it_come_back(team: Team) -> None:
    editor = team.users["editor"]
    own = people.start_workspace(editor, "Ed alone").workspace
    gone_before = people.start_workspace(editor, "Gone before").workspace
    leaving.delete_workspace(gone_before, actor=editor)
    leaving.delete_account(editor)
    editor.refresh_from_db()
    leaving.restore_account(editor)
    own.refresh_from_db()
    gone_before.refresh_from_db()
    editor.refresh_from_db()
    assert (editor.deleted_at, own.deleted_at) == (None, None)
    assert gone_before.deleted_at is not None


def test_it_is_signed_out_everywhere_at_once_and_nobody_else_is(team: Team) -> None:
    leaving.delete_account(team.users["editor"])
    assert team.clients["editor"].get(f"/a/{team.assessment.pk}/").status_code == 404
    assert team.clients["owner"].get(f"/a/{team.assessment.pk}/").status_code == 200


def test_what_somebody_opened_to_others_in_a_team_ends_with_the_account(team: Team, client: Client) -> None:
    """As it does where they leave the team: nobody would be left who answers for it."""
    editor = team.users["editor"]
    link, other = (sharing.make_link(team.assessment, team.users[who]) for who in ("editor", "owner"))
    invitation = people.invite(team.workspace, role=Role.VIEWER, email="", actor=editor)
    leaving.delete_account(editor)
    opened = [("shared_result", link), ("join", invitation), ("shared_result", other)]
    assert [client.get(reverse(name, args=[token])).status_code for name, token in opened] == [404, 404, 200]
    editor.refresh_from_db()
    leaving.restore_account(editor)
    assert client.get(reverse("shared_result", args=[link])).status_code == 404


def test_after_a_week_nothing_says_who_it_was_but_what_was_agreed_stays(team: Team, days_later: Any) -> None:
    ann = team.users["approver"]
    approval = signed_off(team, ann)
    comment = Comment.objects.create(assessment=team.assessment, place="result", text="Good", author=ann)
    comment.mentioned.add(ann)
    EmailAddress.objects.create(user=ann, email="ann@example.org", verified=True, primary=True)
    Authenticator.objects.create(user=ann, type=Authenticator.Type.TOTP, data={"secret": "x"})
    token = people.invite(team.workspace, role=Role.VIEWER, email="ann@example.org", actor=None)
    Invitation.objects.filter(token_digest=Invitation.digest(token)).update(accepted_at=timezone.now())
    leaving.delete_account(ann)
    days_later(7.01)
    assert leaving.purge().accounts == 1
    ann.refresh_from_db()
    approval.refresh_from_db()
    comment.refresh_from_db()
    assert (str(ann), ann.is_active, ann.has_usable_password()) == ("A former member", False, False)
    assert approval.approver == comment.author == ann
    assert approval.decision == Approval.Ruling.APPROVED
    assert not comment.mentioned.exists()
    for model in (EmailAddress, Authenticator, Membership):
        assert not model.objects.filter(user=ann).exists(), model
    stored = [str(row) for row in [*User.objects.values_list(), *Invitation.objects.values_list()]]
    assert not any("ann@example.org" in row or "Ann" in row for row in stored)
    assert leaving.purge().accounts == 0


def test_the_address_can_be_used_again_afterwards(team: Team, days_later: Any) -> None:
    leaving.delete_account(team.users["viewer"])
    days_later(7.01)
    leaving.purge()
    assert person("Vi").pk != team.users["viewer"].pk


def test_a_workspace_that_went_with_an_account_goes_for_good_with_it(team: Team, days_later: Any) -> None:
    own = people.start_workspace(team.users["viewer"], "Vi alone").workspace
    Assessment.objects.create(workspace=own, framework="v1")
    leaving.delete_account(team.users["viewer"])
    days_later(7.01)
    assert leaving.purge() == leaving.Purged(assessments=1, workspaces=1, accounts=1)


# trials


def test_a_trial_to_which_nobody_comes_back_is_erased_after_a_month(owner: Client, stranger: Client) -> None:
    """Assessments whose browser session had ended stayed for ever, and nobody could reach them."""
    theirs = Assessment.objects.get()
    ours = start(owner)
    Assessment.objects.filter(pk=theirs.pk).update(visited_at=timezone.now() - TRIAL_LASTS - timedelta(hours=1))
    Assessment.objects.filter(pk=ours.pk).update(visited_at=timezone.now() - TRIAL_LASTS + timedelta(hours=1))
    assert leaving.purge().assessments == 1
    assert Assessment.objects.get() == ours


def test_whoever_comes_back_has_another_month(owner: Client) -> None:
    ours, before = start(owner), timezone.now() - timedelta(days=29)
    Assessment.objects.filter(pk=ours.pk).update(visited_at=before)
    session = owner.session
    session["renewed"] = (timezone.now() - timedelta(days=2)).date().isoformat()
    session.save()
    assert "30 days after your last visit" in Page(owner.get(reverse("overview", args=[ours.pk]))).words("main")
    assert Assessment.objects.get().visited_at > before + timedelta(days=28)


def test_what_belongs_to_a_team_or_is_a_sample_stays(team: Team) -> None:
    load_sample("task-api", example_document("task_api"))
    Assessment.objects.update(visited_at=timezone.now() - timedelta(days=400))
    assert leaving.purge().assessments == 0


def test_what_is_over_goes_by_itself_once_a_day(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = start(owner)
    monkeypatch.setattr(tidying, "_ASK_EVERY", -1.0)
    long_ago = timezone.now() - timedelta(days=31)
    Assessment.objects.filter(pk=ours.pk).update(visited_at=long_ago)
    visitor = Client()
    visitor.get(reverse("privacy"))
    assert not Assessment.objects.exists()
    again = start(owner)
    Assessment.objects.filter(pk=again.pk).update(visited_at=long_ago)
    visitor.get(reverse("privacy"))
    assert Assessment.objects.exists(), "it was done today"
