"""Two people sign off together: ask, approve with a condition, edit again, see it stale, check the PDF."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from . import walk
from .conftest import Watch
from .looks import expect_good
from .server import inside

pytestmark = pytest.mark.browser

TEAM = """
import json, time, uuid
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from assessments.models import Membership, User, Workspace

workspace = Workspace.objects.create(name="Support")

def session(name, role):
    user = User.objects.create_user(f"{uuid.uuid4().hex}@example.org", name=name)
    Membership.objects.create(workspace=workspace, user=user, role=role)
    store = SessionStore()
    store[SESSION_KEY] = store["account_authentication_methods_user"] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    confirmed = {"method": "password", "at": time.time() + 3600, "reauthenticated": True}
    store["account_authentication_methods"] = [confirmed]
    store.create()
    return store.session_key

people = (("Ana Costa", "owner"), ("Bo Lind", "approver"), ("Vic Moss", "viewer"))
print(json.dumps({name.split()[0].lower(): session(name, role) for name, role in people} | {"workspace": workspace.pk}))
"""


@pytest.fixture
def team(server: str) -> dict[str, str]:
    """A session for each person of a new workspace, and its id."""
    found: dict[str, str] = json.loads(inside(server, TEAM))
    return found


@pytest.fixture
def sit_down(visitor: Callable[..., BrowserContext], team: dict[str, str], server: str) -> Callable[..., Page]:
    """A browser in which that person is signed in."""

    def sit_down(person: str, **options: Any) -> Page:
        context = visitor(**options)
        context.add_cookies([{"name": "sessionid", "value": team[person], "url": server}])
        return context.new_page()

    return sit_down


def ask(page: Page, assessment: str) -> None:
    """Ana asks Bo, with a target and a date."""
    page.goto(f"{assessment}result/")
    page.get_by_role("link", name="Ask for sign-off").click()
    page.get_by_label(re.compile("^Bo Lind")).check()
    page.get_by_label("Target metric").fill("Replies that need no correction")
    page.get_by_label("Due date").fill("2099-03-31")
    page.get_by_label("Weekly corrections are falling").check()
    page.get_by_role("button", name="Ask for sign-off of version 1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign-off")


def decide(page: Page, assessment: str, *, password: str = "") -> None:
    """Bo approves with a condition, and is asked for a password where one is given."""
    page.goto(f"{assessment}result/")
    page.get_by_role("link", name="Decide on version 1").click()
    expect(page.get_by_text("Target metric")).to_be_visible()
    page.get_by_label(re.compile("^Approve with conditions")).check()
    page.get_by_role("button", name="Decide on version 1").click()
    if password:
        expect(page.get_by_role("heading", level=1)).to_have_text("Confirm that it is you")
        page.get_by_label("Password", exact=True).fill(password)
        page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("Write at least one condition")
    expect(page.get_by_label(re.compile("^Approve with conditions"))).to_be_checked()
    page.get_by_label("Conditions").last.fill("A privacy review")
    page.get_by_role("button", name="Decide on version 1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign-off")


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_two_people_sign_off_edit_again_and_a_third_checks_the_pdf(
    sit_down: Callable[..., Page],
    visitor: Callable[..., BrowserContext],
    watch: Watch,
    java_script_enabled: bool,
) -> None:
    watch.allow(422)
    ana, bo = (sit_down(name, java_script_enabled=java_script_enabled) for name in ("ana", "bo"))
    assessment = walk.start_example(ana)
    ask(ana, assessment)
    decide(bo, assessment)
    ana.goto(f"{assessment}result/")
    panel = ana.locator("#sign-off")
    expect(panel).to_contain_text("Approved, 1 open condition")
    report = ana.request.get(f"{assessment}versions/1/report.pdf").body()

    ana.goto(f"{assessment}reasons_for/")
    walk.radio(ana, "brand_voice", "no").check()
    walk.go_on(ana)
    ana.goto(f"{assessment}result/")
    expect(panel).to_contain_text("Approved: version 1. You are looking at version 2")
    panel.get_by_role("link", name="See what changed").click()
    expect(ana.locator("#lead")).to_contain_text("1 answer changed")
    expect(ana.get_by_role("main")).to_contain_text("Distinct brand voice")
    expect(ana.get_by_role("main")).to_contain_text("Ana Costa")

    bo.goto(f"{assessment}sign-off/")
    bo.get_by_role("button", name="Tick off").click()
    expect(bo.get_by_role("main")).to_contain_text("by Bo Lind")
    ana.goto(f"{assessment}versions/1/back/")
    ana.get_by_role("button", name="Go back to version 1").click()
    ana.goto(f"{assessment}result/")
    expect(panel).to_contain_text("Approved")
    expect(panel).not_to_contain_text("You are looking at")

    outsider = visitor(java_script_enabled=java_script_enabled).new_page()
    outsider.goto("/verify/")
    outsider.get_by_label("Report", exact=True).set_input_files(
        {"name": "report.pdf", "mimeType": "application/pdf", "buffer": report}
    )
    outsider.get_by_role("button", name="Check").click()
    main = outsider.get_by_role("main")
    expect(main).to_contain_text("This content was signed")
    expect(main).to_contain_text("byte for byte")
    expect(main).not_to_contain_text("Bo Lind")


def test_the_pages_of_a_team_are_accessible_and_nothing_sticks_out(
    sit_down: Callable[..., Page], team: dict[str, str], watch: Watch
) -> None:
    watch.allow(422)
    ana, bo = sit_down("ana"), sit_down("bo")
    assessment = walk.start_example(ana)
    ask(ana, assessment)
    bo.goto(f"{assessment}result/")
    bo.get_by_role("link", name="Decide on version 1").click()
    address = bo.url
    bo.get_by_role("button", name="Decide on version 1").click()
    expect(bo.get_by_role("alert")).to_be_visible()
    expect_good(bo)
    bo.goto(address)
    expect_good(bo)
    decide(bo, assessment)
    ana.goto(f"{assessment}reasons_for/")
    walk.choose(ana, "brand_voice", "no")
    for path in ("result/", "sign-off/", "sign-off/ask/", "history/", "history/answers.brand_voice/", "versions/"):
        ana.goto(f"{assessment}{path}")
        expect_good(ana)
    ana.goto(f"/w/{team['workspace']}/audit/")
    expect(ana.get_by_role("main")).to_contain_text("Decided on version 1")
    expect_good(ana)
