"""How the levers are compared, for the method page: base scores, fit, weights by need, and what else sets a score."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.framework import Framework
from assessments.framework.schema import Criterion

from .conditions import conditions_in_words
from .formats import either, listed, number, quoted, share
from .words import labels


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow:
    """One row of a table with a score for each approach. Steps are from 1 to 5, for the shade."""

    name: str
    about: str
    cells: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreGroup:
    """Criteria that have something in common."""

    name: str
    rows: Sequence[ScoreRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedRow:
    """When a lever counts as tried: lines of which one suffices."""

    name: str
    when: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonRules:
    groups: Sequence[ScoreGroup]
    fits: Sequence[ScoreRow]
    tried: Sequence[TriedRow]
    notes: Sequence[str]
    """What sets a score beside these tables, a sentence each."""


def present_comparison_rules(framework: Framework) -> ComparisonRules:
    rules = framework.matrix
    return ComparisonRules(
        groups=[
            ScoreGroup(
                name=name,
                rows=[_scores(framework, criterion) for criterion in rules.criteria if criterion.group == key],
            )
            for key, name in rules.groups.items()
        ],
        fits=_fits(framework),
        tried=[
            TriedRow(name=framework.approach[key].name, when=conditions_in_words(framework, when))
            for key, when in rules.tried.items()
        ],
        notes=_notes(framework),
    )


def _scores(framework: Framework, criterion: Criterion) -> ScoreRow:
    """The base scores of a criterion; one without any is worked out from the failures."""
    cells = [criterion.scores[approach.key] for approach in framework.approaches] if criterion.scores else []
    about = _("Weight {weight}").format(weight=weight_in_words(framework, criterion))
    return ScoreRow(name=criterion.name, about=about, cells=[(score, score) for score in cells])


def weight_in_words(framework: Framework, criterion: Criterion) -> str:
    """What a criterion weighs, and which answers move that."""
    weight, moved = number(criterion.weight), either(labels(framework, criterion.moved_by))
    if criterion.if_yes is None:
        if criterion.if_no is None:
            return weight
        words = _("{weight}; {if_no} where the answer is no")
    elif criterion.if_no is None:
        words = _("{weight}; {if_yes} where {moved} is yes")
    else:
        words = _("{weight}; {if_yes} where {moved} is yes; {if_no} where the answer is no")
    return words.format(
        weight=weight, moved=moved, if_yes=number(criterion.if_yes or 0), if_no=number(criterion.if_no or 0)
    )


def _fits(framework: Framework) -> Sequence[ScoreRow]:
    """How well each approach fixes each kind of failure, 0 to 5."""
    groups = {mode: group.name for group in framework.failure_groups for mode in group.modes}
    return [
        ScoreRow(
            name=framework.questions[mode].label,
            about=groups[mode],
            cells=[(fit[approach.key], max(1, fit[approach.key])) for approach in framework.approaches],
        )
        for mode, fit in framework.matrix.fit.items()
    ]


def _notes(framework: Framework) -> Sequence[str]:
    rules, name = framework.matrix, {approach.key: approach.name for approach in framework.approaches}
    criteria = {criterion.key: criterion.name for criterion in rules.criteria}
    others = [
        _("{lever} counts {share} from the start").format(lever=name[key], share=share(left))
        for key, left in rules.left.others.items()
    ]
    pointed = [
        _("{failures} for {answers}").format(
            failures=listed(labels(framework, pointer.modes)),
            answers=either(labels(framework, pointer.answers)) or _kinds(framework, pointer.task_kinds),
        )
        for pointer in rules.pointers
    ]
    return [
        _(
            "Fixes the failures: 1, and up to 4 more for the share of each kind of failure times the fit of the lever. "
            "A lever that was tried, with the target still missed, counts {share} of its fit; {others}."
        ).format(share=share(rules.left.tried), others=listed(others)),
        _(
            "Where no failures were counted, answers point to kinds of failure: {pointed}. "
            "Where nothing points anywhere, every kind counts the same."
        ).format(pointed="; ".join(pointed)),
        *(
            _("{lever} scores {score} on {criteria} where {when}.").format(
                lever=name[one.approach],
                score=number(one.score),
                criteria=listed([criteria[key] for key in one.criteria]),
                when=either(conditions_in_words(framework, one.when)),
            )
            for one in rules.set_scores
        ),
        _(
            "Running cost and upfront cost come from the detailed costs once these are filled in: the cheapest scores "
            "5, and each doubling takes {points} away."
        ).format(points=number(rules.cost_scores.points_less_by_doubling)),
    ]


def _kinds(framework: Framework, kinds: Sequence[str]) -> str:
    options = {option.value: option.label for option in framework.questions["task_kind"].options}
    named = [quoted(options[kind]) for kind in kinds]
    return _("tasks of the kinds {kinds}").format(kinds=listed(named))
