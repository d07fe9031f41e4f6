"""The method and what it rests on, as data: framework, rules in words, published cases, and the market in force."""

from functools import lru_cache
from typing import Any

import msgspec

from assessments.framework import Framework, load_framework
from assessments.presenters.method import present_method
from assessments.services.market import current_market

from .operation import OPERATIONS, Call


@lru_cache(maxsize=8)
def _framework(framework: Framework) -> dict[str, Any]:
    """Without what has an address of its own, and without what the program keeps beside it for itself."""
    told = plain(framework)
    return {name: part for name, part in told.items() if name not in ("market", "precedents")}


def plain(part: Any) -> dict[str, Any]:
    """A part of the method as JSON values."""
    return dict(msgspec.to_builtins(part, enc_hook=_plain))


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, (set, frozenset)) else dict(value)


@OPERATIONS.add("GET", "framework", opens="workspace", right="read", gives=dict[str, Any])
def read_framework(call: Call) -> dict[str, Any]:
    """What is asked, what closes and what ranks, with every threshold and its source."""
    return framework_data()


def framework_data() -> dict[str, Any]:
    return _framework(load_framework())


@OPERATIONS.add("GET", "method", opens="workspace", right="read", gives=dict[str, Any])
def read_method(call: Call) -> dict[str, Any]:
    """The rules in words, as the page of the method has them."""
    return method_data()


def method_data() -> dict[str, Any]:
    told = plain(present_method(load_framework().key))
    del told["framework"]
    return told


@OPERATIONS.add("GET", "precedents", opens="workspace", right="read", gives=dict[str, Any])
def read_precedents(call: Call) -> dict[str, Any]:
    """Every published case that assessments are held against, with its source."""
    return plain(load_framework().precedents)


@OPERATIONS.add("GET", "market", opens="workspace", right="read", gives=dict[str, Any])
def read_market(call: Call) -> dict[str, Any]:
    """Where a tune can be bought and what base models cost, each row with its source and its day."""
    return plain(current_market())
