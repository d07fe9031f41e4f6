"""Tables of text: CSV, TSV and what else separates its columns by one sign."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from assessments.engine.measured.found import ChoiceOption, FileChoice, ReadingJob, Told

from .one_file import CannotRead, OpenFile
from .table import FaultList, NumberedRow, ReadTable, choice_of, fitted, key_of, said, unique_names
from .text_file import ENCODINGS, UTF_8, TextFile, text_file

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
"""By the value of the choice."""
_COUNTED_ROWS = 200
_COUNTED_LINES = 1_000
_COUNTED_CHARACTERS = 4_000_000
_CLEAR = 0.9
"""Where fewer of the first rows are as wide as the header, people are asked for the separator."""
csv.field_size_limit(1 << 20)


def delimited_table(file: OpenFile, job: ReadingJob) -> ReadTable:
    """The table of a text file. Raises CannotRead."""
    text = text_file(file, said(job, key_of(job, file, "encoding")))
    first = _first_lines(text)
    named = _named_separator(first)
    chosen = SEPARATORS.get(said(job, key_of(job, file, "separator")), "")
    separator, share = _separator(first[bool(named) :], chosen or named)
    header = next((cells for _, cells in _records(first[bool(named) :], separator, FaultList()) if any(cells)), None)
    if header is None:
        raise CannotRead("nothing_to_read")
    names = unique_names(header)
    table = ReadTable(
        layout="tsv" if separator == "\t" else "csv",
        names=names,
        rows=lambda faults: _rows(text, separator, len(names), faults, int(bool(named))),
        expected_rows=file.size * len(first) // max(sum(map(len, first)), 1),
        notes_after=lambda: tuple(replaced(text)),
        is_comma_decimal=separator != ",",
    )
    table.notes += [*said_of_encoding(text), *([Told(code="sep_line")] if named else [])]
    table.choices += encoding_choice(text, job)
    if share < _CLEAR or len(names) == 1 or chosen:
        table.choices.append(_separator_choice(file, job, separator))
    return table


def ways_of_text(file: OpenFile, job: ReadingJob) -> Iterator[FileChoice]:
    """In which encoding and with which separator it can be read, whatever it looks like."""
    text = text_file(file, "")
    encoding = said(job, key_of(job, file, "encoding"))
    yield _encoding_choice(text, job, encoding if encoding in ENCODINGS else text.encoding)
    chosen = SEPARATORS.get(said(job, key_of(job, file, "separator")), "")
    yield _separator_choice(file, job, _separator(_first_lines(text), chosen)[0])


def _separator_choice(file: OpenFile, job: ReadingJob, separator: str) -> FileChoice:
    options = tuple(ChoiceOption(value=key, label="") for key in SEPARATORS)
    key = next(key for key, sign in SEPARATORS.items() if sign == separator)
    return choice_of(job, file, "separator", options, key)


def said_of_encoding(text: TextFile) -> Iterator[Told]:
    if text.encoding != UTF_8:
        yield Told(code="read_as", figures={"encoding": ENCODINGS[text.encoding]})


def encoding_choice(text: TextFile, job: ReadingJob) -> Iterator[FileChoice]:
    """Asked where it was guessed, and again where it was said."""
    if said(job, key_of(job, text.file, "encoding")) or not text.is_sure:
        yield _encoding_choice(text, job, text.encoding)


def _encoding_choice(text: TextFile, job: ReadingJob, chosen: str) -> FileChoice:
    options = tuple(ChoiceOption(value=key, label=name) for key, name in ENCODINGS.items())
    return choice_of(job, text.file, "encoding", options, chosen)


def replaced(text: TextFile) -> Iterator[Told]:
    """What was left out or replaced when the rows were gone through."""
    if text.replaced.nuls:
        yield Told(code="nuls", figures={"count": text.replaced.nuls})
    if text.replaced.invalid:
        yield Told(code="invalid", figures={"count": text.replaced.invalid})


def _first_lines(text: TextFile) -> list[str]:
    """A few, for a guess: read once, as a file may be one endless line."""
    lines, left = [], _COUNTED_CHARACTERS
    for _, line in islice(text.lines(FaultList()), _COUNTED_LINES):
        lines.append(line)
        left -= len(line)
        if left < 0:
            break
    return lines


def _named_separator(lines: Sequence[str]) -> str:
    """As in a first line `sep=;`, which spreadsheets write; empty where there is none."""
    line = lines[0].strip("\r\n").strip('"') if lines else ""
    return line[4:5] if line.lower().startswith("sep=") and line[4:] in SEPARATORS.values() else ""


def _separator(lines: Sequence[str], chosen: str) -> tuple[str, float]:
    """The sign under which most of the first rows are as wide as the header, and which share of them is."""
    shares = {sign: _even_share(lines, sign) for sign in ([chosen] if chosen else SEPARATORS.values())}
    best = max(shares, key=lambda sign: shares[sign])
    return best, shares[best]


def _even_share(lines: Sequence[str], separator: str) -> float:
    """Of the first rows, those of the header's width; -1 where the header is one column."""
    widths = [len(cells) for _, cells in _records(lines, separator, FaultList()) if any(cells)][:_COUNTED_ROWS]
    return widths.count(widths[0]) / len(widths) if widths and widths[0] > 1 else -1.0


def _records(
    lines: Iterable[str], separator: str, faults: FaultList, before: int = 0
) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number; what the csv module cannot read goes to the faults. `before` it were so many rows."""
    rows = csv.reader(lines, delimiter=separator)
    number = before
    while True:
        number += 1
        try:
            yield number, next(rows)
        except StopIteration:
            return
        except csv.Error:
            faults.add(number, "broken_row")


def _rows(text: TextFile, separator: str, width: int, faults: FaultList, before: int) -> Iterator[NumberedRow]:
    lines = islice((line for _, line in text.lines(faults)), before, None)
    is_header = True
    for number, cells in _records(lines, separator, faults, before):
        if is_header:
            is_header = not any(cells)
            continue
        if row := fitted(number, cells, width, faults):
            yield row
