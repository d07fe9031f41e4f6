"""The pages of a result, each with the one figure that it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.engine.decision import Decision

from .formats import months, payback
from .verdict import headline

BRIEF = "brief"
PAGE_NAMES: Mapping[str, str] = {
    BRIEF: "Brief",
    "why": "Why",
    "options": "Options",
    "money": "Money",
    "evidence": "Evidence",
    "cases": "Similar cases",
    "plan": "Plan",
}
"""In the order in which they are read. The brief stands in front, the others behind it."""
BEHIND = tuple(key for key in PAGE_NAMES if key != BRIEF)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    key: str
    name: str
    figure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultIndex:
    """What stands in the list of pages: the use case, the verdict in short, and the pages that this reader sees."""

    name: str
    headline: str
    framework: str
    entries: Sequence[IndexEntry]


def pages_shown(*, costs: bool) -> Sequence[str]:
    """The pages of a reader: without the costs there is no page about money."""
    return [key for key in PAGE_NAMES if costs or key != "money"]


def present_index(decision: Decision, *, name: str, left_out: Sequence[str] = ()) -> ResultIndex:
    figures = _figures(decision)
    shown = pages_shown(costs="costs" not in left_out)
    return ResultIndex(
        name=name,
        headline=headline(decision).title,
        framework=f"{decision.framework.name}, version {decision.framework.version}",
        entries=[IndexEntry(key=key, name=PAGE_NAMES[key], figure=figures.get(key, "")) for key in shown],
    )


def _figures(decision: Decision) -> Mapping[str, str]:
    counts, weeks = decision.counts, decision.plan.weeks
    return {
        "why": f"{counts.indicators} for, {counts.anti_indicators} against",
        "money": _payback(decision),
        "plan": f"{weeks} week{'s' * (weeks != 1)}" if weeks else "",
    }


def _payback(decision: Decision) -> str:
    investment = decision.economics and decision.economics.investment
    if not investment:
        return ""
    if not decision.is_tuning:
        return "if you tuned"
    when = payback(investment.break_even_months, investment.durable_break_even_months)
    return "never" if when == months(None) else when
