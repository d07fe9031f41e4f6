"""Fields of the questionnaire from what is stored, or from what was sent and could not be saved."""

from collections.abc import Mapping
from dataclasses import replace

from assessments.forms.answers import DATA_COLUMNS, ROWS_READ, FormatError, read_strength
from assessments.framework import Question
from assessments.models import Assessment, User
from assessments.presenters.findings import contradictions_beside, present_findings
from assessments.presenters.formats import number
from assessments.presenters.questionnaire import Conflict, DataRowView, Field, answer_words, present_field
from assessments.services.answer_sheet import AnswerSheet
from assessments.services.answers import Outcome, TooManyReviewed, content_of
from assessments.services.history import changes_of


def stored_field(question: Question, sheet: AnswerSheet) -> Field:
    stored = sheet.answers.get(question.key)
    return with_notes(present_field(question, stored, _rev(sheet, question)), sheet)


def with_notes(field: Field, sheet: AnswerSheet) -> Field:
    """The field with the contradictions it is part of."""
    findings = present_findings(sheet.framework, sheet.verdict.findings)
    notes = contradictions_beside(findings, field.key)
    return replace(field, notes=notes) if notes else field


def error_field(question: Question, sheet: AnswerSheet, posted: Mapping[str, str], error: FormatError) -> Field:
    """What was typed, kept as it is, with what is wrong."""
    cells = [posted[name] for week in range(ROWS_READ) if (name := f"{question.key}-{week}") in posted]
    rows = [
        DataRowView(number=row, **{column: posted.get(f"{question.key}-{row}-{column}", "") for column in DATA_COLUMNS})
        for row in range(ROWS_READ)
        if f"{question.key}-{row}-label" in posted
    ]
    return Field(
        question=question,
        typed=posted.get(question.key, ""),
        rev=posted.get(f"{question.key}-rev", _rev(sheet, question)),
        evidence=posted.get(f"{question.key}-evidence", ""),
        link=posted.get(f"{question.key}-link", ""),
        strength=read_strength(question, posted),
        errors={error.field: error.sentence},
        rows=rows,
        cells=cells,
    )


def conflict_field(question: Question, outcome: Outcome, assessment: Assessment, actor: User | None) -> Field:
    """Your answer, with the one that was saved meanwhile. Sent again, yours is kept."""
    yours, theirs = outcome.submission.content, content_of(outcome.stored)
    version = outcome.stored.version if outcome.stored else 0
    shown = present_field(question, yours, f"{version}.{theirs.digest}")
    return Field(
        question=question,
        typed=shown.typed,
        rev=shown.rev,
        evidence=yours.evidence,
        link=yours.link,
        strength=yours.strength,
        rows=shown.rows,
        cells=shown.cells,
        conflict=Conflict(
            who=_who_changed(assessment, question.key, actor),
            at=outcome.stored.changed_at if outcome.stored else None,
            theirs=answer_words(question, theirs.value) or "No answer",
            yours=answer_words(question, yours.value) or "No answer",
            their_evidence=theirs.evidence if theirs.evidence != yours.evidence else "",
        ),
    )


def _who_changed(assessment: Assessment, key: str, actor: User | None) -> str:
    """Who changed this answer last, as the person who looks would say it."""
    last = changes_of(assessment, key).first()
    if last is None or last.by is None:
        return "Somebody else"
    return "In another window, you" if last.by == actor else str(last.by)


def rejected_words(error: TooManyReviewed) -> str:
    labelled, reviewed = number(error.labelled), number(error.reviewed)
    if error.key == "reviewed_examples":
        return f"Reviewed examples ({reviewed}) cannot be more than the {labelled} labelled ones"
    return f"Labelled examples ({labelled}) cannot be fewer than the {reviewed} reviewed ones"


def _rev(sheet: AnswerSheet, question: Question) -> str:
    stored = sheet.answers.get(question.key)
    return f"{stored.version if stored else 0}.{content_of(stored).digest}"
