"""The comparison matrix: every approach on every criterion, ranked by weighted mean."""

from collections.abc import Mapping

from assessments.framework.schema import Approach, Criterion, Framework

from .answers import Answers
from .decision import Cell, Matrix, MatrixRow
from .document import Document


def compare(framework: Framework, document: Document) -> Matrix:
    """Scores from 1 to 5 for each approach on each criterion, best approach first.

    A cell is the team's own where it overrode it, derived for the failures it fixes, else the base
    score. Approaches with the same mean keep the framework's order. [ours]
    """
    weights = criterion_weights(framework, document)
    fits = failure_fit(framework, document.failures)
    rows = [_row(framework, document, approach, weights, fits[approach.key]) for approach in framework.approaches]
    return Matrix(weights=weights, rows=tuple(sorted(rows, key=lambda row: -round(row.mean, 9))))


def criterion_weights(framework: Framework, document: Document) -> dict[str, float]:
    """The weight of each criterion, 0 to 5: the team's own, else the default and what the answers add."""
    return {
        criterion.key: document.weights.get(criterion.key, derived_weight(framework, criterion, document.answers))
        for criterion in framework.matrix.criteria
    }


def derived_weight(framework: Framework, criterion: Criterion, answers: Answers) -> int:
    """A criterion's default weight, raised where an answer makes it matter."""
    raised = answers.yes(*criterion.raised_by)
    return criterion.weight + framework.matrix.raised_weight * raised


def failure_fit(framework: Framework, failures: Mapping[str, int]) -> dict[str, float]:
    """How well each approach fixes the counted failures, 1 to 5.

    1 + 4/5 × Σ share × fit. Where nothing was counted every mode has the same share.
    """
    sample = sum(failures.values())
    modes = framework.matrix.fit
    return {
        approach.key: 1
        + 4
        / 5
        * sum(
            (failures.get(mode, 0) / sample if sample else 1 / len(modes)) * fit[approach.key]
            for mode, fit in modes.items()
        )
        for approach in framework.approaches
    }


def _row(
    framework: Framework, document: Document, approach: Approach, weights: Mapping[str, float], fit: float
) -> MatrixRow:
    sample = sum(document.failures.values())
    overrides = {(own.approach, own.criterion): own for own in document.overrides}
    cells = {}
    for criterion in framework.matrix.criteria:
        if own := overrides.get((approach.key, criterion.key)):
            cells[criterion.key] = Cell(score=own.score, origin="user", reason=own.reason)
        elif criterion.scores:
            score = criterion.scores[approach.key]
            cells[criterion.key] = Cell(score=score, origin="base", reason=approach.about)
        else:
            reason = (
                f"From the {sample:,} failures you counted, by kind"
                if sample
                else "No failures counted, so every kind of failure counts the same"
            )
            cells[criterion.key] = Cell(score=fit, origin="derived", reason=reason)
    total = sum(weights.values())
    mean = (
        sum(weights[key] * cell.score for key, cell in cells.items()) / total
        if total
        else sum(cell.score for cell in cells.values()) / len(cells)
    )
    return MatrixRow(approach=approach.key, mean=mean, cells=cells)
