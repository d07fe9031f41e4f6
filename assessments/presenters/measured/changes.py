"""Metrics before and after: what got better, what was reached, and what got worse."""

from assessments.engine.measured.figures import ChangeFigures, MetricChange

from ..formats import count, number
from .shown import NOTHING, ShownCell, ShownRow, ShownTable, ToldFigures


def present_changes(found: ChangeFigures) -> ToldFigures:
    worse = [one for one in found.metrics if one.is_regression]
    aimed = [one for one in found.metrics if one.target is not None]
    reached = [one for one in aimed if one.is_reached]
    said = ", ".join([*([_reached(len(reached), len(aimed))] if aimed else []), _worse(len(worse), len(found.metrics))])
    rows = [_row(one) for one in found.metrics]
    head = ["Metric", "Before", "After", "Change", "Target", "What it says"]
    return ToldFigures(
        heading=f"{said[:1].upper()}{said[1:]}",
        lead=f"Look again at: {', '.join(one.name for one in worse)}." if worse else "",
        tables=[ShownTable(caption="Before and after", head=head, rows=rows)],
    )


def _reached(reached: int, aimed: int) -> str:
    """How many targets were reached; of one alone whether it was.

    >>> _reached(1, 1), _reached(1, 3), _reached(0, 3)
    ('the one target is reached', 'one of three targets reached', 'none of three targets reached')
    """
    if aimed == 1:
        return f"the one target is {'' if reached else 'not '}reached"
    return f"{count(reached) if reached else 'none'} of {count(aimed)} targets reached"


def _worse(worse: int, metrics: int) -> str:
    if metrics == 1:
        return f"the one metric got {'worse' if worse else 'no worse'}"
    return f"{count(worse)} of {count(metrics)} metrics got worse" if worse else "no metric got worse"


def _row(one: MetricChange) -> ShownRow:
    said = "Worse" if one.is_regression else "Better" if one.gained > 0 else "As before"
    target = NOTHING
    if one.target is not None:
        words = f"{'at least' if one.higher_is_better else 'at most'} {number(one.target)}"
        target = ShownCell(words=words, small="reached" if one.is_reached else "not reached")
    within = one.gained < 0 and not one.is_regression
    return ShownRow(
        name=one.name,
        small="more is better" if one.higher_is_better else "less is better",
        cells=[
            ShownCell(words=number(one.before)),
            ShownCell(words=number(one.after)),
            ShownCell(words=number(round(one.after - one.before, 4)), small="within the tolerance" if within else ""),
            target,
            ShownCell(words="As before" if within else said, is_text=True),
        ],
        is_strong=one.is_regression,
    )
