"""Any table: opened by what it is written in, and read as what it holds or a person says it holds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module

from assessments.engine.measured.found import ChoiceOption, FileChoice, FoundKind, ReadingJob, Told

from .columns import (
    AFTER,
    ANSWERS,
    BEFORE,
    FAILURE,
    GRADED,
    METRIC,
    PASS,
    SCORE,
    TableColumns,
    columns_of,
    guessed,
    picked,
)
from .delimited import delimited_table, ways_of_text
from .langfuse import holds_scores, read_scores, with_scores
from .object_rows import object_table
from .one_file import CannotRead, OneFile, OpenFile, Progress
from .open_file import is_zip
from .table import FaultList, ReadTable, choice_of, first_rows, key_of, preview_of, said
from .table_changes import read_answers, read_changes
from .table_failures import has_mode_words, read_failures
from .table_runs import read_run
from .table_texts import read_texts
from .wide_runs import holds_wide_passes, variants_in
from .workbook import ways_of_workbook, workbook_table

_READERS: Mapping[str, Callable[[ReadTable, TableColumns, ReadingJob, OneFile, Progress], None]] = {
    "run": read_run,
    "failures": read_failures,
    "changes": read_changes,
    "answers": read_answers,
    "texts": read_texts,
}
_OFFERED = ("failures", "run", "changes", "answers", "training", "texts")
_TOOLS = {
    "langsmith": {"example_id", "execution_time"},
    "ragas": {"user_input", "response", "reference"},
    "langfuse": {"timestamp", "latency", "total_cost"},
    "braintrust": {"input", "output", "expected"},
}
"""The columns by which the tables of a tool are known."""
_ENDINGS = {"csv": ("csv", "txt"), "tsv": ("tsv", "tab", "txt", "csv"), "xlsx": ("xlsx", "xlsm")}


def read(file: OpenFile, job: ReadingJob, progress: Progress) -> OneFile:
    """What a table holds. Raises CannotRead where there is nothing in it, with what may mend that."""
    found: list[FileChoice] = []
    try:
        return _read(file, job, progress, found)
    except CannotRead as error:
        error.choices = _ways(file, job, found)
        raise


def _read(file: OpenFile, job: ReadingJob, progress: Progress, found: list[FileChoice]) -> OneFile:
    """The choices are added to `found` as they come up."""
    chosen = said(job, key_of(job, file, "what"))
    if chosen == "training":
        trained: OneFile = import_module("assessments.reading.training").read(file, job, progress)
        trained.choices.insert(0, _what_choice("training", job, file))
        return trained
    table = with_scores(table_of(file, job), file, job, table_of)
    first = first_rows(table)
    if not first:
        raise _nothing(table)
    preview = preview_of(table, first)
    one = OneFile(file=file.file, kind="table", layout=table.layout, tool=_tool(table), preview=preview, choices=found)
    if not chosen and holds_scores(table):
        return read_scores(one, table, job)
    columns = columns_of(table, first)
    what = chosen if chosen in _READERS else _what(columns, job)
    one.choices += [_what_choice(what, job, file), *table.choices]
    if what in _READERS:
        _READERS[what](table, columns, job, one, progress)
        if one.kind == "run" and not one.rows:
            raise _nothing(table)
    one.notes = [*table.notes, *_name_disagrees(file, table), *one.notes, *table.notes_after()]
    return one


def _ways(file: OpenFile, job: ReadingJob, found: Sequence[FileChoice]) -> Sequence[FileChoice]:
    """All that a person can choose of a table that cannot be read as it is; nothing of one that is damaged."""
    try:
        of_file = [*ways_of_workbook(file, job)] if _is_workbook(file) else [*ways_of_text(file, job)]
    except CannotRead:
        return ()
    what = _what_choice(said(job, key_of(job, file, "what")) or "table", job, file)
    by_key = {choice.key: choice for choice in (what, *of_file, *found)}
    return [replace(choice, is_needed=True) for choice in by_key.values()]


def _is_workbook(file: OpenFile) -> bool:
    with file.path.open("rb") as opened:
        return is_zip(opened.read(1 << 16))


def table_of(file: OpenFile, job: ReadingJob) -> ReadTable:
    """The table in a workbook, in a file of objects or in delimited text. Raises CannotRead."""
    with file.path.open("rb") as opened:
        head = opened.read(1 << 16)
    if is_zip(head):
        return workbook_table(file, job)
    is_objects = head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"[{", b"[\n", b"[\r", b"[ "))
    return object_table(file) if is_objects else delimited_table(file, job)


def _what_choice(what: str, job: ReadingJob, file: OpenFile) -> FileChoice:
    options = tuple(ChoiceOption(value=kind, label="") for kind in _OFFERED)
    return choice_of(job, file, "what", options, "" if what == "table" else what)


def _what(columns: TableColumns, job: ReadingJob) -> FoundKind:
    """What the table seems to be; `table` where it looks like nothing."""
    if holds_wide_passes(columns, job):
        return "run"
    if all(guessed(role, columns) for role in (METRIC, BEFORE, AFTER)):
        return "changes"
    if any(has_mode_words(column, job) for column in columns):
        return "failures"
    if any(guessed(role, columns) for role in (PASS, SCORE, GRADED)) or variants_in(columns, job):
        return "run"
    if len(columns) > 1 and guessed(FAILURE, columns):
        return "failures"
    return "answers" if len(picked(columns, ANSWERS, job).columns) == len(ANSWERS) else "table"


def _tool(table: ReadTable) -> str:
    return next((tool for tool, names in _TOOLS.items() if names <= set(table.names)), "")


def _nothing(table: ReadTable) -> CannotRead:
    """With the first reason, where there is one."""
    faults = FaultList()
    rows = sum(1 for _ in table.rows(faults))
    if rows:
        return CannotRead("nothing_to_read")
    if faults.listed:
        return CannotRead("only_faults", count=faults.count, row=faults.listed[0].row)
    return CannotRead("header_only")


def _name_disagrees(file: OpenFile, table: ReadTable) -> list[Told]:
    """Where the file is called something that it is not."""
    ending = file.file.name.removesuffix(".gz").rpartition(".")[2].casefold() if "." in file.file.name else ""
    known = {"csv", "tsv", "tab", "xlsx", "xlsm", "xls", "json", "jsonl", "ndjson"}
    fits = _ENDINGS.get(table.layout, ("json", "jsonl", "ndjson", "txt"))
    if ending not in known or ending in fits:
        return []
    return [Told(code="name_disagrees", figures={"ending": ending, "layout": table.layout})]
