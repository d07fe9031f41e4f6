"""The verdict so far: it says no more than the answers carry, and what to answer next."""

from datetime import date
from typing import Any

import pytest

from assessments.engine.decide import decide, stability_of, verdict_on
from assessments.engine.document import read_document
from assessments.presenters.panel import MOST_ASKED, MOST_BEFORE, MOST_ODDS, Panel, present_panel, tree_steps
from assessments.presenters.robustness import present_settled
from assessments.presenters.verdict import NO_VERDICT

from ..documents import decided, example_document, full_document, named
from ..visits import FRAMEWORK

CEILING, FOR, AGAINST = (FRAMEWORK.keys(role) for role in ("ceiling", "indicator", "anti_indicator"))
DECIDING = FRAMEWORK.deciding_keys
BEGUN = FRAMEWORK.thresholds.begun_from


def panel(document: dict[str, Any]) -> Panel:
    verdict = verdict_on(FRAMEWORK, read_document(document, FRAMEWORK))
    return present_panel(verdict, stability_of(verdict), date(2026, 11, 27))


def answers(**values: tuple[str, ...]) -> dict[str, Any]:
    return named(answers={key: value for value, keys in values.items() for key in keys})


KEEP = named(answers=dict.fromkeys(DECIDING, "no") | {"prompts_succeed": "yes"})
BEST = answers(yes=(*CEILING, *FOR[:4], "tuning_available", "newest_model_tried", "prompt_fix_failed"))
ALL_BUT_ONE = named(answers={key: "no" for key in DECIDING if key != "brand_voice"} | dict.fromkeys(CEILING, "yes"))
EXAMPLES = [example_document(name) for name in ("service_desk", "support_copilot", "task_api")]


def test_before_enough_is_answered_there_is_no_verdict_and_it_says_what_is_missing() -> None:
    shown = panel(answers(yes=CEILING[: BEGUN - 3]))
    assert (shown.state, shown.name, shown.sentence, shown.announcement) == ("not_yet", NO_VERDICT, NO_VERDICT, "")
    assert "three more" in shown.because
    assert (shown.certainty, shown.odds, shown.stands) == ((), (), "")
    assert "failures" in shown.ask_next[0].ask
    assert shown.ask_next[1].anchor.removeprefix("q-") in DECIDING


def test_a_count_of_failures_is_enough_to_lean() -> None:
    assert panel(named(failures={"policy_tone": 12})).state != "not_yet"


@pytest.mark.parametrize("document", [KEEP, BEST, ALL_BUT_ONE, *EXAMPLES, full_document()])
def test_it_stands_as_firmly_as_the_result_says(document: Any) -> None:
    shown, decision = panel(document), decide(FRAMEWORK, read_document(document, FRAMEWORK))
    assert shown.state == decision.robustness.stability
    assert [scale.word for scale in shown.certainty][2].lower() == shown.state
    assert present_settled(decision).word.lower() == shown.state


@pytest.mark.parametrize("document", [KEEP, BEST, ALL_BUT_ONE, *EXAMPLES])
def test_what_it_could_become_and_what_to_ask_stand_there_while_it_is_open(document: Any) -> None:
    shown, decision = panel(document), decided(document)
    assert bool(shown.odds) == (shown.state != "settled")
    assert len(shown.odds) <= MOST_ODDS
    if shown.odds:
        assert FRAMEWORK.approach[decision.leads].name in {one.name for one in shown.odds}
        asked = [one.anchor.removeprefix("q-") for one in shown.ask_next]
        assert tuple(asked) == decision.robustness.find_out_next[:MOST_ASKED]


def test_one_that_leans_says_so_and_no_more() -> None:
    shown = panel(example_document("service_desk"))
    assert (shown.state, shown.stands) == ("leaning", "")
    assert shown.sentence == f"Leaning towards {shown.name[0].lower()}{shown.name[1:]}"
    assert shown.announcement == f"Verdict so far: {shown.sentence}"


def test_it_says_where_what_is_open_points_elsewhere() -> None:
    shown = panel(example_document("service_desk"))
    assert shown.odds[0].name != shown.name
    assert "points elsewhere" in shown.because


def test_one_that_is_settled_names_what_comes_first() -> None:
    document = example_document("task_api")
    document["answers"] |= {key: "no" for key in DECIDING if key not in document["answers"]}
    shown = panel(document)
    assert shown.state == "settled"
    assert shown.sentence == f"{shown.name}, {shown.stands}"
    assert not shown.before


def test_one_that_is_settled_says_what_stands_in_the_way_of_a_start() -> None:
    shown = panel(named(answers=BEST["answers"] | {key: "no" for key in DECIDING if key not in BEST["answers"]}))
    assert shown.state == "settled"
    assert 0 < len(shown.before) <= MOST_BEFORE
    assert not panel(ALL_BUT_ONE).before


def test_to_keep_the_prompt_is_said_in_its_own_words() -> None:
    shown = panel(KEEP)
    assert shown.state == "settled"
    assert f"{shown.sentence}." == FRAMEWORK.verdict.actions["keep"]


def test_it_counts_the_deciding_questions_that_are_known() -> None:
    assert panel(named()).deciding == len(DECIDING)
    assert panel(answers(yes=CEILING[:2], unsure=FOR[:1], no=AGAINST[:1])).known == 3
    assert panel(named(use_case={"monthly_requests": 40_000})).known == 1


def test_only_evidence_that_is_there_backs_an_answer() -> None:
    document = example_document("task_api")
    key = decided(document).deciding[0]
    said = document["answers"][key]
    value = said["value"] if isinstance(said, dict) else said
    bare = panel(document | {"answers": document["answers"] | {key: {"value": value, "strength": "measured"}}})
    backed = {"value": value, "strength": "measured", "evidence": "A run on 500 cases"}
    shown = panel(document | {"answers": document["answers"] | {key: backed}})
    assert bare.certainty[1].clause != shown.certainty[1].clause


def test_the_tree_is_walked_until_it_stops() -> None:
    def states(document: dict[str, Any]) -> list[str]:
        read = read_document(document, FRAMEWORK)
        return [step.state for step in tree_steps(verdict_on(FRAMEWORK, read), read)]

    assert states(named()) == ["now", "todo", "todo"]
    assert states(answers(yes=CEILING)) == ["done", "now", "todo"]
    assert states(answers(yes=(*CEILING, *FOR[:4], *AGAINST[:2]))) == ["done", "done", "now"]
    assert states(answers(yes=(*CEILING, *FOR[:4]), no=AGAINST)) == ["done", "done", "done"]


def test_payback_is_told_once_costs_are_there() -> None:
    assert panel(named()).money_line == ""
    money = panel(example_document("task_api")).money_line
    assert "$6,000" in money
    assert "4 months" in money
