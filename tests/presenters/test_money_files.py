"""The files for a spreadsheet, opened again and calculated again, come to the page's numbers."""

import csv
import io
import re
from typing import Any

import openpyxl
import pytest

from assessments.framework import load_framework
from assessments.presenters.money.sheets import all_sheets, input_sheet, month_sheet
from assessments.presenters.sheets import to_csv, to_workbook

from ..documents import example_document
from ..money import detailed_document, ranged_document, read

FRAMEWORK = load_framework()
DOCUMENTS = {
    "detailed": detailed_document(quality_value=250),
    "ranges": ranged_document(),
    "summary": example_document("task_api"),
}
each = pytest.mark.parametrize("name", DOCUMENTS)


class Spreadsheet:
    """Works out the formulas of a workbook from its plain values: sums, references, NPV and arithmetic."""

    def __init__(self, book: Any) -> None:
        self.book = book

    def value(self, sheet: str, cell: str) -> float:
        found = self.book[sheet][cell.replace("$", "")].value
        if not (isinstance(found, str) and found.startswith("=")):
            return float(found or 0)
        return float(eval(self._python(found[1:], sheet), {"S": self.sum, "V": self.value, "N": self.npv}))

    def _python(self, formula: str, sheet: str) -> str:
        text = re.sub(r"SUM\((\w+):(\w+)\)", rf"S('{sheet}','\1','\2')", formula)
        text = re.sub(r"NPV\((.+),(\w+):(\w+)\)", rf"N(\1,'{sheet}','\2','\3')", text)
        text = re.sub(r"\b(Inputs|Parts)!(\$?[A-Z]+\$?\d+)", r"V('\1','\2')", text)
        text = re.sub(r"(?<![\w'$])([A-Z]{1,2}\d+)(?![\w'])", rf"V('{sheet}','\1')", text)
        return text.replace("^", "**")

    def cells(self, sheet: str, first: str, last: str) -> list[float]:
        rows = self.book[sheet][f"{first}:{last}"]
        return [self.value(sheet, cell.coordinate) for row in rows for cell in row if cell.value is not None]

    def sum(self, sheet: str, first: str, last: str) -> float:
        return sum(self.cells(sheet, first, last))

    def npv(self, rate: float, sheet: str, first: str, last: str) -> float:
        return sum(flow / (1 + rate) ** (month + 1) for month, flow in enumerate(self.cells(sheet, first, last)))


def opened(name: str, *, formulas: bool) -> Any:
    document, economics = read(DOCUMENTS[name])
    data = to_workbook(all_sheets(FRAMEWORK, document, economics), title="=A name")
    return openpyxl.load_workbook(io.BytesIO(data), data_only=not formulas)


@each
def test_formulas_come_to_the_values_that_stand_in_them(name: str) -> None:
    book, shown = opened(name, formulas=True), opened(name, formulas=False)
    sheets = Spreadsheet(book)
    formulas = [
        (sheet.title, cell.coordinate)
        for sheet in book
        for line in sheet.iter_rows()
        for cell in line
        if cell.data_type == "f"
    ]
    assert len(formulas) > 30
    for sheet, cell in formulas:
        assert sheets.value(sheet, cell) == pytest.approx(shown[sheet][cell].value, rel=1e-9, abs=1e-6), (sheet, cell)


@each
def test_the_months_are_those_of_the_engine(name: str) -> None:
    _, economics = read(DOCUMENTS[name])
    sheets = Spreadsheet(opened(name, formulas=True))
    last = economics.horizon_months + 2
    for index, one in enumerate(economics.approaches):
        letter = "BCDEFGHI"[index]
        costs = sheets.cells("Months", f"{letter}2", f"{letter}{last}")
        assert costs == pytest.approx([one.upfront, *one.monthly_cost], rel=1e-12)
        assert sheets.value("Months", f"{letter}{last + 2}") == pytest.approx(one.pv_cost, rel=1e-9)
    assert economics.investment
    net, total = ("J", "K") if economics.approaches else ("B", "C")
    flows = sheets.cells("Months", f"{net}2", f"{net}{last}")
    assert flows == pytest.approx(list(economics.investment.cash_flow.flows), rel=1e-9, abs=1e-6)
    totals = sheets.cells("Months", f"{total}2", f"{total}{last}")
    assert totals == pytest.approx(list(economics.investment.cash_flow.cumulative), rel=1e-9, abs=1e-6)
    assert sheets.value("Months", f"{net}{last + 1}") == pytest.approx(economics.investment.net, abs=1e-6)
    assert sheets.value("Months", f"{net}{last + 2}") == pytest.approx(economics.investment.npv, rel=1e-9)


def test_changing_an_input_of_the_workbook_changes_its_result() -> None:
    book = opened("detailed", formulas=True)
    before = Spreadsheet(book).value("Months", "J39")
    (quality,) = (line for line in book["Inputs"].iter_rows() if line[2].value == "quality_value")
    quality[3].value += 100
    assert Spreadsheet(book).value("Months", "J39") == pytest.approx(before + 36 * 100)


@each
def test_inputs_are_all_there_with_where_they_come_from(name: str) -> None:
    document, economics = read(DOCUMENTS[name])
    rows = list(csv.DictReader(io.StringIO(to_csv(input_sheet(FRAMEWORK, document, economics)).decode("utf-8-sig"))))
    found = {
        line["Key"]: float(line["Value"]) for line in rows if not line["Key"].endswith(("escalation_to", "currency"))
    }
    counting = {key: economics.inputs[key] for key in found}
    assert found == pytest.approx(counting)
    entered = [line for line in rows if line["From"] == "Entered"]
    assert len(entered) == {"detailed": 142, "ranges": 142, "summary": 14}[name]
    ours = {line["Key"] for line in rows if line["From"].startswith("Our default")}
    assert ours == {"currency", *economics.defaults_used}
    assert all(line["Number"] and line["From"] for line in rows)


def test_ranges_stand_beside_the_likely_value() -> None:
    document, economics = read(DOCUMENTS["ranges"])
    rows = list(csv.DictReader(io.StringIO(to_csv(input_sheet(FRAMEWORK, document, economics)).decode("utf-8-sig"))))
    (requests,) = (line for line in rows if line["Key"] == "monthly_requests")
    assert [float(requests[key]) for key in ("Low", "Value", "High")] == [60_000, 100_000, 160_000]


@each
def test_the_months_as_csv_have_the_same_values(name: str) -> None:
    _, economics = read(DOCUMENTS[name])
    rows = list(csv.reader(io.StringIO(to_csv(month_sheet(FRAMEWORK, economics)).decode("utf-8-sig"))))
    months = rows[1 : economics.horizon_months + 2]
    assert [int(line[0]) for line in months] == list(range(economics.horizon_months + 1))
    assert economics.investment
    assert [float(line[-1]) for line in months] == pytest.approx(list(economics.investment.cash_flow.cumulative))
    for index, one in enumerate(economics.approaches):
        assert [float(line[index + 1]) for line in months] == pytest.approx([one.upfront, *one.monthly_cost])
