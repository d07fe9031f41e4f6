"""Two people work on one assessment with plain forms: each sees the other's answer before it is replaced."""

from typing import Any

import pytest
from django.urls import reverse

from ..documents import named
from ..pages import Page
from ..people import make_team
from ..visits import FRAMEWORK, bring_in, control_of, open_section, rows, section_url, value_of, version_of

SECTION = "reasons_for"


@pytest.fixture
def url(assessment: Any) -> Any:
    return section_url(assessment, SECTION)


@pytest.fixture
def stale(owner: Any, assessment: Any, url: Any) -> Any:
    """A form that somebody opened before somebody else answered yes, and in which no was chosen since."""
    form = open_section(owner, assessment, SECTION)
    first = form | {"brand_voice": "yes", "brand_voice-evidence": "blind review"}
    assert owner.post(url, first).status_code == 302
    return form | {"brand_voice": "no", "brand_voice-evidence": "we doubt it"}


def test_the_loser_gets_both_answers_and_nothing_is_overwritten(
    owner: Any, assessment: Any, url: Any, stale: Any
) -> None:
    before = rows(assessment)
    response = owner.post(url, stale)
    page = Page(response)
    assert response.status_code == 409
    assert rows(assessment) == before
    assert page.title.startswith("Error: ")
    assert [link.get("href") for link in page.with_id("problem").iter("a")] == ["#q-brand_voice"]
    card = page.words("q-brand_voice")
    assert "blind review" in card
    form = page.form("section-form")
    assert (form["brand_voice"], form["brand_voice-evidence"]) == ("no", "we doubt it")
    buttons = {(b.get("name"), b.get("value")) for b in page.with_id("q-brand_voice").iter("button")}
    assert buttons == {("stay", "brand_voice"), ("use_theirs", "brand_voice")}


def test_keep_mine_replaces_the_answer_that_was_seen(owner: Any, assessment: Any, url: Any, stale: Any) -> None:
    form = Page(owner.post(url, stale)).form("section-form")
    response = owner.post(url, form | {"stay": "brand_voice"})
    assert response.status_code == 302
    assert response["Location"].split("#")[0] == url
    assert (value_of(assessment, "brand_voice"), version_of(assessment, "brand_voice")) == ("no", 2)
    assert rows(assessment)["answers.brand_voice"][1] == "we doubt it"


def test_use_theirs_leaves_the_stored_answer(owner: Any, assessment: Any, url: Any, stale: Any) -> None:
    before = rows(assessment)
    form = Page(owner.post(url, stale)).form("section-form")
    response = owner.post(url, form | {"use_theirs": "brand_voice"})
    assert (response.status_code, response["Location"]) == (302, f"{url}#q-brand_voice")
    assert rows(assessment) == before
    assert open_section(owner, assessment, SECTION)["brand_voice"] == "yes"


def test_a_third_answer_in_between_is_a_conflict_again(owner: Any, assessment: Any, url: Any, stale: Any) -> None:
    form = Page(owner.post(url, stale)).form("section-form")
    third = open_section(owner, assessment, SECTION) | {"brand_voice": "unsure"}
    assert owner.post(url, third).status_code == 302
    assert owner.post(url, form | {"stay": "brand_voice"}).status_code == 409
    assert value_of(assessment, "brand_voice") == "unsure"


def test_other_answers_of_the_loser_are_saved(owner: Any, assessment: Any, url: Any, stale: Any) -> None:
    assert owner.post(url, stale | {"data_sovereignty": "yes"}).status_code == 409
    assert (value_of(assessment, "brand_voice"), value_of(assessment, "data_sovereignty")) == ("yes", "yes")


def test_continue_leaves_alone_what_others_changed_meanwhile(owner: Any, assessment: Any, url: Any) -> None:
    mine, theirs = open_section(owner, assessment, SECTION), open_section(owner, assessment, SECTION)
    assert owner.post(url, theirs | {"brand_voice": "yes"}).status_code == 302
    assert owner.post(url, mine | {"data_sovereignty": "no"}).status_code == 302
    assert (value_of(assessment, "brand_voice"), value_of(assessment, "data_sovereignty")) == ("yes", "no")
    assert version_of(assessment, "brand_voice") == 1


def test_continue_leaves_alone_an_answer_that_others_replaced(owner: Any, assessment: Any, url: Any) -> None:
    assert owner.post(url, open_section(owner, assessment, SECTION) | {"brand_voice": "yes"}).status_code == 302
    mine, theirs = open_section(owner, assessment, SECTION), open_section(owner, assessment, SECTION)
    assert owner.post(url, theirs | {"brand_voice": "no"}).status_code == 302
    assert owner.post(url, mine | {"data_sovereignty": "no"}).status_code == 302
    assert (value_of(assessment, "brand_voice"), version_of(assessment, "brand_voice")) == ("no", 2)


def test_two_who_give_the_same_answer_do_not_collide(owner: Any, assessment: Any, url: Any) -> None:
    form = open_section(owner, assessment, SECTION) | {"brand_voice": "yes"}
    assert [owner.post(url, form).status_code for _ in range(2)] == [302, 302]
    assert version_of(assessment, "brand_voice") == 1


@pytest.mark.parametrize(
    ("section", "key", "first", "second", "shown"),
    [
        ("use_case", "name", "Refunds", "Returns", "Refunds"),
        ("use_case", "goal", "persona", "format", FRAMEWORK.questions["goal"].options[1].label),
        ("costs", "api_savings", "1500", "900", "$1,500"),
        ("diagnosis", "override_weeks", "31, 29", "40", "31, 29"),
        ("use_case", "task", "Draft <b>replies</b>", "", "Draft <b>replies</b>"),
    ],
)
def test_every_kind_of_answer_is_put_side_by_side(
    owner: Any, assessment: Any, section: str, key: str, first: str, second: str, shown: Any
) -> None:
    url, stale, control = section_url(assessment, section), open_section(owner, assessment, section), control_of(key)
    assert owner.post(url, stale | {control: first}).status_code == 302
    stale = stale | {control: second or "something else"}
    response = owner.post(url, stale)
    assert response.status_code == 409
    page = Page(response)
    assert shown in page.words(f"q-{key}")
    assert page.form("section-form")[control] == stale[control]
    assert value_of(assessment, key) != second


def test_a_fault_and_a_conflict_on_one_page_are_both_told(owner: Any) -> None:
    assessment = bring_in(owner, named(readiness={"labelled_examples": 20}))
    url, stale = section_url(assessment, "readiness"), open_section(owner, assessment, "readiness")
    assert owner.post(url, stale | {"eval_set": "yes"}).status_code == 302
    response = owner.post(url, stale | {"eval_set": "no", "reviewer_agreement": "most"})
    page = Page(response)
    assert response.status_code == 422
    assert sorted(a.get("href") for a in page.with_id("problem").iter("a")) == ["#q-eval_set", "#reviewer_agreement"]
    assert value_of(assessment, "eval_set") == "yes"


def test_a_range_from_an_import_survives_others_and_is_replaced_only_on_purpose(owner: Any) -> None:
    wide = {"low": 1000, "likely": 1500, "high": 2000}
    assessment = bring_in(owner, named(costs={"summary": {"api_savings": wide}}))
    url = section_url(assessment, "costs")
    mine, theirs = open_section(owner, assessment, "costs"), open_section(owner, assessment, "costs")
    assert owner.post(url, theirs | {"quality_value": "500"}).status_code == 302
    assert owner.post(url, mine | {"inference_cost": "7"}).status_code == 302
    assert (value_of(assessment, "api_savings"), value_of(assessment, "quality_value")) == (wide, 500)
    assert owner.post(url, open_section(owner, assessment, "costs") | {"api_savings": "1600"}).status_code == 302
    assert value_of(assessment, "api_savings") == 1600


def test_an_assessment_deleted_meanwhile_is_not_written_to(owner: Any, assessment: Any, url: Any, stale: Any) -> None:
    owner.post(reverse("delete", args=[assessment.pk]))
    before = rows(assessment)
    assert owner.post(url, stale).status_code == 404
    assert rows(assessment) == before


def test_in_a_team_it_says_who_and_to_oneself_that_it_was_another_window(db: None) -> None:
    team = make_team()
    url = section_url(team.assessment, SECTION)
    said = {}
    for role in ("editor", "owner"):
        stale = open_section(team.clients["owner"], team.assessment, SECTION)
        answer = {"brand_voice": "no", "brand_voice-evidence": f"The {role} says so"}
        assert team.clients[role].post(url, stale | answer).status_code == 302
        said[role] = Page(team.clients["owner"].post(url, stale | {"brand_voice": "unsure"})).words("q-brand_voice")
    assert "Ed changed this answer at" in said["editor"]
    assert "In another window, you changed this answer at" in said["owner"]
