"""The money of an assessment as files for a spreadsheet."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext_noop

from assessments.presenters.money.sheets import all_sheets, input_sheet, month_sheet
from assessments.presenters.sheets import CSV, WORKBOOK, to_csv, to_workbook
from assessments.services.answer_sheet import AnswerSheet

FIGURE_FILES = {
    "costs.xlsx": gettext_noop("Excel"),
    "months.csv": gettext_noop("Months as CSV"),
    "inputs.csv": gettext_noop("Inputs as CSV"),
}
"""By their names, with what they are called on a page, before it is translated."""


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
    match file:
        case "costs.xlsx":
            kind, sheets = WORKBOOK, all_sheets(sheet.framework, sheet.document, economics)
            content = to_workbook(sheets, title=sheet.name)
        case "months.csv":
            kind, content = CSV, to_csv(month_sheet(sheet.framework, economics))
        case _:
            kind, content = CSV, to_csv(input_sheet(sheet.framework, sheet.document, economics))
    response = HttpResponse(content, content_type=kind)
    name = slugify(sheet.name) or "assessment"
    response.headers["Content-Disposition"] = f'attachment; filename="ftdecide-{name[:60]}-{file}"'
    return response
