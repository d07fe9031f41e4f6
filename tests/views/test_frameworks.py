"""A team's own framework on its pages: started, changed, tried, published, and an assessment moved to it."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments.engine.back_test import back_test
from assessments.engine.result_json import result_json
from assessments.models import Assessment, AuditEvent, FrameworkVersion, TeamFramework
from assessments.models.team_framework import PublishedForGood
from assessments.presenters.result_index import BEHIND
from assessments.services import own_frameworks as service
from assessments.services.answer_sheet import read_sheet
from assessments.services.own_frameworks import DraftEntry

from ..documents import example_document
from ..own_frameworks import a_framework, published
from ..pages import Page, told_by, words
from ..people import Team, make_team
from ..visits import bring_in

pytestmark = pytest.mark.django_db
HOSTILE = "Ours <script>alert(1)</script>"


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def framework(team: Team) -> TeamFramework:
    team.clients["editor"].post(team.url("frameworks"), {"name": HOSTILE})
    return TeamFramework.objects.get()


def at(team: Team, name: str, framework: TeamFramework, *more: object) -> str:
    return team.url(name, framework.pk, *more)


def form_of(team: Team, framework: TeamFramework, part: str) -> dict[str, Any]:
    page = Page(team.clients["editor"].get(at(team, "framework_part", framework, part)))
    assert "<script>alert" not in page.html
    sent: dict[str, Any] = {}
    for field in page.root.xpath("//form[.//button[@name='save']]//*[@name]"):
        name, kind = field.get("name"), field.get("type")
        if field.tag == "button" or (kind == "checkbox" and field.get("checked") is None):
            continue
        value = (field.text or "").removeprefix("\n") if field.tag == "textarea" else field.get("value", "")
        if field.tag == "select":
            value = next((one.get("value") for one in field.xpath("option[@selected]")), "")
        sent.setdefault(name, []).append(value)
    return sent


def save(team: Team, framework: TeamFramework, part: str, **changes: Any) -> Any:
    sent = form_of(team, framework, part) | changes | {"save": "1"}
    return team.clients["editor"].post(at(team, "framework_part", framework, part), sent)


def faults_of(response: Any) -> dict[str, str]:
    """Every fault by where it leads, which is on the page."""
    page = Page(response)
    found = {link.get("href"): link.text_content().strip() for link in page.root.xpath("//*[@role='alert']//a")}
    assert response.status_code == 422
    assert all(page.has(address[1:]) for address in found)
    return found


def publish(team: Team, framework: TeamFramework, **more: Any) -> FrameworkVersion:
    team.clients["owner"].post(at(team, "publish_framework", framework), {"note": "We tried it"} | more)
    found: FrameworkVersion = framework.versions.get(number=framework.versions.count())
    return found


@pytest.mark.parametrize(
    "part",
    [
        "gates",
        "approaches",
        "precedents",
        "weights",
        "scores",
        "fit",
        "tried",
        "thresholds",
        "priors",
        "goals",
        "questions-reasons_for",
    ],
)
def test_a_part_that_is_saved_as_it_was_shown_is_no_change(team: Team, framework: TeamFramework, part: str) -> None:
    assert save(team, framework, part).status_code == 302
    framework.refresh_from_db()
    assert framework.changes == {}


def test_a_changed_value_stands_beside_the_built_in_one_and_goes_back(team: Team, framework: TeamFramework) -> None:
    response = save(team, framework, "gates", **{"gates.no_case.when": "net < 0 and missed\nform"})
    assert response.status_code == 302
    framework.refresh_from_db()
    assert framework.changes == {"gates.no_case.when": [["net < 0", "missed"], ["form"]]}
    page = Page(team.clients["viewer"].get(at(team, "framework_part", framework, "gates")))
    assert "Built-in: net < pilot_net" in told_by(page)
    assert not page.root.xpath("//button[@name='save']")
    back = {"back": "gates.no_case.when", "was-gates.no_case.when": json.dumps([["net < 0", "missed"], ["form"]])}
    team.clients["editor"].post(at(team, "framework_part", framework, "gates"), back)
    framework.refresh_from_db()
    assert framework.changes == {}


def test_what_is_wrong_is_said_and_nothing_is_saved(team: Team, framework: TeamFramework) -> None:
    wrong = {"gates.no_case.when": "nett < 0", "gates.two_against.short": "x" * 50}
    response = save(team, framework, "gates", **wrong)
    assert response.status_code == 422
    assert faults_of(response) == {
        "#gates.no_case.when": "Reasons for do not outweigh those against: Closes when: nett < 0: no number nett",
        "#gates.two_against.short": "Too many reasons against: Name, for lists: longer than 45 characters",
    }
    page = Page(response)
    assert page.root.xpath("//details[@id='no_case' and @open]//p[@class='err']")
    refused = save(team, framework, "weights", **{"criteria.latency.weight": "much"})
    assert faults_of(refused) == {"#criteria.latency.weight": "Speed: Weight: must be a number, like 2.5"}
    refused = save(team, framework, "scores", **{"criteria.latency.scores.tools": "6"})
    assert faults_of(refused) == {"#criteria.latency.scores.tools": "Speed: Better tools: not from 1 to 5"}
    refused = save(team, framework, "priors", **{"priors.answers.brand_voice": "1.5"})
    assert faults_of(refused) == {"#priors.answers.brand_voice": "Distinct brand voice: not between 0 and 1"}
    framework.refresh_from_db()
    assert framework.changes == {}


def test_a_gate_and_a_question_of_ones_own_are_added_and_taken_out(team: Team, framework: TeamFramework) -> None:
    gate = {
        "short": "No budget",
        "because": "There is no budget.",
        "when": "own_no_budget is yes",
        "closes": ["tuning"],
    }
    question = {"label": "No budget", "ask": "Is there none?", "role": "anti_indicator", "weight": "High"}
    for part, new in (("questions-reasons_against", question), ("gates", gate)):
        sent = {f"new.{key}": value for key, value in new.items()} | {f"was-new.{key}": "null" for key in new}
        response = team.clients["editor"].post(at(team, "framework_part", framework, part), sent | {"add": "1"})
        assert response.status_code == 302, told_by(Page(response))
    framework.refresh_from_db()
    draft = service.draft_framework(framework)
    assert draft.gate["own_no_budget"].when == (("own_no_budget is yes",),)
    assert "own_no_budget" in draft.keys("anti_indicator")
    save(team, framework, "gates", **{"gates.own_no_budget.short": "No budget at all"})
    framework.refresh_from_db()
    assert framework.changes["gates.own_no_budget"]["short"] == "No budget at all"
    save(team, framework, "gates", **{"gates.own_no_budget.off": "1"})
    framework.refresh_from_db()
    assert list(framework.changes) == ["questions.own_no_budget"]


def test_what_a_question_counts_for_is_changed_and_its_chance_follows(team: Team, framework: TeamFramework) -> None:
    """A question that decides no more has no chance of a yes to name, and one of the team's own that decides has."""
    key = "questions.brand_voice"
    response = save(team, framework, "questions-reasons_for", **{f"{key}.role": "signal", f"{key}.weight": ""})
    assert response.status_code == 302, told_by(Page(response))
    new = {"label": "Patience", "ask": "Can it wait?", "role": "indicator", "weight": "Medium"}
    sent = {f"new.{key}": value for key, value in new.items()} | {f"was-new.{key}": "null" for key in new}
    address = at(team, "framework_part", framework, "questions-reasons_for")
    assert team.clients["editor"].post(address, sent | {"add": "1"}).status_code == 302
    chances = Page(team.clients["viewer"].get(at(team, "framework_part", framework, "priors")))
    assert chances.has("priors.answers.own_patience")
    assert not chances.has("priors.answers.brand_voice")
    again = team.clients["editor"].post(address, sent | {"add": "1", "new.label": "", "new.ask": ""})
    assert faults_of(again) == {
        "#new.label": "Label: required field missing",
        "#new.ask": "Question: required field missing",
    }


def test_a_row_goes_by_its_new_name(team: Team, framework: TeamFramework) -> None:
    save(team, framework, "gates", **{"gates.no_case.short": "Nothing speaks for it"})
    page = Page(team.clients["viewer"].get(at(team, "framework_part", framework, "gates")))
    assert page.words("no_case").startswith("Nothing speaks for it")


def add_an_approach(team: Team, framework: TeamFramework, **more: Any) -> Any:
    """Sends the form as it stands, with a name, texts and what is more of it."""
    address = at(team, "framework_part", framework, "approaches")
    fields = Page(team.clients["editor"].get(address)).root.xpath("//form[.//button[@name='add']]//*[@name]")
    names = [field.get("name") for field in fields if field.tag != "button" and field.get("type") != "checkbox"]
    new = {"name": "Plain rules", "verdict": "Write plain rules first.", "about": "A program that people can read."}
    said = {f"new.approaches._new.{key}": value for key, value in new.items()} | {"new.like": "tools"} | more
    sent = {name: "null" if name.startswith("was-") else "" for name in names} | said
    return team.clients["editor"].post(address, sent | {"add": "1"})


def test_an_approach_of_ones_own_is_added_compared_and_taken_out(team: Team, framework: TeamFramework) -> None:
    number = ["upfront_hours", "12", "8", "20", "", "Two days"]
    typed = {"new.costs._new.numbers": ["", "", "", "", "", "", *number], "new.approaches._new.tuning": "1"}
    response = add_an_approach(team, framework, **typed)
    assert response.status_code == 302, told_by(Page(response))
    framework.refresh_from_db()
    draft, key = service.draft_framework(framework), "own_plain_rules"
    scores = {one.key: one.scores for one in draft.matrix.criteria}
    assert scores["latency"][key] == scores["latency"]["tools"]
    assert draft.approach_costs.approach[key].number["upfront_hours"].high == 20
    told = told_by(Page(team.clients["owner"].get(at(team, "framework", framework))))
    assert "“Plain rules” has no scores of its own yet: all of its scores and fit are those of “Better tools”." in told
    assert "No gate names “Plain rules” yet" in told
    refused = team.clients["owner"].post(at(team, "publish_framework", framework), {"note": "So be it"})
    assert "An approach of your own has no scores of its own yet." in told_by(Page(refused))
    before = dict(framework.changes)
    assert save(team, framework, "approaches").status_code == 302
    framework.refresh_from_db()
    assert framework.changes == before
    better = {f"fit.{mode}.{key}": "5" for mode in draft.matrix.fit} | {f"guides.{key}.stops": "It grows\nIt fails"}
    better |= {f"criteria.{one}.scores.{key}": "5" for one, scored in scores.items() if scored}
    assert draft.approach[key].tuning
    save(team, framework, "approaches", **better, **{f"approaches.{key}.tuning": []})
    save(team, framework, "gates", **{"gates.exploring.closes": ["tuning", key]})
    framework.refresh_from_db()
    draft = service.draft_framework(framework)
    assert draft.closed_by["exploring"] >= {key}
    assert [one["text"] for one in framework.changes[f"guides.{key}"]["stops"]] == ["It grows", "It fails"]
    told = told_by(Page(team.clients["owner"].get(at(team, "framework_part", framework, "approaches"))))
    assert "1 of 1 verdicts of your own assessments would change." in told
    assert "No gate names" not in told
    version = publish(team, framework)
    team.clients["editor"].post(reverse("assessment_framework", args=[team.assessment.pk]), {"to": version.key})
    for page in BEHIND:
        address = reverse("result_page", args=[team.assessment.pk, page])
        assert "own_" not in told_by(Page(team.clients["viewer"].get(address)))
    assert read_sheet(Assessment.objects.get(pk=team.assessment.pk)).verdict.leads == key
    options = Page(team.clients["viewer"].get(reverse("result_page", args=[team.assessment.pk, "options"])))
    marked = [words(one.getparent()) for one in options.root.xpath("//small[.='A lever of the team’s own']")]
    assert len(marked) == 1
    assert "Plain rules" in marked[0]
    assert f"those of {version.name}, version 1" in told_by(options)
    named = save(team, framework, "approaches", **{f"approaches.{key}.off": "1"})
    assert f"gates.exploring.closes: no approach {key}" in told_by(Page(named))
    save(team, framework, "gates", **{"gates.exploring.closes": ["tuning"]})
    assert save(team, framework, "approaches", **{f"approaches.{key}.off": "1"}).status_code == 302
    framework.refresh_from_db()
    assert [path for path, value in framework.changes.items() if key in f"{path}{value}"] == []


def test_an_approach_that_lacks_its_name_is_refused_and_what_was_typed_stays(
    team: Team, framework: TeamFramework
) -> None:
    number = ["upfront_hours", "twelve", "", "", "", "Two days"]
    lacking = {"new.approaches._new.name": "", "new.approaches._new.about": HOSTILE}
    assert add_an_approach(team, framework, **lacking).status_code == 422
    page = Page(add_an_approach(team, framework, **lacking, **{"new.costs._new.numbers": number}))
    assert page.root.xpath("//input[@value='twelve']")
    assert page.root.xpath("//textarea[@name='new.approaches._new.about']")[0].text.strip() == HOSTILE
    framework.refresh_from_db()
    assert framework.changes == {}


CASE: dict[str, Any] = {
    "title": "Our claims desk <b>2025</b>",
    "task_kind": "classification",
    "task": "Sort claims by their kind.",
    "happened": "A tuned model was tried against a prompt.",
    "outcome": "fine_tune",
    "source": "https://example.org/claims",
    "year": "2025",
    "published_by": "talk",
    "evidence": "measured",
    "figures": ["before", "61%", "the prompt", "after", "93%", ""],
    "answers": ["consistent_behavior yes", "prompts_succeed no", ""],
}


def test_a_case_of_ones_own_is_shown_as_such_and_counted_apart(team: Team, framework: TeamFramework) -> None:
    address = at(team, "framework_part", framework, "precedents")
    sent = {f"new.{key}": value for key, value in CASE.items()} | {f"was-new.{key}": "null" for key in CASE}
    assert team.clients["editor"].post(address, sent | {"new.year": "", "add": "1"}).status_code == 422
    assert team.clients["editor"].post(address, sent | {"add": "1"}).status_code == 302
    framework.refresh_from_db()
    ((path, kept),) = framework.changes.items()
    assert kept["figures"] == [{"arm": "before", "value": "61%", "of": "the prompt"}, {"arm": "after", "value": "93%"}]
    assert save(team, framework, "precedents").status_code == 302
    framework.refresh_from_db()
    assert framework.changes == {path: kept}
    draft = service.draft_framework(framework)
    assert (back_test(draft).of, [case.title for case in draft.precedents.own]) == (98, [CASE["title"]])
    told = told_by(Page(team.clients["viewer"].get(at(team, "framework", framework))))
    assert "38 of 49" in told
    assert "Cases of your own, counted apart No verdict on a case of your own changes." in told
    editor, version = team.clients["editor"], publish(team, framework)
    alike = example_document("service_desk")
    alike["use_case"]["task_kind"] = "classification"
    alike["answers"] = {key.partition(" ")[0]: key.partition(" ")[2] for key in CASE["answers"] if key}
    one, other = (bring_in(editor, alike) for _ in range(2))
    editor.post(reverse("assessment_framework", args=[one.pk]), {"to": version.key})
    ours, theirs = (read_sheet(Assessment.objects.get(pk=found.pk)).decision for found in (one, other))
    assert ours.outside_view == theirs.outside_view
    assert [found.case.title for found in ours.precedents if found.own] == [CASE["title"]]
    assert "own" in json.dumps(result_json(ours)["precedents"])
    cases = Page(team.clients["editor"].get(reverse("result_page", args=[one.pk, "cases"])))
    assert f"{CASE['title']} A case of your own" in told_by(cases)
    save(team, framework, "precedents", **{f"{path}.off": "1"})
    framework.refresh_from_db()
    assert framework.changes == {}


def test_two_who_change_the_same_value_do_not_overwrite_each_other(team: Team, framework: TeamFramework) -> None:
    mine, theirs = (DraftEntry(path="thresholds.pilot_net", value=value, seen=1) for value in (2, 0))
    assert service.change_draft(framework, team.users["editor"], [mine]).saved == ("thresholds.pilot_net",)
    assert service.change_draft(framework, team.users["owner"], [theirs]).conflicts == ("thresholds.pilot_net",)


def test_what_leaves_no_lever_open_is_said_and_not_published(team: Team, framework: TeamFramework) -> None:
    save(team, framework, "gates", **{"gates.exploring.closes": ["all"]})
    page = Page(team.clients["owner"].get(at(team, "publish_framework", framework)))
    label = read_sheet(team.assessment).framework.questions["exploration_phase"].label
    assert f"Here no lever would be left open: “{label}”: yes. Gates must spare at least one." in told_by(page)
    refused = team.clients["owner"].post(at(team, "publish_framework", framework), {"note": "So be it"})
    assert refused.status_code == 422
    assert not framework.versions.exists()


def test_published_it_is_kept_and_new_assessments_are_under_it(team: Team, framework: TeamFramework) -> None:
    version = publish(team, framework, for_new="1")
    assert str(version) == f"{HOSTILE}, version 1"
    with pytest.raises(PublishedForGood):
        version.save()
    team.workspace.refresh_from_db()
    assert team.workspace.framework == version.key
    assert team.clients["owner"].post(at(team, "publish_framework", framework), {"note": "Again"}).status_code == 422
    upload = SimpleUploadedFile("a.json", json.dumps(example_document("service_desk")).encode())
    team.clients["editor"].post(reverse("import"), {"document": upload})
    newest = Assessment.objects.order_by("-created_at")[0]
    assert newest.framework == version.key
    ours, theirs = (result_json(read_sheet(one).decision) for one in (newest, brought_in_before(team)))
    assert ours["framework"]["name"] == f"{HOSTILE}, version 1"
    assert ours["framework"]["sha256"] == theirs["framework"]["sha256"]
    result = Page(team.clients["viewer"].get(reverse("result", args=[newest.pk])))
    assert f"{HOSTILE}, version 1" in told_by(result)
    portfolio = Page(team.clients["viewer"].get(team.url("portfolio")))
    assert told_by(portfolio).count(f"{HOSTILE}, version 1") == 1
    both = f"?a={newest.pk}&a={team.assessment.pk}"
    compared = told_by(Page(team.clients["viewer"].get(team.url("compare") + both)))
    assert "These stand under different frameworks" in compared


def brought_in_before(team: Team) -> Assessment:
    return team.assessment


def test_a_draft_is_removed_unless_something_of_it_was_published(team: Team, framework: TeamFramework) -> None:
    team.clients["editor"].post(at(team, "remove_framework", framework))
    assert not TeamFramework.objects.exists()
    assert AuditEvent.objects.get(act="remove_framework").details["name"] == HOSTILE
    kept = a_framework(team.workspace, team.users["editor"], thresholds__pilot_net=2)
    published(kept, team.users["owner"])
    page = Page(team.clients["editor"].get(at(team, "framework", kept)))
    assert not page.root.xpath("//form[contains(@action, '/remove/')]")
    team.clients["editor"].post(at(team, "remove_framework", kept))
    assert TeamFramework.objects.get() == kept


def test_an_assessment_is_moved_with_the_differences_shown_first(team: Team, framework: TeamFramework) -> None:
    save(team, framework, "questions-reasons_for", **{"questions.consistent_behavior.off": "1"})
    version = publish(team, framework)
    one = team.assessment
    address = reverse("assessment_framework", args=[one.pk])
    label = read_sheet(one).framework.questions["consistent_behavior"].label
    told = told_by(Page(team.clients["editor"].get(f"{address}?to={version.key}")))
    assert f"Answers that no longer count {label}" in told
    assert team.clients["editor"].get(f"{address}?to=own-abcdefghjkmn").status_code == 404
    team.clients["editor"].post(address, {"to": version.key})
    one.refresh_from_db()
    assert one.framework == version.key
    assert "answers.consistent_behavior" not in read_sheet(one).stated
    team.clients["editor"].post(address, {"to": "v1"})
    one.refresh_from_db()
    assert "answers.consistent_behavior" in read_sheet(one).stated


def test_a_file_goes_out_and_comes_in_again(team: Team, framework: TeamFramework) -> None:
    save(team, framework, "thresholds", **{"thresholds.pilot_net": "2"})
    held = team.clients["editor"].get(at(team, "framework_file", framework)).content
    upload = SimpleUploadedFile("ours.toml", held)
    assert team.clients["editor"].post(team.url("frameworks"), {"file": upload}).status_code == 302
    assert TeamFramework.objects.exclude(pk=framework.pk).get().changes == {"thresholds.pilot_net": 2}
    faulty = SimpleUploadedFile("ours.toml", held.replace(b"pilot_net", b"pilot_nett"))
    refused = team.clients["editor"].post(team.url("frameworks"), {"file": faulty})
    assert refused.status_code == 422
    assert "thresholds: extra fields found (pilot_nett)" in told_by(Page(refused))


def test_the_draft_is_tried_on_the_assessments_of_the_team(team: Team, framework: TeamFramework) -> None:
    lever = read_sheet(team.assessment).verdict.leads
    save(team, framework, "gates", **{"gates.exploring.closes": [lever], "gates.exploring.when": "sample >= 0"})
    told = told_by(Page(team.clients["viewer"].get(at(team, "framework", framework))))
    assert "1 of 1 verdicts of your own assessments would change." in told
