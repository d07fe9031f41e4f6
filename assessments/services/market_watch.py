"""Signed decisions that rest on something in the market that has moved since, and what moved, in sentences."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.engine.economics.market_watch import MarketMove, market_moves, turning_days
from assessments.framework.notation import amount, day
from assessments.framework.shown_in import said
from assessments.speaking import speaks_german

from .market import current_market
from .own_frameworks import framework_at

_NOTHING = {
    "ends": gettext_noop("the signed figures had no end."),
    "changes": gettext_noop("the signed figures had no change of price."),
    "trains": gettext_noop("the signed figures had no last day of training."),
    "price": gettext_noop("the signed figures had none."),
}


def moved_since(document: Mapping[str, Any], today: date) -> list[str]:
    """What has moved under a frozen document, of which the parts `costs` and `origins` are looked at."""
    return [sentence(move) for move in market_moves(document, current_market(), today)]


def market_days(document: Mapping[str, Any]) -> set[date]:
    """The days on which what has moved under a frozen document can be another, in the market in force."""
    return turning_days(document, current_market())


def sentence(move: MarketMove) -> str:
    """
    >>> end = MarketMove(code="ends", provider="OpenAI", what="gpt-5-mini", then=None, now=date(2026, 12, 11))
    >>> sentence(end)
    'OpenAI now ends gpt-5-mini on 11 December 2026; the signed figures had no end.'
    """
    had = _(_NOTHING[move.code])
    if move.then is not None:
        had = _("the signed figures had {value}.").format(value=_written(move.then))
    framework = framework_at()
    label = framework.cost_inputs.approach[move.key].label if move.code == "price" else ""
    figure = label if speaks_german() else f"{label[:1].lower()}{label[1:]}"
    provider, model = said(framework, "provider", move.provider), said(framework, "model", move.what)
    return _now(move).format(provider=provider, model=model, now=_written(move.now), figure=figure, had=had)


def _now(move: MarketMove) -> str:
    """What is so now, with places for who, what, when and what was so."""
    match move.code:
        case "ends" if move.now is None:
            return _("{provider} no longer names an end of {model}; {had}")
        case "ends":
            return _("{provider} now ends {model} on {now}; {had}")
        case "changes" if move.now is None:
            return _("{provider} no longer announces another price of {model}; {had}")
        case "changes":
            return _("{provider} now changes the price of {model} on {now}; {had}")
        case "trains" if move.now is None:
            return _("{provider} no longer names a last day of training {model}; {had}")
        case "trains":
            return _("{provider} now lets nobody train {model} after {now}; {had}")
    return _("{provider}, {model}: {figure} is {now} now; {had}")


def _written(value: date | float | None) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return day(value)
    return amount(f"{value:,.6g}", "$")
