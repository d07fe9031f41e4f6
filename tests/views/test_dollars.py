"""In an assessment in euros no page and no file has a sign of dollars that is not said to be one of US dollars."""

import io
import json
import re
import zipfile
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.pages.figures import FIGURE_FILES
from assessments.pages.paper_trail import trail_of
from assessments.pages.report import report_html
from assessments.presenters.record_files import RECORD_FILES
from assessments.services.answer_sheet import read_sheet

from ..every_page import pages_of
from ..golden.test_requests import FOLDER
from ..money import detailed_document
from ..visits import bring_in

_LISTS = "These prices are in US dollars"
"""Said at the head of each list of prices, which is in dollars for everybody."""
_BARE = re.compile(r".{0,60}(?<!US)\$.{0,30}")


def euros(name: str) -> dict[str, Any]:
    if name == "summary":
        found: dict[str, Any] = json.loads((FOLDER / "f11_currency_ignored.json").read_text(encoding="utf-8"))
        return found
    document = detailed_document()
    return document | {"costs": document["costs"] | {"currency": "EUR"}}


def bare(text: str) -> list[str]:
    return _BARE.findall(text)


@pytest.mark.parametrize("name", ["summary", "detailed"])
def test_no_dollar_is_taken_for_a_euro(owner: Client, name: str) -> None:
    assessment = bring_in(owner, euros(name))
    found = {}
    for place, response in pages_of(owner, assessment).items():
        text = response.content.decode()
        if response.status_code == 200 and _LISTS not in text:
            found[place] = bare(text)
    sheet = read_sheet(assessment)
    for kind in RECORD_FILES:
        content = owner.get(reverse("record", args=[assessment.pk, kind])).content
        found[kind] = bare(unpacked(content))
    for file in FIGURE_FILES:
        found[file] = bare(unpacked(owner.get(reverse("figures", args=[assessment.pk, file])).content))
    trail = trail_of(assessment, sheet, None)
    found["report"] = bare(report_html(sheet, trail, at=assessment.changed_at, appendix=True))
    assert {place: said for place, said in found.items() if said} == {}


def unpacked(content: bytes) -> str:
    """The text of a file, of all its parts where it holds several."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8").replace(r"\$", "$")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        written = " ".join(parts.read(name).decode() for name in parts.namelist() if name.endswith("xml"))
    return re.sub("<f>.*?</f>", "", written)  # in a formula $D$2 is a cell
