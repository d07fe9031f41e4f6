"""Comments on a section or the result: written, resolved, reopened; and whom an @name means."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import CharField, Prefetch, QuerySet
from django.utils import timezone

from assessments.acts import Act
from assessments.models import Assessment, Comment, User
from assessments.prepared import Given, Prepared, given_id

from . import audit

RESULT = "result"
"""The place of comments on the result; the others are named by their section."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """An @name that several people have."""

    name: str
    people: Sequence[User]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """Whom a text means, and what it leaves open."""

    people: Sequence[User]
    unclear: Sequence[Unclear]


def comments_on(assessment: Assessment) -> QuerySet[Comment]:
    """The comments on all places, the oldest first, each with its people."""
    return _with_people(assessment.comments.all())


def comments_at(assessment: Assessment, place: str) -> list[Comment]:
    """Those on one place."""
    return _AT.ask(assessment=assessment.pk, place=place)


def _with_people(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    people = Prefetch("mentioned", queryset=User.objects.order_by("name", "pk"))
    return comments.select_related("author", "resolved_by").prefetch_related(people)


def _at() -> QuerySet[Comment]:
    place = Given("place", CharField())
    return _with_people(Comment.objects.filter(assessment=given_id("assessment", Assessment), place=place))


_AT = Prepared(_at)


def find_mentions(text: str, members: Iterable[User], *, picked: Collection[int], settled: Collection[str]) -> Mentions:
    """Whom this text means: everybody who was picked, and whoever an @ names by full name, first name or address.

    A name that several people have is unclear, unless one of them was picked or it was settled that
    nobody is meant. An @ that names nobody is a word like any other.
    """
    members = list(members)
    by_name = _by_name(members)
    found = {one.pk: one for one in members if one.pk in picked}
    unclear: dict[str, Unclear] = {}
    for start in re.finditer(r"(?<![\w@])@", text):
        name = _name_at(text[start.end() :].casefold(), by_name)
        people = by_name.get(name, [])
        if len(people) == 1:
            found[people[0].pk] = people[0]
        elif people and name not in settled and not any(one.pk in picked for one in people):
            unclear[name] = Unclear(name=name, people=people)
    return Mentions(people=list(found.values()), unclear=list(unclear.values()))


def _by_name(members: Iterable[User]) -> Mapping[str, list[User]]:
    """Everything that people can be called by, in small letters, the longest first."""
    called: dict[str, list[User]] = {}
    for member in members:
        name = " ".join(member.name.casefold().split())
        for one in {name, name.partition(" ")[0], member.email.casefold()} - {""}:
            called.setdefault(one, []).append(member)
    return dict(sorted(called.items(), key=lambda each: -len(each[0])))


def _name_at(rest: str, by_name: Mapping[str, list[User]]) -> str:
    """The longest name that this text begins with, and ends there: “ada” is not in “adamant”."""
    return next((name for name in by_name if rest.startswith(name) and not re.match(r"-?\w", rest[len(name) :])), "")


@transaction.atomic
def add(assessment: Assessment, actor: User | None, place: str, text: str, mentioned: Iterable[User]) -> Comment:
    comment = Comment.objects.create(assessment=assessment, place=place, text=text, author=actor)
    people = list(mentioned)
    if people:
        comment.mentioned.set(people)
    _record(assessment, actor, "comment", comment, mentioned=sorted(one.email for one in people))
    return comment


@transaction.atomic
def resolve(assessment: Assessment, actor: User | None, comment: Comment) -> None:
    """Says that a comment is done with. It stays, and can be reopened."""
    waiting = Comment.objects.filter(pk=comment.pk, resolved_at=None)
    if waiting.update(resolved_at=timezone.now(), resolved_by=actor):
        _record(assessment, actor, "resolve_comment", comment)


@transaction.atomic
def reopen(assessment: Assessment, actor: User | None, comment: Comment) -> None:
    if Comment.objects.filter(pk=comment.pk).exclude(resolved_at=None).update(resolved_at=None, resolved_by=None):
        _record(assessment, actor, "reopen_comment", comment)


@transaction.atomic
def take_back(assessment: Assessment, actor: User | None, comment: Comment) -> bool:
    """Removes a comment, if it is open and whoever acts wrote it. Says whether it did."""
    if comment.resolved_at or comment.author_id is None or comment.author != actor:
        return False
    _record(assessment, actor, "take_back_comment", comment)
    comment.delete()
    return True


def _record(assessment: Assessment, actor: User | None, act: Act, comment: Comment, **details: Any) -> None:
    """What was said is not kept in the trail: a comment can go with its assessment."""
    audit.record(
        audit.chain_of(assessment),
        act,
        actor=actor,
        about=assessment.pk,
        place=comment.place,
        comment=comment.pk,
        **details,
    )
