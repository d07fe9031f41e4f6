"""Every text of every page is in the catalogue, in the files of words, or somebody typed it."""

import re
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

import ftdecide.middleware
from assessments.framework import load_framework
from assessments.models import TeamFramework, User, Workspace

from .every_page import HOSTILE, STATES, fragments, other_pages, pages_of, pages_of_people, workspace_pages
from .pages import Page
from .unmarked import LANGUAGE, marking, strings, unmarked
from .visits import bring_in

ALLOWED = (
    *("ftdecide", "UTC", "SHA", "PDF", "JSON", "CSV", "Excel", "MB", "kB", "script", "example", "org"),
    *("LoRA", "GPT", "OpenAI", "Anthropic", "Google", "Mistral", "Claude", "Opus"),
    *("name", "format", "version", "answers", "assessment"),
)
TYPED_ELSEWHERE = (
    "Seen in the log of May",
    "Deleted",
    "Done",
    "Eight approaches, one workload",
    "/decisions",
    "ftdecide framework",
)


def found_in(pages: dict[str, Any]) -> dict[str, str]:
    """Each unmarked text with the first page that it stands on."""
    typed = {text for make in STATES.values() for text in strings(make())} | set(TYPED_ELSEWHERE)
    shown = (HOSTILE, HOSTILE.replace("\u202e", ""))  # a mark of direction is not taken into a name
    hostile = {text[:length] for text in shown for length in range(8, len(text))}
    typed |= hostile | set(map(repr, hostile))
    rows = [*User.objects.values_list("name", "email"), *Workspace.objects.values_list("name")]
    names = {text for row in rows for text in row} | {"Secure", "Refunds"}
    names |= set(TeamFramework.objects.values_list("name", flat=True))
    sellers = " ".join(offer.provider for offer in load_framework().market.offers)
    allowed = (*ALLOWED, *re.findall(r"\w+", sellers))
    found: dict[str, str] = {}
    for name, response in pages.items():
        edits = {"framework", "frameworks", "gates"} & set(name.split())
        edits_texts = strings(load_framework()) if edits else ()  # in the language of its files
        if response.status_code == 500:
            found[f"fails where the words of its parts are other ones: {response.request['PATH_INFO']}"] = name
        elif response.get("Content-Type", "").startswith("text/html") and response.content.strip():
            for text in unmarked(Page(response), typed=(*typed, *edits_texts), names=names, allowed=allowed):
                found.setdefault(text, name)
    return found


@pytest.mark.parametrize(
    "of",
    [
        lambda owner: pages_of(owner, bring_in(owner, STATES["detailed costs"]())),
        other_pages,
        pages_of_people,
        lambda owner: workspace_pages(),
        fragments,
    ],
    ids=["assessment", "other", "people", "workspace", "fragments"],
)
def test_every_text_can_be_put_into_other_words(owner: Any, of: Callable[[Any], dict[str, Any]]) -> None:
    in_marks = patch.object(ftdecide.middleware, "language_of", lambda request: LANGUAGE)
    with in_marks, marking(), patch.object(Client, "store_exc_info"):
        found = found_in(of(owner))
    for text, page in found.items():
        print(f"{page}: {text}")
    assert found == {}
