"""The decision record: what stands in it, for whom, and that nothing typed means anything in the file."""

import io
import json
import re
from datetime import date
from typing import Any

import docx
import pytest
from django.urls import reverse

from assessments.models import Version
from assessments.services import letterheads, sharing, sign_off
from assessments.services.assessments import load_sample
from assessments.services.extract import Scope
from assessments.services.sharing import Choices
from assessments.services.versions import freeze

from ..bars import tries
from ..documents import example_document, named
from ..hostile import TEXTS
from ..people import make_team
from ..visits import bring_in
from .test_letterhead import picture

HEADINGS = (
    "Context and problem statement",
    "Decision drivers",
    "Considered options",
    "Decision outcome",
    "Pros and cons of the options",
    "More information",
)
SUB_HEADINGS = ("Consequences", "Confirmation")


@pytest.fixture
def team(db: None) -> Any:
    return make_team()


def markdown_of(client: Any, name: str, *arguments: Any) -> str:
    response = client.get(reverse(name, args=[*arguments, "md"]))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/markdown; charset=utf-8"
    return str(response.content.decode())


def word_of(client: Any, name: str, *arguments: Any) -> Any:
    response = client.get(reverse(name, args=[*arguments, "docx"]))
    assert response.status_code == 200
    return docx.Document(io.BytesIO(response.content))


def headings(markdown: str, level: int) -> list[str]:
    return re.findall(rf"^{'#' * level} (.+)$", markdown, re.MULTILINE)


def texts(document: Any) -> list[str]:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(one.text for one in document.paragraphs), *cells]


def test_it_is_a_record_in_the_order_of_madr(owner: Any) -> None:
    told = markdown_of(owner, "record", bring_in(owner, example_document("task_api")).pk)
    front, _, body = told.removeprefix("---\n").partition("\n---\n")
    assert 'status: "proposed"' in front.splitlines()
    assert headings(body, 1) == ["Task API assistant: Fine-tune a small model. Pilot first."]
    assert tuple(headings(body, 2)) == HEADINGS
    assert tuple(headings(body, 3)[:2]) == SUB_HEADINGS
    assert headings(body, 3)[2 + 11 :] == ["Legal and exit"]
    assert "* Licence of the base model: Open" in body
    assert body.count("legal advice") == 1
    assert "Chosen option: “Tune a small model”." in body
    assert "* Good, because “steady output” scores 5 of 5" in body
    assert "* Bad: follows change (1 of 5, today 5)" in body
    assert "6,000 upfront, pays back after 4 months; needs savings and better answers" in body


def test_word_says_the_same_under_its_own_headings(owner: Any) -> None:
    assessment = bring_in(owner, example_document("support_copilot"))
    document = word_of(owner, "record", assessment.pk)
    styled = [(one.style.name, one.text) for one in document.paragraphs if one.style.name.startswith(("Title", "Head"))]
    told = markdown_of(owner, "record", assessment.pk)
    assert styled[0] == ("Title", headings(told, 1)[0])
    assert [text for style, text in styled if style == "Heading 1"] == list(HEADINGS)
    assert [text for style, text in styled if style == "Heading 2"] == headings(told, 3)
    points = [one.text for one in document.paragraphs if one.style.name == "List Bullet"]
    assert len(points) == len(re.findall(r"^\* ", told, re.MULTILINE))
    assert document.core_properties.author == "ftdecide"


def test_before_there_is_a_verdict_nothing_is_chosen(owner: Any) -> None:
    told = markdown_of(owner, "record", bring_in(owner, named()).pk)
    assert headings(told, 1) == ["Refund replies: No verdict yet"]
    assert "No option is chosen yet. What leads so far" in told
    assert "This is the verdict" not in told


def test_a_version_says_who_agreed_on_which_terms(team: Any) -> None:
    ours, people = team.assessment, team.users
    terms = {"target_metric": "Right first time", "stop_on": date(2027, 5, 1)}
    approver = people["approver"]
    asked = sign_off.ask(ours, people["owner"], approvers=[approver], due_on=None, terms=terms)
    approval = asked.approvals.get()
    approval.conditions.create(text="Measure it first")
    number = Version.objects.get().number
    told = markdown_of(team.clients["viewer"], "version_record", ours.pk, number)
    assert 'decision-makers: "Ann"' in told
    assert "* Target metric: Right first time" in told
    assert "* Condition of Ann: Measure it first (open)" in told
    assert "* Content, SHA-256: " in told
    asked.approvals.update(decision="approved", decided_at=asked.asked_at)
    assert 'status: "accepted"' in markdown_of(team.clients["viewer"], "version_record", ours.pk, number)


def test_a_link_leaves_out_what_its_pages_leave_out(team: Any, new_client: Any) -> None:
    document = example_document("task_api")
    document["answers"]["brand_voice"] = {"value": "yes", "evidence": "Only we know this", "strength": "measured"}
    ours = bring_in(team.clients["owner"], document)
    sign_off.ask(
        ours, team.users["owner"], approvers=[team.users["approver"]], due_on=None, terms={"baseline": "Now 61%"}
    )
    token = sharing.make_link(ours, team.users["owner"], Choices(scope=Scope(costs=False)))
    told = markdown_of(new_client(), "shared_record", token)
    assert "This copy leaves out costs." in told
    assert "upfront, pays back" not in told
    assert not any(words in told for words in ("Ann", "Now 61%", "SHA-256"))
    whole = sharing.make_link(ours, team.users["owner"])
    assert "6,000 upfront" in markdown_of(new_client(), "shared_record", whole)


def test_a_link_with_a_passphrase_gives_nothing_before_it_is_open(team: Any, new_client: Any) -> None:
    token = sharing.make_link(team.assessment, None, Choices(passphrase="correct horse"))
    response = new_client().get(reverse("shared_record", args=[token, "md"]))
    assert (response.status_code, response["Location"]) == (302, reverse("shared_result", args=[token]))


def test_a_sample_has_one_too_and_no_other_kind_of_file_is_there(owner: Any) -> None:
    load_sample("task-api", example_document("task_api"))
    assert "Task API assistant" in markdown_of(owner, "sample_record", "task-api")
    assert owner.get(reverse("sample_record", args=["task-api", "html"])).status_code == 404


HOSTILE = [
    "# Approved\n\n## Decision outcome\n\n* all good",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "[click](javascript:alert(1)) ![x](https://evil.example/x.png) <https://evil.example>",
    "| a | b |\n|---|---|",
    "---\nstatus: accepted\n---",
    "1. one\n- two\n+ three\n> four\n===",
    "``` code ``` ~~~ $x$ &lt;b&gt; \\",
    "a\x07b\x0bc\ufffe\ud7ff",
    *TEXTS[:: tries(22, 1)],
]


@pytest.mark.sampled
@pytest.mark.parametrize(("task", "model"), [*zip(HOSTILE[::2], HOSTILE[1::2], strict=True)])
def test_what_people_typed_is_text_and_nothing_else(owner: Any, task: str, model: str) -> None:
    assessment = bring_in(owner, example_document("task_api"))
    for path, text in (("use_case.task", task), ("use_case.model", model)):
        stored = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")[:5000]
        assessment.values.filter(path=path).update(value=stored)
    told = markdown_of(owner, "record", assessment.pk)
    body = told.removeprefix("---\n").partition("\n---\n")[2]
    assert tuple(headings(body, 2)) == HEADINGS
    assert not re.search(r"(?<!\\)[<>\[\]`|~]", body)
    assert re.findall(r"^\s*[-+>=]|^\s*\d+[.)]", body, re.MULTILINE) == []
    front = dict(line.split(": ", 1) for line in told.split("---\n")[1].splitlines())
    assert all(json.loads(value) for value in front.values())
    found = word_of(owner, "record", assessment.pk)
    assert [one.text for one in found.paragraphs if one.style.name == "Heading 1"] == list(HEADINGS)
    assert not found.inline_shapes


def test_the_letterhead_stands_above_it(team: Any) -> None:
    letterheads.change_letterhead(
        team.workspace, mark="Internal <b>", logo=letterheads.drawn_anew(picture()), without_logo=False, actor=None
    )
    told = markdown_of(team.clients["owner"], "record", team.assessment.pk)
    assert "**Internal \\<b\\>**" in told
    document = word_of(team.clients["owner"], "record", team.assessment.pk)
    assert document.sections[0].header.paragraphs[0].text == "Internal <b>"
    assert len(document.inline_shapes) == 1


def test_the_same_answers_give_the_same_file(team: Any) -> None:
    freeze(team.assessment, team.users["owner"], reason="")
    url = reverse("version_record", args=[team.assessment.pk, 1, "docx"])
    first, second = (team.clients["owner"].get(url).content for _ in range(2))
    assert texts(docx.Document(io.BytesIO(first))) == texts(docx.Document(io.BytesIO(second)))
