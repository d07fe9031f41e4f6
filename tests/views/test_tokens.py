"""The pages of tokens: one's own, and every one into a workspace."""

import pytest
from django.urls import reverse

from assessments.models import AccessToken, AuditEvent, Workspace

from ..api.programs import Program, program_of
from ..pages import Page, told_by
from ..people import PASSWORD, confirm, make_team, signed_in


@pytest.mark.django_db
def test_a_token_is_made_shown_once_and_ended() -> None:
    team = make_team()
    ed = team.users["editor"]
    ed.set_password(PASSWORD)
    ed.save()
    browser = signed_in(ed)
    sent = {"name": "pipeline", "workspace": team.workspace.pk, "may_write": "on", "life": "90"}
    session = browser.session
    session["account_authentication_methods"] = []  # signed in long ago
    session.save()
    assert browser.post(reverse("tokens"), {"name": ""}).status_code == 422
    shown = Page(confirm(browser, browser.post(reverse("tokens"), sent)))
    program = Program(shown.with_id("token-secret").get("value"))
    assert program.get("assessments").status_code == 200
    token = AccessToken.objects.get()
    assert (token.may_write, token.may_share, token.name) == (True, False, "pipeline")
    assert program.secret not in browser.get(reverse("tokens")).content.decode()
    browser.post(reverse("pause_token", args=[token.pk]))
    assert program.get("assessments").status_code == 401
    browser.post(reverse("resume_token", args=[token.pk]))
    assert program.get("assessments").status_code == 200
    assert team.outsider.post(reverse("revoke_token", args=[token.pk])).status_code == 404
    page = team.clients["owner"].get(team.url("workspace_tokens"))
    assert "Of Ed" in page.content.decode()
    assert team.clients["owner"].post(team.url("revoke_member_token", token.pk)).status_code == 302
    assert program.get("assessments").status_code == 401
    acts = AuditEvent.objects.filter(about=str(token.pk)).order_by("sequence").values_list("act", flat=True)
    assert list(acts)[-3:] == ["pause_token", "resume_token", "revoke_token"]


@pytest.mark.django_db
def test_a_token_of_a_workspace_elsewhere_is_not_the_owner_s_to_revoke() -> None:
    team = make_team()
    other = team.outsider.get("/workspaces/").context["own_workspaces"]()[0]
    program_of(other.actor, other.workspace)
    token = AccessToken.objects.get()
    assert team.clients["owner"].post(team.url("revoke_member_token", token.pk)).status_code == 404
    assert AccessToken.objects.filter(revoked_at=None).exists()


@pytest.mark.django_db
def test_where_programs_are_not_let_in_no_token_is_called_on() -> None:
    team = make_team()
    program_of(team.users["owner"], team.workspace)
    for let_in in (True, False):
        Workspace.objects.filter(pk=team.workspace.pk).update(access_tokens=let_in)
        for address in (reverse("tokens"), team.url("workspace_tokens")):
            told = told_by(Page(team.clients["owner"].get(address)))
            assert ("Not let in" in told) is not let_in, address
    assert f"Into {team.workspace.name}" in told_by(Page(team.clients["owner"].get(reverse("tokens"))))
