"""What is known to end or to change within the plan, and what an end costs (docs/economics.md, section 3: 6b, 12a)."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from assessments.framework.schema import Framework

from ..document import Document
from .monthly_costs import redo_by_month, upfront_cost
from .numbers import case_numbers
from .plan_months import ENDS_ON


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownChange:
    """A day that was entered for an approach and falls into the plan."""

    approach: str
    key: str
    """Its input: the day on which the model ends, or on which its prices change."""
    on: date
    month: int
    """Of the plan, from 1: what lies before the start holds from the first month."""
    cost: float
    """Dollars that an end costs in that month; 0 where nothing says so, and for a change of prices."""
    invested: bool
    """Whether the approach costs something upfront, of which a part is done again."""

    @property
    def ends(self) -> bool:
        return self.key == ENDS_ON


def known_changes(framework: Framework, document: Document) -> tuple[KnownChange, ...]:
    """In the order of their days; () without a detailed form, or where nothing falls into the plan."""
    form = document.detailed
    if form is None:
        return ()
    numbers = case_numbers(framework, document, form)
    found = []
    for (approach, key), month in numbers.due.items():
        if month > numbers.horizon:
            continue
        upfront = float(upfront_cost(numbers.approaches[approach], hourly_rate=numbers.case["hourly_rate"]))
        cost = float(np.sum(redo_by_month(numbers, approach, upfront))) if key == ENDS_ON else 0.0
        on = form.approaches[approach].days[key]
        found.append(
            KnownChange(approach=approach, key=key, on=on, month=max(month, 1), cost=cost, invested=upfront > 0)
        )
    return tuple(sorted(found, key=lambda one: one.on))
