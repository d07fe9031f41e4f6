"""The portfolio's page: what it shows to whom, and that its address says all of it."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment, Membership, Standing, Workspace
from assessments.services import standings
from assessments.services.assessments import delete, load_sample, restore, start

from ..documents import EXAMPLES, example_document, full_document, named
from ..every_page import HOSTILE, hostile_document
from ..pages import Page, words
from ..services.test_portfolio import fill
from ..visits import autosave, open_section
from ..workspaces import browser_of, browser_of_a, new_person, new_workspace, put_in

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def workspace():
    return new_workspace()


@pytest.fixture
def client(workspace):
    return browser_of_a("owner", workspace)


def url(workspace, name="portfolio"):
    return reverse(name, args=[workspace.pk])


def page_of(client, workspace, address="", **headers):
    response = client.get(url(workspace) + address, headers=headers)
    assert response.status_code == 200, response.content.decode()[:2000]
    return Page(response)


def names(page):
    return [words(link) for link in page.root.xpath("//table//th[@scope='row']//a")]


# what it shows


def test_a_row_for_each_with_what_it_comes_to(client, workspace):
    for name in EXAMPLES:
        put_in(workspace, example_document(name))
    page = page_of(client, workspace)
    assert names(page)[0] == "Task API assistant"
    assert len(names(page)) == 4
    found = " ".join(words(cell) for cell in page.root.xpath("//tbody/tr[1]/*"))
    for told in (
        "Drafting",
        "37 of 54 answered",
        "Fine-tune a small model",
        "Pilot first",
        "5 of 5",
        "Reached",
    ):
        assert told in found
    for told in ("4 of 6", "0 of 5", "10,000", "4 months", "Settled", "Not asked"):
        assert told in found
    heads = [words(head).removesuffix("↓") for head in page.root.xpath("//thead//th")]
    assert heads == [
        *("Use case", "Verdict", "Ceiling test", "Reasons for", "Reasons against", "Labelled examples", "Pays back in"),
        *("Settled", "Sign-off", "Last change"),
    ]
    assert page.words("found") == "4 use cases"


def test_the_tiles_lead_to_what_they_count(client, workspace):
    for name in EXAMPLES:
        put_in(workspace, example_document(name))
    page = page_of(client, workspace)
    tiles = page.root.xpath("//dl[@class='tiles']/div")
    for tile in tiles:
        (link,) = tile.xpath(".//a")
        number = int(tile.xpath("string(dd/text())"))
        address = link.get("href").removeprefix(url(workspace))
        assert len(names(page_of(client, workspace, address))) == number
    assert [tile.xpath("string(dd/text())") for tile in tiles] == ["1", "1", "1", "4"]


def test_what_has_no_verdict_yet_says_so_and_leads_to_its_questions(client, workspace):
    assessment = start(workspace, "")
    page = page_of(client, workspace)
    (link,) = page.root.xpath("//tbody//th//a")
    assert link.get("href") == reverse("overview", args=[assessment.pk])
    assert "No verdict yet" in words(page.root.xpath("//tbody/tr")[0])
    assert "Fine-tune" not in words(page.root.xpath("//tbody/tr")[0])


def test_what_is_complete_says_so(client, workspace):
    put_in(workspace, full_document())
    assert "Complete" in words(page_of(client, workspace).root.xpath("//tbody/tr")[0])


def test_a_change_shows_at_once(client, workspace):
    assessment = put_in(workspace, example_document("task_api"))
    assert "4 of 6" in page_of(client, workspace).html
    autosave(client, assessment, "brand_voice", open_section(client, assessment, "reasons_for") | {"brand_voice": "no"})
    assert "3 of 6" in page_of(client, workspace).html


def test_what_is_deleted_goes_at_once_and_what_is_brought_back_comes(client, workspace):
    first, second = put_in(workspace, named("First")), put_in(workspace, named("Second"))
    assert len(names(page_of(client, workspace))) == 2
    delete(first)
    assert names(page_of(client, workspace)) == ["Second"]
    delete(second)
    restore(first)
    assert names(page_of(client, workspace)) == ["First"]
    restore(second)
    assert len(names(page_of(client, workspace, "?order=name"))) == 2


def test_what_is_deleted_before_it_was_worked_out_does_not_count(client, workspace):
    delete(put_in(workspace, named("Gone")))
    assert "Start with one use case" in page_of(client, workspace).html


def test_other_workspaces_trials_and_samples_are_not_in_it(client, workspace):
    put_in(new_workspace("Another"), named("Foreign"))
    load_sample("task-api", example_document("task_api"))
    start(None, "a browser")
    put_in(workspace, named("Ours"))
    assert names(page_of(client, workspace)) == ["Ours"]
    assert page_of(client, workspace).words("found") == "1 use case"


def test_more_than_can_be_worked_out_at_once_are_told_and_come_with_the_next_looks(client, workspace, monkeypatch):
    monkeypatch.setattr(standings, "AT_ONCE", 2)
    for number in range(5):
        put_in(workspace, named(f"Case {number}"))
    page = page_of(client, workspace)
    assert len(names(page)) == 2
    assert "3 are being worked out. Reload to see them." in words(page.root)
    assert "1 is being worked out. Reload to see it." in words(page_of(client, workspace).root)
    page = page_of(client, workspace)
    assert len(names(page)) == 5
    assert "being worked out" not in page.html


def test_hostile_names_are_text(client, workspace):
    put_in(workspace, hostile_document())
    page = page_of(client, workspace, "?q=" + "%3Cscript%3E")
    assert "<script>alert" not in page.html
    assert HOSTILE.split()[0] in names(page)[0]


# the address


def test_filters_and_order_stand_in_the_form_as_the_address_has_them(client, workspace):
    put_in(workspace, named())
    address = "?q=refund&verdict=none&settled=&task=&progress=open&order=name&reverse=1"
    form = page_of(client, workspace, address).form("filters")
    assert form == {
        "q": "refund",
        "verdict": "none",
        "settled": "",
        "sign_off": "",
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
def test_what_an_address_shows(client, workspace, address, left):
    put_in(workspace, example_document("task_api"))
    put_in(workspace, named("Policy questions", answers={"prompt_variations": "no"}))
    put_in(workspace, named("Alpha"))
    assert names(page_of(client, workspace, address)) == left


def test_nothing_found_says_so_and_leads_back(client, workspace):
    put_in(workspace, named("Alpha"))
    page = page_of(client, workspace, "?q=beta")
    assert page.words("found") == "0 of 1 use case"
    assert "No use cases match" in page.html
    assert page.root.xpath("//a[text()='Clear filters']/@href") == [url(workspace)]


def test_pages_of_twenty_have_each_row_once(client, workspace):
    fill(workspace, [{"name": f"Case {number:02}"} for number in range(45)])
    seen = [names(page_of(client, workspace, f"?order=name&page={number}")) for number in (1, 2, 3)]
    assert [len(page) for page in seen] == [20, 20, 5]
    assert [name for page in seen for name in page] == [f"Case {number:02}" for number in range(45)]


def test_pages_keep_the_filters(client, workspace):
    fill(workspace, [{"name": f"Case {number:02}"} for number in range(45)])
    page = page_of(client, workspace, "?q=case&order=name&page=2")
    before, after = page.with_id("page-before").get("href"), page.with_id("page-after").get("href")
    assert before == f"{url(workspace)}?q=case&order=name&page=1"
    assert names(page_of(client, workspace, after.removeprefix(url(workspace))))[0] == "Case 40"


def test_a_head_orders_by_its_column_and_chosen_again_turns_round(client, workspace):
    fill(workspace, [{"name": name} for name in ("b", "a")])
    page = page_of(client, workspace, "?q=&verdict=other")
    link = page.with_id("order-name").get("href")
    assert link == f"{url(workspace)}?verdict=other&order=name"
    page = page_of(client, workspace, link.removeprefix(url(workspace)))
    assert (names(page), page.with_id("order-name").getparent().get("aria-sort")) == (["a", "b"], "ascending")
    link = page.with_id("order-name").get("href")
    page = page_of(client, workspace, link.removeprefix(url(workspace)))
    assert (names(page), page.with_id("order-name").getparent().get("aria-sort")) == (["b", "a"], "descending")
    assert len(page.root.xpath("//th[@aria-sort]")) == 1


# htmx


def test_htmx_gets_the_table_alone_and_the_address_to_show(client, workspace):
    put_in(workspace, named("Alpha"))
    address = "?q=alpha&verdict=&settled=&sign_off=&task=&progress=&order=verdict"
    response = client.get(url(workspace) + address, headers=HTMX | {"HX-Trigger": "filters"})
    assert response["HX-Push-Url"] == f"{url(workspace)}?q=alpha"
    assert "HX-Request" in response["Vary"]
    html = response.content.decode()
    assert "<html" not in html
    assert 'id="portfolio"' in html
    assert 'id="found" role="status" hx-swap-oob="innerHTML">1 of 1 use case<' in html
    assert 'id="f-order"' not in html  # somebody may be in it


def test_htmx_from_a_head_brings_the_order_of_the_form_along(client, workspace):
    put_in(workspace, named("Alpha"))
    response = client.get(url(workspace) + "?order=name", headers=HTMX | {"HX-Trigger": "order-name"})
    assert 'value="name" selected' in response.content.decode()


def test_htmx_that_restores_a_page_gets_the_whole_of_it(client, workspace):
    put_in(workspace, named("Alpha"))
    headers = HTMX | {"HX-History-Restore-Request": "true"}
    assert "<html" in client.get(url(workspace), headers=headers).content.decode()


# ticks for comparing


def test_what_was_ticked_stays_ticked_also_where_it_is_on_another_page(client, workspace):
    made = fill(workspace, [{"name": f"Case {number:02}"} for number in range(25)])
    here, elsewhere = made[0], made[24]
    page = page_of(client, workspace, f"?order=name&a={here}&a={elsewhere}&a=abcdefghjkmn")
    ticked = page.root.xpath("//input[@name='a'][@checked]")
    assert {box.get("value") for box in ticked} == {here, elsewhere}
    assert [words(item) for item in page.root.xpath("//ul[@class='elsewhere']/li")] == ["Case 24"]
    assert page.with_id("page-after").get("href") == f"{url(workspace)}?order=name&page=2"


def test_a_foreign_one_cannot_be_ticked(client, workspace):
    fill(workspace, [{"name": "Ours"}, {"name": "Ours too"}])
    (foreign,) = fill(new_workspace("Another"), [{"name": "Foreign"}])
    assert "Foreign" not in page_of(client, workspace, f"?a={foreign}").html


def test_one_alone_cannot_be_compared_yet(client, workspace):
    put_in(workspace, named("Alpha"))
    page = page_of(client, workspace)
    assert "Add a second use case to compare." in page.html
    assert not page.has("compare")


# before there is anything


def test_an_empty_workspace_says_what_to_do(client, workspace):
    load_sample("task-api", example_document("task_api"))
    page = page_of(client, workspace)
    assert "Start with one use case" in page.html
    assert [words(button) for button in page.root.xpath("//main//button")] == ["Start an assessment"]
    assert page.root.xpath("//main//a/@href") == [reverse("import"), reverse("sample", args=["task-api"])]
    assert not page.has("portfolio")


def test_starting_from_a_workspace_starts_in_it(workspace):
    user = new_person()
    first, second = (new_workspace(name, owner=user) for name in ("First", "Second"))
    client = browser_of(user)
    client.get(url(second))
    client.post(reverse("start"))
    assert Assessment.objects.get().workspace_id == second.pk
    client.get(url(first))
    client.post(reverse("start"))
    assert Assessment.objects.filter(workspace=first).count() == 1


def test_a_viewer_of_an_empty_workspace_is_told_who_starts(workspace):
    page = page_of(browser_of_a("viewer", workspace), workspace)
    assert "Nothing here yet" in page.html
    assert page.root.xpath("//main//form") == []


# who may


@pytest.mark.parametrize("role", ["owner", "editor", "approver", "viewer"])
def test_every_member_reads_it(workspace, role):
    put_in(workspace, named("Alpha"))
    page = page_of(browser_of_a(role, workspace), workspace)
    assert names(page) == ["Alpha"]
    may_edit, may_export = role in ("owner", "editor"), role != "viewer"
    assert bool(page.root.xpath("//main//form[@method='post']")) == may_edit
    assert bool(page.root.xpath("//a[text()='CSV']")) == may_export


@pytest.mark.parametrize("name", ["portfolio", "compare", "portfolio_csv", "portfolio_workbook", "portfolio_page"])
def test_whoever_is_outside_finds_nothing_and_no_hint(workspace, client, new_client, name):
    put_in(workspace, named("Alpha"))
    other = new_workspace("Another")
    outsider, nobody = browser_of_a("owner", other), new_client()
    removed = browser_of_a("editor", workspace)
    Membership.objects.filter(workspace=workspace, role="editor").delete()
    told = {
        (visitor.get(address).status_code, visitor.get(address).content.replace(address.encode(), b""))
        for visitor in (outsider, nobody, removed)
        for address in (url(workspace, name), reverse(name, args=["abcdefghjkmn"]))
    }
    assert {status for status, _ in told} == {404}
    assert all(b"Alpha" not in body for _, body in told)


@pytest.mark.parametrize("name", ["portfolio_csv", "portfolio_workbook"])
def test_a_viewer_gets_no_files_of_raw_values(workspace, name):
    assert browser_of_a("viewer", workspace).get(url(workspace, name)).status_code == 403


def test_a_deleted_workspace_is_gone(client, workspace):
    Workspace.objects.update(deleted_at=timezone.now())
    assert client.get(url(workspace)).status_code == 404


# how much it asks of the database

ADDRESSES = ["", "?order=payback", "?order=name&page=2", "?q=case&verdict=other&settled=provisional", "?order=sign_off"]
MOST_QUESTIONS = 16


def questions(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_number_of_questions_does_not_grow(client, workspace, address):
    """Session, person, workspace, what there is, rows and their sign-offs; anew also the counts and the order."""
    client.get(url(workspace))  # chooses the workspace in the session
    anew, kept = set(), set()
    for more in (21, 60, 300):
        fill(workspace, [{"name": f"Case {number}"} for number in range(more)])
        anew.add(questions(client, url(workspace) + address))
        kept.add(questions(client, url(workspace) + address))
    assert (len(anew), len(kept)) == (1, 1)
    assert kept.pop() < anew.pop() <= MOST_QUESTIONS


def test_a_look_that_finds_nothing_changed_writes_nothing(client, workspace):
    put_in(workspace, named("Alpha"))
    client.get(url(workspace))
    before = list(Standing.objects.values_list())
    with CaptureQueriesContext(connection) as asked:
        client.get(url(workspace))
    assert all(query["sql"].startswith("SELECT") for query in asked)
    assert list(Standing.objects.values_list()) == before


def test_what_is_kept_is_not_shown_after_a_change_with_an_older_time(client, workspace):
    """A save that began earlier may be stored later: within a minute that shows too."""
    first, second = put_in(workspace, named("First")), put_in(workspace, named("Second"))
    client.get(url(workspace))
    Assessment.objects.filter(pk=first.pk).update(changed_at=second.changed_at - timedelta(seconds=1))
    caches["results"].clear()  # as the end of the minute does
    client.get(url(workspace))
    assert Standing.objects.get(pk=first.pk).at == second.changed_at - timedelta(seconds=1)
