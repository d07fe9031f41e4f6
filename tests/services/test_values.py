"""Values are saved by compare-and-swap: what somebody else saved is never overwritten unseen."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from assessments.engine.paths import Stated
from assessments.models import Assessment, StoredValue, User
from assessments.services.answer_sheet import stated
from assessments.services.assessments import start, start_from_document
from assessments.services.values import Entry, EntryOutcome, ValuesRefused, change, digest_of, entry_on

from ..documents import named
from ..visits import FRAMEWORK, path_of, rows, stored, value_of, version_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment() -> Assessment:
    return start(None, "a browser", None)


def entry(assessment: Assessment, key: str, value: object, **more: str) -> Entry:
    """A value typed on a page that shows what is stored now."""
    row, path = stored(assessment, key), path_of(key)
    seen = {"seen_version": row.version if row else 0, "seen_digest": digest_of(path, stated(row))}
    return Entry(path=path, value=value, **more, **seen)  # type: ignore[arg-type]


def save(assessment: Assessment, *entries: Entry) -> list[str]:
    return [outcome.state for outcome in change(assessment, None, entries).outcomes]


def save_now(assessment: Assessment, key: str, value: object, **more: str) -> None:
    assert save(assessment, entry(assessment, key, value, **more)) == ["saved"]


def test_a_first_answer_is_version_one_and_each_change_adds_one(assessment: Assessment) -> None:
    for version, value in enumerate(("yes", "no", "unsure"), start=1):
        save_now(assessment, "brand_voice", value)
        assert (value_of(assessment, "brand_voice"), version_of(assessment, "brand_voice")) == (value, version)


def test_evidence_link_and_strength_are_part_of_the_answer(assessment: Assessment) -> None:
    save_now(assessment, "brand_voice", "yes", evidence="50 replies", link="https://e.org", strength="measured")
    answer = stored(assessment, "brand_voice")
    expected = Stated(value="yes", evidence="50 replies", link="https://e.org", strength="measured")
    assert stated(answer) == expected
    save_now(assessment, "brand_voice", "yes", evidence="60 replies", link="https://e.org", strength="measured")
    assert version_of(assessment, "brand_voice") == 2


def test_the_sheets_before_and_after_differ_by_what_was_saved(assessment: Assessment) -> None:
    saving = change(assessment, None, [entry(assessment, "name", "Refunds")])
    assert (saving.before.name, saving.after.name) == ("Untitled use case", "Refunds")
    assert saving.after.values["use_case.name"] == stored(assessment, "name")
    assert saving.conflicts == {}


def test_a_save_marks_the_assessment_as_changed(assessment: Assessment) -> None:
    before = assessment.changed_at
    save_now(assessment, "brand_voice", "yes")
    assessment.refresh_from_db()
    assert assessment.changed_at > before
    assert assessment.changed_at == rows(assessment)["answers.brand_voice"][-1]


def test_the_loser_of_two_editors_is_in_conflict_and_the_winner_stays(assessment: Assessment) -> None:
    first = entry(assessment, "brand_voice", "yes")
    second = entry(assessment, "brand_voice", "no")
    assert save(assessment, first) == ["saved"]
    saving = change(assessment, None, [second])
    row = stored(assessment, "brand_voice")
    assert saving.conflicts == {second.path: EntryOutcome(entry=second, state="conflict", stored=row)}
    assert (value_of(assessment, "brand_voice"), version_of(assessment, "brand_voice")) == ("yes", 1)


def test_two_editors_who_say_the_same_do_not_collide(assessment: Assessment) -> None:
    both = entry(assessment, "brand_voice", "yes")
    assert save(assessment, both) == ["saved"]
    assert save(assessment, both) == ["unchanged"]
    assert version_of(assessment, "brand_voice") == 1


def test_a_save_sent_three_times_adds_one_version(assessment: Assessment) -> None:
    save_now(assessment, "brand_voice", "yes")
    again = entry(assessment, "brand_voice", "no")
    assert [save(assessment, again)[0] for _ in range(3)] == ["saved", "unchanged", "unchanged"]
    assert version_of(assessment, "brand_voice") == 2


def test_a_late_retry_of_an_old_save_does_not_bring_it_back(assessment: Assessment) -> None:
    """The answer was saved, then changed by somebody else; the retry must not undo that."""
    late = entry(assessment, "brand_voice", "yes")
    assert save(assessment, late) == ["saved"]
    save_now(assessment, "brand_voice", "no")
    assert save(assessment, late) == ["conflict"]
    assert value_of(assessment, "brand_voice") == "no"


def test_an_answer_that_was_not_touched_is_left_alone_whatever_others_did(assessment: Assessment) -> None:
    save_now(assessment, "brand_voice", "yes")
    untouched = entry(assessment, "brand_voice", "yes")
    save_now(assessment, "brand_voice", "no", evidence="measured since")
    assert save(assessment, untouched) == ["unchanged"]
    assert stated(stored(assessment, "brand_voice")) == Stated(value="no", evidence="measured since")


def test_a_question_left_open_is_not_stored(assessment: Assessment) -> None:
    assert save(assessment, entry(assessment, "brand_voice", None)) == ["unchanged"]
    assert StoredValue.objects.count() == 0


def test_an_answer_can_be_taken_back(assessment: Assessment) -> None:
    save_now(assessment, "task", "Draft replies")
    save_now(assessment, "task", None)
    assert (value_of(assessment, "task"), version_of(assessment, "task")) == (None, 2)


@pytest.mark.parametrize("seen_version", [0, 2, 999_999_999])
def test_only_the_stored_version_opens_an_answer(assessment: Assessment, seen_version: int) -> None:
    save_now(assessment, "brand_voice", "yes")
    wrong = replace(entry(assessment, "brand_voice", "no"), seen_version=seen_version)
    assert save(assessment, wrong) == ["conflict"]
    assert value_of(assessment, "brand_voice") == "yes"


def test_an_answer_that_is_not_there_cannot_be_overwritten(assessment: Assessment) -> None:
    never = replace(entry(assessment, "brand_voice", "yes"), seen_version=7)
    saving = change(assessment, None, [never])
    assert [(outcome.state, outcome.stored) for outcome in saving.outcomes] == [("conflict", None)]
    assert StoredValue.objects.count() == 0


def test_conflicts_do_not_hold_up_other_answers(assessment: Assessment) -> None:
    stale = entry(assessment, "brand_voice", "no")
    save_now(assessment, "brand_voice", "yes")
    assert save(assessment, stale, entry(assessment, "low_volume", "no")) == ["conflict", "saved"]
    assert value_of(assessment, "low_volume") == "no"


def imported(**parts: Any) -> Assessment:
    return start_from_document(None, "a browser", None, FRAMEWORK, named(**parts))


def test_a_range_from_an_import_survives_a_page_that_shows_its_likely_value() -> None:
    wide = {"low": 10, "likely": 30, "high": 90}
    assessment = imported(costs={"summary": {"evaluation_hours": wide}})
    before = rows(assessment)
    assert save(assessment, entry(assessment, "evaluation_hours", 30)) == ["unchanged"]
    assert rows(assessment) == before


def test_another_number_replaces_the_range() -> None:
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
def test_an_untouched_answer_is_known_by_what_a_page_sends_back(
    assessment: Assessment, key: str, kept: Any, sent_back: Any
) -> None:
    """Also when somebody else has changed it since."""
    StoredValue.objects.create(
        assessment=assessment, path=path_of(key), value=kept, strength="opinion", changed_at=assessment.changed_at
    )
    untouched = entry(assessment, key, sent_back)
    assert save(assessment, untouched) == ["unchanged"]
    assert value_of(assessment, key) == kept
    save_now(assessment, key, [7] if key == "override_weeks" else "new" if key == "task" else 7)
    assert save(assessment, untouched) == ["unchanged"]
    assert version_of(assessment, key) == 2


def reviewed(assessment: Assessment, **counts: int) -> str:
    """Saves counts together; the path that is refused, or `saved`."""
    try:
        change(assessment, None, [entry(assessment, f"{kind}_examples", value) for kind, value in counts.items()])
    except ValuesRefused as error:
        return " ".join(error.faults)
    return "saved"


def test_more_reviewed_than_labelled_examples_are_refused_and_nothing_is_saved() -> None:
    assessment = imported(readiness={"labelled_examples": 20, "reviewed_examples": 15})
    before = rows(assessment)
    assert reviewed(assessment, reviewed=21) == "readiness.reviewed_examples"
    assert reviewed(assessment, labelled=14) == "readiness.labelled_examples"
    assert reviewed(assessment, labelled=10, reviewed=12) == "readiness.reviewed_examples"
    assert rows(assessment) == before


def test_the_count_that_was_changed_is_the_one_refused() -> None:
    """A page sends both, also the one that was not touched."""
    assessment = imported(readiness={"labelled_examples": 20, "reviewed_examples": 15})
    assert reviewed(assessment, labelled=10, reviewed=15) == "readiness.labelled_examples"
    assert reviewed(assessment, labelled=20, reviewed=30) == "readiness.reviewed_examples"


@pytest.mark.parametrize("counts", [(20, 20), (15, 15), (10, 5), (30, 25)])
def test_as_many_reviewed_as_labelled_examples_or_fewer_are_saved(counts: Any) -> None:
    assessment = imported(readiness={"labelled_examples": 20, "reviewed_examples": 15})
    assert reviewed(assessment, labelled=counts[0], reviewed=counts[1]) == "saved"
    assert (value_of(assessment, "labelled_examples"), value_of(assessment, "reviewed_examples")) == counts


def test_the_fault_names_its_path_and_what_would_have_been() -> None:
    assessment = imported(readiness={"labelled_examples": 20})
    with pytest.raises(ValuesRefused) as refused:
        change(assessment, None, [entry(assessment, "reviewed_examples", 21)])
    assert refused.value.faults == {"readiness.reviewed_examples": "21 is more than the 20 labelled"}
    assert refused.value.sheet.value("readiness.reviewed_examples") == 21


@pytest.mark.parametrize(
    ("path", "value", "more", "sentence"),
    [
        ("answers.brand_voice", "maybe", {}, '"maybe" is not one of yes, no, unsure'),
        ("answers.nonsense", "yes", {}, "is not a known path"),
        ("failures.reasoning", -1, {}, "-1 is below 0"),
        ("failures.reasoning", True, {}, "true is not a number"),
        ("costs.detailed.hybrid.accuracy", 0.9, {}, "must be there"),
        ("answers.brand_voice", "yes", {"link": "javascript:alert(1)"}, "must start with https:// or http://"),
        (
            "answers.brand_voice",
            "yes",
            {"strength": "certain"},
            '"certain" is not one of opinion, documented, measured',
        ),
        ("answers.brand_voice", "yes", {"origin": "hearsay"}, None),
        ("matrix.weights.latency", 11, {}, "11 is above 10"),
        ("checks.training.examples_reviewed", False, {}, "must be true"),
        ("use_case.task", "x" * 10_001, {}, "has 10,001 characters; at most 10,000 are allowed"),
    ],
)
def test_nothing_faulty_is_ever_stored_whoever_asks(
    assessment: Assessment, path: str, value: Any, more: Any, sentence: str | None
) -> None:
    sound = entry(assessment, "name", "Refunds")
    with pytest.raises(ValuesRefused) as refused:
        change(assessment, None, [sound, Entry(path=path, value=value, **more)])
    assert list(refused.value.faults) == [path]
    assert sentence in (None, refused.value.faults[path])
    assert StoredValue.objects.count() == 0


def test_who_changed_a_value_and_where_it_comes_from_stand_beside_it(assessment: Assessment) -> None:
    dana = User.objects.create_user("dana@example.org", name="Dana")
    taken = Entry(path="use_case.monthly_requests", value=5000, origin="default")
    change(assessment, dana, [taken])
    row = assessment.values.get()
    assert (row.changed_by, row.origin) == (dana, "default")
    change(assessment, None, [entry(assessment, "monthly_requests", 6000)])
    row = assessment.values.get()
    assert (row.changed_by, row.origin) == (None, "")


def test_evidence_alone_does_not_make_a_number_one_s_own(assessment: Assessment) -> None:
    change(assessment, None, [Entry(path="costs.hourly_rate", value=90, origin="default")])
    save_now(assessment, "hourly_rate", 90, evidence="The same as in our budget")
    assert assessment.values.get().origin == "default"


def test_entries_may_depend_on_what_is_stored(assessment: Assessment) -> None:
    save_now(assessment, "monthly_requests", 10)
    path = path_of("monthly_requests")
    for _ in range(2):
        change(assessment, None, lambda sheet: [entry_on(sheet, path, sheet.value(path) * 2)])
    assert value_of(assessment, "monthly_requests") == 40


def test_only_this_service_writes_values() -> None:
    """Wherever the table is named, it is read."""
    writing = re.compile(r"(StoredValue|\.values)\b[^\n]*\.(create|bulk_create|update|bulk_update|delete|save)\(")
    rooms = [path for path in (Path(settings.BASE_DIR) / "assessments").rglob("*.py") if "migrations" not in path.parts]
    writers = [path.name for path in rooms if "StoredValue" in path.read_text() and writing.search(path.read_text())]
    assert writers == ["values.py"]
