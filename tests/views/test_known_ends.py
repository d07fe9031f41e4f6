"""Known ends and price changes in the detailed form: refused in place where they cannot be, told by their months."""

from datetime import date
from typing import Any

import pytest

from assessments.services.cost_prices import take_offer
from tests.documents import example_document, named
from tests.pages import Page
from tests.visits import FRAMEWORK, bring_in, result_urls

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


def test_the_brief_and_the_money_page_say_what_ends_and_what_it_costs(owner: Any) -> None:
    """Issue 11: "The model behind this ends on 11 December 2026, in month 1" (economics.md 1.11)."""
    document = example_document("service_desk")
    document["costs"] = example_document("eight_approaches")["costs"]
    document["costs"]["starts_on"] = "2026-11-27"
    form = document["costs"]["detailed"]["approaches"]
    form["status_quo"] |= {"ends_on": "2027-03-01", "price_changes_on": "2027-01-01", "changed_output_price": 20}
    for own in (own for name, own in form.items() if name != "status_quo"):
        own["ends_on"] = "2026-12-11"
    assessment = bring_in(owner, document)
    brief, money = (Page(owner.get(url)) for url in result_urls(assessment) if url.endswith(("result/", "money/")))
    lines = brief.words("before")
    assert "The model behind this ends on 11 December 2026, month 1: the redo is costed" in lines
    assert "Today's model ends on 1 March 2027, month 4: the move is costed" in lines
    table = money.words("ends")
    assert "Today's prompt 1 January 2027, month 2 Prices change: $20.00 answer" in table
    assert "Today's prompt 1 March 2027, month 4 The model ends: moving costs $3,000" in table
    assert "11 December 2026, month 1 The model ends: $4,550 of work again" in table


def test_the_gpus_say_whether_they_are_on_contract_or_on_demand(owner: Any) -> None:
    """Issue 11: which offer was taken; its minimum is paid whatever the traffic (docs/economics.md, section 2)."""
    assessment = bring_in(
        owner, named(costs={"detailed": {"approaches": {"status_quo": TODAY, "fine_tune_small": {}}}})
    )
    for key, words in (("self_hosted_h100", "on demand"), ("self_hosted_h100_year", "one-year contract")):
        take_offer(assessment, None, "fine_tune_small", FRAMEWORK.market.offer[key], date(2026, 11, 27))
        assert words in opened(owner, assessment, "fine_tune_small").words("g-gpu")
