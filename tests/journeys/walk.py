"""How a person goes through the pages: finding things by role, label and question key."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import FilePayload, Locator, Page, Response, expect

from assessments.framework import Question, Section, load_framework
from tests.documents import FOLDER

FRAMEWORK = load_framework()
CEILING = FRAMEWORK.keys("ceiling")


@dataclass(frozen=True)
class Typed:
    """What a person enters for one question."""

    question: Question
    value: str
    evidence: str = ""


def typed(section: Section, document: Mapping[str, Any]) -> Iterator[Typed]:
    """What the document says about the questions of a section, in the order of the page."""
    costs = document.get("costs", {})
    parts = [
        document["use_case"],
        *(document.get(key, {}) for key in ("answers", "failures", "readiness", "targets", "legal")),
    ]
    said = {key: value for part in (*parts, costs, costs.get("summary", {})) for key, value in part.items()}
    for question in section.questions:
        if question.key in said:
            value = said[question.key]
            more = value if isinstance(value, dict) else {"value": value}
            yield Typed(question, str(more["value"]), more.get("evidence", ""))


def start(page: Page) -> str:
    """A new assessment as the button on the first page starts it, and its first questions. Its address."""
    page.goto(_sent(page, "/", "/a/"))
    return assessment_of(page)


def start_example(page: Page, name: str = "task_api") -> str:
    """A new assessment with all the answers of an example, by import. Its address."""
    return bring(page, FOLDER / f"{name}.json")


def bring(page: Page, file: Path) -> str:
    """A new assessment from a file, and its overview. Its address."""
    content: FilePayload = {"name": file.name, "mimeType": "application/json", "buffer": file.read_bytes()}
    page.goto(_sent(page, "/import/", "/import/", document=content))
    return assessment_of(page)


def _sent(page: Page, shown_at: str, sent_to: str, **fields: FilePayload) -> str:
    """Where a form leads that is sent without looking at its page: test_own_assessments.py and test_by_file.py do."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.request.get(shown_at).text())
    assert found
    answer = page.request.post(sent_to, multipart={"csrfmiddlewaretoken": found[1], **fields}, max_redirects=0)
    assert answer.status == 302, answer.status
    return answer.headers["location"]


def assessment_of(page: Page) -> str:
    found = re.search(r"/a/\w{12}/", page.url)
    assert found, page.url
    return found[0]


def arrived(page: Page) -> None:
    """Waits for what a page fetches by itself: it replaces a part, with all that somebody was about to touch in it."""
    expect(page.locator("[hx-trigger=load]")).to_have_count(0)


def open_menu(page: Page, name: str) -> None:
    """What can be done with a result stands in menus, above the page or on a phone at its foot."""
    page.locator("summary", has_text=name).locator("visible=true").click()


def in_menu(page: Page, name: str, entry: str) -> Locator:
    open_menu(page, name)
    return page.get_by_role("link", name=entry, exact=True)


def radio(page: Page, key: str, value: str) -> Locator:
    return page.locator(f"input[type=radio][name={key}][value={value}]")


def field(page: Page, key: str) -> Locator:
    """The control of a question that is not a choice."""
    return page.locator(f"input[name={key}], textarea[name={key}]")


def evidence(page: Page, key: str) -> Locator:
    """The field for evidence under an answer, made visible."""
    text = page.locator(f"textarea[name={key}-evidence]")
    while not text.is_visible():  # a card that comes again at that moment may have it open already
        page.locator(f"summary:has(#{key}-evidence-words)").click()
    return text


def unfold(page: Page, key: str) -> None:
    """Opens what stands around the control of a question: a number answers it already, or it is not asked here."""
    closed = page.locator(f"details:not([open]):has(input[name={key}]) > summary")
    while closed.count():
        closed.first.click()


def enter(page: Page, answer: Typed) -> None:
    """Enters one answer with its evidence as a person does."""
    key = answer.question.key
    if answer.question.choices:
        unfold(page, key)
        radio(page, key, answer.value).check()
    else:
        field(page, key).fill(answer.value)
    if answer.evidence:
        evidence(page, key).fill(answer.evidence)


def answering(page: Page, key: str) -> Any:
    """Waits for the next answer to a save of this question."""

    def is_save(response: Response) -> bool:
        return response.request.method == "POST" and response.url.endswith((f".{key}/", f"/values/{key}/"))

    return page.expect_response(is_save)


@contextmanager
def saving(page: Page, key: str) -> Iterator[None]:
    """Waits until a change of this question is saved and the page has taken in the server's answer."""
    rev = page.locator(f"#{key}-rev")
    before = rev.input_value()
    with answering(page, key) as response:
        yield
    assert response.value.ok, response.value.status
    expect(rev).not_to_have_value(before)
    expect_saved(page)


def choose(page: Page, key: str, value: str) -> None:
    """Chooses an answer and waits until it is saved."""
    unfold(page, key)
    with saving(page, key):
        radio(page, key, value).check()


def expect_saved(page: Page) -> None:
    expect(page.locator("#save > span")).to_contain_text(re.compile(r"^\s*Saved \d\d:\d\d\s*$"))


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


def open_optional(page: Page, assessment: str, section: Section) -> None:
    """Continue passes over a section in which no answer is wanted; whoever wants it opens it."""
    if all(question.optional for question in section.questions):
        later = FRAMEWORK.sections[FRAMEWORK.sections.index(section) + 1 :]
        wanted = [one.key for one in later if not all(question.optional for question in one.questions)]
        expect(page).to_have_url(re.compile(f"{assessment}{[*wanted, 'review'][0]}/$"))
        page.goto(f"{assessment}{section.key}/")


def export(page: Page, assessment: str) -> bytes:
    response = page.request.get(f"{assessment}document.json")
    assert response.ok
    return response.body()
