"""Every operation, every kind of token, every role, from the description itself: one without a row here fails."""

import json
from dataclasses import asdict, replace
from typing import Any

import jsonschema
import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone
from openapi_spec_validator import validate

from assessments.acts import ACT_AT
from assessments.api.operation import OPERATIONS
from assessments.drawing.paper import PaperToDraw
from assessments.models import Assessment, DrawnPdf, EvidenceImport, ImportState, Role, Workspace
from assessments.rights import ROLES, SCOPES, Right
from assessments.services import drawing_child, people, queue

from ..people import make_team
from .programs import Files, Program, program_of
from .stage import Stage, set_up

pytestmark = pytest.mark.django_db

KINDS = {"read": (False, False), "write": (True, False), "share": (False, True), "all": (True, True)}
DONE = 299
# What each operation is sent, where it is sent something, and the right that it takes: by hand, not from the code.
ROWS: dict[str, tuple[Right, Any]] = {
    "list_assessments": ("read", None),
    "start_assessment": ("edit", {"format": "ftdecide/assessment", "version": 1, "use_case": {"name": "New"}}),
    "read_assessment": ("read", None),
    "delete_assessment": ("delete", None),
    "restore_assessment": ("delete", {}),
    "copy_assessment": ("edit", {"name": "Copy"}),
    "read_document": ("export", None),
    "read_values": ("read", None),
    "change_values": ("edit", {"entries": [{"path": "answers.brand_voice", "value": "no", "seen_version": 1}]}),
    "read_result": ("read", None),
    "read_standings": ("read", None),
    "read_next": ("read", None),
    "read_brief": ("read", None),
    "read_brief_as_markdown": ("read", None),
    "decide_document": ("read", {"format": "ftdecide/assessment", "version": 1, "use_case": {"name": "New"}}),
    "advise_on_document": ("read", {"format": "ftdecide/assessment", "version": 1, "use_case": {"name": "New"}}),
    "list_versions": ("read", None),
    "freeze": ("freeze", {}),
    "read_version": ("export", None),
    "compare_versions": ("read", None),
    "read_portfolio": ("read", None),
    "read_report": ("read", None),
    "list_evidence": ("read", None),
    "hand_in_evidence": ("edit", Files({"a.csv": b"a,b\n1,2\n"})),
    "read_evidence": ("read", None),
    "remove_evidence": ("edit", None),
    "choose_reading": ("edit", {}),
    "decide_on_evidence": ("edit", {}),
    "read_sign_off": ("read", None),
    "list_links": ("read", None),
    "make_link": ("link", {}),
    "pause_link": ("link", {}),
    "resume_link": ("link", {}),
    "list_frameworks": ("read", None),
    "read_framework": ("read", None),
    "read_method": ("read", None),
    "read_precedents": ("read", None),
    "read_market": ("read", None),
}
OTHER_ID = "2345678abcde"


@pytest.fixture
def described() -> dict[str, Any]:
    told: dict[str, Any] = Client().get("/api/v1/openapi.json").json()
    return told


def operations(described: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, verb, one) for path, at in described["paths"].items() for verb, one in at.items()]


@pytest.fixture(autouse=True)
def nobody_draws(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.DRAWING_WAIT = 0
    monkeypatch.setattr(queue, "wake", lambda: None)


def address(path: str, stage: Stage) -> str:
    return path[1:].format(**asdict(stage))


def test_the_description_is_sound(described: dict[str, Any]) -> None:
    validate(described)
    assert {one["operationId"] for _, _, one in operations(described)} == ROWS.keys()
    for one in OPERATIONS.every:
        address_of = next(iter(OPERATIONS.at(one.path).values())).name
        assert (f"api:{address_of}" in ACT_AT) or not one.is_unsafe, one.name
    assert not [one for one in ROWS if ROWS[one][0] in {"sign_off", "ask_sign_off", "meet_condition", "manage"}]


def last_what_takes_away(found: tuple[str, str, Any]) -> tuple[bool, int]:
    """What takes away comes last, and the whole after its parts."""
    return (True, -len(found[0])) if found[1] == "delete" else (False, 0)


@pytest.mark.parametrize("role", Role.values)
def test_every_cell(role: str, described: dict[str, Any]) -> None:
    """Who may and whose token is for it gets an answer of its schema; nobody else gets anything."""
    team, leaks, cells = make_team(), [], 0
    programs = {
        kind: program_of(team.users[role], team.workspace, may_write=write, may_share=share, name=kind)
        for kind, (write, share) in KINDS.items()
    }
    for kind, program in programs.items():
        stage = set_up(team, made_by=role)
        for path, verb, operation in sorted(operations(described), key=last_what_takes_away):
            name = operation["operationId"]
            right, sent = ROWS[name]
            if name == "restore_assessment":
                continue
            EvidenceImport.objects.update(state=ImportState.READ)
            expected = role in ROLES[right] and any(
                right in SCOPES[scope] for scope in SCOPES if scope in ("read", kind) or kind == "all"
            )
            answer = program.ask(verb.upper(), address(path, stage), sent)
            cells += 1
            if (answer.status_code <= DONE) is not expected or (not expected and answer.status_code != 403):
                leaks.append((kind, name, answer.status_code))
            _fits(described, operation, answer)
        restored = program.post(f"assessments/{stage.assessment_id}/restore").status_code
        gone = role in ROLES["delete"] and kind in ("write", "all")
        assert restored == (200 if gone else 404 if role in ROLES["delete"] and kind != "write" else restored)
    assert not leaks, leaks
    assert cells == len(KINDS) * (len(ROWS) - 1)


def _fits(described: dict[str, Any], operation: dict[str, Any], answer: Any) -> None:
    """Whether an answer is of the schema that the description has for it."""
    told = operation["responses"].get(str(answer.status_code)) or operation["responses"]["default"]
    kind = answer.get("Content-Type", "").partition(";")[0]
    assert kind in told.get("content", {"": {}}), (operation["operationId"], answer.status_code, kind)
    if kind.endswith("json"):
        schema = told["content"][kind]["schema"] | {"components": described["components"]}
        jsonschema.validate(json.loads(answer.content), schema)


def test_outside_nothing_is_found(described: dict[str, Any]) -> None:
    """A foreign id and one that nobody has give the same, byte for byte; so does one's own in another workspace."""
    team = make_team()
    elsewhere = team.outsider.get("/workspaces/").context["own_workspaces"]()[0]
    outsider = program_of(elsewhere.actor, elsewhere.workspace)
    stage = set_up(team)
    for path, verb, operation in operations(described):
        if "{assessment_id}" not in path:
            continue
        sent = ROWS[operation["operationId"]][1]
        ours, nobodys = stage, Stage(assessment_id=OTHER_ID)
        foreign, none = (outsider.ask(verb.upper(), address(path, one), sent) for one in (ours, nobodys))
        assert (foreign.status_code, foreign.content) == (404, none.content), path
        for program in (Program(""), Program("ftd_x")):
            assert program.ask(verb.upper(), address(path, ours), sent).status_code == 401


def test_what_belongs_to_another_assessment_is_not_found(described: dict[str, Any]) -> None:
    """Its links, imports and versions under the id of one's own, and such that nobody has: the same, byte for byte."""
    team = make_team()
    program = program_of(team.users["owner"], team.workspace)
    other, own = set_up(team), team.assessment.pk
    for path, verb, operation in operations(described):
        if not {"{link_id}", "{import_id}", "{number}"} & set(path.split("/")):
            continue
        sent = ROWS[operation["operationId"]][1]
        mixed = replace(other, assessment_id=own)
        nobodys = Stage(assessment_id=own, link_id=999_999, import_id=999_999, number=999_999)
        foreign, none = (program.ask(verb.upper(), address(path, one), sent) for one in (mixed, nobodys))
        assert (foreign.status_code, foreign.content) == (404, none.content), path


@pytest.mark.parametrize("role", Role.values)
def test_a_workspace_that_takes_two_steps_is_closed_to_tokens_of_those_without(
    role: str, described: dict[str, Any]
) -> None:
    team = make_team()
    stage = set_up(team)
    Workspace.objects.update(needs_two_step=True)
    programs = [
        program_of(team.users[role], team.workspace, may_write=write, may_share=share, name=kind)
        for kind, (write, share) in KINDS.items()
    ]
    for path, verb, operation in operations(described):
        if operation["operationId"] == "restore_assessment":
            Assessment.objects.filter(pk=stage.assessment_id).update(deleted_at=timezone.now())
        for program in programs:
            answer = program.ask(verb.upper(), address(path, stage), ROWS[operation["operationId"]][1])
            assert (answer.status_code, answer.json()["title"]) == (403, "This takes two-step sign-in"), path
        Assessment.objects.update(deleted_at=None)
    Authenticator.objects.create(user=team.users[role], type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert programs[0].get(f"assessments/{stage.assessment_id}").status_code == 200


def test_what_a_role_or_a_link_leaves_out_comes_back_through_no_operation(
    described: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The document, for whoever may not export, its attachment to the report, and what opens a link."""
    team, drawn = make_team(), list[str]()
    stage = set_up(team)
    owner = program_of(team.users["owner"], team.workspace)
    secret = owner.post(f"assessments/{stage.assessment_id}/links", {}).json()["url"].rstrip("/").rpartition("/")[2]
    monkeypatch.setattr(queue, "wake", lambda: queue.work_off(DrawnPdf))

    def draw(paper: PaperToDraw, *more: Any) -> bytes:
        drawn.append(paper.attachment)
        return b"%PDF"

    monkeypatch.setattr(drawing_child, "draw_apart", draw)
    for role in ("owner", "viewer"):
        program = program_of(team.users[role], team.workspace, name="all of it")
        answers = [
            program.get(address(path, stage)).content for path, verb, _ in operations(described) if verb == "get"
        ]
        assert not [one for one in answers if secret.encode() in one]
        assert any(b'"ftdecide/assessment"' in one for one in answers) is (role == "owner")
    assert [bool(attachment) for attachment in drawn] == [True, False]


def test_a_token_opens_one_workspace_only(described: dict[str, Any]) -> None:
    """Its person is in another one as well: through this token that is as good as not there."""
    team = make_team()
    other = people.start_workspace(team.users["owner"], "Another").workspace
    program = program_of(team.users["owner"], other)
    assert program.get("assessments").json()["assessments"] == []
    assert program.get(f"assessments/{team.assessment.pk}").status_code == 404
    assert program.get(f"assessments/{team.assessment.pk}").content == program.get(f"assessments/{OTHER_ID}").content
