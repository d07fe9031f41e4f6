"""The portfolio over its table: tiles with counts, and what was found in sentences."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.framework import Framework

from .formats import count, counted, listed, number
from .within import set_apart
from .words import starting

_AS_WORDS = 10
"""Counts up to here are written as words, unless a larger one stands beside them."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A count over the whole workspace, with the verdicts it is of and the filter that shows them."""

    name: str
    number: int
    small: str
    field: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioCounts:
    """How many assessments of a workspace there are of each kind."""

    total: int
    worked_out: int
    behind: int
    """Whose list entry must be worked out, or worked out anew."""
    in_progress: int
    by_action: Mapping[str, int]
    """By the verdict's action; without one where there is no verdict yet."""
    to_fix: Mapping[str, int]
    """By approach, those with something to fix first."""
    other: Mapping[str, int]
    """By approach, those that are better served another way."""

    @property
    def tuning(self) -> int:
        return self.by_action["go"] + self.pilots

    @property
    def pilots(self) -> int:
        return self.by_action["pilot"] + self.by_action["confirm_first"]

    @property
    def without_verdict(self) -> int:
        return self.by_action[""]


def present_tiles(counts: PortfolioCounts, framework: Framework) -> Sequence[Tile]:
    to_fix, other = _commonest(counts.to_fix, framework), _commonest(counts.other, framework)
    without = counts.without_verdict
    blank = _("{n} without a verdict yet").format(n=number(without)) if without else ""
    return (
        Tile(_("Fine-tuning candidates"), counts.tuning, _need_pilot(counts), "verdict", "candidates"),
        Tile(_("Something to fix first"), counts.by_action["fix_first"], to_fix, "verdict", "fix_first"),
        Tile(_("Better served another way"), sum(counts.other.values()), other, "verdict", "other"),
        Tile(_("In progress"), counts.in_progress, blank, "progress", "open"),
    )


def _need_pilot(counts: PortfolioCounts) -> str:
    pilots = counts.pilots
    if not counts.tuning:
        return ""
    return counted(pilots, "{n} needs a pilot first", "{n} need a pilot first") if pilots else _("ready to go ahead")


def _commonest(by_approach: Mapping[str, int], framework: Framework) -> str:
    """The two approaches that are named most often."""
    named = [key for key, found in Counter(by_approach).most_common(2) if found]
    return ", ".join(set_apart(framework.approach[key].name, framework.approach[key].name.lower()) for key in named)


def lead_sentence(counts: PortfolioCounts) -> str:
    """The finding over all: how many are worth tuning."""
    blank, tuning = counts.without_verdict, counts.tuning
    total = counts.worked_out - blank
    say = count if max(total, blank) <= _AS_WORDS else number
    if not total:
        return _("No use case has a verdict yet. Each needs its prompt ceiling looked at first.")
    if total == 1:
        words = (
            _("The one use case with a verdict is worth tuning.")
            if tuning
            else _("The one use case with a verdict is not worth tuning.")
        )
    elif not tuning:
        words = _("None of {total} use cases with a verdict are worth tuning.")
    else:
        words = ngettext(
            "{Some} of {total} use cases with a verdict is worth tuning.",
            "{Some} of {total} use cases with a verdict are worth tuning.",
            tuning,
        )
    found = words.format(Some=starting(say(tuning)), total=say(total))
    if not blank:
        return found
    still = ngettext("{Some} is still without one.", "{Some} are still without one.", blank)
    return f"{found} {still.format(Some=starting(say(blank)))}"


def found_sentence(found: int, total: int, *, filtered: bool) -> str:
    """How many rows there are, as it is announced."""
    if not filtered:
        return counted(found, "{n} use case", "{n} use cases")
    words = ngettext("{found} of {total} use case", "{found} of {total} use cases", total)
    return words.format(found=number(found), total=number(total))


def filter_sentence(parts: Mapping[str, str]) -> str:
    """What a selection leaves, for paper and files: each filter's name with its words."""
    told = [f"{name}: {words}" for name, words in parts.items() if words]
    return listed(told) if told else _("All use cases")
