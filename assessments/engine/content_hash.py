"""One hash over what was decided, on what, and by which rules, so that a change of any of it is seen.

It covers the document, the hash of the rules in force (framework/fingerprint.py says what these are) and the codes
and figures of the result. It does not cover what a release may say otherwise tomorrow though nothing was decided
otherwise: the framework's name, what a goal's kind of tuning is called, the published cases beside the verdict, and
what the market charges for models that the assessment does not use.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785

RULE = 2
"""Which of the rules below hashes what is frozen from now on."""


def content_hash(document: Mapping[str, Any], result: Mapping[str, Any], *, rule: int = RULE) -> str:
    """SHA-256, in hex, over the canonical JSON (RFC 8785) of a document and its result.

    The order of keys does not matter, nor whether a database gives a number back as 10¹⁸ that was stored as 10.0¹⁸.
    Rule 1 is that of versions frozen before there was another one: all that was stored, sentences too.

    >>> content_hash({"a": 1, "b": 2}, {}, rule=1) == content_hash({"b": 2, "a": 1}, {}, rule=1)
    True
    >>> content_hash({"a": 10**18}, {}, rule=1) == content_hash({"a": 1e18}, {}, rule=1)
    True
    """
    decided = result if rule == 1 else _decided(result)
    return hashlib.sha256(rfc8785.dumps(_plain({"document": document, "result": decided}))).hexdigest()


_BESIDE = frozenset({"precedents", "closest_other_way", "outside_view", "cheapest_model"})
_SAID = {"framework": "name", "plan": "kind"}
"""What parts of a result say in words."""


def _decided(result: Mapping[str, Any]) -> dict[str, Any]:
    """The codes and figures of a result, and the rules in force by their hash."""
    return {key: _without(_SAID.get(key), part) for key, part in result.items() if key not in _BESIDE}


def _without(name: str | None, part: Any) -> Any:
    if isinstance(part, (list, tuple)) and name:
        return [_without(name, one) for one in part]
    return {key: value for key, value in part.items() if key != name} if isinstance(part, dict) else part


def _plain(value: Any) -> Any:
    """The same value without whole numbers that RFC 8785 does not know."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, int) and abs(value) >= 2**53:
        return float(value)
    return value
