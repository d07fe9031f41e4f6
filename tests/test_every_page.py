"""What must hold on every page: it renders, it is sound HTML, it can be named and pressed, it runs nothing inline."""

from typing import Any

import pytest

from assessments.services import report as drawing

from .every_page import STATES, fragments, other_pages, pages_of, pages_of_people, workspace_pages
from .page_faults import inert, labelled, sound, whole
from .pages import Page, parse_errors
from .visits import bring_in

STATUS = {
    "import with faults": 422,
    "verify with faults": 422,
    "section with faults": 422,
    "refused comparison": 422,
    "section in conflict": 409,
    "not found": 404,
    "no csrf": 403,
    "too large": 413,
    "unreadable": 400,
    "costs with faults": 422,
    "costs in conflict": 409,
    "prices not as shown": 409,
    "no such model": 422,
    "prompt too long": 422,
    "socialaccount_login_error": 401,
    **dict.fromkeys(("invitation with faults", "settings with faults", "role with faults"), 422),
    **dict.fromkeys(("start with faults", "delete with faults", "name with faults"), 422),
    **dict.fromkeys(("webhooks with faults", "webhook with faults"), 422),
    **dict.fromkeys(
        ("frameworks with faults", "gates with faults", "comparisons with faults", "publish with faults"), 422
    ),
    **dict.fromkeys(("role does not allow", "nowhere to start", "closed workspace"), 403),
    "two-step settings with faults": 422,
    "link with faults": 422,
    "change link with faults": 422,
    "closed link with a fault": 422,
    "closed link, locked out": 429,
    "comment with a fault": 422,
    **dict.fromkeys(("raters with a fault", "questions of a rater with faults"), 422),
    "closed to a rater": 403,
}


SOUND_IN = ("empty", "hostile", "uncertain costs")
"""The states whose pages differ in how they are built; what pages say in every state is in test_crossing.py."""


@pytest.fixture(params=[*SOUND_IN, "workspace", "other", "people"])
def pages(owner: Any, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setattr(drawing, "pdf_is_available", lambda: True)
    if request.param == "other":
        return other_pages(owner)
    if request.param == "people":
        return pages_of_people(owner)
    if request.param == "workspace":
        return workspace_pages()
    return pages_of(owner, bring_in(owner, STATES[request.param]()))


def test_every_page_holds(pages: dict[str, Any]) -> None:
    wrong = []
    for name, response in pages.items():
        if response.status_code != STATUS.get(name, 200):
            wrong.append(f"{name}: status {response.status_code}")
        page = Page(response)
        wrong += [f"{name}: {fault}" for fault in [*whole(page), *sound(page), *labelled(page), *inert(page)]]
    assert wrong == []
    # One page of each kind is enough here: the parser that follows the standard is slow.
    names = [name for name in pages if not name.startswith("section") or name.endswith(("faults", "conflict"))]
    names += [name for name in pages if name in ("section diagnosis", "section use_case")]
    errors = {name: parse_errors(pages[name].content.decode()) for name in names}
    assert {name: found for name, found in errors.items() if found} == {}


def test_every_fragment_holds(owner: Any) -> None:
    swapped = fragments(owner)
    statuses = {name: response.status_code for name, response in swapped.items()}
    refused = {"conflict": 409, "refused": 422, "number in conflict": 409, "number refused": 422}
    refused["comment with a fault"] = 422
    assert statuses == {name: refused.get(name, 200) for name in swapped}
    wrong = []
    for name, response in swapped.items():
        page = Page(response)
        wrong += [f"{name}: {fault}" for fault in [*sound(page, whole_page=False), *labelled(page), *inert(page)]]
    assert wrong == []
