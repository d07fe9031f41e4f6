"""What each change did to the verdict: the answers of now are taken back, change by change."""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import Any

from assessments.engine.decision import Verdict
from assessments.engine.paths import Stated
from assessments.models import Assessment, ValueChange

from .answer_sheet import NOTHING, AnswerSheet, row_of
from .history import changes_of

MOST = 1_000
"""How far back it is worked out."""


def verdicts_around(
    assessment: Assessment, sheet: AnswerSheet, shown: Sequence[ValueChange]
) -> Mapping[int, tuple[Verdict, Verdict]]:
    """The verdict before and after each of these changes, by their ids.

    What was changed at one moment, as by a file, counts as one change and is told at the newest of them.
    """
    newest_first = list(changes_of(assessment)[: MOST + 1])
    return _taken_back(sheet, newest_first, {change.pk for change in shown}, whole=len(newest_first) <= MOST)


def _taken_back(
    sheet: AnswerSheet, newest_first: Sequence[ValueChange], shown: Collection[int], *, whole: bool
) -> Mapping[int, tuple[Verdict, Verdict]]:
    found: dict[int, tuple[Verdict, Verdict]] = {}
    moments = [list(changes) for _, changes in groupby(newest_first, key=lambda change: change.at)]
    for changes in moments if whole else moments[:-1]:  # the last may go on where the list was cut
        before = sheet.with_values(*(row_of(change.path, _stated(change.before)) for change in changes))
        if changes[0].pk in shown:
            found[changes[0].pk] = (before.verdict, sheet.verdict)
        sheet = before
        if len(found) == len(shown):
            break
    return found


def _stated(said: Mapping[str, Any] | None) -> Stated:
    """A value as the history keeps it, which leaves out what is empty."""
    return Stated(**{"value": None, **said}) if said else NOTHING
