"""Numbers far beyond what anybody pays: counts of tokens, parameters and operations."""

from django.utils.translation import gettext as _

from .formats import counted, number

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


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
    for size, told in ((1e12, _trillions), (1e9, _billions), (1e6, _millions)):
        if value >= size:
            return told(float(f"{value / size:.3g}"))
    return number(float(f"{value:.3g}"))


def _millions(many: float) -> str:
    return counted(many, "{n} million", "{n} million")


def _billions(many: float) -> str:
    return counted(many, "{n} billion", "{n} billion")


def _trillions(many: float) -> str:
    return counted(many, "{n} trillion", "{n} trillion")


def part_of(share: float) -> str:
    """How large a part is of a whole: as one in so many, with two digits; from one on, as so many times it.

    >>> part_of(1 / 51_440), part_of(0.4), part_of(2.34)
    ('1/51,000', '1/2.5', '2.3 times')
    """
    if share >= 1:
        return _("{number} times").format(number=number(float(f"{share:.2g}")))
    return f"1/{number(float(f'{1 / share:.2g}'))}"
