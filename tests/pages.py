"""A page as a browser reads it: its elements, its forms and what they would send."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from tinyhtml5.parser import HTMLParser  # comes with WeasyPrint; follows the HTML standard

VOID_OF_TEXT = frozenset({"script", "style", "template"})


class Page:
    """The parsed HTML of a response. `errors` are what the HTML standard calls parse errors."""

    def __init__(self, response: Any):
        self.html = response.content.decode() if hasattr(response, "content") else str(response)
        parser = HTMLParser(namespace_html_elements=False)
        self.root: Element = parser.parse(self.html)
        self.errors = [error for error in parser.errors if error[1] != "expected-doctype-but-got-start-tag"]

    def all(self, *tags: str) -> Iterator[Element]:
        """Every element with one of these tags; without tags, every element."""
        for element in self.root.iter():
            if isinstance(element.tag, str) and (not tags or local(element) in tags):
                yield element

    def with_id(self, identity: str) -> Element:
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


def local(element: Element) -> str:
    """The tag without its namespace."""
    return str(element.tag).rpartition("}")[2]


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def fields(form: Element) -> dict[str, str]:
    """The name and value of every control that a browser would send."""
    sent: dict[str, str] = {}
    for control in form.iter():
        name = control.get("name")
        if not name:
            continue
        tag, kind = local(control), control.get("type", "text")
        if tag == "textarea":
            sent[name] = (control.text or "").replace("\n", "\r\n")
        elif tag == "select":
            options = list(control.iter("option"))
            chosen = [option for option in options if option.get("selected") is not None] or options[:1]
            sent[name] = chosen[0].get("value", "")
        elif tag == "input" and kind in ("radio", "checkbox"):
            if control.get("checked") is not None:
                sent[name] = control.get("value", "on")
        elif tag == "input" and kind not in ("submit", "file"):
            value = control.get("value", "")
            sent[name] = value if kind == "hidden" else value.replace("\r", "").replace("\n", "")
    return sent
