"""The portfolio in words: each cell a number and a word, each state a word and a shape."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.presenters.portfolio import (
    PortfolioCounts,
    filter_sentence,
    found_sentence,
    lead_sentence,
    present_tiles,
)
from assessments.presenters.portfolio_rows import present_cells, present_row

from ..visits import FRAMEWORK

NOT_ASKED = SimpleNamespace(state="not_asked", words="Not asked", due=())


def entry(**columns: Any) -> Any:
    usual = {
        "pk": "2" * 12,
        "assessment": SimpleNamespace(changed_at=datetime(2026, 11, 10, tzinfo=UTC)),
        "shown_name": "Refund replies",
        "task_kind": "drafting",
        "approach": "fine_tune_small",
        "action": "pilot",
        "wording": "",
        "leaf": "fine_tune_candidate",
        "settled": True,
        "ceiling": "yes",
        "ceiling_met": 5,
        "reasons_for": 4,
        "reasons_against": 0,
        "labelled": 640,
        "payback_months": 4.0,
        "has_costs": True,
        "pilot": "",
        "measured": False,
        "answered": 37,
        "questions": 54,
    }
    return SimpleNamespace(**usual | columns)


def row_of(sign_off: Any = NOT_ASKED, **columns: Any) -> Any:
    return present_row(entry(**columns), FRAMEWORK, sign_off=sign_off)


def cell(place: Any, **columns: Any) -> Any:
    found = present_cells(entry(**columns), FRAMEWORK)[place]
    return found.number, found.word, found.step


CEILING, FOR, AGAINST, EXAMPLES, PAYBACK = range(5)


def test_a_row_says_everything_in_words() -> None:
    row = row_of()
    assert (row.name, row.task_kind, row.progress) == ("Refund replies", "Drafting", "37 of 54 answered")
    assert (row.verdict.word, row.verdict.shape, row.what_to_do) == ("Fine-tune a small model", "i-half", "Pilot first")
    assert [(one.number, one.word) for one in row.cells] == [
        ("5 of 5", "Reached"),
        ("4 of 6", "Good"),
        ("0 of 5", "Not one"),
        ("640", "Enough to pilot"),
        ("4 months", "Fast"),
    ]
    assert (row.settled.word, row.sign_off.word, row.has_verdict, row.is_complete) == (
        "Settled",
        "Not asked",
        True,
        False,
    )


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"ceiling": "open", "ceiling_met": 5}, ("5 of 5", "Target not judged", 4)),
        ({"ceiling": "no", "ceiling_met": 5}, ("5 of 5", "Target met", 4)),
        ({"ceiling": "no", "ceiling_met": 3}, ("3 of 5", "Two left", 3)),
        ({"ceiling": "open", "ceiling_met": 0}, ("0 of 5", "Five left", 1)),
        ({"ceiling": "yes", "ceiling_met": 5}, ("5 of 5", "Reached", 5)),
    ],
)
def test_the_ceiling(columns: Any, told: Any) -> None:
    assert cell(CEILING, **columns) == told


@pytest.mark.parametrize(
    ("found", "word", "step"),
    [
        (0, "Not one", 1),
        (1, "Hardly any", 1),
        (2, "Few", 2),
        (3, "Some", 3),
        (4, "Good", 4),
        (5, "Strong", 5),
        (6, "Strong", 5),
    ],
)
def test_the_reasons_for(found: int, word: str, step: int) -> None:
    assert cell(FOR, reasons_for=found) == (f"{found} of 6", word, step)


@pytest.mark.parametrize(
    ("found", "word", "step"),
    [(0, "Not one", 5), (1, "Few", 4), (2, "Too many", 2), (3, "Far too many", 1), (5, "Far too many", 1)],
)
def test_the_reasons_against(found: int, word: str, step: int) -> None:
    assert cell(AGAINST, reasons_against=found) == (f"{found} of 5", word, step)


@pytest.mark.parametrize(
    ("labelled", "told"),
    [
        (None, ("–", "Not known", 0)),
        (0, ("0", "Too few", 1)),
        (199, ("199", "Too few", 1)),
        (200, ("200", "Thin", 2)),
        (500, ("500", "Enough to pilot", 3)),
        (1000, ("1,000", "Good", 4)),
        (2000, ("2,000", "Plenty", 5)),
        (10**9, ("1,000,000,000", "Plenty", 5)),
    ],
)
def test_the_labelled_examples(labelled: Any, told: Any) -> None:
    assert cell(EXAMPLES, labelled=labelled) == told


@pytest.mark.parametrize(
    ("months", "has_costs", "told"),
    [
        (None, False, ("–", "No costs", 0)),
        (None, True, ("Never", "No payback", 1)),
        (0.0, True, ("At once", "Very fast", 5)),
        (3.0, True, ("3 months", "Very fast", 5)),
        (6.0, True, ("6 months", "Fast", 4)),
        (6.1, True, ("6.1 months", "Fair", 3)),
        (24.0, True, ("24 months", "Slow", 2)),
        (24.1, True, ("24.1 months", "Far too slow", 1)),
    ],
)
def test_the_payback(months: float | None, has_costs: bool, told: Any) -> None:
    assert cell(PAYBACK, payback_months=months, has_costs=has_costs) == told


@given(
    st.builds(
        entry,
        action=st.sampled_from(("go", "pilot", "fix_first", "use_other_lever", "keep", "")),
        approach=st.sampled_from(list(FRAMEWORK.approach)),
        leaf=st.sampled_from(list(FRAMEWORK.leaf)),
        ceiling=st.sampled_from(("yes", "no", "open")),
        ceiling_met=st.integers(0, 5),
        reasons_for=st.integers(0, 6),
        reasons_against=st.integers(0, 5),
        labelled=st.one_of(st.none(), st.integers(0, 10**9)),
        payback_months=st.one_of(st.none(), st.floats(0, 600)),
        has_costs=st.booleans(),
    )
)
def test_every_cell_has_a_number_and_a_word_and_one_of_five_steps(found: Any) -> None:
    for one in present_cells(found, FRAMEWORK):
        assert one.number
        assert one.word
        assert 0 <= one.step <= 5
        assert (one.step == 0) == (one.number == "–")


def test_before_there_is_a_verdict_nothing_is_made_up() -> None:
    row = row_of(action="", approach="", settled=False, labelled=None, has_costs=False, payback_months=None)
    assert (row.verdict.word, row.what_to_do, row.has_verdict) == ("No verdict yet", "", False)
    assert row.settled.word == "Not yet"
    assert {one.step for one in row.cells} == {0}


def test_states_differ_in_shape_and_not_only_in_colour() -> None:
    actions = ("go", "pilot", "fix_first", "use_other_lever", "")
    verdicts = [row_of(action=action).verdict.shape for action in actions]
    assert len(set(verdicts)) == len(actions)
    settled = [row_of(settled=settled).settled.shape for settled in (True, False)]
    assert len(set(settled)) == 2


def test_a_decision_that_wants_another_look_says_why() -> None:
    seen = SimpleNamespace(state="approved", words="Approved", due=("The stop date was 1 March 2026.",))
    row = row_of(seen)
    assert (row.sign_off.word, row.sign_off.shape) == ("Approved", "i-done")
    assert row.due == ("The stop date was 1 March 2026.",)


# over the table


def counts(
    *, to_fix: Any = None, other: Any = None, blank: Any = 0, in_progress: Any = 0, behind: Any = 0, **actions: Any
) -> Any:
    to_fix, other = to_fix or {}, other or {}
    by_action = {"go": 0, "pilot": 0, "confirm_first": 0, "keep": 0} | actions
    by_action |= {"fix_first": sum(to_fix.values()), "use_other_lever": sum(other.values()), "": blank}
    worked_out = sum(by_action.values())
    return PortfolioCounts(
        total=worked_out + behind,
        worked_out=worked_out,
        behind=behind,
        in_progress=in_progress,
        by_action=by_action,
        to_fix=to_fix,
        other=other,
    )


def test_the_tiles_count_and_say_what_they_count() -> None:
    found = counts(
        go=1,
        pilot=1,
        to_fix={"better_rag": 1},
        other={"prompting": 2, "tools": 1, "other_model": 0},
        blank=1,
        in_progress=3,
    )
    assert [(tile.name, tile.number, tile.small) for tile in present_tiles(found, FRAMEWORK)] == [
        ("Fine-tuning candidates", 2, "1 needs a pilot first"),
        ("Something to fix first", 1, "better retrieval"),
        ("Better served another way", 3, "better prompt, better tools"),
        ("In progress", 3, "1 without a verdict yet"),
    ]


def test_tiles_over_nothing_say_nothing_more() -> None:
    assert [(tile.number, tile.small) for tile in present_tiles(counts(), FRAMEWORK)] == [(0, "")] * 4
    assert present_tiles(counts(go=2), FRAMEWORK)[0].small == "ready to go ahead"


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (counts(), "No use case has a verdict yet. Each needs its prompt ceiling looked at first."),
        (counts(blank=2), "No use case has a verdict yet. Each needs its prompt ceiling looked at first."),
        (counts(go=1), "The one use case with a verdict is worth tuning."),
        (counts(keep=1), "The one use case with a verdict is not worth tuning."),
        (counts(pilot=2, to_fix={"tools": 3}), "Two of five use cases with a verdict are worth tuning."),
        (counts(pilot=1, keep=1), "One of two use cases with a verdict is worth tuning."),
        (counts(keep=3, blank=1), "None of three use cases with a verdict are worth tuning. One is still without one."),
        (
            counts(pilot=3, keep=17, blank=4),
            "3 of 20 use cases with a verdict are worth tuning. 4 are still without one.",
        ),
        (counts(pilot=1200, keep=8800), "1,200 of 10,000 use cases with a verdict are worth tuning."),
    ],
)
def test_the_lead_tells_the_finding(found: Any, sentence: str) -> None:
    assert lead_sentence(found) == sentence


@pytest.mark.parametrize(
    ("found", "total", "filtered", "sentence"),
    [
        (24, 24, False, "24 use cases"),
        (1, 1, False, "1 use case"),
        (3, 24, True, "3 of 24 use cases"),
        (0, 1, True, "0 of 1 use case"),
        (10_000, 10_000, False, "10,000 use cases"),
    ],
)
def test_how_many_are_shown(found: int, total: int, filtered: bool, sentence: str) -> None:
    assert found_sentence(found, total, filtered=filtered) == sentence


def test_what_filters_leave() -> None:
    assert filter_sentence({"Verdict": "", "Settled": ""}) == "All use cases"
    told = filter_sentence({"Verdict": "No verdict yet", "Settled": "", "Name with": "“refund”"})
    assert told == "Verdict: No verdict yet and Name with: “refund”"
