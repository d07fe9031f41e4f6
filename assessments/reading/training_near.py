"""Near copies: texts that share at least 80 % of their word triples with an earlier one, found in linear time."""

import re
from array import array
from collections.abc import Iterable
from zlib import crc32

from rensa import RMinHash, RMinHashLSH

ALIKE = 0.8
_PERMUTATIONS, _BANDS, _SEED = 128, 32, 42
_FREE = 1_000_000
"""So many pairs are compared whatever they are. Then, in a crowd of texts that are somewhat alike, as under one long
template, each is compared with no more than `_CROWD` others, and what is found is said to be a least number."""
_CROWD = 16
_MOST_KEPT = 100_000
"""The index takes 2.5 kB for each text; what comes after so many is looked up in it, and not kept."""
_WORD = re.compile(r"\w+")


def triples(text: str) -> list[str]:
    """The word triples of a text in lower case; a text of fewer words is one of its own.

    >>> triples("The VPN drops twice"), triples("VPN drops")
    (['the vpn drops', 'vpn drops twice'], ['vpn drops'])
    """
    words = _WORD.findall(text.lower())
    if len(words) < 3:
        return [" ".join(words)] if words else []
    return list(map(" ".join, zip(words, words[1:], words[2:], strict=False)))


class NearCopies:
    """Texts by number, with those that came before them.

    >>> copies = NearCopies()
    >>> copies.add(1, "one two three four"), copies.add(2, "ONE, two, three, four!"), copies.add(3, "five six seven")
    (None, 1, None)
    """

    def __init__(self) -> None:
        self._index = RMinHashLSH(threshold=ALIKE, num_perm=_PERMUTATIONS, num_bands=_BANDS)
        self._parts: dict[int, array[int]] = {}
        self._free = _FREE
        self.are_all_found = True

    def add(self, number: int, text: str) -> int | None:
        """The number of the earliest text that this is a near copy of. What is none is kept for later ones."""
        sketch, parts = _sketch(text)
        if not parts:
            return None
        among = self._index.query(sketch)
        found = next((near for near in self._ordered(among) if self._are_alike(parts, near)), None)
        if found is None and (self._free > 0 or len(among) <= _CROWD):
            self._insert(number, sketch, parts)
        return found

    def keeps(self, number: int) -> bool:
        return number in self._parts

    def keep(self, number: int, text: str) -> None:
        """Keeps a text whatever came before it."""
        sketch, parts = _sketch(text)
        if parts:
            self._insert(number, sketch, parts)

    def take_out(self, text: str) -> list[int]:
        """The numbers of all texts that this is a near copy of, which are then forgotten."""
        sketch, parts = _sketch(text)
        found = [near for near in self._ordered(self._index.query(sketch)) if self._are_alike(parts, near)]
        for number in found:
            self._index.remove(number)
            del self._parts[number]
        return found

    def _insert(self, number: int, sketch: RMinHash, parts: set[int]) -> None:
        if len(self._parts) < _MOST_KEPT:
            self._index.insert(number, sketch)
            self._parts[number] = array("I", parts)
        else:
            self.are_all_found = False

    def _ordered(self, among: Iterable[int]) -> list[int]:
        ordered = sorted(among)
        if self._free <= 0 and len(ordered) > _CROWD:
            self.are_all_found = False
            return ordered[:_CROWD]
        self._free -= len(ordered)
        return ordered

    def _are_alike(self, parts: set[int], near: int) -> bool:
        other = self._parts[near]
        if min(len(parts), len(other)) < ALIKE * max(len(parts), len(other)):
            return False
        shared = len(parts.intersection(other))
        return shared >= ALIKE * (len(parts) + len(other) - shared)


def _sketch(text: str) -> tuple[RMinHash, set[int]]:
    shingles = [*map(str.encode, triples(text))]
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    sketch.update(shingles)
    return sketch, {*map(crc32, shingles)}
