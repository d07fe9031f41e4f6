"""What can be wrong with a page: each function tells what it found, in words."""

from collections import Counter
from itertools import pairwise
from typing import Any

from .pages import Page, parse_errors, words


def faults(page: Page) -> list[str]:
    """Everything that is wrong with a whole page."""
    return [*whole(page), *sound(page), *labelled(page), *inert(page), *parse_errors(page.html)]


def whole(page: Page) -> list[str]:
    """A page has a language, a title, one main part with one heading, and a way to skip to it."""
    found = []
    if page.root.get("lang") != "en-GB":
        found.append("no language")
    if not page.title.endswith("ftdecide") or "\n" in page.title:
        found.append(f"title {page.title!r}")
    for path in ("head/title", ".//main", ".//h1"):
        if (count := len(page.root.findall(path))) != 1:
            found.append(f"{count} times {path}")
    first_link = next(page.all("a")).get("href")
    if first_link != "#main":
        found.append(f"first link {first_link}")
    levels = [int(heading.tag[1]) for heading in page.all("h1", "h2", "h3", "h4")]
    if any(after > before + 1 for before, after in pairwise(levels)):
        found.append(f"heading levels {levels}")
    return found


def sound(page: Page, *, whole_page: bool = True) -> list[str]:
    """Ids are unique, and whatever refers to one finds it."""
    ids = [element.get("id") for element in page.all() if element.get("id") is not None]
    found = [f"id {identity!r} {count} times" for identity, count in Counter(ids).items() if count > 1]
    found += [f"id {identity!r} with a space" for identity in ids if not identity or " " in identity]
    if not whole_page:
        return found
    for element in page.all():
        for attribute in ("for", "aria-describedby", "aria-labelledby", "form"):
            found += [f"{attribute} {i}" for i in (element.get(attribute) or "").split() if i not in ids]
        href = element.get("href") or ""
        if href.startswith("#") and href[1:] not in ids:
            found.append(f"link to {href}")
    return found


def labelled(page: Page) -> list[str]:
    """Every control has a label, every button and link words, every table heads, every form its CSRF value."""
    labels = {label.get("for"): words(label) for label in page.all("label")}
    found = []
    for control in page.all("input", "textarea", "select"):
        within = next((words(label) for label in control.iterancestors("label")), "")
        named = within or labels.get(control.get("id")) or control.get("aria-label") or control.get("aria-labelledby")
        if control.get("type") != "hidden" and not named:
            found.append(f"no label for {control.get('name')}")
    for element in page.all("button", "a", "summary", "legend", "th", "caption", "h1", "h2", "h3"):
        if not words(element) and not element.get("aria-label"):
            found.append(f"{element.tag} without words {dict(element.attrib)}")
    for form in page.all("form"):
        names = [control.get("name") for control in form.iter("input")]
        wanted = 1 if form.get("method") == "post" else 0  # a GET carries none in its address
        if names.count("csrfmiddlewaretoken") != wanted:
            found.append(f"form {form.get('action')} without a CSRF value")
    for image in page.all("svg"):
        if image.get("aria-hidden") != "true" and not image.get("role"):
            found.append("a drawing with neither a role nor hidden")
    return found


def inert(page: Page) -> list[str]:
    """No inline script or style, no handler, no address that runs or leaves the site."""
    found = []
    for element in page.all():
        for name, value in element.attrib.items():
            run = name.startswith(("on", "hx-on", "data-hx")) or (name == "hx-vals" and not value.startswith("{"))
            if name == "style" or run:
                found.append(f"{element.tag} {name}={value[:40]}")
            if name in ("src", "href", "action", "hx-post", "hx-get", "xlink:href") and not harmless(element, value):
                found.append(f"{element.tag} {name}={value[:60]}")
        if element.tag in ("style", "base", "iframe", "object", "embed", "img"):
            found.append(element.tag)
        if element.tag == "script" and (element.text or not element.get("src")) and not is_plain_data(element):
            found.append(f"script {(element.text or '')[:40]}")
    return found


def harmless(element: Any, address: str) -> bool:
    """On this site; or a link that somebody gave as evidence, which opens without telling where it came from."""
    if address.startswith(("/", "#", "?")) and not address.startswith("//"):
        return True
    outside = element.tag == "a" and address.startswith(("https://", "http://"))
    return outside and (element.get("rel") or "").startswith("noreferrer noopener")


def is_plain_data(script: Any) -> bool:
    """JSON for the charts is not run."""
    return script.get("type") == "application/json" and "<" not in (script.text or "")
