"""The decision tree: its path, its leaf, and when its stance is open (method.md 2.2 and 3.1)."""

from itertools import product
from typing import Any

import pytest

from assessments.engine.lenses import decision_tree

from .documents import CEILING_HIT, FRAMEWORK, document_of, judge_on
from .second_reading import ANTI_INDICATORS, CEILING, INDICATORS


def first(table: Any, number: Any, value: Any = "yes") -> Any:
    return dict.fromkeys(list(table)[:number], value)


def tree(answers: Any) -> Any:
    document = document_of(answers)
    leaf, _ = decision_tree.walk(FRAMEWORK, document.answers)
    return leaf, decision_tree.look(FRAMEWORK, document.answers).stance


def settled(reasons: Any, against: Any, ceiling: Any = CEILING_HIT) -> Any:
    answers = dict.fromkeys((*INDICATORS, *ANTI_INDICATORS), "no")
    return ceiling | answers | first(INDICATORS, reasons) | first(ANTI_INDICATORS, against)


@pytest.mark.parametrize(("reasons", "against"), list(product(range(7), range(6))))
def test_the_leaf_of_every_count(reasons: Any, against: Any) -> None:
    """method.md 3.1."""
    if reasons <= 3:
        leaf = "improve_rag_or_switch_model"
    elif against >= 2:
        leaf = "address_blockers"
    else:
        leaf = "fine_tune_candidate"
    stance = "for" if leaf == "fine_tune_candidate" else "against"
    assert tree(settled(reasons, against)) == (leaf, stance)


@pytest.mark.parametrize("key", CEILING)
def test_any_no_keeps_the_ceiling_from_being_hit(key: Any) -> None:
    """method.md 2.2: any no, and the unsure rest no longer matters."""
    assert tree({key: "no"}) == ("keep_prompting", "against")


@pytest.mark.parametrize("key", CEILING)
def test_one_unsure_leaves_the_ceiling_open(key: Any) -> None:
    answers = settled(4, 0, CEILING_HIT | {key: "unsure"})
    assert tree(answers) == ("keep_prompting", "open")
    assert judge_on(answers).path[0].outcome == "open"


def test_retrieval_that_does_not_apply_is_met() -> None:
    """method.md 2.2: `na` where the task needs no retrieval."""
    assert tree(settled(4, 0, CEILING_HIT | {"retrieval_optimized": "na"})) == ("fine_tune_candidate", "for")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, ("keep_prompting", "open")),
        (CEILING_HIT, ("improve_rag_or_switch_model", "open")),
        (settled(3, 0) | {"data_sovereignty": "unsure"}, ("improve_rag_or_switch_model", "open")),
        (settled(2, 0) | {"data_sovereignty": "unsure"}, ("improve_rag_or_switch_model", "against")),
        (settled(4, 1) | {"prompts_succeed": "unsure"}, ("fine_tune_candidate", "open")),
        (settled(4, 0) | {"prompts_succeed": "unsure"}, ("fine_tune_candidate", "for")),
        (settled(4, 2) | {"prompts_succeed": "unsure"}, ("address_blockers", "against")),
        (settled(5, 0) | {"data_sovereignty": "unsure"}, ("fine_tune_candidate", "for")),
        # whether the reasons suffice is open, yet the reasons against would stop it either way
        (settled(3, 2) | {"data_sovereignty": "unsure"}, ("improve_rag_or_switch_model", "open")),
    ],
)
def test_the_stance_is_open_where_an_unsure_answer_decides_the_leaf(answers: Any, expected: Any) -> None:
    """method.md 3.1."""
    assert tree(answers) == expected


@pytest.mark.parametrize(
    ("answers", "path"),
    [
        ({}, [("ceiling", "open", 0)]),
        ({"target_missed": "no"}, [("ceiling", "no", 0)]),
        (settled(3, 5), [("ceiling", "yes", 5), ("indicators", "no", 3)]),
        (settled(4, 2), [("ceiling", "yes", 5), ("indicators", "yes", 4), ("anti_indicators", "no", 2)]),
        (settled(6, 1), [("ceiling", "yes", 5), ("indicators", "yes", 6), ("anti_indicators", "yes", 1)]),
    ],
)
def test_the_path_ends_at_the_node_that_gives_the_leaf(answers: Any, path: Any) -> None:
    """document.md, the result's `path`."""
    assert [(node.node, node.outcome, node.count) for node in judge_on(answers).path] == path


def test_unsure_factors_are_counted_apart() -> None:
    counts = judge_on({"brand_voice": "yes", "low_volume": "yes", "data_sovereignty": "no"}).counts
    assert (counts.indicators, counts.anti_indicators, counts.unsure, counts.net) == (1, 1, 8, 0)


def test_a_condition_that_an_unsure_answer_could_still_turn_is_neither_met_nor_not() -> None:
    def met(answers: Any) -> Any:
        return [one.met for one in decision_tree.look(FRAMEWORK, document_of(answers).answers).conditions]

    assert met({}) == [None, None, None]
    assert met(CEILING_HIT | dict.fromkeys(ANTI_INDICATORS, "yes")) == [True, None, False]
    assert met({"few_shot_used": "no", **dict.fromkeys(INDICATORS, "no")}) == [False, False, None]
