"""The numbers of the detailed costs form: all of economics.md 2, with our defaults, in words for everybody."""

from typing import Any

import pytest

from assessments.framework import load_framework

from .test_loader import break_once, folder, refusal

__all__ = ["folder"]
FOUND = load_framework().cost_inputs

# economics.md 2, word by word.
CASE = (
    "monthly_requests monthly_growth human_fallback_cost quality_value hours_per_month max_attempts "
    "minimum_cacheable_tokens retraining_every_months"
)
APPROACH = (
    "cacheable_tokens retrieved_tokens user_tokens output_tokens calls input_price output_price cache_hit_share "
    "cache_read_ratio cache_write_ratio batch_share batch_discount invalid_share accuracy annual_price_decline "
    "upfront_hours upfront_cash labelled_examples cost_per_label training_runs training_tokens_per_example "
    "training_epochs training_price monitoring_hours hosting_hourly hosting_shared_by other_monthly retraining_cost "
    "annual_obsolescence redo_share gpu_hourly gpu_input_tokens_per_second gpu_output_tokens_per_second "
    "gpu_utilisation gpu_minimum escalation_share"
)
# economics.md 1.11 and 1.12: what ends, what changes, what is billed beside the answer.
ALSO = (
    "reasoning_tokens regional_ratio long_prompt_above long_input_price long_output_price price_changes_on "
    "changed_input_price changed_output_price ends_on accuracy_sample"
)
DEFAULTS = {
    "hours_per_month": 730,
    "max_attempts": 2,
    "minimum_cacheable_tokens": 1024,
    "retraining_every_months": 3,
    "calls": 1,
    "regional_ratio": 1,
    "cache_read_ratio": 1,
    "cache_write_ratio": 1,
    "batch_discount": 0.5,
    "accuracy": 1,
    "hosting_shared_by": 1,
    "redo_share": 0.5,
    "gpu_minimum": 1,
}


def test_every_input_is_there() -> None:
    assert set(FOUND.case) == set(CASE.split())
    assert set(FOUND.approach) == set(APPROACH.split()) | set(ALSO.split())


def test_defaults() -> None:
    """economics.md 2; everything else counts as nothing until it is entered."""
    defaults = FOUND.case_defaults | FOUND.approach_defaults
    assert {key: default for key, default in defaults.items() if default} == DEFAULTS
    assert FOUND.general["annual_discount_rate"].default == 0.10


@pytest.mark.parametrize("cost", FOUND.inputs, ids=lambda cost: cost.key)
def test_words_and_bounds_can_be_shown(cost: Any) -> None:
    for words in (cost.label, cost.ask, cost.why, *([cost.default_source] if cost.kind == "number" else [])):
        assert words.strip() == words != ""
        assert "!" not in words
    assert len(cost.label) <= 40
    assert cost.ask.endswith("?")
    assert cost.minimum < cost.maximum
    assert not (cost.share and cost.whole)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('group = "traffic"', 'group = "trafic"', "cost_inputs.toml: monthly_requests.group: 'trafic' is not one of "),
        ('key = "monthly_growth"', 'key = "monthly_requests"', "cost_inputs.toml: input 'monthly_requests' stands"),
        ('only_with = "cache_hit_share"', 'only_with = "x"', "cost_inputs.toml: cache_read_ratio.only_with: 'x' is"),
        ("default = 2\n", "default = 0.5\n", "cost_inputs.toml: max_attempts.default: not from 1 to 100"),
        (
            "default = 2\n",
            'default = "2"\n',
            "cost_inputs.toml: invalid value for type, expected float | None @ $.inputs[4].default",
        ),
        (
            'place = "costs.detailed"',
            'place = "costs"',
            "cost_inputs.toml: monthly_requests.place: 'costs' is not one of ",
        ),
        ("monitoring = ", "monitorin = ", "cost_inputs.toml: forgotten: missing or unknown monitorin, monitoring"),
        ("quality_counted_twice = ", "counted_twice = ", "cost_inputs.toml: warnings: missing or unknown "),
        (
            "For {approaches:approaches}, GPUs",
            "For {them}, GPUs",
            "cost_inputs.toml: warnings.gpu_speed_missing: no them",
        ),
        ('key = "annual_discount_rate"', 'key = "rate"', "cost_inputs.toml: general_defaults: no question rate"),
        ("offers_range = ", "ranges = ", "cost_inputs.toml: extra fields found (ranges)"),
    ],
)
def test_a_mistake_is_named_with_its_place(folder: Any, old: str, new: str, message: str) -> None:
    break_once(folder, "cost_inputs.toml", old, new)
    assert refusal(folder).startswith(message)
