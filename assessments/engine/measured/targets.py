"""What the team wants of a measured variant, as the document has it."""

from dataclasses import dataclass

from assessments.engine.document import Document
from assessments.framework.schema import Framework


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """Shares are from 0 to 1, None where nobody said."""

    pass_rate: float | None
    slowest_p95_ms: float | None
    broken_formats: float
    """The share that is tolerated; our default where nobody said."""
    exit_metrics: tuple[str, ...]
    """The measures that the exit criteria name."""


def targets_of(framework: Framework, document: Document) -> Targets:
    """The targets. Without a highest time of their own, the seconds that the use case allows count.

    >>> from assessments.framework import load_framework
    >>> document = Document(use_case={"name": "A", "seconds_wanted": 3}, targets={"pass_rate": 0.8})
    >>> found = targets_of(load_framework(), document)
    >>> found.pass_rate, found.slowest_p95_ms, found.broken_formats
    (0.8, 3000, 0.02)
    """
    stated, seconds = document.targets, document.use_case.get("seconds_wanted")
    criteria = stated.get("exit_criteria", ())
    return Targets(
        pass_rate=stated.get("pass_rate"),
        slowest_p95_ms=stated.get("slowest_p95_ms", seconds * 1000 if seconds else None),
        broken_formats=stated.get("broken_formats", framework.questions["broken_formats"].default or 0.0),
        exit_metrics=tuple(row["metric"] for row in criteria),
    )


def reading_limits(framework: Framework, document: Document) -> dict[str, float]:
    """What figures need to know while a file is read, as `ReadingJob.limits` has it."""
    limits = {"same_prompt_above": framework.evidence.thresholds.same_prompt_above}
    slowest = targets_of(framework, document).slowest_p95_ms
    return limits if slowest is None else {**limits, "slowest_p95_ms": float(slowest)}
