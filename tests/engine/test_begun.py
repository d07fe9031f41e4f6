"""Whether enough is answered to speak of a verdict."""

import pytest

from assessments.engine.begun import has_begun

from .documents import document_of, judge_on


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
    assert has_begun(judge_on(answers, failures), document_of(answers, failures)) is begun
