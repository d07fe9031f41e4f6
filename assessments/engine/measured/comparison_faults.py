"""What is wrong with the raw value of a measured comparison, and where in it (docs/document.md)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from assessments.framework.names import COMPARED_ROLES
from assessments.framework.schema import Field

from ..faults import Fault, choice_fault, key_faults, number_fault, rows_fault, text_fault
from .comparison import MOST_SLICES

MOST_VARIANTS = 50
_VARIANT = ("role", "approach", "name", "cases", "passed")
_MEASURES = ("p50", "p95", "cost_per_request", "cost_per_pass")
_PAIR = ("before", "after", "cases", "wins", "losses", "difference", "low", "high")
_TOLERANCE = 1e-9


def _number(minimum: float, maximum: float, *, whole: bool = False) -> Field:
    return Field(
        key="number", place="comparison", kind="number", label="", minimum=minimum, maximum=maximum, whole=whole
    )


_COUNT, _AMOUNT, _DIFFERENCE = _number(0, 1e9, whole=True), _number(0, 1e12), _number(-1, 1)
_NUMBERS: Mapping[str, Field] = {
    **dict.fromkeys(("cases", "wins", "losses", "format_failures", "format_of"), _COUNT),
    **dict.fromkeys(("passed", *_MEASURES), _AMOUNT),
    **dict.fromkeys(("difference", "low", "high"), _DIFFERENCE),
}


def comparison_faults(approaches: Collection[str], value: Any) -> Sequence[Fault]:
    """Everything that is wrong: counts that do not fit together, shares outside 0 to 1, roles that nobody knows.

    >>> comparison_faults(("prompting",), {"variants": [], "pairs": 3})
    [Fault(place='.pairs', sentence='must be a list'), Fault(place='.variants', sentence='must have a variant')]
    """
    if not isinstance(value, dict):
        return [Fault("", "must be an object")]
    faults = key_faults(value, ("variants", "pairs"))
    rows = {}
    for key in ("variants", "pairs"):
        wrong = rows_fault(value.get(key, []))
        faults += [Fault(f".{key}", sentence) for _, sentence in wrong]
        rows[key] = [] if wrong else value.get(key, [])
    faults += [
        fault for i, row in enumerate(rows["variants"]) for fault in _at(f".variants[{i}]", _variant(row, approaches))
    ]
    faults += _too_many(".variants", rows["variants"], MOST_VARIANTS, "variants")
    if not rows["variants"]:
        faults.append(Fault(".variants", "must have a variant"))
    roles = [row.get("role") for row in rows["variants"] if isinstance(row, dict)]
    faults += [Fault(f".variants[{i}].role", "stands there twice") for i, role in enumerate(roles) if role in roles[:i]]
    faults += [fault for i, row in enumerate(rows["pairs"]) for fault in _at(f".pairs[{i}]", _pair(row, roles))]
    return faults or list(_between(value))


def _at(place: str, faults: Iterator[Fault]) -> Iterator[Fault]:
    return (Fault(place + inside, sentence) for inside, sentence in faults)


def _too_many(place: str, rows: Sequence[Any], most: int, what: str) -> list[Fault]:
    return [Fault(place, f"has {len(rows)} {what}; at most {most} are allowed")] if len(rows) > most else []


def _variant(row: Any, approaches: Collection[str]) -> Iterator[Fault]:
    if not isinstance(row, dict):
        yield Fault("", "must be an object")
        return
    yield from key_faults(row, _VARIANT, (*_MEASURES, "format_failures", "format_of", "slices"))
    roles = tuple(dict.fromkeys((*COMPARED_ROLES, *approaches)))
    for key, allowed in (("role", roles), ("approach", tuple(approaches))):
        if key in row and (sentence := choice_fault(row[key], allowed)):
            yield Fault(f".{key}", sentence)
    if row.get("role") in approaches and row["role"] not in COMPARED_ROLES and row.get("approach") != row["role"]:
        yield Fault(".approach", "is not that of its role")
    if "name" in row and (sentence := text_fault(row["name"])):
        yield Fault(".name", sentence)
    yield from _number_faults(row)
    yield from _within(row, "passed", "cases")
    yield from _within(row, "format_failures", "format_of")
    yield from _slices(row, ("passed",))


def _pair(row: Any, roles: Sequence[Any]) -> Iterator[Fault]:
    if not isinstance(row, dict):
        yield Fault("", "must be an object")
        return
    yield from key_faults(row, _PAIR, ("slices",))
    for key in ("before", "after"):
        if key in row and row[key] not in roles:
            yield Fault(f".{key}", "is the role of no variant")
    if row.get("before") == row.get("after"):
        yield Fault(".after", "is the same as before")
    yield from _number_faults(row)
    yield from _decided(row)
    if ends := _numbers(row, "low", "difference", "high"):
        low, difference, high = ends
        if not low - _TOLERANCE <= difference <= high + _TOLERANCE:
            yield Fault("", f"low {low}, difference {difference}, high {high} are not in rising order")
    yield from _slices(row, ("wins", "losses"))


def _slices(row: Mapping[str, Any], counts: Sequence[str]) -> Iterator[Fault]:
    """What is wrong with the slices of a variant or a pair: each a name, its cases and these counts."""
    slices = row.get("slices", [])
    if wrong := rows_fault(slices):
        yield Fault(".slices", wrong[0].sentence)
        return
    yield from _too_many(".slices", slices, MOST_SLICES, "slices")
    for i, part in enumerate(slices):
        here = f".slices[{i}]"
        if not isinstance(part, dict):
            yield Fault(here, "must be an object")
            continue
        yield from _at(here, iter(key_faults(part, ("name", "cases", *counts))))
        if "name" in part and (sentence := text_fault(part["name"])):
            yield Fault(f"{here}.name", sentence)
        yield from _at(here, _number_faults(part))
        yield from _at(here, _within(part, "passed", "cases"))
        yield from _at(here, _decided(part))


def _number_faults(row: Mapping[str, Any]) -> Iterator[Fault]:
    for key, field in _NUMBERS.items():
        if key in row and (sentence := number_fault(field, row[key])):
            yield Fault(f".{key}", sentence)


def _within(row: Mapping[str, Any], count: str, of: str) -> Iterator[Fault]:
    """A count above what it is a count of."""
    if count not in row:
        return
    if of not in row:
        yield Fault(f".{of}", "must be there")
    elif _numbers(row, count, of) and row[count] > row[of] + _TOLERANCE:
        yield Fault(f".{count}", f"{row[count]} is more than {row[of]} of {of}")


def _decided(row: Mapping[str, Any]) -> Iterator[Fault]:
    """Wins and losses of more cases than there are."""
    if counts := _numbers(row, "wins", "losses", "cases"):
        wins, losses, cases = counts
        if wins + losses > cases:
            yield Fault(".wins", f"{wins} wins and {losses} losses are more than {cases} cases")


def _between(value: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong between parts that are sound each for itself."""
    cases = {variant["role"]: variant["cases"] for variant in value["variants"]}
    seen: set[tuple[str, str]] = set()
    for i, pair in enumerate(value["pairs"]):
        sides = pair["before"], pair["after"]
        if sides in seen:
            yield Fault(f".pairs[{i}]", "stands there twice")
        seen.add(sides)
        if pair["cases"] > min(cases[side] for side in sides):
            yield Fault(f".pairs[{i}].cases", "is more than one side was measured on")
    for key in ("variants", "pairs"):
        for i, row in enumerate(value[key]):
            if sum(part["cases"] for part in row.get("slices", ())) > row["cases"]:
                yield Fault(f".{key}[{i}].slices", "have more cases than the whole")


def _numbers(row: Mapping[str, Any], *keys: str) -> tuple[float, ...] | None:
    """The numbers that stand there; None where one of them is not there, or is no number."""
    found = tuple(
        value for key in keys if isinstance(value := row.get(key), (int, float)) and not isinstance(value, bool)
    )
    return found if len(found) == len(keys) else None
