"""What is known to end or to change within the plan, and what an end costs (docs/economics.md, section 3: 6b, 12a)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from assessments.framework.schema import Framework

from ..document import Document
from ..plan_figures import horizon_of
from .inputs import STATUS_QUO
from .monthly_costs import redo_by_month, upfront_cost
from .numbers import case_numbers
from .plan_months import ENDS_ON, month_of, plan_starts


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
    """In the order of their days; () where nothing falls into the plan.

    Where no day was entered for today's prompt, the end of the model that the use case names counts, as the market has
    it: nothing is costed for it then.
    """
    found = list(_of_the_use_case(framework, document))
    form = document.detailed
    if form is None:
        return tuple(found)
    numbers = case_numbers(framework, document, form)
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


def _of_the_use_case(framework: Framework, document: Document) -> Iterator[KnownChange]:
    """The end of the one model of the market that the use case names; sellers of it that differ leave it open."""
    form = document.detailed
    if form and ENDS_ON in form.approaches[STATUS_QUO].days:
        return
    words = set(str(document.use_case.get("model") or "").lower().replace(",", " ").split())
    named = [row for row in framework.market.models if row.model.lower() in words]
    ends = {row.ends_on for row in [row for row in named if row.provider in words] or named}
    end = ends.pop() if len(ends) == 1 else None
    if end is None:
        return
    month = month_of(end, starts=plan_starts(framework, document))
    if 1 <= month <= horizon_of(framework, document):
        yield KnownChange(approach=STATUS_QUO, key=ENDS_ON, on=end, month=month, cost=0.0, invested=False)
