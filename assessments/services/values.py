"""The one door to a value: whoever changes some, a person, a file or a price list, hands in a list of entries here."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from operator import attrgetter
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone

from assessments.acts import Act
from assessments.engine.answers import STRENGTHS, Strength
from assessments.engine.fields import (
    PRICED_BY,
    choice_fault,
    fault_in,
    faults_across,
    field_at,
    link_fault,
    text_fault,
)
from assessments.engine.origins import (
    claimed_strength,
    is_unconfirmed,
    origin_faults,
    says_more,
    strength_fault,
    typed_over,
)
from assessments.engine.paths import Stated
from assessments.engine.plain_text import unturned
from assessments.models import Assessment, StoredValue, User
from assessments.prepared import PreparedUpdate, given_id

from . import audit, history
from .answer_sheet import NOTHING, AnswerSheet, read_sheet, stated

_RANGED = "costs.detailed."
"""Where pages show a range as a range; elsewhere they show its likely value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a value is to become, and what was seen of it: its version, and a mark of what the page had shown."""

    path: str
    value: Any = None
    evidence: str = ""
    link: str = ""
    strength: Strength = "opinion"
    origin: Any = None
    """Where it comes from (engine/origins.py); None for what somebody typed."""
    seen_version: int = 0
    seen_digest: str = ""

    @property
    def is_untouched(self) -> bool:
        """Whether it says what its page had shown."""
        return digest_of(self.path, self) == self.seen_digest


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryOutcome:
    """What became of one entry. `stored` is the value in the database now, if there is one."""

    entry: Entry
    state: Literal["saved", "unchanged", "conflict"]
    stored: StoredValue | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """What became of all entries, and the sheet before and after."""

    before: AnswerSheet
    after: AnswerSheet
    outcomes: tuple[EntryOutcome, ...]
    at: datetime

    @property
    def conflicts(self) -> dict[str, EntryOutcome]:
        """What somebody else has changed meanwhile, by path."""
        return {outcome.entry.path: outcome for outcome in self.outcomes if outcome.state == "conflict"}

    def has_stood_by(self, path: str) -> bool:
        """Whether this made what an agent had told somebody's own."""
        was, now = (is_unconfirmed(stated(sheet.values.get(path)).origin) for sheet in (self.before, self.after))
        return was and not now


class ValuesRefused(Exception):
    """Something is wrong with what was to be saved, so nothing was."""

    def __init__(self, faults: Mapping[str, str], sheet: AnswerSheet, *, each: bool = False):
        super().__init__("\n".join(f"{path}: {sentence}" for path, sentence in faults.items()))
        self.faults = faults
        """What is wrong, by the path of the entry that would make it so."""
        self.sheet = sheet
        """What would have been."""
        self.each = each
        """Whether each is wrong by itself, rather than beside another one."""


Plan = Callable[[AnswerSheet], Sequence[Entry]]
"""Makes entries of what is stored, while nobody else can change it."""


def change(
    assessment: Assessment,
    actor: User | None,
    entries: Sequence[Entry] | Plan,
    *,
    act: Act = "answer",
    at_once: bool = False,
    **details: Any,
) -> Saving:
    """Saves what changed. Each value is saved, was the same already, or is in conflict.

    An entry that says what its page had shown is left alone, whatever others did meanwhile. One that
    says what is stored already is unchanged, so that a retried save is harmless. Otherwise the page
    must have seen the stored version. A conflict does not hold up the other entries.

    `act` and `details` say in the audit trail what was done. What is made `at_once`, such as by a
    file, is a change of its own in the history, however soon another one follows.
    Raises ValuesRefused, and then nothing is saved.
    """
    with transaction.atomic():
        now = timezone.now()
        assessment.mark_changed(now)  # its row's lock lets one save of an assessment through at a time
        before = read_sheet(assessment)
        outcomes = settle(before, entries(before) if callable(entries) else entries)
        after = _after(before, outcomes)
        if rows := _saved(outcomes):
            assessment.changed_at = now
            _write(assessment, actor, rows, now)
            if not assessment.sample:
                _remember(assessment, actor, before, rows, at_once=at_once)
                versions = {row.path: row.version for row in rows}
                event = {"about": assessment.pk, "versions": versions} | details
                audit.record(audit.chain_of(assessment), act, actor=actor, **event)
        else:
            transaction.set_rollback(True)  # nothing was saved, so nothing changed now
    return Saving(before=before, after=after, outcomes=outcomes, at=now)


def confirm_told(assessment: Assessment, actor: User | None, path: str, seen_version: int) -> Saving:
    """Makes what an agent told a person's own answer, as strong as it was called. What is nobody's but a person's
    already stays as it is; what is another by now is in conflict."""

    def entries(sheet: AnswerSheet) -> Sequence[Entry]:
        was = stated(sheet.values.get(path))
        if not is_unconfirmed(was.origin):
            return ()
        mine = entry_on(sheet, path, was.value)
        return [replace(mine, strength=claimed_strength(was.origin), origin="", seen_version=seen_version)]

    return change(assessment, actor, entries, act="confirm_told")


def tried(sheet: AnswerSheet, entries: Sequence[Entry]) -> AnswerSheet:
    """The sheet as it would be after these entries, for looking only. Raises ValuesRefused as `change` does."""
    return _after(sheet, settle(sheet, entries))


def settle(sheet: AnswerSheet, entries: Sequence[Entry]) -> tuple[EntryOutcome, ...]:
    """What becomes of each entry, with the row that is to be stored. Nothing is written here."""
    meant = [_as_meant(sheet, entry) for entry in entries]
    return tuple(_settle(sheet.values.get(entry.path), entry) for entry in meant)


def _as_meant(sheet: AnswerSheet, entry: Entry) -> Entry:
    """The entry with names that turn nothing, whichever way they came: by a form, a file or a program."""
    field = field_at(sheet.framework, entry.path)
    if field is None or field.kind == "long_text" or (meant := _unturned(entry.value)) == entry.value:
        return entry
    return replace(entry, value=meant)


def _unturned(value: Any) -> Any:
    if isinstance(value, str):
        return unturned(value)
    if isinstance(value, list):
        return [_unturned(one) for one in value]
    return {key: _unturned(one) for key, one in value.items()} if isinstance(value, dict) else value


def entry_on(sheet: AnswerSheet, path: str, value: Any, origin: Any = None) -> Entry:
    """Another value in the place of what is stored now, whatever that is. Its evidence stays."""
    was = stated(sheet.values.get(path))
    return Entry(
        path=path,
        value=value,
        evidence=was.evidence,
        link=was.link,
        strength=was.strength,
        origin=origin,
        seen_version=sheet.version(path),
    )


def entries_to(sheet: AnswerSheet, wanted: Mapping[str, Stated]) -> Sequence[Entry]:
    """What makes this sheet say what is wanted, and nothing else."""
    return [
        Entry(path=path, seen_version=sheet.version(path), **asdict(wanted.get(path, NOTHING)))
        for path in {**sheet.stated, **wanted}
        if wanted.get(path, NOTHING) != sheet.stated.get(path, NOTHING)
    ]


def claim(user: User, assessments: Sequence[str]) -> None:
    """What nobody had a name for in these was this person's doing, from the browser they tried it in."""
    StoredValue.objects.filter(assessment__in=assessments, changed_by=None).update(changed_by=user)
    history.claim(user, assessments)


def digest_of(path: str, said: Any) -> str:
    """A short mark by which a page remembers what it showed: what it sends back if nobody touches it."""
    value = said.value
    if isinstance(value, dict) and "likely" in value:
        value = [value.get(end) for end in ("low", "likely", "high")] if path.startswith(_RANGED) else value["likely"]
    parts = [_sent_back(part) for part in (value, said.evidence, said.link, said.strength or "opinion")]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:12]


def _sent_back(value: Any) -> Any:
    """What an untouched page sends back: 30.0 as 30, text trimmed."""
    if isinstance(value, list):
        return [_sent_back(part) for part in value]
    if isinstance(value, dict):
        return {key: _sent_back(part) for key, part in value.items()}
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip() or None
    return value


_said = attrgetter("value", "evidence", "link", "strength")


def _settle(stored: StoredValue | None, entry: Entry) -> EntryOutcome:
    was = stated(stored)
    if (_said(entry) == _said(was) and not says_more(entry.origin, was.origin)) or entry.is_untouched:
        return EntryOutcome(entry=entry, state="unchanged", stored=stored)
    if (stored.version if stored else 0) != entry.seen_version:
        return EntryOutcome(entry=entry, state="conflict", stored=stored)
    # evidence alone does not make a number one's own, but who writes it beside what an agent told stands by that
    kept = entry.value == was.value and not is_unconfirmed(was.origin)
    typed = was.origin if kept else typed_over(was.origin)
    row = StoredValue(
        pk=stored.pk if stored else None,
        path=entry.path,
        value=entry.value,
        evidence=entry.evidence,
        link=entry.link,
        strength=entry.strength,
        origin=typed if entry.origin is None else entry.origin,
        version=entry.seen_version + 1,
    )
    return EntryOutcome(entry=entry, state="saved", stored=row)


def _saved(outcomes: Sequence[EntryOutcome]) -> list[StoredValue]:
    return [outcome.stored for outcome in outcomes if outcome.state == "saved" and outcome.stored]


def _after(before: AnswerSheet, outcomes: Sequence[EntryOutcome]) -> AnswerSheet:
    rows = _saved(outcomes)
    after = before.with_values(*rows)
    if faults := {row.path: sentence for row in rows if (sentence := _fault(after, row))}:
        raise ValuesRefused(faults, after, each=True)
    if faults := _faults_beside(after, rows):
        raise ValuesRefused(faults, after)
    return after


def _faults_beside(after: AnswerSheet, rows: Sequence[StoredValue]) -> dict[str, str]:
    """What is wrong with these rows beside what else is stored then."""
    faults = dict[str, str]()
    across, paths = faults_across(after.stated), [row.path for row in rows]
    for fault in across:
        faults |= dict.fromkeys(_blamed(fault.place, paths), fault.sentence)
    return faults or {fault.place: fault.sentence for fault in across}


def _fault(sheet: AnswerSheet, row: StoredValue) -> str:
    field = field_at(sheet.framework, row.path)
    if field is None:
        return "is not a known path"
    return (
        (fault_in(field, row.value) if row.value is not None else "")
        or text_fault(row.evidence)
        or link_fault(row.link)
        or choice_fault(row.strength, STRENGTHS)
        or "".join(fault.sentence for fault in (origin_faults(row.origin) if row.origin else ())[:1])
        or strength_fault(row.origin, row.strength)
    )


def _blamed(place: str, paths: Collection[str]) -> Collection[str]:
    """Which of the changed values make a fault between values: that one, what is below it, or what it stands beside."""
    table, _, key = place.rpartition(".")
    prices = [f"{table}.{price}" for price in PRICED_BY.get(key, ())]
    below = [path for path in paths if path == place or path.startswith(f"{place}.")]
    beside = [path for path in paths if path.rpartition(".")[0] == table or path.rpartition(".")[2] == key]
    return below or [path for path in paths if path in prices] or beside


def _write(assessment: Assessment, actor: User | None, rows: Sequence[StoredValue], now: datetime) -> None:
    for row in rows:
        row.assessment, row.changed_at, row.changed_by = assessment, now, actor
        if row.pk is not None:
            _STORE.make(pk=row.pk, **{name: getattr(row, _ATTRIBUTE.get(name, name)) for name in _STORED})
    if new := [row for row in rows if row.pk is None]:
        StoredValue.objects.bulk_create(new)


_STORED = ("value", "evidence", "link", "strength", "origin", "version", "changed_at", "changed_by")
_ATTRIBUTE = {"changed_by": "changed_by_id"}
_STORE = PreparedUpdate(lambda: StoredValue.objects.filter(pk=given_id("pk", StoredValue)), *_STORED)


def _remember(
    assessment: Assessment, actor: User | None, before: AnswerSheet, rows: Sequence[StoredValue], *, at_once: bool
) -> None:
    changes = [
        history.Change(
            path=row.path,
            version=row.version,
            before=history.said(before.values.get(row.path)),
            after=history.said(row),
        )
        for row in rows
    ]
    history.record(assessment, actor, changes, at=rows[0].changed_at, at_once=at_once)
