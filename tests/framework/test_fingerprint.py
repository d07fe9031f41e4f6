"""The hash of a framework: what decides changes it, what is only said does not, and a released one stays what it is."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from assessments.framework import load_framework
from assessments.framework.fingerprint import DECIDING

V1 = load_framework()
BESIDE = {"quick", "citations", "guide", "precedents", "market", "approach_costs", "legal", "evidence", "upkeep"}
"""What of a framework stands beside its verdicts."""


def test_a_released_framework_is_never_edited() -> None:
    """A rule that changes makes another framework: assessments keep the one that they were answered under."""
    assert V1.sha256 == "9dea1871485205965431127e86189eb17103906b19aae29e570fae37cc6b1808"


def changed(value: Any, change: Any) -> Iterator[tuple[str, Any]]:
    """The same tree with one leaf changed, for each leaf that `change` gives another value for; and where it is."""
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if field.name not in BESIDE:
                for place, other in changed(getattr(value, field.name), change):
                    yield f"{type(value).__name__}.{field.name} {place}", replace(value, **{field.name: other})
    elif isinstance(value, Mapping):
        for key, part in value.items():
            for place, other in changed(part, change):
                yield f"{key} {place}", {**value, key: other}
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            for place, other in changed(part, change):
                yield f"{index} {place}", (*value[:index], other, *value[index + 1 :])
    elif (other := change(value)) is not None:
        yield "", other


def hashes(change: Any) -> dict[str, str]:
    """The hash after each such change; of many leaves of one kind the first few are enough."""
    found: dict[str, str] = {}
    kinds: dict[str, int] = {}
    for place, other in changed(V1, change):
        kind = " ".join(part for part in place.split() if "." in part)
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] <= 3:
            found[place] = other.sha256
    return found


def another_number(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int | float) else None


PLAIN = {
    *("OtherRange.examples_from", "OtherRange.examples_to"),
    *("Field.share", "Field.offers_range", "Field.past", "Section.while_tuning"),
    *("Question.share", "Question.offers_range", "Question.past", "Question.optional", "Question.rest_is_no"),
}
"""How a number is shown and asked for, and what newer guides say otherwise, which decides nothing."""
_GATED = (*(gate.when for gate in V1.gates), *(one.when for one in V1.go_waits))
_STATED = (*V1.matrix.tried.values(), *_GATED, *(one.when for one in V1.matrix.set_scores))
CONDITIONS = {term for conditions in _STATED for line in conditions for term in line}
"""What reads like a sentence and decides."""


def test_every_number_that_decides_is_in_it() -> None:
    found = {place: digest for place, digest in hashes(another_number).items() if " Group." not in place}
    assert len(found) > 80
    same = {place for place, digest in found.items() if digest == V1.sha256}
    assert {place.split()[-1] for place in same} <= PLAIN, same


def test_no_sentence_is_in_it() -> None:
    def another_sentence(value: Any) -> Any:
        is_words = isinstance(value, str) and " " in value and value not in CONDITIONS
        return f"{value} Or so." if is_words else None

    found = hashes(another_sentence)
    assert len(found) > 80
    assert {place for place, digest in found.items() if digest != V1.sha256} == set()


@pytest.mark.parametrize("part", sorted(BESIDE))
def test_what_stands_beside_a_verdict_is_not_in_it(part: Any) -> None:
    assert part not in DECIDING["Framework"]


def test_a_published_case_and_a_price_can_be_mended() -> None:
    case, *others = V1.precedents.cases
    mended = replace(case, title="Another title", answers={**case.answers, "brand_voice": "no"})
    assert replace(V1, precedents=replace(V1.precedents, cases=(mended, *others))).sha256 == V1.sha256


def test_what_a_gate_asks_and_whether_it_can_be_opened_is_part_of_it() -> None:
    first, *others = V1.gates
    for changed in (replace(first, when=(("works", "form"),)), replace(first, opens="Do something.")):
        assert replace(V1, gates=(changed, *others)).sha256 != V1.sha256
