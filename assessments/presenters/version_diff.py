"""Two states of an assessment beside each other, in plain words: what was changed, and what that did."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, pgettext

from assessments.engine.fields import fields_of
from assessments.engine.result import Result, StoredApproach
from assessments.framework import Framework

from .changes import AnswerMove, Moved, Said, answer_move
from .formats import STANCE_WORDS, money, months, number, score, share
from .lenses import band_word
from .money.words import if_tuned
from .robustness import under_a_hundredth
from .verdict import headline_words, no_verdict, settled_word
from .within import set_apart
from .words import (
    approach_in_words,
    because_in_words,
    lower,
    stored_finding_in_words,
    stored_gap_in_words,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One side of a comparison: the framework, what each answer says, and the result that was stored or would be."""

    framework: Framework
    said: Mapping[str, Said]
    result: Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """Differences of one kind, under a heading."""

    heading: str
    moved: Sequence[Moved] = ()
    added: Sequence[str] = ()
    gone: Sequence[str] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.moved or self.added or self.gone)


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionDiff:
    answers: Sequence[AnswerMove]
    verdict_before: str
    verdict_after: str
    reason: Moved | None
    """Why each is the verdict, where that differs."""
    groups: Sequence[Differences]
    lead: str

    @property
    def is_same(self) -> bool:
        return not self.answers and not self.reason and not self.groups


def compare(before: State, after: State) -> VersionDiff:
    """What differs between two states."""
    paths = [*fields_of(after.framework), *before.said, *after.said]
    answers = [
        answer_move(after.framework, path, before.said.get(path), after.said.get(path))
        for path in dict.fromkeys(paths)
        if before.said.get(path) != after.said.get(path)
    ]
    verdicts = [headline_of(side.framework, side.result) for side in (before, after)]
    reasons = [because_in_words(side.framework, side.result.because) for side in (before, after)]
    groups = [group for group in result_groups(before, after) if not group.is_empty]
    return VersionDiff(
        answers=answers,
        verdict_before=verdicts[0],
        verdict_after=verdicts[1],
        reason=Moved(name=_("Because"), before=reasons[0], after=reasons[1]) if reasons[0] != reasons[1] else None,
        groups=groups,
        lead=_lead(len(answers), verdicts, elsewhere=bool(groups), other_reason=reasons[0] != reasons[1]),
    )


class StoredResult(Protocol):
    """What a stored result decided, in short."""

    @property
    def approach(self) -> str | None: ...
    @property
    def action(self) -> str: ...
    @property
    def confirm(self) -> Sequence[str]: ...
    @property
    def wording(self) -> str: ...


def headline_of(framework: Framework, result: StoredResult) -> str:
    """The verdict that a stored result states, as a sentence."""
    return headline_words(framework, result.approach, result.action, result.confirm, result.wording)


def result_groups(before: State, after: State) -> Sequence[Differences]:
    """What differs between two results, in groups, empty ones too."""
    found = [
        (_("Lever, action and path"), _verdict),
        (_("Payback and money"), _money),
        (_("What it could still become"), _possible),
        (_("What each method says"), _lenses),
        (_("Counts"), _counts),
        (_("Levers compared"), _ranking),
    ]
    groups = [Differences(heading=heading, moved=_differing(words(before), words(after))) for heading, words in found]
    return [
        *groups,
        _listed(_("Things to look at"), _findings(before), _findings(after)),
        _listed(_("Missing for a full go"), _missing(before), _missing(after)),
    ]


def _lead(changed: int, verdicts: Sequence[str], *, elsewhere: bool, other_reason: bool) -> str:
    if not changed and not elsewhere and not other_reason and verdicts[0] == verdicts[1]:
        return _("Nothing changed.")
    words = ngettext("{n} answer changed.", "{n} answers changed.", changed) if changed else _("No answers changed.")
    if verdicts[0] != verdicts[1]:
        what = _("The verdict is another one.")
    elif not changed:
        what = _("The same answers give another result.")
    else:
        what = _("The verdict stays, for another reason.") if other_reason else _("The verdict stays.")
    return f"{words.format(n=number(changed))} {what}"


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> list[Moved]:
    return [
        Moved(name=name, before=before.get(name, _("Not stated")), after=after.get(name, _("Not stated")))
        for name in dict.fromkeys((*before, *after))
        if before.get(name) != after.get(name)
    ]


def _listed(heading: str, before: Sequence[str], after: Sequence[str]) -> Differences:
    return Differences(
        heading=heading,
        added=[words for words in after if words not in before],
        gone=[words for words in before if words not in after],
    )


def _verdict(side: State) -> dict[str, str]:
    framework, result = side.framework, side.result
    firm = result.on_evidence_alone
    return {
        _("Lever"): framework.approach[result.approach].name if result.approach else no_verdict(),
        _("Action"): framework.verdict.action_short[result.action],
        _("Where the decision tree ends"): framework.leaf[result.leaf].name,
        _("How firm"): settled_word(settled=result.settled, begun=result.has_begun, stability=result.stability),
        _("On documented and measured answers alone"): headline_words(
            framework, firm.approach, firm.action, wording=result.wording * (firm.approach == result.approach)
        ),
    }


def _possible(side: State) -> dict[str, str]:
    possible = side.result.possible_approaches
    return {one.name: _share(possible.get(one.key)) for one in side.framework.approaches}


def _share(part: float | None) -> str:
    if part is None:
        return _("Not possible")
    return share(part) if part >= 0.005 else under_a_hundredth()


def _return_words(times: float | None) -> str:
    return _("Cannot be said") if times is None else pgettext("return", "{n} times").format(n=number(round(times, 1)))


_FIGURES: Mapping[str, tuple[str, Callable[[Any], str] | None]] = {
    "upfront": (gettext_noop("Upfront"), None),
    "break_even_months": (gettext_noop("Pays back after"), months),
    "discounted_break_even_months": (gettext_noop("Pays back after, discounted"), months),
    "durable_break_even_months": (gettext_noop("Pays back for good after"), months),
    "net": (gettext_noop("Left at the end"), None),
    "npv": (gettext_noop("Present value"), None),
    "roi": (gettext_noop("Return on investment"), _return_words),
}
"""Each with its name and how it is said; None for an amount of money."""


def _money(side: State) -> dict[str, str]:
    economics = side.result.economics
    if not economics:
        return {_("Costs and benefits"): _("Not filled in")}
    words = {_("Costs and benefits"): _("In detail") if economics.form == "detailed" else _("Filled in")}
    of_one = economics.form == "summary"
    for approach, figures in economics.approaches.items():
        whose = approach_in_words(side.framework, approach)
        for name, text in _figures(side.framework, figures, all_of_them=of_one):
            words[if_tuned(name) if of_one else f"{whose}: {set_apart(name, lower(name))}"] = text
    return words


def _figures(framework: Framework, figures: StoredApproach, *, all_of_them: bool) -> Iterator[tuple[str, str]]:
    for key, (name, say) in _FIGURES.items():
        figure = getattr(figures, key)
        if all_of_them or figure is not None:
            yield _(name), say(figure) if say else money(figure, framework.sign)


def _lenses(side: State) -> dict[str, str]:
    return {
        side.framework.lens[key].name: STANCE_WORDS[lens.stance] + (f", {band_word(lens.band)}" if lens.band else "")
        for key, lens in side.result.lenses.items()
    }


def _counts(side: State) -> dict[str, str]:
    counts = side.result.counts
    return {
        _("Reasons for"): number(counts.indicators),
        _("Reasons against"): number(counts.anti_indicators),
        _("Open among them"): number(counts.unsure),
    }


def _findings(side: State) -> list[str]:
    return [stored_finding_in_words(side.framework, finding) for finding in side.result.findings]


def _missing(side: State) -> list[str]:
    return [stored_gap_in_words(side.framework, gap) for gap in side.result.missing_for_go]


def _ranking(side: State) -> dict[str, str]:
    matrix = side.result.matrix
    return {
        side.framework.approach[key].name: _("Place {place}, mean {mean}").format(
            place=place, mean=score(matrix.rows[key].mean)
        )
        for place, key in enumerate(matrix.ranking, start=1)
    }
