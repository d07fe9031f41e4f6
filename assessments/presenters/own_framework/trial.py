"""What a draft would change, in words: published cases, the team's own assessments, and what contradicts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.engine.back_test import CheckedCase
from assessments.engine.soundness import REFUSED, Concern
from assessments.engine.trial import CasesTried, try_on_cases, try_on_own_cases
from assessments.framework import Framework
from assessments.presenters.formats import ANSWER_WORDS, number, quoted, share
from assessments.presenters.words import lower

OVER_FITTING = gettext_noop(
    "These cases are in view while you choose. Rules that are chosen until they fit what is in view tend to fit worse "
    "where nobody looked. So the other half of the cases is kept aside and shown only when you publish."
)

_APPROACH_NEEDS = {
    "approach_alike": gettext_noop(
        "“{lever}” has no scores of its own yet: all of its scores and fit are those of “{other}”."
    ),
    "approach_ungated": gettext_noop(
        "No gate names “{lever}” yet: only what closes whole groups of levers closes it. Name it where it must wait."
    ),
    "approach_uncosted": gettext_noop("“{lever}” has no costs yet: it counts with the numbers of today’s prompt."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedVerdict:
    """A verdict that would be another one."""

    name: str
    before: str
    after: str
    judged: str
    """For a published case: whether that is better or worse than what happened says."""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesTriedView:
    """Published cases before and after."""

    sentence: str
    rows: Sequence[tuple[str, str, str]]
    """Under which rules, how many are right, and the share of them."""
    moved: Sequence[MovedVerdict]
    own: "CasesTriedView | None" = None
    """The team's own cases, counted apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTrialView:
    """The team's own assessments."""

    sentence: str
    moved: Sequence[MovedVerdict]
    more: int
    """How many more would change than are listed."""
    goes_on: bool
    tried: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernView:
    words: str
    refused: bool
    """Whether it cannot be published like that."""


def present_cases(built_in: Framework, before: Framework, after: Framework, *, kept_aside: bool) -> CasesTriedView:
    """One half of the published cases, under the built-in rules, the ones published last, and the draft."""
    found, usual = (try_on_cases(one, after, kept_aside=kept_aside) for one in (before, built_in))
    view = _tried(built_in, before, after, found, usual, _changes(any_moved=bool(found.moved), kept_aside=kept_aside))
    if kept_aside or not after.precedents.own:
        return view
    found, usual = (try_on_own_cases(one, after) for one in (before, built_in))
    sentence = _("No verdict on a case of your own changes.")
    if found.moved:
        sentence = _("{n} of {all} verdicts on cases of your own change.")
    return replace(view, own=_tried(built_in, before, after, found, usual, sentence))


def _tried(
    built_in: Framework, before: Framework, after: Framework, found: CasesTried, usual: CasesTried, sentence: str
) -> CasesTriedView:
    rows = [_row(_("The built-in framework"), usual.right_before, found.of)]
    if before is not built_in:
        rows.append(_row(_("Published last"), found.right_before, found.of))
    rows.append(_row(_("This draft"), found.right_after, found.of))
    return CasesTriedView(
        sentence=sentence.format(n=number(len(found.moved)), all=number(found.of)),
        rows=rows,
        moved=_moved(before, after, found),
    )


def _changes(*, any_moved: bool, kept_aside: bool) -> str:
    if any_moved and kept_aside:
        return _("{n} of {all} verdicts change in the half of the published cases that is kept aside.")
    if any_moved:
        return _("{n} of {all} verdicts change in the half of the published cases that is in view.")
    if kept_aside:
        return _("No verdict changes in the half of the published cases that is kept aside.")
    return _("No verdict changes in the half of the published cases that is in view.")


def _row(name: str, right: int, of: int) -> tuple[str, str, str]:
    return name, _("{n} of {all}").format(n=number(right), all=number(of)), share(right / of) if of else "–"


def _moved(before: Framework, after: Framework, found: CasesTried) -> Sequence[MovedVerdict]:
    return [
        MovedVerdict(
            name=f"{one.after.case.title}, {one.after.case.year}",
            before=_lever(before, one.before.approach),
            after=_lever(after, one.after.approach),
            judged=_judged(one.before, one.after),
        )
        for one in found.moved
    ]


def _judged(before: CheckedCase, after: CheckedCase) -> str:
    if before.right == after.right:
        return _("right as before") if after.right else _("wrong as before")
    return _("now right") if after.right else _("now wrong")


def _lever(framework: Framework, approach: str) -> str:
    return framework.approach[approach].name if approach in framework.approach else approach or _("No verdict yet")


def present_own(
    before: Framework,
    after: Framework,
    moves: Sequence[Sequence[str]],
    names: Mapping[str, str],
    url_of: Callable[[str], str],
    *,
    changed: int,
    tried: int,
    of: int,
    goes_on: bool,
) -> OwnTrialView:
    """`moves` are assessment, lever before and lever after; `names` are of those that are still there."""
    if goes_on:
        sentence = _("{tried} of {all} of your own assessments tried so far.")
    elif not of:
        sentence = _("You have no assessments of your own yet to try it on.")
    elif not changed:
        sentence = _("No verdict would change: {all} of your own assessments tried.")
    else:
        sentence = _("{changed} of {all} verdicts of your own assessments would change.")
    return OwnTrialView(
        sentence=sentence.format(tried=number(tried), changed=number(changed), all=number(of)),
        moved=[
            MovedVerdict(
                name=names[key], before=_lever(before, then), after=_lever(after, now), judged="", link=url_of(key)
            )
            for key, then, now in moves
            if key in names
        ],
        more=max(0, changed - len(moves)),
        goes_on=goes_on,
        tried=tried,
        of=of,
    )


def present_concerns(framework: Framework, found: Sequence[Concern]) -> Sequence[ConcernView]:
    return [ConcernView(words=_words(framework, one), refused=one.code in REFUSED) for one in found]


def _words(framework: Framework, one: Concern) -> str:
    if one.code == "nothing_open":
        answers = "; ".join(
            f"{quoted(framework.questions[key].label)}: {lower(ANSWER_WORDS.get(value, value))}"
            for key, value in one.answers
        )
        return _("Here no lever would be left open: {answers}. Gates must spare at least one.").format(
            answers=answers or _("nothing answered")
        )
    if one.code in ("gate_never", "gate_always"):
        name = framework.gate[one.key].short
        words = _("The gate “{gate}” is always closed: its conditions held in all of {n} drawn cases.")
        if one.code == "gate_never":
            words = _(
                "The gate “{gate}” never closes anything: its conditions held in none of {n} cases that were drawn."
            )
        return words.format(gate=name, n=number(one.cases))
    if one.code == "approach_never":
        return _("“{lever}” is never the verdict: it came first in none of {n} cases that were drawn.").format(
            lever=framework.approach[one.key].name, n=number(one.cases)
        )
    if one.code in _APPROACH_NEEDS:
        other = framework.approach[one.other].name if one.other else ""
        return _(_APPROACH_NEEDS[one.code]).format(lever=framework.approach[one.key].name, other=other)
    names = {criterion.key: criterion.name for criterion in framework.matrix.criteria}
    return _("“{criterion}” decides alone: one point of it outweighs all that the other criteria can say.").format(
        criterion=names[one.key]
    )
