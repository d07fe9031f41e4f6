"""What the readers of runs share: calls as tools write them, keys, numbers of any type, and the choices of a run."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

import msgspec

from assessments.engine.measured.figures import RunRow
from assessments.engine.measured.found import ChoiceOption, FileChoice, ReadingJob, RowFault, Told

from .one_file import MOST_FAULTS, CannotRead, OneFile, OpenFile, Progress
from .whole_json import is_odd, without_nan

T = TypeVar("T")

LONGEST_LINE = 16 * 1024 * 1024
"""Longer than a line of a table may be: calls carry pictures."""
ROWS_BETWEEN = 2_000
"""Between two words of progress."""
PREVIEWED = 5
LONGEST_CELL = 200
LONGEST_NAME = 60
LONGEST_VERSION = 30
LARGEST = 1e15
"""Figures beyond this are no measurements; sums of those below it stay finite."""
MOST_SLICES = 50
MOST_VARIANTS = 200
MOST_MEASURES = 100
NONE = "none"
"""The choice of no measure and of no key."""
SLICE_WORDS = ("slice", "segment", "category", "group", "topic", "type", "kind", "difficulty", "language", "tag")
FORMAT_WORDS = ("schema", "format", "json", "parse", "syntax", "structure")


@dataclass(slots=True, kw_only=True)
class ToolCall:
    """One call of one variant on one case, with all measures, before one of them is picked as the pass."""

    variant: str
    case: str
    measures: Mapping[str, float]
    """What was measured, by name. A measure that is missing was not graded."""
    is_broken: bool = False
    score: float | None = None
    latency_ms: float | None = None
    cost: float | None = None
    prompt_tokens: float | None = None
    output_tokens: float | None = None
    facets: Mapping[str, str] = field(default_factory=dict)
    """Short values by which cases can be sliced."""


def key_of(*parts: object) -> str:
    """Tells things apart that are made of different parts, whatever their order of keys."""
    return hashlib.sha256(msgspec.json.encode(parts, order="deterministic")).hexdigest()[:16]


def number(value: object) -> float | None:
    """A number that something could have measured; None for everything else.

    >>> number(3), number(True), number("3"), number(10**400), number(float("nan"))
    (3.0, None, None, None, None)
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < LARGEST:
        return None
    return float(value)


def amount(value: object) -> float | None:
    """A finite number that is not negative."""
    found = number(value)
    return found if found is not None and found >= 0 else None


def text(value: object) -> str:
    return value if isinstance(value, str) else ""


def version(value: object) -> str:
    return text(value)[:LONGEST_VERSION]


def moment(value: object) -> str:
    """A moment by ISO 8601; empty where it is none.

    >>> moment("2026-11-27T11:30:16.241Z"), moment("2026-11-27 11:38:57.373874"), moment("yesterday")
    ('2026-11-27T11:30:16.241000+00:00', '2026-11-27T11:38:57.373874', '')
    """
    try:
        return datetime.fromisoformat(text(value)).isoformat()
    except ValueError:
        return ""


def name_of(*parts: str) -> str:
    """A name for people: on one line, each part cut."""
    lines = [" ".join(part.split()) for part in parts]
    return " | ".join(line if len(line) <= LONGEST_NAME else line[: LONGEST_NAME - 1] + "…" for line in lines if line)


def cell(value: object) -> str:
    return ("" if value is None else str(value))[:LONGEST_CELL]


def facets_of(*sources: object) -> dict[str, str]:
    """The short values of mappings, later ones first: what is too long or made of parts is no slice."""
    return {
        key: str(value)
        for source in sources
        if isinstance(source, Mapping)
        for key, value in source.items()
        if isinstance(key, str)
        and _is_short(key)
        and not key.startswith("_")
        and isinstance(value, (str, int, bool))
        and _is_short(value)
    }


def _is_short(value: str | int) -> bool:
    return len(value) <= LONGEST_NAME if isinstance(value, str) else abs(value) < 10**15


def shaped(raw: msgspec.Raw | bytes, shape: type[T]) -> T | None:
    """A part of a file in its shape; None where it has another."""
    try:
        try:
            return msgspec.json.decode(raw, type=shape)
        except msgspec.ValidationError:
            return None
        except msgspec.DecodeError:
            return without_nan(bytes(raw), shape) if is_odd(bytes(raw)) else None
    except (CannotRead, RecursionError, UnicodeError):
        return None


def rows_of(one: OneFile, raws: Sequence[msgspec.Raw], shape: type[T], progress: Progress) -> Iterator[tuple[int, T]]:
    """Each row with its number, counted from 1; rows of another shape become faults."""
    for place, raw in enumerate(raws, 1):
        if not place % ROWS_BETWEEN:
            progress(place / len(raws), place)
        row = shaped(raw, shape)
        if row is None:
            add_fault(one, place, "row_of_other_shape")
        else:
            yield place, row


def lines_of(one: OneFile, file: OpenFile, shape: type[T], progress: Progress) -> Iterator[tuple[int, T]]:
    """The same of a file of lines; empty lines count, and are passed over."""
    with file.path.open("rb") as opened:
        place = 0
        while line := opened.readline(LONGEST_LINE):
            place += 1
            is_cut = len(line) == LONGEST_LINE and not line.endswith(b"\n")
            while is_cut and (rest := opened.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            if not place % ROWS_BETWEEN:
                progress(min(opened.tell() / max(file.size, 1), 1.0), place)
            if is_cut:
                add_fault(one, place, "line_too_long", megabytes=LONGEST_LINE >> 20)
            elif stripped := line.removeprefix(b"\xef\xbb\xbf").strip():
                row = shaped(stripped, shape)
                if row is None:
                    add_fault(one, place, "row_of_other_shape")
                else:
                    yield place, row


def add_fault(one: OneFile, row: int, code: str, **figures: str | int | float) -> None:
    one.fault_count += 1
    if len(one.faults) < MOST_FAULTS:
        one.faults.append(RowFault(row=row, said=Told(code=code, figures=figures)))


def add_note(one: OneFile, code: str, **figures: str | int | float) -> None:
    one.notes.append(Told(code=code, figures=figures))


def choice_of(
    job: ReadingJob,
    key: str,
    values: Iterable[str],
    guess: str,
    codes: Iterable[str] = (),
    is_needed: bool = False,
) -> FileChoice:
    """What was chosen before, if it is still there, else the guess. `codes` are values whose words are ours."""
    options = (
        *(ChoiceOption(value=code, label="") for code in codes),
        *(ChoiceOption(value=value, label=value) for value in values),
    )
    chosen = job.choices.get(key)
    is_guess = chosen not in {option.value for option in options}
    return FileChoice(
        key=key,
        options=options,
        chosen=guess if is_guess or not isinstance(chosen, str) else chosen,
        is_guess=is_guess,
        is_needed=is_needed,
    )


def chosen(choice: FileChoice) -> str:
    return choice.chosen if isinstance(choice.chosen, str) else ""


def picked_measure(one: OneFile) -> str:
    """The measure that is the pass; empty before that is known."""
    return next((chosen(choice) for choice in one.choices if choice.key == "measure"), "")


def take(
    one: OneFile,
    job: ReadingJob,
    calls: Sequence[ToolCall],
    *,
    measure: str,
    format_measure: str = NONE,
    codes: tuple[str, ...] = (),
) -> None:
    """Makes rows of the calls by what was chosen, and adds the choices. `measure` and `format_measure` are guesses."""
    if not calls:
        raise CannotRead("no_rows", faults=one.fault_count)
    variants = len({call.variant for call in calls})
    if variants > MOST_VARIANTS:
        raise CannotRead("too_many_variants", variants=variants, most=MOST_VARIANTS)
    measures = dict.fromkeys(name for call in calls for name in call.measures)
    names = [name for name in measures if name not in codes and len(name) <= LONGEST_CELL][:MOST_MEASURES]
    picked = choice_of(job, "measure", names, measure, codes)
    one.choices.append(picked)
    formats = choice_of(job, "format_measure", names, format_measure, (NONE,))
    if names:
        one.choices.append(formats)
    facets = _slice_choice(job, calls)
    if facets:
        one.choices.append(facets)
    threshold = _threshold(one, job, calls, chosen(picked))
    graded = _grader(chosen(picked), threshold)
    slice_key, format_key = chosen(facets) if facets else NONE, chosen(formats)
    one.rows = [
        RunRow(
            variant=call.variant,
            case=call.case,
            passed=graded(call),
            score=call.score if call.score is not None or threshold is None else call.measures.get(chosen(picked)),
            latency_ms=call.latency_ms,
            cost=call.cost,
            slice=call.facets.get(slice_key, ""),
            format_ok=None if call.is_broken or format_key not in call.measures else call.measures[format_key] >= 1,
            prompt_tokens=call.prompt_tokens,
            output_tokens=call.output_tokens,
        )
        for call in calls
    ]
    one.row_count = len(one.rows)


def _grader(measure: str, threshold: float | None) -> Callable[[ToolCall], float | None]:
    def graded(call: ToolCall) -> float | None:
        value = None if call.is_broken else call.measures.get(measure)
        if value is None or threshold is None:
            return value if value is not None and 0 <= value <= 1 else None
        return float(value >= threshold)

    return graded


def _threshold(one: OneFile, job: ReadingJob, calls: Sequence[ToolCall], measure: str) -> float | None:
    """Asks from which score on a case passes, where the measure is a score; without an answer its mean counts."""
    values = {call.measures[measure] for call in calls if measure in call.measures and not call.is_broken}
    if values <= {0.0, 0.5, 1.0}:
        return None
    try:
        threshold = number(float(str(job.choices.get("threshold", ""))))
    except ValueError:
        threshold = None
    one.choices.append(
        FileChoice(
            key="threshold",
            about=measure,
            options=(),
            chosen="" if threshold is None else str(job.choices["threshold"]),
            is_guess=threshold is None,
            is_needed=threshold is None and not all(0 <= value <= 1 for value in values),
        )
    )
    return threshold


def _slice_choice(job: ReadingJob, calls: Sequence[ToolCall]) -> FileChoice | None:
    """Keys that part the cases into a few; one that is named as slices are is the guess."""
    values: dict[str, Counter[str]] = {}
    cases = {call.case: call.facets for call in calls}
    for facets in cases.values():
        for key, value in facets.items():
            values.setdefault(key, Counter())[value] += 1
    named = [key for key in values if key.casefold() in SLICE_WORDS and len(values[key]) <= MOST_SLICES]
    parting = [key for key in values if 1 < len(values[key]) <= min(MOST_SLICES, len(cases) // 2) and key not in named]
    if not named and not parting:
        return None
    guess = min(named, key=lambda key: SLICE_WORDS.index(key.casefold()), default=NONE)
    return choice_of(job, "slice", [*named, *parting], guess, (NONE,))


def guessed_format(measures: Iterable[str]) -> str:
    """The measure that is named as a check of the format."""
    return next((name for name in measures if any(word in name.casefold() for word in FORMAT_WORDS)), NONE)
