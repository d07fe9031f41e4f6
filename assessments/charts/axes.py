"""Ticks of the axes, and numbers short enough to stand at them."""

import math
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext, pgettext

from assessments.framework.notation import amount as with_sign
from assessments.framework.notation import written

_SAME = 1e-9  # months that no rule tells apart


def nice_ticks(values: Sequence[float], *, about: int = 4) -> list[float]:
    """Round values at even steps that span all of these; always at least two.

    >>> nice_ticks([-6000, 48000, 0])
    [-20000, 0, 20000, 40000, 60000]
    >>> nice_ticks([0])
    [0, 0.25, 0.5, 0.75, 1]
    """
    low, high = min(values), max(values)
    if high - low < 0.01:  # less than a cent
        high = low + 1
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    ticks = [round(index * step, 10) for index in range(first, last + 1)]
    return [int(tick) if tick == int(tick) else tick for tick in ticks]


def log_ticks(values: Sequence[float]) -> list[float]:
    """Ones, twos and fives that span all of these positive values; tens alone where they span much.

    >>> log_ticks([1650, 240000])
    [1000, 2000, 5000, 10000, 20000, 50000, 100000, 200000, 500000]
    >>> log_ticks([0.5, 20000000])
    [0.1, 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000]
    """
    least = min(values)
    first, last = math.floor(math.log10(least)), math.ceil(math.log10(max(values)) + 1e-9)
    if 10.0**first > least:  # the logarithm was rounded up
        first -= 1
    factors = (1, 2, 5) if last - first <= 3 else (1,)
    ticks = [factor * 10.0**power for power in range(first, last + 1) for factor in factors]
    below = [tick for tick in ticks if tick <= min(values)]
    above = [tick for tick in ticks if tick >= max(values) and tick > below[-1]]
    kept = [tick for tick in ticks if below[-1] <= tick <= above[0]]
    return [int(tick) if tick == int(tick) else tick for tick in kept]


def month_ticks(low: int, high: int) -> list[int]:
    """Months to label: the first, the last, and even steps between that do not crowd the last.

    >>> month_ticks(0, 36)
    [0, 6, 12, 18, 24, 30, 36]
    >>> month_ticks(0, 1)
    [0, 1]
    """
    step = next(step for step in (1, 3, 6, 12, 24) if (high - low) / step <= 6 or step == 24)
    return [month for month in range(low, high, step) if high - month >= step / 2] + [high]


def month_names(ticks: Sequence[int]) -> list[str]:
    """What stands at the ticks: the last one says what is counted.

    >>> month_names([0, 6, 12])
    ['0', '6', '12 months']
    """
    return [str(month) for month in ticks[:-1]] + [in_months(ticks[-1])]


def ticks_within(values: Sequence[float], *, about: int = 4) -> tuple[list[float], list[float]]:
    """A range that is little wider than these values, and the round values within it.

    >>> ticks_within([0, 1530000])
    ([0, 1591200.0], [0, 500000, 1000000, 1500000])
    """
    low, high = min(values), max(values)
    ticks = nice_ticks(values, about=about)
    if high - low < 0.01:
        return [ticks[0], ticks[-1]], ticks
    room = (high - low) * 0.04
    span = [low - room if low < 0 else low, high + room if high > 0 else high]
    return span, [tick for tick in ticks if span[0] <= tick <= span[1]]


def short_number(value: float) -> str:
    """A number for an axis.

    >>> short_number(1500), short_number(0), short_number(2500000), short_number(-1e15)
    ('1.5k', '0', '2.5M', '−1e+15')
    """
    return f"{'−' if value < 0 else ''}{written(_short(abs(value)))}"


def _short(size: float) -> str:
    if size >= 1e15:
        return f"{size:.3g}"
    units = (
        (1e12, pgettext("trillions", "T")),
        (1e9, pgettext("billions", "B")),
        (1e6, pgettext("millions", "M")),
        (1e3, pgettext("thousands", "k")),
    )
    for limit, suffix in units:
        if size >= limit:
            return f"{size / limit:.12g}{suffix}"
    return f"{size:.12g}"


def short_money(amount: float, sign: str) -> str:
    """Money for an axis.

    >>> short_money(-8000, "$"), short_money(1500, "€"), short_money(0, "$"), short_money(2500000, "$")
    ('−$8k', '€1.5k', '$0', '$2.5M')
    """
    return f"{'−' if amount < 0 else ''}{with_sign(_short(abs(amount)), sign)}"


def brief_money(amount: float, sign: str) -> str:
    """Money beside a mark, to three figures.

    >>> [brief_money(amount, "$") for amount in (632514.58, -1040614, 5053.98, 0.4, 0)]
    ['$633k', '−$1.04M', '$5,054', '$0.40', '$0']
    """
    size = abs(amount)
    if size >= 9999.5:
        power = 10.0 ** (math.floor(math.log10(size)) - 2)
        return short_money(math.copysign(round(size / power) * power, amount), sign)
    text = f"{size:.2f}" if 0 < size < 9.995 and size != int(size) else f"{size:,.0f}"
    return f"{'−' if amount < 0 and text.strip('0.') else ''}{with_sign(text, sign)}"


def whole_money(amount: float, sign: str) -> str:
    """Money in whole units.

    >>> whole_money(1234.6, "$")
    '$1,235'
    """
    return with_sign(f"{amount:,.0f}".replace("-", "−"), sign)


def brief_number(value: float) -> str:
    """A count beside a mark, to three figures.

    >>> brief_number(98758.16), brief_number(1200), brief_number(11111.11)
    ('98.8k', '1,200', '11.1k')
    """
    return brief_money(value, "")


def in_months(value: float, *, after: bool = False) -> str:
    """A time to a tenth of a month. What is not a whole number never reads as one: it could be a limit.

    `after` where it stands behind “after”, “within” or “in”: German has another form there.

    >>> in_months(4.0), in_months(1), in_months(10.496), in_months(5.96), in_months(6.05), in_months(6.001)
    ('4 months', '1 month', '10.5 months', '5.96 months', '6.05 months', 'just over 6 months')
    """
    whole = round(value)
    if abs(value - whole) <= _SAME:
        return _whole_months(whole, after=after)
    tenths, hundredths = f"{value:.1f}", f"{value:.2f}"
    if float(hundredths) != whole:
        text = written(tenths if float(tenths) != whole else hundredths)
        return (pgettext("after", "{n} months") if after else _("{n} months")).format(n=text)
    months = _whole_months(whole, after=after)
    return (_("just over {months}") if value > whole else _("just under {months}")).format(months=months)


def _whole_months(whole: int, *, after: bool) -> str:
    words = (
        npgettext("after", "{n} month", "{n} months", whole) if after else ngettext("{n} month", "{n} months", whole)
    )
    return words.format(n=whole)
