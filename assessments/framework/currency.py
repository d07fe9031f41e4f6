"""Currencies: the sign before an amount, and what they are called. Nothing is ever converted to another."""

from functools import cache

from babel.numbers import get_currency_name, get_currency_symbol, is_currency

USD = "USD"
"""What price lists are in, and what counts where no currency is named."""
COMMON = ("USD", "EUR", "GBP", "CHF", "JPY", "CAD", "AUD", "INR", "CNY", "SEK", "NOK", "DKK", "PLN", "BRL", "SGD")
"""What a form offers first, by code."""


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


def dollar_sign(currency: str) -> str:
    """What stands before a fact in US dollars, where amounts are in this currency.

    >>> dollar_sign("USD"), dollar_sign("EUR")
    ('$', 'US$')
    """
    return sign_of(USD) if currency == USD else f"US{sign_of(USD)}"


@cache
def currency_words(currency: str) -> str:
    """What amounts are said to be in.

    >>> currency_words("USD"), currency_words("EUR"), currency_words("QQQ")
    ('US dollars', 'euros', 'QQQ')
    """
    return str(get_currency_name(currency, count=2, locale="en"))
