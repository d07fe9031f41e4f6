"""Where answers come from, in words: on the page, in the PDF, and not at all where evidence is left out."""

from typing import Any

from assessments.engine.document import read_document
from assessments.engine.origins import origin_of
from assessments.framework import load_framework
from assessments.presenters.sources import answer_source, measured_by, source_files, sources_words

from ..documents import named

FRAMEWORK = load_framework()
SHA256 = "0123456789abcdef" * 4
MEASURED: dict[str, Any] = {
    "kind": "measured",
    "rule": "target",
    "tool": "promptfoo",
    "files": [{"name": "results.json", "size": 581_000, "sha256": SHA256}],
    "when": "2026-11-27T09:30:00+00:00",
}
REMOVED = MEASURED | {"removed": "2026-12-01T08:00:00+00:00"}
TYPED_OVER = {"kind": "typed", "was_measured": "2026-11-27T09:30:00+00:00"}


def test_an_answer_is_typed_from_a_file_or_computed() -> None:
    told = [answer_source(origin_of(raw) if raw else None) for raw in ("", MEASURED, REMOVED, TYPED_OVER, "summary")]
    assert [(one.kind, one.words) for one in told] == [
        ("typed", "Typed"),
        ("file", "From results.json, measured on 27 November 2026"),
        ("file", "From results.json, measured on 27 November 2026. Its file was removed on 1 December 2026"),
        ("typed", "Typed; was measured on 27 November 2026"),
        ("computed", "Computed"),
    ]
    assert sources_words(told) == "2 typed, 2 measured in files and 1 computed"


def test_the_files_behind_answers_are_told_with_their_hashes() -> None:
    answers = {"target_missed": "yes", "prompts_succeed": "no", "brand_voice": "yes"}
    origins = {"answers.target_missed": MEASURED, "answers.prompts_succeed": REMOVED}
    document = read_document(named(answers=answers, origins=origins), FRAMEWORK)
    (file,) = source_files(FRAMEWORK, document.origins)
    assert (file.name, file.size, file.sha256) == ("results.json", "581 kB", SHA256)
    assert file.about == "promptfoo, 2 answers, accepted on 27 November 2026"
    assert file.removed == "Removed on 1 December 2026"


def test_measuring_is_offered_at_questions_that_a_file_can_answer_and_at_no_other() -> None:
    by_key = FRAMEWORK.evidence.answered_by
    offered = {key for keys in by_key.values() for key in keys}
    assert offered <= {*FRAMEWORK.questions}
    assert offered.isdisjoint(FRAMEWORK.evidence.never)
    assert by_key.keys() <= FRAMEWORK.reading.kinds.keys()
    words = {key: measured_by(FRAMEWORK, FRAMEWORK.questions[key]) for key in FRAMEWORK.questions}
    assert words["inconsistent_format"] == "an evaluation run or a log of failures"
    assert (words["missing_knowledge"], words["policy_tone"]) == ("a log of failures", "")
    assert words["root_cause_known"] == ""
