"""Metrics before and after: what got better, what was reached, and what got worse."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from assessments.engine.measured.figures import ChangeFigures, MetricChange

from ..formats import count, number
from ..words import starting
from .shown import NOTHING, ShownCell, ShownRow, ShownTable, ToldFigures


def present_changes(found: ChangeFigures) -> ToldFigures:
    worse = [one for one in found.metrics if one.is_regression]
    aimed = [one for one in found.metrics if one.target is not None]
    reached = [one for one in aimed if one.is_reached]
    said = ", ".join([*([_reached(len(reached), len(aimed))] if aimed else []), _worse(len(worse), len(found.metrics))])
    rows = [_row(one) for one in found.metrics]
    head = [_("Metric"), _("Before"), _("After"), pgettext("of a metric", "Change"), _("Target"), _("What it says")]
    again = _("Look again at: {metrics}.").format(metrics=", ".join(one.name for one in worse))
    return ToldFigures(
        heading=starting(said),
        lead=again if worse else "",
        tables=[ShownTable(caption=_("Before and after"), head=head, rows=rows)],
    )


def _reached(reached: int, aimed: int) -> str:
    """How many targets were reached; of one alone whether it was.

    >>> _reached(1, 1), _reached(1, 3), _reached(0, 3)
    ('the one target is reached', 'one of three targets reached', 'none of three targets reached')
    """
    if aimed == 1:
        return _("the one target is reached") if reached else _("the one target is not reached")
    if not reached:
        return _("none of {all} targets reached").format(all=count(aimed))
    words = ngettext("one of {all} targets reached", "{n} of {all} targets reached", reached)
    return words.format(n=count(reached), all=count(aimed))


def _worse(worse: int, metrics: int) -> str:
    if metrics == 1:
        return _("the one metric got worse") if worse else _("the one metric got no worse")
    if not worse:
        return _("no metric got worse")
    words = ngettext("one of {all} metrics got worse", "{n} of {all} metrics got worse", worse)
    return words.format(n=count(worse), all=count(metrics))


def _row(one: MetricChange) -> ShownRow:
    said = _("Worse") if one.is_regression else _("Better") if one.gained > 0 else _("As before")
    target = NOTHING
    if one.target is not None:
        limit = _("at least {amount}") if one.higher_is_better else _("at most {amount}")
        small = _("reached") if one.is_reached else _("not reached")
        target = ShownCell(words=limit.format(amount=number(one.target)), small=small)
    within = one.gained < 0 and not one.is_regression
    return ShownRow(
        name=one.name,
        small=_("more is better") if one.higher_is_better else _("less is better"),
        cells=[
            ShownCell(words=number(one.before)),
            ShownCell(words=number(one.after)),
            ShownCell(
                words=number(round(one.after - one.before, 4)), small=_("within the tolerance") if within else ""
            ),
            target,
            ShownCell(words=_("As before") if within else said, is_text=True),
        ],
        is_strong=one.is_regression,
    )
