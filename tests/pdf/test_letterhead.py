"""What stands above a workspace's reports: on the first page, and above the brief when that is printed."""

from typing import Any

import pikepdf
import pytest
from django.urls import reverse

from assessments.services import letterheads, sharing
from tests.pages import Page
from tests.people import Team, make_team
from tests.views.test_letterhead import picture

from . import test_form
from .paper import Paper, needs_poppler

instructions = pikepdf.parse_content_stream


@pytest.fixture
def team(db: None) -> Team:
    team = make_team()
    logo = letterheads.drawn_anew(picture())
    letterheads.change_letterhead(team.workspace, mark="Board only <b>", logo=logo, without_logo=False, actor=None)
    return team


def report_of(team: Team) -> Paper:
    return Paper(team.clients["viewer"].get(reverse("report", args=[team.assessment.pk])).content)


@needs_poppler
def test_mark_and_logo_stand_on_the_first_page_alone(team: Team) -> None:
    paper = report_of(team)
    assert ["Board only <b>" in page for page in paper.pages] == [True] + [False] * (len(paper.pages) - 1)
    drawn = [
        any(str(one.operator) == "Do" and str(one.operands[0]) in page.get_images() for one in instructions(page))
        for page in paper.pdf.pages
    ]
    assert drawn == [True] + [False] * (len(paper.pages) - 1)
    assert str(next(iter(paper.tagged("Figure"))).Alt) == "Support"
    test_form.test_everything_drawn_is_tagged_or_marked_as_decoration(paper)


def test_another_letterhead_is_another_report(team: Team) -> None:
    before = report_of(team).data
    assert report_of(team).data == before
    letterheads.change_letterhead(team.workspace, mark="Internal", logo=None, without_logo=True, actor=None)
    assert report_of(team).data != before


def test_it_is_printed_above_the_brief_for_links_too_and_on_no_other_page(team: Team, client: Any) -> None:
    token = sharing.make_link(team.assessment, None)
    for browser, url in (
        (team.clients["viewer"], reverse("result", args=[team.assessment.pk])),
        (client, reverse("shared_result", args=[token])),
    ):
        (shown,) = Page(browser.get(url)).root.find_class("letterhead")
        assert shown.text_content().strip() == "Board only <b>"
        assert shown.find("img").get("src").startswith("data:image/png;base64,")
    other = Page(team.clients["viewer"].get(reverse("result_page", args=[team.assessment.pk, "why"])))
    assert other.root.find_class("letterhead") == []


def test_the_page_leads_to_both_reports_and_both_records(team: Team) -> None:
    page = Page(team.clients["viewer"].get(reverse("result", args=[team.assessment.pk])))
    report = reverse("report", args=[team.assessment.pk])
    links = {link.get("href") for link in page.all("a")}
    assert {report, f"{report}?appendix=1"} <= links
    assert {reverse("record", args=[team.assessment.pk, kind]) for kind in ("md", "docx")} <= links
