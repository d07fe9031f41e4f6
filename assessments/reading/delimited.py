"""Tables of text: CSV, TSV and what else separates its columns by one sign."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from assessments.engine.measured.found import ChoiceOption, FileChoice, ReadingJob, Told

from .one_file import CannotRead, OpenFile
from .table import FaultList, NumberedRow, ReadTable, fitted, said, unique_names
from .text_file import ENCODINGS, UTF_8, TextFile, text_file

SEPARATORS = (",", ";", "\t", "|")
_COUNTED_ROWS = 200
_CLEAR = 0.9
"""Where fewer of the first rows are as wide as the header, people are asked for the separator."""
csv.field_size_limit(1 << 20)


def delimited_table(file: OpenFile, job: ReadingJob) -> ReadTable:
    """The table of a text file. Raises CannotRead."""
    text = text_file(file, said(job, "encoding"))
    named = _named_separator(text)
    separator, share = _separator(text, said(job, "separator") or named, bool(named))
    header = next((cells for _, cells in _records(text, separator, FaultList(), bool(named)) if any(cells)), None)
    if header is None:
        raise CannotRead("nothing_to_read")
    names = unique_names(header)
    table = ReadTable(
        layout="tsv" if separator == "\t" else "csv",
        names=names,
        rows=lambda faults: _rows(text, separator, len(names), faults, bool(named)),
        notes_after=lambda: tuple(replaced(text)),
        is_comma_decimal=separator != ",",
    )
    table.notes += [*said_of_encoding(text), *([Told(code="sep_line")] if named else [])]
    table.choices += encoding_choice(text, job)
    if share < _CLEAR or len(names) == 1 or said(job, "separator"):
        options = tuple(ChoiceOption(value=sign, label="" if sign == "\t" else sign) for sign in SEPARATORS)
        is_guess = said(job, "separator") != separator
        table.choices.append(FileChoice(key="separator", options=options, chosen=separator, is_guess=is_guess))
    return table


def said_of_encoding(text: TextFile) -> Iterator[Told]:
    if text.encoding != UTF_8:
        yield Told(code="read_as", figures={"encoding": ENCODINGS[text.encoding]})


def encoding_choice(text: TextFile, job: ReadingJob) -> Iterator[FileChoice]:
    """Asked where it was guessed, and again where it was said."""
    chosen = said(job, "encoding")
    if chosen or not text.is_sure:
        options = tuple(ChoiceOption(value=key, label=name) for key, name in ENCODINGS.items())
        yield FileChoice(key="encoding", options=options, chosen=text.encoding, is_guess=not chosen)


def replaced(text: TextFile) -> Iterator[Told]:
    """What was left out or replaced when the rows were gone through."""
    if text.replaced.nuls:
        yield Told(code="nuls", figures={"count": text.replaced.nuls})
    if text.replaced.invalid:
        yield Told(code="invalid", figures={"count": text.replaced.invalid})


def _named_separator(text: TextFile) -> str:
    """As in a first line `sep=;`, which spreadsheets write; empty where there is none."""
    _, line = next(text.lines(FaultList()), (0, ""))
    line = line.strip("\r\n").strip('"')
    return line[4:5] if line.lower().startswith("sep=") and line[4:] in SEPARATORS else ""


def _separator(text: TextFile, chosen: str, skips_first: bool) -> tuple[str, float]:
    """The sign under which most of the first rows are as wide as the header, and which share of them is."""
    shares = {sign: _even_share(text, sign, skips_first) for sign in ([chosen] if chosen in SEPARATORS else SEPARATORS)}
    best = max(shares, key=lambda sign: shares[sign])
    return best, shares[best]


def _even_share(text: TextFile, separator: str, skips_first: bool) -> float:
    """Of the first rows, those of the header's width; -1 where the header is one column."""
    records = islice(_records(text, separator, FaultList(), skips_first), _COUNTED_ROWS)
    widths = Counter(len(cells) for _, cells in records if any(cells))
    first = next((cells for _, cells in _records(text, separator, FaultList(), skips_first) if any(cells)), [])
    return widths[len(first)] / widths.total() if len(first) > 1 else -1.0


def _records(text: TextFile, separator: str, faults: FaultList, skips_first: bool) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number; what the csv module cannot read goes to the faults."""
    lines = _without_first(text.lines(faults)) if skips_first else text.lines(faults)
    rows = csv.reader((line for _, line in lines), delimiter=separator)
    number = int(skips_first)
    while True:
        number += 1
        try:
            yield number, next(rows)
        except StopIteration:
            return
        except csv.Error:
            faults.add(number, "broken_row")


def _without_first(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    return islice(lines, 1, None)


def _rows(text: TextFile, separator: str, width: int, faults: FaultList, skips_first: bool) -> Iterator[NumberedRow]:
    is_header = True
    for number, cells in _records(text, separator, faults, skips_first):
        if is_header:
            is_header = not any(cells)
            continue
        if row := fitted(number, cells, width, faults):
            yield row
