"""What the economics take in: names, units and bounds (economics.md, section 2)."""

import math
from typing import NamedTuple

LARGEST = 1e12


class NumberRange(NamedTuple):
    """The least and the greatest value of a number, both allowed."""

    minimum: float
    maximum: float
    whole: bool = False

    def fault(self, number: float) -> str:
        """What is wrong with this number, or an empty string.

        >>> NumberRange(0, 1).fault(1.5)
        '1.5 is above 1'
        >>> NumberRange(0, 10, whole=True).fault(float("nan"))
        'is not a finite number'
        """
        if isinstance(number, float) and not math.isfinite(number):
            return "is not a finite number"
        if number < max(self.minimum, -LARGEST):
            return f"{_short(number)} is below {max(self.minimum, -LARGEST):,.12g}"
        if number > min(self.maximum, LARGEST):
            return f"{_short(number)} is above {min(self.maximum, LARGEST):,.12g}"
        if self.whole and number != int(number):
            return f"{_short(number)} is not a whole number"
        return ""


def _short(number: float) -> str:
    """A number for a message, also one of thousands of digits."""
    return f"{number:,.12g}" if abs(number) < 1e300 else "a number of over 300 digits"


_SHARE = NumberRange(0, 1)
_AMOUNT = NumberRange(0, LARGEST)
_SIGNED = NumberRange(-LARGEST, LARGEST)
_MONTHS = NumberRange(1, 120, whole=True)

# The case, in the detailed form.
DETAILED_NUMBERS = {
    "monthly_requests": _AMOUNT,
    "monthly_growth": NumberRange(-1, 10),
    "human_fallback_cost": _AMOUNT,
    "quality_value": _SIGNED,
    "hours_per_month": NumberRange(1, 744),
    "max_attempts": NumberRange(1, 100, whole=True),
    "minimum_cacheable_tokens": _AMOUNT,
    "retraining_every_months": _MONTHS,
}

# Each approach, in the detailed form. Prices per 1,000,000 tokens.
APPROACH_NUMBERS = {
    **dict.fromkeys(
        (
            *("cacheable_tokens", "retrieved_tokens", "user_tokens", "output_tokens", "calls"),
            *("input_price", "output_price", "upfront_hours", "upfront_cash", "labelled_examples"),
            *("cost_per_label", "training_runs", "training_tokens_per_example", "training_epochs"),
            *("training_price", "monitoring_hours", "hosting_hourly", "other_monthly"),
            *("retraining_cost", "gpu_hourly", "gpu_minimum"),
        ),
        _AMOUNT,
    ),
    **dict.fromkeys(
        (
            *("cache_hit_share", "batch_share", "batch_discount", "invalid_share", "accuracy"),
            *("annual_obsolescence", "redo_share", "escalation_share"),
        ),
        _SHARE,
    ),
    "cache_read_ratio": NumberRange(0, 10),
    "cache_write_ratio": NumberRange(0, 10),
    "annual_price_decline": NumberRange(-10, 1),
    "hosting_shared_by": NumberRange(1, LARGEST),
    "gpu_input_tokens_per_second": NumberRange(1e-6, LARGEST),
    "gpu_output_tokens_per_second": NumberRange(1e-6, LARGEST),
    "gpu_utilisation": NumberRange(1e-6, 1),
}
