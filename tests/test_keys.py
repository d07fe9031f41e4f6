"""No key of the framework reaches people: what is told apart by a key is told in words."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.framework import load_framework
from assessments.framework.names import ACTIONS, LEAVES

from .documents import example_document, named
from .pages import Page, told_by
from .visits import bring_in

FRAMEWORK = load_framework()
DOCUMENTS = {
    "eight_approaches": example_document("eight_approaches"),
    "everything yes": named(answers={one.key: "yes" for one in FRAMEWORK if one.place == "answers"}),
}
"""What test_crossing.py does not open, which looks for anything that could be a key."""


def keys_of(value: Any) -> Iterator[str]:
    """Every key and code of the framework, however deep."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield key
            yield from keys_of(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from keys_of(part)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            if name in ("key", "code"):
                yield getattr(value, name)
            else:
                yield from keys_of(getattr(value, name))


# A key of one word may well be a word that people are meant to read; one with an underscore is none.
KEYS = {key for key in (*keys_of(FRAMEWORK), *ACTIONS, *LEAVES) if isinstance(key, str) and "_" in key}


def test_there_are_keys_to_look_for() -> None:
    assert {"brand_voice", "fine_tune_small", "use_other_lever", "address_blockers", "gate_weeks"} <= KEYS | {
        *FRAMEWORK.figures
    }


def without_files(page: Page) -> str:
    """What is read: the words of the page without its scripts."""
    for element in list(page.all("script", "style")):
        element.drop_tree()
    return told_by(page)


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.usefixtures("db")
def test_no_key_stands_on_a_page_of_an_assessment(client: Client, name: str) -> None:
    assessment = bring_in(client, DOCUMENTS[name])
    addresses = [reverse(page, args=[assessment.pk]) for page in ("result", "review", "overview", "whatif", "history")]
    addresses += [reverse("section", args=[assessment.pk, section.key]) for section in FRAMEWORK.sections]
    for address in addresses:
        text = without_files(Page(client.get(address)))
        found = {word for word in re.findall(r"[a-z0-9]+(?:_[a-z0-9]+)+", text) if word in KEYS}
        assert not found, f"{address}: {', '.join(sorted(found))}"


@pytest.mark.usefixtures("db")
def test_no_key_stands_on_the_pages_about_the_method(client: Client) -> None:
    for page in ("method", "precedents"):
        text = without_files(Page(client.get(reverse(page))))
        assert not {word for word in re.findall(r"[a-z0-9]+(?:_[a-z0-9]+)+", text) if word in KEYS}
