"""The engine against the second reading of method.md: gates, matrix, priors and verdict."""

import json
from itertools import product
from typing import Any

import numpy as np
import pytest

from assessments.engine.cases import Cases, yes_or_no
from assessments.engine.decide import verdict_on
from assessments.engine.document import Document, load_document
from assessments.engine.facts import ground_of
from assessments.engine.robustness import how_settled
from assessments.engine.verdict import Judgement, judge
from assessments.framework import load_framework

from . import reading
from .documents import case_of, some_document
from .tables import ANTI_INDICATORS, APPROACHES, CEILING_STEPS, DECIDING, INDICATORS, PRIORS, TUNING

Raw = dict[str, Any]

FRAMEWORK = load_framework()
MEASURED = "measured"
"""The gate of what was compared on the same cases: without a comparison it closes nothing."""
FACTORS = (*INDICATORS, *ANTI_INDICATORS)
DOCUMENTS = 2_000
MOST_UNSURE = 6
"""With more unsure answers the second reading, one completion after the other, takes too long."""

CEILING_DONE = dict.fromkeys(CEILING_STEPS, "yes")
AROUND: dict[str, Raw] = {
    "ceiling hit": {"answers": CEILING_DONE | {"target_missed": "yes"}},
    "cheaper serving tried": {"answers": CEILING_DONE | {"target_missed": "no", "cheaper_serving_tried": "yes"}},
    "fresh facts": {"answers": CEILING_DONE | {"target_missed": "yes", "needs_fresh_knowledge": "yes"}},
    "labels": {
        "answers": CEILING_DONE | {"retrieval_optimized": "na", "target_missed": "yes", "runs_in_house": "no"},
        "use_case": {"name": "A", "task_kind": "classification"},
    },
}


def document_of(raw: Raw) -> Document:
    return load_document(
        json.dumps({"format": "ftdecide/assessment", "version": 1, "use_case": {"name": "A"}} | raw), FRAMEWORK
    )


def judge_on(raw: Raw) -> Judgement:
    return judge(ground_of(FRAMEWORK, document_of(raw)))


def closed_in_each(found: Judgement) -> list[list[list[bool]]]:
    """For each case, by gate, whether it closes each approach."""
    shape = (len(FRAMEWORK.approaches), len(found.approach))
    closed = np.array([np.broadcast_to(closed, shape) for key, closed in found.closing.items() if key != MEASURED])
    listed: list[list[list[bool]]] = np.moveaxis(closed, 2, 0).tolist()
    return listed


def test_the_framework_has_approaches_gates_and_priors_of_the_method() -> None:
    assert tuple(FRAMEWORK.approach) == APPROACHES
    assert [gate.key for gate in FRAMEWORK.gates if gate.key != MEASURED] == [
        name for name, _, _ in reading.gates(reading.Case())
    ]
    assert set(FRAMEWORK.deciding_keys) == set(DECIDING)
    assert {key: FRAMEWORK.prior(key) for key in DECIDING} == {key: PRIORS.get(key, 0.5) for key in DECIDING}


@pytest.mark.parametrize("around", AROUND.values(), ids=AROUND)
def test_all_combinations_of_the_eleven_factors_are_read_alike(around: Raw) -> None:
    """2,048 at once by the engine, one after the other by the second reading: all where the ceiling is hit."""
    combinations = np.array(list(product((False, True), repeat=len(FACTORS))))
    cases = Cases(
        document_of(around).answers,
        {key: yes_or_no(column) for key, column in zip(FACTORS, combinations.T, strict=True)},
    )
    found = judge(ground_of(FRAMEWORK, document_of(around)), cases)
    closed = closed_in_each(found)
    step = 1 if around is AROUND["ceiling hit"] else 3
    for number in range(0, len(combinations), step):
        answers = {key: "yes" if yes else "no" for key, yes in zip(FACTORS, combinations[number], strict=True)}
        case = case_of(document_raw(around, answers))
        gates = reading.gates(case)
        assert closed[number] == [[holds and one in closes for one in APPROACHES] for _, closes, holds in gates], (
            answers
        )
        assert found.means[:, number].tolist() == pytest.approx(list(reading.means(case).values()), abs=1e-8), answers
        assert APPROACHES[found.approach[number]] == reading.leads(case), answers


def document_raw(around: Raw, answers: dict[str, str]) -> Raw:
    return {"use_case": {"name": "A"}} | around | {"answers": around["answers"] | answers}


@pytest.mark.parametrize("start", range(4))
def test_random_documents_are_read_alike(start: int) -> None:
    """2,000 of them: standings, means, ranking and what leads."""
    for seed in range(start, DOCUMENTS, 4):
        raw = some_document(seed)
        case, found = case_of(raw), judge_on(raw)
        closed, means = reading.closed_by(case), reading.means(case)
        assert {key: standing.closed_by for key, standing in found.standings.items()} == closed, raw
        assert found.means[:, 0].tolist() == pytest.approx(list(means.values()), abs=1e-8), raw
        ranking = sorted(APPROACHES, key=lambda approach: -means[approach])
        assert found.leader.approach == ranking[0], raw
        assert found.leads == next(approach for approach in ranking if not closed[approach]), raw


def test_the_verdict_is_the_first_open_of_the_ranking_and_says_what_the_second_reading_says() -> None:
    """Action, approach and what is to be confirmed; a go counts as a pilot, since figures decide between them."""
    actions = set()
    for seed in range(0, DOCUMENTS, 8):
        raw = some_document(seed)
        case, verdict = case_of(raw), verdict_on(FRAMEWORK, document_of(raw))
        action = reading.action(case)
        assert ("pilot" if verdict.action == "go" else verdict.action) == action, raw
        assert verdict.approach == (None if action == "not_yet" else reading.leads(case)), raw
        assert verdict.matrix.ranking == reading.ranking(case), raw
        is_open = [approach for approach in verdict.matrix.ranking if verdict.standings[approach].open]
        assert is_open[0] == verdict.leads, raw
        if action == "confirm_first":
            assert verdict.confirm == reading.to_confirm(case), raw
        if action != "not_yet":
            waits = "cheapest_model" in [gap.code for gap in verdict.missing_for_go]
            assert waits == reading.waits_for_the_cheapest(case), raw
        actions.add(action)
    assert actions == {"keep", "use_other_lever", "fix_first", "confirm_first", "pilot", "not_yet"}


def test_what_else_the_verdict_could_become_is_read_alike() -> None:
    """By the priors, over every completion."""
    checked = 0
    for seed in range(1, DOCUMENTS, 8):
        raw = some_document(seed)
        case = case_of(raw)
        if 0 < sum(case.value(key) == "unsure" for key in DECIDING) <= MOST_UNSURE:
            settled = how_settled(ground_of(FRAMEWORK, document_of(raw)))
            assert settled.exact
            assert dict(settled.possible_approaches) == pytest.approx(reading.possible(case), abs=1e-9), raw
            checked += 1
    assert checked > 40


# Properties: issue 10, "Done when".


@pytest.mark.parametrize("key", ANTI_INDICATORS)
def test_a_further_reason_against_never_moves_towards_tuning(key: str) -> None:
    """But for a prompt that works beside a motive of efficiency or sovereignty: it is then too dear, slow or barred."""
    for seed in range(3, DOCUMENTS, 5):
        raw = some_document(seed)
        case = case_of(raw)
        motive = reading.efficiency(case) or case.yes("data_sovereignty")
        if case.yes(key) or (key == "prompts_succeed" and motive):
            continue
        if judge_on(raw).leads not in TUNING:
            assert judge_on(raw | {"answers": raw["answers"] | {key: "yes"}}).leads not in TUNING, raw


def test_knowing_an_unsure_answer_never_adds_a_possible_verdict() -> None:
    checked = 0
    for seed in range(DOCUMENTS):
        raw = some_document(seed)
        unsure = [key for key in DECIDING if key not in raw["answers"]]
        if not 2 <= len(unsure) <= 8 or checked > 100:
            continue
        possible = set(how_settled(ground_of(FRAMEWORK, document_of(raw))).possible_approaches)
        if len(possible) > 1:
            key = unsure[seed % len(unsure)]
            for value in ("yes", "no"):
                known = document_of(raw | {"answers": raw["answers"] | {key: value}})
                assert set(how_settled(ground_of(FRAMEWORK, known)).possible_approaches) <= possible, raw
            checked += 1
    assert checked > 30
