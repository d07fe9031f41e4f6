"""What if: answers are tried without being saved, and kept only when somebody says so."""

import pytest
from django.urls import reverse

from ..documents import example_document
from ..pages import Page
from ..visits import bring_in, save_one, value_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def task_api(owner):
    return bring_in(owner, example_document("task_api"))


def whatif(assessment):
    return reverse("whatif", args=[assessment.pk])


def test_nothing_changed_shows_the_verdict_that_stands(owner, task_api):
    page = Page(owner.get(whatif(task_api)))
    assert "The verdict as it stands" in page.words("whatif-out")
    assert "Fine-tune a small model. Pilot first." in page.words("whatif-out")


def test_a_change_moves_the_verdict_and_saves_nothing(owner, task_api):
    page = Page(owner.get(whatif(task_api), {"exploration_phase": "yes"}))
    out = page.words("whatif-out")
    assert "The verdict would becomeKeep improving the prompt." in out
    assert "Now: Fine-tune a small model. Pilot first." in out
    assert "Exploration phase: Yes" in out
    assert value_of(task_api, "exploration_phase") == "no"


def test_the_path_and_the_ranking_move_too(owner, task_api):
    before, after = (Page(owner.get(whatif(task_api), changes)) for changes in ({}, {"prompt_variations": "no"}))
    trees = [next(page.with_id("whatif-out").iter("title")).text for page in (before, after)]
    assert "It ends at: Fine-tuning candidate." in trees[0]
    assert "It ends at: Keep improving the prompt." in trees[1]


def test_the_address_holds_only_what_differs(owner, task_api):
    response = owner.get(whatif(task_api), {"exploration_phase": "yes", "low_volume": "no", "nonsense": "yes"})
    assert (response.status_code, response["Location"]) == (302, f"{whatif(task_api)}?exploration_phase=yes")
    response = owner.get(whatif(task_api), {"low_volume": "no"}, headers={"HX-Request": "true"})
    assert response["HX-Push-Url"] == whatif(task_api)


@pytest.mark.parametrize("changes", [{"exploration_phase": "maybe"}, {"brand_voice": "na"}, {"name": "yes"}])
def test_what_is_no_answer_is_not_tried(owner, task_api, changes):
    assert owner.get(whatif(task_api), changes)["Location"] == whatif(task_api)


def test_keeping_saves_the_changes_and_leaves_the_evidence(owner, task_api):
    page = Page(owner.get(whatif(task_api), {"low_volume": "yes"}))
    sent = {"low_volume": "yes", "low_volume-rev": "1"}
    assert 'name="low_volume-rev" value="1"' in page.html
    response = owner.post(whatif(task_api), sent)
    assert (response.status_code, response["Location"]) == (302, reverse("result", args=[task_api.pk]))
    stored = task_api.answers.get(key="low_volume")
    assert (stored.value, stored.evidence, stored.version) == ("yes", "growth expected; watch that it comes", 2)


def test_keeping_overwrites_nobody(owner, task_api):
    save_one(owner, task_api, "low_volume", "unsure")
    response = owner.post(whatif(task_api), {"low_volume": "yes", "low_volume-rev": "1"})
    assert response.status_code == 409
    assert "Somebody else changed an answer meanwhile" in response.content.decode()
    assert value_of(task_api, "low_volume") == "unsure"


def test_a_rev_of_any_size_is_no_fault_of_the_server(owner, task_api):
    for rev in ("", "x", "9" * 500, "-1"):
        response = owner.post(whatif(task_api), {"low_volume": "yes", "low_volume-rev": rev})
        assert response.status_code == 409
