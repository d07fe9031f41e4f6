"""A page as a browser reads it: its elements, its forms and what they would send."""

from collections.abc import Iterator
from typing import Any

from lxml import html
from tinyhtml5.parser import HTMLParser  # comes with WeasyPrint; follows the HTML standard, slowly


class Page:
    """The parsed HTML of a response."""

    def __init__(self, response: Any) -> None:
        self.html: str = response.content.decode()
        self.root = html.document_fromstring(self.html)

    def all(self, *tags: str) -> Iterator[Any]:
        """Every element with one of these tags; without tags, every element."""
        for element in self.root.iter(*tags):
            if isinstance(element.tag, str):
                yield element

    def with_id(self, identity: str) -> Any:
        found = [element for element in self.all() if element.get("id") == identity]
        assert len(found) == 1, f"{len(found)} elements with the id {identity}"
        return found[0]

    def has(self, identity: str) -> bool:
        return any(element.get("id") == identity for element in self.all())

    def words(self, identity: str) -> str:
        return words(self.with_id(identity))

    @property
    def title(self) -> str:
        return words(next(self.all("title")))

    def form(self, identity: str) -> dict[str, str]:
        """What this form sends when its first button is pressed, with nothing touched."""
        return fields(self.with_id(identity))


def words(element: Any) -> str:
    """The text of an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def told_by(page: Page) -> str:
    """The words of the main part, those of each element apart."""
    return " ".join(" ".join(page.with_id("main").itertext()).split())


def fields(form: Any) -> dict[str, str]:
    """The name and value of every control that a browser would send."""
    sent: dict[str, str] = {}
    for control in form.iter("input", "textarea", "select"):
        name, kind = control.get("name"), control.get("type", "text")
        if not name or kind in ("submit", "file"):
            continue
        if control.tag == "textarea":
            sent[name] = (control.text or "").removeprefix("\n").replace("\n", "\r\n")
        elif control.tag == "select":
            options = list(control.iter("option"))
            chosen = [option for option in options if option.get("selected") is not None] or options[:1]
            sent[name] = chosen[0].get("value", "")
        elif kind in ("radio", "checkbox"):
            if control.get("checked") is not None:
                sent[name] = control.get("value", "on")
        else:
            value = control.get("value", "")
            sent[name] = value if kind == "hidden" else value.replace("\r", "").replace("\n", "")
    return sent


def parse_errors(text: str) -> list[str]:
    """What the HTML standard calls parse errors, with the line of each."""
    parser = HTMLParser()
    parser.parse(text)
    return [f"line {position[0]}: {name} {details}" for position, name, details in parser.errors]
