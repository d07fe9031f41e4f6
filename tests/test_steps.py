"""How far an assessment has come is told by section, and optional questions do not hold it up."""

from collections.abc import Iterable
from typing import Any

import pytest

from assessments import steps
from assessments.models import StoredValue
from assessments.services.answer_sheet import AnswerSheet, sheet_of_document

from .documents import full_document
from .visits import FRAMEWORK, path_of, questions_of

NO_TUNING = {"prompts_succeed": "yes", "target_missed": "no"}
FULL = sheet_of_document(FRAMEWORK, full_document())

WANTED = [one.key for one in FRAMEWORK.sections if not all(question.optional for question in one.questions)]
"""The sections that want an answer."""


def sheet(**values: object) -> AnswerSheet:
    return AnswerSheet(FRAMEWORK, {path_of(key): StoredValue(path=path_of(key), value=v) for key, v in values.items()})


def answered(keys: Iterable[str]) -> AnswerSheet:
    """A sheet with an answer to each of these."""
    return sheet(**{key: FULL.values[path_of(key)].value for key in keys})


def status(of: AnswerSheet, section: str) -> steps.SectionStatus:
    found = FRAMEWORK.section(section)
    assert found is not None
    return steps.status_of(found, of)


def wanted(section: str) -> list[str]:
    """The questions of a section that want an answer each."""
    return [question.key for question in questions_of(section) if not question.optional]


def test_nothing_is_answered_at_first_and_the_first_section_is_where_to_go_on() -> None:
    progress = steps.progress(sheet())
    assert [status.section for status in progress.sections] == list(FRAMEWORK.sections)
    assert [status.number for status in progress.sections] == list(range(1, len(FRAMEWORK.sections) + 1))
    assert {(status.answered, status.state) for status in progress.sections} == {(0, "todo")}
    assert (progress.complete, progress.answered) == (0, 0)
    assert progress.resume_at == progress.sections[0]


@pytest.mark.parametrize("section", [key for key in WANTED if key != "diagnosis"])
def test_a_section_is_done_when_all_that_is_wanted_is_answered(section: Any) -> None:
    keys = wanted(section)
    for count, state in ((0, "todo"), (1, "half"), (len(keys) - 1, "half"), (len(keys), "done")):
        found = status(answered(keys[:count]), section)
        assert (found.answered, found.of, found.state) == (count, len(keys), state)


def test_optional_questions_do_not_count() -> None:
    optional = [question.key for question in FRAMEWORK if question.optional and question.kind in ("text", "long_text")]
    assert optional
    assert steps.progress(answered(optional)).answered == 0


def test_what_a_number_already_says_is_answered() -> None:
    before, after = (status(sheet(**numbers), "reasons_against") for numbers in ({}, {"monthly_requests": 40_000}))
    assert (after.answered, after.of) == (before.answered + 1, before.of)


@pytest.mark.parametrize("question", [one for one in FRAMEWORK if one.asked_for], ids=lambda one: one.key)
def test_what_counts_for_nothing_here_wants_no_answer(question: Any) -> None:
    section = FRAMEWORK.section_of[question.key].key
    others = {
        key: next(value for value in FRAMEWORK.questions[key].choices if value not in (*values, "unsure"))
        for key, values in question.asked_for.items()
    }
    open_yet, folded = (status(sheet(**values), section) for values in ({}, others))
    assert steps.folded_away(sheet()) == frozenset()
    away = {key for key in steps.folded_away(sheet(**others)) if FRAMEWORK.section_of[key].key == section}
    assert question.key in away
    assert folded.of == open_yet.of - len([key for key in away if not FRAMEWORK.questions[key].optional])
    for key, (value, *_) in question.asked_for.items():
        assert steps.is_asked(question, sheet(**others | {key: value}))


def test_failures_are_asked_as_one_and_one_count_answers_them() -> None:
    none, one = (status(sheet(**values), "diagnosis") for values in ({}, {"tool_failure": 0}))
    both = status(sheet(tool_failure=3, reasoning=2), "diagnosis")
    failures = [question for question in FRAMEWORK if question.place == "failures"]
    assert len(failures) == 9
    assert (none.answered, one.answered, both.answered) == (0, 1, 1)
    assert none.of == len(wanted("diagnosis")) - len(failures) + 1


def test_an_answer_with_evidence_only_is_not_answered() -> None:
    evidence = StoredValue(path="answers.brand_voice", value=None, evidence="a review")
    assert status(AnswerSheet(FRAMEWORK, {evidence.path: evidence}), "reasons_for").answered == 0


def test_not_sure_and_zero_are_answers() -> None:
    both = sheet(brand_voice="unsure", monthly_requests=0)
    assert [status(both, section).answered for section in ("reasons_for", "use_case")] == [1, 1]


def test_resume_skips_what_is_complete() -> None:
    resume_at = steps.progress(answered([*wanted("use_case"), *wanted("diagnosis")])).resume_at
    assert resume_at is not None
    assert resume_at.section.key == "ceiling"


def test_when_all_is_answered_there_is_nowhere_to_resume() -> None:
    progress = steps.progress(FULL)
    assert (progress.complete, progress.resume_at) == (len(WANTED), None)
    assert progress.answered == progress.of


def test_each_section_that_wants_an_answer_leads_to_the_next_and_back() -> None:
    """What is optional as a whole is opened by whoever wants it."""
    after = [steps.next_section(sheet(), key) for key in WANTED]
    before = [steps.previous_section(sheet(), key) for key in WANTED]
    assert [section and section.key for section in after] == [*WANTED[1:], None]
    assert [section and section.key for section in before] == [None, *WANTED[:-1]]
    for key in ("targets", "legal"):
        beside = steps.previous_section(sheet(), key), steps.next_section(sheet(), key)
        assert [section and section.key for section in beside] == ["readiness", "costs"]


def test_what_bears_on_tuning_alone_is_passed_over_where_nothing_can_be_tuned() -> None:
    """A prompt that meets its target and rules that change leave no approach of tuning."""
    settled = sheet_of_document(
        FRAMEWORK, {"use_case": {"name": "A"}, "answers": dict.fromkeys(FRAMEWORK.deciding_keys, "no") | NO_TUNING}
    )
    following = steps.next_section(settled, "readiness")
    assert following is not None
    assert following.key == "costs"
    assert {key for key, question in FRAMEWORK.questions.items() if question.place == "legal"} <= steps.folded_away(
        settled
    )
