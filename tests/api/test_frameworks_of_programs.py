"""What programs are told under a framework of their workspace, and what lists tell of many assessments."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.for_agents.asking import Declined
from assessments.for_agents.server import _resource, perform
from assessments.framework import load_framework
from assessments.models import Assessment, ListEntry, Workspace
from assessments.presenters.listing import present_entry
from assessments.services import assessments, list_entries, own_frameworks
from assessments.services.own_frameworks import framework_at

from ..documents import example_document
from ..own_frameworks import a_framework, published
from ..people import Team, make_team
from .programs import Program, program_of

pytestmark = pytest.mark.django_db
OFF = "brand_voice"


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def editor(team: Team) -> Program:
    return program_of(team.users["editor"], team.workspace)


@pytest.fixture
def own(team: Team) -> str:
    """A framework without a question of the base, and with a criterion under a name of its own."""
    owner = team.users["owner"]
    changed: dict[str, Any] = {f"questions__{OFF}__off": True, "criteria__latency__name": "Time to answer"}
    return published(a_framework(team.workspace, owner, **changed), owner).key


class InThisTransaction:
    """Asks as a server of tools does, within the test's own transaction."""

    def __init__(self, program: Program):
        self.program = program

    def ask(self, method: str, path: str, sent: Any = None) -> Any:
        answer = self.program.ask(method, path, sent)
        if answer.status_code >= 300:
            raise Declined(answer.json()["detail"])
        return answer.json()


def asked_in(told: dict[str, Any]) -> set[str]:
    return {one["key"] for section in told["sections"] for one in section["questions"]}


def test_what_is_told_is_by_the_framework_of_the_workspace(team: Team, editor: Program, own: str) -> None:
    """Asked for by its key, and without one once new assessments are under it: data, rules, decisions and values."""
    document = example_document("service_desk")
    assert OFF in asked_in(editor.get("framework").json())
    assert OFF not in asked_in(editor.get(f"framework?framework={own}").json())
    assert "Time to answer" in editor.get(f"method?framework={own}").content.decode()
    assert "Time to answer" not in editor.get("method").content.decode()
    assert editor.get(f"precedents?framework={own}").json() == editor.get("precedents").json()
    refused = editor.post(f"decide?framework={own}", document)
    assert (refused.status_code, {OFF in one["path"] for one in refused.json()["faults"]}) == (422, {True})
    del document["answers"][OFF]
    decided = editor.post(f"decide?framework={own}", document).json()
    assert decided["framework"]["name"] == framework_at(own).name
    told = {one["key"]: one for one in editor.get("frameworks").json()["frameworks"]}
    assert (told[own]["title"], told[own]["for_new"], told["v1"]["for_new"]) == (framework_at(own).title, False, True)
    own_frameworks.take_for_new(team.workspace, team.users["owner"], own)
    assert editor.post("decide", document).json() == decided
    assert editor.post("decide/brief", document).json()["framework_title"] == framework_at(own).title
    assert editor.post("decide?framework=v1", example_document("service_desk")).status_code == 200
    made = editor.post("assessments", document).json()
    at = f"assessments/{made['id']}"
    assert (made["framework"], made["framework_title"]) == (own, framework_at(own).title)
    assert editor.get(f"{at}/result").json()["framework"] == decided["framework"]
    assert editor.get(f"{at}/values?path=answers.{OFF}").json()["values"] == []
    sent = {"entries": [{"path": f"answers.{OFF}", "value": "yes", "seen_version": 0}]}
    assert editor.patch(f"{at}/values", sent).json()["faults"][0]["path"] == f"answers.{OFF}"
    assert f"answers.{OFF}" not in {one["path"] for one in editor.get(f"{at}/next").json()["questions"]}
    assert editor.get(f"{at}/brief").status_code == 200
    assert {one["framework"] for one in editor.get("assessments").json()["assessments"]} == {"v1", own}


def test_agents_are_told_the_same(team: Team, editor: Program, own: str) -> None:
    asker, document = InThisTransaction(editor), {"use_case": {"name": "Reply drafts"}}
    own_frameworks.take_for_new(team.workspace, team.users["owner"], own)
    assert f"answers.{OFF}" not in {one["path"] for one in _resource(asker, "questions")}
    started = perform(asker, "start_assessment", {"document": document})
    assert started["framework"] == own
    asked = perform(asker, "what_to_ask_next", {"assessment_id": started["id"]})["questions"]
    assert OFF not in {one["path"].rpartition(".")[2] for one in asked}
    assert perform(asker, "decide", {"document": document})["framework_title"] == framework_at(own).title
    built_in = perform(asker, "decide", {"document": document, "framework": "v1"})
    assert built_in["framework_title"] == load_framework().title
    with pytest.raises(Declined, match="no such framework"):
        perform(asker, "decide", {"document": document, "framework": "own-another"})


def test_the_framework_of_another_workspace_is_unknown(team: Team, own: str) -> None:
    """Byte for byte the same as one that nobody has."""
    there: Workspace = team.outsider.get("/workspaces/").context["own_workspaces"]()[0].workspace
    program = program_of(there.memberships.get().user, there)
    for method, path in (("GET", "framework"), ("GET", "method"), ("GET", "precedents"), ("POST", "decide")):
        sent = example_document("task_api") if method == "POST" else None
        foreign, nobodys = (program.ask(method, f"{path}?framework={key}", sent) for key in (own, "own-234567890abc"))
        assert (foreign.status_code, foreign.content) == (422, nobodys.content), path
    assert [one["key"] for one in program.get("frameworks").json()["frameworks"]] == ["v1"]


def test_many_are_listed_by_as_many_queries_as_one(team: Team, editor: Program, own: str) -> None:
    counted = []
    for more in (0, 12):
        for number in range(more):
            copy = assessments.copy(team.assessment, team.workspace, "", team.users["owner"], name=f"Copy {number}")
            Assessment.objects.filter(pk=copy.pk).update(framework=own if number % 2 else copy.framework)
        editor.get("assessments")
        with CaptureQueriesContext(connection) as queries:
            assert len(editor.get("assessments").json()["assessments"]) == more + 1
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_what_is_to_be_confirmed_is_left_out_where_a_list_does_not_know_it(team: Team, editor: Program) -> None:
    list_entries.refresh(anew=True)
    ListEntry.objects.update(approach="fine_tune_small", action="confirm_first", wording="")
    [listed] = editor.get("assessments").json()["assessments"]
    shown = present_entry(ListEntry.objects.get(), load_framework(), assessment=team.assessment)
    assert listed["verdict"] == shown.verdict == "Fine-tune a small model. Confirm first."
