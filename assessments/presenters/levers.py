"""How each lever stands, in a shape, a word and a reason: the verdict, open, tried or closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from assessments.engine.decision import Decision, MeasuredLead, Verdict

from .formats import decimals, share
from .words import in_words

_ORDINALS = (
    gettext_noop("First"),
    gettext_noop("Second"),
    gettext_noop("Third"),
    gettext_noop("Fourth"),
    gettext_noop("Fifth"),
    gettext_noop("Sixth"),
    gettext_noop("Seventh"),
    gettext_noop("Eighth"),
    gettext_noop("Ninth"),
    gettext_noop("Tenth"),
    gettext_noop("Eleventh"),
)
_MEASURED = "measured"
"""The gate that a measurement closes."""
_ICONS = {"verdict": "half", "open": "todo", "tried": "done", "closed": "no"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LeverView:
    """One lever: its place among the open ones, and why it stands as it does."""

    key: str
    name: str
    state: Literal["verdict", "open", "tried", "closed"]
    rank: int | None
    reason: str
    tuning: bool

    @property
    def word(self) -> str:
        return {
            "verdict": _("The verdict"),
            "open": pgettext("lever", "Open"),
            "tried": pgettext("lever", "Tried"),
            "closed": pgettext("lever", "Closed"),
        }[self.state]

    @property
    def icon(self) -> str:
        return _ICONS[self.state]


def present_levers(decision: Decision) -> Sequence[LeverView]:
    """The verdict first, then what is open by rank, then what was tried, then what is closed; each by rank."""
    order = ("verdict", "open", "tried", "closed")
    ranks = {key: place for place, key in enumerate(open_ranking(decision), start=1)}
    levers = [_lever(decision, key, ranks.get(key)) for key in decision.matrix.ranking]
    return sorted(levers, key=lambda lever: order.index(lever.state))


def open_ranking(decision: Decision) -> Sequence[str]:
    """The levers that are open and not tried yet, best first; the leading one stands first even where it was tried."""
    standings, leads = decision.standings, decision.leads
    return [
        key for key in decision.matrix.ranking if key == leads or (standings[key].open and not standings[key].tried)
    ]


def ordinal(place: int) -> str:
    """A place in words.

    >>> ordinal(2)
    'Second'
    """
    return _(_ORDINALS[place - 1])


def gate_reason(verdict: Verdict, key: str) -> str:
    """Why a lever is closed, short: the first gate that closes it; empty where none does."""
    closed_by = verdict.standings[key].closed_by
    if verdict.measured and closed_by[:1] == (_MEASURED,):
        return _measured_reason(verdict, verdict.measured, key)
    return in_words(verdict.framework, verdict.framework.gate[closed_by[0]].short) if closed_by else ""


def _measured_reason(verdict: Verdict, lead: MeasuredLead, key: str) -> str:
    """How many cases it passed beside what leads, or that nobody measured it."""
    comparison, most = verdict.document.comparison, lead.variant.rate.share or 0.0
    variants = comparison.variants if comparison else ()
    passed = max((one.rate.share or 0.0 for one in variants if one.approach == key), default=None)
    if passed is None:
        return _("Not measured; a measured lever leads")
    if passed > most:
        words = _("Measured: {passed}, no sure gain over {most}")
    else:
        words = _("Measured: {passed} of cases passed, not {most}")
    return words.format(passed=share(passed), most=share(most))


def _lever(decision: Decision, key: str, rank: int | None) -> LeverView:
    approach, standing = decision.framework.approach[key], decision.standings[key]
    state: Literal["verdict", "open", "tried", "closed"]
    if key == decision.approach:
        state = "verdict"
    elif not standing.open:
        state = "closed"
    else:
        state = "tried" if standing.tried else "open"
    return LeverView(
        key=key,
        name=approach.name,
        state=state,
        rank=rank,
        reason=_reason(decision, key, state, rank),
        tuning=approach.tuning,
    )


def _reason(decision: Decision, key: str, state: str, rank: int | None) -> str:
    if state == "verdict":
        return _("Tried; still the best that is open") if decision.standings[key].tried else _("The best that is open")
    if state == "closed":
        return gate_reason(decision, key)
    if state == "tried":
        missed = decision.document.answers.yes("target_missed")
        return _("Tried, and the target is still missed") if missed else pgettext("lever", "Tried")
    means = {row.approach: row.mean for row in decision.matrix.rows}
    behind = means[open_ranking(decision)[0]] - means[key]
    if behind >= 0.05:
        return _("{place} of those open, {behind} behind").format(place=ordinal(rank or 1), behind=decimals(behind, 1))
    return _("{place} of those open, by a hair").format(place=ordinal(rank or 1))
