"""The pages of a result, each with the one figure that it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from assessments.engine.decision import Decision
from assessments.speaking import SpokenWords

from .brief import facts_line
from .certainty import backed_of
from .formats import months
from .money.outcome import comes_back
from .verdict import headline, no_verdict
from .words import lower

BRIEF = "brief"
PAGE_NAMES = SpokenWords(
    brief=gettext_noop("Brief"),
    why=gettext_noop("Why"),
    options=gettext_noop("Options"),
    money=gettext_noop("Money"),
    evidence=gettext_noop("Evidence"),
    cases=gettext_noop("Similar cases"),
    plan=gettext_noop("Plan"),
)
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
        return no_verdict()
    said = headline(decision)
    name = decision.framework.approach[decision.leads].name
    return f"{name}, {lower(said.word)}" if decision.is_tuning else said.title.rstrip(".")


def _figures(decision: Decision) -> Mapping[str, str]:
    counts, weeks, outside = decision.counts, decision.plan.weeks, decision.outside_view
    standings, (backed, deciding) = decision.standings.values(), backed_of(decision)
    return {
        "why": _("{indicators} for, {against} against").format(
            indicators=counts.indicators, against=counts.anti_indicators
        ),
        "options": _("{open} of {levers} open").format(open=sum(one.open for one in standings), levers=len(standings)),
        "evidence": _("{backed} of {deciding} backed").format(backed=backed, deciding=deciding) if deciding else "",
        "cases": _("{found} of {of}").format(found=round(outside.won), of=outside.of) if outside else "",
        "money": _payback(decision),
        "plan": ngettext("{n} week", "{n} weeks", weeks).format(n=weeks) if weeks else "",
    }


def _payback(decision: Decision) -> str:
    investment = decision.economics and decision.economics.investment
    if not investment:
        return ""
    if not decision.is_tuning:
        return _("if you tuned")
    when = comes_back(investment).value
    return lower(months(None)) if when == months(None) else when
