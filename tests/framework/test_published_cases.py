"""Published cases fit the framework, say what they stand for, and link where their sources can be read."""

from dataclasses import replace
from typing import Any

import pytest

from assessments.framework import load_framework
from assessments.framework.checks.precedents import precedent_faults
from assessments.framework.precedents import Precedent
from assessments.framework.schema import Framework

FRAMEWORK = load_framework()
CASES = FRAMEWORK.precedents.cases


def with_precedents(**changed: Any) -> Framework:
    return replace(FRAMEWORK, precedents=replace(FRAMEWORK.precedents, **changed))


def test_an_approach_without_an_outcome_that_it_stands_for_is_named() -> None:
    known = {key: outcomes for key, outcomes in FRAMEWORK.precedents.counts_as.items() if key != "tools"}
    assert list(precedent_faults(with_precedents(counts_as=known))) == ["precedents.toml: counts_as: no approach tools"]


def test_an_outcome_that_does_not_exist_is_named() -> None:
    known = {**FRAMEWORK.precedents.counts_as, "tools": ("no_gian",)}
    (fault,) = precedent_faults(with_precedents(counts_as=known))
    assert fault == "precedents.toml: counts_as.tools: no outcome no_gian"


def test_an_answer_of_hindsight_must_be_among_the_answers() -> None:
    one = replace(CASES[0], hindsight=("prompts_succeed",))
    assert "no question prompts_succeed" in " ".join(precedent_faults(with_precedents(cases=(one,))))


@pytest.mark.parametrize(
    ("source", "link"),
    [
        ("arXiv 2405.00732", "https://arxiv.org/abs/2405.00732"),
        ("doi 10.1371/journal.pone.0307741", "https://doi.org/10.1371/journal.pone.0307741"),
        ("https://example.org/a", "https://example.org/a"),
        ("A course project's README", ""),
    ],
)
def test_a_source_that_can_be_read_is_linked(source: str, link: str) -> None:
    assert replace(CASES[0], source=source).link == link


def test_98_cases_of_which_no_two_share_a_key_or_title() -> None:
    assert len(CASES) == len({case.key for case in CASES}) == len({case.title for case in CASES}) == 98


def test_what_was_known_before_leaves_hindsight_out() -> None:
    def answers_of(case: Precedent) -> set[str]:
        return set(case.known_before) | set(case.hindsight)

    assert all(answers_of(case) == set(case.answers) for case in CASES)
    assert not any(set(case.known_before) & set(case.hindsight) for case in CASES)


@pytest.mark.parametrize(
    ("approach", "trained"),
    [("prompting", False), ("serve_cheaper", False), ("classifier", True), ("fine_tune_small", True), ("hybrid", True)],
)
def test_a_plain_classifier_is_trained_as_well(approach: str, trained: bool) -> None:
    assert FRAMEWORK.precedents.trains(approach) is trained
