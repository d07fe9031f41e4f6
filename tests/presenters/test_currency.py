"""Every amount is shown in the currency of the costs, and nothing is converted (request f11)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assessments.engine.document import DocumentError, read_document
from assessments.engine.result import read_result
from assessments.engine.result_json import result_json
from assessments.framework import load_framework
from assessments.framework.shown_in import in_currency
from assessments.presenters.money.section import present_money
from assessments.presenters.money.sheets import all_sheets
from assessments.presenters.panel import money_line
from assessments.presenters.sheets import to_csv

from ..documents import decided, named
from ..money import detailed_document, ranged_document
from .answers import decision_and_answers

FRAMEWORK = load_framework()
F11 = named(costs={"currency": "EUR", "summary": {"api_savings": 2000}})


def texts(value: Any) -> str:
    """Every text in a view, charts with all they say."""
    if hasattr(value, "__dataclass_fields__"):
        if hasattr(value, "svg_narrow"):
            return " ".join([value.description, value.json])
        return " ".join(texts(getattr(value, name)) for name in value.__dataclass_fields__)
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return " ".join(map(texts, value.values()))
    return " ".join(map(texts, value)) if isinstance(value, (list, tuple)) else ""


def shown(document: dict[str, Any]) -> str:
    view = present_money(*decision_and_answers(document), date(2026, 11, 27))
    assert view
    return texts(view)


def in_euros(document: dict[str, Any]) -> dict[str, Any]:
    return document | {"costs": document["costs"] | {"currency": "EUR"}}


@pytest.mark.parametrize("document", [F11, in_euros(detailed_document()), in_euros(ranged_document())])
def test_the_section_of_money_has_no_dollar_in_it(document: Any) -> None:
    said = shown(document)
    assert "€" in said
    assert "euros" in said
    assert "$" not in said.replace("$,.0f", "").replace("US$", "")


def test_without_a_currency_amounts_are_dollars_as_they_were() -> None:
    assert "€" not in shown(detailed_document())
    assert decided(detailed_document()).framework == FRAMEWORK


def test_no_figure_is_another_in_another_currency() -> None:
    euros, dollars = (result_json(decided(document)) for document in (in_euros(ranged_document()), ranged_document()))
    assert euros["economics"].pop("currency") == "EUR"
    assert dollars["economics"].pop("currency") == "USD"
    assert euros.pop("cheapest_model")["currency"] == dollars.pop("cheapest_model")["currency"] == "USD"  # no rate
    assert euros == dollars


def test_the_currency_does_not_make_it_another_framework() -> None:
    euros = in_currency(FRAMEWORK, "EUR")
    assert euros != FRAMEWORK
    assert euros.sha256 == FRAMEWORK.sha256
    assert in_currency(euros, "USD") == FRAMEWORK
    assert in_currency(FRAMEWORK, "EUR") is euros


def test_a_framework_in_its_own_currency_is_itself_whichever_was_read_before() -> None:
    for one in (FRAMEWORK, replace(FRAMEWORK)):
        assert in_currency(one, one.currency) is one
        assert in_currency(in_currency(one, "EUR"), one.currency) == one


def test_the_panel_says_it_in_the_currency() -> None:
    assert money_line(decided(F11)) == "If you tuned: €6,050 upfront, pays back after 8.1 months."


def test_a_code_that_is_no_sign_stands_before_the_amount() -> None:
    assert "CHF\xa06,050 upfront" in money_line(decided(named(costs=F11["costs"] | {"currency": "CHF"})))


def test_a_stored_result_knows_its_currency() -> None:
    stored = result_json(decided(F11))
    found = read_result(stored).economics
    assert found
    assert found.currency == "EUR"


def test_the_files_name_the_currency() -> None:
    decision = decided(in_euros(detailed_document()))
    assert decision.economics
    inputs, parts, months = all_sheets(decision.framework, decision.document, decision.economics)
    lines = to_csv(inputs).decode("utf-8-sig").splitlines()
    assert lines[1] == "All levers,Currency,currency,EUR,,,,Entered"
    assert parts.rows[0][1] == months.rows[0][0] == "Month, amounts in EUR"
    assert not any("$" in str(cell) for row in inputs.rows for cell in row if not str(cell).startswith("Our default"))


@pytest.mark.parametrize("currency", ["eur", "Euro", "€", "", "EURO", 3])
def test_what_is_no_code_of_three_letters_is_refused(currency: Any) -> None:
    with pytest.raises(DocumentError, match=r"costs\.currency: .* is not a code of three letters"):
        read_document(named(costs={"currency": currency}), FRAMEWORK)


def test_the_day_of_a_rate_must_be_one() -> None:
    with pytest.raises(DocumentError, match=r"costs\.exchange_rate_day: must be a day"):
        read_document(named(costs={"exchange_rate_day": "yesterday"}), FRAMEWORK)
