"""Values: read all or by path, and changed as a list of entries, all or none of them."""

from dataclasses import replace
from typing import get_args

from django.db import transaction
from django.utils import timezone

from assessments.engine.answers import Strength
from assessments.engine.fields import field_at
from assessments.engine.origins import told_by_agent
from assessments.models import StoredValue
from assessments.pages.fields import refusal_words
from assessments.pages.problem import NotDone, PathFault
from assessments.presenters.verdict import headline
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.costs import enter
from assessments.services.own_frameworks import framework_at
from assessments.services.values import Entry, EntryOutcome, Saving, ValuesRefused

from . import asked, shapes
from .one_assessment import ONE
from .operation import OPERATIONS, Call

_VALUES = f"{ONE}/values"


@OPERATIONS.add("GET", _VALUES, opens="assessment", right="read", asks=asked.ValuesQuery, gives=shapes.ValuesAnswer)
def read_values(call: Call) -> shapes.ValuesAnswer:
    """The values that are stored, each with the version that a change must have seen. A path asked for by its whole
    name is answered where nothing is stored, too, with version 0."""
    sheet = read_sheet(call.own.assessment)
    asked = [path.strip() for path in call.asked.path.split(",") if path.strip()]
    framework = framework_at(call.own.assessment.framework)
    known = [path for path in asked if path not in sheet.values and field_at(framework, path)]
    stored = [path for path in sheet.values if not asked or any(_is_at(path, one) for one in asked)]
    return shapes.ValuesAnswer(values=[_value(sheet, path) for path in (*stored, *dict.fromkeys(known))])


def _is_at(path: str, asked: str) -> bool:
    return path == asked or path.startswith(f"{asked}.")


def _value(sheet: AnswerSheet, path: str) -> shapes.ValueAnswer:
    row = sheet.values.get(path) or StoredValue(path=path, version=0)
    return shapes.ValueAnswer(
        path=path,
        value=row.value,
        evidence=row.evidence,
        link=row.link,
        strength=row.strength or "opinion",
        origin=row.origin or "typed",
        version=row.version,
        changed_at=row.changed_at,
    )


@OPERATIONS.add(
    "PATCH",
    _VALUES,
    opens="assessment",
    right="edit",
    sends=asked.SentEntries,
    gives=shapes.SavedAnswer,
    again=True,
)
def change_values(call: Call) -> shapes.SavedAnswer:
    """Changes values, all of them or none. Each names the version that was read: where somebody else has changed one
    meanwhile, the answer is 409 with what is stored now. Null takes a value away. Sent twice, it is done once."""
    entries = [_entry(one) for one in call.sent.entries]
    if len({entry.path for entry in entries}) < len(entries):
        raise NotDone(422, "There is a problem", "A path stands there twice. Nothing was changed.")
    try:
        with transaction.atomic():
            saving = enter(call.own.assessment, call.actor, entries)
            refuse_conflicts(saving)
    except ValuesRefused as error:
        raise refused_values(error) from None
    sent = {entry.path for entry in entries}
    return shapes.SavedAnswer(
        entries=[_saved(outcome) for outcome in saving.outcomes if outcome.entry.path in sent],
        verdict=headline(saving.after.verdict).title,
        changed_at=call.own.assessment.changed_at,
    )


def _entry(sent: asked.SentEntry) -> Entry:
    if sent.strength not in get_args(Strength):
        fault = PathFault(path=sent.path, sentence=f"strength must be one of {', '.join(get_args(Strength))}")
        raise NotDone(422, "There is a problem", "Nothing was changed.", [fault])
    entry = Entry(
        path=sent.path,
        value=sent.value,
        evidence=sent.evidence,
        link=sent.link,
        strength=sent.strength,  # type: ignore[arg-type]
        seen_version=sent.seen_version,
    )
    if not sent.told_by_agent or sent.value is None:
        return entry
    return replace(entry, strength="opinion", origin=told_by_agent(timezone.now(), entry.strength))


def refuse_conflicts(saving: Saving) -> None:
    """Raised inside the transaction, so that what is sound is not saved either."""
    faults = [
        PathFault(
            path=path,
            sentence="Somebody else has changed this meanwhile",
            stored=_stored(outcome),
        )
        for path, outcome in saving.conflicts.items()
    ]
    if faults:
        raise NotDone(409, "Somebody else has changed this meanwhile", "Nothing was changed.", faults)


def _stored(outcome: EntryOutcome) -> dict[str, object]:
    row = outcome.stored
    if row is None:
        return {"value": None, "version": 0}
    who = str(row.changed_by or "")
    return {"value": row.value, "evidence": row.evidence, "link": row.link, "version": row.version, "changed_by": who}


def _saved(outcome: EntryOutcome) -> shapes.SavedEntry:
    version = outcome.stored.version if outcome.stored else 0
    return shapes.SavedEntry(path=outcome.entry.path, state=outcome.state, version=version)


def refused_values(error: ValuesRefused) -> NotDone:
    faults = [PathFault(path=path, sentence=_words(path, error)) for path in error.faults]
    return NotDone(422, "There is a problem", "Nothing was changed.", faults)


def _words(path: str, error: ValuesRefused) -> str:
    """As the page says it where there is a control; what is on no page has none."""
    known = field_at(error.sheet.framework, path)
    return refusal_words(path, error) if known else error.faults[path]
