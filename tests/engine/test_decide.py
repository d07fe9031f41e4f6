"""What holds for every decision, whatever the document says."""

import json
import random
from typing import Any, get_args

from hypothesis import given
from hypothesis import strategies as st

from assessments.engine.decide import decide, verdict_on
from assessments.engine.decision import Action, Decision
from assessments.engine.result_json import result_json

from . import second_reading as second
from .documents import FRAMEWORK, decide_on, judge_on, raw_document, read
from .strategies import accepted_documents

ternary = st.sampled_from(("yes", "no", "unsure"))
deciding_answers = st.fixed_dictionaries(
    {}, optional={key: st.one_of(st.just("yes"), ternary) for key in FRAMEWORK.deciding_keys}
)
failure_counts: st.SearchStrategy[dict[str, int]] = st.one_of(
    st.just({}), st.fixed_dictionaries({}, optional={mode: st.integers(0, 30) for mode in second.MODES})
)


def result(raw: Any) -> Any:
    return result_json(decide(FRAMEWORK, read(raw)))


@given(raw=accepted_documents)
def test_every_accepted_document_has_a_decision(raw: Any) -> None:
    decision = decide(FRAMEWORK, read(raw))
    assert isinstance(decision, Decision)
    assert decision.leads in FRAMEWORK.approach
    assert decision.approach == (decision.leads if decision.has_begun else None)
    assert decision.standings[decision.leads].open
    assert decision.leaf in FRAMEWORK.leaf
    assert decision.action in get_args(Action)
    assert decision.action == "go" or not (decision.is_tuning and decision.has_begun) or decision.missing_for_go
    assert set(decision.matrix.ranking) == set(FRAMEWORK.approach)
    assert set(decision.deciding) <= set(FRAMEWORK.questions)
    for key in ("confidence_score", "weighted_score"):
        value = decision.lenses[key].value
        assert value is not None
        assert -1 <= value <= 1
    assert all(
        0 <= g.low <= g.share + 1e-12 and g.share <= g.high + 1e-12 <= 1 + 1e-12 for g in decision.diagnosis.groups
    )
    assert all(1 - 1e-9 <= row.mean <= 5 + 1e-9 for row in decision.matrix.rows)
    table = result_json(decision)
    assert json.loads(json.dumps(table, allow_nan=False)) == table, "lists and tables only, no tuples"


@given(raw=accepted_documents)
def test_the_same_document_has_the_same_decision(raw: Any) -> None:
    assert result(raw) == result(json.loads(json.dumps(raw)))


def shuffled(raw: Any, seed: Any) -> Any:
    """The same JSON value with the keys of every table in another order."""
    order = random.Random(seed)

    def shuffle(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: shuffle(value[key]) for key in order.sample(sorted(value), len(value))}
        return [shuffle(part) for part in value] if isinstance(value, list) else value

    return shuffle(raw)


@given(raw=accepted_documents, seed=st.integers(0, 2**32))
def test_the_order_of_the_keys_does_not_matter(raw: Any, seed: Any) -> None:
    assert result(shuffled(raw, seed)) == result(raw)


def test_the_order_of_failures_of_the_same_count_does_not_matter() -> None:
    one = decide_on({}, {"missing_knowledge": 1, "wrong_retrieval": 1})
    other = decide_on({}, {"wrong_retrieval": 1, "missing_knowledge": 1})
    assert result_json(one) == result_json(other)


@given(raw=accepted_documents)
def test_a_count_of_nothing_equals_leaving_it_out(raw: Any) -> None:
    nothing = dict.fromkeys(second.MODES, 0)
    failures = raw.get("failures", {})
    assert result(raw | {"failures": nothing | failures}) == result(
        raw | {"failures": {key: count for key, count in failures.items() if count}}
    )


def test_a_count_written_as_a_decimal_equals_the_whole_number() -> None:
    """JSON has one kind of number: 3.0 and 3 are the same."""
    whole = result_json(decide_on({}, {"missing_knowledge": 3, "reasoning": 2}))
    decimal = result_json(decide_on({}, {"missing_knowledge": 3.0, "reasoning": 2.0}))
    assert json.dumps(decimal) == json.dumps(whole)


def is_unsure(answer: Any) -> Any:
    return (answer.get("value") if isinstance(answer, dict) else answer) == "unsure"


@given(raw=accepted_documents)
def test_an_unsure_answer_equals_leaving_it_out(raw: Any) -> None:
    """method.md 1: `unsure` is also what an unanswered question counts as, where no number says more."""
    derived = {question.key for question, _ in FRAMEWORK.derived}
    unsure = {q.key: "unsure" for q in FRAMEWORK if q.place == "answers" and q.key not in derived}
    answers = raw.get("answers", {})
    left_out = {key: answer for key, answer in answers.items() if key in derived or not is_unsure(answer)}
    assert result(raw | {"answers": unsure | answers}) == result(raw | {"answers": left_out})


def test_unsure_about_the_strategic_value_equals_leaving_it_out() -> None:
    assert result_json(decide_on(costs={"strategic_value": "unsure"})) == result_json(decide_on())


@given(answers=deciding_answers, failures=failure_counts)
def test_answers_alone_are_never_enough_for_a_go(answers: Any, failures: Any) -> None:
    """method.md 6: only the tree opens go, and never without the gate."""
    assert judge_on(answers, failures).action != "go"


@given(answers=deciding_answers, failures=failure_counts)
def test_a_plan_of_goals_stands_with_tuning_only(answers: Any, failures: Any) -> None:
    decision = decide_on(answers, failures)
    assert decision.is_tuning or not decision.goals


@given(raw=accepted_documents)
def test_a_decision_says_what_its_verdict_says(raw: Any) -> None:
    document = read(raw)
    decision, verdict = decide(FRAMEWORK, document), verdict_on(FRAMEWORK, document)
    for name in (
        "leaf",
        "approach",
        "action",
        "because",
        "standings",
        "matrix",
        "missing_for_go",
        "findings",
        "economics",
        "counts",
    ):
        assert getattr(decision, name) == getattr(verdict, name)


def test_the_result_has_its_format_and_the_framework_s_digest() -> None:
    decision = decide(FRAMEWORK, read(raw_document()))
    table = result_json(decision)
    assert (table["format"], table["version"]) == ("ftdecide/result", 1)
    assert table["framework"] == {
        "name": FRAMEWORK.name,
        "version": FRAMEWORK.version,
        "sha256": FRAMEWORK.sha256,
    }
