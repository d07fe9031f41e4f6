"""Signed decisions that rest on something in the market that has moved since, and what moved, in sentences."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from assessments.engine.economics.market_watch import MarketMove, market_moves, turning_days

from .market import current_market
from .own_frameworks import framework_at

_NOTHING = {"ends": "no end", "changes": "no change of price", "trains": "no last day of training", "price": "none"}


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
    now = _said(move.now)
    had = f"the signed figures had {_said(move.then) if move.then is not None else _NOTHING[move.code]}."
    match move.code:
        case "ends" if move.now is None:
            return f"{move.provider} no longer names an end of {move.what}; {had}"
        case "ends":
            return f"{move.provider} now ends {move.what} on {now}; {had}"
        case "changes" if move.now is None:
            return f"{move.provider} no longer announces another price of {move.what}; {had}"
        case "changes":
            return f"{move.provider} now changes the price of {move.what} on {now}; {had}"
        case "trains" if move.now is None:
            return f"{move.provider} no longer names a last day of training {move.what}; {had}"
        case "trains":
            return f"{move.provider} now lets nobody train {move.what} after {now}; {had}"
    label = framework_at().cost_inputs.approach[move.key].label
    return f"{move.provider}, {move.what}: {label[0].lower()}{label[1:]} is {now} now; {had}"


def _said(value: date | float | None) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    return f"${value:,.6g}"
