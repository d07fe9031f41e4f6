"""Figures of an approach in words, for sensible numbers and for all others."""

from typing import Any

import pytest

from assessments.engine.document import read_document
from assessments.engine.economics.detailed import detailed_money
from assessments.framework import load_framework
from assessments.presenters.cost_figures import month_one, present_compared, present_figures
from tests.documents import example_document, named

FRAMEWORK = load_framework()


def money(document: Any) -> Any:
    return detailed_money(FRAMEWORK, read_document(document, FRAMEWORK))


def form(horizon: Any = 36, **case: Any) -> Any:
    today = {"output_tokens": 1000, "output_price": 10, "retraining_cost": 500}
    return named(costs={"horizon_months": horizon, "detailed": {**case, "approaches": {"status_quo": today}}})


def test_the_published_figures_of_the_eight_approaches() -> None:
    """economics.md section 4."""
    compared = present_compared(FRAMEWORK, money(example_document("eight_approaches")))
    assert compared is not None
    rows = {row.approach: list(row.cells) for row in compared.rows}
    assert rows["status_quo"] == ["$0", "$20,275", "$27,318", "$53,526", "$0.2028", "1.06", "7.33%", "–"]
    assert rows["hybrid"] == ["$15,050", "$13,036", "$17,969", "$29,005", "$0.1304", "1.015", "3.52%", "2.05 months"]
    assert rows["other_model"][-1] == "Never"


@pytest.mark.parametrize(
    ("horizon", "expected"),
    [(36, [1, 12, 36]), (1, [1]), (6, [1, 6]), (12, [1, 12]), (24, [1, 12, 24]), (60, [1, 12, 36])],
)
def test_months_that_the_plan_has(horizon: int, expected: Any) -> None:
    names = [figure.name for figure in present_figures(FRAMEWORK, money(form(horizon))[0]).figures]
    assert [name for name in names if name.startswith("Month")] == [f"Month {month}" for month in expected]


def test_a_month_with_a_retraining_says_so() -> None:
    figures = {
        figure.name: figure for figure in present_figures(FRAMEWORK, money(form(monthly_requests=100))[0]).figures
    }
    assert (figures["Month 12"].words, figures["Month 12"].about) == ("$501", "With a retraining")
    assert (figures["Month 1"].words, figures["Month 1"].about) == ("$1", "")


def test_without_requests_a_request_costs_nothing_that_could_be_told() -> None:
    figures = {figure.name: figure.words for figure in present_figures(FRAMEWORK, money(form())[0]).figures}
    assert figures["Each request"] == "–"


def test_numbers_beyond_all_sense_have_words_too() -> None:
    found = money(form(monthly_requests=1e12, monthly_growth=10, human_fallback_cost=1e12))
    assert month_one(FRAMEWORK, found)["status_quo"]
    assert "Too large to show" in {figure.words for figure in present_figures(FRAMEWORK, found[0]).figures}


def test_without_a_form_there_is_nothing_to_compare() -> None:
    assert present_compared(FRAMEWORK, ()) is None
