"""What is wrong with what a program sent, in the words that documents are refused with."""

import re
from collections.abc import Sequence

import msgspec

from assessments.pages.problem import PathFault

_KINDS = {"str": "text", "int": "a whole number", "float": "a number", "bool": "true or false", "array": "a list"}
_KINDS |= {"object": "an object", "null": "null"}
_OF_THE_WHOLE: Sequence[tuple[str, str]] = (
    (r"Object contains unknown field `(.*)`", "is not a known key"),
    (r"Object missing required field `(.*)`", "must be there"),
)
"""What is said of an object about one of its keys."""
_SIZES = {"<=": "at most", ">=": "at least"}


def sent_fault(error: msgspec.ValidationError) -> PathFault:
    """
    >>> def told(sent, type):
    ...     try:
    ...         msgspec.json.decode(sent, type=type)
    ...     except msgspec.ValidationError as error:
    ...         return "{0.path}: {0.sentence}".format(sent_fault(error))
    >>> Row = msgspec.defstruct("Row", [("seen", int), ("names", list[str], [])], forbid_unknown_fields=True)
    >>> told(b'[{"seen": "a"}]', list[Row]), told(b'{"sen": 1}', Row), told(b"{}", Row)
    ('[0].seen: must be a whole number', 'sen: is not a known key', 'seen: must be there')
    """
    said, _, place = str(error).partition(" - at `")
    path = place.removesuffix("`").removeprefix("$").removeprefix(".")
    for pattern, words in _OF_THE_WHOLE:
        if found := re.fullmatch(pattern, said, re.DOTALL):
            return PathFault(path=f"{path}.{found[1]}" if path else found[1], sentence=words)
    return PathFault(path=path, sentence=_in_words(said))


def _in_words(said: str) -> str:
    if found := re.fullmatch(r"Expected `(.+)`, got `.+`", said):
        return f"must be {' or '.join(_KINDS.get(kind, kind) for kind in found[1].split(' | '))}"
    if found := re.fullmatch(r"Expected `(?:int|float)` (<=|>=) (.+)", said):
        return f"must be {_SIZES[found[1]]} {found[2]}"
    if found := re.fullmatch(r"Expected `(\w+)` of length (<=|>=) (\d+)", said):
        one, many = ("character", "characters") if found[1] == "str" else ("entry", "entries")
        return f"must have {_SIZES[found[2]]} {found[3]} {one if found[3] == '1' else many}"
    if "matching regex" in said:
        return "has characters that cannot be in it, or is too long"
    if found := re.fullmatch(r"Invalid enum value (.*)", said, re.DOTALL):
        return f"{found[1]} is none of what this can be"
    return said
