"""Fields of the questionnaire from what is stored, or from what was sent and could not be saved."""

from collections.abc import Mapping
from dataclasses import replace

from assessments.forms.answers import DATA_COLUMNS, ROWS_READ, FormatError, read_strength
from assessments.framework import Question
from assessments.models import StoredValue, User
from assessments.presenters.changes import label_of
from assessments.presenters.findings import contradictions_beside, present_findings
from assessments.presenters.formats import number
from assessments.presenters.questionnaire import Conflict, DataRowView, Field, answer_words, present_field
from assessments.services.answer_sheet import AnswerSheet, stated
from assessments.services.values import Outcome, Refused, digest_of


def stored_field(question: Question, sheet: AnswerSheet) -> Field:
    stored = sheet.values.get(question.path)
    return with_notes(present_field(question, stored, rev_of(question.path, stored)), sheet)


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
        rev=posted.get(f"{question.key}-rev", rev_of(question.path, sheet.values.get(question.path))),
        evidence=posted.get(f"{question.key}-evidence", ""),
        link=posted.get(f"{question.key}-link", ""),
        strength=read_strength(question, posted),
        errors={error.field: error.sentence},
        rows=rows,
        cells=cells,
    )


def conflict_field(question: Question, outcome: Outcome, actor: User | None) -> Field:
    """Your answer, with the one that was saved meanwhile. Sent again, yours is kept."""
    yours, theirs = outcome.entry, stated(outcome.stored)
    shown = present_field(question, yours, rev_of(question.path, outcome.stored))
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
            who=who_changed(outcome.stored, actor),
            at=outcome.stored.changed_at if outcome.stored else None,
            theirs=answer_words(question, theirs.value) or "No answer",
            yours=answer_words(question, yours.value) or "No answer",
            their_evidence=theirs.evidence if theirs.evidence != yours.evidence else "",
        ),
    )


def who_changed(stored: StoredValue | None, looking: User | None) -> str:
    """Who changed this value last, as the person who looks would say it."""
    if stored is None or stored.changed_by is None:
        return "Somebody else"
    return "In another window, you" if stored.changed_by == looking else str(stored.changed_by)


def rev_of(path: str, stored: StoredValue | None) -> str:
    """What a page remembers of a value that it shows."""
    return f"{stored.version if stored else 0}.{digest_of(path, stated(stored))}"


def refusal_words(path: str, error: Refused) -> str:
    """Why a value was refused, so that somebody who looks at its control knows what to do."""
    sheet = error.sheet
    labelled, reviewed = (sheet.value(f"readiness.{kind}_examples") for kind in ("labelled", "reviewed"))
    match path.split("."):
        case ["readiness", "reviewed_examples"]:
            return f"Reviewed examples ({number(reviewed)}) cannot be more than the {number(labelled)} labelled ones"
        case ["readiness", "labelled_examples"]:
            return f"Labelled examples ({number(labelled)}) cannot be fewer than the {number(reviewed)} reviewed ones"
        case ["costs", "detailed", approach, _] if not sheet.value(f"costs.detailed.{approach}"):
            return "Somebody else has removed this approach"
        case ["costs", "detailed", approach, "escalation_to"]:
            target = sheet.value(path)
            if target == approach:
                return "An approach cannot pass requests on to itself"
            if not sheet.value(f"costs.detailed.{target}"):
                return "Choose an approach that has been added"
            return "Requests would go round in a circle: choose an approach that does not pass them back"
    return f"{label_of(sheet.framework, path)}: {error.faults[path]}"
