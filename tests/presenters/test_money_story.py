"""The money page as a sponsor reads it: what must be true first, one story, and no figure without its range."""

from dataclasses import replace
from datetime import date
from typing import Any

from assessments.engine.decision import Decision
from assessments.engine.economics.detailed import detailed_economics, detailed_money
from assessments.framework import load_framework
from assessments.presenters.brief import present_brief
from assessments.presenters.money.section import MoneyView, present_money
from assessments.presenters.panel import money_line
from assessments.presenters.verdict import figures

from ..documents import decided, example_document
from ..money import motor_claims
from .answers import decision_and_answers

TODAY = date(2026, 11, 27)


def told(document: dict[str, Any]) -> MoneyView:
    decision, answers = decision_and_answers(document)
    shown = present_money(decision, answers, TODAY)
    assert shown
    return shown


def rows_of(shown: MoneyView) -> dict[str, tuple[str, str, str]]:
    assert shown.must_hold
    return {row.name: (row.today, row.needed, row.gap) for row in shown.must_hold.rows}


def test_motor_claims_lead_with_what_must_be_true() -> None:
    """Issue 11: 40,000 requests, 2,500 tokens, $6 a failed request, 82 → 90 %; what matters most comes first."""
    shown = told(motor_claims())
    assert list(rows_of(shown).items()) == [
        ("Right answers", ("90%", "at least 84%", "6.1 points to spare")),
        ("Requests a month", ("40,000", "at least 9,970", "75% to spare")),
        ("Hours of work before the start", ("160", "at most 1,900", "Up to 12 times today's")),
        ("Price of the model (today's prompt)", ("$2.00", "Any", "Pays back at any")),
    ]
    assert shown.must_hold
    first = shown.must_hold.rows[0]
    assert (first.small, first.span) == ("Today's prompt: 82%", "80% to 100%, our range, as nobody measured it")
    assert shown.investment
    assert shown.investment.finding == (
        "Pays back in 0.5–10.5 months if accuracy rises by 2 points or more; at today's accuracy never"
    )
    assert shown.heading == "Pays back after 1.2 months, if 90% of answers are right"


def test_with_equal_accuracy_it_says_that_it_never_pays() -> None:
    shown = told(motor_claims(accuracy=0.82))
    assert shown.heading == "Does not pay back within 36 months, if 82% of answers are right"
    assert rows_of(shown)["Right answers"] == ("82%", "at least 84%", "1.9 points short")
    assert rows_of(shown)["Hours of work before the start"][1:] == ("No value does it", "Not by this alone")
    assert shown.investment
    assert shown.investment.finding.endswith("at today's accuracy never")
    assert "Going on as today costs least over 36 months" in shown.subtitle


def test_the_brief_shows_ranges() -> None:
    decision, answers = decision_and_answers(motor_claims())
    brief = present_brief(decision, answers=answers, today=TODAY)
    numbers = {one.name: (one.value, one.small) for one in brief.numbers}
    assert numbers["Upfront"] == ("$19,000", "$14,200 to $35,000")
    assert numbers["Pays back in"] == ("1.2 months", "0.5 to never; needs 84% right")


def keeps_prompting() -> Decision:
    """The eight approaches, with a better prompt as the verdict."""
    framework, decision = load_framework(), decided(example_document("eight_approaches"))
    form = decision.document.detailed
    assert form
    money = detailed_money(framework, decision.document)
    economics = detailed_economics(framework, decision.document, form, money, approach="prompting")
    return replace(decision, approach="prompting", leads="prompting", action="use_other_lever", economics=economics)


def test_the_eight_approaches_are_one_story() -> None:
    """Issue 11: what costs least, what the lever costs more or less, when that comes back, what it hangs on."""
    decision = keeps_prompting()
    shown = present_money(decision, {}, TODAY)
    assert shown
    assert shown.heading.startswith("Saves $3,400 at the start and costs more in all after 0.6 months")
    assert shown.subtitle == (
        "“Tune plus retrieval” costs least over 36 months, $376,864 less than “Better prompt”. Compared with “Split "
        "the task”, the best lever without tuning, “Better prompt” saves $3,400 at the start but costs $9,724 more a "
        "month on average. It hangs most on how many answers are right."
    )
    words = {figure.name: figure.words for figure in (shown.investment.figures if shown.investment else ())}
    assert (words["Upfront"], words["Break-even"]) == ("$3,400 saved", "Never")
    shown_figures = {figure.name: figure.value for figure in figures(decision)}
    assert (shown_figures["Saved at the start"], shown_figures["Saving used up after"]) == ("$3,400", "0.6 months")
    assert money_line(decision) == "Saves $3,400 at the start and costs more in all after 0.6 months."
    assert "−$3,400" not in str((shown.heading, shown.must_hold, shown.investment and shown.investment.figures))
