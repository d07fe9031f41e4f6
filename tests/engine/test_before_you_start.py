"""What stands in the way of a start: readiness answered no, what is open, ends inside the plan, short labels."""

from datetime import date
from typing import Any

import pytest

from assessments.engine.before_you_start import before_you_start
from assessments.engine.decision import Decision
from assessments.presenters.before_you_start import present_before

from .documents import CEILING_HIT, FRAMEWORK, decide_on, decide_on_example

TODAY = date(2026, 11, 27)
TUNES = CEILING_HIT | {"consistent_behavior": "yes", "data_sovereignty": "yes"}
COUNTED = {"readiness": {"labelled_examples": 5000}}


def before(decision: Decision) -> Any:
    return before_you_start(decision, decision.robustness, TODAY)


def before_in_words(decision: Decision) -> Any:
    return present_before(decision, decision.robustness, TODAY)


def found(answers: Any = TUNES, **parts: Any) -> Any:
    decision = decide_on(answers, **({**COUNTED, **parts}))
    return [(one.code, one.key) for one in before(decision)]


def test_what_the_verdict_waits_for_comes_first() -> None:
    """method.md 8: the service desk waits for two steps of the ceiling."""
    lines = before(decide_on_example("service_desk"))
    assert [one.key for one in lines[:2]] == ["multiple_models", "few_shot_used"]
    assert {one.code for one in lines[:2]} == {"unsure"}
    short = [dict(one.figures) for one in lines if one.code == "label"]
    assert short == [{"label": "MFA-related VPN issues", "missing": 4}]


LEGAL = FRAMEWORK.legal.to_settle
NOES = [text.key for text in FRAMEWORK.guide.before.answers if text.answer == "no" and text.key not in LEGAL]


@pytest.mark.parametrize("key", NOES)
def test_a_no_of_readiness_stands_in_the_way_of_tuning_and_nothing_else_does(key: Any) -> None:
    assert ("no", key) in found(TUNES | {key: "no"})
    assert ("no", key) not in found(TUNES | {key: "yes"})
    assert ("no", key) not in found(TUNES)


def test_a_no_of_the_law_stands_there_for_itself_and_what_is_open_in_one_line_at_the_first_of_it() -> None:
    """A teacher's terms count where there is a teacher; beside another lever than tuning nothing of it is said."""
    said = {"base_licence": "yes", "data_rights": "no", "safety_rerun": "unsure"}
    assert [(code, key) for code, key in found(legal=said) if key in LEGAL] == [
        ("no", "data_rights"),
        ("legal", "personal_data"),
    ]
    lines = before(decide_on(TUNES | {"teacher_labels": "yes"}, **COUNTED, legal=said))
    assert next(dict(one.figures) for one in lines if one.code == "legal") == {"open": 3, "of": 5}
    settled = dict.fromkeys(LEGAL, "yes") | {"personal_data": "na"}
    assert not [key for _, key in found(legal=settled) if key in LEGAL]
    untuned = found({"eval_set": "no"}, failures={"wrong_retrieval": 9}, readiness={}, legal=said)
    assert not [key for _, key in untuned if key in LEGAL]


def test_what_only_training_needs_is_not_asked_of_a_better_search() -> None:
    answers = {"data_safety": "no", "owner_named": "no", "eval_set": "no"}
    lines = found(answers, failures={"wrong_retrieval": 9}, readiness={})
    assert [key for code, key in lines if code == "no"] == ["eval_set"]
    assert not any(code in ("uncounted", "short", "label") for code, _ in lines)


def test_examples_that_nobody_counted_or_that_fall_short_are_said() -> None:
    goal = {"use_case": {"name": "A", "goal": "format"}}
    assert ("uncounted", "labelled_examples") in found(readiness={})
    assert ("short", "labelled_examples") in found(readiness={"labelled_examples": 499}, **goal)
    assert ("short", "labelled_examples") not in found(readiness={"labelled_examples": 500}, **goal)


def test_a_prompt_that_is_kept_needs_no_start() -> None:
    spoken = ("changing_requirements", "low_volume", "insufficient_data", "brand_voice")
    decision = decide_on(dict.fromkeys(spoken, "no") | {"prompts_succeed": "yes", "eval_set": "no"})
    assert decision.action == "keep"
    assert {one.code for one in before(decision)} <= {"unsure"}


def priced(offer: Any) -> Any:
    """Detailed costs in which the tune's price came from this offer."""
    today = {"user_tokens": 1000, "input_price": 1, "output_price": 1}
    as_of = FRAMEWORK.market.offer[offer].as_of.isoformat()
    origin = {"kind": "tuning_price", "offer": offer, "as_of": as_of}
    return {
        "costs": {"detailed": {"monthly_requests": 10, "approaches": {"status_quo": today, "fine_tune_small": today}}},
        "origins": {"costs.detailed.fine_tune_small.input_price": origin},
    }


@pytest.mark.parametrize(
    ("offer", "code", "words"),
    [
        ("openai_gpt_4_1", "ends", "ends on 6 January 2027"),
        ("fireworks_lora_16b", "", ""),
    ],
)
def test_what_ends_inside_the_plan_is_said_with_its_day(offer: str, code: str, words: str) -> None:
    decision = decide_on(TUNES, **priced(offer), **COUNTED)
    assert decision.leads == "fine_tune_small"
    codes = [one.code for one in before(decision) if one.code in ("ends", "gone")]
    assert codes == [code] * bool(code)
    assert any(words in line.text for line in before_in_words(decision))


def test_the_model_that_the_use_case_names_ends_inside_the_plan() -> None:
    """Issue 11, economics.md 1.11: the market's day, month 1 begins on the day of its table; nothing is costed."""
    words = [
        [line.text for line in before_in_words(decide_on(TUNES, **COUNTED, use_case={"name": "A", "model": model}))]
        for model in ("GPT-5-mini at OpenAI", "a model of our own")
    ]
    said = "Today's model ends on 11 December 2026, month 1: the move is not costed"
    assert [said in lines for lines in words] == [True, False]


@pytest.mark.parametrize(
    ("model", "line"),
    [("gpt-4", "gpt-4 is no longer sold"), ("gpt-5-mini", "gpt-5-mini ends on 11 December 2026")],
)
def test_a_model_in_use_that_is_no_longer_sold_or_ends_is_said(model: str, line: str) -> None:
    origin = {"kind": "price_list", "provider": "openai", "model": model, "as_of": "2026-11-10"}
    picked = priced("self_hosted_h100") | {"origins": {"costs.detailed.status_quo.input_price": origin}}
    lines = [line.text for line in before_in_words(decide_on(TUNES, **picked, **COUNTED))]
    assert any(said.startswith(line) for said in lines)


def test_every_question_that_can_decide_has_its_line_while_it_is_open() -> None:
    """All but those that only mark a lever as tried: they move the verdict, and no start waits for them."""
    lines = {key for key, answer in FRAMEWORK.guide.before.answer if answer == "unsure"}
    assert set(FRAMEWORK.deciding_keys) - lines == {
        "runs_in_house",
        "prompt_optimizer_tried",
        "decomposition_tried",
        "classifier_tried",
        "cheaper_serving_tried",
    }


def test_a_line_is_short_and_leads_to_where_it_is_mended() -> None:
    for line in before_in_words(decide_on_example("service_desk")):
        assert len(line.text) <= 60
        assert line.section
        assert line.anchor.startswith("q-")
