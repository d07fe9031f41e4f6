"""Saving answers: compare-and-swap on each answer's version, so that nobody overwrites another unseen."""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone

from assessments.models import Assessment, StoredAnswer, User

from . import audit, history
from .answer_sheet import AnswerSheet, read_sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What an answer says."""

    value: Any = None
    evidence: str = ""
    link: str = ""
    strength: str = "opinion"

    @property
    def is_blank(self) -> bool:
        return self == Content()

    @property
    def as_json(self) -> dict[str, Any]:
        """What it says, without what it leaves empty."""
        said = {"value": self.value, "evidence": self.evidence, "link": self.link}
        if self.evidence or self.link:
            said["strength"] = self.strength
        return {name: value for name, value in said.items() if value not in (None, "")}

    @property
    def digest(self) -> str:
        """A short mark by which a page remembers what it showed: what it sends back if nobody touches it."""
        parts = [_sent_back(part) for part in (self.value, self.evidence, self.link, self.strength)]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:12]


def _sent_back(value: Any) -> Any:
    """A stored value as an untouched page returns it: a range as its likely value, 30.0 as 30, text trimmed."""
    if isinstance(value, dict):
        return _sent_back(value.get("likely"))
    if isinstance(value, list):
        return [_sent_back(part) for part in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip() or None
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """An answer as a page sends it: what it says now, and which version the page had shown."""

    key: str
    content: Content
    seen_version: int
    seen_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one submission. `stored` is the answer in the database now, if there is one."""

    submission: Submission
    state: Literal["saved", "unchanged", "conflict"]
    stored: StoredAnswer | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """What became of all submissions, and the sheet before and after."""

    before: AnswerSheet
    after: AnswerSheet
    outcomes: tuple[Outcome, ...]

    @property
    def conflicts(self) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self.outcomes if outcome.state == "conflict")


class TooManyReviewed(Exception):
    """More reviewed examples than labelled ones. `key` is the changed answer that would make it so."""

    def __init__(self, key: str, labelled: float, reviewed: float):
        super().__init__(key)
        self.key, self.labelled, self.reviewed = key, labelled, reviewed


def content_of(stored: StoredAnswer | None) -> Content:
    if stored is None:
        return Content()
    return Content(value=stored.value, evidence=stored.evidence, link=stored.link, strength=stored.strength)


def save_answers(assessment: Assessment, actor: User | None, submissions: Sequence[Submission]) -> Saving:
    """Saves what changed. Each answer is saved, was the same already, or is in conflict.

    A submission that says what its page had shown is left alone, whatever others did meanwhile. One
    that says what is stored already is unchanged, so that a retried save is harmless. Otherwise the
    page must have seen the stored version.
    Raises TooManyReviewed, and then nothing is saved.
    """
    with transaction.atomic():
        # The row lock lets one save of an assessment through at a time.
        now = timezone.now()
        assessment.mark_changed(now)
        before = after = read_sheet(assessment)
        outcomes = []
        for submission in submissions:
            outcome = _save(assessment, actor, before, submission, now)
            if outcome.state == "saved" and outcome.stored:
                after = after.with_answer(outcome.stored)
            outcomes.append(outcome)
        _check_reviewed(after, outcomes)
        saved = {o.submission.key: o.stored.version for o in outcomes if o.state == "saved" and o.stored}
        if saved:
            audit.record(audit.chain_of(assessment), "answer", actor=actor, about=assessment.pk, versions=saved)
        else:
            transaction.set_rollback(True)  # nothing was saved, so nothing changed now
    return Saving(before=before, after=after, outcomes=tuple(outcomes))


def _save(
    assessment: Assessment, actor: User | None, sheet: AnswerSheet, submission: Submission, now: datetime
) -> Outcome:
    stored = sheet.answers.get(submission.key)
    current = content_of(stored)
    content = submission.content
    if content == current or content.digest == submission.seen_digest:
        return Outcome(submission=submission, state="unchanged", stored=stored)
    if (stored.version if stored else 0) != submission.seen_version:
        return Outcome(submission=submission, state="conflict", stored=stored)
    fields = {
        "value": content.value,
        "evidence": content.evidence,
        "link": content.link,
        "strength": content.strength,
        "version": submission.seen_version + 1,
        "changed_at": now,
    }
    if stored is None:
        saved = StoredAnswer.objects.create(assessment=assessment, key=submission.key, **fields)
    else:
        rows = StoredAnswer.objects.filter(pk=stored.pk, version=submission.seen_version)
        if not rows.update(**fields):
            return Outcome(submission=submission, state="conflict", stored=stored)
        saved = StoredAnswer(id=stored.pk, assessment=assessment, key=submission.key, **fields)
    before = current.as_json if stored else None
    history.record(
        assessment, actor, submission.key, version=fields["version"], before=before, after=content.as_json, at=now
    )
    return Outcome(submission=submission, state="saved", stored=saved)


def _check_reviewed(sheet: AnswerSheet, outcomes: Sequence[Outcome]) -> None:
    saved = {outcome.submission.key for outcome in outcomes if outcome.state == "saved"}
    if error := too_many_reviewed(sheet, saved):
        raise error


def too_many_reviewed(sheet: AnswerSheet, changed: Collection[str]) -> TooManyReviewed | None:
    """What these changed answers would break: no more examples can be reviewed than are labelled."""
    keys = [key for key in ("reviewed_examples", "labelled_examples") if key in changed]
    labelled, reviewed = (content_of(sheet.answers.get(f"{kind}_examples")).value for kind in ("labelled", "reviewed"))
    if not keys or labelled is None or reviewed is None or reviewed <= labelled:
        return None
    return TooManyReviewed(keys[0], labelled, reviewed)
