"""What one request takes: tokens, prices, attempts, a person where all fail (docs/economics.md, equations 1 to 6b)."""

import numpy as np

from assessments.framework.field import LARGEST

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
    """e, dollars for one attempt at these prices (equations 2, 3 and 6a). Prices per 1,000,000 tokens.

    A prompt shorter than the provider's minimum is not cached: it pays the normal price. All of a request with a long
    prompt is at the long prices. The example is V9 of docs/economics.md, section 4.

    >>> v9 = {"cacheable_tokens": 5000, "retrieved_tokens": 1000, "user_tokens": 200, "output_tokens": 400,
    ...     "input_price": 2, "output_price": 10, "calls": 1, "cache_hit_share": 0.8, "cache_read_ratio": 0.1,
    ...     "cache_write_ratio": 1.25, "batch_share": 0, "batch_discount": 0.5, "reasoning_tokens": 0,
    ...     "regional_ratio": 1, "long_prompt_above": 0}
    >>> round(float(cost_per_attempt(v9, minimum_cacheable_tokens=1024)), 8)
    0.0097
    >>> round(float(cost_per_attempt(v9, minimum_cacheable_tokens=5001)), 8)
    0.0164
    >>> dear = v9 | {"long_prompt_above": 6199, "long_input_price": 4, "long_output_price": 15, "regional_ratio": 1.1}
    >>> round(float(cost_per_attempt(dear, minimum_cacheable_tokens=5001)), 8)
    0.03388
    """
    input_price, output_price = _prices(numbers)
    repeated, hit = numbers["cacheable_tokens"], numbers["cache_hit_share"]
    cached = hit * numbers["cache_read_ratio"] + (1 - hit) * numbers["cache_write_ratio"]
    repeated_cost = repeated * np.where(np.less(repeated, minimum_cacheable_tokens), 1.0, cached)
    read = (repeated_cost + numbers["retrieved_tokens"] + numbers["user_tokens"]) * input_price
    written = written_tokens(numbers) * output_price
    batched = 1 - numbers["batch_share"] * numbers["batch_discount"]
    found: Amount = numbers["calls"] * (read + written) / _MILLION * batched * numbers["regional_ratio"]
    return found


def read_tokens(numbers: Numbers) -> Amount:
    """I = S + R + U, tokens of the prompt of one call."""
    return numbers["cacheable_tokens"] + numbers["retrieved_tokens"] + numbers["user_tokens"]


def written_tokens(numbers: Numbers) -> Amount:
    """O, tokens that one call writes: the answer, and the reasoning before it, which is billed alike (equation 3)."""
    return numbers["output_tokens"] + numbers["reasoning_tokens"]


def _prices(numbers: Numbers) -> tuple[Amount, Amount]:
    """p_in and p_out: those of long requests where the prompt is longer than that (equation 6a)."""
    above = numbers["long_prompt_above"]
    if not np.any(np.greater(above, 0)):
        return numbers["input_price"], numbers["output_price"]
    long = np.greater(above, 0) & np.greater(read_tokens(numbers), above)
    return (
        np.where(long, numbers["long_input_price"], numbers["input_price"]),
        np.where(long, numbers["long_output_price"], numbers["output_price"]),
    )


def at_changed_prices(numbers: Numbers) -> Numbers:
    """The numbers of an approach once its prices have changed: those of long requests change alike (equation 6b).

    >>> was = {"input_price": 2, "changed_input_price": 3, "long_input_price": 4,
    ...     "output_price": 0, "changed_output_price": 5, "long_output_price": 6}
    >>> found = at_changed_prices(was)
    >>> [float(found[key]) for key in ("input_price", "long_input_price", "output_price", "long_output_price")]
    [3.0, 6.0, 5.0, 6.0]
    """
    found = dict(numbers)
    for price in ("input_price", "output_price"):
        before, after = numbers[price], numbers[f"changed_{price}"]
        priced = np.greater(before, 0)
        with np.errstate(over="ignore"):
            ratio = np.minimum(after / np.where(priced, before, 1.0), LARGEST)
        found[price] = after
        found[f"long_{price}"] = numbers[f"long_{price}"] * np.where(priced, ratio, 1.0)
    return found


def cost_by_month(
    numbers: Numbers,
    *,
    minimum_cacheable_tokens: Amount,
    changes_in: int | None,
    months: int,
    times: Amount = 1.0,
) -> Floats:
    """e_1 … e_T, dollars for one attempt by month, so many times (equation 6b): shape (months,) or (draws, months).

    From the month in which prices are known to change, they are the changed ones, which follow the price path from
    there. None is never; a change before the start holds from month 1.

    >>> own = {"cacheable_tokens": 0, "retrieved_tokens": 0, "user_tokens": 1e6, "output_tokens": 0,
    ...     "reasoning_tokens": 0, "calls": 1, "cache_hit_share": 0, "cache_read_ratio": 1, "cache_write_ratio": 1,
    ...     "batch_share": 0, "batch_discount": 0.5, "regional_ratio": 1, "long_prompt_above": 0,
    ...     "input_price": 8, "output_price": 0, "long_input_price": 8, "long_output_price": 0,
    ...     "changed_input_price": 4, "changed_output_price": 0, "annual_price_decline": 1 - 0.5 ** 12}
    >>> cost_by_month(own, minimum_cacheable_tokens=1024, changes_in=3, months=4).round(9).tolist()
    [8.0, 4.0, 4.0, 2.0]
    """
    path = price_path(numbers["annual_price_decline"], months=months)
    found = times * cost_per_attempt(numbers, minimum_cacheable_tokens=minimum_cacheable_tokens) * path
    if changes_in is None or changes_in > months:
        return np.asarray(found)
    changed = cost_per_attempt(at_changed_prices(numbers), minimum_cacheable_tokens=minimum_cacheable_tokens)
    before = max(changes_in, 1) - 1
    later = times * changed * path[..., : months - before]
    shape = np.broadcast_shapes(np.shape(found), (*np.shape(later)[:-1], months))
    by_month = np.empty(shape)
    by_month[..., :before] = found[..., :before]
    by_month[..., before:] = later
    return by_month


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
