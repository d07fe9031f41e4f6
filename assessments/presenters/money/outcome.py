"""What an investment costs at the start and when that comes back, in the few words that every page uses."""

from dataclasses import dataclass

from assessments.engine.decision import Investment
from assessments.framework import Framework

from ..formats import money, months, payback


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyFigure:
    """A figure with its name; where less is paid at the start than otherwise, the name says so."""

    name: str
    value: str


def at_the_start(framework: Framework, upfront: float) -> MoneyFigure:
    """What is paid at the start, or what is saved then: never an amount below zero."""
    if upfront < 0:
        return MoneyFigure(name="Saved at the start", value=money(-upfront, framework.sign))
    return MoneyFigure(name="Upfront", value=money(upfront, framework.sign))


def comes_back(investment: Investment) -> MoneyFigure:
    """When it pays back; of what is cheaper only at first, when the saving is used up."""
    if investment.used_up_months is not None:
        return MoneyFigure(name="Saving used up after", value=months(investment.used_up_months))
    when = payback(investment.break_even_months, investment.durable_break_even_months)
    return MoneyFigure(name="Pays back in", value=when)


def in_a_line(framework: Framework, investment: Investment) -> str:
    """Both, as one part of a sentence: “$6,000 upfront, pays back after 4 months”."""
    upfront, sign = investment.cash_flow.upfront, framework.sign
    if (used_up := investment.used_up_months) is not None:
        when = "from the first month on" if months(used_up) == months(0) else f"after {months(used_up)}"
        return f"Saves {money(-upfront, sign)} at the start and costs more in all {when}"
    start = f"Saves {money(-upfront, sign)} at the start" if upfront < 0 else f"{money(upfront, sign)} upfront"
    if upfront < 0:
        return f"{start} and never costs more"
    when = payback(investment.break_even_months, investment.durable_break_even_months)
    if when == months(None):
        return f"{start}, does not pay back within {investment.horizon_months} months"
    return f"{start}, pays back {'at once' if when == months(0) else f'after {when}'}"
