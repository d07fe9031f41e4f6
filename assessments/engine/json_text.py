"""JSON text that may be hostile: read with every oddity refused in words."""

import json
from collections.abc import Sequence
from typing import Any, Never

from .plain_text import plain_text


class DocumentError(Exception):
    """A document that cannot be used. `faults` names every place and what is wrong there."""

    def __init__(self, faults: Sequence[str]):
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


def parse_json(raw: bytes) -> Any:
    """The JSON value in these bytes, its texts as they were meant. Raises DocumentError for anything else, also NaN."""
    try:
        value = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_no_repeats, parse_constant=_not_finite)
        return _in_plain_text(value)
    except UnicodeDecodeError:
        raise DocumentError(["document: not text in UTF-8"]) from None
    except RecursionError:
        raise DocumentError(["document: nested too deeply"]) from None
    except json.JSONDecodeError as error:
        message = f"document: not JSON, line {error.lineno}, column {error.colno}: {error.msg}"
        raise DocumentError([message]) from None
    except ValueError:  # a number of more than 4,300 digits
        raise DocumentError(["document: a number is too long to read"]) from None


def _in_plain_text(value: Any) -> Any:
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, list):
        return [_in_plain_text(one) for one in value]
    if isinstance(value, dict):
        return {key: _in_plain_text(one) for key, one in value.items()}
    return value


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise DocumentError([f"document: the key {quote(key)} stands there twice"])
            seen.add(key)
    return table


def _not_finite(constant: str) -> Never:
    raise DocumentError([f"document: {constant} is not a finite number"])


def quote(raw: Any) -> str:
    """A value for a message: short, and without control characters."""
    try:
        text = json.dumps(raw, ensure_ascii=False, default=str)
        text = text if text.isprintable() else json.dumps(raw, default=str)
    except RecursionError:
        text = "a deeply nested value"
    return text if len(text) <= 60 else f"{text[:50]}…{text[-1]}"
