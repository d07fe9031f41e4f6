"""One hash over everything that a result shows, so that a change of any part is seen."""

import hashlib
from typing import Any

import rfc8785


def content_hash(document: dict[str, Any], result: dict[str, Any]) -> str:
    """SHA-256, in hex, over the canonical JSON (RFC 8785) of a document and its result.

    The result names the framework's own hash. The order of keys does not matter, nor whether a database
    gives a number back as 10¹⁸ that was stored as 10.0¹⁸.

    >>> content_hash({"a": 1, "b": 2}, {}) == content_hash({"b": 2, "a": 1}, {})
    True
    >>> content_hash({"a": 10**18}, {}) == content_hash({"a": 1e18}, {})
    True
    """
    return hashlib.sha256(rfc8785.dumps(_plain({"document": document, "result": result}))).hexdigest()


def _plain(value: Any) -> Any:
    """The same value without whole numbers that RFC 8785 does not know."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, int) and abs(value) >= 2**53:
        return float(value)
    return value
