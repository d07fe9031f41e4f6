"""Two states of an assessment beside each other, in plain words: what was changed, and what that did."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from assessments.engine.fields import fields_of
from assessments.engine.result import Result, StoredApproach
from assessments.framework import Framework

from .changes import AnswerMove, Moved, Said, answer_move
from .formats import STANCE_WORDS, money, months, number, score, share
from .money.words import IF_TUNED
from .verdict import NO_VERDICT, headline_words, settled_word
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
        reason=Moved(name="Because", before=reasons[0], after=reasons[1]) if reasons[0] != reasons[1] else None,
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
        ("Lever, action and path", _verdict),
        ("Payback and money", _money),
        ("What it could still become", _possible),
        ("What each method says", _lenses),
        ("Counts", _counts),
        ("Levers compared", _ranking),
    ]
    groups = [Differences(heading=heading, moved=_differing(words(before), words(after))) for heading, words in found]
    return [
        *groups,
        _listed("Things to look at", _findings(before), _findings(after)),
        _listed("Missing for a full go", _missing(before), _missing(after)),
    ]


def _lead(changed: int, verdicts: Sequence[str], *, elsewhere: bool, other_reason: bool) -> str:
    if not changed and not elsewhere and not other_reason and verdicts[0] == verdicts[1]:
        return "Nothing changed."
    words = f"{changed or 'No'} answer{'' if changed == 1 else 's'} changed."
    if verdicts[0] != verdicts[1]:
        return f"{words} The verdict is another one."
    if not changed:
        return f"{words} The same answers give another result."
    return f"{words} The verdict stays{', for another reason' if other_reason else ''}."


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> list[Moved]:
    return [
        Moved(name=name, before=before.get(name, "Not stated"), after=after.get(name, "Not stated"))
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
        "Lever": framework.approach[result.approach].name if result.approach else NO_VERDICT,
        "Action": framework.verdict.action_short[result.action],
        "Where the decision tree ends": framework.leaf[result.leaf].name,
        "How firm": settled_word(settled=result.settled, begun=result.has_begun, stability=result.stability),
        "On documented and measured answers alone": headline_words(
            framework, firm.approach, firm.action, wording=result.wording * (firm.approach == result.approach)
        ),
    }


def _possible(side: State) -> dict[str, str]:
    possible = side.result.possible_approaches
    return {one.name: _share(possible.get(one.key)) for one in side.framework.approaches}


def _share(part: float | None) -> str:
    if part is None:
        return "Not possible"
    return share(part) if part >= 0.005 else "under 1%"


_FIGURES: Mapping[str, tuple[str, Callable[[Any], str] | None]] = {
    "upfront": ("Upfront", None),
    "break_even_months": ("Pays back after", months),
    "discounted_break_even_months": ("Pays back after, discounted", months),
    "durable_break_even_months": ("Pays back for good after", months),
    "net": ("Left at the end", None),
    "npv": ("Present value", None),
    "roi": (
        "Return on investment",
        lambda times: "Cannot be said" if times is None else f"{number(round(times, 1))} times",
    ),
}
"""Each with its name and how it is said; None for an amount of money."""


def _money(side: State) -> dict[str, str]:
    economics = side.result.economics
    if not economics:
        return {"Costs and benefits": "Not filled in"}
    words = {"Costs and benefits": "In detail" if economics.form == "detailed" else "Filled in"}
    of_one = economics.form == "summary"
    for approach, figures in economics.approaches.items():
        whose = IF_TUNED if of_one else approach_in_words(side.framework, approach)
        said = _figures(side.framework, figures, all_of_them=of_one)
        words |= {f"{whose}: {lower(name)}": text for name, text in said}
    return words


def _figures(framework: Framework, figures: StoredApproach, *, all_of_them: bool) -> Iterator[tuple[str, str]]:
    for key, (name, say) in _FIGURES.items():
        figure = getattr(figures, key)
        if all_of_them or figure is not None:
            yield name, say(figure) if say else money(figure, framework.sign)


def _lenses(side: State) -> dict[str, str]:
    return {
        side.framework.lens[key].name: STANCE_WORDS[lens.stance] + (f", {lens.band}" if lens.band else "")
        for key, lens in side.result.lenses.items()
    }


def _counts(side: State) -> dict[str, str]:
    counts = side.result.counts
    return {
        "Reasons for": number(counts.indicators),
        "Reasons against": number(counts.anti_indicators),
        "Open among them": number(counts.unsure),
    }


def _findings(side: State) -> list[str]:
    return [stored_finding_in_words(side.framework, finding) for finding in side.result.findings]


def _missing(side: State) -> list[str]:
    return [stored_gap_in_words(side.framework, gap) for gap in side.result.missing_for_go]


def _ranking(side: State) -> dict[str, str]:
    matrix = side.result.matrix
    return {
        side.framework.approach[key].name: f"Place {place}, mean {score(matrix.rows[key].mean)}"
        for place, key in enumerate(matrix.ranking, start=1)
    }
