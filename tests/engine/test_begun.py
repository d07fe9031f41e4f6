"""Whether enough is answered to speak of a verdict."""

import pytest
from assessments.engine.begun import has_begun

from assessments.engine.result import read_result

from .documents import FRAMEWORK, decide_on, judge_on


@pytest.mark.parametrize(
    ("answers", "failures", "begun"),
    [
        ({}, {}, False),
        ({"brand_voice": "yes"}, {}, False),
        ({"prompt_variations": "unsure"}, {}, False),
        ({"prompt_variations": "no"}, {}, True),
        ({"retrieval_optimized": "na"}, {}, True),
        ({"exploration_phase": "yes"}, {}, True),  # an earlier rule decides
        ({}, {"missing_knowledge": 40}, True),
    ],
)
def test_a_verdict_is_told_once_the_ceiling_or_an_earlier_rule_says_something(answers, failures, begun):
    assert judge_on(answers, failures).has_begun is begun


@pytest.mark.parametrize("given", [{}, {"brand_voice": "yes"}, {"few_shot_used": "no"}, {"retrieval_optimized": "na"}])
def test_a_stored_result_says_the_same(given):
    decision = decide_on(given)
    stored = read_result(decision.to_json())
    begun = has_begun(FRAMEWORK, rule=stored.rule, ceiling=stored.ceiling, carried_by=stored.carried_by)
    assert begun is decision.has_begun is (len(given) == 1 and "brand_voice" not in given)
