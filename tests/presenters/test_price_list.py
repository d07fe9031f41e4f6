"""The price list and the tuning table in words."""

from datetime import date
from typing import Any

import pytest

from assessments.engine.economics.prices import models
from assessments.engine.economics.tuning_offers import purchasable
from assessments.framework import load_framework
from assessments.presenters.availability import availability_in_words
from assessments.presenters.price_list import present_models

OFFERS = load_framework().market.offer
TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("offer", "today", "words"),
    [
        ("azure_openai", date(2027, 11, 1), "Closed: the tuned model stopped on 14 October 2027."),
        ("mistral", TODAY, "Closed: new training is no longer sold."),
        ("openai_gpt_4_1", date(2027, 1, 7), "Closed: new training is no longer sold since January 2027."),
        ("fireworks_lora_16b", TODAY, "On sale, with no end announced as of 7 October 2026."),
        ("self_hosted_h100", TODAY, "You keep the weights, so nobody can take the model away."),
    ],
)
def test_whether_an_offer_can_be_bought_is_said_with_its_dates(offer: str, today: Any, words: str) -> None:
    assert availability_in_words(OFFERS[offer], purchasable(OFFERS[offer], today, 36), 36) == words


def test_what_has_ended_for_newcomers_says_so() -> None:
    offer = OFFERS["openai_gpt_4_1_mini"]
    words = availability_in_words(offer, purchasable(offer, TODAY, 36), 36)
    assert words.endswith("Organisations that have not tuned there before can no longer start.")


@pytest.mark.parametrize(
    ("provider", "model", "note"),
    [
        ("anthropic", "claude-haiku-5-5", "Requests above 100,000 tokens cost $0.50 for input."),
        ("google", "gemini-3.8-flash", "From 1 January 2027 input costs $1.50."),
        ("deepseek", "deepseek-flash", "At some hours of the day the price is another."),
        ("azure", "gpt-5-mini", "OpenAI's own price."),
    ],
)
def test_what_a_plain_price_does_not_say_is_a_note(provider: str, model: str, note: str) -> None:
    rows = {row.model: row for row in present_models(models(provider, TODAY), load_framework().market, TODAY, 36)}
    assert note in rows[model].notes
