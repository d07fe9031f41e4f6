"""What a failure log shows: how often each mode, by week and by slice, and how firmly it was labelled."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assessments.engine.trend import declining_p

from .agreement import label_agreement
from .figures import FailureFigures, Week

LEAST_WEEKS = 4
"""Fewer can not fall at the 5 % level, however they stand."""
MOST_WEEKS = 530
"""More than ten years between the first row and the last is a day mistyped: no weeks are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureRow:
    """One failure of a log."""

    mode: str
    """The key of its mode; empty where its value stands for none."""
    value: str = ""
    """What stands in the file."""
    day: date | None = None
    second: str = ""
    """The mode that a second person gave it; empty where there was none."""
    slice: str = ""


def failure_figures(rows: Sequence[FailureRow]) -> FailureFigures:
    """The counts of a failure log. The order of the rows does not matter.

    >>> log = [FailureRow(mode="reasoning", day=date(2026, 9, 7)), FailureRow(mode="", value="odd")]
    >>> found = failure_figures(log)
    >>> found.rows, found.counts, found.unmapped, [week.name for week in found.weeks]
    (2, {'reasoning': 1}, {'odd': 1}, ['2026-W37'])
    """
    mapped = [row for row in rows if row.mode]
    days = [row.day for row in mapped if row.day]
    mondays = _mondays(days)
    weeks = _weeks(mondays, days)
    whole = [week.count for week in weeks if not week.partial]
    twice = [(row.mode, row.second) for row in mapped if row.second]
    return FailureFigures(
        rows=len(rows),
        counts=_counted(row.mode for row in mapped),
        unmapped=_counted(row.value for row in rows if not row.mode),
        weeks=weeks,
        declining_p=declining_p(whole) if len(whole) >= LEAST_WEEKS else None,
        by_week=_by_week(mapped, mondays),
        slices=_by_slice(mapped),
        agreement=label_agreement(twice) if twice else None,
        first=min(days).isoformat() if days else "",
        last=max(days).isoformat() if days else "",
    )


def _counted(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _mondays(days: Sequence[date]) -> list[date]:
    """Of each week from the first row to the last, those without a row, too."""
    if not days:
        return []
    first, last = _monday(min(days)), _monday(max(days))
    count = (last - first).days // 7 + 1
    return [first + timedelta(weeks=place) for place in range(count)] if count <= MOST_WEEKS else []


def _weeks(mondays: Sequence[date], days: Sequence[date]) -> tuple[Week, ...]:
    """The weeks, and which of them the file covers only in part.

    The first is partial if its first row comes on a later day of the week than that of any week between, the last if
    its last row comes on an earlier one: a log of working days ends on Fridays, and is whole.
    """
    if not mondays:
        return ()
    rows: dict[date, list[int]] = defaultdict(list)
    for day in days:
        rows[_monday(day)].append(day.weekday())
    between = [rows[monday] for monday in mondays[1:-1] if monday in rows]
    begun_late = bool(between) and min(rows[mondays[0]]) > max(map(min, between))
    ended_early = bool(between) and max(rows[mondays[-1]]) < min(map(max, between))
    partial = {monday for monday, is_partial in ((mondays[0], begun_late), (mondays[-1], ended_early)) if is_partial}
    return tuple(
        Week(name=_name(monday), count=len(rows.get(monday, ())), partial=monday in partial) for monday in mondays
    )


def _name(monday: date) -> str:
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02}"


def _by_week(rows: Sequence[FailureRow], mondays: Sequence[date]) -> dict[str, tuple[int, ...]]:
    counted = Counter((row.mode, _monday(row.day)) for row in rows if row.day)
    modes = sorted({row.mode for row in rows})
    return {mode: tuple(counted[mode, monday] for monday in mondays) for mode in modes} if mondays else {}


def _by_slice(rows: Sequence[FailureRow]) -> Mapping[str, Mapping[str, int]]:
    modes: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row.slice:
            modes[row.slice].append(row.mode)
    return {name: _counted(modes[name]) for name in sorted(modes)}
