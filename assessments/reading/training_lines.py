"""The lines of a training set as JSON values, one by one, with what is wrong with a line before it is looked into."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Never, Protocol

import msgspec

from assessments.engine.measured.found import FileChoice, Told

from .one_file import OpenFile
from .table import FaultList
from .whole_json import whole_json

LONGEST_LINE = 1_000_000
"""Bytes. What is longer is skipped and told: no provider takes such an example."""
_MARK = b"\xef\xbb\xbf"
_DECODE = msgspec.json.Decoder().decode
_DECODE_LIST = msgspec.json.Decoder(list[msgspec.Raw]).decode
_KEY_LIKE = re.compile(rb'"\s*:')
_START = 65_536


class LineFault(Exception):
    """A line that some provider refuses, or from which nothing would be learnt."""

    def __init__(self, code: str, **figures: str | int | float):
        super().__init__(code)
        self.said = Told(code=code, figures=figures)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingLine:
    """One line: an object, a fault, or nothing at all."""

    number: int
    """From 1; in a JSON list the place in it."""
    value: Mapping[str, object] | None = None
    fault: LineFault | None = None
    has_equal_keys: bool = False
    is_reviewed: bool | None = None
    """What a column says of it; None where none says."""

    @property
    def is_empty(self) -> bool:
        return self.value is None and self.fault is None


class TrainingLines(Protocol):
    """The lines of a file, and what is to be said of the file itself once all are read."""

    choices: Sequence[FileChoice]
    faults: FaultList
    """Rows that are no lines at all."""

    def __iter__(self) -> Iterator[TrainingLine]: ...

    @property
    def share(self) -> float:
        """How much of the file is read, 0 to 1."""

    @property
    def notes(self) -> Sequence[Told]: ...


@dataclass(slots=True, kw_only=True)
class JsonLines:
    """The lines of a JSONL file, or the members of the one JSON list that a file is."""

    file: OpenFile
    members: Sequence[msgspec.Raw] | None = None
    has_mark: bool = False
    has_crlf: bool = False
    done: int = 0
    """Bytes gone through so far."""
    choices: Sequence[FileChoice] = ()
    faults: FaultList = field(default_factory=FaultList)

    def __iter__(self) -> Iterator[TrainingLine]:
        self.done = 0
        for number, line in enumerate(self._of_file() if self.members is None else self._of_list(), start=1):
            yield _line(number, line)

    @property
    def share(self) -> float:
        return self.done / self.file.size if self.file.size else 1.0

    @property
    def notes(self) -> Sequence[Told]:
        told = {"byte_mark": self.has_mark, "crlf": self.has_crlf, "json_list": self.members is not None}
        return [Told(code=code) for code, is_so in told.items() if is_so]

    def _of_list(self) -> Iterator[bytes | None]:
        for member in self.members or ():
            line = bytes(member)
            self.done += len(line)
            yield line if len(line) <= LONGEST_LINE else None

    def _of_file(self) -> Iterator[bytes | None]:
        """Each line without its end; None for one that is too long, of which no more is kept than is read at once."""
        with self.file.path.open("rb") as file:
            while line := file.readline(LONGEST_LINE + 2):
                if self.done == 0 and line.startswith(_MARK):
                    self.has_mark, line = True, line.removeprefix(_MARK)
                    self.done += len(_MARK)
                self.done += len(line)
                is_long = len(line.rstrip(b"\r\n")) > LONGEST_LINE
                while not line.endswith(b"\n") and (rest := file.readline(LONGEST_LINE)):
                    self.done += len(rest)
                    line, is_long = rest, True
                self.has_crlf = self.has_crlf or line.endswith(b"\r\n")
                yield None if is_long else line.strip()


def json_lines(file: OpenFile) -> JsonLines:
    """The lines of a file. Raises CannotRead where it is one JSON list that is broken."""
    with file.path.open("rb") as opened:
        start = opened.read(_START)
    is_marked = start.startswith(_MARK)
    start = start.removeprefix(_MARK).lstrip()
    first, _, rest = start.partition(b"\n")
    if not start.startswith(b"[") or (rest.strip() and _is_list(first)):
        return JsonLines(file=file)
    return JsonLines(file=file, has_mark=is_marked, members=whole_json(file, list[msgspec.Raw]))


def _line(number: int, line: bytes | None) -> TrainingLine:
    if line is None:
        return TrainingLine(number=number, fault=LineFault("too_long"))
    if not line:
        return TrainingLine(number=number)
    try:
        value, has_equal_keys = line_value(line)
    except LineFault as fault:
        return TrainingLine(number=number, fault=fault)
    if not isinstance(value, dict):
        return TrainingLine(number=number, fault=LineFault("no_object"))
    said = value.pop("reviewed", None)
    reviewed = said if isinstance(said, bool) else None
    return TrainingLine(number=number, value=value, has_equal_keys=has_equal_keys, is_reviewed=reviewed)


def _is_list(line: bytes) -> bool:
    """Whether a line is a whole JSON list: with more below it, the file is made of lines."""
    try:
        _DECODE_LIST(line)
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
        return value, _has_equal_keys(line, value)
    except RecursionError:
        raise LineFault("too_deep") from None
    except UnicodeDecodeError:
        raise LineFault("not_utf8") from None
    except msgspec.ValidationError:
        raise LineFault("number_out_of_range") from None
    except msgspec.DecodeError:
        raise LineFault(_why_no_json(line)) from None


def _why_no_json(line: bytes) -> str:
    try:
        json.loads(line.decode(), parse_constant=_is_no_number)
    except UnicodeDecodeError:
        return "not_utf8"
    except RecursionError:
        return "too_deep"
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
