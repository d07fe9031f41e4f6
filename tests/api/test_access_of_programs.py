"""Every operation, every kind of token, every role, from the description itself: one without a row here fails."""

import json
from typing import Any

import jsonschema
import pytest
from django.test import Client
from openapi_spec_validator import validate

from assessments.acts import ACT_AT
from assessments.api.operation import OPERATIONS
from assessments.framework import load_framework
from assessments.models import Role
from assessments.rights import ROLES, SCOPES, Right
from assessments.services import assessments, people, sharing
from assessments.services.versions import freeze

from ..documents import example_document
from ..people import Team, make_team
from .programs import Program, program_of

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
    "list_versions": ("read", None),
    "freeze": ("freeze", {}),
    "read_version": ("export", None),
    "compare_versions": ("read", None),
    "read_sign_off": ("read", None),
    "list_links": ("read", None),
    "make_link": ("link", {}),
    "pause_link": ("link", {}),
    "resume_link": ("link", {}),
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


def address(path: str, assessment: str, link: int = 1) -> str:
    return path[1:].format(assessment_id=assessment, number=1, other="now", link_id=link)


def test_the_description_is_sound(described: dict[str, Any]) -> None:
    validate(described)
    assert {one["operationId"] for _, _, one in operations(described)} == ROWS.keys()
    for one in OPERATIONS.every:
        address_of = next(iter(OPERATIONS.at(one.path).values())).name
        assert (f"api:{address_of}" in ACT_AT) or not one.is_unsafe, one.name
    assert not [one for one in ROWS if ROWS[one][0] in {"sign_off", "ask_sign_off", "meet_condition", "manage"}]


def stage(team: Team, *, made_by: str) -> tuple[str, int]:
    """An assessment with a version and a link of this person's."""
    user = team.users[made_by]
    one = assessments.start_from_document(
        team.workspace, "", user, load_framework(), example_document("service_desk") | {"costs": {}}
    )
    freeze(one, user, reason="")
    sharing.make_link(one, user)
    return one.pk, one.share_links.get().pk


@pytest.mark.parametrize("role", Role.values)
def test_every_cell(role: str, described: dict[str, Any]) -> None:
    """Who may and whose token is for it gets an answer of its schema; nobody else gets anything."""
    team, leaks, cells = make_team(), [], 0
    programs = {
        kind: program_of(team.users[role], team.workspace, may_write=write, may_share=share, name=kind)
        for kind, (write, share) in KINDS.items()
    }
    for kind, program in programs.items():
        one, link = stage(team, made_by=role)
        for path, verb, operation in sorted(operations(described), key=lambda found: found[1] == "delete"):
            name = operation["operationId"]
            right, sent = ROWS[name]
            if name == "restore_assessment":
                continue
            expected = role in ROLES[right] and any(
                right in SCOPES[scope] for scope in SCOPES if scope in ("read", kind) or kind == "all"
            )
            answer = program.ask(verb.upper(), address(path, one, link), sent)
            cells += 1
            if (answer.status_code <= DONE) is not expected or (not expected and answer.status_code != 403):
                leaks.append((kind, name, answer.status_code))
            _fits(described, operation, answer)
        restored = program.post(f"assessments/{one}/restore").status_code
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
    elsewhere = team.outsider.get("/workspaces/").context["own_workspaces"][0]
    outsider = program_of(elsewhere.actor, elsewhere.workspace)
    freeze(team.assessment, None, reason="")
    for path, verb, operation in operations(described):
        if "{assessment_id}" not in path:
            continue
        sent = ROWS[operation["operationId"]][1]
        foreign, nobodys = (
            outsider.ask(verb.upper(), address(path, one), sent) for one in (team.assessment.pk, OTHER_ID)
        )
        assert (foreign.status_code, foreign.content) == (404, nobodys.content), path
        for program in (Program(""), Program("ftd_x")):
            assert program.ask(verb.upper(), address(path, team.assessment.pk), sent).status_code == 401


def test_a_token_opens_one_workspace_only(described: dict[str, Any]) -> None:
    """Its person is in another one as well: through this token that is as good as not there."""
    team = make_team()
    other = people.start_workspace(team.users["owner"], "Another").workspace
    program = program_of(team.users["owner"], other)
    assert program.get("assessments").json()["assessments"] == []
    assert program.get(f"assessments/{team.assessment.pk}").status_code == 404
    assert program.get(f"assessments/{team.assessment.pk}").content == program.get(f"assessments/{OTHER_ID}").content
