"""A link to read a result: made, copied, opened elsewhere, switched off."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from . import walk
from .conftest import Watch
from .results import expect_task_api

pytestmark = pytest.mark.browser


def make_link(page: Page, assessment: str) -> str:
    page.goto(f"{assessment}result/")
    walk.open_menu(page, "Share")
    page.get_by_role("button", name="Make a read-only link").locator("visible=true").click()
    link = page.get_by_label("Link", exact=True)
    expect(link).to_be_visible()
    return link.input_value()


def expect_read_only(page: Page) -> None:
    expect_task_api(page)
    expect(page.locator("a[href^='/a/']")).to_have_count(0)
    expect(page.locator("form[action^='/a/']")).to_have_count(0)
    expect(page.locator("meta[name=robots]")).to_have_attribute("content", "noindex, nofollow, noarchive")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_link_opens_the_result_read_only_until_it_is_switched_off(
    visitor: Callable[..., BrowserContext], watch: Watch, script: bool
) -> None:
    watch.allow(404)
    page = visitor(java_script_enabled=script).new_page()
    assessment = walk.start_example(page)
    address = make_link(page, assessment)
    assert len(address.rstrip("/").rsplit("/", 1)[1]) >= 43, "256 bits"

    reader = visitor(java_script_enabled=script).new_page()
    reader.goto(address)
    expect_read_only(reader)
    report = walk.in_menu(reader, "Download", "PDF").get_attribute("href")
    if script:  # the address is the same without one
        assert reader.request.get(report or "").body().startswith(b"%PDF-")

    page.goto(f"{assessment}result/")
    walk.in_menu(page, "Share", "1 link is on").click()
    page.get_by_role("link", name="Switch off").click()
    page.get_by_role("button", name="Switch off").click()
    expect(page.get_by_role("main")).to_contain_text("1 link is switched off")
    response = reader.reload()
    assert response
    assert response.status == 404
    expect(reader.get_by_role("heading", level=1)).to_have_text("There is nothing here")
    assert reader.request.get(report or "").status == 404


def close_with(page: Page, assessment: str, **typed: str) -> str:
    """Makes a link with choices, and says its address."""
    page.goto(f"{assessment}result/")
    walk.in_menu(page, "Share", "More choices").click()
    for label, words in typed.items():
        page.get_by_label(label.replace("_", " ").capitalize()).fill(words)
    page.get_by_role("button", name="Make the link").click()
    return page.get_by_label("Link", exact=True).input_value()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_link_with_a_passphrase_and_two_openings_lets_two_in_and_the_third_finds_nothing(
    visitor: Callable[..., BrowserContext], watch: Watch, script: bool
) -> None:
    watch.allow(404, 422)
    page = visitor(java_script_enabled=script).new_page()
    assessment = walk.start_example(page)
    address = close_with(page, assessment, name="For the board", passphrase="correct horse", how_often="2")

    def open_it(passphrase: str) -> Page:
        reader = visitor(java_script_enabled=script).new_page()
        reader.goto(address)
        expect(reader.get_by_role("main")).not_to_contain_text("Task API")
        reader.get_by_label("Passphrase").fill(passphrase)
        reader.get_by_role("button", name="Open report").click()
        return reader

    first = open_it("wrong one")
    expect(first.get_by_role("alert")).to_have_text("Error: This is not the passphrase")
    first.get_by_label("Passphrase").fill("correct horse")
    first.get_by_role("button", name="Open report").click()
    expect_read_only(first)
    if script:
        report = walk.in_menu(first, "Download", "PDF").get_attribute("href") or ""
        assert first.request.get(report).body().startswith(b"%PDF-")
    expect_read_only(open_it("correct horse"))

    third = visitor(java_script_enabled=script).new_page()
    response = third.goto(address)
    assert response
    assert response.status == 404
    expect(third.get_by_role("heading", level=1)).to_have_text("There is nothing here")
    first.reload()
    expect_read_only(first)
    page.goto(f"{assessment}links/")
    expect(page.get_by_role("listitem").filter(has_text="For the board")).to_contain_text("2 of 2 times")

    page.get_by_role("link", name="Change For the board").click()
    page.get_by_label("How often").fill("5")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Pause").click()
    first.reload()
    expect(first.get_by_role("heading", level=1)).to_have_text("There is nothing here")
    page.get_by_role("button", name="Let it go on").click()
    first.reload()
    expect_read_only(first)


def test_a_link_without_costs_shows_none(page: Page, visitor: Callable[..., BrowserContext]) -> None:
    assessment = walk.start_example(page)
    page.goto(f"{assessment}link/")
    page.get_by_label("Costs and return").uncheck()
    page.get_by_role("button", name="Make the link").click()
    reader = visitor().new_page()
    reader.goto(page.get_by_label("Link", exact=True).input_value())
    main = reader.get_by_role("main")
    expect(main).to_contain_text("Left out here: costs")
    expect(main.get_by_role("heading", level=1)).to_have_text("Task API assistant")
    for words in ("$6,000", "Pays back"):
        expect(main).not_to_contain_text(words)


def test_a_link_shows_later_changes(page: Page, visitor: Callable[..., BrowserContext]) -> None:
    assessment = walk.start_example(page)
    reader = visitor().new_page()
    reader.goto(make_link(page, assessment))
    page.goto(f"{assessment}use_case/")
    with walk.saving(page, "name"):
        walk.field(page, "name").fill("Task assistant, second try")
    reader.reload()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Task assistant, second try")


def test_copy_says_copied_and_the_link_is_in_the_clipboard(page: Page, context: BrowserContext, server: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server)
    address = make_link(page, walk.start_example(page))
    button = page.locator("#share [data-copy]")
    button.click()
    expect(button).to_have_text("Copied")
    expect(page.get_by_role("status").filter(has_text="Link copied")).to_have_count(1)
    assert page.evaluate("navigator.clipboard.readText()") == address
    expect(button).to_have_text("Copy", timeout=6000)


def test_without_a_clipboard_the_link_is_selected(page: Page) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    make_link(page, walk.start_example(page))
    button = page.locator("#share [data-copy]")
    button.click()
    expect(button).to_have_text("Press Ctrl+C")
    link = page.get_by_label("Link", exact=True)
    expect(link).to_be_focused()
    assert link.evaluate("e => e.selectionEnd - e.selectionStart === e.value.length")
