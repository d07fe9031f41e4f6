"""Tuning that never pays back for good, by figures that the team entered (docs/method.md 6, gate `too_dear`)."""

from typing import Any

import numpy as np
import pytest

from assessments.engine.economics.detailed import detailed_money
from assessments.engine.economics.too_dear import LastingPaybacks, lasting_paybacks

from .documents import FRAMEWORK, document_of

TODAY = {"user_tokens": 1000, "input_price": 5}
DEARER = {"user_tokens": 1000, "input_price": 6, "upfront_hours": 60}
CHEAPER = {"user_tokens": 1000, "input_price": 1, "upfront_hours": 60}
MONITORED = {"user_tokens": 1000, "input_price": 1, "monitoring_hours": 40}
TUNING = {"fine_tune_small", "fine_tune_large", "hybrid"}


def paybacks(document: Any) -> Any:
    return lasting_paybacks(FRAMEWORK, document, detailed_money(FRAMEWORK, document))


def detailed(approaches: Any, *, origins: Any = None, rate: Any = 100, requests: Any = 450_000, **case: Any) -> Any:
    own = {"status_quo": TODAY} | approaches
    rates = {} if rate is None else {"hourly_rate": rate}
    return document_of(
        costs={**rates, "detailed": {"monthly_requests": requests, "approaches": own, **case}},
        origins={f"costs.detailed.{path}": origin for path, origin in (origins or {}).items()},
    )


def closed(document: Any, *still_open: Any) -> Any:
    found = paybacks(document).too_dear({name: np.ones(1, bool) for name in still_open}, cases=1)
    return {name for name, is_closed in found.items() if is_closed[0]}


def summary(**lines: Any) -> Any:
    return document_of(costs={"summary": lines})


@pytest.mark.parametrize(
    ("lines", "all_three"),
    [
        ({"api_savings": 1000, "inference_cost": 1000}, True),
        ({"api_savings": 1000, "inference_cost": 999}, False),
        ({"api_savings": 0}, True),
        ({"api_savings": 1000, "quality_value": 500, "inference_cost": 1200}, False),
    ],
)
def test_the_summary_form_closes_all_three_where_a_month_brings_nothing(lines: Any, all_three: bool) -> None:
    assert closed(summary(**lines)) == (TUNING if all_three else set())


def test_our_defaults_of_the_summary_form_close_nothing() -> None:
    """Watching and training again would eat the savings up, but these are our hours."""
    assert closed(summary(api_savings=100)) == set()


def test_hours_that_were_entered_count_with_a_rate_that_was_entered() -> None:
    lines = {"api_savings": 100, "monitoring_hours": 2}
    assert closed(summary(**lines)) == set()
    assert closed(document_of(costs={"hourly_rate": 100, "summary": lines})) == TUNING


def test_without_what_it_would_bring_the_summary_form_says_nothing() -> None:
    assert closed(summary(inference_cost=400)) == set()


def test_nothing_entered_closes_nothing() -> None:
    assert closed(document_of()) == set()


def test_an_approach_that_is_dearer_to_run_never_pays_back() -> None:
    assert closed(detailed({"fine_tune_small": DEARER, "fine_tune_large": CHEAPER})) == {"fine_tune_small"}


def test_it_counts_against_the_best_without_tuning_that_is_open() -> None:
    """Another model is cheaper still; where it is closed, going on as today is what tuning has to beat."""
    document = detailed({"fine_tune_small": CHEAPER, "other_model": {"user_tokens": 1000, "input_price": 0.9}})
    assert closed(document, "other_model") == {"fine_tune_small"}
    assert closed(document) == set()
    [of_two] = paybacks(document).too_dear({"other_model": np.array([True, False])}, cases=2).values()
    assert of_two.tolist() == [True, False]


def test_paying_back_and_losing_it_again_is_never_for_good() -> None:
    """Today's price falls by nine tenths a year, the tune's does not: cheaper at first, dearer in the end."""
    falling = TODAY | {"annual_price_decline": 0.9}
    assert closed(detailed({"status_quo": falling, "fine_tune_small": CHEAPER})) == {"fine_tune_small"}


def test_suggested_running_costs_close_nothing() -> None:
    document = detailed({"fine_tune_small": MONITORED})
    assert closed(document) == {"fine_tune_small"}
    suggested = detailed({"fine_tune_small": MONITORED}, origins={"fine_tune_small.monitoring_hours": "suggested"})
    assert closed(suggested) == set()


def test_a_suggestion_that_saves_is_not_taken_away() -> None:
    """With the cache it pays, without it it does not: the cache is our suggestion, but so it would be to close it."""
    cached = {"cacheable_tokens": 2000, "input_price": 5, "cache_hit_share": 0.9, "cache_read_ratio": 0.1}
    assert closed(detailed({"fine_tune_small": cached}, origins={"fine_tune_small.cache_hit_share": "suggested"})) == (
        set()
    )


def test_accuracy_as_today_until_somebody_measures_closes_nothing() -> None:
    """The tune costs more by the token; whether it is right more often, nobody has said."""
    as_today = DEARER | {"accuracy": 0.9}
    approaches = {"status_quo": TODAY | {"accuracy": 0.9}, "fine_tune_small": as_today}
    assert closed(detailed(approaches, human_fallback_cost=1)) == {"fine_tune_small"}
    guessed = detailed(approaches, human_fallback_cost=1, origins={"fine_tune_small.accuracy": "today"})
    assert closed(guessed) == set()


def test_an_approach_with_suggested_numbers_is_nothing_to_measure_against() -> None:
    approaches = {"fine_tune_small": CHEAPER, "other_model": {"user_tokens": 1000, "input_price": 0.9}}
    document = detailed(approaches, origins={"other_model.input_price": "suggested"})
    assert closed(document, "other_model") == set()


def test_a_prompt_without_a_price_is_nothing_to_measure_against() -> None:
    assert closed(detailed({"status_quo": {}, "fine_tune_small": DEARER})) == set()


def test_an_upfront_sum_of_hours_at_our_rate_closes_nothing() -> None:
    """So many hours do not come back within three years at $100 each; what an hour costs, nobody has said."""
    months_of_work = CHEAPER | {"upfront_hours": 5000}
    assert closed(detailed({"fine_tune_small": months_of_work})) == {"fine_tune_small"}
    assert closed(detailed({"fine_tune_small": months_of_work}, rate=None)) == set()


def test_without_references_there_is_nothing_to_say() -> None:
    assert LastingPaybacks(never={}).too_dear({}, cases=3) == {}


def test_requests_that_are_passed_on_cost_what_their_target_does() -> None:
    """The tune is nearly free, but passes everything on to a model that is dearer than today's, and that to another."""
    passing = {"user_tokens": 1000, "input_price": 0.1, "escalation_share": 1, "escalation_to": "other_model"}
    target = {"user_tokens": 1000, "input_price": 6, "escalation_share": 0.5, "escalation_to": "tools"}
    approaches = {"fine_tune_small": passing, "other_model": target, "tools": {"user_tokens": 1000, "input_price": 7}}
    assert closed(detailed(approaches)) == {"fine_tune_small"}
    approaches["other_model"] = target | {"input_price": 1}
    assert closed(detailed(approaches)) == set()
