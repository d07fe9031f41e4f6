"""One hash over everything that a result shows, so that a change of any part is seen."""

import hashlib
from typing import Any

import rfc8785


def content_hash(document: dict[str, Any], result: dict[str, Any]) -> str:
    """SHA-256, in hex, over the canonical JSON (RFC 8785) of a document and its result.

    The result names the framework's own hash. The order of keys does not matter.

    >>> content_hash({"a": 1, "b": 2}, {}) == content_hash({"b": 2, "a": 1}, {})
    True
    """
    return hashlib.sha256(rfc8785.dumps({"document": document, "result": result})).hexdigest()
