"""Currencies: the sign before an amount, and what they are called. Nothing is ever converted to another."""

from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeVar

from babel.numbers import get_currency_name, get_currency_symbol

from .field import Field

if TYPE_CHECKING:
    from .schema import Framework

Asked = TypeVar("Asked", bound=Field)
USD = "USD"
"""What price lists are in, and what counts where no currency is named."""
COMMON = ("USD", "EUR", "GBP", "CHF", "JPY", "CAD", "AUD", "INR", "CNY", "SEK", "NOK", "DKK", "PLN", "BRL", "SGD")
"""What a form offers first, by code."""


@cache
def sign_of(currency: str) -> str:
    """What stands before an amount: a sign, or the code and a space that does not break.

    >>> sign_of("USD"), sign_of("EUR"), sign_of("CHF"), sign_of("QQQ")
    ('$', '€', 'CHF\\xa0', 'QQQ\\xa0')
    """
    sign = get_currency_symbol(currency, locale="en")
    return f"{sign}\N{NO-BREAK SPACE}" if sign[-1:].isalpha() else sign


@cache
def currency_words(currency: str) -> str:
    """What amounts are said to be in.

    >>> currency_words("USD"), currency_words("EUR"), currency_words("QQQ")
    ('US dollars', 'euros', 'QQQ')
    """
    return str(get_currency_name(currency, count=2, locale="en"))


@lru_cache(maxsize=32)
def in_currency(framework: "Framework", currency: str) -> "Framework":
    """The same framework with amounts shown in this currency. No number of it is another.

    Kept, so that what is kept for a framework is found again.
    """
    if currency == framework.currency:
        return framework
    inputs = framework.cost_inputs
    found = replace(
        framework,
        currency=currency,
        sections=tuple(
            replace(section, questions=_shown(section.questions, currency)) for section in framework.sections
        ),
        cost_inputs=replace(inputs, inputs=_shown(inputs.inputs, currency)),
    )
    vars(found)["sha256"] = framework.sha256
    return found


def _shown(fields: tuple[Asked, ...], currency: str) -> tuple[Asked, ...]:
    return tuple(replace(one, prefix=sign_of(currency)) if one.prefix else one for one in fields)
