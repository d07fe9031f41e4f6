"""The money as one story: what costs least, what the lever costs more or less than its rival, and what it hangs on."""

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
    said = f"{starting(approach_in_words(framework, cheapest))} costs least over {months(economics.horizon_months)}"
    if cheapest == whose:
        return f"{said}, {money(pv_costs[cheapest], framework.sign)} in today's money."
    less = money(pv_costs[whose] - pv_costs[cheapest], framework.sign)
    return f"{said}, {less} less than {approach_in_words(framework, whose)}."


def _compared(framework: Framework, economics: Economics, whose: str, worth: Investment) -> str:
    """What it costs more or less than its rival, at the start and each month."""
    upfront, sign = worth.cash_flow.upfront, framework.sign
    start = f"saves {money(-upfront, sign)}" if upfront < 0 else f"costs {money(upfront, sign)}"
    more = " more" if upfront >= 0 and whose != TUNING else ""
    net, average = worth.average_net, "" if economics.form == "summary" else " on average"
    month = f"brings {money(net, sign)}" if net >= 0 else f"{money(-net, sign)} more"
    joined = "but costs" if upfront < 0 and net < 0 else "and"
    best = worth.reference == economics.best_untuned != whose and worth.reference != STATUS_QUO
    rival = ", the best lever without tuning" if best else ""
    return (
        f"Compared with {approach_in_words(framework, worth.reference)}{rival}, {approach_in_words(framework, whose)} "
        f"{start}{more} at the start {joined} {month} a month{average}."
    )


def _hangs_on(verdict: Verdict, economics: Economics) -> str:
    hangs = verdict.hangs_on
    if hangs is None:
        return ""
    if hangs.bar.key == ACCURACY:
        return "It hangs most on how many answers are right."
    name = figure_name(verdict.framework, economics.form, hangs.bar.key, hangs.bar.approach)
    return f"It hangs most on one figure: {lower(name)}."
