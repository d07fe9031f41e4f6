"""Reads a training set, line by line: what a provider would refuse, and what is learnt from the rest."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from assessments.engine.measured.figures import TrainingFigures
from assessments.engine.measured.found import ChoiceOption, FileChoice, ReadingJob, RowFault, Told

from .one_file import MOST_FAULTS, CannotRead, OneFile, OpenFile, Progress
from .table import PREVIEW_CHARACTERS, PREVIEW_ROWS
from .training_beside import EVALUATION, evaluation_inputs, files_beside, role_choices, training_lines
from .training_chat import Warned
from .training_counts import ExampleCounts, Overlap
from .training_layouts import PAIRS, Example, example_of, layout_of
from .training_lines import LineFault, TrainingLine, TrainingLines

_TOLD_EVERY = 200
_FIRST_PASS = 0.1
"""Of the time: the layouts of all lines are counted before the first line is checked."""


def read(file: OpenFile, job: ReadingJob, progress: Progress) -> OneFile:
    """Counts the examples of one file. Raises CannotRead where no line has a layout that is known."""
    return read_lines(training_lines(file, job), file, job, progress)


def read_lines(lines: TrainingLines, file: OpenFile, job: ReadingJob, progress: Progress) -> OneFile:
    """The same of lines that stand in whatever file."""
    layout = _layout_of_most(_watched(lines, lambda share, count: progress(_FIRST_PASS * share, count)))
    beside = files_beside(job)
    one = OneFile(file=file.file, kind="training", layout=layout)
    one.choices += [*lines.choices, *role_choices(beside)]
    if any(other.file.sha256 == file.file.sha256 and other.role == EVALUATION for other in beside):
        one.notes.append(Told(code="is_evaluation_file"))
        return one
    inputs = evaluation_inputs(beside)
    key = str(job.choices.get("label_key", ""))
    checked = _CheckedLines(
        layout=layout,
        examples=ExampleCounts(label_key=key, with_answers=layout not in PAIRS),
        overlap=None if inputs is None else Overlap(inputs),
    )
    for line in _watched(lines, lambda share, count: progress(_FIRST_PASS + (1 - _FIRST_PASS) * share, count)):
        checked.add(line)
    checked.hand_on(one, lines)
    one.choices += _label_choice(checked.examples.label_keys, key)
    return one


def _watched(lines: TrainingLines, progress: Progress) -> Iterator[TrainingLine]:
    for line in lines:
        if line.number % _TOLD_EVERY == 0:
            progress(lines.share, line.number)
        yield line


def _layout_of_most(lines: Iterator[TrainingLine]) -> str:
    counts = Counter(layout_of(line.value) for line in lines if line.value is not None)
    counts.pop("", 0)
    if not counts:
        raise CannotRead("no_layout")
    return counts.most_common(1)[0][0]


def _label_choice(keys: tuple[str, ...], chosen: str) -> list[FileChoice]:
    if not keys:
        return []
    options = tuple(ChoiceOption(value=key, label=key) for key in keys)
    is_said = chosen in keys
    return [FileChoice(key="label_key", options=options, chosen=chosen if is_said else "", is_guess=not is_said)]


@dataclass(slots=True, kw_only=True)
class _CheckedLines:
    """What has been seen of the lines so far."""

    layout: str
    examples: ExampleCounts
    overlap: Overlap | None
    lines: int = 0
    empty: int = 0
    warned: int = 0
    reviewed: int | None = None
    fault_count: int = 0
    faults: list[RowFault] = field(default_factory=list)
    warnings: list[RowFault] = field(default_factory=list)
    preview: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, line: TrainingLine) -> None:
        self.lines += 1
        if line.is_empty:
            self.empty += 1
            return
        warned = Warned()
        if line.has_equal_keys:
            warned.add("equal_keys")
        try:
            example = self._example(line, warned)
        except LineFault as fault:
            self.fault_count += 1
            self._list(self.faults, line.number, fault.said)
            return
        self.warned += bool(warned.told)
        for said in warned.told.values():
            self._list(self.warnings, line.number, said, is_warning=True)
        self._count(line, example)

    def _example(self, line: TrainingLine, warned: Warned) -> Example:
        if line.value is None:
            raise line.fault or LineFault("no_object")
        layout = layout_of(line.value)
        if not layout:
            raise LineFault("no_layout_known")
        if layout != self.layout:
            raise LineFault("other_layout", layout=layout)
        return example_of(line.value, layout, warned)

    def _count(self, line: TrainingLine, example: Example) -> None:
        self.examples.add(line.number, example)
        if self.overlap and example.answer is not None:
            self.overlap.see(example.input)
        if line.is_reviewed is not None:
            self.reviewed = (self.reviewed or 0) + line.is_reviewed
        if len(self.preview) < PREVIEW_ROWS:
            cells = (str(line.number), example.input[:PREVIEW_CHARACTERS], example.output[:PREVIEW_CHARACTERS])
            self.preview.append(cells)

    def _list(self, listed: list[RowFault], number: int, said: Told, *, is_warning: bool = False) -> None:
        if len(listed) < MOST_FAULTS:
            listed.append(RowFault(row=number, said=said, is_warning=is_warning))

    def hand_on(self, one: OneFile, lines: TrainingLines) -> None:
        """Faults come before warnings where not all can be listed."""
        listed = [*self.faults, *lines.faults.listed, *self.warnings][:MOST_FAULTS]
        one.faults += sorted(listed, key=lambda fault: fault.row)
        one.fault_count = self.fault_count + lines.faults.count
        one.row_count = self.lines
        one.notes += lines.notes
        if not self.examples.valid:
            one.notes.append(Told(code="nothing_valid"))
        if not self.examples.are_all_near_found or (self.overlap and not self.overlap.are_all_found):
            one.notes.append(Told(code="near_at_least"))
        one.preview = [("", "input", "output"), *self.preview]
        one.training = self._figures()

    def _figures(self) -> TrainingFigures:
        examples, overlap = self.examples, self.overlap
        longest_count, longest = examples.longest()
        return TrainingFigures(
            layout=self.layout,
            lines=self.lines,
            valid=examples.valid,
            empty=self.empty,
            distinct=examples.distinct,
            pairs=self.layout in PAIRS,
            reviewed=self.reviewed,
            warnings=self.warned,
            copies=tuple(examples.copies.listed),
            copy_count=examples.copies.count,
            contradictions=tuple(examples.contradictions.listed),
            contradiction_count=examples.contradictions.count,
            seen_twice=examples.seen_twice,
            contradicted=examples.contradicted,
            near=tuple(examples.near.listed),
            near_count=examples.near.count,
            are_all_near_found=examples.are_all_near_found,
            near_other_label=tuple(examples.near_other_label.listed),
            near_other_label_count=examples.near_other_label.count,
            overlap_exact=overlap.exact if overlap else None,
            overlap_near=overlap.near if overlap else None,
            labels=examples.labels,
            label_keys=examples.label_keys,
            tokens=examples.tokens,
            tokens_per_example=examples.tokens / examples.valid if examples.valid else 0.0,
            longest=longest,
            longest_count=longest_count,
            hints={kind: tuple(numbers) for kind, numbers in examples.hints.items()},
            hint_counts=dict(examples.hint_counts),
        )
