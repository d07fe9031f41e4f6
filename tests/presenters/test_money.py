"""The money section in words: every number of economics.md, who it is measured against, and how sure it is."""

from datetime import date, timedelta
from typing import Any

import pytest

from assessments.charts.palette import ACCENT
from assessments.engine.economics.simulation import Chance
from assessments.framework import load_framework
from assessments.models import StoredValue
from assessments.presenters.money.chances import ChancesView, present_chances
from assessments.presenters.money.section import MoneyView, present_money
from assessments.presenters.money.words import Table

from ..documents import decided, example_document, named
from ..money import detailed_document, ranged_document
from .answers import decision_and_answers

FRAMEWORK = load_framework()
TODAY = date(2026, 11, 20)


def view(document: dict[str, Any], **changed: StoredValue) -> MoneyView:
    decision, answers = decision_and_answers(document)
    shown = present_money(decision, {**answers, **{one.path: one for one in changed.values()}}, TODAY)
    assert shown
    return shown


def chances(document: dict[str, Any]) -> ChancesView:
    shown = present_chances(decided(document))
    assert shown
    return shown


def row(table: Table, name: str) -> dict[str, str]:
    """The cells of one row by what stands over them."""
    (found,) = (one for one in table.rows if one.name == name)
    return dict(zip(table.head[1:], found.cells, strict=True))


def test_costs_of_the_task_api_example_are_as_the_method_says() -> None:
    """method.md 8.1: $6,000 upfront, $1,500 a month, four months, $48,000 after 36 months."""
    shown = view(example_document("task_api"))
    assert shown.heading == "Pays back after 4 months"
    assert shown.investment
    words = [figure.words for figure in shown.investment.figures]
    assert words == ["$6,000", "$1,500", "4 months", "$48,000", "8 times"]
    totals = [line.cells[1] for line in shown.months.rows]
    assert totals[:6] == ["−$6,000", "−$4,500", "−$3,000", "−$1,500", "$0", "$1,500"]
    assert len(totals) == 37
    assert shown.inputs.note == "All 14 numbers are yours."
    assert shown.approaches is None
    assert [one.chart.key for one in shown.charts] == ["tornado"]


def test_every_number_of_the_eight_approaches_is_shown() -> None:
    """economics.md, section 4."""
    shown = view(example_document("eight_approaches"))
    assert shown.approaches
    exact = shown.approaches.exact
    assert row(exact, "Upfront")["Tune plus retrieval"] == "$15,050.00"
    assert row(exact, "Cost of one attempt, tokens")["Today's prompt"] == "$0.016400"
    assert row(exact, "Attempts for a request")["Split the task"] == "1.0200"
    assert row(exact, "Share that a person takes over")["Better retrieval"] == "5.2375%"
    assert row(exact, "Month 1")["Tune a small model"] == "$16,158.03"
    assert row(exact, "Month 12")["Another model"] == "$33,398.33"
    assert row(exact, "Month 36")["Tune a large model"] == "$31,466.74"
    assert row(exact, "All in today's money")["Better prompt"] == "$1,009,378.51"
    today = row(exact, "Break-even in months, against today's prompt")
    assert today == {
        "Today's prompt": "–",
        "Better prompt": "1.5156",
        "Split the task": "0.7778",
        "Better retrieval": "1.4348",
        "Another model": "never",
        "Tune a large model": "1.1783",
        "Tune a small model": "3.1554",
        "Tune plus retrieval": "2.0455",
    }
    assert row(exact, "Present value, against today's prompt")["Another model"] == "−$250,501.60"
    best = "against split the task"
    assert row(exact, f"Break-even in months, {best}")["Tune plus retrieval"] == "10.4963"
    assert row(exact, f"Discounted break-even, {best}")["Tune a large model"] == "4.2295"
    assert row(exact, f"Break-even in months, {best}")["Tune a small model"] == "never"
    assert row(exact, f"Present value, {best}")["Tune a small model"] == "−$93,109.31"


def test_all_levers_stand_side_by_side_the_verdict_first_then_the_cheapest() -> None:
    shown = view(detailed_document()).approaches
    assert shown
    assert [one.key for one in shown.rows][:4] == ["fine_tune_small", "hybrid", "fine_tune_large", "decomposition"]
    assert shown.rows[-1].key == "status_quo"
    assert [one.key for one in shown.rows if one.is_verdict] == ["fine_tune_small"]
    tags = {one.key: [tag.words for tag in one.tags] for one in shown.rows if one.tags}
    assert tags == {"decomposition": ["Best without tuning"]}
    hybrid = {cell.label: (cell.words, cell.small) for cell in shown.rows[1].cells}
    assert hybrid == {
        "Right, assumed": ("96.5%", ""),
        "Upfront": ("$15,050", ""),
        "To run, a month": ("$4,705", ""),
        "Gain a month": ("$13,984", ""),
        "Pays back": ("2.05 months", "0.9 months to never"),
    }
    assert shown.finding == "Six of 7 levers pay back within 6 months, compared with today"


def test_a_range_of_accuracy_is_a_range_of_payback() -> None:
    """At 93.5 % right the small model pays back later than at 96.5 %."""
    shown = view(ranged_document()).approaches
    assert shown
    small = {cell.label: (cell.words, cell.small) for cell in shown.rows[0].cells}
    assert small["Right, assumed"] == ("95%", "93.5% to 96.5%")
    assert small["Pays back"][0] == "3.2 months"
    best, worst = small["Pays back"][1].split(" to ")
    assert float(best.split()[0]) < 3.2 < float(worst.split()[0])
    assert "accuracy at its best and worst" in shown.about


def test_the_verdict_is_measured_against_the_best_approach_without_tuning() -> None:
    """economics.md 1.3: the small tuned model breaks even against today, and never against a split prompt."""
    shown = view(detailed_document())
    assert shown.heading == "Does not pay back within 36 months, if 95% of answers are right"
    assert "Compared with “Split the task”, the best lever without tuning" in shown.subtitle
    assert shown.approaches
    (small,) = (one for one in shown.approaches.rows if one.key == "fine_tune_small")
    assert [cell.words for cell in small.cells][-2:] == ["$8,021", "3.2 months"]


def test_it_says_from_which_volume_tuning_starts_to_pay() -> None:
    shown = view(detailed_document())
    assert shown.approaches
    assert "starts to pay from 400,116 requests a month" in shown.approaches.starts_to_pay
    assert "Today there are 100,000" in shown.approaches.starts_to_pay
    document = detailed_document()
    document["costs"]["detailed"]["approaches"]["fine_tune_small"]["accuracy"] = 0.5
    worse = view(document).approaches
    assert worse
    assert "pays back at no volume" in worse.starts_to_pay


def test_a_break_even_that_does_not_last_is_told_in_a_sentence() -> None:
    """economics.md 1.6: a pinned tune does not get price cuts."""
    document = detailed_document(human_fallback_cost=0, quality_value=0, monthly_growth=0)
    approaches = document["costs"]["detailed"]["approaches"]
    document["costs"]["detailed"]["approaches"] = {
        "status_quo": approaches["status_quo"] | {"annual_price_decline": 0.6, "monitoring_hours": 0},
        "fine_tune_small": {
            **dict.fromkeys(("input_price", "output_price"), 0),
            "upfront_cash": 2000,
            "other_monthly": 1000,
            "annual_price_decline": 0,
        },
    }
    shown = view(document)
    assert shown.heading.startswith("Pays back after")
    assert "and loses it again" in shown.heading
    assert shown.investment
    assert any("it does not stay paid back" in sentence for sentence in shown.investment.sentences)
    assert shown.approaches
    (small,) = (one for one in shown.approaches.rows if one.key == "fine_tune_small")
    assert "not for good" in [cell.small for cell in small.cells]


def test_costs_often_forgotten_are_named_while_they_are_zero() -> None:
    summary = view(example_document("task_api")).cautions
    (forgotten,) = (one for one in summary if one.title.startswith("Costs often"))
    assert forgotten.tone == "warn"
    assert "hours to watch over quality" in forgotten.sentence
    document = detailed_document(human_fallback_cost=0)
    (missing,) = (one for one in view(document).cautions if one.title.startswith("Costs often"))
    assert "a person's time" in missing.sentence
    assert "labelled examples" in missing.sentence


def test_quality_that_is_counted_twice_is_warned_about() -> None:
    assert not any("twice" in one.sentence for one in view(detailed_document()).cautions)
    assert any("twice" in one.sentence for one in view(detailed_document(quality_value=500)).cautions)


@pytest.mark.parametrize(
    ("offer", "tone", "words"),
    [("openai_gpt_4_1", "warn", "14 January 2027, month 2 of your 36"), ("self_hosted_h100", "fine", "weights")],
)
def test_it_says_whether_the_tune_can_be_bought_to_the_end(offer: str, tone: str, words: str) -> None:
    document = detailed_document()
    as_of = FRAMEWORK.market.offer[offer].as_of.isoformat()
    origin = {"kind": "tuning_price", "offer": offer, "as_of": as_of}
    document["origins"] = {"costs.detailed.fine_tune_small.upfront_cash": origin}
    (found,) = (one for one in view(document).cautions if "bought" in one.title)
    assert found.tone == tone
    assert words in found.sentence


@pytest.mark.parametrize(
    ("days", "tone", "words"),
    [
        (0, "fine", "are of today."),
        (1, "fine", "one day ago."),
        (60, "fine", "60 days ago."),
        (61, "warn", "has moved"),
    ],
)
def test_it_says_how_old_the_oldest_prices_are(days: int, tone: str, words: str) -> None:
    document = detailed_document()
    for number, approach in enumerate(("status_quo", "fine_tune_small")):
        as_of = (TODAY - timedelta(days=days * number)).isoformat()
        origin = {"kind": "price_list", "provider": "openai", "model": "gpt-4o", "as_of": as_of}
        document.setdefault("origins", {})[f"costs.detailed.{approach}.input_price"] = origin
    (found,) = (one for one in view(document).cautions if "old" in one.title)
    assert found.tone == tone
    assert words in found.sentence
    assert not any("old" in one.title for one in view(detailed_document()).cautions)


def test_defaults_are_marked_and_counted_with_where_they_come_from() -> None:
    shown = view(named(costs={"summary": {"api_savings": 1500}})).inputs
    assert [one.name for one in shown.rows if not one.ours] == [FRAMEWORK.questions["api_savings"].label]
    assert all(one.origin and one.words for one in shown.rows)
    assert shown.note == "13 of 14 numbers are our defaults."
    detailed = view(detailed_document()).inputs
    assert detailed.note == "8 of 149 numbers are our defaults."
    (calls,) = (line for line in detailed.lines if line.key == "calls")
    assert [(cell.words, cell.mark) for cell in calls.cells][:3] == [
        ("1", "our default"),
        ("1", "our default"),
        ("3", ""),
    ]


def test_numbers_from_a_price_list_name_the_day() -> None:
    document = detailed_document()
    origin = {"kind": "price_list", "provider": "openai", "model": "gpt-5", "as_of": "2026-11-10"}
    document["origins"] = {"costs.detailed.status_quo.input_price": origin}
    shown = view(document).inputs
    (prices,) = (line for line in shown.lines if line.key == "input_price")
    assert prices.cells[0].mark == "price list"
    assert "Today's prompt: prices of gpt-5 at openai, 10 November 2026." in shown.sources


def test_a_cost_that_was_taken_back_shows_the_default_that_counts() -> None:
    document = named(costs={"summary": {"api_savings": 1500}})
    shown = view(document, gone=StoredValue(path="costs.summary.training_cost", value=None, version=2))
    (found,) = (one for one in shown.inputs.rows if one.key == "training_cost")
    assert found.words.startswith("$50")
    assert found.ours


def test_chances_are_said_in_hundredths_with_how_far_they_may_be_off() -> None:
    """economics.md, V15a: P(break-even within 6 months) = 0.875 of a triangle."""
    document = example_document("task_api")
    document["costs"]["distribution"] = "triangular"
    document["costs"]["summary"] |= {
        "api_savings": {"low": 500, "likely": 1500, "high": 2500},
        "quality_value": 0,
        "other_monthly": 0,
        "other_upfront": 6_000,
        **dict.fromkeys(("data_preparation_hours", "evaluation_hours", "deployment_hours"), 0),
    }
    shown = chances(document)
    assert shown.drawn
    assert [one.name for one in shown.rows] == [
        "Within 6 months",
        "Within 12 months",
        "Within 24 months",
        "Not within 36 months",
    ]
    six, twelve, _, never = shown.rows
    assert abs(six.share - 0.875) < 0.01
    assert six.words in ("87 of 100", "88 of 100")
    assert six.give_or_take == "give or take 0.3"
    assert twelve.words == "all"
    assert never.words == "none"
    assert shown.lead == f"It pays back within 6 months in {six.words} futures drawn"
    assert "10,000" in shown.note
    assert shown.chart
    assert any(trace.fill for trace in shown.chart.figure.data if trace.type == "scatter")


def test_what_rarely_pays_back_is_said_the_other_way_round() -> None:
    shown = chances(ranged_document())
    assert shown.lead.startswith("It does not pay back within 36 months in ")
    assert shown.costs
    assert len(shown.costs.rows) == 8


def test_where_all_is_certain_nothing_is_drawn() -> None:
    document = example_document("task_api")
    summary = document["costs"]["summary"]
    for key in ("data_preparation_hours", "evaluation_hours", "deployment_hours"):
        summary[key] = dict.fromkeys(("low", "likely", "high"), summary[key])
    shown = chances(document)
    assert not shown.drawn
    assert not shown.rows
    assert "low and high" in shown.note
    assert not view(document).has_ranges
    assert view(example_document("task_api")).has_ranges, "hours get our range"


def test_a_period_beyond_the_horizon_is_left_out() -> None:
    document = ranged_document()
    document["costs"]["horizon_months"] = 12
    assert [one.name for one in chances(document).rows] == [
        "Within 6 months",
        "Within 12 months",
        "Not within 12 months",
    ]


def test_each_chart_has_a_finding_and_a_table() -> None:
    whole = view(ranged_document())
    shown, shown_subtitle = whole.charts, whole.subtitle
    assert [one.chart.key for one in shown] == ["costs", "components", "volume", "tornado"]
    for one in shown:
        assert one.finding
        assert one.about
        assert all(len(line.cells) == len(one.table.head) - 1 for line in one.table.rows)
    findings = [one.finding for one in shown]
    assert shown_subtitle.startswith("“Tune plus retrieval” costs least over 36 months")
    assert findings[1] == "People who take over: 83% of what “Tune a small model” costs"
    assert findings[2] == "Tuning starts to pay from 400,116 requests a month"
    assert findings[3] == "It hangs most on: right answers (tune a small model)"


def test_a_verdict_that_is_not_filled_in_is_named() -> None:
    document = detailed_document()
    del document["costs"]["detailed"]["approaches"]["fine_tune_small"]
    shown = view(document)
    assert shown.investment is None
    assert shown.heading.startswith("If you tuned: ")
    assert shown.must_hold
    assert shown.must_hold.heading == "What must be true of “Tune plus retrieval”"
    assert "its costs are not filled in" in shown.subtitle
    assert shown.approaches
    assert shown.charts
    assert not chances(document).rows


@pytest.mark.parametrize(
    "case",
    [
        {"monthly_requests": 0},
        {"human_fallback_cost": 0, "monthly_requests": 1},
        {"monthly_requests": 1e12, "human_fallback_cost": 1e12},
        {"monthly_growth": -1},
        {"monthly_growth": 10},
    ],
)
@pytest.mark.parametrize("horizon", [1, 2, 120])
def test_odd_cases_are_told_too(case: dict[str, Any], horizon: int) -> None:
    document = detailed_document(**case)
    document["costs"]["horizon_months"] = horizon
    shown = view(document)
    assert shown.heading
    assert len(shown.months.rows) == horizon + 2
    for one in shown.charts:
        assert "nan" not in one.chart.svg
        assert "inf" not in one.chart.svg.replace("info", "")


def test_approaches_that_cost_nothing_are_told_too() -> None:
    document = detailed_document()
    document["costs"]["detailed"] = {"monthly_requests": 10, "approaches": {"status_quo": {}, "fine_tune_small": {}}}
    shown = view(document)
    assert shown.heading == "Nothing to pay back"
    assert shown.charts[1].finding == "None of the levers costs anything"


def test_an_edge_is_only_said_where_it_is_reached() -> None:
    from assessments.presenters.money.chances import of_hundred

    assert Chance(probability=1, standard_error=0).probability == 1
    assert [of_hundred(share) for share in (0, 0.0001, 0.005, 0.5, 0.9999, 1)] == [
        "none",
        "under 1 of 100",
        "under 1 of 100",
        "50 of 100",
        "over 99 of 100",
        "all",
    ]


def test_the_chart_of_volumes_is_about_the_tuned_approach() -> None:
    """The verdict is a better prompt; the volume is that from which tuning with retrieval pays."""
    (volume,) = (one for one in view(example_document("eight_approaches")).charts if one.chart.key == "volume")
    accent = [trace["name"] for trace in volume.chart.figure["data"] if trace["line"]["color"] == ACCENT]
    assert accent == ["Tune plus retrieval", "Pays from 98.8k"]
