"""What if: answers are tried without being saved, and kept only when somebody says so."""

from typing import Any

import pytest
from django.urls import reverse

from ..documents import example_document, named
from ..pages import Page
from ..visits import bring_in, save_one, value_of, version_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def task_api(owner: Any) -> Any:
    return bring_in(owner, example_document("task_api"))


def whatif(assessment: Any) -> Any:
    return reverse("whatif", args=[assessment.pk])


def test_nothing_changed_shows_the_verdict_that_stands(owner: Any, task_api: Any) -> None:
    page = Page(owner.get(whatif(task_api)))
    assert "The verdict as it stands" in page.words("whatif-out")
    assert "Fine-tune a small model. Pilot first." in page.words("whatif-out")


def test_a_change_moves_the_verdict_and_saves_nothing(owner: Any, task_api: Any) -> None:
    page = Page(owner.get(whatif(task_api), {"exploration_phase": "yes"}))
    out = page.words("whatif-out")
    assert "The verdict would become Keep improving the prompt." in out
    assert "Now: Fine-tune a small model. Pilot first." in out
    assert "Exploration phase: Yes" in out
    assert value_of(task_api, "exploration_phase") == "no"


def test_the_path_and_the_ranking_move_too(owner: Any, task_api: Any) -> None:
    before, after = (Page(owner.get(whatif(task_api), changes)) for changes in ({}, {"prompt_variations": "no"}))
    trees = [next(page.with_id("whatif-out").iter("title")).text for page in (before, after)]
    assert "It ends at: Fine-tuning candidate." in trees[0]
    assert "It ends at: Keep improving the prompt." in trees[1]


def test_the_address_holds_only_what_differs(owner: Any, task_api: Any) -> None:
    response = owner.get(whatif(task_api), {"exploration_phase": "yes", "low_volume": "no", "nonsense": "yes"})
    assert (response.status_code, response["Location"]) == (302, f"{whatif(task_api)}?exploration_phase=yes")
    response = owner.get(whatif(task_api), {"low_volume": "no"}, headers={"HX-Request": "true"})
    assert response["HX-Push-Url"] == whatif(task_api)


@pytest.mark.parametrize("changes", [{"exploration_phase": "maybe"}, {"brand_voice": "na"}, {"name": "yes"}])
def test_what_is_no_answer_is_not_tried(owner: Any, task_api: Any, changes: Any) -> None:
    assert owner.get(whatif(task_api), changes)["Location"] == whatif(task_api)


def test_keeping_saves_the_changes_and_leaves_the_evidence(owner: Any, task_api: Any) -> None:
    page = Page(owner.get(whatif(task_api), {"low_volume": "yes"}))
    sent = {"low_volume": "yes", "low_volume-rev": "1"}
    assert [tag.get("value") for tag in page.all("input") if tag.get("name") == "low_volume-rev"] == ["1"]
    response = owner.post(whatif(task_api), sent)
    assert (response.status_code, response["Location"]) == (302, reverse("result", args=[task_api.pk]))
    stored = task_api.values.get(path="answers.low_volume")
    assert (stored.value, stored.evidence, stored.version) == ("yes", "growth expected; watch that it comes", 2)


def test_keeping_overwrites_nobody(owner: Any, task_api: Any) -> None:
    save_one(owner, task_api, "low_volume", "unsure")
    response = owner.post(whatif(task_api), {"low_volume": "yes", "low_volume-rev": "1"})
    assert response.status_code == 409
    assert "Somebody else changed an answer meanwhile" in response.content.decode()
    assert value_of(task_api, "low_volume") == "unsure"


def test_a_rev_of_any_size_is_no_fault_of_the_server(owner: Any, task_api: Any) -> None:
    before = value_of(task_api, "low_volume")
    for rev in ("", "x", "9" * 500, "-1"):
        response = owner.post(whatif(task_api), {"low_volume": "yes", "low_volume-rev": rev})
        assert response.status_code == 409
        assert "Somebody else changed an answer meanwhile" in response.content.decode()
    assert value_of(task_api, "low_volume") == before


@pytest.mark.parametrize(
    ("changes", "moved"),
    [
        ({"missing_knowledge": "40"}, "Missing knowledge: 40"),
        ({"goal": "format"}, "Main goal: Keep to our format every time"),
        ({"override_weeks": "9 7 5 3"}, "Corrections per week: 9, 7, 5, 3"),
        ({"api_savings": "3,000"}, "Saving on the model bill: $3,000 a month"),
    ],
)
def test_counts_choices_weeks_and_money_can_be_tried(owner: Any, task_api: Any, changes: Any, moved: str) -> None:
    out = Page(owner.get(whatif(task_api), changes, follow=True)).words("whatif-out")
    assert moved in out
    assert Page(owner.get(whatif(task_api))).words("whatif-out") != out


def test_counted_failures_move_the_verdict(owner: Any, task_api: Any) -> None:
    out = Page(owner.get(whatif(task_api), {"missing_knowledge": "40"})).words("whatif-out")
    assert "The verdict would become" in out


def test_a_saving_moves_the_payback(owner: Any, task_api: Any) -> None:
    out = Page(owner.get(whatif(task_api), {"api_savings": "0"})).words("whatif-out")
    assert "$6,000 upfront, pays back after 4 months." in out.partition("Now: ")[2]


def test_what_cannot_be_read_is_told_and_the_rest_is_tried(owner: Any, task_api: Any) -> None:
    page = Page(owner.get(whatif(task_api), {"monthly_requests": "many", "exploration_phase": "yes"}))
    assert "must be a number, like" in page.words("whatif-out")
    assert "The verdict would become" in page.words("whatif-out")
    assert page.with_id("try-monthly_requests").get("value") == "many"
    assert page.form("whatif-form")["monthly_requests"] == "many"


def test_more_reviewed_than_labelled_is_told_and_never_kept(owner: Any, task_api: Any) -> None:
    changes = {"labelled_examples": "10", "reviewed_examples": "11"}
    seen = {f"{key}-rev": str(version_of(task_api, key)) for key in changes}
    out = Page(owner.get(whatif(task_api), changes)).words("whatif-out")
    assert "cannot be more than the 10 labelled ones" in out
    response = owner.post(whatif(task_api), changes | seen)
    assert response.status_code == 302
    assert response["Location"].startswith(whatif(task_api))
    assert value_of(task_api, "reviewed_examples") != 11


def test_numbers_that_are_kept_are_saved_as_numbers(owner: Any, task_api: Any) -> None:
    page = Page(owner.get(whatif(task_api), {"goal": "", "missing_knowledge": "40"}))
    kept = {name: value for name, value in page.form("keep").items() if name != "csrfmiddlewaretoken"}
    assert owner.post(whatif(task_api), kept)["Location"] == reverse("result", args=[task_api.pk])
    assert (value_of(task_api, "missing_knowledge"), value_of(task_api, "goal")) == (40, None)


def test_what_a_number_already_answers_stands_there_and_can_be_tried_otherwise(client: Any, db: None) -> None:
    assessment = bring_in(client, named(use_case={"monthly_requests": 40_000}))
    url = reverse("whatif", args=[assessment.pk])
    chosen = Page(client.get(url)).root.xpath("//select[@name='low_volume']/option[@selected]/@value")
    assert chosen == ["no"]
    assert client.get(url, {"low_volume": "no"})["Location"] == url
    for tried in ({"low_volume": "yes"}, {"low_volume": "unsure"}, {"monthly_requests": "400"}):
        assert client.get(url, tried).status_code == 200
