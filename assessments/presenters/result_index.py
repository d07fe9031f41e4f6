"""The pages of a result, each with the one figure that it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.engine.decision import Decision

from .brief import facts_line
from .certainty import backed_of
from .formats import months
from .money.outcome import comes_back
from .verdict import NO_VERDICT, headline
from .words import lower

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
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultIndex:
    """What stands in the list of pages: the use case, the verdict in short, and the pages that this reader sees."""

    name: str
    facts: str
    headline: str
    short: str
    """The verdict in as few words as a list has room for."""
    has_money: bool
    """Whether costs were entered that this reader sees."""
    entries: Sequence[IndexEntry]


def pages_shown(*, costs: bool) -> Sequence[str]:
    """The pages of a reader: without the costs there is no page about money."""
    return [key for key in PAGE_NAMES if costs or key != "money"]


def present_index(decision: Decision, *, name: str, urls: Mapping[str, str]) -> ResultIndex:
    """The pages that `urls` has an address for, in their order."""
    figures = _figures(decision)
    return ResultIndex(
        name=name,
        facts=facts_line(decision),
        headline=headline(decision).title,
        short=_short(decision),
        has_money=decision.economics is not None,
        entries=[
            IndexEntry(key=key, name=PAGE_NAMES[key], figure=figures.get(key, ""), url=url) for key, url in urls.items()
        ],
    )


def _short(decision: Decision) -> str:
    if not decision.has_begun:
        return NO_VERDICT
    said = headline(decision)
    name = decision.framework.approach[decision.leads].name
    return f"{name}, {lower(said.word)}" if decision.is_tuning else said.title.rstrip(".")


def _figures(decision: Decision) -> Mapping[str, str]:
    counts, weeks, outside = decision.counts, decision.plan.weeks, decision.outside_view
    standings, (backed, deciding) = decision.standings.values(), backed_of(decision)
    return {
        "why": f"{counts.indicators} for, {counts.anti_indicators} against",
        "options": f"{sum(one.open for one in standings)} of {len(standings)} open",
        "evidence": f"{backed} of {deciding} backed" if deciding else "",
        "cases": f"{round(outside.won)} of {outside.of}" if outside else "",
        "money": _payback(decision),
        "plan": f"{weeks} week{'s' * (weeks != 1)}" if weeks else "",
    }


def _payback(decision: Decision) -> str:
    investment = decision.economics and decision.economics.investment
    if not investment:
        return ""
    if not decision.is_tuning:
        return "if you tuned"
    when = comes_back(investment).value
    return "never" if when == months(None) else when
