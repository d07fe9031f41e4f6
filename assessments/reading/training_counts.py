"""Counts a training set example by example: copies, contradictions, near copies, labels, lengths and hints."""

import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
import numpy as np

from .training_hints import hints_in
from .training_layouts import Example
from .training_near import NearCopies

MOST_LISTED = 200
MOST_LABELS = 50
_LONGEST_LABEL = 200
_MOST_DIFFERENT = 0.5
"""Of all answers."""
_LEAST_SHARE_WITH_KEY = 0.5
_MOST_KEYS = 50
_DECODE = msgspec.json.Decoder(dict[str, Any]).decode


class LabelCounts:
    """Counts answers while they can be labels: short, and few different ones.

    Answers of which most stand there once are texts, and of these none may be kept. A key that was picked is one.
    """

    def __init__(self, *, is_picked: bool) -> None:
        self._is_picked = is_picked
        self._total = 0
        self._counts: Counter[str] | None = Counter()

    def add(self, label: str) -> None:
        if self._counts is None:
            return
        if len(label.encode()) > _LONGEST_LABEL:
            self._counts = None
            return
        self._total += 1
        self._counts[label] += 1
        if len(self._counts) > MOST_LABELS:
            self._counts = None

    @property
    def may_be_labels(self) -> bool:
        return self._counts is not None

    @property
    def counts(self) -> Mapping[str, int] | None:
        """By label, the most frequent first; None where the answers are no labels."""
        if not self._counts or not (self._is_picked or len(self._counts) <= _MOST_DIFFERENT * self._total):
            return None
        return dict(self._counts.most_common())


class PairsOfLines:
    """Pairs of an earlier and a later line: the first are listed, all are counted."""

    def __init__(self) -> None:
        self.listed: list[tuple[int, int]] = []
        self.count = 0

    def add(self, earlier: int, later: int) -> None:
        self.count += 1
        if len(self.listed) < MOST_LISTED:
            self.listed.append((earlier, later))


class ExampleCounts:
    """All that is counted of the valid examples of one file."""

    def __init__(self, *, label_key: str = "", with_answers: bool = True) -> None:
        """`with_answers`: whether two answers to one input contradict each other, as they do not in pairs."""
        self._label_key = label_key
        self._with_answers = with_answers
        # by hash the place among the valid examples: few objects, as there may be many lines
        self._wholes: dict[int, int] = {}
        self._inputs: dict[int, int] = {}
        self._again: dict[int, set[int]] = {}
        self._label_of: dict[int, str] = {}
        self._near = NearCopies()
        self._numbers, self._sizes, self._answers = array("I"), array("I"), array("q")
        self._json_keys: Counter[str] = Counter()
        self._labels = LabelCounts(is_picked=bool(label_key))
        self.copies, self.contradictions = PairsOfLines(), PairsOfLines()
        self.near, self._near_other_label = PairsOfLines(), PairsOfLines()
        self.hints: dict[str, list[int]] = {}
        self.hint_counts: Counter[str] = Counter()

    def add(self, number: int, example: Example) -> None:
        self._numbers.append(number)
        self._sizes.append(example.size)
        for kind in hints_in(example.text):
            self.hint_counts[kind] += 1
            if self.hint_counts[kind] <= MOST_LISTED:
                self.hints.setdefault(kind, []).append(number)
        label = self._label(example)
        if label is not None:
            self._labels.add(label)
        if self._is_new(number, example):
            self._compare(number, example, label)

    def _label(self, example: Example) -> str | None:
        """The answer, or what its picked key says; None where there is no such thing."""
        if not self._with_answers or example.answer is None:
            return None
        output = example.output
        answer = _object(output)
        self._json_keys.update(key for key in answer if len(self._json_keys) < _MOST_KEYS or key in self._json_keys)
        if not self._label_key:
            return output.strip()
        value = answer.get(self._label_key)
        return None if value is None else value if isinstance(value, str) else msgspec.json.encode(value).decode()

    def _is_new(self, number: int, example: Example) -> bool:
        """Whether its input is new; tells what stands there twice on the way."""
        whole, before, answer = example.hashes
        place = len(self._answers)
        self._answers.append(answer)
        same, first = self._wholes.setdefault(whole, place), self._inputs.setdefault(before, place)
        if first != place:
            answers = self._again.setdefault(before, {self._answers[first]})
            if same == place and answer not in answers and self._with_answers and example.answer is not None:
                self.contradictions.add(self._numbers[first], number)
            answers.add(answer)
        if same != place:
            self.copies.add(self._numbers[same], number)
        return first == place

    def _compare(self, number: int, example: Example, label: str | None) -> None:
        near = self._near.add(number, example.input)
        if near is not None:
            self.near.add(near, number)
            if label is not None and self._label_of.get(near, label) != label:
                self._near_other_label.add(near, number)
        elif label is not None and self._labels.may_be_labels and self._near.keeps(number):
            self._label_of[number] = sys.intern(label)

    @property
    def valid(self) -> int:
        return len(self._sizes)

    @property
    def distinct(self) -> int:
        return len(self._wholes)

    @property
    def labels(self) -> Mapping[str, int] | None:
        return self._labels.counts

    @property
    def near_other_label(self) -> PairsOfLines:
        """None, where answers are no labels: two good answers to one question may differ."""
        return self._near_other_label if self.labels else PairsOfLines()

    @property
    def are_all_near_found(self) -> bool:
        return self._near.are_all_found

    @property
    def tokens(self) -> int:
        """Bytes ÷ 4 of each example, rounded up."""
        return int(((self._array() + 3) // 4).sum())

    @property
    def seen_twice(self) -> int:
        return len(self._again)

    @property
    def contradicted(self) -> int:
        return sum(len(answers) > 1 for answers in self._again.values()) if self._with_answers else 0

    @property
    def label_keys(self) -> tuple[str, ...]:
        """The keys that at least half of the answers have."""
        least = _LEAST_SHARE_WITH_KEY * self.valid
        return tuple(key for key, count in self._json_keys.items() if count >= least)

    def longest(self) -> tuple[int, tuple[tuple[int, int], ...]]:
        """How many examples are longer than Q3 + 3 IQR, and line and bytes of the first of them."""
        if not self._sizes:
            return 0, ()
        sizes = self._array()
        low, high = np.percentile(sizes, (25, 75))
        places = np.flatnonzero(sizes > high + 3 * (high - low))
        return len(places), tuple((self._numbers[place], self._sizes[place]) for place in places[:MOST_LISTED])

    def _array(self) -> "np.ndarray[Any, np.dtype[np.int64]]":
        return np.frombuffer(self._sizes, dtype=np.uint32).astype(np.int64)


class Overlap:
    """Which inputs of an evaluation file stand in the training set, or nearly so."""

    def __init__(self, inputs: Iterable[str]) -> None:
        self._left: dict[int, list[int]] = {}
        self._near_index = NearCopies()
        self._exact: set[int] = set()
        self._near: set[int] = set()
        self._sharing: dict[int, list[int]] = {}
        for number, text in enumerate(inputs):
            same = self._left.setdefault(hash(text), [])
            if not same:
                self._near_index.keep(number, text)
            same.append(number)
            self._sharing[same[0]] = same

    def see(self, text: str) -> None:
        """An input of the training set."""
        self._exact.update(self._left.pop(hash(text), ()))
        for number in self._near_index.take_out(text):
            self._near.update(self._sharing[number])

    @property
    def exact(self) -> int:
        return len(self._exact)

    @property
    def near(self) -> int:
        """Without those that stand there exactly."""
        return len(self._near - self._exact)

    @property
    def are_all_found(self) -> bool:
        return self._near_index.are_all_found


def _object(output: str) -> dict[str, Any]:
    if not output.startswith("{"):
        return {}
    try:
        return _DECODE(output)
    except (ValueError, RecursionError):
        return {}
