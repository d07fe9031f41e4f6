"""What a failure log shows, and two labels side by side: counts with ranges, weeks, slices, agreement."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from assessments.engine.measured.figures import FailureFigures, LabelAgreement, Part
from assessments.framework import Framework

from ..formats import chance, counted, number, share, short_name, spelt, week_of
from ..words import starting
from .shown import ShareMark, ShownCell, ShownRow, ShownTable, ToldFigures, confusion_table, kappa_words, shared

_MOST_MODES, _MOST_WEEKS, _MOST_SLICES, _MOST_VALUES = 9, 8, 8, 6


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
        _("No row has both answers")
        if agreed.share is None
        else _("Two people agree on {share} of the answers").format(share=share(agreed.share))
    )
    return ToldFigures(heading=heading, lead=kappa_words(found), tables=[confusion_table(found, {})])


def _total(found: FailureFigures) -> int:
    return sum(found.counts.values())


def _heading(framework: Framework, found: FailureFigures) -> str:
    total = _total(found)
    if not total:
        return _("No failure in this log has a kind yet")
    sums = {group.name: sum(found.counts.get(mode, 0) for mode in group.modes) for group in framework.failure_groups}
    largest = max(sums, key=lambda group: sums[group])
    part, name = Part(count=sums[largest], of=total), short_name(largest)
    half = framework.thresholds.dominant_share
    words = _("No one kind causes most of the {all} failures")
    if part.low > half:
        words = _("{kind}: {n} of {all} failures, {share}")
    elif total == 1:
        words = _("One failure, too few to say what fails most")
    elif part.count / total > half:
        words = _("{kind}: {n} of {all} failures, too few to be sure")
    return words.format(kind=name, n=number(part.count), all=number(total), share=share(part.count / total))


def _trend(framework: Framework, found: FailureFigures) -> str:
    whole = [week for week in found.weeks if not week.partial]
    if found.declining_p is None or not whole:
        return ""
    words = _("{weeks}, from {first} to {last}: not falling.")
    if found.declining_p <= framework.evidence.thresholds.sure:
        words = _("{weeks}, from {first} to {last}: falling (p {chance}).")
    return words.format(
        weeks=starting(spelt(len(whole), "{n} week", "{n} weeks")),
        first=number(whole[0].count),
        last=number(whole[-1].count),
        chance=chance(found.declining_p),
    )


def _modes(found: FailureFigures, names: Mapping[str, str]) -> ShownTable:
    total = _total(found)
    ordered = sorted(found.counts.items(), key=lambda one: -one[1])
    rows = [
        ShownRow(name=names[mode], cells=[shared(Part(count=many, of=total))])
        for mode, many in ordered
        if many and mode in names
    ]
    return ShownTable(
        caption=_("Failures, kind by kind"),
        head=[_("Kind"), _("Share of the failures")],
        rows=rows,
        most=_MOST_MODES,
        more=_("{n} more kinds"),
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
        caption=_("By what would help"),
        head=[_("Group"), _("Share of the failures")],
        rows=rows,
        folded=_("By what would help"),
    )


def _weeks(found: FailureFigures) -> ShownTable:
    most = max((week.count for week in found.weeks), default=0)
    rows = [
        ShownRow(
            name=starting(week_of(week.name)),
            small=_("covered in part, not in the trend") if week.partial else "",
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
        caption=_("Week by week, the latest first"),
        head=[_("Week"), _("Failures")],
        folded=_("Week by week"),
        rows=rows[::-1],
        most=_MOST_WEEKS,
        more=_("{n} more earlier weeks"),
    )


def _mix(found: FailureFigures, names: Mapping[str, str]) -> ShownTable:
    modes = [mode for mode, many in sorted(found.counts.items(), key=lambda one: -one[1]) if many and mode in names]
    slices = sorted(found.slices.items(), key=lambda one: -sum(one[1].values()))
    rows = [
        ShownRow(
            name=name or _("(empty)"),
            small=counted(sum(own.values()), "{n} failure", "{n} failures"),
            cells=[ShownCell(words=number(own.get(mode, 0)), is_faint=not own.get(mode)) for mode in modes],
        )
        for name, own in slices
    ]
    return ShownTable(
        caption=_("What fails in which slice"),
        head=[_("Slice"), *(names[mode] for mode in modes)],
        folded=_("What fails in which slice"),
        is_wide=True,
        rows=rows,
        most=_MOST_SLICES,
        more=_("{n} more slices"),
    )


def _unmapped(found: FailureFigures) -> ShownTable:
    rows = [
        ShownRow(name=value or _("(empty)"), cells=[ShownCell(words=number(many))])
        for value, many in sorted(found.unmapped.items(), key=lambda one: -one[1])
    ]
    return ShownTable(
        caption=_("Words that stand for no kind yet, left out of the counts"),
        head=[_("Word"), _("Rows")],
        rows=rows,
        most=_MOST_VALUES,
        more=_("{n} more words"),
    )
