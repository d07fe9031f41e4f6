"""The comparison matrix as a heat map: a number and a word in each cell, best approach first."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.engine.decision import Cell, Decision
from assessments.framework.schema import Approach, Criterion

from .formats import number

_ORIGIN_WORDS = {"base": "", "derived": "from your answers", "user": "yours"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    approach: Approach
    mean: str
    recommended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatCell:
    """One score: its step from 1 to 5, the number, the word for it, and where it comes from."""

    step: int
    score: str
    word: str
    origin: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatRow:
    criterion: Criterion
    weight: str
    cells: Sequence[HeatCell]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    heading: str
    note: str
    columns: Sequence[Column]
    rows: Sequence[HeatRow]
    words: Sequence[tuple[int, str]]


def present_matrix(decision: Decision) -> HeatMap:
    framework, matrix = decision.framework, decision.matrix
    approach = framework.approach
    return HeatMap(
        heading=f"{approach[matrix.ranking[0]].name} scores highest overall",
        note=_note(decision),
        columns=[
            Column(
                approach=approach[row.approach],
                mean=f"{row.mean:.2f}",
                recommended=row.approach == decision.approach,
            )
            for row in matrix.rows
        ],
        rows=[
            HeatRow(
                criterion=criterion,
                weight=number(matrix.weights[criterion.key]),
                cells=[_heat_cell(row.cells[criterion.key], framework.matrix.words) for row in matrix.rows],
            )
            for criterion in framework.matrix.criteria
        ],
        words=list(enumerate(framework.matrix.words, start=1)),
    )


def _heat_cell(cell: Cell, words: Sequence[str]) -> HeatCell:
    step = min(len(words), max(1, int(cell.score + 0.5)))
    return HeatCell(
        step=step,
        score=f"{cell.score:.1f}".removesuffix(".0"),
        word=words[step - 1],
        origin=_ORIGIN_WORDS[cell.origin],
        reason=cell.reason,
    )


def _note(decision: Decision) -> str:
    """Why the verdict may name another approach than the one that leads here."""
    approach, ranking = decision.framework.approach, decision.matrix.ranking
    if ranking[0] == decision.approach:
        return "The verdict names the same approach."
    place = ranking.index(decision.approach) + 1
    leader = approach[ranking[0]]
    if decision.rule_key == "blockers":
        return f"The verdict names {_lower(approach[decision.approach].name)}, the best one without tuning."
    return (
        f"The verdict names {_lower(approach[decision.approach].name)}, number {place} here. The rules decide on your "
        f"answers; this table weighs general strengths, such as low effort, where {_lower(leader.name)} is ahead. "
        "Use it to question the verdict."
    )


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
