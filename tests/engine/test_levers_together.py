"""Many documents judged together have the verdicts that each has alone."""

import json

import numpy as np

from assessments.engine.back_test import document_of
from assessments.engine.document import load_document
from assessments.engine.trial import levers_of
from assessments.engine.verdict import judge, judge_each

from ..documents import EXAMPLES, example_document
from ..oracle.documents import some_document
from .documents import FRAMEWORK, ground_of, read


def test_together_they_have_the_levers_scores_and_weights_of_each_alone() -> None:
    documents = [read(some_document(seed)) for seed in range(150)]
    documents += [document_of(FRAMEWORK, case) for case in FRAMEWORK.precedents.cases[::4]]
    documents += [load_document(json.dumps(example_document(name)), FRAMEWORK) for name in EXAMPLES]
    assert levers_of(FRAMEWORK, documents) == [levers_of(FRAMEWORK, [one])[0] for one in documents]
    grounds = [ground_of(one) for one in documents if one.comparison is None]
    together, each = judge_each(grounds), [judge(ground) for ground in grounds]
    assert together.approach.tolist() == [int(one.approach[0]) for one in each]
    shape = (len(FRAMEWORK.approach), len(grounds))
    means = np.concatenate([one.means[:, :1] for one in each], axis=1)
    assert np.array_equal(np.broadcast_to(together.means, shape), means)
    for gate in FRAMEWORK.gate:
        alone = np.concatenate([one.closing[gate][:, :1] for one in each], axis=1)
        assert np.array_equal(np.broadcast_to(together.closing[gate], shape), alone), gate
