"""What an agent told: marked and counted as opinion everywhere, until a person confirms it."""

from typing import Any

import pytest
from django.urls import reverse

from assessments.models import Assessment, AuditEvent
from assessments.services.answer_sheet import read_sheet

from ..api.programs import Program, program_of
from ..documents import example_document
from ..pages import Page, told_by
from ..people import Team, make_team
from ..visits import save_one, stored

pytestmark = pytest.mark.django_db
TOLD = "Told by an agent"
PATH = "answers.prompt_variations"
SAYING = {"path": PATH, "value": "yes", "evidence": "Six prompts in evals/", "strength": "measured"}


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def program(team: Team) -> Program:
    return program_of(team.users["editor"], team.workspace)


def tell(program: Program, team: Team, **more: Any) -> Any:
    entries = [SAYING | {"told_by_agent": True, "seen_version": 1} | more]
    return program.patch(f"assessments/{team.assessment.pk}/values", {"entries": entries})


def text_of(team: Team, name: str, *more: str) -> str:
    return " ".join(told_by(Page(team.clients["editor"].get(reverse(name, args=[team.assessment.pk, *more])))).split())


def test_it_counts_as_opinion_and_is_shown_as_told(team: Team, program: Program) -> None:
    assert tell(program, team).status_code == 200
    at = f"assessments/{team.assessment.pk}"
    value = program.get(f"{at}/values?path={PATH}").json()["values"][0]
    assert (value["strength"], value["origin"]["kind"], value["origin"]["claims"]) == ("opinion", "agent", "measured")
    assert program.get(f"{at}/document").json()["origins"][PATH]["kind"] == "agent"
    sheet = read_sheet(team.assessment)
    assert sheet.document.answers["prompt_variations"].strength == "opinion"
    brief = program.get(f"{at}/brief").json()
    assert any("told by an agent" in words for part in brief["parts"] for words in part["paragraphs"])
    section = sheet.framework.section_of["prompt_variations"].key
    for shown in (text_of(team, "section", section), text_of(team, "review"), text_of(team, "result_page", "evidence")):
        assert TOLD in shown
    assert "told by an agent" in text_of(team, "result")


def test_who_confirms_it_makes_it_theirs_as_strong_as_it_was_called(team: Team, program: Program) -> None:
    tell(program, team)
    url = reverse("confirm_told", args=[team.assessment.pk, PATH])
    editor = team.clients["editor"]
    assert team.clients["viewer"].post(url, {"seen": "1"}).status_code == 403
    old = editor.post(url, {"seen": "1"}, follow=True)
    assert "was changed meanwhile" in " ".join(told_by(Page(old)).split())
    assert editor.post(url, {"seen": "2.abc"}).headers["Location"].endswith("#q-prompt_variations")
    row = stored(team.assessment, "prompt_variations")
    assert row is not None
    assert (row.value, row.strength, row.origin, row.version) == ("yes", "measured", "", 3)
    assert row.changed_by == team.users["editor"]
    assert AuditEvent.objects.filter(act="confirm_told", about=team.assessment.pk).exists()
    assert TOLD not in text_of(team, "review")
    history = text_of(team, "answer_history", PATH)
    assert "Not confirmed → Confirmed" in history
    assert "changed back" not in history
    editor.post(url, {"seen": "3"})  # there is nothing left to confirm
    assert stored(team.assessment, "prompt_variations").version == 3  # type: ignore[union-attr]


def test_who_writes_beside_it_stands_by_it(team: Team, program: Program) -> None:
    tell(program, team)
    saved = save_one(team.clients["editor"], team.assessment, "prompt_variations", "yes", evidence="I looked")
    assert 'id="prompt_variations-told" hx-swap-oob="delete"' in saved.content.decode()
    row = stored(team.assessment, "prompt_variations")
    assert row is not None
    assert row.origin == ""


def test_told_again_it_is_not_stored_again(team: Team, program: Program) -> None:
    tell(program, team)
    again = tell(program, team).json()["entries"][0]
    assert (again["state"], again["version"]) == ("unchanged", 2)


def test_a_whole_document_is_told(team: Team, program: Program) -> None:
    document = {
        "format": "ftdecide/assessment",
        "version": 1,
        "use_case": {"name": "Reply drafts"},
        "answers": {"brand_voice": {"value": "yes", "evidence": "A test", "strength": "documented"}},
        "costs": {"detailed": {"approaches": {"status_quo": {"input_price": 2}}}},
    }
    made = program.post("assessments?told_by_agent=true", document)
    assert made.status_code == 201, made.content
    kept = program.get(f"assessments/{made.json()['id']}/document").json()
    assert kept["answers"]["brand_voice"] == {"value": "yes", "evidence": "A test"}
    told = {path for path, origin in kept["origins"].items() if origin["kind"] == "agent"}
    assert {"use_case.name", "answers.brand_voice", "costs.detailed.status_quo.input_price"} <= told
    firm = kept | {"answers": document["answers"]}
    refused = program.post("decide", firm).json()
    assert refused["faults"][0]["path"] == "answers.brand_voice.strength"
    costs = team.clients["editor"].get(reverse("costs_approach", args=[made.json()["id"], "status_quo"]))
    assert "told by an agent" in costs.content.decode()


def origins(assessment_id: str) -> set[str]:
    """The paths of what was not typed."""
    values = read_sheet(Assessment.objects.get(pk=assessment_id)).values
    return {path for path, row in values.items() if row.origin}


def test_all_that_was_told_can_be_confirmed_where_answers_are_checked(team: Team, program: Program) -> None:
    """What no question asks, too: numbers of a lever, who takes over from it, weights, scores and ticks."""
    document = example_document("eight_approaches") | {
        "matrix": {
            "weights": {"latency": 3},
            "overrides": [{"approach": "tools", "criterion": "latency", "score": 4, "reason": "Measured in the pilot"}],
        },
        "checks": {"training": ["baseline_recorded"]},
    }
    made = program.post("assessments?told_by_agent=true", document).json()["id"]
    editor, review = team.clients["editor"], reverse("review", args=[made])
    forms = [form for form in Page(editor.get(review)).all("form") if (form.get("action") or "").endswith("/confirm/")]
    told = origins(made)
    actions = {reverse("confirm_told", args=[made, path]) for path in told}
    assert actions == {form.get("action") for form in forms}
    assert {"matrix.weights.latency", "checks.training.baseline_recorded"} < told
    passed_on = editor.get(reverse("costs_approach", args=[made, "hybrid"])).content.decode()
    assert reverse("confirm_told", args=[made, "costs.detailed.hybrid.escalation_to"]) in passed_on
    some = ("matrix.weights.latency", "checks.training.baseline_recorded", "costs.detailed.hybrid.escalation_to")
    for path in some:
        action = reverse("confirm_told", args=[made, path])
        seen = next(next(form for form in forms if form.get("action") == action).iter("button")).get("value")
        assert editor.post(action, {"seen": seen, "page": "review"}).status_code == 302
    assert origins(made) == told - {*some}
