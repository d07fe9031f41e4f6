"""The only place where numbers become words, in the reader's own language and notation."""

import math
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, pgettext

from assessments.charts.axes import in_months
from assessments.framework import notation
from assessments.framework.notation import amount as with_sign
from assessments.framework.notation import current, written
from assessments.framework.notation import percentage as in_hundredths
from assessments.speaking import SpokenWords, speaks_german

_MILLION = 1_000_000
ANSWER_WORDS = SpokenWords(
    yes=gettext_noop("Yes"), no=gettext_noop("No"), unsure=gettext_noop("Not sure"), na=gettext_noop("Does not apply")
)
STRENGTH_WORDS = SpokenWords(
    opinion=gettext_noop("Opinion"), documented=gettext_noop("Documented"), measured=gettext_noop("Measured")
)
STANCE_WORDS = SpokenWords(
    {"for": gettext_noop("For tuning")},
    pilot=gettext_noop("For a pilot"),
    against=gettext_noop("Against tuning"),
    open=gettext_noop("Open"),
)
BAND_WORDS = SpokenWords(weak=gettext_noop("weak"), moderate=gettext_noop("moderate"), strong=gettext_noop("strong"))


def number(value: float) -> str:
    """With thousands commas and no needless decimals: 1,200 or 0.83.

    >>> number(1200.0), number(7.5), number(-3)
    ('1,200', '7.5', '−3')
    """
    return asked_number(value, "")


def asked_number(value: float, prefix: str) -> str:
    """A number with the sign of a currency where its field has one.

    >>> asked_number(1200.5, "$"), asked_number(3, "")
    ('$1,200.5', '3')
    """
    text = f"{round(value, 4):,.12g}" if abs(value) < 1e15 else f"{value:.3g}"
    return with_sign(text.replace("-", "−"), prefix)


def decimals(value: float, places: int) -> str:
    """With so many decimals, also where they are noughts, and a real minus sign.

    >>> decimals(1234.5, 2), decimals(-0.001, 2), decimals(-2, 1)
    ('1,234.50', '0.00', '−2.0')
    """
    text = f"{abs(value):,.{places}f}"
    return written(f"{'−' if value < 0 and text.strip('0.,') else ''}{text}")


def rough(value: float) -> str:
    """A large number to three figures: what is worked out is not known to the last one.

    >>> rough(7_178_333), rough(10_254_762), rough(478_556), rough(1_234.5), rough(40_000), rough(12)
    ('7.2 million', '10.3 million', '479,000', '1,230', '40,000', '12')
    """
    if abs(value) >= _MILLION:
        return counted(round(value / _MILLION, 1), "{n} million", "{n} million")
    return number(round(value, 2 - math.floor(math.log10(abs(value)))) if abs(value) >= 100 else round(value))


def money(amount: float, sign: str) -> str:
    """An amount behind the sign of its currency, in whole units; hundredths only below ten.

    >>> money(6000, "$"), money(-1234.5, "€"), money(2.5, "$"), money(0, "$")
    ('$6,000', '−€1,234', '$2.50', '$0')
    """
    size = abs(amount)
    text = f"{size:,.2f}" if 0 < size < 9.995 and size != int(size) else f"{size:,.0f}"
    return f"{'−' if amount < 0 and text.strip('0.,') else ''}{with_sign(text, sign)}"


def months(value: float | None) -> str:
    """A number of months, to a tenth; what is less than half of that is at once.

    >>> months(4.0), months(1), months(5.142857), months(5.96), months(0.02), months(None)
    ('4 months', '1 month', '5.1 months', '5.96 months', 'At once', 'Never')
    """
    if value is None:
        return _("Never")
    return in_months(value) if value >= 0.05 else _("At once")


def payback(first: float | None, durable: float | None) -> str:
    """When it pays back. What is cheaper only at first, and dearer in the end, never does.

    >>> payback(4.0, 4.0), payback(3.5, None), payback(0, None), payback(0, 0), payback(None, None)
    ('4 months', '3.5 months', 'Never', 'At once', 'Never')
    """
    return months(None if first == 0 and durable is None else first)


def weeks(value: int) -> str:
    """A number of weeks in words.

    >>> weeks(6), weeks(1), weeks(0)
    ('six weeks', 'one week', 'no weeks')
    """
    return spelt(value, "{n} week", "{n} weeks")


def score(value: float) -> str:
    """A score with two decimals and a real minus sign.

    >>> score(4 / 11), score(-0.5), score(-0.0001)
    ('0.36', '−0.50', '0.00')
    """
    return decimals(value, 2)


def share(value: float) -> str:
    """A share as a whole percentage.

    >>> share(0.4731)
    '47%'
    """
    return in_hundredths(f"{value * 100:.0f}".replace("-", "−"))


def of_these(value: int, total: int) -> str:
    """A count out of a total.

    >>> of_these(4, 6), of_these(0, 5)
    ('four of 6', 'none of 5')
    """
    if not value:
        return _("none of {total}").format(total=total)
    return _("{some} of {total}").format(some=number(value) if speaks_german() else count(value), total=total)


def count(value: int) -> str:
    """Small counts as words.

    >>> count(4), count(0), count(12)
    ('four', 'no', '12')
    """
    return _COUNTS[value]() if 0 <= value < len(_COUNTS) else number(value)


_COUNTS = (
    lambda: pgettext("count", "no"),
    lambda: pgettext("count", "one"),
    lambda: pgettext("count", "two"),
    lambda: pgettext("count", "three"),
    lambda: pgettext("count", "four"),
    lambda: pgettext("count", "five"),
    lambda: pgettext("count", "six"),
    lambda: pgettext("count", "seven"),
    lambda: pgettext("count", "eight"),
    lambda: pgettext("count", "nine"),
    lambda: pgettext("count", "ten"),
)


def counted(many: float, one: str, more: str) -> str:
    """So many of something: one phrase for a single one, another for all else, as the catalogue has them.

    >>> counted(1, "{n} case", "{n} cases"), counted(1200, "{n} case", "{n} cases")
    ('1 case', '1,200 cases')
    """
    return ngettext(one, more, 1 if many == 1 else 2).format(n=number(many))


def spelt(many: int, one: str, more: str) -> str:
    """So many of something, a small count as a word. In German a single one stays a figure: its word has a gender.

    >>> spelt(1, "{n} win", "{n} wins"), spelt(2, "{n} win", "{n} wins"), spelt(0, "{n} loss", "{n} losses")
    ('one win', 'two wins', 'no losses')
    """
    if many == 1:
        return ngettext(one, more, 1).format(n=number(many) if speaks_german() else count(many))
    return ngettext(one, more, 2).format(n=count(many))


def short_name(name: str) -> str:
    """A name without what is listed after its colon, as it stands in a sentence.

    >>> short_name("Behaviour: format, tone, policy, labels"), short_name("Tools not used well")
    ('Behaviour', 'Tools not used well')
    """
    return name.partition(":")[0]


def listed(words: Sequence[str]) -> str:
    """Words with commas and an and.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    if len(words) > 1:
        return _("{words} and {last}").format(words=", ".join(words[:-1]), last=words[-1])
    return "".join(words)


def either(words: Sequence[str]) -> str:
    """Words of which one will do.

    >>> either(["a", "b", "c"])
    'a or b or c'
    """
    return pgettext("between alternatives", " or ").join(words)


def quoted(text: str) -> str:
    """In quotes, as the language sets them.

    >>> quoted("A better prompt")
    '“A better prompt”'
    """
    return _("“{text}”").format(text=text)


def stored_value(value: Any) -> str:
    """A stored value as it is shown in a field, exactly: what is sent back untouched is the same, in every language.

    >>> stored_value({"low": 1, "likely": 2.0, "high": 4}), stored_value(1.125)
    ('2', '1.1250')
    """
    if isinstance(value, list):
        return (", " if current().decimal == "." else "; ").join(map(stored_value, value))
    text = plain_value(value)
    return written(text) if isinstance(value, (dict, float)) else text


def plain_value(value: Any) -> str:
    """A stored value as an address has it, for readers of all languages.

    Never exactly three decimals after a number that could be thousands: 1.1250 is read in one way by everybody.

    >>> plain_value([0.00001, 33.5]), plain_value(1.125)
    ('0.00001, 33.5', '1.1250')
    """
    if value is None:
        return ""
    if isinstance(value, dict):
        return plain_value(value.get("likely"))
    if isinstance(value, list):
        return ", ".join(map(plain_value, value))
    if isinstance(value, float):
        return _beyond_doubt(f"{Decimal(repr(value)):f}".removesuffix(".0"))
    return str(value)


def value_range(value: Any) -> str:
    """What a stored range says besides its likely value, or an empty string."""
    if not isinstance(value, dict):
        return ""
    return _("Between {low} and {high}").format(low=number(value["low"]), high=number(value["high"]))


def price(amount: float, sign: str) -> str:
    """A price of a small thing behind the sign of its currency, with two decimals or as many as it needs.

    >>> [price(amount, "$") for amount in (0.25, 0.0375, 2, 0.2027540, 1234.5, 0)]
    ['$0.25', '$0.0375', '$2.00', '$0.2028', '$1,234.50', '$0.00']
    """
    size = abs(amount)
    if 0 < size < 1 and round(size, 2) != size:
        digits = 3 - Decimal(repr(size)).adjusted()
        text = f"{size:.{min(digits, 12)}f}".rstrip("0")
    else:
        text = f"{size:,.2f}"
    return f"{'−' if amount < 0 else ''}{with_sign(text, sign)}"


def percentage(value: float) -> str:
    """A share as a percentage with as many decimals as it needs.

    >>> percentage(0.073348), percentage(0.93), percentage(1), percentage(0.000001)
    ('7.33%', '93%', '100%', '0.0001%')
    """
    percent = value * 100
    text = f"{round(percent, 2):,.12g}" if abs(percent) >= 0.01 or not percent else f"{Decimal(f'{percent:.2g}'):f}"
    return in_hundredths(text.replace("-", "−"))


def stored_percentage(value: Any) -> str:
    """A stored share as it is shown in a field, exactly.

    >>> stored_percentage(0.93), stored_percentage(0.073348), stored_percentage(1.25), stored_percentage(0.07125)
    ('93', '7.3348', '125', '7.1250')
    """
    text = f"{Decimal(repr(value)) * 100:f}"
    return written(_beyond_doubt((text.rstrip("0").rstrip(".") if "." in text else text) or "0"))


def _beyond_doubt(text: str) -> str:
    return f"{text}0" if re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", text) else text


def day(value: date) -> str:
    """A day: in words in the languages that the product speaks.

    >>> day(date(2026, 11, 10))
    '10 November 2026'
    """
    return notation.day(value)


def week_of(iso: str) -> str:
    """A week by the day on which it begins.

    >>> week_of("2026-W37")
    'week of 7 September 2026'
    """
    year, week = iso.split("-W")
    return _("week of {day}").format(day=day(date.fromisocalendar(int(year), int(week), 1)))


def month_of(value: date) -> str:
    """The month of a day.

    >>> month_of(date(2026, 11, 10))
    'November 2026'
    """
    return notation.month(value)


def file_size(size: int) -> str:
    """The size of a file.

    >>> file_size(812), file_size(46_200), file_size(58_000_000)
    ('812 bytes', '46 kB', '58 MB')
    """
    if size < 1000:
        return counted(size, "{n} byte", "{n} bytes")
    unit, name = (1_000_000, "MB") if size >= 1_000_000 else (1000, "kB")
    return f"{number(round(size / unit, 0 if size >= 10 * unit else 1))} {name}"


def points(value: float) -> str:
    """A difference of shares in percentage points, with a real minus sign and one decimal where it is not whole.

    >>> points(0.311), points(-0.05), points(0.01), points(0)
    ('31.1 points', '−5 points', '1 point', '0 points')
    """
    rounded = round(value * 100, 1)
    return ngettext("{n} point", "{n} points", 1 if abs(rounded) == 1 else 2).format(n=number(rounded))


def points_span(low: float, high: float) -> str:
    """The ends of a range of differences in percentage points.

    >>> points_span(-0.0509, 0.153)
    '−5.1 to 15.3'
    """
    return _("{low} to {high}").format(low=number(round(low * 100, 1)), high=number(round(high * 100, 1)))


def share_span(low: float, high: float) -> str:
    """The ends of a range of shares.

    >>> share_span(0.4984, 0.6726), share_span(0, 1)
    ('50% to 67%', '0% to 100%')
    """
    return _("{low} to {high}").format(low=share(low), high=share(high))


def took(milliseconds: float) -> str:
    """How long something took: in seconds from one on.

    >>> took(593), took(2950.3), took(89.9), took(42), took(61_234)
    ('593 ms', '2.95 s', '90 ms', '42 ms', '61.2 s')
    """
    if milliseconds < 1000:
        return f"{number(round(milliseconds))} ms"
    return f"{number(float(f'{milliseconds / 1000:.3g}'))} s"


def chance(value: float) -> str:
    """A p value: with two digits, and none below a thousandth.

    >>> chance(0.40503), chance(0.0386), chance(3.3e-06), chance(1)
    ('0.41', '0.039', 'below 0.001', '1')
    """
    return _("below {number}").format(number=number(0.001)) if value < 0.001 else number(float(f"{value:.2g}"))
