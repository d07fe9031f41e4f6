"""How sure the return is: the draws, their chances, the tornado and the volume curve (economics.md, (20) and (21))."""

import json
from typing import Any

import numpy as np
import pytest

from assessments.engine import decision
from assessments.engine.answers import Estimate
from assessments.engine.decide import decide, verdict_on
from assessments.engine.economics.detailed import detailed_economics, detailed_money
from assessments.engine.economics.sensitivity import tornado, volume_costs
from assessments.engine.economics.simulation import DRAWS, drawn, payback_chances
from assessments.engine.economics.summary import summary_economics
from assessments.engine.result_json import result_json

from .documents import EXAMPLES, FRAMEWORK, document_of

NOTHING = {
    "data_preparation_hours": {"low": 60, "likely": 60, "high": 60},  # a plain number would get our range
    "evaluation_hours": 0,
    "deployment_hours": 0,
    "training_cost": 0,
    "monitoring_hours": 0,
    "retraining_hours_per_quarter": 0,
}
WIDE = {"low": 500, "likely": 1500, "high": 2500}


def with_economics(costs: Any) -> Any:
    """The document, and what its money says beside a better prompt as the verdict."""
    document = document_of(costs=costs)
    form = document.detailed_in_force
    if form is None:
        return document, summary_economics(FRAMEWORK, document)
    money = detailed_money(FRAMEWORK, document)
    return document, detailed_economics(FRAMEWORK, document, form, money, approach="prompting")


def chances_of(costs: Any) -> Any:
    return payback_chances(FRAMEWORK, *with_economics(costs))


def tornado_of(costs: Any) -> Any:
    return tornado(FRAMEWORK, *with_economics(costs))


def probabilities(chances: Any) -> Any:
    return {months: chance.probability for months, chance in chances.within.items()}


@pytest.mark.parametrize(("distribution", "exact"), [("triangular", 0.875), ("pert", 0.896484375), (None, 0.896484375)])
def test_the_chance_of_payback_within_six_months(distribution: str | None, exact: float) -> None:
    """economics.md 4, V15a and V15b: K 6000, NB between 500 and 2500; PERT is the default."""
    costs = {"summary": NOTHING | {"api_savings": WIDE}} | ({"distribution": distribution} if distribution else {})
    found = chances_of(costs).within[6]
    assert abs(found.probability - exact) <= 3 * found.standard_error
    assert found.standard_error == pytest.approx((exact * (1 - exact) / DRAWS) ** 0.5, rel=0.05)


@pytest.mark.parametrize(("distribution", "exact"), [("triangular", 0.875), ("pert", 0.896484375)])
def test_the_detailed_form_has_the_same_chances(distribution: str, exact: float) -> None:
    """V15a and V15b once more, the saving as a monthly cost that today has and the prompt has not."""
    approaches = {"status_quo": {"other_monthly": WIDE}, "prompting": {"upfront_cash": 6000}}
    # At so high a saving the prompt is the best without tuning, and stands against the status quo.
    found = chances_of({"distribution": distribution, "detailed": {"approaches": approaches}}).within[6]
    assert abs(found.probability - exact) <= 3 * found.standard_error


def test_where_nothing_has_a_range_the_chances_are_certain() -> None:
    """V0, V2: 4.0 months; none within the horizon."""
    pays = chances_of({"summary": NOTHING | {"api_savings": 1500}})
    assert (probabilities(pays), pays.never.probability) == ({6: 1, 12: 1, 24: 1}, 0)
    never = chances_of({"summary": NOTHING | {"api_savings": 100}})
    assert (probabilities(never), never.never.probability) == ({6: 0, 12: 0, 24: 0}, 1)
    late = chances_of({"summary": NOTHING | {"api_savings": 6000 / 13}})
    assert (probabilities(late), late.never.probability) == ({6: 0, 12: 0, 24: 1}, 0)
    for chances in (pays, never, late):
        assert chances.draws == 0
        assert {chance.standard_error for chance in (*chances.within.values(), chances.never)} == {0}
    assert pays.band.p10 == pays.band.p90 == tuple(1500 * month - 6000 for month in range(37))


def test_a_range_of_width_zero_gives_the_point_value() -> None:
    narrow = {"summary": NOTHING | {"api_savings": {"low": 1500, "likely": 1500, "high": 1500}}}
    assert chances_of(narrow) == chances_of({"summary": NOTHING | {"api_savings": 1500}})
    beside = {"summary": narrow["summary"] | {"quality_value": {"low": 0, "likely": 1, "high": 2}}}
    found = chances_of(beside)
    assert found.draws == DRAWS
    assert found.band.p10[0] == found.band.p90[0] == -6000
    assert 1500 <= found.band.p10[1] + 6000 < found.band.p90[1] + 6000 <= 1502


def test_payback_after_exactly_six_months_is_within_six() -> None:
    """(2000 − 500 − 1100/3) · 6 = 6800, by rounding a little more."""
    lines = {
        "data_preparation_hours": dict.fromkeys(("low", "likely", "high"), 68),
        "api_savings": 2000,
        "monitoring_hours": 5,
        "retraining_hours_per_quarter": 11,
    }
    assert probabilities(chances_of({"summary": NOTHING | lines}))[6] == 1


def eight(**ranges: Any) -> Any:
    """The eight approaches with these ranges: "approach.key" or "key"."""
    costs = json.loads((EXAMPLES / "eight_approaches.json").read_text(encoding="utf-8"))["costs"]
    for place, value in ranges.items():
        approach, dot, key = place.rpartition(".")
        table = costs["detailed"]["approaches"][approach] if dot else costs["detailed"]
        table[key] = value
    return costs


GROWTH = {"low": 0, "likely": 0.03, "high": 0.06}
ACCURACY = {"low": 0.94, "likely": 0.965, "high": 0.98}
CALLS = {"low": 2, "likely": 3, "high": 5}


def test_shared_inputs_are_drawn_once_for_all_approaches() -> None:
    """Two approaches that are the same stay the same in every draw, however wide the case is."""
    wide = {"low": 1000, "likely": 50_000, "high": 900_000}
    same = {"output_tokens": 500, "output_price": 10, "accuracy": dict.fromkeys(("low", "likely", "high"), 0.9)}
    approaches = {"status_quo": same, "prompting": same}
    chances = chances_of({"detailed": {"monthly_requests": wide, "human_fallback_cost": 1, "approaches": approaches}})
    assert chances.draws == DRAWS
    assert set(chances.band.p10) == set(chances.band.p90) == {0}
    assert chances.pv_costs["prompting"] == chances.pv_costs["status_quo"]
    assert chances.pv_costs["prompting"].p10 < chances.pv_costs["prompting"].p90


def test_neither_the_order_of_approaches_nor_a_range_elsewhere_changes_a_draw() -> None:
    costs = eight(**{"monthly_growth": GROWTH, "hybrid.accuracy": ACCURACY})
    found = chances_of(costs)
    turned = eight(**{"monthly_growth": GROWTH, "hybrid.accuracy": ACCURACY})
    approaches = turned["detailed"]["approaches"]
    turned["detailed"]["approaches"] = {name: approaches[name] for name in reversed(approaches)}
    assert chances_of(turned) == found
    more = chances_of(eight(**{"monthly_growth": GROWTH, "hybrid.accuracy": ACCURACY, "decomposition.calls": CALLS}))
    assert more.pv_costs["decomposition"] != found.pv_costs["decomposition"]
    same = found.pv_costs.keys() - {"decomposition"}
    assert {name: more.pv_costs[name] for name in same} == {name: found.pv_costs[name] for name in same}


def test_the_same_document_has_the_same_chances() -> None:
    costs = eight(monthly_growth=GROWTH)
    assert chances_of(costs) == chances_of(costs)


def test_the_band_holds_the_point_result_in_its_middle() -> None:
    sure = {
        f"{approach}.{key}": dict.fromkeys(("low", "likely", "high"), value)
        for approach, key, value in (
            ("decomposition", "accuracy", 0.95),
            ("decomposition", "upfront_hours", 50),
            ("prompting", "upfront_hours", 16),
        )
    }
    costs = eight(**sure, **{"prompting.accuracy": {"low": 0.92, "likely": 0.93, "high": 0.94}})
    _, economics = with_economics(costs)
    chances = chances_of(costs)
    total = economics.investment.cash_flow.cumulative
    assert len(chances.band.p50) == 37
    for month in (1, 12, 36):
        low, middle, high = (line[month] for line in (chances.band.p10, chances.band.p50, chances.band.p90))
        assert low < middle < high
        assert middle == pytest.approx(total[month], abs=0.05 * (high - low) + 1)
    pv_costs = {money.approach: money.pv_cost for money in economics.approaches}
    for name in ("prompting", "decomposition"):
        assert chances.pv_costs[name].p50 == pytest.approx(pv_costs[name], rel=0.01)


def test_without_the_verdict_s_approach_and_without_tuning_there_are_no_chances_but_costs() -> None:
    own = {"other_monthly": WIDE}
    chances = chances_of({"detailed": {"approaches": {"status_quo": {}, "tools": own}}})
    assert (chances.within, chances.never, chances.band) == ({}, None, None)
    assert list(chances.pv_costs) == ["status_quo", "tools"]
    assert chances.pv_costs["tools"].p10 < chances.pv_costs["tools"].p90
    certain = chances_of({"detailed": {"approaches": {"status_quo": {}, "tools": {"other_monthly": 5}}}})
    assert (certain.draws, certain.band, certain.within) == (0, None, {})


def test_a_whole_number_is_drawn_as_one() -> None:
    attempts = {"low": 1, "likely": 2, "high": 3}
    own = {"invalid_share": 1, "output_tokens": 10**6, "output_price": 1}
    form = {"monthly_requests": 1, "max_attempts": attempts, "approaches": {"status_quo": {}, "prompting": own}}
    costs = {"horizon_months": 1, "annual_discount_rate": 0, "detailed": form}
    found = chances_of(costs).pv_costs["prompting"]
    assert {found.p10, found.p50, found.p90} <= {1.0, 2.0, 3.0}


@pytest.mark.parametrize("distribution", ["pert", "triangular"])
@pytest.mark.parametrize(
    "estimate", [(0, 0, 1), (0, 1, 1), (-1e12, 0, 1e12), (1, 1 + 1e-16, 1 + 1e-15), (0, 1e-308, 1e-300), (0.2, 0.9, 1)]
)
def test_draws_stay_between_low_and_high(distribution: str, estimate: Any) -> None:
    low, likely, high = estimate
    found = drawn("a", Estimate(low=low, likely=likely, high=high), distribution)
    assert found.shape == (DRAWS, 1)
    assert np.isfinite(found).all()
    assert low <= found.min() <= found.max() <= high


def test_each_input_has_its_own_draws() -> None:
    wide = Estimate(low=0, likely=1, high=2)
    one, other = drawn("hybrid.calls", wide, "pert")[:, 0], drawn("tools.calls", wide, "pert")[:, 0]
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.05
    assert (one == drawn("hybrid.calls", wide, "pert")[:, 0]).all()


@pytest.mark.parametrize(
    ("distribution", "mean"), [("pert", (10 + 4 * 40 + 100) / 6), ("triangular", (10 + 40 + 100) / 3)]
)
def test_the_mean_of_the_draws(distribution: str, mean: Any) -> None:
    """PERT: (a + 4m + b)/6. Triangular: (a + m + b)/3."""
    found = drawn("a", Estimate(low=10, likely=40, high=100), distribution)
    assert found.mean() == pytest.approx(mean, abs=4 * found.std() / DRAWS**0.5)


def test_a_decision_draws_once_however_often_it_is_asked_and_not_before(monkeypatch: pytest.MonkeyPatch) -> None:
    ran = []

    def count(*args: Any) -> Any:
        ran.append(1)
        return payback_chances(*args)

    monkeypatch.setattr(decision, "payback_chances", count)
    document = document_of(costs=eight(monthly_growth=GROWTH))
    beside_the_questions, found = verdict_on(FRAMEWORK, document), decide(FRAMEWORK, document)
    assert beside_the_questions.economics
    assert ran == []
    assert result_json(found) == result_json(found)
    assert found.chances is found.chances
    assert found.tornado is found.tornado
    assert len(ran) == 1


def test_without_costs_there_is_nothing_to_draw() -> None:
    found = verdict_on(FRAMEWORK, document_of())
    assert (found.chances, found.tornado, found.volume_costs) == (None, (), None)


# The tornado


def entered(bars: Any) -> list[Any]:
    """Those of a range that somebody typed."""
    return [bar for bar in bars if not bar.ours]


def test_a_bar_for_each_range_the_widest_first() -> None:
    """economics.md (21): K 6000 less one hour's $100 each way; 36 months of $1500 and less or more."""
    costs = {
        "hourly_rate": {"low": 90, "likely": 100, "high": 120},
        "summary": NOTHING | {"api_savings": WIDE, "quality_value": 0},
    }
    savings, rate = entered(tornado_of(costs))
    assert (savings.key, savings.approach, savings.low, savings.high) == ("api_savings", None, 500, 2500)
    assert (savings.npv_low, savings.npv_high) == (500 * 36 - 6000, 2500 * 36 - 6000)
    assert (rate.key, rate.npv_low, rate.npv_high) == ("hourly_rate", 54000 - 5400, 54000 - 7200)
    assert savings.swing > rate.swing


def test_the_bars_of_the_detailed_form_are_point_results_at_low_and_high() -> None:
    ranges = {"monthly_growth": GROWTH, "prompting.accuracy": {"low": 0.9, "likely": 0.93, "high": 0.99}}
    bars = entered(tornado_of(eight(**ranges)))
    assert {(bar.approach, bar.key) for bar in bars} == {(None, "monthly_growth"), ("prompting", "accuracy")}
    for bar in bars:
        place = f"{bar.approach}.{bar.key}" if bar.approach else bar.key
        for value, npv in ((bar.low, bar.npv_low), (bar.high, bar.npv_high)):
            _, economics = with_economics(eight(**{place: value}))
            # At the likely numbers decomposition is the best without tuning, and stays the reference.
            prompting, best = economics.approaches[1], economics.best_untuned
            if best == "decomposition":
                assert npv == pytest.approx(prompting.against_best_untuned.npv, rel=1e-9)
    assert [bar.swing for bar in bars] == sorted((bar.swing for bar in bars), reverse=True)


def test_a_range_of_an_approach_that_is_not_compared_has_no_bar() -> None:
    assert entered(tornado_of(eight(**{"hybrid.accuracy": ACCURACY}))) == []
    assert [bar.approach for bar in entered(tornado_of(eight(**{"decomposition.calls": CALLS})))] == ["decomposition"]


def test_a_range_of_who_takes_over_has_a_bar() -> None:
    price = {"low": 1, "likely": 2, "high": 3}
    approaches = {
        "status_quo": {},
        "prompting": {"escalation_share": 0.5, "escalation_to": "hybrid"},
        "hybrid": {"output_tokens": 100, "output_price": price},
    }
    [bar] = entered(tornado_of({"detailed": {"monthly_requests": 1000, "approaches": approaches}}))
    assert (bar.approach, bar.key) == ("hybrid", "output_price")
    assert bar.npv_low > bar.npv_high


def test_what_matters_most_comes_first_whether_or_not_somebody_typed_a_range() -> None:
    """At $2.50 a failed request ten points of accuracy outweigh a typed range of a single token."""
    bars = tornado_of(eight(**{"prompting.user_tokens": {"low": 199, "likely": 200, "high": 201}}))
    assert {(bar.approach, bar.key) for bar in bars[:2]} == {("prompting", "accuracy"), ("decomposition", "accuracy")}
    assert {bar.basis for bar in bars} == {"unmeasured", "effort", "tenth", "entered"}
    assert [bar.key for bar in entered(bars)] == ["user_tokens"]


def test_without_an_investment_there_is_no_tornado() -> None:
    assert tornado_of({"detailed": {"approaches": {"status_quo": {"other_monthly": WIDE}, "tools": {}}}}) == ()


# The volume curve


def test_month_one_at_a_tenth_to_ten_times_the_requests() -> None:
    document, economics = with_economics(eight())
    found = volume_costs(FRAMEWORK, document, economics)
    assert len(found.volumes) == 41
    assert (found.volumes[0], found.volumes[20], found.volumes[-1]) == pytest.approx((10_000, 100_000, 1_000_000))
    assert np.diff(np.log(found.volumes)) == pytest.approx(np.log(100) / 40)
    for money in economics.approaches:
        assert found.costs[money.approach][20] == pytest.approx(money.monthly_cost[0], rel=1e-12)
    _, tenfold = with_economics(eight(monthly_requests=1_000_000))
    for money in tenfold.approaches:
        assert found.costs[money.approach][-1] == pytest.approx(money.monthly_cost[0], rel=1e-12)


def test_without_requests_or_without_the_form_there_is_no_curve() -> None:
    summary = volume_costs(FRAMEWORK, *with_economics({"summary": {"api_savings": 1}}))
    no_requests = volume_costs(FRAMEWORK, *with_economics({"detailed": {"approaches": {"status_quo": {}}}}))
    assert summary.volumes == no_requests.volumes == ()
    assert dict(summary.costs) == dict(no_requests.costs) == {}
