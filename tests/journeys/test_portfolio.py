"""A team looks at its portfolio: filters, orders, turns pages, compares, with a mouse, by keys and on a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from .conftest import Watch
from .looks import NARROW, at_width, expect_good
from .server import team_of
from .team import CASES, Team

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def team(server: str) -> Team:
    """A team with use cases, and one without."""
    return team_of(server)


@pytest.fixture
def look(visitor: Callable[..., BrowserContext], team: Team, server: str) -> Callable[..., Page]:
    """Opens an address in a browser of the team's."""

    def look(address: str, **options: object) -> Page:
        context = visitor(**options)
        context.add_cookies([{"name": "sessionid", "value": team.session, "url": server}])
        page = context.new_page()
        page.goto(address)
        return page

    return look


def rows(page: Page) -> Locator:
    return page.locator("#portfolio tbody tr")


def found(page: Page, words: str) -> None:
    expect(page.locator("#found")).to_have_text(words)


def test_a_filter_changes_the_table_and_the_address_and_nothing_else(look: Callable[..., Page], team: Team) -> None:
    page = look(team.portfolio)
    found(page, f"{CASES} use cases")
    page.evaluate("document.querySelector('.tiles').dataset.seen = '1'")
    select = page.get_by_label("Verdict", exact=True)
    select.select_option("candidates")
    found(page, "13 of 26 use cases")
    expect(page).to_have_url(re.compile(r"/\?verdict=candidates$"))
    expect(rows(page)).to_have_count(13)
    expect(page.locator(".tiles[data-seen]")).to_have_count(1)
    page.get_by_label("Name", exact=True).press_sequentially("case")
    found(page, "11 of 26 use cases")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    expect(page).to_have_url(re.compile(r"/\?q=case&verdict=candidates$"))
    page.reload()
    found(page, "11 of 26 use cases")
    expect(select).to_have_value("candidates")
    page.go_back()
    found(page, "13 of 26 use cases")


def test_enter_in_the_search_does_not_leave_the_page(look: Callable[..., Page], team: Team) -> None:
    page = look(team.portfolio)
    page.evaluate("document.body.dataset.seen = '1'")
    page.get_by_label("Name", exact=True).fill("task api")
    page.get_by_label("Name", exact=True).press("Enter")
    found(page, "1 of 26 use cases")
    expect(page.locator("body[data-seen]")).to_have_count(1)


def test_a_head_orders_and_keeps_the_focus_and_the_form_follows(look: Callable[..., Page], team: Team) -> None:
    page = look(team.portfolio)
    head = page.locator("#order-name")
    head.focus()
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort=ascending] #order-name")).to_be_focused()
    expect(rows(page).first).to_contain_text("Case 04")
    expect(page.get_by_label("Order by")).to_have_value("name")
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort=descending] #order-name")).to_be_focused()
    expect(rows(page).first).to_contain_text("Task API assistant")
    expect(page.get_by_label("Reverse order")).to_be_checked()
    expect(page.locator("#portfolio")).to_have_count(1)  # taken the place of, not put inside
    page.get_by_label("Reverse order").uncheck()
    expect(rows(page).first).to_contain_text("Case 04")
    expect(page).to_have_url(re.compile(r"/\?order=name$"))


def test_use_cases_of_two_pages_are_compared(look: Callable[..., Page], team: Team) -> None:
    page = look(f"{team.portfolio}?order=name")
    page.get_by_label("Compare Case 04").check()
    page.get_by_role("link", name="Next").click()
    expect(page.locator("#portfolio")).to_contain_text("Page 2 of 2")
    expect(page.locator(".elsewhere")).to_contain_text("Case 04")
    page.get_by_label("Compare Task API assistant").check()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Side by side")
    expect(page.locator(".sides h2")).to_have_count(2)
    expect(page.locator("#p-verdict")).to_be_visible()
    same = page.locator("details.same")
    expect(same.locator("table").first).to_be_hidden()
    same.locator("summary").click()
    expect(same.locator("table").first).to_be_visible()
    page.get_by_role("link", name="Choose others").click()
    expect(page.locator("input[name=a]:checked")).to_have_count(2)


def test_one_alone_is_refused_with_a_sentence_and_a_way_back(
    look: Callable[..., Page], team: Team, watch: Watch
) -> None:
    watch.allow(422)
    page = look(f"{team.portfolio}?q=task+api")
    page.get_by_label("Compare Task API assistant").check()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("alert")).to_contain_text("You chose one. Tick two to five use cases")
    page.get_by_role("link", name="Back to the portfolio").click()
    expect(page.locator("input[name=a]:checked")).to_have_count(1)


def test_without_script_everything_is_a_plain_page(look: Callable[..., Page], team: Team) -> None:
    page = look(team.portfolio, java_script_enabled=False)
    page.get_by_label("Verdict", exact=True).select_option("candidates")
    page.get_by_label("Order by").select_option("name")
    page.get_by_role("button", name="Apply").click()
    found(page, "13 of 26 use cases")
    expect(rows(page).first).to_contain_text("Case 05")
    page.locator("#order-name").click()
    expect(rows(page).first).to_contain_text("Task API assistant")
    for name in ("Case 07", "Case 11"):
        page.get_by_label(f"Compare {name}").check()
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".sides h2")).to_have_count(2)


def test_files_of_what_is_shown_are_given_out(look: Callable[..., Page], team: Team) -> None:
    page = look(f"{team.portfolio}?verdict=candidates")
    for link, ending in (("CSV", "csv"), ("Excel", "xlsx")):
        with page.expect_download() as download:
            page.get_by_role("link", name=link).click()
        assert download.value.suggested_filename.endswith(f".{ending}")


def test_an_empty_workspace_leads_to_the_first_assessment(look: Callable[..., Page], team: Team) -> None:
    page = look(team.empty)
    expect(page.get_by_role("heading", name="Start with one use case")).to_be_visible()
    page.get_by_role("button", name="Start an assessment").click()
    page.wait_for_url(re.compile("/use_case/$"))
    page.goto(team.empty)
    expect(rows(page)).to_have_count(1)
    expect(rows(page).first).to_contain_text("No verdict yet")


def test_on_a_phone_rows_are_cards(look: Callable[..., Page], team: Team) -> None:
    page = at_width(look(f"{team.portfolio}?q=task+api"), NARROW)
    card = rows(page).first
    place = card.bounding_box()
    assert place
    assert place["width"] <= NARROW
    for words in ("Fine-tune a small model", "5 of 5", "Reached", "Not asked"):
        text = card.get_by_text(words, exact=True)
        text.scroll_into_view_if_needed()
        expect(text).to_be_in_viewport(ratio=1)
    assert (
        page.evaluate("getComputedStyle(document.querySelector('td[data-l]'), '::before').content") == '"Ceiling test"'
    )


PLACES = ("", "?q=nothing", "?order=payback&reverse=1&page=2", "compare", "refused")


def address_of(page: Page, team: Team, place: str) -> str:
    if place not in ("compare", "refused"):
        return f"{team.portfolio}{place}"
    boxes = page.locator("input[name=a]")
    ids = [boxes.nth(number).get_attribute("value") for number in range(3 if place == "compare" else 1)]
    return f"{team.portfolio}compare/?" + "&".join(f"a={one}" for one in ids)


@pytest.mark.parametrize("place", [*PLACES, "empty"])
def test_axe_finds_nothing_and_nothing_sticks_out(
    look: Callable[..., Page], team: Team, watch: Watch, place: str
) -> None:
    watch.allow(422)
    page = look(team.portfolio)
    page.goto(team.empty if place == "empty" else address_of(page, team, place))
    for summary in page.locator("details.same > summary").all():
        summary.click()
    expect_good(page, place)
