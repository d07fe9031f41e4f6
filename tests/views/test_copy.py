"""Copying an assessment: the same answers under another name, and nothing that was said or agreed about them."""

from typing import Any

import pytest
from django.urls import reverse

from assessments.models import Assessment, AuditEvent, Membership, Role, Workspace
from assessments.presenters.audit import present_event
from assessments.services import people
from assessments.services.answer_sheet import read_sheet
from assessments.services.sharing import make_link
from assessments.services.versions import freeze

from ..documents import example_document, named
from ..pages import Page
from ..people import make_team
from ..visits import bring_in, start


@pytest.fixture
def team(db: None) -> Any:
    return make_team()


def copy_url(assessment: Assessment) -> str:
    return reverse("copy", args=[assessment.pk])


def newest() -> Assessment:
    return Assessment.objects.order_by("-created_at").first()  # type: ignore[return-value]


def test_the_copy_says_the_same_and_has_nothing_of_what_was_agreed(team: Any) -> None:
    ours = team.assessment
    freeze(ours, team.users["editor"], reason="")
    make_link(ours, team.users["editor"])
    ours.comments.create(place="result", text="Is it right?", author=team.users["editor"])
    response = team.clients["editor"].post(copy_url(ours), {"name": "Task API, 2027"})
    made = newest()
    assert (response.status_code, response["Location"]) == (302, reverse("overview", args=[made.pk]))
    expected = example_document("task_api")
    expected["use_case"]["name"] = "Task API, 2027"
    assert read_sheet(made).raw == expected
    assert [made.versions.count(), made.share_links.count(), made.comments.count()] == [0, 0, 0]
    assert {change.by for change in made.changes.all()} == {team.users["editor"]}
    assert read_sheet(ours).raw == example_document("task_api")


def test_a_name_is_proposed_and_one_is_needed(team: Any) -> None:
    form = Page(team.clients["owner"].get(copy_url(team.assessment))).form("copy-form")
    assert form["name"] == "Task API assistant (copy)"
    assert "workspace" not in form
    refused = team.clients["owner"].post(copy_url(team.assessment), {"name": " "})
    assert refused.status_code == 422
    assert "Enter a name for the copy" in Page(refused).words("main")


def test_a_very_long_name_leaves_room_for_what_is_added(owner: Any) -> None:
    form = Page(owner.get(copy_url(bring_in(owner, named("x" * 5_000))))).form("copy-form")
    assert len(form["name"]) == 200
    assert form["name"].endswith("x (copy)")


def test_it_goes_into_another_workspace_in_which_one_may_write(team: Any) -> None:
    other = Workspace.objects.create(name="Claims")
    Membership.objects.create(workspace=other, user=team.users["editor"], role=Role.EDITOR)
    team.clients["editor"].post(copy_url(team.assessment), {"name": "Ours", "workspace": other.pk})
    assert newest().workspace == other
    kept = AuditEvent.objects.filter(act="copy_assessment")
    assert {event.chain for event in kept} == {team.workspace.pk, other.pk}
    told = present_event(kept.get(chain=team.workspace.pk), names={}, broken=False)
    assert (told.words, told.notes) == ("Copied an assessment", ["Into Claims"])


@pytest.mark.parametrize("role", [Role.VIEWER, None])
def test_not_into_a_workspace_where_one_only_reads_or_is_not(team: Any, role: Any) -> None:
    people.start_workspace(team.users["editor"], "Own")
    other = Workspace.objects.create(name="Claims")
    if role:
        Membership.objects.create(workspace=other, user=team.users["editor"], role=role)
    response = team.clients["editor"].post(copy_url(team.assessment), {"name": "Ours", "workspace": other.pk})
    assert (response.status_code, Assessment.objects.count()) == (422, 1)
    assert "Choose a workspace" in Page(response).words("main")


def test_whoever_only_reads_cannot_copy_and_is_not_asked_to(team: Any) -> None:
    for role in ("approver", "viewer"):
        assert team.clients[role].post(copy_url(team.assessment), {"name": "Mine"}).status_code == 403
        page = Page(team.clients[role].get(reverse("overview", args=[team.assessment.pk])))
        assert copy_url(team.assessment) not in {link.get("href") for link in page.all("a")}


def test_overview_and_list_lead_to_it(team: Any) -> None:
    for url in (reverse("overview", args=[team.assessment.pk]), reverse("assessments")):
        links = {link.get("href") for link in Page(team.clients["editor"].get(url)).all("a")}
        assert copy_url(team.assessment) in links


def test_somebody_without_an_account_copies_in_their_browser(owner: Any) -> None:
    mine = start(owner)
    owner.post(copy_url(mine), {"name": "Once more"})
    made = newest()
    assert (made.browser, made.workspace) == (Assessment.objects.get(pk=mine.pk).browser, None)
    assert read_sheet(made).name == "Once more"
