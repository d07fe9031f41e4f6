"""What a training file, and two columns of right answers, propose: counts, and whether the examples agree."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from assessments.engine.document import DataRow
from assessments.engine.faults import MOST_ROWS, text_fault
from assessments.framework.shown_in import as_typed

from .basis import YES, Basis, Figure, ranged, undecided
from .figures import LabelAgreement, Part, TrainingFigures
from .proposed import Proposal, Undecided

TEXT_ONLY = "text_only"
"""The layout of texts without answers."""
_PAIRS, _LABELLING = "preference pairs", ("classification", "extraction")
_INCONSISTENT = "answers.examples_inconsistent"


def training_proposals(basis: Basis, training: TrainingFigures) -> Iterator[Proposal | Undecided]:
    overlap = (training.overlap_exact or 0) + (training.overlap_near or 0)
    examples = training.distinct - overlap
    if training.layout == TEXT_ONLY:
        yield undecided("readiness.labelled_examples", "no_outputs")
        return
    if examples < basis.limits.least_cases:
        yield undecided("", "few_rows", rows=examples, least_cases=basis.limits.least_cases)
        return
    if code := _other_unit(basis, training):
        yield undecided("readiness.labelled_examples", code)
        return
    yield from _counts(basis, training, examples, overlap)
    yield from _contradicted(basis, training)
    yield from _lengths(basis, training)


def answer_proposals(basis: Basis, answers: LabelAgreement) -> Iterator[Proposal | Undecided]:
    """Of two columns of right answers. The question asks for the share; kappa stands beside it."""
    agreed, least = answers.agreed, basis.limits.least_cases
    if agreed.of < least:
        yield undecided("", "few_rows", rows=agreed.of, least_cases=least)
        return
    figures: dict[str, Figure] = {"agreed": int(agreed.count), **ranged(agreed)}
    code = "agreement_alone"
    if answers.kappa is not None and answers.low is not None and answers.high is not None:
        code = "agreement"
        figures |= {"kappa": answers.kappa, "kappa_low": answers.low, "kappa_high": answers.high}
    share = round(agreed.share or 0.0, 4)
    yield basis.proposed("readiness.reviewer_agreement", share, "agreement", figures, code=code)
    yield from _two_answers(basis, answers)


def _other_unit(basis: Basis, training: TrainingFigures) -> str:
    """Whether the goal learns from something else than the file holds; an empty text where it does not."""
    goal = as_typed(basis.framework).goal.get(basis.document.use_case.get("goal", ""))
    wants_pairs = goal is not None and goal.unit == _PAIRS
    if training.pairs and not wants_pairs:
        return "pairs_not_wanted"
    return "pairs_wanted" if wants_pairs and not training.pairs else ""


def _counts(basis: Basis, training: TrainingFigures, examples: int, overlap: int) -> Iterator[Proposal]:
    figures: dict[str, Figure] = {"examples": examples, "lines": training.lines, "overlap": overlap}
    code = "counted_examples_apart" if overlap else "counted_examples"
    yield basis.proposed("readiness.labelled_examples", examples, "counted_examples", figures, code=code)
    few = examples < basis.framework.thresholds.enough_examples
    yield basis.proposed("answers.insufficient_data", YES if few else "no", "enough_examples", {"examples": examples})
    if training.reviewed is not None:
        reviewed = min(training.reviewed, examples)
        named: dict[str, Figure] = {"reviewed": reviewed, "examples": examples}
        yield basis.proposed("readiness.reviewed_examples", reviewed, "counted_reviews", named)
    if training.labels and len(training.labels) <= MOST_ROWS:
        named = {"labels": len(training.labels), "examples": sum(training.labels.values())}
        yield basis.proposed("data", _rows(basis, training.labels), "counted_labels", named)


def _rows(basis: Basis, labels: Mapping[str, int]) -> list[dict[str, str | int]]:
    """A row for each label. What is required and reviewed no training file says: it stays as it was entered.

    A label is known under another spelling, too, and one that is needed stays where the file has no example of it. Of
    a new one nobody has said how many are needed: it has none, as where people leave the cell blank. Where the file
    knows none of the labels that were entered, it names them otherwise, and says nothing of how many there are.
    """
    counted = {label: count for label, count in labels.items() if label.strip() and not text_fault(label)}
    spelt = Counter(map(_plain, counted))
    entered = {row.label: row for row in basis.document.data}
    alike = {_plain(row.label): row for row in basis.document.data if spelt[_plain(row.label)] == 1}
    is_known = any(spelt[_plain(label)] for label in entered)
    missing = {
        row.label: 0 if is_known else row.available
        for row in basis.document.data
        if row.required and not spelt[_plain(row.label)]
    }
    rows = [
        _row(label, count, entered.get(label) or alike.get(_plain(label)))
        for label, count in (counted | missing).items()
    ]
    return rows[:MOST_ROWS]


def _row(label: str, count: int, was: DataRow | None) -> dict[str, str | int]:
    required, reviewed = (was.required, was.reviewed) if was else (0, 0)
    return {"label": label, "required": required, "available": count, "reviewed": min(reviewed, count)}


def _plain(label: str) -> str:
    """
    >>> _plain("Account-unlock "), _plain("account_unlock")
    ('account unlock', 'account unlock')
    """
    return " ".join(re.split(r"[\W_]+", label.casefold())).strip()


def _contradicted(basis: Basis, training: TrainingFigures) -> Iterator[Proposal | Undecided]:
    part = Part(count=training.contradicted, of=training.seen_twice)
    if part.of < basis.limits.least_cases or part.low <= basis.limits.contradicted:
        return
    if not _is_labelling(basis):
        yield undecided(_INCONSISTENT, "not_for_free_text")
        return
    figures = {"contradicted": training.contradicted, "seen_twice": training.seen_twice, **ranged(part)}
    yield basis.proposed(_INCONSISTENT, YES, "contradicted_inputs", figures)


def _two_answers(basis: Basis, answers: LabelAgreement) -> Iterator[Proposal | Undecided]:
    kappa, low, high, limits = answers.kappa, answers.low, answers.high, basis.limits
    if kappa is None or low is None or high is None:
        return
    if not _is_labelling(basis):
        yield undecided(_INCONSISTENT, "not_for_free_text")
        return
    figures: dict[str, Figure] = {"kappa": kappa, "low": low, "high": high}
    if high < limits.kappa_below or low >= limits.kappa_from:
        figures |= {"agreed": int(answers.agreed.count), "of": answers.agreed.of}
        value = YES if high < limits.kappa_below else "no"
        yield basis.proposed(_INCONSISTENT, value, "two_answers", figures)
    else:
        yield undecided(_INCONSISTENT, "kappa_between", **figures)


def _is_labelling(basis: Basis) -> bool:
    """Whether a case has one right answer. In free text two good ones may differ."""
    return basis.document.use_case.get("task_kind") in _LABELLING


def _lengths(basis: Basis, training: TrainingFigures) -> Iterator[Proposal]:
    """Bytes ÷ 4, for each tuned approach whose costs are entered in detail. An estimate is noted, not measured."""
    tokens, form = round(training.tokens_per_example), basis.document.detailed
    if not form or not tokens:
        return
    for approach in form.approaches:
        if approach in basis.framework.approach and basis.framework.approach[approach].tuning:
            path = f"costs.detailed.{approach}.training_tokens_per_example"
            yield basis.proposed(path, tokens, "training_length", {"tokens": tokens}, strength="documented")
