"""The matrix's weights are tried by address; weights and cells are saved when the team says so."""

from typing import Any

import pytest
from django.urls import reverse

from assessments.pages.paper_trail import paper_trail
from assessments.pages.report import report_html
from assessments.services.answer_sheet import read_sheet

from ..documents import example_document
from ..pages import Page, fields, words
from ..visits import FRAMEWORK, bring_in, matrix_of

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
    assert "Somebody else has changed the weight of speed meanwhile." in Page(second).words("main")
    assert matrix_of(task_api) == {"weights": {"latency": 5, "control": 2}}
    assert post(owner, task_api, seen, **CELL | {"score": "4"}).status_code == 302
    assert "Somebody else has changed" in Page(post(owner, task_api, seen, **CELL | {"score": "2"})).words("main")
    assert matrix_of(task_api)["overrides"][0]["score"] == 4


def test_a_weight_that_nobody_touched_is_neither_saved_nor_in_conflict(owner: Any, task_api: Any) -> None:
    """A form sends all weights: those that are the framework's were shown so, and are left alone."""
    page = Page(owner.get(result(task_api)))
    shown = {name: value for name, value in fields(page.with_id("weights")).items() if name.startswith("w-")}
    seen = seen_by(owner, task_api)
    assert post(owner, task_api, seen, **shown | {"w-latency": "5"}).status_code == 302
    assert matrix_of(task_api) == {"weights": {"latency": 5}}
    assert post(owner, task_api, seen, **shown | {"w-control": "2"}).status_code == 302
    assert matrix_of(task_api) == {"weights": {"latency": 5, "control": 2}}


def leader(response: Any) -> str:
    return words(next(Page(response).all("h1"))).split("; ")[1]


def test_weights_in_the_address_rank_again_without_saving(owner: Any, task_api: Any) -> None:
    assert leader(owner.get(result(task_api))) == "“Tune a small model” leads"
    effect = [one.key for one in FRAMEWORK.matrix.criteria if one.group == "effect"]
    response = owner.get(result(task_api), {f"w-{key}": "0" for key in effect})
    assert leader(response) != "“Tune a small model” leads"
    assert "A preview with other weights. Nothing is saved." in Page(response).words("matrix")
    assert matrix_of(task_api) == {}
    assert leader(owner.get(result(task_api))) == "“Tune a small model” leads"


def test_names_weights_and_reasons_stay_together(owner: Any, task_api: Any) -> None:
    page = Page(owner.get(result(task_api), {"w-latency": "5"}))
    for row in page.root.xpath("//div[@class='weigh']"):
        (field,) = row.iter("input")
        criterion = next(one for one in FRAMEWORK.matrix.criteria if field.get("name") == f"w-{one.key}")
        assert words(next(row.iter("label"))) == criterion.name
        assert field.get("aria-describedby") == f"{field.get('id')}-why"
        assert words(page.with_id(f"{field.get('id')}-why"))


def test_a_weight_and_a_score_of_ones_own_lead_to_their_history(owner: Any, task_api: Any) -> None:
    change(owner, task_api, **{"w-latency": "5"})
    change(owner, task_api, **CELL)
    hrefs = {link.get("href") for link in Page(owner.get(result(task_api))).all("a")}
    for path in ("matrix.weights.latency", "matrix.overrides.tools.latency"):
        url = reverse("answer_history", args=[task_api.pk, path])
        assert url in hrefs
        assert owner.get(url).status_code == 200


def test_a_score_without_a_reason_keeps_what_was_typed_and_says_so_beside_the_field(owner: Any, task_api: Any) -> None:
    page = Page(change(owner, task_api, **CELL | {"reason": " "}))
    reason = page.with_id("own-reason")
    assert reason.get("aria-invalid") == "true"
    assert reason.get("autofocus") is not None
    assert "Write the reason" in words(reason.getparent())
    assert page.with_id("own-score").get("value") == CELL["score"]
    chosen = [one.get("value") for one in page.all("option") if one.get("selected") is not None]
    assert chosen == [CELL["approach"], CELL["criterion"]]


@pytest.mark.parametrize("typed", ["11", "-1", "x", "1e1", "٣", "2.555", "NaN"])
def test_a_weight_out_of_range_is_refused_in_place(owner: Any, task_api: Any, typed: str) -> None:
    response = owner.get(result(task_api), {"w-latency": typed})
    assert response.status_code == 422
    assert "The weight of “Speed” must be a number from 0 to 10, like 2 or 2.5" in Page(response).words("main")


def test_weights_are_saved_on_request_and_taken_back(owner: Any, task_api: Any) -> None:
    response = change(owner, task_api, **{"w-latency": "5", "w-control": "2.5"})
    assert response["Location"] == result(task_api) + "#matrix"
    assert matrix_of(task_api) == {"weights": {"latency": 5, "control": 2.5}}
    assert "Set by you" in Page(owner.get(result(task_api))).words("main")
    change(owner, task_api, reset="1")
    assert matrix_of(task_api) == {}
    assert "Set by you" not in Page(owner.get(result(task_api))).words("main")


def test_faulty_weights_are_not_saved(owner: Any, task_api: Any) -> None:
    response = change(owner, task_api, **{"w-latency": "5", "w-control": "11"})
    assert response.status_code == 422
    assert matrix_of(task_api) == {}


CELL = {"approach": "tools", "criterion": "latency", "score": "4", "reason": "Ours answer in 20 ms"}
SHOWN = {"link": "https://example.org/run", "strength": "measured"}


def test_a_weight_and_a_score_take_evidence_that_stays_when_weights_are_saved_again(owner: Any, task_api: Any) -> None:
    change(owner, task_api, **{"w-latency": "5"})
    change(owner, task_api, weight="latency", evidence="Users leave after 2 s", **SHOWN)
    change(owner, task_api, **CELL, **SHOWN)
    change(owner, task_api, **{"w-latency": "6"})
    for path, value in (("matrix.weights.latency", 6), ("matrix.overrides.tools.latency", 4)):
        row = task_api.values.get(path=path)
        assert (row.value, row.link, row.strength) == (value, *SHOWN.values())
        assert SHOWN["link"] in words(Page(owner.get(reverse("answer_history", args=[task_api.pk, path]))).root)
    page = Page(owner.get(result(task_api))).words("main")
    assert page.count("(measured, https://example.org/run)") == 2
    assert "Users leave after 2 s" in page
    sheet = read_sheet(task_api)
    paper = report_html(sheet, paper_trail(task_api, sheet, None), at=task_api.changed_at)
    assert "Weight of speed: 6. Users leave after 2 s (measured, https://example.org/run)" in paper


@pytest.mark.parametrize(
    ("sent", "control", "sentence"),
    [
        ({"weight": "latency", "link": "javascript:alert(1)"}, "weight-link", "must start with https://"),
        ({"weight": "latency", "evidence": "a" * 20_001}, "weight-evidence", "characters"),
        ({"weight": "latency", "evidence": " "}, "weight-evidence", "Write what shows it, or give a link"),
        ({"weight": "latency ", "evidence": "So it is"}, "", "Choose a weight"),
        (CELL | {"link": "example.org"}, "own-link", "must start with https://"),
    ],
)
def test_what_is_no_evidence_is_refused_beside_its_field(
    owner: Any, task_api: Any, sent: dict[str, str], control: str, sentence: str
) -> None:
    change(owner, task_api, **{"w-latency": "5"})
    response = change(owner, task_api, **sent)
    assert response.status_code == 422
    page = Page(response)
    assert sentence in page.words("main")
    assert not control or page.with_id(control).get("aria-invalid") == "true"
    assert not task_api.values.get(path="matrix.weights.latency").evidence


def test_a_cell_of_ones_own_shows_with_its_reason_and_counts(owner: Any, task_api: Any) -> None:
    assert change(owner, task_api, **CELL).status_code == 302
    words = Page(owner.get(result(task_api))).words("main")
    assert "Better tools, Speed: 4" in words
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
    assert sentence in Page(response).words("main")
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
