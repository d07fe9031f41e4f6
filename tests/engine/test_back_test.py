"""The rules held against the published cases: issue 3, "Done when"."""

from dataclasses import replace

import pytest

from assessments.engine.back_test import back_test, document_of
from assessments.engine.decide import decide
from tests.benchmarks.published_cases import WANTED, print_published_cases

from .documents import FRAMEWORK

CASE = {case.key: case for case in FRAMEWORK.precedents.cases}


def test_the_rules_agree_with_at_least_78_percent_of_the_published_cases():
    found = back_test(FRAMEWORK)
    assert found.of == 52
    assert found.right / found.of >= WANTED
    assert found.right > max(found.tree_right, found.always_right)
    assert found.right_or_defensible >= found.right
    assert len(found.misses) == found.of - found.right


def test_always_tuning_is_right_where_tuning_was_what_worked():
    """24 cases of fine-tuning and 5 of tuning with another lever."""
    assert back_test(FRAMEWORK).always_right == 29


def test_each_case_is_decided_as_any_other_document():
    for checked in back_test(FRAMEWORK).checked:
        decision = decide(FRAMEWORK, document_of(FRAMEWORK, checked.case))
        assert (checked.rule, checked.approach) == (decision.rule, decision.approach)
        assert checked.tuned == decision.is_tuning


def test_a_case_becomes_a_document_with_what_its_source_states():
    document = document_of(FRAMEWORK, CASE["loraland-wnli"])
    assert document.use_case["task_kind"] == "other"
    assert document.readiness == {"labelled_examples": 635}
    assert document.failures == {"reasoning": 1}
    assert document.answers.value("insufficient_data") == "yes"
    assert document.answers.value("cost_optimization") == "unsure"


def test_nothing_is_made_up_where_the_source_is_silent():
    document = document_of(FRAMEWORK, CASE["faire"])
    assert (document.readiness, document.failures) == ({}, {})


def test_the_ceiling_questions_count_as_yes_and_what_does_not_apply_stays():
    stated = CASE["loraland-bc5cdr"]
    assert (stated.answers["prompt_variations"], stated.answers["retrieval_optimized"]) == ("no", "na")
    answers = document_of(FRAMEWORK, stated).answers
    assert [answers.value(key) for key in FRAMEWORK.keys("ceiling")] == ["yes", "yes", "na", "yes", "yes", "yes"]
    kept = document_of(FRAMEWORK, stated, doubt_only=True).answers
    assert [kept.value(key) for key in FRAMEWORK.keys("ceiling")] == ["no", "yes", "na", "no", "yes", "yes"]


def test_what_only_the_outcome_told_is_left_out():
    assert CASE["edmunds"].answers["prompts_succeed"] == "yes"
    assert document_of(FRAMEWORK, CASE["edmunds"]).answers.value("prompts_succeed") == "unsure"
    assert document_of(FRAMEWORK, CASE["travelers"]).answers.value("prompts_succeed") == "yes"


@pytest.mark.parametrize(("also", "defensible"), [((), False), (("prompting",), False), (("hybrid",), True)])
def test_a_second_answer_that_a_case_allows_is_counted_apart(also, defensible):
    one = replace(CASE["edmunds"], also_defensible=also)
    framework = replace(FRAMEWORK, precedents=replace(FRAMEWORK.precedents, cases=(one,)))
    (checked,) = back_test(framework).checked
    assert (checked.tuned, checked.happened, checked.right) == (True, False, False)
    assert checked.defensible is defensible


def test_the_benchmark_prints_the_figure_and_names_the_misses(capsys):
    print_published_cases()
    printed = capsys.readouterr().out
    found = back_test(FRAMEWORK)
    assert f"{found.right} of 52" in printed
    assert all(missed.case.key in printed for missed in found.misses)
