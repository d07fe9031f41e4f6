"""Dollars of the detailed form as scores of the matrix. Source: ours."""

import math
from collections.abc import Mapping
from typing import NamedTuple

from assessments.framework.schema import Framework

from .decision import Reason
from .economics.money import ApproachMoney

BEST, WORST = 5.0, 1.0


class CostScore(NamedTuple):
    """A score from 1 to 5, and the dollars that gave it."""

    score: float
    reason: Reason


def cost_scores(framework: Framework, money: tuple[ApproachMoney, ...]) -> Mapping[tuple[str, str], CostScore]:
    """By approach and criterion, for the approaches of the detailed form, measured against its cheapest.

    Running cost: the average month over the horizon; upfront cost: K. Going on as today takes part, so that
    one approach alone is not the best of all. A form without any such cost says nothing.
    """
    rules = framework.matrix.cost_scores
    dollars = {
        "run_cost": {found.approach: found.average_monthly_cost for found in money},
        "upfront_cost": {found.approach: found.upfront for found in money},
    }
    scores = {}
    for criterion, amounts in dollars.items():
        if not any(amounts.values()):
            continue
        cheapest = min(amounts, key=lambda approach: amounts[approach])
        for approach in framework.approach:
            if approach in amounts:
                score = score_of(
                    amounts[approach],
                    amounts[cheapest],
                    floor=rules.floors[criterion],
                    less_by_doubling=rules.points_less_by_doubling,
                )
                figures = {"dollars": amounts[approach]}
                if amounts[approach] == amounts[cheapest]:
                    reason = Reason(code=f"{criterion}_cheapest", figures=figures)
                else:
                    others = {"cheapest": cheapest, "cheapest_dollars": amounts[cheapest]}
                    reason = Reason(code=criterion, figures=figures | others)
                scores[approach, criterion] = CostScore(score, reason)
    return scores


def score_of(dollars: float, cheapest: float, *, floor: float, less_by_doubling: float) -> float:
    """5 for the cheapest, so many points less for each doubling, at least 1. Below the floor cheaper is no better.

    >>> [score_of(dollars, 1000, floor=100, less_by_doubling=1) for dollars in (1000, 2000, 8000, 10**6)]
    [5.0, 4.0, 2.0, 1.0]
    >>> score_of(200, 0, floor=100, less_by_doubling=1)
    4.0
    """
    doublings = math.log2(max(dollars, floor) / max(cheapest, floor))
    return max(WORST, BEST - less_by_doubling * doublings)
