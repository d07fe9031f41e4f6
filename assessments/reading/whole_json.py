"""Reads a whole JSON file into a typed shape, with what other tools write and strict readers refuse."""

import mmap
import re
from collections.abc import Iterator
from typing import TypeVar

import msgspec

from .one_file import CannotRead, OpenFile

T = TypeVar("T")

MOST_WITH_NAN = 100 * 1024 * 1024
_MARK = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"{\0", b"[\0", b"\0{", b"\0[")
_SURROGATE = re.compile(rb"\\\\|(?:\\u[dD][89abAB]..\\u[dD][c-fC-F]..)|\\u[dD][89a-fA-F]..")
"""Halves of characters, and what must not be taken for one: an escaped backslash, and two halves that are whole."""
_ODD = re.compile(rb"NaN|Infinity|\\u[dD][89a-fA-F]")
_NOT_JSON = re.compile(rb'"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b')


def whole_json(file: OpenFile, shape: type[T]) -> T:
    """The file in this shape; `NaN` and `Infinity`, which no standard of JSON has, count as null.

    Raises CannotRead. Keys that the shape does not have are passed over.
    """
    with file.path.open("rb") as opened:
        if not file.size:
            raise CannotRead("empty")
        mapped = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    start = len(_MARK) if mapped[:3] == _MARK else 0
    if mapped[start : start + 2].startswith(_UTF_16):
        raise CannotRead("json_not_utf_8")
    return _decoded(memoryview(mapped)[start:], shape)  # never released: what is `Raw` points into it


def _decoded(data: memoryview, shape: type[T]) -> T:
    try:
        return msgspec.json.decode(data, type=shape)
    except msgspec.ValidationError:
        raise CannotRead("other_shape") from None
    except msgspec.DecodeError as error:
        if len(data) > MOST_WITH_NAN or not is_odd(data):
            raise CannotRead("broken_json", place=_place(error)) from None
    except RecursionError:
        raise CannotRead("nested_too_deep") from None
    return without_nan(data, shape)


def is_odd(text: bytes | memoryview) -> bool:
    """Whether it may hold what tools write and no standard of JSON has."""
    return _ODD.search(text) is not None


def without_nan(text: bytes | memoryview, shape: type[T]) -> T:
    """The same of a text in which a number may be missing: `NaN` outside of quotes counts as null. Raises CannotRead.

    Half a character, as a text that was cut has it, becomes the sign for one that is not known.

    >>> without_nan(b'{"said": "NaN", "score": NaN, "least": -Infinity}', dict)
    {'said': 'NaN', 'score': None, 'least': None}
    >>> without_nan(rb'{"cut": "a\\ud83d", "whole": "\\ud83d\\ude00"}', dict)
    {'cut': 'a�', 'whole': '😀'}
    """
    cleaned = b"".join(_pieces(text))
    try:
        return msgspec.json.decode(cleaned, type=shape)
    except msgspec.ValidationError:
        raise CannotRead("other_shape") from None
    except msgspec.DecodeError as error:
        raise CannotRead("broken_json", place=_place(error)) from None
    except RecursionError:
        raise CannotRead("nested_too_deep") from None


def _pieces(text: bytes | memoryview) -> Iterator[bytes | memoryview]:
    """The text in a few pieces: what need not be changed is not copied, as memory is limited."""
    end = 0
    for found in _NOT_JSON.finditer(text):
        word = found[0]
        standard = _standard(word)
        if standard != word:
            yield text[end : found.start()]
            yield standard
            end = found.end()
    yield text[end:]


def _standard(word: bytes) -> bytes:
    if not word.startswith(b'"'):
        return b"null"
    if b"\\u" not in word:
        return word
    return _SURROGATE.sub(lambda half: b"\\ufffd" if len(half[0]) == 6 else half[0], word)


def _place(error: msgspec.DecodeError) -> int:
    """At which byte it is broken; 0 where that is not said."""
    found = re.search(r"byte (\d+)", str(error))
    return int(found[1]) if found else 0
