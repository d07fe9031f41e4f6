"""Two people talk about an assessment: one asks, the other finds it, answers and resolves it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, expect

from . import walk
from .conftest import Watch
from .looks import expect_good, violations
from .people import team

pytestmark = pytest.mark.browser


def section(page: Page, assessment: str, key: str) -> Page:
    page.goto(f"{assessment}{key}/")
    return page


def say(page: Page, text: str) -> None:
    page.get_by_label("comment on", exact=False).fill(text)
    page.get_by_role("button", name="Comment", exact=True).click()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_mention_reaches_the_other_person_who_answers_and_resolves_it(
    server: str, visitor: Callable[..., BrowserContext], script: bool
) -> None:
    people = {"Mira Novak": "owner", "Ravi Menon": "editor"}
    mira, ravi = team(server, visitor, people, of=f"mention{script}".lower(), java_script_enabled=script)
    assessment = walk.start_example(mira)
    section(mira, assessment, "costs").get_by_text("Comment", exact=True).first.click()
    say(mira, "@Ravi, is the rate still right?")
    expect(mira.locator("#comments-costs")).to_contain_text("For Ravi Menon")

    ravi.goto("/waiting/")
    row = ravi.get_by_role("listitem").filter(has_text="is the rate still right?")
    expect(row).to_contain_text("Mira Novak, on costs and return")
    row.get_by_role("link").click()
    talk = ravi.locator("#comments-costs")
    expect(talk).to_contain_text("is the rate still right?")
    ravi.get_by_label("For somebody").select_option("Mira Novak")
    say(ravi, "It is. Checked with finance.")
    expect(talk).to_contain_text("Checked with finance")
    talk.get_by_role("button", name="Resolve the comment of Mira Novak").click()
    if not script:
        ravi.get_by_text("One comment").click()
    talk.get_by_text("1 resolved").click()
    expect(talk).to_contain_text("Resolved by Ravi Menon")
    ravi.goto("/waiting/")
    expect(ravi.get_by_role("main")).to_contain_text("Nothing waits for you")
    mira.goto("/waiting/")
    expect(mira.get_by_role("main")).to_contain_text("Checked with finance")


def test_two_people_of_one_name_are_told_apart_and_nothing_typed_is_lost(
    server: str, visitor: Callable[..., BrowserContext], watch: Watch
) -> None:
    watch.allow(422)
    people = {"Ada Byron": "owner", "Ada Lovelace": "viewer"}
    byron, lovelace = team(server, visitor, people, of="twoadas")
    assessment = walk.start_example(byron)
    byron.goto(f"{assessment}result/")
    byron.locator("#comments > summary").click()
    say(byron, "@Ada, look at the plan")
    expect(byron.get_by_role("alert")).to_contain_text("choose whom you mean")
    byron.get_by_label("Whom does @ada mean?").select_option("Ada Lovelace")
    byron.get_by_role("button", name="Comment", exact=True).click()
    expect(byron.locator("#comments-result")).to_contain_text("For Ada Lovelace")
    lovelace.goto("/waiting/")
    expect(lovelace.get_by_role("main")).to_contain_text("look at the plan")


def test_a_comment_that_was_not_sent_is_not_left_behind_unasked_and_continue_still_works(
    server: str, visitor: Callable[..., BrowserContext]
) -> None:
    (page,) = team(server, visitor, {"Mira Novak": "owner"}, of="draft")
    assessment = walk.start_example(page)
    section(page, assessment, "ceiling").get_by_text("Comment", exact=True).first.click()
    say(page, "First")
    expect(page.get_by_role("status").filter(has_text="Comment added")).to_have_count(1)
    page.get_by_label("comment on", exact=False).fill("Half a sen")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", stay)
    page.get_by_role("button", name="Continue").click()
    for _ in range(600):  # a busy machine is slow, not wrong
        if asked:
            break
        page.wait_for_timeout(50)
    assert asked == ["beforeunload"]
    page.wait_for_timeout(1500)  # the page stays, and its button can be pressed again
    expect(page.get_by_label("comment on", exact=False)).to_have_value("Half a sen")
    page.get_by_label("comment on", exact=False).fill("")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/reasons_for/")


def test_the_pages_hold_for_everybody_at_every_width(
    server: str, visitor: Callable[..., BrowserContext], watch: Watch
) -> None:
    """As on every other page: axe finds nothing, nothing sticks out, nothing is cut off."""
    watch.allow(422)
    page, other = team(server, visitor, {"Mira Novak": "owner", "Jo Park": "viewer"}, of="widths")
    assessment = walk.start_example(page)
    for key, form in (
        ("result", page.locator("#comments > summary")),
        ("costs", page.get_by_text("Comment", exact=True)),
    ):
        page.goto(f"{assessment}{key}/")
        form.first.click()
        say(page, f"@Mira @Jo {'wwwwwwwwww' * 20} and more words about it")
        expect(page.locator(f"#comments-{key}")).to_contain_text("For Jo Park, Mira Novak")
    say(page, "x" * 10_001)
    expect(page.get_by_role("alert").first).to_contain_text("at most 10,000")
    assert violations(page) == []
    for address in (f"{assessment}comments/", "/waiting/", f"{assessment}links/"):
        for one in (page, other):
            one.goto(address)
            expect_good(one, address)
