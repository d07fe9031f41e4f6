"""The page of the market: what is sold, until when and how sure, narrowed without JavaScript."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.pages import Page, parse_errors, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def look(client: Client, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 11, 27))
    return lambda **wanted: Page(client.get(reverse("market"), wanted))


def test_every_row_has_its_end_its_source_and_how_sure_it_is(look: Any) -> None:
    page = look()
    assert parse_errors(page.html) == []
    text = page.words("market")
    assert "37 offers and 67 base models" in text
    assert "Ends on 11 December 2026, in month 1 of 36. Its provider names GPT-5.6 Sol in its place." in text
    assert "From 1 January 2027: $1.50 in, $7.50 out" in text
    assert "Requests above 100,000 tokens: $0.50 in, $2.50 out" in text
    assert "We found neither the price of the training nor that of the tuned model" in text
    assert "Not sure: sources disagree or are old" in text
    assert all(link.get("href").startswith("https://") for link in page.with_id("market").iter("a"))


@pytest.mark.parametrize(
    ("wanted", "there", "gone"),
    [
        ({"newcomer": "yes", "sold": "yes"}, "Tinker", "gpt-4.1-nano"),
        ({"sold": "no"}, "Mistral models", "GPT-6 Luna"),
        ({"serving": "own"}, "A100", "Tinker"),
        ({"provider": "Nebius"}, "1 offer and 0 base models", "Tinker"),
        ({"provider": "nobody"}, "37 offers", "Nothing fits"),
        ({"provider": "Nebius", "sold": "no"}, "Nothing fits", "Tinker"),
    ],
)
def test_it_is_narrowed_by_what_somebody_looks_for(look: Any, wanted: Any, there: str, gone: str) -> None:
    text = look(**wanted).words("market")
    assert there in text
    assert gone not in text


def test_it_tells_how_old_it_is(look: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda: date(2027, 2, 1))
    assert "66 days old" in words(look().with_id("main"))
