"""A name cannot turn the words beside it round, whichever way it came in: it was printed raw."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.framework import FrameworkError
from assessments.framework.changes import OwnFramework
from assessments.models import ListEntry, ShareLink, StoredValue, User, Workspace
from assessments.services import own_frameworks

from ..api.programs import program_of
from ..documents import example_document
from ..people import PASSWORD, Team, make_team
from ..visits import bring_in, save_one, start

TURNING = "approve\u202egpj.exe \u2066x\u2069"
MEANT = "approvegpj.exe x"
NAME = "use_case.name"


@pytest.fixture
def team(db: None) -> Team:
    return make_team()


def turning_document() -> dict[str, Any]:
    whole = example_document("task_api")
    whole["use_case"] |= {"name": TURNING}
    return whole


def stored_name() -> Any:
    return StoredValue.objects.filter(path=NAME).latest("pk").value


def test_of_an_assessment_that_was_typed_imported_or_sent_by_a_program(owner: Client, team: Team) -> None:
    assert save_one(owner, start(owner), "name", TURNING).status_code == 200
    assert stored_name() == MEANT
    imported = bring_in(owner, turning_document())
    assert stored_name() == MEANT
    assert "\u202e" not in owner.get(reverse("result", args=[imported.pk])).content.decode()
    program = program_of(team.users["editor"], team.workspace)
    made = program.post("assessments", turning_document())
    assert (made.status_code, stored_name()) == (201, MEANT)
    at = f"assessments/{made.json()['id']}/values"
    sent = program.patch(at, {"entries": [{"path": NAME, "value": f"{TURNING}\u202e 2", "seen_version": 1}]})
    assert (sent.status_code, stored_name()) == (200, f"{MEANT} 2")
    assert not any("\u202e" in name for name in ListEntry.objects.values_list("name", flat=True))


def test_of_people_workspaces_links_and_frameworks(team: Team) -> None:
    owner = team.clients["owner"]
    owner.post(reverse("start_workspace"), {"name": TURNING})
    asked = {"choices": "1", "name": TURNING, "shows": "newest", "life": "30", "openings": ""}
    owner.post(reverse("make_link", args=[team.assessment.pk]), asked)
    with pytest.raises(FrameworkError):  # of a file: what cannot be printed is no name
        own_frameworks.start(team.workspace, team.users["owner"], OwnFramework(base="v1", changes={}, name=TURNING))
    Client().post(reverse("account_signup"), {"name": TURNING, "email": "t@example.org", "password1": PASSWORD})
    assert [model.objects.latest("pk").name for model in (ShareLink, User)] == [MEANT] * 2
    assert Workspace.objects.filter(name=MEANT).exists()


def test_what_people_write_in_both_directions_stays_as_they_wrote_it(owner: Client) -> None:
    """An isolate in a text of many lines holds a word of another script together."""
    whole = example_document("task_api")
    key = next(iter(whole["answers"]))
    whole["answers"][key] = {"value": "yes", "evidence": "\u2067مرحبا\u2069 done", "strength": "opinion"}
    bring_in(owner, whole)
    assert StoredValue.objects.get(path=f"answers.{key}").evidence == "\u2067مرحبا\u2069 done"
