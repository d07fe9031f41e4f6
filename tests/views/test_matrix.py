"""The matrix's weights are tried by address; weights and cells are saved when the team says so."""

from typing import Any

import pytest
from django.urls import reverse

from ..documents import example_document
from ..pages import Page
from ..visits import bring_in, matrix_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def task_api(owner: Any) -> Any:
    return bring_in(owner, example_document("task_api"))


def result(assessment: Any) -> Any:
    return reverse("result_page", args=[assessment.pk, "options"])


def change(owner: Any, assessment: Any, **sent: Any) -> Any:
    """What a form of the page sends that has just been opened."""
    return post(owner, assessment, seen_by(owner, assessment), **sent)


def post(owner: Any, assessment: Any, seen: Any, **sent: Any) -> Any:
    return owner.post(reverse("matrix", args=[assessment.pk]), {"seen": seen, **sent})


def seen_by(owner: Any, assessment: Any) -> Any:
    page = Page(owner.get(result(assessment)))
    return next(tag.get("value", "") for tag in page.all("input") if tag.get("name") == "seen")


def test_two_who_change_the_same_weight_or_score_do_not_overwrite_each_other(owner: Any, task_api: Any) -> None:
    seen = seen_by(owner, task_api)
    assert post(owner, task_api, seen, **{"w-latency": "5"}).status_code == 302
    second = post(owner, task_api, seen, **{"w-latency": "1", "w-control": "2"})
    assert "Somebody else has changed the weight of speed meanwhile." in Page(second).words("matrix")
    assert matrix_of(task_api) == {"weights": {"latency": 5, "control": 2}}
    assert post(owner, task_api, seen, **CELL | {"score": "4"}).status_code == 302
    assert "Somebody else has changed" in Page(post(owner, task_api, seen, **CELL | {"score": "2"})).words("matrix")
    assert matrix_of(task_api)["overrides"][0]["score"] == 4


def leader(response: Any) -> Any:
    return Page(response).words("mat-h")


def test_weights_in_the_address_rank_again_without_saving(owner: Any, task_api: Any) -> None:
    assert leader(owner.get(result(task_api))) == "Another model scores highest overall"
    response = owner.get(result(task_api), {"w-latency": "5", "w-run_cost": "5", "w-control": "5"})
    assert leader(response) == "A tuned small model scores highest overall"
    assert "A preview with other weights. Nothing is saved." in Page(response).words("heat")
    assert matrix_of(task_api) == {}
    assert leader(owner.get(result(task_api))) == "Another model scores highest overall"


@pytest.mark.parametrize("typed", ["6", "-1", "x", "1e1", "٣", "2.555", "NaN"])
def test_a_weight_out_of_range_is_refused_in_place(owner: Any, task_api: Any, typed: str) -> None:
    response = owner.get(result(task_api), {"w-latency": typed})
    assert response.status_code == 422
    assert "The weight of “Speed” must be a number from 0 to 5, like 2 or 2.5" in Page(response).words("matrix")


def test_weights_are_saved_on_request_and_taken_back(owner: Any, task_api: Any) -> None:
    response = change(owner, task_api, **{"w-latency": "5", "w-control": "2.5"})
    assert response["Location"] == result(task_api) + "#matrix"
    assert matrix_of(task_api) == {"weights": {"latency": 5, "control": 2.5}}
    assert "Set by you" in Page(owner.get(result(task_api))).words("matrix")
    change(owner, task_api, reset="1")
    assert matrix_of(task_api) == {}
    assert "Set by you" not in Page(owner.get(result(task_api))).words("matrix")


def test_faulty_weights_are_not_saved(owner: Any, task_api: Any) -> None:
    response = change(owner, task_api, **{"w-latency": "5", "w-control": "9"})
    assert response.status_code == 422
    assert matrix_of(task_api) == {}


CELL = {"approach": "tools", "criterion": "latency", "score": "4", "reason": "Ours answer in 20 ms"}


def test_a_cell_of_ones_own_shows_with_its_reason_and_counts(owner: Any, task_api: Any) -> None:
    assert change(owner, task_api, **CELL).status_code == 302
    words = Page(owner.get(result(task_api))).words("matrix")
    assert "Better use of tools, Speed: 4" in words
    assert "Ours answer in 20 ms" in words
    assert matrix_of(task_api) == {"overrides": [CELL | {"score": 4}]}


def test_scoring_a_cell_again_replaces_it_and_taking_it_back_removes_it(owner: Any, task_api: Any) -> None:
    change(owner, task_api, **CELL)
    change(owner, task_api, **(CELL | {"score": "1.5", "reason": "Measured"}))
    assert [cell["score"] for cell in matrix_of(task_api)["overrides"]] == [1.5]
    change(owner, task_api, remove="tools.latency")
    assert matrix_of(task_api) == {}


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ({"approach": "magic"}, "Choose a lever"),
        ({"criterion": "magic"}, "Choose a criterion"),
        ({"score": "6"}, "The score must be a number from 1 to 5, like 4"),
        ({"score": "0"}, "The score must be a number from 1 to 5, like 4"),
        ({"reason": " "}, "Write the reason for your score, so that others can follow it"),
        ({"reason": "x" * 10_001}, "The reason has 10,001 characters; at most 10,000 are allowed"),
    ],
)
def test_a_faulty_cell_is_refused_in_place(owner: Any, task_api: Any, fault: Any, sentence: str) -> None:
    response = change(owner, task_api, **(CELL | fault))
    assert response.status_code == 422
    assert sentence in Page(response).words("matrix")
    assert matrix_of(task_api) == {}


def test_weights_and_cells_are_kept_apart(owner: Any, task_api: Any) -> None:
    change(owner, task_api, **{"w-latency": "5"})
    change(owner, task_api, **CELL)
    assert set(matrix_of(task_api)) == {"weights", "overrides"}


def test_the_kept_page_knows_its_visitor_s_address_and_token(owner: Any, task_api: Any) -> None:
    first, second = (owner.get(result(task_api)).content.decode() for _ in range(2))
    assert f'hx-get="{result(task_api)}"' in first
    for page in (first, second):
        assert "%csrf%" not in page
        assert "%here%" not in page
