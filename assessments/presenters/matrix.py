"""The comparison matrix in words: a number and a word in each cell, where it comes from, and how firm the order is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.engine.decision import Cell, Decision, Reason
from assessments.engine.matrix import WEIGHTINGS
from assessments.framework import Framework
from assessments.framework.notation import written
from assessments.framework.schema import Criterion

from .control import Stored
from .formats import STRENGTH_WORDS, number, share
from .within import set_apart
from .words import in_words

_OWN, _DEFAULT = "own", "default"


def _origin_words(origin: str) -> str:
    if origin == "derived":
        return _("from your answers")
    return pgettext("score", "yours") if origin == "user" else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreCell:
    """One score: its step from 1 to 5, the number, the word for it, and where it comes from."""

    approach: str
    step: int
    score: str
    word: str
    origin: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCell:
    """A cell that the team scored itself."""

    name: str
    path: str
    approach: str
    criterion: str
    score: str
    reason: str
    link: str
    strength: str
    """A word, empty for what is somebody's opinion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatRow:
    criterion: Criterion
    weight: str
    weight_reason: str
    cells: Sequence[ScoreCell]


def heat_rows(decision: Decision) -> Sequence[HeatRow]:
    framework, matrix = decision.framework, decision.matrix
    return [
        HeatRow(
            criterion=criterion,
            weight=number(matrix.weights[criterion.key]),
            weight_reason=weight_reason(framework, matrix.weight_reasons[criterion.key]),
            cells=[
                heat_cell(framework, framework.approach[row.approach].name, row.cells[criterion.key])
                for row in matrix.rows
            ],
        )
        for criterion in framework.matrix.criteria
    ]


def origins_of(decision: Decision) -> Sequence[str]:
    """What the answers changed in weights and scores, and which answers."""
    reasons = decision.matrix.weight_reasons
    return [line for row in heat_rows(decision) for line in _origins(row, reasons[row.criterion.key])]


def weight_reason(framework: Framework, reason: Reason) -> str:
    return in_words(framework, framework.matrix.weight_reasons[reason.code], reason.figures)


def heat_cell(framework: Framework, approach: str, cell: Cell) -> ScoreCell:
    words = framework.matrix.words
    step = min(len(words), max(1, int(cell.score + 0.5)))
    return ScoreCell(
        approach=approach,
        step=step,
        score=number(round(cell.score, 1)),
        word=words[step - 1],
        origin=_origin_words(cell.origin),
        reason=in_words(framework, framework.matrix.reasons[cell.reason], cell.figures),
    )


def _origins(row: HeatRow, weight: Reason) -> Iterator[str]:
    """One line for each thing that answers changed in this row; one for all cells where their reason is the same."""
    if weight.code != _DEFAULT:
        yield _("{criterion}, weight {weight}: {reason}").format(
            criterion=row.criterion.name, weight=row.weight, reason=row.weight_reason
        )
    derived = [cell for cell in row.cells if cell.origin == _origin_words("derived")]
    reasons = {cell.reason for cell in derived}
    if len(reasons) == 1 < len(derived):
        yield f"{row.criterion.name}: {reasons.pop()}"
    else:
        yield from (f"{row.criterion.name}, {cell.approach}: {cell.score}. {cell.reason}" for cell in derived)


def own_cells(decision: Decision, answers: Mapping[str, Stored]) -> Sequence[OwnCell]:
    return [
        _own_cell(decision.framework, row.approach, criterion, row.cells[criterion.key], answers)
        for criterion in decision.framework.matrix.criteria
        for row in decision.matrix.rows
        if row.cells[criterion.key].origin == "user"
    ]


def _own_cell(
    framework: Framework, approach: str, criterion: Criterion, cell: Cell, answers: Mapping[str, Stored]
) -> OwnCell:
    name = f"{approach}.{criterion.key}"
    stored = answers.get(f"matrix.overrides.{name}")
    return OwnCell(
        name=name,
        path=f"matrix.overrides.{name}",
        approach=framework.approach[approach].name,
        criterion=criterion.name,
        score=number(cell.score),
        reason=cell.figures["text"],
        link=stored.link if stored else "",
        strength=backed_word(stored),
    )


def backed_word(stored: Stored | None) -> str:
    """How strongly a weight or a score is shown; empty for an opinion."""
    return STRENGTH_WORDS[stored.strength] if stored and stored.strength in ("documented", "measured") else ""


def firmness(decision: Decision) -> str:
    """How far the weights would have to move for another approach to lead."""
    matrix, framework = decision.matrix, decision.framework
    rules = framework.matrix
    leader = next(row for row in matrix.rows if row.approach == decision.leads)
    name = framework.approach[leader.approach].name
    if any(one.spread for one in rules.criteria):
        words = _(
            "Of what is open, “{name}” comes first in {share} of {weightings} weightings around yours, as far apart as "
            "the comparisons behind the weights leave open."
        )
    else:
        words = _("Of what is open, “{name}” comes first in {share} of {weightings} weightings around yours.")
    firm = words.format(name=name, share=share(leader.first_share), weightings=number(WEIGHTINGS))
    if not matrix.tippings:
        stays = _("No one weight between {low} and {high} would change that.")
        return f"{firm} {stays.format(low=number(rules.minimum_weight), high=number(rules.maximum_weight))}"
    tipping = matrix.tippings[0]
    criterion = next(one for one in rules.criteria if one.key == tipping.criterion)
    weight = weight_words(tipping.weight, minimum=rules.minimum_weight, maximum=rules.maximum_weight)
    if tipping.above:
        words = _("It stays first until “{criterion}” weighs above {weight}; then “{other}” leads.")
    else:
        words = _("It stays first until “{criterion}” weighs below {weight}; then “{other}” leads.")
    other = framework.approach[tipping.leader].name
    named = set_apart(criterion.name, criterion.name.lower())
    return f"{firm} {words.format(criterion=named, weight=weight, other=other)}"


def weight_words(weight: float, *, minimum: float, maximum: float) -> str:
    """A weight with as few decimals as keep it off the ends of the scale, beyond which none can be set.

    >>> [weight_words(weight, minimum=0, maximum=5) for weight in (4.21, 0.04, 4.97, 4.99999)]
    ['4.2', '0.04', '4.97', 'almost 5']
    """
    for decimals in (1, 2, 3):
        words = f"{weight:.{decimals}f}"
        if minimum < float(words) < maximum:
            return written(words)
    return _("almost {weight}").format(weight=round(weight))
