"""The lines of a training set as JSON values, one by one: too long, not JSON, equal keys and half characters are told."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Never

import msgspec

from assessments.engine.measured.found import Told

from .one_file import CannotRead

LONGEST_LINE = 1_000_000
"""Bytes. What is longer is skipped and told: no provider takes such an example."""
_MARK = b"\xef\xbb\xbf"
_DECODE = msgspec.json.Decoder().decode
_DECODE_LIST = msgspec.json.Decoder(list[msgspec.Raw]).decode
_KEY_LIKE = re.compile(rb'"\s*:')
_PLACE = re.compile(r"\(byte (\d+)\)")


class LineFault(Exception):
    """A line that some provider refuses, or from which nothing would be learnt."""

    def __init__(self, code: str, **figures: str | int | float):
        super().__init__(code)
        self.said = Told(code=code, figures=figures)


@dataclass(slots=True, kw_only=True)
class Lines:
    """The lines of one file, and what was seen of the file on the way."""

    path: Path
    is_array: bool
    """Whether the file is one JSON list: lines are then its members, counted from 1."""
    has_mark: bool = False
    has_crlf: bool = False
    done: int = 0
    """Bytes gone through so far."""
    _members: list[msgspec.Raw] = field(default_factory=list)

    def __iter__(self) -> Iterator[tuple[int, bytes | None]]:
        """Number from 1 and bytes of each line without its end; None for a line that is too long."""
        self.done = 0
        return self._of_list() if self.is_array else self._of_file()

    def _of_list(self) -> Iterator[tuple[int, bytes | None]]:
        for number, member in enumerate(self._members, start=1):
            line = bytes(member)
            self.done += len(line)
            yield number, line if len(line) <= LONGEST_LINE else None

    def _of_file(self) -> Iterator[tuple[int, bytes | None]]:
        with self.path.open("rb") as file:
            number = 0
            while line := file.readline(LONGEST_LINE + 2):
                number += 1
                self.done += len(line)
                if number == 1 and line.startswith(_MARK):
                    self.has_mark, line = True, line.removeprefix(_MARK)
                is_long = len(line.rstrip(b"\r\n")) > LONGEST_LINE
                while not line.endswith(b"\n") and (rest := file.readline(LONGEST_LINE)):
                    self.done += len(rest)
                    line, is_long = rest, True
                self.has_crlf = self.has_crlf or line.endswith(b"\r\n")
                yield number, None if is_long else line.strip()


def lines_of(path: Path) -> Lines:
    """The lines of a file, or the members of the one JSON list that it is."""
    with path.open("rb") as file:
        start = file.read(4096).removeprefix(_MARK).lstrip()
    if not start.startswith(b"["):
        return Lines(path=path, is_array=False)
    content = path.read_bytes()
    has_mark = content.startswith(_MARK)
    try:
        members = _DECODE_LIST(content.removeprefix(_MARK))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        if _begins_whole(start):
            return Lines(path=path, is_array=False)
        place = _PLACE.search(str(error))
        before = content[: int(place[1])] if place else content
        raise CannotRead("list_not_json", line=before.count(b"\n") + 1) from None
    return Lines(path=path, is_array=True, has_mark=has_mark, _members=members)


def _begins_whole(start: bytes) -> bool:
    """Whether the first line is a whole JSON list: then the file is made of lines."""
    try:
        _DECODE_LIST(start.partition(b"\n")[0])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


def line_value(line: bytes) -> tuple[object, bool]:
    """The JSON value of a line, and whether an object in it has two equal keys (the last one counts).

    >>> line_value(b'{"text": "a", "text": "b"}')
    ({'text': 'b'}, True)
    """
    try:
        value = _DECODE(line)
    except RecursionError:
        raise LineFault("nested_too_deep") from None
    except UnicodeDecodeError:
        raise LineFault("not_utf8") from None
    except msgspec.ValidationError:
        raise LineFault("number_out_of_range") from None
    except msgspec.DecodeError:
        raise LineFault(_why_no_json(line)) from None
    return value, _has_equal_keys(line, value)


def _why_no_json(line: bytes) -> str:
    try:
        json.loads(line.decode(), parse_constant=_is_no_number)
    except UnicodeDecodeError:
        return "not_utf8"
    except RecursionError:
        return "nested_too_deep"
    except _NotANumber:
        return "not_a_number"
    except ValueError:
        return "not_json"
    return "half_character"


class _NotANumber(Exception):
    """NaN or Infinity, which JSON does not have."""


def _is_no_number(name: str) -> Never:
    raise _NotANumber(name)


def _has_equal_keys(line: bytes, value: object) -> bool:
    """Counts what looks like a key; only where that is more than there are keys, the line is read again, slowly."""
    if len(_KEY_LIKE.findall(line)) == _keys(value):
        return False
    seen = False

    def pairs(members: list[tuple[str, object]]) -> dict[str, object]:
        nonlocal seen
        kept = dict(members)
        seen = seen or len(kept) < len(members)
        return kept

    json.loads(line, object_pairs_hook=pairs)
    return seen


def _keys(value: object) -> int:
    if isinstance(value, dict):
        return len(value) + sum(_keys(one) for one in value.values() if isinstance(one, dict | list))
    if isinstance(value, list):
        return sum(_keys(one) for one in value if isinstance(one, dict | list))
    return 0
