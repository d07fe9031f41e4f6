"""What there is to say beside the currency of an assessment and its exchange rate."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from assessments.engine.paths import Stated
from assessments.framework.currency import USD, currency_words

_CURRENCY, _RATE, _DAY = "costs.currency", "costs.exchange_rate", "costs.exchange_rate_day"
PATHS = (_CURRENCY, _RATE, _DAY)


def currency_note(path: str, stated: Mapping[str, Stated]) -> str:
    """What somebody should know who looks at one of the three; mostly nothing.

    >>> euros = {"costs.currency": Stated(value="EUR", origin="workspace")}
    >>> currency_note("costs.currency", euros), currency_note("costs.exchange_rate_day", euros)
    ('From the workspace.', '')
    >>> currency_note("costs.exchange_rate", euros)
    'Your amounts are in euros: no listed price can be copied without a rate.'
    >>> currency_note("costs.exchange_rate", {**euros, "costs.exchange_rate": Stated(value=0.9)})
    'Say of which day it is.'
    """
    if path not in PATHS:
        return ""
    currency = str(stated[_CURRENCY].value) if _CURRENCY in stated else USD
    notes = [_("From the workspace.")] if path in stated and stated[path].origin == "workspace" else []
    if path == _RATE and currency != USD and _RATE not in stated:
        told = _("Your amounts are in {currency}: no listed price can be copied without a rate.")
        notes.append(told.format(currency=currency_words(currency)))
    if path == _RATE and currency == USD and _RATE in stated:
        notes.append(_("Your amounts are in US dollars: the rate changes nothing."))
    if path == _RATE and _RATE in stated and _DAY not in stated:
        notes.append(_("Say of which day it is."))
    return " ".join(notes)
