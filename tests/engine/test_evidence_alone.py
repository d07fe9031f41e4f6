"""The verdict on evidence alone: answers that are opinion count as unsure (method.md, section 6)."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.engine.answers import Answers
from assessments.engine.decide import decide, verdict_on
from assessments.engine.robustness import on_evidence_alone

from .documents import CEILING_HIT, EXAMPLES, FRAMEWORK, decide_on, decide_on_example, document_of, judge_on, read
from .strategies import accepted_documents
from .test_go import CANDIDATE, GATE, READY, costs
from .test_second_reading import deciding_answers, failure_counts


def with_strength(answers: Any, strength: Any) -> Any:
    return {key: {"value": value, "strength": strength} for key, value in answers.items()}


def short(verdict: Any) -> Any:
    return verdict.leaf, verdict.approach, verdict.action


@settings(deadline=None, max_examples=40)
@given(answers=deciding_answers, failures=failure_counts, strength=st.sampled_from(("documented", "measured")))
def test_with_evidence_for_everything_it_is_the_same_verdict(answers: Any, failures: Any, strength: Any) -> None:
    document = document_of(with_strength(answers, strength), failures)
    assert short(verdict_on(FRAMEWORK, on_evidence_alone(document))) == short(verdict_on(FRAMEWORK, document))


@settings(deadline=None, max_examples=40)
@given(
    shown=deciding_answers,
    believed=deciding_answers,
    keys=st.sets(st.sampled_from(sorted(CEILING_HIT))),
    failures=failure_counts,
)
def test_an_opinion_counts_as_an_answer_that_is_not_there(shown: Any, believed: Any, keys: Any, failures: Any) -> None:
    firm = {key: value for key, value in shown.items() if key not in keys}
    mixed = with_strength(firm, "measured") | {key: believed[key] for key in keys}
    document = document_of(mixed, failures)
    assert short(verdict_on(FRAMEWORK, on_evidence_alone(document))) == short(judge_on(firm, failures))


def test_where_all_is_opinion_it_is_the_verdict_on_no_answers() -> None:
    decision = decide_on(CANDIDATE | GATE, {"missing_knowledge": 3})
    assert short(decision.on_evidence_alone) == short(judge_on({}, {"missing_knowledge": 3}))
    assert decision.on_evidence_alone.approach == "better_rag"


def test_an_opinion_that_says_so_and_one_without_a_word_are_the_same() -> None:
    said = {key: {"value": value, "strength": "opinion", "evidence": "a hunch"} for key, value in CEILING_HIT.items()}
    assert decide_on(said).on_evidence_alone == decide_on(CEILING_HIT).on_evidence_alone


@settings(deadline=None, max_examples=40)
@given(raw=accepted_documents)
def test_numbers_stay(raw: Any) -> None:
    """Counts, costs, weeks, rows and weights are no answers, and have no strength."""
    document = read(raw)
    firm = on_evidence_alone(document)
    for part in ("use_case", "failures", "override_weeks", "readiness", "data", "costs", "summary", "weights",
                 "overrides", "checks"):  # fmt: skip
        assert getattr(firm, part) == getattr(document, part)
    assert document == read(raw)


def test_with_the_same_numbers_a_go_stays_a_go() -> None:
    go = READY | {"answers": with_strength(CANDIDATE | GATE, "measured")}
    assert (decide_on(**go).action, decide_on(**go).on_evidence_alone.action) == ("go", "go")
    # One condition of the gate is a belief: the approach stands, the go does not.
    believed = go["answers"] | {"root_cause_known": "yes"}
    decision = decide_on(**(go | {"answers": believed}))
    assert short(decision) == ("fine_tune_candidate", "fine_tune_small", "go")
    assert short(decision.on_evidence_alone) == ("fine_tune_candidate", "fine_tune_small", "pilot")


def test_a_strategic_value_stands_with_the_costs_and_stays() -> None:
    """document.md: it stands in `costs`, where no evidence can be given, so it cannot be an opinion either."""
    go = READY | {
        "answers": with_strength(CANDIDATE | GATE, "measured"),
        "costs": costs(12, strategic_value="yes"),
    }
    decision = decide_on(**go)
    assert (decision.action, decision.on_evidence_alone.action) == ("go", "go")


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_the_decision_has_the_verdict_of_the_firm_document(path: Any) -> None:
    document = read(json.loads(path.read_text(encoding="utf-8")))
    decision = decide_on_example(path.stem)
    firm = decide(FRAMEWORK, on_evidence_alone(document))
    assert short(decision.on_evidence_alone) == short(firm)
    assert all(answer.value == "unsure" or answer.strength != "opinion" or key == "strategic_value"
               for key, answer in on_evidence_alone(document).answers.by_key.items())  # fmt: skip
    assert isinstance(on_evidence_alone(document).answers, Answers)
