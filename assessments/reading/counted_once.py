"""What stands in two files of one drop counts once: the same run, log or set of examples in another form."""

from collections import defaultdict
from collections.abc import Sequence

from assessments.engine.measured.figures import TrainingFigures
from assessments.engine.measured.found import Told
from assessments.engine.measured.same_run import VariantOutcomes, is_among

from .one_file import OneFile


def counted_once(files: Sequence[OneFile]) -> Sequence[OneFile]:
    """The files without those that say again what another one says: the fuller form stays, and says so."""
    if len(files) < 2:
        return files
    left: list[OneFile] = []
    for file in sorted(files, key=_fullness, reverse=True):
        fuller = next((other for other in left if _say_the_same(file, other)), None)
        if fuller is None:
            left.append(file)
        else:
            said = {"name": file.file.name, "kept": fuller.file.name}
            fuller.notes.insert(0, Told(code="counted_once", figures=said))
    return [file for file in files if any(file is one for one in left)]


def _fullness(file: OneFile) -> tuple[bool, ...]:
    """What one form of a run has and another has not."""
    return (
        any(row.latency_ms is not None for row in file.rows),
        any(variant.prompt for variant in file.variants),
        bool(file.tool_figures),
        bool(file.written_on),
    )


def _say_the_same(file: OneFile, other: OneFile) -> bool:
    if file.kind != other.kind or (file.written_on and other.written_on and file.written_on != other.written_on):
        return False
    if file.kind == "run":
        theirs = _outcomes(other)
        return bool(file.rows) and all(is_among(variant, theirs) for variant in _outcomes(file))
    mine = (file.failures, file.changes, file.answers, _counts(file.training), file.texts)
    return any(mine) and mine == (
        other.failures,
        other.changes,
        other.answers,
        _counts(other.training),
        other.texts,
    )


def _outcomes(file: OneFile) -> Sequence[VariantOutcomes]:
    rows: dict[str, int] = defaultdict(int)
    passed: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for row in file.rows:
        rows[row.variant] += 1
        if row.passed is not None:
            passed[row.variant][row.case].append(row.passed)
    return [
        VariantOutcomes(
            key=variant.key,
            name=variant.name,
            rows=rows[variant.key],
            cases={case: sum(all_) / len(all_) for case, all_ in passed[variant.key].items()},
        )
        for variant in file.variants
    ]


def _counts(training: TrainingFigures | None) -> tuple[object, ...]:
    """What a training set counts that no form of it changes."""
    if training is None:
        return ()
    return (training.valid, training.distinct, training.pairs, training.tokens, training.labels, training.seen_twice)
