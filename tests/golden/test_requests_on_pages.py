"""f10 and f11 on pages and in files: no verdict where too little is answered, and the currency that was stated.

Issue 10, "Done when".
"""

import io
import json

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment
from assessments.pages.paper_trail import paper_trail
from assessments.pages.report import report_html
from assessments.presenters.verdict import NO_VERDICT
from assessments.services import sharing
from assessments.services.answer_sheet import read_sheet
from tests.pages import Page, words
from tests.visits import bring_in
from tests.workspaces import browser_of_a, new_workspace, portfolio_page, put_in, use_cases

from .test_requests import FOLDER, FRAMEWORK

PATH = FOLDER / "f10_nothing_answered.json"
VERDICTS = [approach.verdict for approach in FRAMEWORK.approaches]


@pytest.fixture
def nothing_answered(owner: Client) -> Assessment:
    return bring_in(owner, json.loads(PATH.read_text(encoding="utf-8")))


def assert_no_verdict(text: str) -> None:
    assert NO_VERDICT.rstrip(".") in text
    assert not [verdict for verdict in VERDICTS if verdict in text]


def test_the_result_names_no_verdict(owner: Client, nothing_answered: Assessment) -> None:
    assert_no_verdict(words(Page(owner.get(reverse("result", args=[nothing_answered.pk]))).root))


@pytest.mark.django_db
def test_no_list_names_a_verdict() -> None:
    workspace = new_workspace()
    put_in(workspace, json.loads(PATH.read_text(encoding="utf-8")))
    page = portfolio_page(browser_of_a("owner", workspace), workspace)
    assert use_cases(page) == ["f10"]
    (rows,) = page.all("tbody")
    assert not [verdict for verdict in VERDICTS if verdict.rstrip(".") in words(rows)]


def test_a_link_shows_no_verdict(client: Client, nothing_answered: Assessment) -> None:
    link = sharing.make_link(nothing_answered, None)
    assert_no_verdict(words(Page(client.get(f"/r/{link}/")).root))


def test_the_report_prints_no_verdict(nothing_answered: Assessment) -> None:
    sheet = read_sheet(nothing_answered)
    html = report_html(sheet, paper_trail(nothing_answered, sheet, None), at=nothing_answered.changed_at)
    page = Page(HttpResponse(html))
    for tree in list(page.root.iter("svg")):  # the picture of the source's decision tree, which always ends somewhere
        tree.drop_tree()
    assert_no_verdict(words(page.root))


def test_the_command_line_says_that_there_is_none() -> None:
    out = io.StringIO()
    call_command("decide", str(PATH), stdout=out)
    found = json.loads(out.getvalue())
    assert (found["approach"], found["action"]) == (None, "not_yet")


def test_money_is_shown_in_the_stated_currency(owner: Client) -> None:
    """f11: euros were stated. Dollars stand only where a price of the source is named."""
    stated = json.loads((FOLDER / "f11_currency_ignored.json").read_text(encoding="utf-8"))
    assessment = bring_in(owner, stated)
    page = words(Page(owner.get(reverse("result_page", args=[assessment.pk, "money"]))).root)
    assert "€2,000 a month" in page
    assert "$2,000" not in page


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("f02_cost_motive_never_pays", "Try another model. The target is met, but each request costs too much."),
        (
            "f07_barred_data_keep_provider",
            "Move to a model that you run. The prompt in use does the job, but data must stay in your own hands.",
        ),
    ],
)
def test_the_brief_says_why_something_changes_though_the_prompt_works(owner: Client, name: str, said: str) -> None:
    assessment = bring_in(owner, json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")))
    assert said in words(Page(owner.get(reverse("result", args=[assessment.pk]))).root)
