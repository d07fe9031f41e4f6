"""The only place where numbers become words: in English, written in the reader's own notation."""

import math
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from assessments.charts.axes import in_months
from assessments.framework import notation
from assessments.framework.notation import amount as with_sign
from assessments.framework.notation import current, written
from assessments.framework.notation import percentage as in_hundredths

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_MILLION = 1_000_000
ANSWER_WORDS = {"yes": "Yes", "no": "No", "unsure": "Not sure", "na": "Does not apply"}
STRENGTH_WORDS = {"opinion": "Opinion", "documented": "Documented", "measured": "Measured"}
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_LARGE = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
STANCE_WORDS = {"for": "For tuning", "pilot": "For a pilot", "against": "Against tuning", "open": "Open"}


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
        return f"{number(round(value / _MILLION, 1))} million"
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
        return "Never"
    return in_months(value) if value >= 0.05 else "At once"


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
    return f"{count(value)} week{'' if value == 1 else 's'}"


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
    return f"{count(value) if value else 'none'} of {total}"


def count(value: int) -> str:
    """Small counts as words.

    >>> count(4), count(0), count(12)
    ('four', 'no', '12')
    """
    return _WORDS[value] if 0 <= value < len(_WORDS) else number(value)


def counted(many: float, noun: str, nouns: str = "") -> str:
    """So many of something; `nouns` where the plural is no plain “s”.

    >>> counted(1, "case"), counted(1200, "case"), counted(0, "loss", "losses")
    ('1 case', '1,200 cases', '0 losses')
    """
    return f"{number(many)} {noun if many == 1 else nouns or f'{noun}s'}"


def spelt(many: int, noun: str, nouns: str = "") -> str:
    """So many of something, a small count as a word.

    >>> spelt(1, "win"), spelt(2, "win"), spelt(0, "loss", "losses")
    ('one win', 'two wins', 'no losses')
    """
    return f"{count(many)} {noun if many == 1 else nouns or f'{noun}s'}"


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
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


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
    return f"Between {number(value['low'])} and {number(value['high'])}"


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
    """A day: in words in English.

    >>> day(date(2026, 11, 10))
    '10 November 2026'
    """
    return notation.day(value)


def week_of(iso: str) -> str:
    """A week by the day on which it begins.

    >>> week_of("2026-W37")
    'week of 7 September 2026'
    """
    year, _, week = iso.partition("-W")
    return f"week of {day(date.fromisocalendar(int(year), int(week), 1))}"


def month_of(value: date) -> str:
    """The month of a day.

    >>> month_of(date(2026, 11, 10))
    'November 2026'
    """
    return notation.month(value)


def powers(value: float) -> str:
    """A very large number as a power of ten, with two digits.

    >>> powers(6.48e17), powers(1e23), powers(1e23 / 3), powers(9.96e20)
    ('6.5·10¹⁷', '10²³', '3.3·10²²', '10²¹')
    """
    digits, exponent = f"{value:.1e}".split("e")
    power = f"10{str(int(exponent)).translate(_RAISED)}"
    return power if float(digits) == 1 else f"{number(float(digits))}·{power}"


def in_large_units(value: float) -> str:
    """A count in thousands of millions and the like, with three digits.

    >>> in_large_units(13_500_000), in_large_units(1e23 / 3 / 4.8e10), in_large_units(2.5e14), in_large_units(1300)
    ('13.5 million', '694 billion', '250 trillion', '1,300')
    """
    for size, name in _LARGE:
        if value >= size:
            return f"{number(float(f'{value / size:.3g}'))} {name}"
    return number(float(f"{value:.3g}"))


def part_of(share: float) -> str:
    """How large a part is of a whole: as one in so many, with two digits; from one on, as so many times it.

    >>> part_of(1 / 51_440), part_of(0.4), part_of(2.34)
    ('1/51,000', '1/2.5', '2.3 times')
    """
    if share >= 1:
        return f"{number(float(f'{share:.2g}'))} times"
    return f"1/{number(float(f'{1 / share:.2g}'))}"


def file_size(size: int) -> str:
    """The size of a file.

    >>> file_size(812), file_size(46_200), file_size(58_000_000)
    ('812 bytes', '46 kB', '58 MB')
    """
    if size < 1000:
        return f"{number(size)} byte{'s' * (size != 1)}"
    unit, name = (1_000_000, "MB") if size >= 1_000_000 else (1000, "kB")
    return f"{number(round(size / unit, 0 if size >= 10 * unit else 1))} {name}"


def points(value: float) -> str:
    """A difference of shares in percentage points, with a real minus sign and one decimal where it is not whole.

    >>> points(0.311), points(-0.05), points(0.01), points(0)
    ('31.1 points', '−5 points', '1 point', '0 points')
    """
    rounded = round(value * 100, 1)
    return f"{number(rounded)} point{'' if abs(rounded) == 1 else 's'}"


def points_span(low: float, high: float) -> str:
    """The ends of a range of differences in percentage points.

    >>> points_span(-0.0509, 0.153)
    '−5.1 to 15.3'
    """
    return f"{number(round(low * 100, 1))} to {number(round(high * 100, 1))}"


def share_span(low: float, high: float) -> str:
    """The ends of a range of shares.

    >>> share_span(0.4984, 0.6726), share_span(0, 1)
    ('50% to 67%', '0% to 100%')
    """
    return f"{share(low)} to {share(high)}"


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
    return f"below {number(0.001)}" if value < 0.001 else number(float(f"{value:.2g}"))
