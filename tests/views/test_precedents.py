"""The list of published cases: its filters, with and without htmx, and the similar ones on a result."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from assessments.framework import load_framework
from assessments.models import Assessment
from assessments.pages.paper_trail import paper_trail
from assessments.pages.report import report_html
from assessments.services.answer_sheet import read_sheet
from tests.documents import example_document
from tests.pages import Page, fields, parse_errors, words
from tests.visits import bring_in

CASES = load_framework().precedents.cases
HTMX = {"HX-Request": "true"}


def shown(response: Any) -> Any:
    """The titles of the cases on the page."""
    page = Page(response)
    return [words(title) for case in page.all("article") for title in case.iter("h2")]


@pytest.fixture
def look(client: Client) -> Any:
    def look(headers: Any = None, **wanted: Any) -> Any:
        return client.get(reverse("precedents"), wanted, headers=headers or {})

    return look


def test_all_cases_are_listed_and_counted(look: Any) -> None:
    response = look()
    page = Page(response)
    assert response.status_code == 200
    assert parse_errors(page.html) == []
    assert sorted(shown(response)) == sorted(case.title for case in CASES)
    assert page.words("count") == f"{len(CASES)} of {len(CASES)} cases"
    assert page.title == "Precedents - ftdecide"


@pytest.mark.parametrize(
    ("name", "value", "fits"),
    [
        ("kind", "drafting", lambda case: case.task_kind == "drafting"),
        ("outcome", "rag", lambda case: case.outcome == "rag"),
        ("evidence", "vendor_claim", lambda case: case.evidence == "vendor_claim"),
        ("answer", "data_sovereignty", lambda case: case.answers.get("data_sovereignty") == "yes"),
    ],
)
def test_each_filter_leaves_the_cases_that_fit(look: Any, name: str, value: str, fits: Any) -> None:
    response = look(**{name: value})
    wanted = sorted(case.title for case in CASES if fits(case))
    assert 0 < len(wanted) < len(CASES)
    assert sorted(shown(response)) == wanted
    assert Page(response).words("count") == f"{len(wanted)} of {len(CASES)} cases"


def test_filters_hold_together_and_stay_chosen(look: Any) -> None:
    response = look(kind="classification", outcome="fine_tune", evidence="measured", answer="cost_optimization")
    assert sorted(shown(response)) == sorted(
        case.title
        for case in CASES
        if (case.task_kind, case.outcome, case.evidence) == ("classification", "fine_tune", "measured")
        and case.answers.get("cost_optimization") == "yes"
    )
    (form,) = [form for form in Page(response).all("form") if form.get("method") == "get"]
    assert fields(form) == {
        "kind": "classification",
        "outcome": "fine_tune",
        "evidence": "measured",
        "answer": "cost_optimization",
    }


def test_a_filter_offers_only_what_some_case_has(look: Any) -> None:
    for select in Page(look()).all("select"):
        for option in list(select.iter("option"))[1:]:
            response = look(**{select.get("name", ""): option.get("value")})
            assert shown(response), option.get("value")


@pytest.mark.parametrize("wanted", [{"kind": "poetry"}, {"answer": "name"}, {"evidence": ""}, {"colour": "red"}])
def test_a_value_that_is_not_offered_is_taken_as_no_wish(look: Any, wanted: Any) -> None:
    assert len(shown(look(**wanted))) == len(CASES)


def test_where_nothing_fits_the_filters_can_be_cleared(look: Any) -> None:
    page = Page(look(kind="extraction", outcome="rag"))
    assert page.words("count") == f"0 of {len(CASES)} cases"
    assert "No cases match" in page.words("precedents")
    (clear,) = page.with_id("precedents").iter("a")
    assert clear.get("href") == reverse("precedents")


def test_htmx_gets_the_list_and_the_count_and_an_address_to_push(look: Any) -> None:
    response = look(HTMX, kind="code", outcome="", evidence="measured", answer="")
    page = Page(response)
    assert "<html" not in page.html
    assert page.with_id("precedents").tag == "div"
    assert page.with_id("count").get("hx-swap-oob") == "innerHTML"
    assert not page.has("filter-kind")
    assert response["HX-Push-Url"] == "/precedents/?kind=code&evidence=measured"
    assert "HX-Request" in response["Vary"]


def test_an_address_without_filters_is_pushed_plain(look: Any) -> None:
    assert look(HTMX, kind="")["HX-Push-Url"] == "/precedents/"


def test_going_back_gets_the_whole_page(look: Any) -> None:
    response = look(HTMX | {"HX-History-Restore-Request": "true"}, kind="code")
    assert Page(response).has("filter-kind")
    assert "HX-Push-Url" not in response
    assert "HX-Request" in response["Vary"]


def test_without_htmx_the_form_is_sent_with_a_button(look: Any) -> None:
    (form,) = [form for form in Page(look()).all("form") if form.get("method") == "get"]
    assert form.get("action") == reverse("precedents")
    assert [words(button) for button in form.iter("button")] == ["Apply"]
    assert {form.get(f"hx-{name}") for name in ("trigger", "target")} == {"change", "#precedents"}


def test_every_case_says_how_well_it_is_shown_and_where_it_stands(look: Any) -> None:
    page = Page(look())
    links = {link.get("href", "") for link in page.with_id("precedents").iter("a")}
    assert links == {case.link for case in CASES if case.link}
    assert all(link.startswith("https://") for link in links)
    for case in CASES:
        assert case.link or case.source in page.words("precedents")
        assert case.caveat in page.words("precedents")


def test_answers_that_only_the_outcome_told_are_marked(look: Any) -> None:
    page = Page(look())
    marked = [words(row) for row in page.with_id("precedents").iter("div") if "Known afterwards" in words(row)]
    rows = [row for row in marked if row.startswith("Known afterwards")]
    assert len(rows) == sum(bool(case.hindsight) for case in CASES)
    assert set(rows) <= {f"Known afterwards Prompt already good enough: {said}" for said in ("yes", "no")}


def test_the_page_stays_small(look: Any) -> None:
    """In bytes before they are packed for the way, about 1,500 a case."""
    assert len(look().content) < 1_700 * len(CASES)


def test_a_count_of_cases_is_never_shown_without_saying_that_it_is_no_probability(look: Any) -> None:
    assert "no probability" in words(Page(look()).root)


def test_the_page_can_be_reached_from_every_page(look: Any, client: Any) -> None:
    page = Page(client.get(reverse("privacy")))
    links = [link for link in page.all("a") if link.get("href") == reverse("precedents")]
    assert [link.get("class") for link in links] == [None, "only-s"]
    here = [link for link in Page(look()).all("a") if link.get("aria-current") == "page"]
    assert [words(link) for link in here] == ["Precedents"]


def test_it_is_only_read(client: Any) -> None:
    response = client.post(reverse("precedents"))
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


# On a result


def cases_of(owner: Client, assessment: Assessment) -> Page:
    response = owner.get(reverse("result_page", args=[assessment.pk, "cases"]))
    assert response.status_code == 200
    return Page(response)


def test_the_result_shows_the_most_similar_why_and_the_closest_that_went_the_other_way(owner: Any) -> None:
    page = cases_of(owner, bring_in(owner, example_document("service_desk")))
    assert parse_errors(page.html) == []
    cases = [case for case in page.all("li") if (case.get("class") or "").startswith("case")]
    assert len(cases) == 4
    assert [case.get("class") for case in cases].count("case other") == 1
    assert "From how many labels does tuning win?" in words(cases[0])
    assert "Like yours: same kind of task, also needed consistent behaviour" in words(cases[0])
    assert "no probability" in words(page.root)
    assert f"See all {len(CASES)} published cases" in words(page.root)


def test_the_result_shows_the_outside_view_and_how_good_it_is(owner: Any) -> None:
    told = words(cases_of(owner, bring_in(owner, example_document("service_desk"))).root)
    assert "Tuning won in 16 of the 20 published cases most like yours" in told
    assert "16 of 20 is 80%" in told
    assert f"Of all {len(CASES)} published cases tuning won in 56%" in told
    assert "where that gave 60% to 80%, as here, tuning had won in 33 of 49" in told


def test_a_result_of_nothing_shows_no_cases_that_are_not_similar(owner: Any, assessment: Any) -> None:
    told = words(cases_of(owner, assessment).root)
    assert "No published case is like yours" in told
    assert "Say what kind of task it is" in told
    assert "most similar" not in told


def test_the_report_has_the_similar_cases_in_a_table(owner: Any) -> None:
    assessment = bring_in(owner, example_document("service_desk"))
    sheet = read_sheet(assessment)
    html = report_html(sheet, paper_trail(assessment, sheet, None), at=assessment.changed_at)
    page = Page(HttpResponse(html))
    (table,) = [table for table in page.all("table") if table.get("class") == "cases"]
    rows = [row for body in table.iter("tbody") for row in body.iter("tr")]
    assert len(rows) == 4
    assert "From how many labels does tuning win?" in words(rows[0])
    assert "no probability" in words(page.root)
