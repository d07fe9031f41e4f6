"""Whether enough is answered to speak of a verdict (method.md, section 6: not yet)."""

from typing import Any

import pytest

from assessments.engine.result import read_result
from assessments.engine.result_json import result_json

from .documents import FRAMEWORK, decide_on, judge_on

FOUR = dict.fromkeys(("brand_voice", "low_volume", "domain_knowledge", "few_shot_used"), "no")


@pytest.mark.parametrize(
    ("answers", "failures", "begun"),
    [
        ({}, {}, False),
        (FOUR, {}, False),
        (FOUR | {"prompt_variations": "unsure"}, {}, False),
        (FOUR | {"inconsistent_format": "yes"}, {}, False),  # decides nothing
        (FOUR | {"retrieval_optimized": "na"}, {}, True),
        (FOUR | {"decomposition_tried": "yes"}, {}, True),
        ({}, {"missing_knowledge": 1}, True),
        ({}, {"missing_knowledge": 0}, False),
    ],
)
def test_a_verdict_is_told_once_five_of_what_decides_are_answered_or_failures_counted(
    answers: Any, failures: Any, begun: bool
) -> None:
    assert FRAMEWORK.thresholds.begun_from == 5
    verdict = judge_on(answers, failures)
    assert verdict.has_begun is begun
    assert (verdict.action == "not_yet") is (verdict.approach is None) is not begun
    assert verdict.leads in FRAMEWORK.approach


@pytest.mark.parametrize("given", [{}, FOUR, FOUR | {"retrieval_optimized": "na"}])
def test_a_stored_result_says_the_same(given: Any) -> None:
    decision = decide_on(given)
    stored = read_result(result_json(decision))
    assert (stored.has_begun, stored.approach, stored.leads) == (
        decision.has_begun, decision.approach, decision.leads,
    )  # fmt: skip


def test_before_there_is_a_verdict_nothing_is_missing_or_to_be_confirmed() -> None:
    decision = decide_on({"brand_voice": "yes"}, use_case={"name": "A", "task_kind": "classification"})
    assert (decision.missing_for_go, decision.confirm, decision.because) == ((), (), ("not_begun",))
    assert decision.on_evidence_alone.approach is None
