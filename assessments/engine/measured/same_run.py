"""Whether two runs are one run in another form: the same variants, with the same outcomes on the same cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .figures import RunFigures, VariantFigures

_NOISE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantOutcomes:
    """What is known of a variant, whatever form it was written in."""

    key: str
    name: str
    rows: int
    cases: Mapping[str, float]
    """The mean of each graded case."""


def outcomes_of(variant: VariantFigures) -> VariantOutcomes:
    return VariantOutcomes(key=variant.key, name=variant.name, rows=variant.rows, cases=variant.outcomes)


def is_same_variant(one: VariantOutcomes, other: VariantOutcomes) -> bool:
    """A broken call of one may be a failed one of the other: old tables do not tell them apart.

    >>> full = VariantOutcomes(key="a", name="Prompt", rows=2, cases={"1": 1.0, "2": 0.0})
    >>> is_same_variant(full, VariantOutcomes(key="b", name="Prompt", rows=2, cases={"1": 1.0}))
    True
    >>> is_same_variant(full, VariantOutcomes(key="b", name="Prompt", rows=2, cases={"1": 1.0, "2": 1.0}))
    False
    """
    if (one.key != other.key and one.name != other.name) or one.rows != other.rows:
        return False
    if not one.cases.keys() & other.cases.keys():
        return False
    cases = one.cases.keys() | other.cases.keys()
    return all(abs(one.cases.get(case, 0.0) - other.cases.get(case, 0.0)) <= _NOISE for case in cases)


def is_same_run(one: RunFigures, other: RunFigures) -> bool:
    """Whether each variant of either has its like in the other."""
    return len(one.variants) == len(other.variants) and all(
        is_among(outcomes_of(variant), [outcomes_of(like) for like in other.variants]) for variant in one.variants
    )


def is_among(variant: VariantOutcomes, others: Sequence[VariantOutcomes]) -> bool:
    return any(is_same_variant(variant, other) for other in others)
