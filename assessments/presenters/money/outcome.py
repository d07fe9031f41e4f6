"""What an investment costs at the start and when that comes back, in the few words that every page uses."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.engine.decision import Investment
from assessments.framework import Framework

from ..formats import money, months, payback
from .words import months_after


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyFigure:
    """A figure with its name; where less is paid at the start than otherwise, the name says so."""

    name: str
    value: str


def at_the_start(framework: Framework, upfront: float) -> MoneyFigure:
    """What is paid at the start, or what is saved then: never an amount below zero."""
    if upfront < 0:
        return MoneyFigure(name=_("Saved at the start"), value=money(-upfront, framework.sign))
    return MoneyFigure(name=_("Upfront"), value=money(upfront, framework.sign))


def comes_back(investment: Investment) -> MoneyFigure:
    """When it pays back; of what is cheaper only at first, when the saving is used up."""
    if investment.used_up_months is not None:
        return MoneyFigure(name=_("Saving used up after"), value=months(investment.used_up_months))
    when = payback(investment.break_even_months, investment.durable_break_even_months)
    return MoneyFigure(name=_("Pays back in"), value=when)


def in_a_line(framework: Framework, investment: Investment) -> str:
    """Both, as one part of a sentence: “$6,000 upfront, pays back after 4 months”."""
    upfront, sign = investment.cash_flow.upfront, framework.sign
    if (used_up := investment.used_up_months) is not None:
        amount = money(-upfront, sign)
        if months(used_up) == months(0):
            return _("Saves {amount} at the start and costs more in all from the first month on").format(amount=amount)
        return _("Saves {amount} at the start and costs more in all after {months}").format(
            amount=amount, months=months_after(used_up)
        )
    if upfront < 0:
        return _("Saves {amount} at the start and never costs more").format(amount=money(-upfront, sign))
    amount = money(upfront, sign)
    when = payback(investment.break_even_months, investment.durable_break_even_months)
    if when == months(None):
        return _("{amount} upfront, does not pay back within {n} months").format(
            amount=amount, n=investment.horizon_months
        )
    if when == months(0):
        return _("{amount} upfront, pays back at once").format(amount=amount)
    after = months_after(investment.break_even_months)
    return _("{amount} upfront, pays back after {months}").format(amount=amount, months=after)
