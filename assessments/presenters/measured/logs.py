"""What a failure log shows, and two labels side by side: counts with ranges, weeks, slices, agreement."""

from collections.abc import Mapping

from assessments.engine.measured.figures import FailureFigures, LabelAgreement, Part
from assessments.framework import Framework

from ..formats import chance, counted, number, share, short_name, spelt, week_of
from ..words import starting
from .shown import ShareMark, ShownCell, ShownRow, ShownTable, ToldFigures, confusion_table, kappa_words, shared

_MOST_MODES, _MOST_WEEKS, _MOST_SLICES, _MOST_VALUES = 9, 8, 8, 6
_NO_VALUE = "(empty)"


def present_failure_log(framework: Framework, found: FailureFigures) -> ToldFigures:
    names = {mode: framework.questions[mode].label for group in framework.failure_groups for mode in group.modes}
    tables = [
        _modes(found, names),
        _groups(framework, found),
        _weeks(found),
        _mix(found, names),
        *([confusion_table(found.agreement, names)] if found.agreement else []),
        _unmapped(found),
    ]
    return ToldFigures(
        heading=_heading(framework, found),
        lead=" ".join(
            filter(None, (_trend(framework, found), kappa_words(found.agreement) if found.agreement else ""))
        ),
        tables=[table for table in tables if table.rows],
    )


def present_right_answers(found: LabelAgreement) -> ToldFigures:
    """Two columns of right answers: whether two people mean the same by a right answer."""
    agreed = found.agreed
    heading = (
        "No row has both answers"
        if agreed.share is None
        else f"Two people agree on {share(agreed.share)} of the answers"
    )
    return ToldFigures(heading=heading, lead=kappa_words(found), tables=[confusion_table(found, {})])


def _total(found: FailureFigures) -> int:
    return sum(found.counts.values())


def _heading(framework: Framework, found: FailureFigures) -> str:
    total = _total(found)
    if not total:
        return "No failure in this log has a kind yet"
    sums = {group.name: sum(found.counts.get(mode, 0) for mode in group.modes) for group in framework.failure_groups}
    largest = max(sums, key=lambda group: sums[group])
    part, name = Part(count=sums[largest], of=total), short_name(largest)
    half = framework.thresholds.dominant_share
    if part.low > half:
        return f"{name}: {number(part.count)} of {number(total)} failures, {share(part.count / total)}"
    if total == 1:
        return "One failure, too few to say what fails most"
    if part.count / total > half:
        return f"{name}: {number(part.count)} of {number(total)} failures, too few to be sure"
    return f"No one kind causes most of the {number(total)} failures"


def _trend(framework: Framework, found: FailureFigures) -> str:
    whole = [week for week in found.weeks if not week.partial]
    if found.declining_p is None or not whole:
        return ""
    said = (
        f"falling (p {chance(found.declining_p)})"
        if found.declining_p <= framework.evidence.thresholds.sure
        else "not falling"
    )
    weeks = starting(spelt(len(whole), "{n} week", "{n} weeks"))
    return f"{weeks}, from {number(whole[0].count)} to {number(whole[-1].count)}: {said}."


def _modes(found: FailureFigures, names: Mapping[str, str]) -> ShownTable:
    total = _total(found)
    ordered = sorted(found.counts.items(), key=lambda one: -one[1])
    rows = [
        ShownRow(name=names[mode], cells=[shared(Part(count=many, of=total))])
        for mode, many in ordered
        if many and mode in names
    ]
    return ShownTable(
        caption="Failures, kind by kind",
        head=["Kind", "Share of the failures"],
        rows=rows,
        most=_MOST_MODES,
        noun="kinds",
    )


def _groups(framework: Framework, found: FailureFigures) -> ShownTable:
    total = _total(found)
    sums = {group.name: sum(found.counts.get(mode, 0) for mode in group.modes) for group in framework.failure_groups}
    rows = [
        ShownRow(name=name, cells=[shared(Part(count=many, of=total))])
        for name, many in sorted(sums.items(), key=lambda one: -one[1])
        if many
    ]
    return ShownTable(
        caption="By what would help", head=["Group", "Share of the failures"], rows=rows, folded="By what would help"
    )


def _weeks(found: FailureFigures) -> ShownTable:
    most = max((week.count for week in found.weeks), default=0)
    rows = [
        ShownRow(
            name=starting(week_of(week.name)),
            small="covered in part, not in the trend" if week.partial else "",
            cells=[
                ShownCell(
                    words=number(week.count),
                    is_faint=week.partial,
                    mark=ShareMark(share=round(week.count / most * 100, 1), low=0, width=0) if most else None,
                )
            ],
        )
        for week in found.weeks
    ]
    return ShownTable(
        caption="Week by week, the latest first",
        head=["Week", "Failures"],
        folded="Week by week",
        rows=rows[::-1],
        most=_MOST_WEEKS,
        noun="earlier weeks",
    )


def _mix(found: FailureFigures, names: Mapping[str, str]) -> ShownTable:
    modes = [mode for mode, many in sorted(found.counts.items(), key=lambda one: -one[1]) if many and mode in names]
    slices = sorted(found.slices.items(), key=lambda one: -sum(one[1].values()))
    rows = [
        ShownRow(
            name=name or _NO_VALUE,
            small=counted(sum(own.values()), "{n} failure", "{n} failures"),
            cells=[ShownCell(words=number(own.get(mode, 0)), is_faint=not own.get(mode)) for mode in modes],
        )
        for name, own in slices
    ]
    return ShownTable(
        caption="What fails in which slice",
        head=["Slice", *(names[mode] for mode in modes)],
        folded="What fails in which slice",
        is_wide=True,
        rows=rows,
        most=_MOST_SLICES,
        noun="slices",
    )


def _unmapped(found: FailureFigures) -> ShownTable:
    rows = [
        ShownRow(name=value or _NO_VALUE, cells=[ShownCell(words=number(many))])
        for value, many in sorted(found.unmapped.items(), key=lambda one: -one[1])
    ]
    return ShownTable(
        caption="Words that stand for no kind yet, left out of the counts",
        head=["Word", "Rows"],
        rows=rows,
        most=_MOST_VALUES,
        noun="words",
    )
