"""What a failure log proposes: counts by mode and by week, and what of them is clear enough to answer a question."""

from collections.abc import Iterator

from assessments.engine.faults import MOST_ROWS

from .basis import YES, Basis, Figure, ranged, undecided
from .figures import FailureFigures, Part, TrainingFigures
from .proposed import Proposal, Undecided


def log_proposals(basis: Basis, log: FailureFigures) -> Iterator[Proposal | Undecided]:
    limits = basis.limits
    if log.rows < limits.least_cases:
        yield undecided("", "few_rows", rows=log.rows, least_cases=limits.least_cases)
        return
    yield from _counted_failures(basis, log)
    yield from _counted_weeks(basis, log)
    yield from _clear_mode(
        basis, log, "format_failure", limits.format_failures, "inconsistent_format", "broken_formats", "logged_formats"
    )
    yield from _clear_mode(
        basis, log, "noisy_context", limits.noisy_context, "knowledge_gaps", "noisy_context", "noisy_context"
    )
    yield from _slices_not_covered(basis, log)


def _counted_failures(basis: Basis, log: FailureFigures) -> Iterator[Proposal]:
    """Each mode of the log; one that was counted before and is not in it counts 0, for samples are not mixed."""
    twice = log.agreement.agreed if log.agreement else None
    before = {mode for mode, count in basis.document.failures.items() if count}
    for mode in (mode for group in basis.framework.failure_groups for mode in group.modes):
        if mode in log.counts or mode in before:
            figures: dict[str, Figure] = {"failures": log.counts.get(mode, 0), "of": log.rows}
            code = "counted_failures"
            if twice:
                figures |= {"agreed": int(twice.count), "labelled": twice.of}
                code = "counted_failures_twice"
            yield basis.proposed(f"failures.{mode}", log.counts.get(mode, 0), "counted_failures", figures, code=code)


def _counted_weeks(basis: Basis, log: FailureFigures) -> Iterator[Proposal]:
    whole = [week for week in log.weeks if not week.partial][-MOST_ROWS:]
    if whole:
        figures: dict[str, Figure] = {"weeks": len(whole), "first": whole[0].name, "last": whole[-1].name}
        yield basis.proposed("override_weeks", [week.count for week in whole], "counted_weeks", figures)


def _clear_mode(
    basis: Basis, log: FailureFigures, mode: str, above: float, question: str, rule: str, code: str
) -> Iterator[Proposal]:
    part = Part(count=log.counts.get(mode, 0), of=log.rows)
    if part.low > above:
        figures = {"failures": log.counts[mode], **ranged(part)}
        yield basis.proposed(f"answers.{question}", YES, rule, figures, code=code)


def _slices_not_covered(basis: Basis, log: FailureFigures) -> Iterator[Proposal | Undecided]:
    """The kind of case that is missed most in the training data. Never yes: a count shows no cover."""
    path, limits = "answers.failures_covered", basis.limits
    training = next((one.training for one in basis.beside if one.training and one.training.labels), None)
    if not training or not log.slices:
        return
    labels = _shares(training)
    failures = {name: sum(modes.values()) for name, modes in log.slices.items()}
    if len(labels.keys() & {name.casefold() for name in failures}) < 2:
        yield undecided(path, "no_common_slices")
        return
    shares = {name: count / log.rows for name, count in failures.items()}
    missed = [
        name
        for name, share in shares.items()
        if share >= limits.slice_of_failures and labels.get(name.casefold(), 0.0) < limits.slice_covered * share
    ]
    if missed:
        worst = max(missed, key=lambda name: shares[name])
        figures: dict[str, Figure] = {"slice": worst, "failures": shares[worst]}
        figures["examples"] = labels.get(worst.casefold(), 0.0)
        yield basis.proposed(path, "no", "slices_not_covered", figures)


def _shares(training: TrainingFigures) -> dict[str, float]:
    """Each label's share of the examples, by its name in lower case."""
    labels = training.labels or {}
    total = sum(labels.values())
    return {label.casefold(): count / total for label, count in labels.items()} if total else {}
