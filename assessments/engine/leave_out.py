"""A decision without what was entered among the costs, for readers who are not meant to see it."""

from dataclasses import replace

from assessments.framework.names import COST_SCORES

from .decision import Decision, Gap, MatrixRow
from .document import Document

_PAYBACK = {"payback", "strategic_payback", "payback_lasts"}
_FAST_ENOUGH = "payback_left_out"
_FROM_COSTS = "costs_left_out"


def without_costs(decision: Decision, document: Document) -> Decision:
    """The same verdict for the same reasons, without any figure that comes from the costs.

    `document` is the whole one. The verdict itself stays, though a go also says that payback is fast.

    >>> from assessments.framework import load_framework
    >>> from .answers import Estimate
    >>> from .decide import decide
    >>> rate = {"training_cost": Estimate(low=6000, likely=6000, high=6000)}
    >>> whole = Document(use_case={"name": "A"}, summary=rate)
    >>> decision = decide(load_framework(), whole)
    >>> decision.economics is None, without_costs(decision, whole).economics is None
    (False, True)
    """
    return replace(
        decision,
        economics=None,
        matrix=replace(decision.matrix, rows=tuple(_without_amounts(row) for row in decision.matrix.rows)),
        missing_for_go=tuple(
            Gap(code=_FAST_ENOUGH) if gap.code in _PAYBACK else gap for gap in decision.missing_for_go
        ),
        # The period that was planned for is one of the costs.
        plan=replace(decision.plan, figures={**decision.plan.figures, "horizon": None}),
    )


def _without_amounts(row: MatrixRow) -> MatrixRow:
    """The same scores, without the dollars that the reasons of cost scores name."""
    cells = {
        key: replace(cell, reason=_FROM_COSTS, figures={}) if key in COST_SCORES and cell.origin == "derived" else cell
        for key, cell in row.cells.items()
    }
    return replace(row, cells=cells)
