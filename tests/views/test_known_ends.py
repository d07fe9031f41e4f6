"""Known ends and price changes in the detailed form: refused in place where they cannot be, told by their months."""

from typing import Any

import pytest

from tests.documents import named
from tests.pages import Page
from tests.visits import bring_in

from .test_costs_detail import autosave, numbers, opened, send

TODAY = {"input_price": 2, "output_price": 8, "user_tokens": 1000, "output_tokens": 200}


@pytest.fixture
def costs(owner: Any) -> Any:
    form = {"approaches": {"status_quo": TODAY, "other_model": {}}}
    return bring_in(owner, named(costs={"starts_on": "2026-11-20", "detailed": form}))


@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [
        ("ends_on", "2026-11-19", "That is before 20 November 2026, when the plan starts."),
        ("ends_on", "19.11.2027", "Last day of this model: must be a day, like"),
        ("price_changes_on", "2027-01-01", "Enter what the prompt or the answer will cost from that day on"),
        ("long_prompt_above", "200000", "Enter what a long prompt or its answer costs"),
    ],
)
def test_what_cannot_be_is_refused_in_place_and_nothing_is_lost(
    owner: Any, costs: Any, key: str, typed: str, sentence: str
) -> None:
    """Issue 11, bad input; everything else on the page is saved, and what was typed stays in its field."""
    assert sentence in autosave(owner, costs, key, **{key: typed}).content.decode()
    response = send(owner, costs, **{key: typed, "reasoning_tokens": "300"})
    page = Page(response)
    assert response.status_code == 422
    assert sentence in page.words("problem")
    assert page.form("section-form")[key] == typed
    assert numbers(costs) == TODAY | {"reasoning_tokens": 300}


def test_days_are_told_by_the_month_of_the_plan(owner: Any, costs: Any) -> None:
    typed = {"ends_on": "2026-12-20", "price_changes_on": "2027-01-01", "changed_input_price": "4"}
    send(owner, costs, **typed)
    page = opened(owner, costs)
    assert "Ends in month 2 of the plan" in page.words("q-ends_on")
    assert "The new prices hold from month 2 of the plan." in page.words("q-price_changes_on")
    # The price goes only together with its day.
    refused = autosave(owner, costs, "changed_input_price", changed_input_price="")
    assert "or leave the day empty" in refused.content.decode()
    assert numbers(costs)["changed_input_price"] == 4
