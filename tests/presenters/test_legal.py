"""Legal and exit in words: one line where something is tuned, nothing elsewhere; an offer's terms come first."""

from datetime import date
from typing import Any

from assessments.presenters.brief import present_brief
from assessments.presenters.formats import day
from assessments.presenters.legal import LegalView, present_legal

from ..documents import example_document
from .answers import decision_and_answers

SAID: dict[str, Any] = {
    "base_parameters": 8,
    "base_licence_name": "Apache 2.0",
    "base_licence": {"value": "yes", "evidence": "Read by legal", "strength": "documented"},
    "data_rights": "no",
    "weights_ours": "yes",
    "notice_months": 6,
    "exit_cost": 9000,
}


def shown(name: str, **parts: Any) -> tuple[LegalView, str]:
    """The block, and its line on the brief."""
    decision, answers = decision_and_answers(example_document(name) | {"legal": SAID} | parts)
    return present_legal(decision, answers), present_brief(decision, answers=answers, today=date(2026, 11, 27)).legal


def test_a_verdict_that_tunes_has_one_line_and_another_none() -> None:
    view, line = shown("task_api")
    assert line == view.line == "1/4,500 of the EU’s line, 1 of 4 settled"
    assert [(row.words, row.state) for row in view.points[:3]] == [
        ("Yes (Apache 2.0)", "done"),
        ("No", "warn"),
        ("Open", "todo"),
    ]
    assert view.points[0].note == "Documented: Read by legal"
    assert [row.words for row in view.exit] == ["Yes", "6 months", "$9,000"]
    untuned, nothing = shown("support_copilot")
    assert (untuned.tuned, nothing) == (False, "")


def test_terms_come_from_the_picked_offer_and_what_it_does_not_say_from_what_was_typed() -> None:
    prices = {"user_tokens": 1000, "input_price": 1, "output_price": 1}
    approaches = {"status_quo": prices, "fine_tune_small": prices}
    decision, _ = decision_and_answers(example_document("task_api"))
    offer = decision.framework.market.offer["openai_gpt_4_1"]
    origin = {"kind": "tuning_price", "offer": offer.key, "as_of": offer.as_of.isoformat()}
    view, _ = shown(
        "task_api",
        costs={"detailed": {"monthly_requests": 10, "approaches": approaches}},
        origins={"costs.detailed.fine_tune_small.input_price": origin},
    )
    rows = {row.name: row for row in view.exit}
    assert offer.ends_on
    assert (rows["Weights"].words, rows["End of serving"].words) == ("No", day(offer.ends_on))
    assert all(f"{offer.provider}, {offer.model}" in rows[name].note for name in ("Weights", "End of serving"))
    assert rows["Notice"].words == (offer.notice or "6 months")
    assert rows["Cost of leaving"].words == "$9,000"
