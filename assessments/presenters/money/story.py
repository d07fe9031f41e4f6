"""The money as one story: what costs least, what the lever costs more or less than its rival, and what it hangs on."""

from django.utils.translation import gettext as _

from assessments.engine.decision import Economics, Investment, Verdict
from assessments.engine.economics.inputs import STATUS_QUO, TUNING
from assessments.engine.economics.spreads import ACCURACY
from assessments.framework import Framework

from ..formats import money, months
from ..words import approach_in_words, lower, starting
from .figures import figure_name


def money_story(verdict: Verdict, economics: Economics) -> str:
    """Two to four sentences that go without any table; what pays back when stands in the heading."""
    worth = economics.investment or economics.tuning_case
    found = [_cheapest(verdict.framework, economics)]
    if worth and economics.told:
        found += [_compared(verdict.framework, economics, economics.told[0], worth), _hangs_on(verdict, economics)]
    return " ".join(sentence for sentence in found if sentence)


def _cheapest(framework: Framework, economics: Economics) -> str:
    """What costs least over the plan, in today's money, and how much less than the one that is spoken of."""
    if not economics.approaches:
        return ""
    pv_costs = {one.approach: one.pv_cost for one in economics.approaches}
    cheapest = min(pv_costs, key=lambda name: pv_costs[name])
    whose = economics.told[0] if economics.told else cheapest
    name, span = starting(approach_in_words(framework, cheapest)), months(economics.horizon_months)
    if cheapest == whose:
        return _("{lever} costs least over {months}, {amount} in today's money.").format(
            lever=name, months=span, amount=money(pv_costs[cheapest], framework.sign)
        )
    return _("{lever} costs least over {months}, {amount} less than {other}.").format(
        lever=name,
        months=span,
        amount=money(pv_costs[whose] - pv_costs[cheapest], framework.sign),
        other=approach_in_words(framework, whose),
    )


def _compared(framework: Framework, economics: Economics, whose: str, worth: Investment) -> str:
    """What it costs more or less than its rival, at the start and each month."""
    upfront, sign = worth.cash_flow.upfront, framework.sign
    net, rival = worth.average_net, approach_in_words(framework, worth.reference)
    if worth.reference == economics.best_untuned != whose and worth.reference != STATUS_QUO:
        rival = _("{lever}, the best lever without tuning").format(lever=rival)
    return _told(upfront, net, first=whose == TUNING).format(
        reference=rival,
        lever=approach_in_words(framework, whose),
        upfront=money(abs(upfront), sign),
        net=money(abs(net), sign),
        often=_("a month") if economics.form == "summary" else _("a month on average"),
    )


def _told(upfront: float, net: float, *, first: bool) -> str:
    """The sentence for what is saved or paid at the start and each month; `first` where nothing is paid otherwise."""
    if upfront < 0:
        if net < 0:
            return _("Compared with {reference}, {lever} saves {upfront} at the start but costs {net} more {often}.")
        return _("Compared with {reference}, {lever} saves {upfront} at the start and brings {net} {often}.")
    if first:
        if net < 0:
            return _("Compared with {reference}, {lever} costs {upfront} at the start and {net} more {often}.")
        return _("Compared with {reference}, {lever} costs {upfront} at the start and brings {net} {often}.")
    if net < 0:
        return _("Compared with {reference}, {lever} costs {upfront} more at the start and {net} more {often}.")
    return _("Compared with {reference}, {lever} costs {upfront} more at the start and brings {net} {often}.")


def _hangs_on(verdict: Verdict, economics: Economics) -> str:
    hangs = verdict.hangs_on
    if hangs is None:
        return ""
    if hangs.bar.key == ACCURACY:
        return _("It hangs most on how many answers are right.")
    name = figure_name(verdict.framework, economics.form, hangs.bar.key, hangs.bar.approach)
    return _("It hangs most on one figure: {figure}.").format(figure=lower(name))
