"""Whether a way to tune lasts: dates of economics.md 1.7."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assessments.engine.economics.tuning_offers import purchasable
from assessments.framework import load_framework

OFFERS = load_framework().market.offer
ONLY_USE = replace(OFFERS["azure_openai"], last_training=None, ends_on=date(2027, 10, 31))
"""One that nobody needs to train again."""


@pytest.mark.parametrize(
    ("offer", "today", "months", "state"),
    [
        ("openai_gpt_4_1", date(2026, 11, 20), 36, "ends"),
        ("openai_gpt_4_1", date(2026, 11, 20), 1, "lasts"),  # to 19 December
        ("openai_gpt_4_1", date(2026, 11, 20), 2, "ends"),
        ("openai_gpt_4_1", date(2027, 1, 6), 1, "ends"),
        ("openai_gpt_4_1", date(2027, 1, 7), 36, "gone"),
        ("azure_openai", date(2026, 11, 20), 4, "lasts"),  # to 19 March 2027; training stops on 14 April
        ("azure_openai", date(2026, 11, 20), 5, "ends"),
        ("openai_gpt_4_1_nano", date(2026, 11, 20), 36, "gone"),
        ("vertex_gemini_flash", date(2026, 11, 20), 36, "gone"),
        ("mistral", date(2026, 11, 20), 36, "gone"),
        ("databricks", date(2026, 11, 20), 36, "gone"),
        ("google_ai_studio", date(2026, 11, 20), 36, "gone"),
        ("cohere", date(2026, 11, 20), 1, "gone"),
        ("fireworks_lora_16b", date(2026, 11, 20), 120, "lasts"),
        ("self_hosted_h100", date(2026, 11, 20), 120, "lasts"),
    ],
)
def test_an_offer_lasts_for_the_plan_or_says_that_it_does_not(offer: str, today: Any, months: int, state: str) -> None:
    assert purchasable(OFFERS[offer], today, months).state == state


def test_what_ends_says_when_and_in_which_month_of_the_plan() -> None:
    found = purchasable(ONLY_USE, date(2026, 11, 20), 36)
    assert (found.code, found.last_month) == ("end_announced", 12)


def test_a_plan_of_a_month_from_the_last_of_january_ends_in_february() -> None:
    assert purchasable(ONLY_USE, date(2027, 1, 31), 1).state == "lasts"


def test_the_last_day_is_in_the_plan_and_the_day_after_it_is_over() -> None:
    assert purchasable(ONLY_USE, date(2027, 10, 31), 36).last_month == 1
    after = purchasable(ONLY_USE, date(2027, 11, 1), 36)
    assert (after.state, after.code) == ("gone", "stopped")


def test_what_can_be_used_but_no_longer_trained_to_the_end_ends() -> None:
    """A model has to be trained again while it is used."""
    offer = replace(ONLY_USE, last_training=date(2027, 3, 1))
    assert purchasable(offer, date(2026, 11, 20), 6).state == "ends"
    assert purchasable(offer, date(2026, 11, 20), 3).state == "lasts"


def test_what_stops_on_the_last_day_of_the_plan_outlasts_it() -> None:
    found = purchasable(ONLY_USE, date(2026, 11, 1), 12)  # to 31 October 2027
    assert (found.state, found.last_month) == ("lasts", None)
