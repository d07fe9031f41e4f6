"""Changes of the detailed costs form. Each names the numbers it changes and leaves the others as they are stored."""

import hashlib
import json
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone

from assessments.engine.economics.inputs import STATUS_QUO
from assessments.engine.fields import faults_across
from assessments.engine.origins import CASE
from assessments.engine.paths import values_of
from assessments.framework import Framework, load_framework
from assessments.models import Assessment, StoredAnswer, User

from . import audit, history
from .answer_sheet import AnswerSheet, read_sheet
from .prefill import Parts, follow_today

DETAILED, ORIGINS = "detailed", "origins"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One number as a page sends it: what it says now, and the mark of what the page had shown."""

    scope: str
    key: str
    value: Any
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one entry. `stored` is the value in the database now."""

    entry: Entry
    state: Literal["saved", "unchanged", "conflict", "refused"]
    stored: Any
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """What became of all entries, and the sheet before and after."""

    before: AnswerSheet
    after: AnswerSheet
    outcomes: tuple[Outcome, ...] = ()


def mark(value: Any) -> str:
    """A short mark by which a page remembers which number it showed.

    >>> mark(30) == mark(30.0), mark(None) == mark(0)
    (True, False)
    """
    return hashlib.sha256(json.dumps(_plain(value)).encode()).hexdigest()[:12]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return [_plain(value.get(key)) for key in ("low", "likely", "high")]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def parts_of(sheet: AnswerSheet) -> Parts:
    """The stored parts, to be read. Before the first change: the status quo, empty, and what the use case says."""
    detailed, origins = (sheet.answers.get(key) for key in (DETAILED, ORIGINS))
    parts = Parts(deepcopy((detailed and detailed.value) or {}), deepcopy((origins and origins.value) or {}))
    if not parts.detailed:
        requests = sheet.answers.get("monthly_requests")
        if requests is not None and requests.value is not None:
            parts.detailed["monthly_requests"] = requests.value
            parts.origins_of(CASE)["monthly_requests"] = "use_case"
    parts.approaches.setdefault(STATUS_QUO, {})
    return parts


def change_form(assessment: Assessment, actor: User | None, change: Callable[[Framework, Parts], None]) -> Saving:
    """Stores what `change` makes of the parts, in place; what follows today's prompt follows it.

    The row lock on the assessment lets one change through at a time.
    """
    framework = load_framework(assessment.framework)
    with transaction.atomic():
        now = timezone.now()
        assessment.mark_changed(now)
        before = after = read_sheet(assessment)
        parts = parts_of(before)
        change(framework, parts)
        if parts != parts_of(before):
            if parts.detailed:
                follow_today(framework, parts)
            for key, value in ((DETAILED, parts.detailed), (ORIGINS, parts.origins)):
                after = _store(assessment, actor, after, key, value or None)
        if after is not before:
            audit.record(audit.chain_of(assessment), "change_costs", actor=actor, about=assessment.pk)
        else:
            transaction.set_rollback(True)  # nothing was saved, so nothing changed now
    return Saving(before=before, after=after)


def _store(assessment: Assessment, actor: User | None, sheet: AnswerSheet, key: str, value: Any) -> AnswerSheet:
    stored = sheet.answers.get(key)
    if (stored.value if stored else None) == value:
        return sheet
    row = StoredAnswer(
        pk=stored.pk if stored else None,
        assessment=assessment,
        key=key,
        value=value,
        strength="opinion",
        version=(stored.version if stored else 0) + 1,
        changed_at=timezone.now(),
    )
    row.save()
    if key == DETAILED:
        before = {"value": stored.value} if stored and stored.value else None
        history.record(
            assessment, actor, key, version=row.version, before=before, after={"value": value}, at=row.changed_at
        )
    return sheet.with_answer(row)


def save_entries(assessment: Assessment, actor: User | None, entries: Sequence[Entry]) -> Saving:
    """Saves what changed: each number is saved, was the same already, is in conflict or is refused.

    An entry that says what its page had shown is left alone, whatever others did meanwhile. One that
    says what is stored already is unchanged. Otherwise the page must have seen what is stored.
    """
    outcomes: list[Outcome] = []

    def change(framework: Framework, parts: Parts) -> None:
        outcomes.extend(_enter(framework, parts, entry) for entry in entries)

    saving = change_form(assessment, actor, change)
    return Saving(before=saving.before, after=saving.after, outcomes=tuple(outcomes))


def _enter(framework: Framework, parts: Parts, entry: Entry) -> Outcome:
    if entry.scope != CASE and entry.scope not in parts.approaches:
        return Outcome(entry=entry, state="refused", stored=None, sentence="Somebody else has removed this approach")
    numbers = parts.numbers(entry.scope)
    stored = numbers.get(entry.key)
    if _plain(entry.value) == _plain(stored) or mark(entry.value) == entry.seen:
        return Outcome(entry=entry, state="unchanged", stored=stored)
    if mark(stored) != entry.seen:
        return Outcome(entry=entry, state="conflict", stored=stored)
    before = dict(numbers)
    _put(numbers, entry.key, entry.value)
    if entry.key == "escalation_to" and (sentence := _escalation_fault(parts)):
        numbers.clear()
        numbers.update(before)
        return Outcome(entry=entry, state="refused", stored=stored, sentence=sentence)
    parts.origins.get(entry.scope, {}).get("numbers", {}).pop(entry.key, None)
    return Outcome(entry=entry, state="saved", stored=entry.value)


def _put(numbers: dict[str, Any], key: str, value: Any) -> None:
    if value is None:
        numbers.pop(key, None)
    else:
        numbers[key] = value


def _escalation_fault(parts: Parts) -> str:
    """What is wrong with who passes requests on to whom, in a sentence, or an empty string."""
    faults = faults_across(values_of({"costs": {"detailed": parts.detailed}}))
    sentence = next((fault.sentence for fault in faults if fault.place.endswith(".escalation_to")), "")
    if not sentence:
        return ""
    if "circle" in sentence:
        return "Requests would go round in a circle: choose an approach that does not pass them back"
    if "itself" in sentence:
        return "An approach cannot pass requests on to itself"
    return "Choose an approach that has been added"


def add_approach(assessment: Assessment, actor: User | None, approach: str) -> Saving:
    """Adds an approach, filled in from today's prompt and the framework's suggestions. Once is enough."""

    def change(framework: Framework, parts: Parts) -> None:
        if approach not in parts.approaches:
            parts.approaches[approach] = {}
            parts.origins[approach] = {"numbers": {}, "prefilled": True}

    return change_form(assessment, actor, change)


def remove_approach(assessment: Assessment, actor: User | None, approach: str) -> Saving:
    """Takes an approach away with its numbers, and requests passed on to it."""

    def change(framework: Framework, parts: Parts) -> None:
        parts.approaches.pop(approach, None)
        parts.origins.pop(approach, None)
        for own in parts.approaches.values():
            if own.get("escalation_to") == approach:
                del own["escalation_to"]

    return change_form(assessment, actor, change)


def discard_form(assessment: Assessment, actor: User | None) -> Saving:
    """Empties the detailed form, so that the short one counts again."""

    def change(framework: Framework, parts: Parts) -> None:
        parts.detailed.clear()
        parts.origins.clear()

    return change_form(assessment, actor, change)
