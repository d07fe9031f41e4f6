"""What agents do with the package's own client: an interview that ends in a link, and nothing that leaks."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from django.conf import settings
from django.urls import reverse
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from assessments.for_agents.asking import Asker, ByToken, Declined, WithoutAccount
from assessments.for_agents.server import perform
from assessments.for_agents.tools import TOOLS
from assessments.models import ValueChange
from assessments.services.limits import CHANGES_BY_PROGRAM

from ..documents import example_document
from ..journeys.server import ROOT
from ..pages import Page, told_by
from ..people import Team, make_team
from ..views.test_share_in_processes import database_url
from ..visits import FRAMEWORK
from ..workspaces import new_workspace
from .programs import program_of

PATIENCE = 120
"""Seconds: a busy machine is slow, not wrong."""
SEEN = "evals/prompts.md, lines 1 to 80: six prompts"


@pytest.fixture
def team() -> Team:
    return make_team()


def secret_of(team: Team, *, may_write: bool = True) -> str:
    return program_of(team.users["editor"], team.workspace, may_write=may_write).secret


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Of a server on the tests' database."""
    of_tests = {"DATABASE_URL": database_url(), "SECRET_KEY": settings.SECRET_KEY, "AUDIT_KEY": settings.AUDIT_KEY}
    return {**os.environ, "FTDECIDE_DATA": str(folder), **of_tests, **more}


def told(answer: Any) -> Any:
    """What a tool answered, as JSON values."""
    assert not answer.is_error, answer.content[0].text
    return json.loads(answer.content[0].text)


async def interview(client: Client) -> dict[str, Any]:
    """Asks as an agent would ask its person, and gives what it ends with."""
    started = told(await client.call_tool("start_assessment", {"document": {"use_case": {"name": "Reply drafts"}}}))
    one = {"assessment_id": started["id"]}
    answered = []
    for _ in range(3):
        question = told(await client.call_tool("what_to_ask_next", one))["questions"][0]
        assert question["ask"].endswith("?")
        assert "yes" in question["choices"]
        answer = {"path": question["path"], "value": "yes", "evidence": SEEN, "strength": "documented"}
        saved = told(await client.call_tool("add_answers", one | {"answers": [answer]}))
        assert [entry["state"] for entry in saved["entries"]] == ["saved"]
        answered.append(question["path"])
    brief = told(await client.call_tool("read_brief", one))
    assert any("told by an agent" in words for part in brief["brief"]["parts"] for words in part["paragraphs"])
    return {"id": brief["id"], "url": brief["url"], "answered": answered}


@pytest.mark.django_db(transaction=True)
def test_an_interview_ends_in_a_link_where_a_person_confirms_what_was_said(team: Team, tmp_path: Path) -> None:
    here = StdioServerParameters(
        command=sys.executable,
        args=["manage.py", "mcp"],
        cwd=ROOT,
        env=environment(tmp_path, FTDECIDE_TOKEN=secret_of(team)),
    )

    async def talk() -> tuple[dict[str, Any], list[str]]:
        async with Client(here) as client:
            assert [one.name for one in (await client.list_tools()).tools] == [one.name for one in TOOLS]
            asked = await client.read_resource("ftdecide://questions")
            assert "answers.brand_voice" in asked.contents[0].text  # type: ignore[union-attr]
            wrong = [await client.call_tool(name, arguments) for name, arguments in HOSTILE]
            return await interview(client), [one.content[0].text for one in wrong if one.is_error]  # type: ignore[union-attr]

    ended, refusals = asyncio.run(talk())
    assert len(refusals) == len(HOSTILE)
    assert not [one for one in refusals if "Traceback" in one or "line " in one or len(one) > 1_000]
    editor, path = team.clients["editor"], ended["answered"][0]
    assert editor.get(urlsplit(ended["url"]).path).status_code == 200
    section = FRAMEWORK.section_of[path.rpartition(".")[2]].key
    page = Page(editor.get(reverse("section", args=[ended["id"], section])))
    assert "Told by an agent" in told_by(page)
    assert SEEN in page.html
    review = Page(editor.get(reverse("review", args=[ended["id"]])))
    confirm = reverse("confirm_told", args=[ended["id"], path])
    form = next(one for one in review.all("form") if one.get("action") == confirm)
    seen = next(form.iter("button")).get("value")
    assert editor.post(confirm, {"seen": seen, "page": "review"}).status_code == 302
    changes = ValueChange.objects.filter(assessment=ended["id"], path=path).order_by("pk")
    assert ["origin" in (one.after or {}) for one in changes] == [True, False]
    assert [one.through for one in changes] == ["pipeline", ""]
    document = json.loads(editor.get(reverse("export", args=[ended["id"]])).content)
    assert path not in document["origins"]
    assert document["answers"][path.rpartition(".")[2]]["strength"] == "documented"


DEEP: dict[str, Any] = {}
inner = DEEP
for _ in range(120):
    inner["a"] = {}
    inner = inner["a"]
HOSTILE: list[tuple[str, dict[str, Any]]] = [
    ("drop_tables", {}),
    ("decide", {}),
    ("decide", {"document": 5}),
    ("decide", {"document": DEEP}),
    ("decide", {"document": {"use_case": {"name": "x" * 2_000_000}}}),
    ("decide", {"document": {"use_case": {"name": "x", "monthly_requests": 10**300}}}),
    ("decide", {"document": {"use_case": {"name": "\x00\ud800"[:1]}, "": None}}),
    ("start_assessment", {"document": {}, "token": "x"}),
    ("read_brief", {"assessment_id": "../../admin"}),
    ("read_brief", {"assessment_id": "nobodys"}),
    ("add_answers", {"assessment_id": "nobodys", "answers": [{"path": "answers.brand_voice", "value": "yes"}]}),
    ("add_answers", {"assessment_id": "nobodys", "answers": [{"path": "x", "value": "yes", "strength": "sure"}]}),
    ("add_answers", {"assessment_id": "nobodys", "answers": []}),
    ("look_up_offers", {"words": ["a"]}),
]


@contextmanager
def over_http(folder: Path) -> Iterator[str]:
    """The address of a server in a process of its own."""
    command = [sys.executable, "manage.py", "mcp", "--http", "127.0.0.1:0"]
    started = environment(folder, PYTHONUNBUFFERED="1")
    with subprocess.Popen(command, cwd=ROOT, env=started, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield process.stdout.readline().split()[-1]
        finally:
            process.terminate()


@pytest.mark.django_db(transaction=True)
def test_over_http_every_request_brings_a_token(team: Team, tmp_path: Path) -> None:
    secret = secret_of(team)

    async def talk(address: str) -> dict[str, Any]:
        async with (
            httpx2.AsyncClient(timeout=PATIENCE, headers={"Authorization": f"Bearer {secret}"}) as known,
            Client(streamable_http_client(address, http_client=known)) as client,
        ):
            return await interview(client)

    with over_http(tmp_path) as address:
        ended = asyncio.run(talk(address))
        asking = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
        by_token = {"Authorization": f"Bearer {secret}"}

        def status(headers: Mapping[str, str], query: str = "") -> int:
            sent = {"Accept": "application/json, text/event-stream", **headers}
            return httpx2.post(address + query, json=asking, headers=sent, timeout=PATIENCE).status_code

        assert status({}) == status({"Authorization": "Bearer ftd_nobodys"}) == 401
        assert status(by_token | {"Host": "evil.example:80"}) == 421
        assert status(by_token | {"Origin": "https://evil.example"}) == 403
        assert status(by_token | {"Cookie": "sessionid=1"}) == status(by_token, f"?token={secret}") == 400
        assert status(by_token) == 200
        team.workspace.memberships.get(user=team.users["editor"]).tokens.get().delete()
        assert status(by_token) == 401
    assert team.clients["editor"].get(urlsplit(ended["url"]).path).status_code == 200


def refusal(asker: Asker, name: str, **arguments: Any) -> str:
    with pytest.raises(Declined) as refused:
        perform(asker, name, arguments)
    return str(refused.value)


def test_without_a_token_what_needs_no_account_is_answered() -> None:
    """No database is asked: this test has none."""
    asker = WithoutAccount()
    told = perform(asker, "decide", {"document": example_document("service_desk")})
    assert told["brief"]["headline"].startswith("Fine-tune a small model.")
    codes = perform(asker, "decide", {"document": example_document("service_desk"), "codes": True})
    assert codes["format"] == "ftdecide/result"
    assert perform(asker, "look_up_precedents", {"task_kind": "extraction", "words": "json"})["found"]
    assert perform(asker, "look_up_offers", {"words": "openai"})["models"]
    assert refusal(asker, "read_brief", assessment_id="a").startswith("This takes a token.")
    assert "is not a known key" in refusal(asker, "decide", document={"use_case": {"name": "a", "b": 1}})


@pytest.mark.django_db(transaction=True)  # the end of a request closes its connection
def test_a_token_may_no_more_here_than_anywhere(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = new_workspace()
    theirs = ByToken(token=program_of(elsewhere.memberships.get().user, elsewhere).secret)
    ours = team.assessment.pk
    assert refusal(theirs, "read_brief", assessment_id=ours) == refusal(theirs, "read_brief", assessment_id="zzzzzz")
    reader = ByToken(token=secret_of(team, may_write=False))
    answer = {"path": "answers.brand_voice", "value": "yes"}
    assert "token" in refusal(reader, "add_answers", assessment_id=ours, answers=[answer])
    own = ByToken(token=secret_of(team))
    meanwhile = refusal(own, "add_answers", assessment_id=ours, answers=[answer | {"value": "no", "seen_version": 9}])
    assert meanwhile.startswith("Somebody else has changed this meanwhile")
    assert '"version"' in meanwhile
    monkeypatch.setattr("assessments.api.door.CHANGES_BY_PROGRAM", replace(CHANGES_BY_PROGRAM, most=1))
    hasty = ByToken(token=secret_of(team))
    perform(hasty, "decide", {"document": {"use_case": {"name": "A"}}})
    assert refusal(hasty, "decide", document={"use_case": {"name": "A"}}).startswith("That was too often")


def test_what_goes_wrong_here_is_told_to_the_log_alone() -> None:
    class Broken:
        def ask(self, method: str, path: str, sent: Any = None) -> Any:
            raise ValueError("a secret")

    assert refusal(Broken(), "look_up_offers").startswith("Something went wrong here.")
