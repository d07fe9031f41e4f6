"""Every page of the site and its states, each with the way to get there."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from assessments.presenters.result_index import BEHIND

from . import walk

ADDRESSES = {
    "landing": "/",
    "privacy": "/privacy/",
    "method": "/method/",
    "precedents": "/precedents/?kind=code",  # of all 98, axe compares colours for seconds, and sees the same
    "market": "/market/",
    "import": "/import/",
    "assessments": "/assessments/",
    "overview": "{own}",
    **{section.key: f"{{own}}{section.key}/" for section in (*walk.FRAMEWORK.sections, walk.FRAMEWORK.quick)},
    "empty quick answer": "{empty}quick/",
    "costs in detail": "{own}costs/detail/",
    "costs of today": "{own}costs/detail/status_quo/",
    "costs model": "{own}costs/detail/status_quo/model/",
    "costs tuning": "{own}costs/detail/status_quo/tuning/",
    "costs tokens": "{own}costs/detail/status_quo/tokens/",
    "costs prices": "{own}costs/detail/prices/",
    "empty costs": "{empty}costs/detail/",
    "evidence": "{own}evidence/",
    "comparison": "{own}comparison/",
    "review": "{own}review/",
    "result": "{own}result/",
    **{f"result, {page}": f"{{own}}result/{page}/" for page in BEHIND},
    "delete": "{own}delete/",
    "links": "{own}links/",
    "make a link": "{own}link/",
    "versions": "{own}versions/",
    "version": "{own}versions/1/",
    "version compared": "{own}versions/1/to/now/",
    "go back": "{own}versions/1/back/",
    "history": "{own}history/",
    "sign-off without an account": "{own}sign-off/",
    "verify a report": "/verify/",
    "open review": "{empty}review/",
    "open result": "{empty}result/",
    "open options": "{empty}result/options/",
    "sample": "/samples/eight-approaches/",
    "not found": "/nothing/here/",
}


def _unfold(page: Page) -> None:
    """Opens whatever can be opened, all at once."""
    walk.arrived(page)
    page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")


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
    _unfold(page)


def _everything_open(page: Page, own: str, empty: str) -> None:
    """The plan, with all that stands behind it."""
    page.goto(f"{own}result/plan/")
    _unfold(page)


def _method_open(page: Page, own: str, empty: str) -> None:
    page.goto("/method/")
    _unfold(page)


def _weights_open(page: Page, own: str, empty: str) -> None:
    page.goto(f"{own}result/options/")
    for summary in page.locator(".more-d > summary").all():
        summary.click()
    page.locator("#own-score").fill("4")
    page.get_by_role("button", name="Save this score").click()
    expect(page.get_by_role("alert")).to_be_visible()


def _sample_open(page: Page, own: str, empty: str) -> None:
    """Eight approaches with all their charts and tables. A chart is drawn when its part is open and comes near."""
    page.goto("/samples/eight-approaches/money/")
    _unfold(page)
    for chart in page.locator("[data-chart]").all():
        chart.scroll_into_view_if_needed()
        expect(chart.locator(".main-svg").first).to_be_visible()


def _costs_filled(page: Page, own: str, empty: str) -> None:
    """An approach with numbers from everywhere, everything unfolded, and two faults."""
    page.goto(f"{own}costs/detail/")
    add = page.get_by_role("button", name="Add Tune a large model")
    if add.count():
        add.click()
    page.goto(f"{own}costs/detail/fine_tune_large/tuning/")
    page.get_by_role("button", name="Use OpenAI, gpt-4.1-mini").click()
    page.locator("#accuracy").fill("0.93")
    expect(page.locator("#accuracy-origin")).to_contain_text("Yours")
    page.locator("#cache_hit_share").fill("101")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_be_visible()
    _unfold(page)


def _prompt_counted(page: Page, own: str, empty: str) -> None:
    page.goto(f"{own}costs/detail/status_quo/tokens/")
    page.get_by_label("Prompt").fill("Answer in two sentences.")
    page.get_by_role("button", name="Count", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("About 6 tokens")


def _refused_import(page: Page, own: str, empty: str) -> None:
    page.goto("/import/")
    page.get_by_role("main").get_by_role("button", name="Import").click()
    expect(page.get_by_role("alert")).to_be_visible()


def _new_link(page: Page, own: str, empty: str) -> None:
    page.goto(f"{own}result/")
    walk.open_menu(page, "Share")
    page.get_by_role("button", name="Make a read-only link").locator("visible=true").click()
    expect(page.get_by_label("Link", exact=True)).to_be_visible()


def _shared(page: Page, own: str, empty: str) -> None:
    _new_link(page, own, empty)
    address = page.get_by_label("Link", exact=True).input_value()
    page.context.clear_cookies()
    page.goto(address)


def _closed_link(page: Page, own: str, empty: str) -> None:
    """A link that asks for a passphrase, after a wrong one."""
    page.goto(f"{own}link/")
    page.get_by_label("Passphrase").fill("correct horse")
    page.get_by_label("How often").fill("3")
    page.get_by_role("button", name="Make the link").click()
    address = page.get_by_label("Link", exact=True).input_value()
    page.context.clear_cookies()
    page.goto(address)
    page.get_by_label("Passphrase").fill("wrong")
    page.get_by_role("button", name="Open report").click()
    expect(page.get_by_role("alert")).to_be_visible()


def _link_with_faults(page: Page, own: str, empty: str) -> None:
    page.goto(f"{own}link/")
    page.get_by_label("Passphrase").fill("short")
    page.get_by_label("How often").fill("many")
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_role("alert")).to_be_visible()


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
    "method open": _method_open,
    "everything open": _everything_open,
    "weights open": _weights_open,
    "sample open": _sample_open,
    "costs filled": _costs_filled,
    "prompt counted": _prompt_counted,
    "refused import": _refused_import,
    "new link": _new_link,
    "shared": _shared,
    "closed link": _closed_link,
    "link with faults": _link_with_faults,
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
    walk.arrived(page)
    page.evaluate("document.fonts.ready.then(() => true)")
