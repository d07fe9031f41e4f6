"""The price to beat in words: on the Money page, the brief and among the first steps."""

from typing import Any

from assessments.engine.decide import decide
from assessments.engine.decision import Decision
from assessments.engine.document import read_document
from assessments.framework import load_framework
from assessments.framework.shown_in import in_currency
from assessments.presenters.money.cheapest import CheapestView, present_cheapest, price_to_beat, steps_in_words

FRAMEWORK = load_framework()
MOTOR_CLAIMS = {"user_tokens": 2500, "output_tokens": 120, "input_price": 2, "output_price": 8}
TUNED = dict.fromkeys(("consistent_behavior", "domain_knowledge", "brand_voice", "target_missed"), "yes")


def decided(answers: Any = None, costs: Any = None, general: Any = None, **use_case: Any) -> Decision:
    steps = ("prompt_variations", "multiple_models", "retrieval_optimized", "few_shot_used", "prompt_structured")
    raw = {"format": "ftdecide/assessment", "version": 1, "use_case": {"name": "A"} | use_case}
    raw |= {"answers": dict.fromkeys(steps, "yes") | {"cost_optimization": "yes"} | (answers or {})}
    entered = {"costs": (general or {}) | {"detailed": costs}} if costs else {}
    document = read_document(raw | entered, FRAMEWORK)
    return decide(in_currency(FRAMEWORK, document.currency), document)


def shown(decision: Decision) -> CheapestView:
    found = present_cheapest(decision)
    assert found
    return found


def test_it_says_what_it_costs_when_a_tune_pays_and_what_it_counted_with() -> None:
    case = {"monthly_requests": 40_000, "human_fallback_cost": 6}
    decision = decided(TUNED, case | {"approaches": {"status_quo": MOTOR_CLAIMS}})
    view = shown(decision)
    assert view.heading == "The price to beat: Claude Haiku 5.5, about $12 a month"
    assert view.lead.startswith("Today's model costs $238 a month. Counted with 2,500 tokens in, 120 out, ")
    said = " ".join(way.sentence for way in view.ways)
    assert (
        "Cheaper only if the GPU is busy more than 46% of the time, which takes 6.9 million requests a month on "
        in said
    )
    assert "1.6 on a rented GPU or 0.7 by the token. One is worth $2,400 a month; $1,700 a month to look after" in said
    assert view.rows[0].source == "7 October 2026, from a secondary source"
    assert not view.missing
    assert price_to_beat(decision) == (
        "Price to beat: Claude Haiku 5.5, about $12 a month (secondary source, 7 October 2026). To cost less, a tune's "
        "rented GPU must be busy 46% of the time."
    )
    named = "Measure Claude Haiku 5.5 with your best prompt: about $12 a month at your volume."
    steps = steps_in_words(FRAMEWORK, ("prompt_caching", "smaller_model", "cheapest_prompted"), decision.cheapest_model)
    assert steps[1:] == [named]


def test_what_is_missing_is_said_with_the_way_to_it() -> None:
    view = shown(decided())
    assert view.heading == "The price to beat is not known yet"
    assert [line.text for line in view.missing] == ["The length of today's prompt", "Requests a month"]
    view = shown(decided(costs={"approaches": {"status_quo": MOTOR_CLAIMS}}))
    assert view.heading == "The price to beat: Claude Haiku 5.5, $0.00031 a request"
    assert [(line.section, line.anchor) for line in view.missing] == [("use_case", "q-monthly_requests")]


def test_what_the_first_section_says_is_enough() -> None:
    view = shown(decided(prompt_tokens=1500, monthly_requests=5_000_000, monthly_bill=9000))
    assert view.heading == "The price to beat: Claude Haiku 5.5, about $1,500 a month"
    assert view.lead.startswith("Today's model costs $9,000 a month. Counted with 1,500 tokens in (all of them the ")
    assert "busy more than 53% of the time, which takes 7.2 million requests a month" in view.ways[0].sentence
    assert "An answer has 300 tokens." in view.ours
    assert not view.missing


def test_without_the_motive_nothing_is_said() -> None:
    decision = decided({"cost_optimization": "no"}, {"approaches": {"status_quo": MOTOR_CLAIMS}})
    assert present_cheapest(decision) is None
    assert price_to_beat(decision) == ""


def test_without_an_exchange_rate_no_amount_of_ones_own_touches_a_price_in_dollars() -> None:
    """Ten times as many euros in every place, and not one figure beside the prices moves."""

    def in_euros(times: int, **more: Any) -> Decision:
        today = MOTOR_CLAIMS | {"input_price": 2 * times, "output_price": 8 * times}
        tune = MOTOR_CLAIMS | {"gpu_hourly": 3 * times, "gpu_minimum": 1, "retraining_cost": 500 * times}
        case = {"monthly_requests": 40_000, "human_fallback_cost": 6 * times}
        costs = {"currency": "EUR", "hourly_rate": 90 * times, **more}
        detailed = case | {"approaches": {"status_quo": today, "fine_tune_small": tune}}
        return decided(TUNED, detailed, general=costs, monthly_bill=9000 * times)

    few, many = in_euros(1), in_euros(10)
    assert few.cheapest_model == many.cheapest_model
    assert few.cheapest_model
    assert few.cheapest_model.currency == "USD"
    (way,) = (way for way in shown(few).ways if way.asks)
    assert way.sentence == "That takes an exchange rate: these prices are in US dollars, your amounts in euros."
    rated = in_euros(1, exchange_rate=0.9)
    assert rated.cheapest_model
    assert rated.cheapest_model.point_worth == 2400
    assert not any(way.asks for way in shown(rated).ways)
