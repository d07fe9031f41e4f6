"""What a pilot showed: measures before and after, exit criteria that hold or not, and how undecided probe cases are.

Source: [module] for regressions beside the target, the tolerance and the probe case; docs/economics.md has the rules.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from assessments.engine.intervals import wilson_interval

from .figures import MetricChange
from .statistics import normalised_entropy

Rows = Sequence[Mapping[str, Any]]
PASSED, FAILED, STOPPED = "passed", "failed", "stopped"
OUTCOMES = (PASSED, FAILED, STOPPED)
OUTCOME = "pilot.pilot_outcome"
"""Where a document says how the pilot ended."""
_HIGHER = "higher"
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitCriterion:
    """What one measure must show for a pilot to count as passed."""

    metric: str
    higher_is_better: bool
    target: float | None = None
    tolerance: float | None = None
    """By how much it may get worse; without a target and a tolerance it may not get worse at all."""

    def holds(self, change: MetricChange) -> bool:
        """Whether the target is reached and the measure is worse by no more than the tolerance, as far as they are set.

        >>> criterion = ExitCriterion(metric="FNR", higher_is_better=False, target=0.15)
        >>> criterion.holds(MetricChange(name="FNR", before=0.61, after=0.09, higher_is_better=False))
        True
        """
        side = 1 if self.higher_is_better else -1
        reached = self.target is None or side * (change.after - self.target) >= -_ROUNDING
        bound = self.tolerance if self.tolerance is not None else (0.0 if self.target is None else None)
        kept = bound is None or side * (change.before - change.after) <= bound + _ROUNDING
        return reached and kept


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionResult:
    """A criterion held against the rows of its measure. Without a row it does not hold."""

    criterion: ExitCriterion
    changes: tuple[MetricChange, ...]

    @property
    def holds(self) -> bool:
        return bool(self.changes) and all(map(self.criterion.holds, self.changes))


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeFigures:
    """How likely each class of one case was before and after, and how undecided that is, from 0 to 1."""

    case: str
    classes: tuple[str, ...]
    before: tuple[float, ...]
    after: tuple[float, ...]

    @property
    def entropy_before(self) -> float:
        return normalised_entropy(self.before)

    @property
    def entropy_after(self) -> float:
        return normalised_entropy(self.after)

    @property
    def is_whole(self) -> bool:
        """Whether the probabilities of both sides add up to 1, as far as two decimals tell."""
        return all(abs(sum(side) - 1) <= 0.005 * len(side) + _ROUNDING for side in (self.before, self.after))


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotFigures:
    changes: tuple[MetricChange, ...] = ()
    criteria: tuple[CriterionResult, ...] = ()
    probes: tuple[ProbeFigures, ...] = ()

    @property
    def regressions(self) -> tuple[MetricChange, ...]:
        return tuple(change for change in self.changes if change.is_regression)

    @property
    def passed(self) -> bool | None:
        """Whether every criterion holds; None where there are none, or nothing was measured."""
        return all(one.holds for one in self.criteria) if self.criteria and self.changes else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedCriteria:
    """The exit criteria of the version that was signed last, by its number."""

    number: int
    rows: Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotRecord:
    """How many pilots of a team passed, of all that ended; those that were stopped among them."""

    passed: int
    of: int
    stopped: int = 0

    @property
    def interval(self) -> tuple[float, float]:
        """95 % of the share that passes, by Wilson.

        >>> [round(end, 4) for end in PilotRecord(passed=3, of=5).interval]
        [0.2307, 0.8824]
        """
        return wilson_interval(self.passed, self.of)


def pilot_figures(criteria: Rows, before_after: Rows, probes: Rows) -> PilotFigures:
    """The figures of these rows, as a document has them at `targets.exit_criteria` and in its `pilot`.

    A row belongs to the criterion whose measure has the same name, capitals and spaces apart; the criterion says
    which way is better.

    >>> rows = [{"metric": "FNR", "before": 0.61, "after": 0.09, "better": "lower"}]
    >>> pilot_figures([{"metric": "fnr", "better": "lower", "target": 0.15}], rows, []).passed
    True
    >>> pilot_figures([{"metric": "ECE", "better": "lower"}], rows, []).passed
    False
    """
    changes = tuple(_change(row) for row in before_after)
    return PilotFigures(
        changes=changes,
        criteria=tuple(
            CriterionResult(
                criterion=criterion,
                changes=tuple(one for one in changes if _same(one.name) == _same(criterion.metric)),
            )
            for criterion in map(exit_criterion, criteria)
        ),
        probes=_probes(probes),
    )


def _same(name: str) -> str:
    return " ".join(name.casefold().split())


def exit_criterion(row: Mapping[str, Any]) -> ExitCriterion:
    return ExitCriterion(
        metric=row["metric"],
        higher_is_better=row["better"] == _HIGHER,
        target=row.get("target"),
        tolerance=row.get("tolerance"),
    )


def _change(row: Mapping[str, Any]) -> MetricChange:
    return MetricChange(
        name=row["metric"],
        before=row["before"],
        after=row["after"],
        higher_is_better=row["better"] == _HIGHER,
        tolerance=row.get("tolerance", 0.0),
        target=row.get("target"),
    )


def row_of_change(change: MetricChange) -> dict[str, Any]:
    """The row of a document that says this: `pilot.before_after`.

    >>> row_of_change(MetricChange(name="ECE", before=0.08, after=0.09, higher_is_better=False, tolerance=0.005))
    {'metric': 'ECE', 'before': 0.08, 'after': 0.09, 'better': 'lower', 'tolerance': 0.005}
    """
    row = {"metric": change.name, "before": change.before, "after": change.after}
    row |= {"better": _HIGHER if change.higher_is_better else "lower"}
    row |= {"tolerance": change.tolerance} if change.tolerance else {}
    return row | ({} if change.target is None else {"target": change.target})


def _probes(rows: Rows) -> tuple[ProbeFigures, ...]:
    """Rows of the same case belong together, wherever they stand; cases keep the order of their first rows."""
    names = list(dict.fromkeys(_same(row["case"]) for row in rows))
    together = sorted(rows, key=lambda row: names.index(_same(row["case"])))
    found = []
    for _, of_case in groupby(together, key=lambda row: _same(row["case"])):
        classes = list(of_case)
        found.append(
            ProbeFigures(
                case=classes[0]["case"],
                classes=tuple(row["class"] for row in classes),
                before=tuple(row["before"] for row in classes),
                after=tuple(row["after"] for row in classes),
            )
        )
    return tuple(found)
