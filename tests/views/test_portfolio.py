"""The portfolio's page: what it shows to whom, and that its address says all of it."""

from typing import Any

import pytest
from django.urls import reverse

from assessments.models import Assessment
from assessments.services import list_entries
from assessments.services.assessments import delete, load_sample, restore, start

from ..documents import EXAMPLES, example_document, full_document, named
from ..every_page import HOSTILE, hostile_document
from ..pages import words
from ..people import signed_in
from ..visits import autosave, open_section
from ..workspaces import (
    browser_of_a,
    fill,
    new_person,
    new_workspace,
    portfolio_page,
    portfolio_url,
    put_in,
    use_cases,
)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def workspace() -> Any:
    return new_workspace()


@pytest.fixture
def client(workspace: Any) -> Any:
    return browser_of_a("owner", workspace)


DECIDED = {"prompt_variations": "no"} | dict.fromkeys(
    ("consistent_behavior", "domain_knowledge", "brand_voice", "cost_optimization"), "no"
)
"""Enough answers for a verdict, which tunes nothing."""


# what it shows


def test_a_row_for_each_with_what_it_comes_to(client: Any, workspace: Any) -> None:
    for name in EXAMPLES:
        put_in(workspace, example_document(name))
    page = portfolio_page(client, workspace)
    assert use_cases(page)[0] == "Task API assistant"
    assert len(use_cases(page)) == 4
    found = " ".join(words(cell) for cell in page.root.xpath("//tbody/tr[1]/*"))
    for told in (
        "Drafting",
        "37 of 58 answered",
        "Fine-tune a small model",
        "Pilot first",
        "5 of 5",
        "Reached",
    ):
        assert told in found
    for told in ("4 of 6", "0 of 5", "10,000", "4 months", "Not settled", "Not asked"):
        assert told in found
    heads = [words(head).removesuffix("↓") for head in page.root.xpath("//thead//th")]
    assert heads == [
        *(
            "Use case",
            "Verdict",
            "Ceiling test",
            "Reasons for",
            "Reasons against",
            "Labelled examples",
            "If tuned, pays back in",
        ),
        *("Settled", "Sign-off", "Pilot", "Last change"),
    ]
    assert page.words("found") == "4 use cases"


def test_the_tiles_lead_to_what_they_count(client: Any, workspace: Any) -> None:
    for name in EXAMPLES:
        put_in(workspace, example_document(name))
    page = portfolio_page(client, workspace)
    tiles = page.root.xpath("//dl[@class='tiles']/div")
    for tile in tiles:
        (link,) = tile.xpath(".//a")
        number = int(tile.xpath("string(dd/text())"))
        address = link.get("href").removeprefix(portfolio_url(workspace))
        assert len(use_cases(portfolio_page(client, workspace, address))) == number
    assert [tile.xpath("string(dd/text())") for tile in tiles] == ["2", "1", "0", "4"]


def test_what_has_no_verdict_yet_says_so_and_leads_to_its_questions(client: Any, workspace: Any) -> None:
    assessment = start(workspace, "", None)
    page = portfolio_page(client, workspace)
    (link,) = page.root.xpath("//tbody//th//a")
    assert link.get("href") == reverse("overview", args=[assessment.pk])
    assert "No verdict yet" in words(page.root.xpath("//tbody/tr")[0])
    assert "Fine-tune" not in words(page.root.xpath("//tbody/tr")[0])


def test_what_is_complete_says_so(client: Any, workspace: Any) -> None:
    put_in(workspace, full_document())
    assert "Complete" in words(portfolio_page(client, workspace).root.xpath("//tbody/tr")[0])


def test_a_change_shows_at_once(client: Any, workspace: Any) -> None:
    assessment = put_in(workspace, example_document("task_api"))
    assert "4 of 6" in portfolio_page(client, workspace).html
    autosave(client, assessment, "brand_voice", open_section(client, assessment, "reasons_for") | {"brand_voice": "no"})
    assert "3 of 6" in portfolio_page(client, workspace).html


def test_what_is_deleted_goes_at_once_and_what_is_brought_back_comes(client: Any, workspace: Any) -> None:
    first, second = put_in(workspace, named("First")), put_in(workspace, named("Second"))
    assert len(use_cases(portfolio_page(client, workspace))) == 2
    delete(first, None)
    assert use_cases(portfolio_page(client, workspace)) == ["Second"]
    delete(second, None)
    restore(first, None)
    assert use_cases(portfolio_page(client, workspace)) == ["First"]
    restore(second, None)
    assert len(use_cases(portfolio_page(client, workspace, "?order=name"))) == 2


def test_what_is_deleted_before_it_was_worked_out_does_not_count(client: Any, workspace: Any) -> None:
    delete(put_in(workspace, named("Gone")), None)
    assert "Start with one use case" in portfolio_page(client, workspace).html


def test_other_workspaces_trials_and_samples_are_not_in_it(client: Any, workspace: Any) -> None:
    put_in(new_workspace("Another"), named("Foreign"))
    load_sample("task-api", example_document("task_api"))
    start(None, "a browser", None)
    put_in(workspace, named("Ours"))
    assert use_cases(portfolio_page(client, workspace)) == ["Ours"]
    assert portfolio_page(client, workspace).words("found") == "1 use case"


def test_more_than_can_be_worked_out_at_once_are_told_and_come_with_the_next_looks(
    client: Any, workspace: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_entries, "AT_ONCE", 2)
    for number in range(5):
        put_in(workspace, named(f"Case {number}"))
    page = portfolio_page(client, workspace)
    assert len(use_cases(page)) == 2
    assert "3 are being worked out. Reload to see them." in words(page.root)
    assert "1 is being worked out. Reload to see it." in words(portfolio_page(client, workspace).root)
    page = portfolio_page(client, workspace)
    assert len(use_cases(page)) == 5
    assert "being worked out" not in page.html


def test_hostile_names_are_text(client: Any, workspace: Any) -> None:
    put_in(workspace, hostile_document())
    page = portfolio_page(client, workspace, "?q=" + "%3Cscript%3E")
    assert "<script>alert" not in page.html
    assert HOSTILE.split()[0] in use_cases(page)[0]


# the address


def test_filters_and_order_stand_in_the_form_as_the_address_has_them(client: Any, workspace: Any) -> None:
    put_in(workspace, named())
    address = "?q=refund&verdict=none&settled=&task=&progress=open&order=name&reverse=1"
    form = portfolio_page(client, workspace, address).form("filters")
    assert form == {
        "q": "refund",
        "verdict": "none",
        "settled": "",
        "sign_off": "",
        "pilot": "",
        "task": "",
        "progress": "open",
        "order": "name",
        "reverse": "1",
    }


@pytest.mark.parametrize(
    ("address", "left"),
    [
        ("", ["Task API assistant", "Policy questions", "Alpha"]),
        ("?order=name", ["Alpha", "Policy questions", "Task API assistant"]),
        ("?order=name&reverse=1", ["Task API assistant", "Policy questions", "Alpha"]),
        ("?verdict=candidates", ["Task API assistant"]),
        ("?q=api", ["Task API assistant"]),
        ("?q=api&verdict=none", []),
        ("?verdict=nonsense&order=nonsense&page=nonsense", ["Task API assistant", "Policy questions", "Alpha"]),
        ("?page=99", ["Task API assistant", "Policy questions", "Alpha"]),
        ("?page=" + "9" * 5000, ["Task API assistant", "Policy questions", "Alpha"]),
        ("?q=%00&page=-1&reverse=maybe", ["Task API assistant", "Policy questions", "Alpha"]),
        ("?q=%ED%A0%80", []),
        ("?a=%00&a=..&a=" + "x" * 3000, ["Task API assistant", "Policy questions", "Alpha"]),
    ],
)
def test_what_an_address_shows(client: Any, workspace: Any, address: Any, left: Any) -> None:
    put_in(workspace, example_document("task_api"))
    put_in(workspace, named("Policy questions", answers=DECIDED))
    put_in(workspace, named("Alpha"))
    assert use_cases(portfolio_page(client, workspace, address)) == left


def test_nothing_found_says_so_and_leads_back(client: Any, workspace: Any) -> None:
    put_in(workspace, named("Alpha"))
    page = portfolio_page(client, workspace, "?q=beta")
    assert page.words("found") == "0 of 1 use case"
    assert "No use cases match" in page.html
    assert page.root.xpath("//a[text()='Clear filters']/@href") == [portfolio_url(workspace)]


def test_pages_of_twenty_have_each_row_once(client: Any, workspace: Any) -> None:
    fill(workspace, [{"name": f"Case {number:02}"} for number in range(45)])
    seen = [use_cases(portfolio_page(client, workspace, f"?order=name&page={number}")) for number in (1, 2, 3)]
    assert [len(page) for page in seen] == [20, 20, 5]
    assert [name for page in seen for name in page] == [f"Case {number:02}" for number in range(45)]


def test_pages_keep_the_filters(client: Any, workspace: Any) -> None:
    fill(workspace, [{"name": f"Case {number:02}"} for number in range(45)])
    page = portfolio_page(client, workspace, "?q=case&order=name&page=2")
    before, after = page.with_id("page-before").get("href"), page.with_id("page-after").get("href")
    assert before == f"{portfolio_url(workspace)}?q=case&order=name&page=1"
    assert use_cases(portfolio_page(client, workspace, after.removeprefix(portfolio_url(workspace))))[0] == "Case 40"


def test_a_head_orders_by_its_column_and_chosen_again_turns_round(client: Any, workspace: Any) -> None:
    fill(workspace, [{"name": name} for name in ("b", "a")])
    page = portfolio_page(client, workspace, "?q=&verdict=other")
    link = page.with_id("order-name").get("href")
    assert link == f"{portfolio_url(workspace)}?verdict=other&order=name"
    page = portfolio_page(client, workspace, link.removeprefix(portfolio_url(workspace)))
    assert (use_cases(page), page.with_id("order-name").getparent().get("aria-sort")) == (["a", "b"], "ascending")
    link = page.with_id("order-name").get("href")
    page = portfolio_page(client, workspace, link.removeprefix(portfolio_url(workspace)))
    assert (use_cases(page), page.with_id("order-name").getparent().get("aria-sort")) == (["b", "a"], "descending")
    assert len(page.root.xpath("//th[@aria-sort]")) == 1


# htmx


def test_htmx_gets_the_table_alone_and_the_address_to_show(client: Any, workspace: Any) -> None:
    put_in(workspace, named("Alpha"))
    address = "?q=alpha&verdict=&settled=&sign_off=&task=&progress=&order=verdict"
    response = client.get(portfolio_url(workspace) + address, headers=HTMX | {"HX-Trigger": "filters"})
    assert response["HX-Push-Url"] == f"{portfolio_url(workspace)}?q=alpha"
    assert "HX-Request" in response["Vary"]
    html = response.content.decode()
    assert "<html" not in html
    assert 'id="portfolio"' in html
    assert 'id="found" role="status" hx-swap-oob="innerHTML">1 of 1 use case<' in html
    assert 'id="f-order"' not in html  # somebody may be in it


def test_htmx_from_a_head_brings_the_order_of_the_form_along(client: Any, workspace: Any) -> None:
    put_in(workspace, named("Alpha"))
    response = client.get(portfolio_url(workspace) + "?order=name", headers=HTMX | {"HX-Trigger": "order-name"})
    assert 'value="name" selected' in response.content.decode()


def test_htmx_that_restores_a_page_gets_the_whole_of_it(client: Any, workspace: Any) -> None:
    put_in(workspace, named("Alpha"))
    headers = HTMX | {"HX-History-Restore-Request": "true"}
    assert "<html" in client.get(portfolio_url(workspace), headers=headers).content.decode()


# ticks for comparing


def test_what_was_ticked_stays_ticked_also_where_it_is_on_another_page(client: Any, workspace: Any) -> None:
    made = fill(workspace, [{"name": f"Case {number:02}"} for number in range(25)])
    here, elsewhere = made[0], made[24]
    page = portfolio_page(client, workspace, f"?order=name&a={here}&a={elsewhere}&a=abcdefghjkmn")
    ticked = page.root.xpath("//input[@name='a'][@checked]")
    assert {box.get("value") for box in ticked} == {here, elsewhere}
    assert [words(item) for item in page.root.xpath("//ul[@class='elsewhere']/li")] == ["Case 24"]
    assert page.with_id("page-after").get("href") == f"{portfolio_url(workspace)}?order=name&page=2"


def test_a_foreign_one_cannot_be_ticked(client: Any, workspace: Any) -> None:
    fill(workspace, [{"name": "Ours"}, {"name": "Ours too"}])
    (foreign,) = fill(new_workspace("Another"), [{"name": "Foreign"}])
    assert "Foreign" not in portfolio_page(client, workspace, f"?a={foreign}").html


def test_one_alone_cannot_be_compared_yet(client: Any, workspace: Any) -> None:
    put_in(workspace, named("Alpha"))
    page = portfolio_page(client, workspace)
    assert "Add a second use case to compare." in page.html
    assert not page.has("compare")


# before there is anything


def test_an_empty_workspace_says_what_to_do(client: Any, workspace: Any) -> None:
    load_sample("task-api", example_document("task_api"))
    page = portfolio_page(client, workspace)
    assert "Start with one use case" in page.html
    assert [words(button) for button in page.root.xpath("//main//button")] == ["Start an assessment"]
    assert page.root.xpath("//main//a/@href") == [reverse("import"), reverse("sample", args=["task-api"])]
    assert not page.has("portfolio")


def test_starting_from_a_workspace_starts_in_it(workspace: Any) -> None:
    user = new_person()
    first, second = (new_workspace(name, owner=user) for name in ("First", "Second"))
    client = signed_in(user)
    client.get(portfolio_url(second))
    client.post(reverse("start"))
    assert Assessment.objects.get().workspace_id == second.pk
    client.get(portfolio_url(first))
    client.post(reverse("start"))
    assert Assessment.objects.filter(workspace=first).count() == 1


def test_a_viewer_of_an_empty_workspace_is_told_who_starts(workspace: Any) -> None:
    page = portfolio_page(browser_of_a("viewer", workspace), workspace)
    assert "Nothing here yet" in page.html
    assert page.root.xpath("//main//form") == []
