"""What one request takes: tokens, prices, attempts, a person where all fail (docs/economics.md, equations 1 to 6)."""

import numpy as np

from .amounts import Amount, Floats, Numbers, compounded

_MILLION = 1_000_000
_MONTHS = 12


def monthly_volume(first_month: Amount, growth: Amount, *, months: int) -> Floats:
    """V_1 … V_T, requests a month (equation 1). `growth` is a share a month.

    >>> monthly_volume(100.0, 0.1, months=3).round(6).tolist()
    [100.0, 110.0, 121.0]
    """
    return first_month * compounded(1 + growth, months=months)


def cost_per_attempt(numbers: Numbers, *, minimum_cacheable_tokens: Amount) -> Amount:
    """e, dollars for one attempt in month 1 (equations 2 and 3). Prices per 1,000,000 tokens.

    A prompt shorter than the provider's minimum is not cached: it pays the normal price. The example is
    V9 of docs/economics.md, section 4.

    >>> v9 = {"cacheable_tokens": 5000, "retrieved_tokens": 1000, "user_tokens": 200, "output_tokens": 400,
    ...     "input_price": 2, "output_price": 10, "calls": 1, "cache_hit_share": 0.8, "cache_read_ratio": 0.1,
    ...     "cache_write_ratio": 1.25, "batch_share": 0, "batch_discount": 0.5}
    >>> round(float(cost_per_attempt(v9, minimum_cacheable_tokens=1024)), 8)
    0.0097
    >>> round(float(cost_per_attempt(v9, minimum_cacheable_tokens=5001)), 8)
    0.0164
    """
    repeated, hit = numbers["cacheable_tokens"], numbers["cache_hit_share"]
    cached = hit * numbers["cache_read_ratio"] + (1 - hit) * numbers["cache_write_ratio"]
    repeated_cost = repeated * np.where(np.less(repeated, minimum_cacheable_tokens), 1.0, cached)
    read = (repeated_cost + numbers["retrieved_tokens"] + numbers["user_tokens"]) * numbers["input_price"]
    written = numbers["output_tokens"] * numbers["output_price"]
    batched = 1 - numbers["batch_share"] * numbers["batch_discount"]
    found: Amount = numbers["calls"] * (read + written) / _MILLION * batched
    return found


def expected_attempts(invalid_share: Amount, most: Amount) -> Amount:
    """N, attempts for one request with at most so many (equation 4): (1 − f^m)/(1 − f), or m where f is 1.

    >>> [round(float(expected_attempts(f, m)), 12) for f, m in ((0.2, 3), (0, 3), (1, 3), (0.12, 2), (0.5, 1))]
    [1.24, 1.0, 3.0, 1.12, 1.0]
    """
    valid = np.subtract(1.0, invalid_share)
    with np.errstate(divide="ignore", invalid="ignore"):
        # The same quotient, without the loss of digits of 1 − f^m near f = 1.
        series = np.expm1(most * np.log1p(-valid)) / -valid
    found: Amount = np.where(valid > 0, series, most)
    return found


def residual_failures(invalid_share: Amount, most: Amount) -> Amount:
    """ρ, the share of requests without a valid answer after all attempts (equation 4).

    >>> [round(float(residual_failures(f, m)), 12) for f, m in ((0.2, 3), (0, 3), (1, 3), (0.12, 2), (0.5, 1))]
    [0.008, 0.0, 1.0, 0.0144, 0.5]
    """
    return invalid_share**most


def fallback_share(residual: Amount, accuracy: Amount) -> Amount:
    """φ, the share of requests that fall back to a person (equation 5): no valid answer, or a wrong one.

    >>> round(fallback_share(0.0036, 0.93), 6)
    0.073348
    """
    return residual + (1 - residual) * (1 - accuracy)


def price_path(annual_decline: Amount, *, months: int) -> Floats:
    """π_1 … π_T, prices as a share of those of month 1 (equation 6). A negative decline is a rise.

    >>> price_path(0.4, months=13).round(6).tolist()[::12]
    [1.0, 0.6]
    """
    return compounded((1 - annual_decline) ** (1 / _MONTHS), months=months)
