"""Every page of the site and its states, each with the way to get there."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from . import walk

ADDRESSES = {
    "landing": "/",
    "privacy": "/privacy/",
    "method": "/method/",
    "precedents": "/precedents/",
    "import": "/import/",
    "assessments": "/assessments/",
    "overview": "{own}",
    **{section.key: f"{{own}}{section.key}/" for section in walk.FRAMEWORK.sections},
    "check": "{own}check/",
    "result": "{own}result/",
    "delete": "{own}delete/",
    "versions": "{own}versions/",
    "version": "{own}versions/1/",
    "version compared": "{own}versions/1/to/now/",
    "go back": "{own}versions/1/back/",
    "history": "{own}history/",
    "sign-off without an account": "{own}sign-off/",
    "check a report": "/verify/",
    "open check": "{empty}check/",
    "open result": "{empty}result/",
    "sample": "/samples/eight-approaches/",
    "not found": "/nothing/here/",
}


def _error_summary(page: Page, own: str, empty: str) -> None:
    page.goto(f"{empty}use_case/")
    walk.field(page, "monthly_requests").fill("many")
    walk.go_on(page)
    expect(page.get_by_role("alert")).to_be_visible()


def _conflict(page: Page, own: str, empty: str) -> None:
    """Another window answers first; this one sends a version that is old by then."""
    page.goto(f"{empty}ceiling/")
    other = page.context.new_page()
    other.goto(f"{empty}ceiling/")
    current = other.locator("input[name=few_shot_used]:checked")
    value = "no" if current.count() and current.get_attribute("value") == "yes" else "yes"
    walk.evidence(other, "few_shot_used").fill(f"Ten real conversations: {value}")
    walk.choose(other, "few_shot_used", value)
    other.close()
    walk.radio(page, "few_shot_used", "unsure").check()
    expect(page.get_by_role("button", name="Keep mine")).to_be_visible()


def _evidence_open(page: Page, own: str, empty: str) -> None:
    page.goto(f"{own}ceiling/")
    for summary in page.locator("details:visible > summary").all():
        summary.click()


def _everything_open(page: Page, own: str, empty: str) -> None:
    page.goto(f"{own}result/")
    for summary in page.locator("details:visible > summary").all():
        summary.click()


def _refused_import(page: Page, own: str, empty: str) -> None:
    page.goto("/import/")
    page.get_by_role("main").get_by_role("button", name="Import").click()
    expect(page.get_by_role("alert")).to_be_visible()


def _new_link(page: Page, own: str, empty: str) -> None:
    page.goto(f"{own}result/")
    page.locator("#share").get_by_role("button").last.click()
    expect(page.get_by_label("Link", exact=True)).to_be_visible()


def _shared(page: Page, own: str, empty: str) -> None:
    _new_link(page, own, empty)
    address = page.get_by_label("Link", exact=True).input_value()
    page.context.clear_cookies()
    page.goto(address)


def _empty_list(page: Page, own: str, empty: str) -> None:
    page.context.clear_cookies()
    page.goto("/assessments/")


def _deleted(page: Page, own: str, empty: str) -> None:
    gone = walk.start_example(page, "service_desk")
    page.goto(f"{gone}delete/")
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("button", name="Undo delete").first).to_be_visible()


STATES: dict[str, Callable[[Page, str, str], None]] = {
    "error summary": _error_summary,
    "conflict": _conflict,
    "evidence open": _evidence_open,
    "everything open": _everything_open,
    "refused import": _refused_import,
    "new link": _new_link,
    "shared": _shared,
    "empty list": _empty_list,
    "deleted": _deleted,
}
PLACES = [*ADDRESSES, *STATES]


def visit(page: Page, place: str, own: str, empty: str) -> None:
    """Goes to a page or a state: `own` is an assessment with answers, `empty` is one without."""
    if place in STATES:
        STATES[place](page, own, empty)
    else:
        page.goto(ADDRESSES[place].format(own=own, empty=empty))
    page.evaluate("document.fonts.ready.then(() => true)")
