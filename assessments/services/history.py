"""The history of values: who changed what, when, from what to what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    CharField,
    DateTimeField,
    Exists,
    Max,
    OuterRef,
    PositiveIntegerField,
    QuerySet,
    Subquery,
)

from assessments.engine.paths import Stated
from assessments.models import Assessment, User, ValueChange, Version
from assessments.prepared import Given, Prepared, PreparedInsert, PreparedUpdate, given_id

ONE_GO = timedelta(minutes=1)
"""Saves by one person to one value that follow each other this closely are one change, as while typing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one save made of one value."""

    path: str
    version: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def said(value: Any) -> dict[str, Any] | None:
    """What a value says, without what it leaves empty; None where it says nothing."""
    if value is None:
        return None
    parts = {name: getattr(value, name) for name in ("value", "evidence", "link")}
    if value.evidence or value.link:
        parts["strength"] = value.strength
    said = {name: part for name, part in (parts | {"origin": value.origin}).items() if part not in (None, "")}
    return said or None


def all_said(stated: Mapping[str, Stated]) -> dict[str, dict[str, Any]]:
    """What each value says, by its path."""
    return {path: said(value) or {} for path, value in stated.items()}


def record(
    assessment: Assessment, actor: User | None, changes: Iterable[Change], *, at: datetime, at_once: bool
) -> None:
    """Keeps changes. One that goes on with the last one of the same person amends it, as while typing.

    What a frozen version shows is never amended, and neither is what was made at once with others.
    """
    _ADD.add(
        ValueChange(
            assessment=assessment,
            path=one.path,
            version=0 if at_once and one.version == 1 else one.version,
            before=one.before,
            after=one.after,
            by=actor,
            through=actor.through if actor else "",
            at=at,
        )
        for one in changes
        if at_once or not _amended(assessment, actor, one, at)
    )


_ADD = PreparedInsert(ValueChange)


def _amended(assessment: Assessment, actor: User | None, change: Change, at: datetime) -> bool:
    if change.version == 1:
        return False  # there is nothing to go on with
    go_on = _GO_ON if actor else _GO_ON_BY_NOBODY
    return bool(
        go_on.make(
            assessment=assessment.pk,
            path=change.path,
            person=actor.pk if actor else None,
            token=actor.through if actor else "",
            before=change.version - 1,
            since=at - ONE_GO,
            after=change.after,
            version=change.version,
            at=at,
        )
    )


def _last_in_one_go(**by: Any) -> QuerySet[ValueChange]:
    assessment = given_id("assessment", Assessment)
    frozen_since = Version.objects.filter(assessment=assessment, created_at__gte=OuterRef("at"))
    last = ValueChange.objects.filter(
        assessment=assessment,
        path=Given("path", CharField()),
        through=Given("token", CharField()),
        version=Given("before", PositiveIntegerField()),
        at__gte=Given("since", DateTimeField()),
        **by,
    )
    return last.exclude(Exists(frozen_since))


_GO_ON = PreparedUpdate(lambda: _last_in_one_go(by=given_id("person", User)), "after", "version", "at")
_GO_ON_BY_NOBODY = PreparedUpdate(lambda: _last_in_one_go(by=None), "after", "version", "at")


def claim(user: User, assessments: Sequence[str]) -> None:
    """Changes by nobody in these are this person's."""
    ValueChange.objects.filter(assessment__in=assessments, by=None).update(by=user)


def last_change(assessment: Assessment) -> ValueChange | None:
    """What was changed last, and by whom."""
    return _LAST_CHANGE.first(assessment=assessment.pk)


def _last_change() -> QuerySet[ValueChange]:
    changes = ValueChange.objects.filter(assessment=given_id("assessment", Assessment))
    return changes.select_related("by")[:1]


_LAST_CHANGE = Prepared(_last_change)


def last_changes(assessment: Assessment, *, until: datetime | None = None) -> dict[str, ValueChange]:
    """The last change of each value, up to a moment if one is given."""
    changes = assessment.changes.all()
    if until:
        changes = changes.filter(at__lte=until)
    last = changes.order_by().values("path").annotate(last=Max("pk")).values("last")
    return {change.path: change for change in ValueChange.objects.filter(pk__in=last).select_related("by")}


def changes_of(assessment: Assessment, path: str = "") -> QuerySet[ValueChange]:
    """Every change, the newest first; of one value if its path is given."""
    changes = assessment.changes.select_related("by")
    return changes.filter(path=path) if path else changes


def last_change_of_each(assessments: Iterable[Assessment]) -> dict[str, ValueChange]:
    """The newest change of each of these assessments, by its id."""
    newest = ValueChange.objects.filter(assessment=OuterRef("pk")).order_by("-at", "-id").values("pk")[:1]
    ids = Assessment.objects.filter(pk__in=[one.pk for one in assessments]).values_list(Subquery(newest), flat=True)
    return {one.assessment_id: one for one in ValueChange.objects.filter(pk__in=ids).select_related("by")}
