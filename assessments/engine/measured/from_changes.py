"""What a table of measures before and after proposes: its own rows, as a pilot records them."""

from collections.abc import Iterator

from assessments.engine.faults import MOST_ROWS

from .basis import Basis
from .figures import ChangeFigures
from .pilot import row_of_change
from .proposed import Proposal


def change_proposals(basis: Basis, changes: ChangeFigures) -> Iterator[Proposal]:
    if changes.metrics and len(changes.metrics) <= MOST_ROWS:
        worse = sum(one.is_regression for one in changes.metrics)
        rows = [row_of_change(one) for one in changes.metrics]
        figures = {"measures": len(rows), "worse": worse}
        yield basis.proposed("pilot.before_after", rows, "before_after", figures)
