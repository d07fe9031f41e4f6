"""Answers are saved by compare-and-swap: what somebody else saved is never overwritten unseen."""

from dataclasses import replace
from typing import Any

import pytest

from assessments.models import Assessment, StoredAnswer
from assessments.services.answers import (
    Content,
    Outcome,
    Submission,
    TooManyReviewed,
    content_of,
    save_answers,
)
from assessments.services.assessments import start, start_from_document

from ..documents import named
from ..visits import FRAMEWORK, rows, stored, value_of, version_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment() -> Assessment:
    return start(None, "a browser", None)


def submission(assessment: Assessment, key: str, value: object, **more: str) -> Submission:
    """An answer typed on a page that shows what is stored now."""
    answer = stored(assessment, key)
    return Submission(
        key=key,
        content=Content(value=value, **more),
        seen_version=answer.version if answer else 0,
        seen_digest=content_of(answer).digest,
    )


def save(assessment: Assessment, *submissions: Submission) -> list[str]:
    return [outcome.state for outcome in save_answers(assessment, None, submissions).outcomes]


def save_now(assessment: Assessment, key: str, value: object, **more: str) -> None:
    assert save(assessment, submission(assessment, key, value, **more)) == ["saved"]


def test_a_first_answer_is_version_one_and_each_change_adds_one(assessment):
    for version, value in enumerate(("yes", "no", "unsure"), start=1):
        save_now(assessment, "brand_voice", value)
        assert (value_of(assessment, "brand_voice"), version_of(assessment, "brand_voice")) == (value, version)


def test_evidence_link_and_strength_are_part_of_the_answer(assessment):
    save_now(assessment, "brand_voice", "yes", evidence="50 replies", link="https://e.org", strength="measured")
    answer = stored(assessment, "brand_voice")
    expected = Content(value="yes", evidence="50 replies", link="https://e.org", strength="measured")
    assert content_of(answer) == expected
    save_now(assessment, "brand_voice", "yes", evidence="60 replies", link="https://e.org", strength="measured")
    assert version_of(assessment, "brand_voice") == 2


def test_the_sheets_before_and_after_differ_by_what_was_saved(assessment):
    saving = save_answers(assessment, None, [submission(assessment, "name", "Refunds")])
    assert (saving.before.name, saving.after.name) == ("Untitled use case", "Refunds")
    assert saving.after.answers["name"] == stored(assessment, "name")
    assert saving.conflicts == ()


def test_a_save_marks_the_assessment_as_changed(assessment):
    before = assessment.changed_at
    save_now(assessment, "brand_voice", "yes")
    assessment.refresh_from_db()
    assert assessment.changed_at > before
    assert assessment.changed_at == rows(assessment)["brand_voice"][-1]


def test_the_loser_of_two_editors_is_in_conflict_and_the_winner_stays(assessment):
    first = submission(assessment, "brand_voice", "yes")
    second = submission(assessment, "brand_voice", "no")
    assert save(assessment, first) == ["saved"]
    saving = save_answers(assessment, None, [second])
    assert saving.conflicts == (Outcome(submission=second, state="conflict", stored=saving.conflicts[0].stored),)
    assert saving.conflicts[0].stored == stored(assessment, "brand_voice")
    assert (value_of(assessment, "brand_voice"), version_of(assessment, "brand_voice")) == ("yes", 1)


def test_two_editors_who_say_the_same_do_not_collide(assessment):
    both = submission(assessment, "brand_voice", "yes")
    assert save(assessment, both) == ["saved"]
    assert save(assessment, both) == ["unchanged"]
    assert version_of(assessment, "brand_voice") == 1


def test_a_save_sent_three_times_adds_one_version(assessment):
    save_now(assessment, "brand_voice", "yes")
    again = submission(assessment, "brand_voice", "no")
    assert [save(assessment, again)[0] for _ in range(3)] == ["saved", "unchanged", "unchanged"]
    assert version_of(assessment, "brand_voice") == 2


def test_a_late_retry_of_an_old_save_does_not_bring_it_back(assessment):
    """The answer was saved, then changed by somebody else; the retry must not undo that."""
    late = submission(assessment, "brand_voice", "yes")
    assert save(assessment, late) == ["saved"]
    save_now(assessment, "brand_voice", "no")
    assert save(assessment, late) == ["conflict"]
    assert value_of(assessment, "brand_voice") == "no"


def test_an_answer_that_was_not_touched_is_left_alone_whatever_others_did(assessment):
    save_now(assessment, "brand_voice", "yes")
    untouched = submission(assessment, "brand_voice", "yes")
    save_now(assessment, "brand_voice", "no", evidence="measured since")
    assert save(assessment, untouched) == ["unchanged"]
    assert content_of(stored(assessment, "brand_voice")) == Content(value="no", evidence="measured since")


def test_a_question_left_open_is_not_stored(assessment):
    assert save(assessment, submission(assessment, "brand_voice", None)) == ["unchanged"]
    assert StoredAnswer.objects.count() == 0


def test_an_answer_can_be_taken_back(assessment):
    save_now(assessment, "task", "Draft replies")
    save_now(assessment, "task", None)
    assert (value_of(assessment, "task"), version_of(assessment, "task")) == (None, 2)


@pytest.mark.parametrize("seen_version", [0, 2, 999_999_999])
def test_only_the_stored_version_opens_an_answer(assessment, seen_version):
    save_now(assessment, "brand_voice", "yes")
    wrong = replace(submission(assessment, "brand_voice", "no"), seen_version=seen_version)
    assert save(assessment, wrong) == ["conflict"]
    assert value_of(assessment, "brand_voice") == "yes"


def test_an_answer_that_is_not_there_cannot_be_overwritten(assessment):
    never = replace(submission(assessment, "brand_voice", "yes"), seen_version=7)
    saving = save_answers(assessment, None, [never])
    assert [(outcome.state, outcome.stored) for outcome in saving.outcomes] == [("conflict", None)]
    assert StoredAnswer.objects.count() == 0


def test_conflicts_do_not_hold_up_other_answers(assessment):
    stale = submission(assessment, "brand_voice", "no")
    save_now(assessment, "brand_voice", "yes")
    assert save(assessment, stale, submission(assessment, "low_volume", "no")) == ["conflict", "saved"]
    assert value_of(assessment, "low_volume") == "no"


def imported(**parts: Any) -> Assessment:
    return start_from_document(None, "a browser", None, FRAMEWORK, named(**parts))


def test_a_range_from_an_import_survives_a_page_that_shows_its_likely_value():
    wide = {"low": 10, "likely": 30, "high": 90}
    assessment = imported(costs={"summary": {"evaluation_hours": wide}})
    before = rows(assessment)
    assert save(assessment, submission(assessment, "evaluation_hours", 30)) == ["unchanged"]
    assert rows(assessment) == before


def test_another_number_replaces_the_range():
    assessment = imported(costs={"summary": {"evaluation_hours": {"low": 10, "likely": 30, "high": 90}}})
    save_now(assessment, "evaluation_hours", 40)
    assert value_of(assessment, "evaluation_hours") == 40


@pytest.mark.parametrize(
    ("key", "kept", "sent_back"),
    [
        ("evaluation_hours", {"low": 10, "likely": 30, "high": 90}, 30),
        ("evaluation_hours", 30.0, 30),
        ("evaluation_hours", 1 / 3, 1 / 3),
        ("task", " one\r\ntwo\r", "one\ntwo"),
        ("task", "", None),
        ("override_weeks", [31.0, 29], [31, 29.0]),
    ],
)
def test_an_untouched_answer_is_known_by_what_a_page_sends_back(assessment, key, kept, sent_back):
    """Also when somebody else has changed it since."""
    StoredAnswer.objects.create(
        assessment=assessment, key=key, value=kept, strength="opinion", changed_at=assessment.changed_at
    )
    untouched = submission(assessment, key, sent_back)
    assert save(assessment, untouched) == ["unchanged"]
    assert value_of(assessment, key) == kept
    save_now(assessment, key, [7] if key == "override_weeks" else "new" if key == "task" else 7)
    assert save(assessment, untouched) == ["unchanged"]
    assert version_of(assessment, key) == 2


def reviewed(assessment: Assessment, **counts: int) -> str:
    """Saves counts together; the key that is refused, or `saved`."""
    try:
        save_answers(assessment, None, [submission(assessment, f"{k}_examples", v) for k, v in counts.items()])
    except TooManyReviewed as error:
        return error.key
    return "saved"


def test_more_reviewed_than_labelled_examples_are_refused_and_nothing_is_saved():
    assessment = imported(readiness={"labelled_examples": 20, "reviewed_examples": 15})
    before = rows(assessment)
    assert reviewed(assessment, reviewed=21) == "reviewed_examples"
    assert reviewed(assessment, labelled=14) == "labelled_examples"
    assert reviewed(assessment, labelled=10, reviewed=12) == "reviewed_examples"
    assert rows(assessment) == before


def test_the_count_that_was_changed_is_the_one_refused():
    """A page sends both, also the one that was not touched."""
    assessment = imported(readiness={"labelled_examples": 20, "reviewed_examples": 15})
    assert reviewed(assessment, labelled=10, reviewed=15) == "labelled_examples"
    assert reviewed(assessment, labelled=20, reviewed=30) == "reviewed_examples"


@pytest.mark.parametrize("counts", [(20, 20), (15, 15), (10, 5), (30, 25)])
def test_as_many_reviewed_as_labelled_examples_or_fewer_are_saved(counts):
    assessment = imported(readiness={"labelled_examples": 20, "reviewed_examples": 15})
    assert reviewed(assessment, labelled=counts[0], reviewed=counts[1]) == "saved"
    assert (value_of(assessment, "labelled_examples"), value_of(assessment, "reviewed_examples")) == counts


def test_the_refused_counts_are_told():
    assessment = imported(readiness={"labelled_examples": 20})
    with pytest.raises(TooManyReviewed) as refused:
        save_answers(assessment, None, [submission(assessment, "reviewed_examples", 21)])
    assert (refused.value.labelled, refused.value.reviewed) == (20, 21)
