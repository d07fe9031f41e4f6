"""The money of an assessment as files for a spreadsheet."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.utils.text import slugify

from assessments.presenters.money.files import as_csv, as_workbook
from assessments.presenters.money.sheets import all_sheets, input_sheet, month_sheet
from assessments.services.answer_sheet import AnswerSheet

FIGURE_FILES = {
    "costs.xlsx": "Excel",
    "months.csv": "Months as CSV",
    "inputs.csv": "Inputs as CSV",
}
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureFile:
    """A file to take away, and what it is called on the page."""

    url: str
    words: str


def send_figures(sheet: AnswerSheet, file: str) -> HttpResponse:
    """One of the files. Not found where there is no such file, or nothing to put into it."""
    economics = sheet.verdict.economics
    if file not in FIGURE_FILES or economics is None:
        raise Http404
    if file == "costs.xlsx":
        sheets = all_sheets(sheet.framework, sheet.document, economics)
        response = HttpResponse(as_workbook(sheets, title=sheet.name), content_type=_EXCEL)
    elif file == "months.csv":
        table = month_sheet(sheet.framework, economics)
        response = HttpResponse(as_csv(table), content_type="text/csv; charset=utf-8")
    else:
        table = input_sheet(sheet.framework, sheet.document, economics)
        response = HttpResponse(as_csv(table), content_type="text/csv; charset=utf-8")
    name = slugify(sheet.name) or "assessment"
    response.headers["Content-Disposition"] = f'attachment; filename="ftdecide-{name[:60]}-{file}"'
    return response
