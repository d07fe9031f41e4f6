"""The market in force: the newest reviewed file that was taken over, or what came with the framework."""

import hashlib
import logging
from dataclasses import dataclass, replace
from functools import lru_cache
from time import monotonic

from django.db import transaction

from assessments.framework import Framework, load_framework
from assessments.framework.market import Market
from assessments.framework.market_file import MarketFileError, read_market
from assessments.framework.shown_in import as_read
from assessments.models import Assessment, MarketFile

from . import webhooks
from .own_frameworks import typed_framework_at

LOOK_AGAIN_AFTER = 60
"""Seconds after which a process asks the database whether a newer file was taken over."""
_log = logging.getLogger(__name__)


class MarketRefused(Exception):
    """Why a file is not taken over, in sentences."""

    def __init__(self, sentences: tuple[str, ...]):
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What this process knows, and until when it asks nobody."""

    market: Market
    sha256: str
    until: float


_kept: _Kept | None = None


def own_market() -> Market:
    """What came with the framework."""
    return load_framework().market


def current_market() -> Market:
    """The market in force. Asks the database at most once a minute, and reads a file once."""
    kept = _kept
    return kept.market if kept and monotonic() < kept.until else _looked_up()


def framework_in_force(key: str = "") -> Framework:
    """The framework of that version, or the current one, with the market in force: nothing that decides is another.

    It is in the words of whoever reads now.
    """
    framework, market = typed_framework_at(key), current_market()
    return as_read(framework if market is framework.market else _with_market(framework, market))


@lru_cache(maxsize=8)
def _with_market(framework: Framework, market: Market) -> Framework:
    """One object for each state of the market: what is worked out from a framework is kept by it."""
    return replace(framework, market=market)


def keep(market: Market, sha256: str = "", *, seconds: float = LOOK_AGAIN_AFTER) -> Market:
    """What this process takes as in force for so long."""
    global _kept
    _kept = _Kept(market=market, sha256=sha256, until=monotonic() + seconds)
    return market


def _looked_up() -> Market:
    newest = MarketFile.objects.filter(as_of__gte=own_market().as_of).defer("text").first()
    if newest is None:
        return keep(own_market())
    if _kept and _kept.sha256 == newest.sha256:
        return keep(_kept.market, newest.sha256)
    return keep(_read_stored(newest), newest.sha256)


def _read_stored(stored: MarketFile) -> Market:
    """What an earlier release took over and this one cannot read counts as not there."""
    try:
        return read_market(stored.text.encode(), load_framework().cost_inputs.approach)
    except MarketFileError as error:
        _log.warning("The stored market of %s cannot be read: %s", stored.as_of, error)
        return own_market()


def checked(data: bytes) -> Market:
    """The market of a file that may be taken over. Raises MarketRefused, with every fault."""
    try:
        market = read_market(data, load_framework().cost_inputs.approach)
    except MarketFileError as error:
        raise MarketRefused(error.faults) from None
    if market.as_of < (now := _looked_up().as_of):
        older = f"The file is of {market.as_of}, and what is in force is of {now}: an older file is not taken over"
        raise MarketRefused((older,))
    return market


@transaction.atomic
def take_over(data: bytes, *, reviewed_by: str) -> Market:
    """Stores a reviewed file, which is in force at once here, and within a minute everywhere.

    Raises MarketRefused as `checked` does.
    """
    market = checked(data)
    digest = hashlib.sha256(data).hexdigest()
    MarketFile.objects.create(sha256=digest, as_of=market.as_of, text=data.decode(), reviewed_by=reviewed_by)
    webhooks.tell_of_market(market.as_of)
    Assessment.objects.update(list_entry_is_old=True)  # lists tell a verdict, which may rest on a price
    return keep(market, digest)
