"""Two people, each in a browser of their own, the whole way: from an invitation to checking the PDF of a decision."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from . import walk
from .conftest import Watch
from .test_accounts import PASSWORD, confirm, menu, new_account, sign_up
from .test_conflicts import KEY, card, conflict, save, stored
from .test_sign_off import ask, decide

pytestmark = pytest.mark.browser


def invite(owner: Page, guest: Page, name: str) -> None:
    """By a link, as editor."""
    menu(owner, "Members")
    owner.get_by_label("Role", exact=True).select_option("editor")
    owner.get_by_role("button", name="Make an invitation link").click()
    guest.goto(owner.get_by_label("Invitation link").input_value())
    guest.get_by_role("button", name="Sign up to join").click()
    sign_up(guest, name)
    guest.get_by_role("button", name="Join").click()


def edit_the_same_answer(ana: Page, bo: Page, assessment: str) -> None:
    """Bo is first; Ana sees both and keeps her own."""
    for page in (ana, bo):
        page.goto(f"{assessment}ceiling/")
    save(bo, "no", evidence="I count four")
    save(ana, "yes", evidence="Seven prompts, in the log")
    keep, _ = conflict(ana)
    expect(card(ana)).to_contain_text("I count four")
    expect(card(ana)).to_contain_text("Bo Lind changed this answer")
    keep.click()
    expect(card(ana).get_by_role("button", name="Keep mine")).to_have_count(0)
    assert stored(bo) == ("yes", "Seven prompts, in the log")
    bo.goto(f"{assessment}history/answers.{KEY}/")
    expect(bo.get_by_role("main")).to_contain_text("I count four")


def freeze_and_share(ana: Page, assessment: str) -> str:
    """The link to the frozen version."""
    ana.goto(f"{assessment}versions/")
    ana.get_by_label("Why it is frozen").fill("For the steering group")
    ana.get_by_role("button", name="Freeze as version 1").click()
    expect(ana.get_by_role("main")).to_contain_text("For the steering group")
    ana.goto(f"{assessment}link/")
    ana.get_by_label("What it shows").select_option(index=2)
    ana.get_by_role("button", name="Make the link").click()
    return ana.get_by_label("Link", exact=True).input_value()


def test_invite_edit_at_once_freeze_share_approve_with_a_condition_edit_again_and_check_the_pdf(
    visitor: Callable[..., BrowserContext], watch: Watch
) -> None:
    watch.allow(409, 422)
    ana, bo, board = (visitor().new_page() for _ in range(3))
    new_account(ana, "Ana")
    assessment = walk.start_example(ana)
    invite(ana, bo, "Bo Lind")
    edit_the_same_answer(ana, bo, assessment)
    link = freeze_and_share(ana, assessment)
    board.goto(link)
    expect(board.get_by_role("heading", level=1)).to_have_text("Task API assistant")

    menu(ana, "Members")
    ana.get_by_label("Role of Bo Lind").select_option("approver")
    ana.get_by_role("button", name="Change the role of Bo Lind").click()
    confirm(ana)
    expect(ana.get_by_role("main")).to_contain_text("Bo Lind is approver now.")
    ask(ana, assessment)
    bo.goto("/waiting/")
    expect(bo.get_by_role("main")).to_contain_text("Task API assistant")
    decide(bo, assessment, password=PASSWORD)
    report = bo.request.get(f"{assessment}versions/1/report.pdf").body()

    ana.goto(f"{assessment}reasons_for/")
    walk.radio(ana, "brand_voice", "no").check()
    walk.go_on(ana)
    for page in (ana, bo):
        page.goto(f"{assessment}result/")
        expect(page.locator("#sign-off")).to_contain_text("Approved: version 1. You are looking at version 2")
        expect(page.locator(".sure3")).to_contain_text("3 reasons for, none against")
    ana.locator("#sign-off").get_by_role("link", name="See what changed").click()
    expect(ana.get_by_role("main")).to_contain_text("Distinct brand voice")
    board.reload()
    expect(board.locator(".sure3")).to_contain_text("4 reasons for, none against")

    board.goto("/verify/")
    board.get_by_label("Report", exact=True).set_input_files(
        {"name": "report.pdf", "mimeType": "application/pdf", "buffer": report}
    )
    board.get_by_role("button", name="Check").click()
    expect(board.get_by_role("main")).to_contain_text("This content was signed")

    ana.goto("/waiting/")
    ana.get_by_role("link", name="Task API assistant").click()
    ana.get_by_role("button", name="Tick off").click()
    bo.goto("/waiting/")
    expect(bo.get_by_role("main")).to_contain_text("A privacy review")
    expect(bo.get_by_role("main")).to_contain_text("Ticked off by Ana")
