"""The money in the report: the same charts and numbers as on the page, and everything to work it out again."""

import re
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client

from assessments.framework import load_framework
from tests.documents import example_document
from tests.money import detailed_document, ranged_document

from . import test_form
from .paper import Paper, needs_poppler, report_of

pytestmark = needs_poppler
FRAMEWORK = load_framework()


@pytest.fixture
def paper(owner: Client) -> Paper:
    return report_of(owner, ranged_document(), appendix=True)


def test_it_has_the_numbers_of_the_eight_approaches(owner: Client) -> None:
    """economics.md, section 4, to the cent."""
    text = report_of(owner, example_document("eight_approaches"), appendix=True).text
    for words in (
        *("$12,050.00", "$0.016400", "1.0600", "7.3348%", "$20,275.40", "$27,317.96", "$53,526.24"),
        *("$1,040,614.16", "$1,009,378.51", "$759,484.58", "$717,292.32", "$648,813.66", "$632,514.58"),
        *("1.5156", "1.4348", "0.7778", "1.1783", "3.1554", "2.0455", "4.1739", "4.2295", "10.4963"),
        *("$31,235.65", "−$250,501.60", "$408,099.58", "$68,478.66", "−$93,109.31", "$84,777.74"),
    ):
        assert words in text, words


def test_every_month_of_every_approach_is_there(owner: Client) -> None:
    text = report_of(owner, example_document("eight_approaches"), appendix=True).text
    table = text[text.index("Costs by month") :]
    assert "20,275.40 19,219.64 13,846.66 14,747.15 24,193.69 16,158.03 12,588.42 13,035.79" in table
    months = re.findall(r" (\d+) (?=[\d,]+\.\d\d )", table)
    assert [month for month in map(str, range(37)) if month not in months] == []


def test_it_says_how_sure_the_return_is(paper: Paper) -> None:
    assert "futures drawn from your ranges" in paper.text
    assert "give or take" in paper.text
    assert "10,000 futures" in paper.text


def test_all_five_charts_are_figures_with_words(paper: Paper) -> None:
    words = [str(tag.Alt) for tag in paper.tagged("Figure") if "/Alt" in tag]
    for title in (
        "Running total by month",
        "Cost so far by month",
        "Cost by what it is spent on",
        "Cost of month 1 by number of requests",
        "What the result hangs on",
    ):
        assert any(alt.startswith(title) for alt in words), (title, words)


def test_its_form_is_as_sound_as_without_costs_in_detail(paper: Paper) -> None:
    test_form.test_it_says_that_it_is_accessible(paper)
    test_form.test_everything_drawn_is_tagged_or_marked_as_decoration(paper)
    test_form.test_headings_leave_no_level_out(paper)
    test_form.test_cells_of_tables_name_their_headers(paper)


def test_nothing_is_cut_off_at_the_right_edge(paper: Paper) -> None:
    widths = {float(page.MediaBox[2]) for page in paper.pdf.pages}
    assert max(word.right for word in paper.words) < min(widths) - 40


def test_words_do_not_run_into_each_other(paper: Paper) -> None:
    """In the dense tables each amount has its own place."""
    amounts = [word for word in paper.words if re.fullmatch(r"[−$]*[\d,]+\.\d\d", word.text)]
    assert len(amounts) > 300
    by_line: dict[tuple[int, float], list[Any]] = {}
    for word in amounts:
        by_line.setdefault((word.page, round(word.top)), []).append(word)
    for line in by_line.values():
        line.sort(key=lambda word: word.left)
        assert all(one.right <= other.left for one, other in pairwise(line))


def test_inputs_stand_there_with_where_they_come_from(owner: Client) -> None:
    text = report_of(owner, detailed_document(), appendix=True).text
    assert "8 of 149 numbers are our defaults" in text
    assert "our default of 1" in text
    for cost in FRAMEWORK.cost_inputs.case.values():
        assert cost.label in text, cost.label
