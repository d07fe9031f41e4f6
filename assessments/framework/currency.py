"""Currencies: the sign before an amount, and what they are called. Nothing is ever converted to another."""

from functools import cache

from babel import Locale
from babel.numbers import get_currency_name, get_currency_symbol, is_currency, list_currencies

from .notation import current, words_of

USD = "USD"
"""What price lists are in, and what counts where no currency is named."""
ABROAD = "US$"
"""Stands for the dollar where amounts are in another currency: its sign says which dollar it is."""
COMMON = ("USD", "EUR", "GBP", "CHF", "JPY", "CAD", "AUD", "INR", "CNY", "SEK", "NOK", "DKK", "PLN", "BRL", "SGD")
"""What a form offers first, by code."""
_AT_HOME = {
    **dict.fromkeys(("USD", "CAD", "AUD", "SGD", "NZD", "HKD", "MXN"), ("$",)),
    **dict.fromkeys(("SEK", "NOK", "DKK"), ("kr", "kr.")),
    **{"CHF": ("fr", "fr.", "sfr."), "PLN": ("zł",), "JPY": ("¥", "円"), "CNY": ("¥", "元"), "INR": ("rs", "rs.")},
}
"""What people write for a currency where it is their own, beside its code and the sign that others know it by."""


def exists(currency: str) -> bool:
    """Whether there is a currency of this code, or was one.

    >>> exists("EUR"), exists("EUO")
    (True, False)
    """
    return bool(is_currency(currency))


@cache
def sign_of(currency: str) -> str:
    """What stands before an amount: a sign, or the code and a space that does not break.

    >>> sign_of("USD"), sign_of("EUR"), sign_of("CHF"), sign_of("QQQ")
    ('$', '€', 'CHF\\xa0', 'QQQ\\xa0')
    """
    sign = get_currency_symbol(currency, locale="en")
    return f"{sign}\N{NO-BREAK SPACE}" if sign[-1:].isalpha() else sign


@cache
def currencies_of(mark: str) -> frozenset[str]:
    """The codes that a sign or word before or after an amount can stand for; none where it is no currency's.

    >>> sorted(currencies_of("kr")), sorted(currencies_of("US$")), sorted(currencies_of("euros")), currencies_of("kg")
    (['DKK', 'NOK', 'SEK'], ['USD'], ['EUR'], frozenset())
    """
    return _marks().get(mark.strip().casefold(), frozenset())


@cache
def _marks() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for code, sign in Locale("en").currency_symbols.items():
        found.setdefault(sign.casefold(), set()).add(code)
    for code in list_currencies("en"):
        found.setdefault(code.casefold(), set()).add(code)
    for code in COMMON:
        words = {str(get_currency_name(code, count=number, locale="en")).split()[-1] for number in (1, 2)}
        for mark in (*words, *_AT_HOME.get(code, ()), dollar_sign("") if code == USD else code):
            found.setdefault(mark.casefold(), set()).add(code)
    return {mark: frozenset(codes) for mark, codes in found.items()}


def dollar_sign(currency: str) -> str:
    """What stands before a fact in US dollars, where amounts are in this currency.

    >>> dollar_sign("USD"), dollar_sign("EUR")
    ('$', 'US$')
    """
    return sign_of(USD if currency == USD else ABROAD)


def currency_words(currency: str) -> str:
    """What amounts are said to be in.

    >>> currency_words("USD"), currency_words("EUR"), currency_words("QQQ")
    ('US dollars', 'euros', 'QQQ')
    >>> from assessments.framework.notation import written_for
    >>> with written_for("de"):
    ...     currency_words("USD"), currency_words("EUR")
    ('US-Dollar', 'Euro')
    """
    return _named(currency, words_of(current()))


@cache
def _named(currency: str, language: str) -> str:
    return str(get_currency_name(currency, count=2, locale=language))
