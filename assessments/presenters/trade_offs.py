"""What a lever is good at, what it is bad at, and what gets worse by choosing it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.engine.decision import Cell, Decision

from .formats import number
from .within import set_apart
from .words import lower

TODAY = "prompting"
"""The lever that today's way of working is held to be: a prompted model."""
_GOOD_FROM, _BAD_TO = 3.5, 2.5
_MOST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeOffs:
    """The criteria that count in this case, the weightiest first, as they stand within a sentence."""

    good: Sequence[str]
    bad: Sequence[str]


def trade_offs(decision: Decision, approach: str) -> TradeOffs:
    """What speaks for and against one lever, by its scores on whatever has a weight."""
    scored = _weighty(decision, approach)
    return TradeOffs(
        good=[_words(name, cell) for name, cell in scored if cell.score >= _GOOD_FROM][:_MOST],
        bad=[_words(name, cell) for name, cell in scored if cell.score <= _BAD_TO][:_MOST],
    )


def gets_worse(decision: Decision) -> Sequence[str]:
    """In what the verdict is a step or more below a better prompt, the longest step down first."""
    today = dict(_weighty(decision, TODAY))
    down = [(today[name].score - cell.score, name, cell) for name, cell in _weighty(decision, decision.leads)]
    worse = sorted((one for one in down if one[0] >= 1), key=lambda one: -one[0])
    words = _("{criterion} ({score} of 5, today {today})")
    return [
        words.format(criterion=lower(name), score=_number(cell), today=_number(today[name]))
        for _down, name, cell in worse[:_MOST]
    ]


def _weighty(decision: Decision, approach: str) -> list[tuple[str, Cell]]:
    """Its cells by the name of the criterion; what weighs nothing here is left out."""
    matrix = decision.matrix
    row = next(row for row in matrix.rows if row.approach == approach)
    counted = [one for one in decision.framework.matrix.criteria if matrix.weights[one.key]]
    counted.sort(key=lambda one: -matrix.weights[one.key])
    return [(one.name, row.cells[one.key]) for one in counted]


def _words(name: str, cell: Cell) -> str:
    return _("“{criterion}” scores {score} of 5").format(criterion=set_apart(name, lower(name)), score=_number(cell))


def _number(cell: Cell) -> str:
    return number(round(cell.score, 1))
