"""Every lever priced at once: today's prompt and eleven others, through every part of money."""

from datetime import date
from typing import Any

import pytest

from assessments.engine.decision import Decision
from assessments.engine.economics.money import Economics
from assessments.engine.economics.tuning_offers import purchasable
from assessments.engine.result import read_result
from assessments.engine.result_json import result_json
from assessments.framework import load_framework
from assessments.presenters.money.chances import present_chances
from assessments.presenters.money.section import MoneyView, present_money
from assessments.presenters.money.sheets import all_sheets

from ..documents import decided
from ..money import all_levers_document
from .answers import decision_and_answers

FRAMEWORK = load_framework()
TODAY = date(2026, 11, 27)
ALL = ["status_quo", *FRAMEWORK.approach]
NAMES = {"Today's prompt", *(approach.name for approach in FRAMEWORK.approaches)}


@pytest.fixture(scope="module")
def decision() -> Decision:
    return decided(all_levers_document())


@pytest.fixture(scope="module")
def economics(decision: Decision) -> Economics:
    assert decision.economics
    return decision.economics


@pytest.fixture(scope="module")
def view() -> MoneyView:
    shown = present_money(*decision_and_answers(all_levers_document()), TODAY)
    assert shown
    return shown


def test_twelve_are_priced_in_the_order_of_the_framework(economics: Economics) -> None:
    assert [one.approach for one in economics.approaches] == ALL
    assert len(ALL) == 12


def test_each_costs_something_and_is_measured_against_today(economics: Economics) -> None:
    for one in economics.approaches:
        assert one.pv_cost > 0
        assert all(cost >= 0 for cost in one.monthly_cost)
        assert (one.against_status_quo is None) == (one.approach == "status_quo")


def test_tuning_is_measured_against_the_best_open_lever_without_it(decision: Any, economics: Economics) -> None:
    open_levers = {key for key, standing in decision.standings.items() if standing.open} | {"status_quo"}
    untuned = [
        one
        for one in economics.approaches
        if one.approach in open_levers and (one.approach == "status_quo" or not FRAMEWORK.approach[one.approach].tuning)
    ]
    assert economics.best_untuned == min(untuned, key=lambda one: one.pv_cost).approach


def test_every_lever_stands_in_the_table_and_in_every_chart_of_all(view: MoneyView) -> None:
    assert view.approaches
    assert {row.name for row in view.approaches.rows} == NAMES
    assert set(view.approaches.exact.head[1:]) == NAMES
    charts = {one.chart.key: one for one in view.charts}
    for key in ("costs", "components", "volume"):
        assert {row.name for row in charts[key].table.rows} == NAMES


def test_the_simulation_draws_all_of_them(decision: Any) -> None:
    chances = present_chances(decision)
    assert chances
    assert chances.drawn
    assert chances.costs
    assert {row.name for row in chances.costs.rows} == NAMES


def test_the_files_and_the_stored_result_have_all_of_them(decision: Any, economics: Economics) -> None:
    inputs, parts, months = all_sheets(FRAMEWORK, decision.document, economics)
    assert set(months.rows[0][1:13]) == NAMES
    assert {row[0] for row in parts.rows[1:]} == NAMES
    assert {str(row[2]).partition(".")[0] for row in inputs.rows if "." in str(row[2])} == set(ALL)
    stored = read_result(result_json(decision)).economics
    assert stored
    assert list(stored.approaches) == ALL


def test_every_offer_of_tuning_says_how_long_it_lasts() -> None:
    assert {purchasable(offer, TODAY, 36).state for offer in FRAMEWORK.market.offers} <= {
        "lasts",
        "ends",
        "gone",
    }
