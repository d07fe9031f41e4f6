"""Sheets as files, opened again: nothing that people typed can run, and no value is changed."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from assessments.presenters.sheets import Formula, Sheet, starts_a_formula, to_csv, to_workbook

FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "\n=cmd|' /C calc'!A0",
    '=HYPERLINK("http://e.org")',
    "＝1+1",
    "\ufeff=1",
    "\u200b=1",
    "'=1",
)
DANGEROUS = FORMULAS[:-1]
AT = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)


def sheet(*values: Any, **parts: Any) -> Any:
    head = [f"Column {number}" for number in range(len(values))]
    return Sheet(name="Portfolio", rows=[head, values], **parts)


def csv_row(*values: Any) -> Any:
    text = to_csv(sheet(*values)).decode("utf-8-sig")
    _, row = csv.reader(io.StringIO(text, newline=""))
    return row


def workbook(*values: Any, **parts: Any) -> Any:
    about = Sheet(name="About", rows=[("Made", AT)])
    data = to_workbook([sheet(*values, **parts), about], title="=Portfolio")
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_could_start_a_formula_has_an_apostrophe_before_it(text: Any) -> None:
    assert starts_a_formula(text)
    assert csv_row(text) == [f"'{text}"]


@pytest.mark.parametrize("text", ["a=b", "1-2", "", "e@example.org", "Q&A", "'quoted'", "–5", "ünï"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert not starts_a_formula(text)
    assert csv_row(text) == [text]


def test_numbers_stay_numbers_also_negative_ones() -> None:
    assert csv_row(-5, 4.25, 0, 10**9) == ["-5", "4.25", "0", "1000000000"]
    cells = workbook(-5, 4.25, 0, 10**9)["Portfolio"][2]
    assert [(cell.value, cell.data_type) for cell in cells] == [(-5, "n"), (4.25, "n"), (0, "n"), (10**9, "n")]


def test_what_is_not_known_is_empty_and_yes_and_no_are_words() -> None:
    assert csv_row(None, True, False) == ["", "yes", "no"]
    assert [cell.value for cell in workbook(None, True, False)["Portfolio"][2]] == [None, "yes", "no"]


def test_a_time_is_one_that_machines_read() -> None:
    assert csv_row(AT) == ["2026-11-20T14:30:00+00:00"]
    assert workbook(AT)["Portfolio"]["A2"].value == datetime(2026, 11, 20, 14, 30)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_workbook_has_no_formula_and_the_text_unchanged(text: Any) -> None:
    cell = workbook(text)["Portfolio"]["A2"]
    assert (unescape(cell.value), cell.data_type) == (text, "s")
    assert bool(cell.quotePrefix) == starts_a_formula(text)


texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60)
values = st.one_of(texts, st.integers(-(10**12), 10**12), st.floats(-1e12, 1e12), st.none(), st.sampled_from(FORMULAS))


@settings(max_examples=40)
@given(st.lists(values, min_size=1, max_size=5))
def test_a_csv_read_again_has_every_value_and_no_formula(row: Any) -> None:
    read = csv_row(*row)
    for value, cell in zip(row, read, strict=True):
        if isinstance(value, str):
            assert not starts_a_formula(cell)
            assert cell in (value, f"'{value}")
        elif value is not None:
            assert float(cell) == value


@settings(max_examples=40)
@given(st.lists(values, min_size=1, max_size=5))
def test_a_workbook_read_again_has_every_value(row: Any) -> None:
    cells = workbook(*row)["Portfolio"][2]
    assert [cell.data_type for cell in cells if cell.data_type == "f"] == []
    for value, cell in zip(row, cells, strict=True):
        told = unescape(cell.value) if isinstance(cell.value, str) else cell.value
        assert told == (pytest.approx(value, rel=1e-15) if isinstance(value, float) else value)


def test_a_workbook_has_its_head_kept_in_sight_and_says_what_it_is() -> None:
    book = workbook("A", 1, filters=True)
    assert book.sheetnames == ["Portfolio", "About"]
    assert book["Portfolio"].freeze_panes == "B2"
    assert book["Portfolio"].auto_filter.ref == "A1:B2"
    assert [cell.value for cell in book["Portfolio"][1]] == ["Column 0", "Column 1"]
    assert [cell.value for cell in book["About"][1]] == ["Made", datetime(2026, 11, 20, 14, 30)]


def test_the_title_and_the_head_cannot_run_either() -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_workbook([Sheet(name="A", rows=[("=1+1",)])], title="=1+1")))
    cell = book["A"]["A1"]
    assert (cell.value, cell.data_type, cell.quotePrefix, cell.font.b) == ("=1+1", "s", True, True)
    assert book.properties.title == "'=1+1"


def test_a_formula_of_ours_is_one_and_carries_its_value() -> None:
    assert csv_row(Formula(text="=1+1", value=2)) == ["2"]
    data = to_workbook([sheet(Formula(text="=1+1", value=2.0), 0.5, 3, money="$")], title="Sums")
    for values, shown in ((False, "=1+1"), (True, 2)):
        cells = openpyxl.load_workbook(io.BytesIO(data), data_only=values)["Portfolio"][2]
        assert [cell.value for cell in cells] == [shown, 0.5, 3]
    assert ["0.00" in cell.number_format for cell in cells] == [True, True, False]


def test_a_sheet_without_rows_is_still_a_file() -> None:
    empty = Sheet(name="Portfolio", rows=[("A", "B")], filters=True)
    assert to_csv(empty).decode("utf-8-sig") == "A,B\r\n"
    assert openpyxl.load_workbook(io.BytesIO(to_workbook([empty], title="")))["Portfolio"].max_row == 1
