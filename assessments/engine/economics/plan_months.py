"""Days as months of the plan, counted from the day on which month 1 begins."""

from datetime import date

from assessments.framework.schema import Framework

from ..document import Document

STARTS_ON = "starts_on"
ENDS_ON, CHANGES_ON = "ends_on", "price_changes_on"


def plan_starts(framework: Framework, document: Document) -> date:
    """The day on which month 1 begins: as entered, else the day of the market's table."""
    entered: date | None = document.costs.get(STARTS_ON)
    return entered or framework.market.as_of


def month_of(day: date, *, starts: date) -> int:
    """In which month of the plan a day falls, from 1; 0 or less before the start.

    >>> month_of(date(2026, 12, 19), starts=date(2026, 11, 20)), month_of(date(2026, 12, 20), starts=date(2026, 11, 20))
    (1, 2)
    """
    whole = (day.year - starts.year) * 12 + day.month - starts.month
    return whole + (day.day >= starts.day)
