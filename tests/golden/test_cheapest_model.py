"""The price to beat: the volumes, the load and the prices of field.md, section 2, come out within 2 %."""

import json
from datetime import date
from typing import Any

import pytest

from assessments.engine.decide import decide
from assessments.engine.decision import CheapestModel
from assessments.engine.document import Document, read_document
from assessments.engine.economics.cheapest import cheapest_model, model_cost, own_gpu
from assessments.engine.economics.known_request import known_request
from assessments.engine.result import read_result
from assessments.engine.result_json import result_json
from assessments.framework import load_framework
from assessments.framework.market import BaseModel

FRAMEWORK = load_framework()
REQUEST = {"cacheable_tokens": 1000, "user_tokens": 500, "output_tokens": 300, "cache_hit_share": 1}
"""1,500 tokens in, 1,000 of them cached, and 300 out."""


def document(*, status_quo: Any = None, case: Any = None, **parts: Any) -> Document:
    form = {"minimum_cacheable_tokens": 1000, **(case or {}), "approaches": {"status_quo": status_quo}}
    raw = {"format": "ftdecide/assessment", "version": 1, "use_case": {"name": "A"}}
    raw |= {"answers": {"cost_optimization": "yes"}} | ({"costs": {"detailed": form}} if status_quo else {})
    return read_document(raw | parts, FRAMEWORK)


def cheapest(found: Document) -> CheapestModel:
    model = cheapest_model(FRAMEWORK, found)
    assert model
    return model


def priced(key: str, input_price: float, output_price: float, cache_read: float, **known: Any) -> BaseModel:
    return BaseModel(
        key=key,
        name=key,
        input_price=input_price,
        output_price=output_price,
        cache_read_price=cache_read,
        source="field.md, 1.3",
        address="",
        as_of=date(2026, 11, 27),
        mark="secondary",
        **known,
    )


@pytest.mark.parametrize(
    ("model", "request_costs", "pays_from", "pays_from_cached"),
    [
        (priced("Haiku 5.5", 0.1, 0.5, 0.01), 0.0003, 7.2e6, 10.3e6),
        (priced("gpt-5-mini", 0.25, 2, 0.025), 0.00098, 2.2e6, 2.9e6),
        (priced("Gemini 3.8 Flash, 2026", 0.75, 3.75, 0.075), 0.00225, 0.96e6, None),
        (priced("Gemini 3.8 Flash, 2027", 1.5, 7.5, 0.15), 0.0045, 0.48e6, None),
        (priced("Sonnet 5.5", 2, 10, 0.1), 0.006, 0.36e6, 0.53e6),
    ],
    ids=lambda value: getattr(value, "key", ""),
)
def test_requests_a_month_that_pay_one_h100(
    model: BaseModel, request_costs: float, pays_from: float, pays_from_cached: float | None
) -> None:
    known = known_request(FRAMEWORK, document(status_quo=REQUEST))
    assert known
    gpu = own_gpu(known, FRAMEWORK.market.offer["self_hosted_h100"], dollar=1)
    found = model_cost(known, model, gpu, dollar=1)
    assert found.uncached.request == pytest.approx(request_costs, rel=0.02)
    assert found.uncached.pays_gpu_from == pytest.approx(pays_from, rel=0.02)
    assert found.cached
    assert pays_from_cached is None or found.cached.pays_gpu_from == pytest.approx(pays_from_cached, rel=0.02)


def test_one_h100_carries_too_little_to_beat_the_cheapest_model() -> None:
    found = cheapest(document(status_quo=REQUEST | {"cache_hit_share": 0}, case={"monthly_requests": 5e6}))
    assert found.cheapest.key == "anthropic/claude-haiku-5-5"
    assert (found.gpu.month, found.gpu.carries) == pytest.approx((2154, 5.4e6), rel=0.02)
    assert (found.gpu.request, found.to_beat.busy_needed) == pytest.approx((0.0004, 0.53), rel=0.02)
    assert found.gpu.busy == pytest.approx(0.4 * 5e6 / found.gpu.carries)
    assert found.to_beat.month == pytest.approx(1500)


def test_the_gain_in_right_answers_that_pays_for_a_tune_counts_its_upkeep() -> None:
    """40,000 requests, 2,500 tokens, $6 for each failed request: one point is worth $2,400 a month."""
    today = {"user_tokens": 2500, "output_tokens": 100}
    found = cheapest(document(status_quo=today, case={"monthly_requests": 40_000, "human_fallback_cost": 6}))
    assert found.point_worth == pytest.approx(2400)
    month = 40_000 * (2500 * 0.1 + 100 * 0.5) / 1e6
    assert found.to_beat.month == pytest.approx(month)
    upkeep = 12 * 100 + 1500 / 3
    assert found.points_needed(found.gpu.gpus_month) == pytest.approx((2153.5 + upkeep - month) / 2400)


def test_caches_long_prompts_reasoning_and_changes_to_come() -> None:
    known = known_request(FRAMEWORK, document(status_quo=REQUEST | {"cache_hit_share": 0.8}))
    assert known
    gpu = own_gpu(known, FRAMEWORK.market.offer["self_hosted_h100"], dollar=1)

    def cost(**facts: Any) -> Any:
        return model_cost(known, priced("A", 1, 10, 0.1, **facts), gpu, dollar=1)

    assert cost().cached.request == pytest.approx((1000 * (0.8 * 0.1 + 0.2) + 500 + 3000) / 1e6)
    assert cost(cache_write_price=1.25).cached.request == pytest.approx((1000 * (0.08 + 0.25) + 500 + 3000) / 1e6)
    assert cost(minimum_cacheable_tokens=1024).cached is None
    assert cost(long_prompt_above=1499, long_input_price=2).uncached.request == pytest.approx((3000 + 3000) / 1e6)
    assert cost(reasons_by_default=True).uncached.request == pytest.approx((1500 + 6000) / 1e6)
    later = cost(changes_on=date(2027, 1, 1), changed_input_price=2, changed_output_price=20)
    assert later.changed_request == pytest.approx(2 * later.uncached.request)


def test_without_a_motive_or_the_length_of_a_request_there_is_none() -> None:
    assert cheapest_model(FRAMEWORK, document(status_quo=REQUEST, answers={})) is None
    assert cheapest_model(FRAMEWORK, document()) is None
    assert cheapest_model(FRAMEWORK, document(status_quo={"other_monthly": 100})) is None
    assert cheapest(document(status_quo=REQUEST, answers={"latency_requirements": "yes"})).requests is None


def test_it_is_in_another_currency_only_with_a_rate() -> None:
    euros = {"currency": "EUR", "detailed": {"monthly_requests": 1e6, "approaches": {"status_quo": REQUEST}}}
    in_dollars = cheapest(document(costs=euros))
    in_euros = cheapest(document(costs=euros | {"exchange_rate": 0.9, "exchange_rate_day": "2026-11-27"}))
    assert (in_dollars.currency, in_euros.currency) == ("USD", "EUR")
    assert in_euros.to_beat.request == pytest.approx(0.9 * in_dollars.to_beat.request)
    assert in_euros.gpu.month == pytest.approx(0.9 * in_dollars.gpu.month)
    assert in_euros.to_beat.busy_needed == pytest.approx(in_dollars.to_beat.busy_needed)


def test_the_result_has_it_and_it_is_read_back_whole() -> None:
    decision = decide(FRAMEWORK, document(status_quo=REQUEST, case={"monthly_requests": 1e6}))
    stored = json.loads(json.dumps(result_json(decision)))
    assert decision.cheapest_model
    assert read_result(stored).cheapest_model == decision.cheapest_model
