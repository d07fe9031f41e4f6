"""Accounts and teams in the browser: signing up after a trial, inviting, roles, two-step sign-in, leaving."""

import re
import time
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.views.test_two_step import totp

from . import walk
from .conftest import Watch
from .looks import expect_good

pytestmark = pytest.mark.browser

PASSWORD = "correct horse battery"
_number = count(1)


@pytest.fixture
def browser_of(visitor: Callable[..., BrowserContext]) -> Callable[[], Page]:
    return lambda: visitor().new_page()


@pytest.fixture
def plain_browser_of(visitor: Callable[..., BrowserContext]) -> Callable[[], Page]:
    """Browsers without script: with one, the same forms are sent on other ways here and in the journey of a team."""
    return lambda: visitor(java_script_enabled=False).new_page()


def fill_in(page: Page, **fields: str) -> None:
    for label, value in fields.items():
        page.get_by_label({"name": "Name", "email": "E-mail address", "password": "Password"}[label], exact=True).fill(
            value
        )


def sign_in(page: Page, email: str, *, password: str = PASSWORD) -> None:
    """From the sign-in page."""
    fill_in(page, email=email, password=password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def sign_up(page: Page, name: str) -> str:
    """From the sign-up page, and in. The address."""
    email = f"{name.lower().replace(' ', '.')}{next(_number)}@example.org"
    fill_in(page, name=name, email=email, password=PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign up").click()
    expect(page.locator("details.menu")).to_be_visible()
    return email


def code_with_time_left(secret: str) -> str:
    """A code that does not turn into the next one while a busy machine sends it."""
    left = 30 - time.time() % 30
    if left < 10:
        time.sleep(left)
    return totp(secret)


def new_account(page: Page, name: str) -> str:
    page.goto("/accounts/signup/")
    return sign_up(page, name)


def menu(page: Page, name: str) -> None:
    """Opens the menu in the head and follows one of its links or buttons."""
    page.locator("details.menu > summary").click()
    inside = page.locator("details.menu nav")
    inside.get_by_role("link", name=name).or_(inside.get_by_role("button", name=name)).click()


def confirm(page: Page) -> None:
    """Types the password where it is asked for before something sensitive."""
    expect(heading(page)).to_have_text("Confirm that it is you")
    fill_in(page, password=PASSWORD)
    page.get_by_role("button", name="Continue").click()


def heading(page: Page) -> Any:
    return page.get_by_role("heading", level=1)


def test_somebody_signs_up_after_trying_and_finds_their_work(
    plain_browser_of: Callable[[], Page], visitor: Callable[..., BrowserContext], watch: Watch
) -> None:
    watch.allow(404)
    page = plain_browser_of()
    assessment = walk.start_example(page)
    stolen = visitor(storage_state=page.context.storage_state()).new_page()
    page.get_by_role("link", name="Sign up to keep it").click()
    expect(page.get_by_role("complementary")).to_contain_text("The assessment in this browser will be in your account.")
    sign_up(page, "Dana")
    expect(page.get_by_role("main")).to_contain_text("Your assessment is in your account now.")
    page.get_by_role("main").get_by_role("link", name="Task API assistant").first.click()
    expect(page).to_have_url(re.compile(f"{assessment}$"))
    assert stolen.goto(assessment).status == 404  # type: ignore[union-attr]
    menu(page, "Sign out")
    assert page.goto(assessment).status == 404  # type: ignore[union-attr]


def test_a_team_comes_together_and_roles_bite_at_once(plain_browser_of: Callable[[], Page], watch: Watch) -> None:
    watch.allow(403, 404)
    owner, guest = plain_browser_of(), plain_browser_of()
    new_account(owner, "Olga")
    assessment = walk.start_example(owner)
    menu(owner, "Members")
    members = owner.url
    owner.get_by_label("Role", exact=True).select_option("editor")
    owner.get_by_role("button", name="Make an invitation link").click()
    link = owner.get_by_label("Invitation link").input_value()

    guest.goto(link)
    expect(heading(guest)).to_have_text("Join Olga's workspace")
    guest.get_by_role("button", name="Sign up to join").click()
    sign_up(guest, "Ravi")
    expect(heading(guest)).to_have_text("Join Olga's workspace")
    guest.get_by_role("button", name="Join").click()
    expect(guest.get_by_role("main")).to_contain_text("You are in Olga's workspace now, as editor.")
    guest.goto(f"{assessment}use_case/")
    guest.get_by_role("button", name="Continue").click()
    assert owner.goto(link).status == 404  # type: ignore[union-attr]

    owner.goto(members)
    owner.get_by_label("Role of Ravi").select_option("viewer")
    owner.get_by_role("button", name="Change the role of Ravi").click()
    confirm(owner)
    expect(owner.get_by_role("main")).to_contain_text("Ravi is viewer now.")
    guest.goto(f"{assessment}use_case/")
    expect(heading(guest)).to_have_text("Your role does not allow this")
    guest.get_by_role("link", name="See the result").click()
    expect(heading(guest)).to_have_text("Task API assistant")
    expect(guest.locator("form[action$='/matrix/'], form[action$='/ticks/']")).to_have_count(0)

    owner.get_by_role("link", name="Remove Ravi").click()
    owner.get_by_role("button", name="Remove").click()
    assert guest.reload().status == 404  # type: ignore[union-attr]


def test_a_role_that_is_taken_away_while_somebody_types_loses_nothing_on_the_page(
    visitor: Callable[..., BrowserContext], watch: Watch
) -> None:
    watch.allow(403)
    owner, guest = visitor().new_page(), visitor().new_page()
    new_account(owner, "Olga")
    assessment = walk.start(owner)
    menu(owner, "Members")
    owner.get_by_role("button", name="Make an invitation link").click()
    guest.goto(owner.get_by_label("Invitation link").input_value())
    guest.get_by_role("button", name="Sign up to join").click()
    sign_up(guest, "Ravi")
    guest.get_by_role("button", name="Join").click()
    guest.goto(f"{assessment}use_case/")
    owner.reload()
    owner.get_by_label("Role of Ravi").select_option("viewer")
    owner.get_by_role("button", name="Change the role of Ravi").click()
    confirm(owner)
    expect(owner.get_by_role("main")).to_contain_text("Ravi is viewer now.")
    with walk.answering(guest, "name") as response:
        walk.field(guest, "name").fill("Typed just now")
    assert response.value.status == 403
    expect(guest.locator("#save > span")).to_contain_text("Not saved")
    expect(walk.field(guest, "name")).to_have_value("Typed just now")


def test_two_step_sign_in_is_switched_on_and_asked_for(plain_browser_of: Callable[[], Page], watch: Watch) -> None:
    page = plain_browser_of()
    email = new_account(page, "Dana")
    menu(page, "Your account")
    page.get_by_role("link", name="Change two-step sign-in").click()
    page.get_by_role("link", name="Switch on").click()
    fill_in(page, password=PASSWORD)
    page.get_by_role("button", name="Continue").click()
    picture = page.get_by_role("img", name="A picture that holds the key below, to scan")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 50")
    secret = page.locator("#secret").input_value()
    page.get_by_label("Code", exact=True).fill("000000")
    page.get_by_role("button", name="Switch on").click()
    expect(page.get_by_role("alert")).to_contain_text("That code is not right")
    page.get_by_label("Code", exact=True).fill(code_with_time_left(secret))
    page.get_by_role("button", name="Switch on").click()
    expect(heading(page)).to_have_text("Recovery codes")
    codes = page.locator("#codes").input_value().split()
    menu(page, "Sign out")

    for code, right in ((codes[0], True), (codes[0], False), (codes[1], True)):
        page.goto("/accounts/login/")
        sign_in(page, email)
        expect(heading(page)).to_have_text("Enter a code")
        page.get_by_label("Code", exact=True).fill(code)
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        if right:
            expect(heading(page)).to_have_text("Assessments")
            menu(page, "Sign out")
        else:
            expect(page.get_by_role("alert")).to_contain_text("That code is not right")
            page.get_by_role("button", name="Cancel").click()


def test_signing_in_with_the_code_of_the_app(page: Page) -> None:
    email = new_account(page, "Dana")
    page.goto("/accounts/two-step/app/")
    fill_in(page, password=PASSWORD)
    page.get_by_role("button", name="Continue").click()
    secret = page.locator("#secret").input_value()
    used = code_with_time_left(secret)
    page.get_by_label("Code", exact=True).fill(used)
    page.get_by_role("button", name="Switch on").click()
    menu(page, "Sign out")
    page.goto("/accounts/login/")
    sign_in(page, email)
    while (code := totp(secret)) == used:  # a code works once; the next one comes within half a minute
        page.wait_for_timeout(1000)
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(heading(page)).to_have_text("Assessments")


def test_a_workspace_and_an_account_go_and_come_back(plain_browser_of: Callable[[], Page], watch: Watch) -> None:
    watch.allow(422)
    page = plain_browser_of()
    email = new_account(page, "Dana")
    menu(page, "Members")
    page.get_by_role("link", name="Delete it").click()
    page.get_by_role("button", name="Delete the workspace").click()
    expect(page.get_by_role("alert")).to_contain_text("Type it to go on")
    page.get_by_label("Type the name of the workspace to confirm").fill("Dana's workspace")
    page.get_by_role("button", name="Delete the workspace").click()
    confirm(page)
    expect(page.get_by_role("main")).to_contain_text("Dana's workspace is deleted.")
    page.get_by_role("button", name="Undo delete").click()
    expect(heading(page)).to_have_text("Dana's workspace")

    menu(page, "Your account")
    page.get_by_role("link", name="Download everything").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename.startswith("ftdecide-account-")
    page.get_by_role("main").get_by_role("link", name="Your account").click()
    page.get_by_role("link", name="Delete your account").click()
    page.get_by_label("Type your e-mail address to confirm").fill(email)
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_role("main")).to_contain_text("Sign in before then to keep it.")
    page.get_by_role("link", name="Sign in").click()
    sign_in(page, email)
    expect(page.get_by_role("main")).to_contain_text("You signed in, so it stays.")


def test_somebody_signs_out_a_browser_that_was_left_open(browser_of: Callable[[], Page]) -> None:
    here, left_open = browser_of(), browser_of()
    email = new_account(here, "Dana")
    left_open.goto("/accounts/login/")
    sign_in(left_open, email)
    menu(here, "Your account")
    here.get_by_role("link", name="Look where you are signed in").click()
    expect(here.get_by_role("main").get_by_role("listitem")).to_have_count(2)
    expect(here.get_by_role("main").get_by_role("listitem").first).to_contain_text("This browser")
    expect_good(here, "sign-ins")
    here.get_by_role("button", name=re.compile("^Sign out in ")).click()
    expect(here.get_by_role("main")).to_contain_text("You are signed in nowhere else.")
    left_open.goto("/account/")
    expect(heading(left_open)).to_have_text("Sign in")


def test_a_workspace_that_needs_two_step_sign_in_opens_once_it_is_switched_on(
    browser_of: Callable[[], Page], watch: Watch
) -> None:
    watch.allow(403, 422)
    owner, guest = browser_of(), browser_of()
    new_account(owner, "Olga")
    menu(owner, "Members")
    members = owner.url
    owner.get_by_role("button", name="Make an invitation link").click()
    guest.goto(owner.get_by_label("Invitation link").input_value())
    guest.get_by_role("button", name="Sign up to join").click()
    sign_up(guest, "Ravi")
    guest.get_by_role("button", name="Join").click()

    owner.goto(members)
    needed = owner.get_by_label("Everybody here needs two-step sign-in")
    save = owner.locator("form", has=needed).get_by_role("button", name="Save")
    needed.check()
    save.click()
    expect(owner.get_by_role("alert")).to_contain_text("Switch on two-step sign-in for yourself first")
    switch_on(owner)
    owner.goto(members)
    needed.check()
    save.click()
    expect(owner.get_by_role("main")).to_contain_text("No two-step sign-in yet")
    expect_good(owner, "two-step is needed")

    guest.goto(members)
    expect(heading(guest)).to_have_text("This takes two-step sign-in")
    expect_good(guest, "closed workspace")
    guest.goto("/workspaces/")
    expect_good(guest, "closed among workspaces")
    guest.goto("/assessments/")
    expect_good(guest, "list without a closed one")
    guest.get_by_role("link", name="Switch it on").click()
    switch_on(guest, there=True)
    guest.goto(members)
    expect(heading(guest)).to_have_text("Olga's workspace")


def switch_on(page: Page, *, there: bool = False) -> None:
    """Two-step sign-in, from its page or from the link that led there."""
    if not there:
        page.goto("/accounts/two-step/app/")
    confirm(page)
    page.get_by_label("Code", exact=True).fill(code_with_time_left(page.locator("#secret").input_value()))
    page.get_by_role("button", name="Switch on").click()
    expect(heading(page)).to_have_text("Recovery codes")


def test_a_password_can_be_looked_at_while_it_is_typed(page: Page) -> None:
    page.goto("/accounts/signup/")
    fill_in(page, password="seen or not")
    field, button = page.locator("#id_password1"), page.get_by_role("button", name="Show the password")
    expect(field).to_have_attribute("type", "password")
    button.click()
    expect(field).to_have_attribute("type", "text")
    page.get_by_role("button", name="Hide the password").click()
    expect(field).to_have_attribute("type", "password")


def test_the_menu_closes_by_key_and_beside_it(page: Page) -> None:
    new_account(page, "Dana")
    summary, inside = page.locator("details.menu > summary"), page.locator("details.menu nav")
    summary.click()
    expect(inside).to_be_visible()
    page.keyboard.press("Escape")
    expect(inside).to_be_hidden()
    expect(summary).to_be_focused()
    summary.click()
    heading(page).click()
    expect(inside).to_be_hidden()


def prepared(page: Page) -> dict[str, str]:
    """The addresses of every page about people, with somebody invited and an error on the way."""
    new_account(page, "Maximiliane-Henriette")
    walk.start_example(page)
    menu(page, "Members")
    workspace = page.url.removesuffix("members/")
    page.get_by_label("E-mail address").fill(f"somebody.with.a.long.name{next(_number)}@subdomain.example.org")
    page.get_by_role("button", name="Make an invitation link").click()
    link = page.get_by_label("Invitation link").input_value()
    return {
        "assessments": "/assessments/",
        "workspaces": "/workspaces/",
        "workspace": f"{workspace}members/",
        "leave": f"{workspace}leave/",
        "delete workspace": f"{workspace}delete/",
        "account": "/account/",
        "delete account": "/account/delete/",
        "addresses": "/accounts/email/",
        "password": "/accounts/password/change/",
        "two-step": "/accounts/two-step/",
        "reauthenticate": "/accounts/two-step/app/",
        "for somebody else": link,
        "sign out": "/accounts/logout/",
    }


def test_the_pages_are_in_order_wide_and_narrow_light_and_dark(page: Page, watch: Watch) -> None:
    watch.allow(403, 422)
    for name, address in prepared(page).items():
        page.goto(address)
        expect_good(page, name)
    page.goto("/assessments/")
    page.locator("details.menu > summary").click()
    expect_good(page, "menu")
    menu_closed = page.goto("/accounts/two-step/app/")
    assert menu_closed
    fill_in(page, password=PASSWORD)
    page.get_by_role("button", name="Continue").click()
    expect_good(page, "picture to scan")
    page.get_by_label("Code", exact=True).fill(code_with_time_left(page.locator("#secret").input_value()))
    page.get_by_role("button", name="Switch on").click()
    expect_good(page, "recovery codes")


def test_the_pages_before_signing_in_are_in_order(page: Page, watch: Watch) -> None:
    watch.allow(401)
    for address in ("login/", "signup/", "password/reset/", "sso/error/", "password/reset/key/1-abc/"):
        page.goto(f"/accounts/{address}")
        expect_good(page, address)
    page.goto("/accounts/signup/")
    page.get_by_role("main").get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect_good(page, "errors")
