"""The outside view: among the published cases most like this one, in how many did tuning win?

Formula: every group of cases has one vote. It is cast by the group's most similar case; cases of a group that
are equally similar share it. The votes of the most similar groups (twenty) are counted: won / of, with the 95 %
Wilson interval of that share, beside the share of all cases in which tuning won.

Source: ours (docs/method.md, sections 6 and 7), after the outside view or reference class of Kahneman and
Tversky (1979); interval by Wilson (1927). It never changes the verdict, and winners are over-published.
"""

import numpy as np
from numpy.typing import NDArray

from assessments.framework.schema import Framework

from .decision import Diagnosis, OutsideView
from .document import Document
from .intervals import wilson_interval
from .precedents import order_of_ties, similarities

_Booleans = NDArray[np.bool_]


def outside_view(
    framework: Framework, document: Document, diagnosis: Diagnosis, *, without_group: str = ""
) -> OutsideView | None:
    """How it went for those who answered alike; None where nobody did.

    `without_group` leaves one group out: a case must not forecast itself.
    """
    cases = framework.precedents.cases
    asked = np.array([case.group != without_group for case in cases], dtype=np.bool_)
    won = np.array([framework.precedents.won(case) for case in cases], dtype=np.bool_)[asked]
    published = slice(len(cases))  # a team's own cases have no vote
    points = similarities(framework, document, diagnosis)[published][asked]
    ties = order_of_ties(framework)[published][asked]
    if not (points > 0).any():
        return None
    groups = np.unique([case.group for case in cases], return_inverse=True)[1][asked]
    votes = _votes(points, ties, groups, won)[: framework.precedents.outside_view.votes]
    low, high = wilson_interval(float(votes.sum()), len(votes))
    return OutsideView(won=float(votes.sum()), of=len(votes), low=low, high=high, share_of_all=float(won.mean()))


def _votes(
    points: NDArray[np.int_], ties: NDArray[np.int_], groups: NDArray[np.intp], won: _Booleans
) -> NDArray[np.float64]:
    """The vote of each group, most similar first: the share of its most similar cases in which tuning won."""
    order = np.lexsort((ties, -points))
    found, first = np.unique(groups[order], return_index=True)
    most = points[order][first]
    casts = points == most[np.searchsorted(found, groups)]
    shares = np.bincount(groups[casts], weights=won[casts]) / np.maximum(np.bincount(groups[casts]), 1)
    votes: NDArray[np.float64] = shares[found[np.argsort(first)]]
    return votes
