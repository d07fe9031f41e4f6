"""Whether a number, or a range of it, is one that the form takes."""

from ..field import Field


def bounds_fault(cost: Field, low: float | None, likely: float, high: float | None) -> str:
    if (low is None) != (high is None) or (low is not None and not cost.offers_range):
        return "low and high belong together, and where a range is allowed"
    numbers = [likely if low is None else low, likely, likely if high is None else high]
    if numbers != sorted(numbers) or numbers[0] < cost.minimum or numbers[2] > cost.maximum:
        return f"not in rising order from {cost.minimum:g} to {cost.maximum:g}"
    return ""
