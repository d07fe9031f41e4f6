"""The money on the result page: the chances that follow, without a script too, and the files to take away."""

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from assessments.engine import decision
from assessments.engine.economics.simulation import payback_chances
from assessments.models import Assessment
from assessments.services import answer_sheet, sharing
from tests.documents import example_document
from tests.money import detailed_document, ranged_document
from tests.pages import Page, words
from tests.visits import bring_in, save_one

HTMX = {"HX-Request": "true"}
DRAWN = "futures drawn from your ranges"


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    caches["results"].clear()
    yield
    caches["results"].clear()


@pytest.fixture
def draws(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often the simulation ran."""
    ran: list[int] = []

    def count(*args: Any) -> Any:
        ran.append(1)
        return payback_chances(*args)

    monkeypatch.setattr(decision, "payback_chances", count)
    return ran


def text(client: Client, url: str, **more: Any) -> str:
    response = client.get(url, **more)
    assert response.status_code == 200
    return response.content.decode()


def money_of(assessment: Assessment) -> str:
    return reverse("result_page", args=[assessment.pk, "money"])


def test_the_first_view_does_not_wait_for_the_simulation(owner: Any, draws: list[int]) -> None:
    assessment = bring_in(owner, ranged_document())
    page = text(owner, money_of(assessment))
    url = reverse("chances", args=[assessment.pk])
    assert draws == []
    assert DRAWN not in page
    assert f'hx-get="{url}" hx-trigger="load" hx-target="#chances"' in page
    assert f'<meta http-equiv="refresh" content="0; url={url}"></noscript>' in page
    assert "htmx" in page


def test_the_chances_follow_and_are_drawn_once(owner: Any, draws: list[int]) -> None:
    assessment = bring_in(owner, ranged_document())
    url, result = reverse("chances", args=[assessment.pk]), money_of(assessment)
    fragment = text(owner, url, headers=HTMX)
    assert fragment.strip().startswith("<section")
    assert "<html" not in fragment
    assert DRAWN in fragment
    assert text(owner, url, headers=HTMX) == fragment
    page = text(owner, result)
    assert DRAWN in page
    assert "hx-trigger" not in page.split('id="chances"')[1].split('id="cautions-h"')[0]
    assert "http-equiv" not in page
    assert len(draws) == 1


def test_without_a_script_they_are_inside_the_page(owner: Any, draws: list[int]) -> None:
    assessment = bring_in(owner, ranged_document())
    page = Page(owner.get(reverse("chances", args=[assessment.pk])))
    assert DRAWN in words(page.with_id("chances"))
    assert page.title
    assert page.has("inputs")
    assert "http-equiv" not in text(owner, reverse("chances", args=[assessment.pk]))


def test_they_follow_the_next_answer(owner: Any, draws: list[int]) -> None:
    assessment = bring_in(owner, ranged_document())
    url = reverse("chances", args=[assessment.pk])
    before = text(owner, url, headers=HTMX)
    save_one(owner, assessment, "horizon_months", "12")
    assert DRAWN not in text(owner, money_of(assessment))
    after = text(owner, url, headers=HTMX)
    assert "Not within 12 months" in after
    assert "Not within 36 months" in before
    assert len(draws) == 2


def test_where_nothing_has_a_range_there_is_nothing_to_wait_for(owner: Any) -> None:
    document = example_document("task_api")
    summary = document["costs"]["summary"]
    for key in ("data_preparation_hours", "evaluation_hours", "deployment_hours"):
        summary[key] = dict.fromkeys(("low", "likely", "high"), summary[key])
    page = text(owner, money_of(bring_in(owner, document)))
    assert "Nothing here has a range" in page
    assert "hx-trigger" not in page.split('id="chances"')[1].split('id="cautions-h"')[0]


def test_without_costs_there_are_no_chances_and_no_files(owner: Any, assessment: Any) -> None:
    assert owner.get(reverse("chances", args=[assessment.pk]), headers=HTMX).status_code == 404
    assert owner.get(reverse("chances", args=[assessment.pk])).status_code == 200
    assert owner.get(reverse("figures", args=[assessment.pk, "costs.xlsx"])).status_code == 404


@pytest.mark.parametrize("file", ["", "costs.pdf", "months.csv.exe", "..%2Fmonths.csv", "months%00.csv"])
def test_a_file_that_there_is_not_is_not_found(owner: Any, file: str) -> None:
    assessment = bring_in(owner, detailed_document())
    assert owner.get(f"/a/{assessment.pk}/figures/{file}").status_code == 404


def test_every_reader_gets_chances_and_files_at_addresses_of_their_own(
    owner: Any, new_client: Callable[[], Client]
) -> None:
    assessment = bring_in(owner, ranged_document())
    first, second = (sharing.make_link(assessment, None) for _ in range(2))
    page = text(new_client(), reverse("shared_page", args=[second, "money"]))
    assert reverse("shared_chances", args=[first]) not in page
    assert reverse("shared_chances", args=[second]) in page
    assert reverse("shared_figures", args=[second, "costs.xlsx"]) in page
    assert f"/a/{assessment.pk}/" not in page
    response = new_client().get(reverse("shared_chances", args=[second]), headers=HTMX)
    assert DRAWN in response.content.decode()
    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"


def test_a_new_link_does_not_show_the_old_ones_addresses(owner: Any, new_client: Callable[[], Client]) -> None:
    assessment = bring_in(owner, ranged_document())
    for _ in range(2):
        token = sharing.make_link(assessment, None)
        page = text(new_client(), reverse("shared_page", args=[token, "money"]))
        assert reverse("shared_chances", args=[token]) in page


def test_the_files_open(owner: Any) -> None:
    assessment = bring_in(owner, detailed_document())
    kinds = {}
    for file in ("costs.xlsx", "months.csv", "inputs.csv"):
        response = owner.get(reverse("figures", args=[assessment.pk, file]))
        kinds[file] = response["Content-Type"]
        name = response["Content-Disposition"]
        assert name == f'attachment; filename="ftdecide-task-api-assistant-{file}"'
        if file.endswith("csv"):
            assert len(list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))) > 36
        else:
            assert openpyxl.load_workbook(io.BytesIO(response.content)).sheetnames == ["Inputs", "Parts", "Months"]
    assert kinds["costs.xlsx"].startswith("application/vnd.openxmlformats")
    assert kinds["months.csv"] == "text/csv; charset=utf-8"


def test_text_of_the_assessment_cannot_fill_the_page_s_own_slots(owner: Any) -> None:
    document = detailed_document()
    document["use_case"]["name"] = "%chances% %csrf% %here%"
    page = text(owner, money_of(bring_in(owner, document)))
    assert "%chances% %csrf% %here%" in page


def test_the_section_says_what_the_engine_found(owner: Any) -> None:
    page = Page(owner.get(money_of(bring_in(owner, detailed_document()))))
    shown = words(page.with_id("main"))
    for said in (
        "Does not pay back within 36 months, if 95% of answers are right",
        "What must be true",
        "Pays back in 0.7–3 months if accuracy is 2 points or more above “Split the task”; at the same accuracy never",
        "$1,040,614.16",
        "10.4963",
        "starts to pay from 400,116 requests a month",
        "“Tune plus retrieval” costs least over 36 months",
    ):
        assert said in shown, said
    assert {"chart-tornado", "chart-cash", "chart-costs", "chart-components", "chart-volume"} <= {
        source.get("id") for source in page.all("template")
    }


def test_a_verdict_that_is_not_filled_in_still_compares_the_others(owner: Any) -> None:
    document = example_document("task_api")
    document["costs"] = {"detailed": {"monthly_requests": 10, "approaches": {"status_quo": {}, "hybrid": {}}}}
    page = Page(owner.get(money_of(bring_in(owner, document))))
    assert "its costs are not filled in" in words(page.with_id("main"))


def test_without_a_script_the_page_with_its_chances_is_decided_once(
    owner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assessment = bring_in(owner, ranged_document())
    ran: list[str] = []

    def counted(name: str, work: Any) -> Any:
        def count(*args: Any) -> Any:
            ran.append(name)
            return work(*args)

        return count

    for name in ("decide", "verdict_on"):
        monkeypatch.setattr(answer_sheet, name, counted(name, getattr(answer_sheet, name)))
    assert DRAWN in text(owner, reverse("chances", args=[assessment.pk]))
    assert ran == ["decide"]
