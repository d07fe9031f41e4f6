"""Three people answer a section with numbers blind to each other; then they settle what they differ on."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from . import walk
from .conftest import Watch
from .looks import expect_good
from .people import team

pytestmark = pytest.mark.browser


def hand_in(page: Page, **typed: str) -> None:
    page.goto("/waiting/")
    page.get_by_role("main").get_by_role("link", name="Task API assistant").first.click()
    for key, text in typed.items():
        page.locator(f"#{key}").fill(text)
    page.get_by_role("button", name="Hand in").click()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_numbers_are_answered_blind_and_settled_on_one_in_between(
    server: str, visitor: Callable[..., BrowserContext], watch: Watch, script: bool
) -> None:
    watch.allow(422)
    people = {"Mira Novak": "owner", "Ravi Menon": "editor", "Lea Wolf": "viewer"}
    mira, ravi, lea = team(server, visitor, people, of=f"raters{script}".lower(), java_script_enabled=script)
    assessment = walk.start_example(mira)
    mira.goto(f"{assessment}raters/")
    mira.get_by_label("What they answer").select_option("readiness")
    for name in ("Ravi Menon", "Lea Wolf"):
        mira.get_by_label(name).check()
    mira.get_by_role("button", name="Ask them").click()

    ravi.goto("/waiting/")
    ravi.get_by_role("main").get_by_role("link", name="Task API assistant").first.click()
    ravi.locator("#labelled_examples").fill("9,000")
    if script:
        ravi.locator("#reviewer_agreement").focus()
        expect(ravi.locator("#labelled_examples-read")).to_have_text("Read as 9,000")
        expect_good(ravi)
    ravi.locator("#data-0-label").fill("billing")
    ravi.get_by_role("button", name="Add a row").click()
    expect(ravi.locator("#q-data tbody tr")).to_have_count(3)
    expect(ravi.locator("#data-0-label")).to_have_value("billing")
    ravi.locator("#reviewer_agreement").fill("0.8")
    ravi.get_by_role("button", name="Hand in").click()
    expect(ravi.get_by_role("main")).to_contain_text("Handed in. You see what others say once the round is closed")
    hand_in(lea, labelled_examples="12000", reviewer_agreement="80 %")

    mira.get_by_role("link", name="Several raters").first.click()
    mira.get_by_role("link", name="Readiness").click()
    settling = mira.locator("#settle")
    expect(settling).to_contain_text("Lowest 9,000 (Ravi Menon), highest 12,000 (Lea Wolf): 3,000 apart")
    mira.locator("#settle-labelled_examples-other").fill("many")
    mira.get_by_role("button", name="Save what is settled").click()
    mira.get_by_role("link", name="Labelled examples must be a number").click()
    expect(mira.locator("#settle-labelled_examples-other")).to_be_focused()
    mira.locator("#settle-labelled_examples-other").fill("10,500")
    mira.get_by_role("button", name="Save what is settled").click()
    expect(mira.get_by_text("Labelled examples: read as 10,500")).to_be_visible()
    expect(settling).to_contain_text("All differences are settled")
    if script:
        expect_good(mira)
    mira.goto(f"{assessment}readiness/")
    expect(mira.locator("#labelled_examples")).to_have_value("10500")
