"""Comments on one place as a page shows them, with the form to write one."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from .formats import spelt
from .words import starting

GONE = gettext_noop("Somebody who has left")


class StoredComment(Protocol):
    @property
    def pk(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def author(self) -> Any: ...
    @property
    def created_at(self) -> datetime: ...
    @property
    def resolved_at(self) -> datetime | None: ...
    @property
    def resolved_by(self) -> Any: ...
    @property
    def mentioned(self) -> Any: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentView:
    pk: int
    text: str
    author: str
    at: datetime
    for_whom: Sequence[str]
    resolved_at: datetime | None
    resolved_by: str
    is_own: bool
    """Written by whoever reads it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who can be mentioned. The address tells apart those who have one name."""

    pk: int
    label: str
    picked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Namesakes:
    """A name that several people have."""

    name: str
    people: Sequence[Person]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentDraft:
    """What was typed and is not saved, and what is wrong with it."""

    text: str = ""
    picked: Collection[int] = ()
    fault: str = ""
    questions: Sequence[Namesakes] = ()
    said: str = ""
    """What has just been done, to be announced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """The comments on one place."""

    place: str
    title: str
    open: Sequence[CommentView]
    resolved: Sequence[CommentView]
    people: Sequence[Person]
    draft: CommentDraft = field(default_factory=CommentDraft)

    @property
    def words(self) -> str:
        """What the disclosure is called."""
        number = len(self.open)
        if not number:
            return _("Comment")
        return starting(spelt(number, "{n} comment", "{n} comments"))

    @property
    def is_shown(self) -> bool:
        """Whether there is something to see, where all places are listed."""
        return bool(self.open or self.resolved or self.is_busy or self.place == "result")

    @property
    def is_busy(self) -> bool:
        """Whether the disclosure is open on its own: something was just said or went wrong."""
        return self.draft != CommentDraft()


def present_talk(
    place: str,
    title: str,
    comments: Iterable[StoredComment],
    members: Iterable[Any],
    draft: CommentDraft | None = None,
    *,
    reader: Any = None,
) -> Talk:
    draft = draft or CommentDraft()
    views = [_comment(comment, reader) for comment in comments]
    return Talk(
        place=place,
        title=title,
        open=[view for view in views if view.resolved_at is None],
        resolved=[view for view in views if view.resolved_at is not None],
        people=present_people(members, draft.picked),
        draft=draft,
    )


def present_people(members: Iterable[Any], picked: Collection[int] = ()) -> Sequence[Person]:
    """People by name. Where two have the same one, or none, the address stands beside it."""
    members = list(members)
    names = [member.name.casefold() for member in members]
    return [
        Person(
            pk=member.pk,
            label=member.name
            if member.name and names.count(member.name.casefold()) == 1
            else f"{member.name} ({member.email})".strip(),
            picked=member.pk in picked,
        )
        for member in members
    ]


def _comment(comment: StoredComment, reader: Any) -> CommentView:
    return CommentView(
        pk=comment.pk,
        text=comment.text,
        author=str(comment.author or _(GONE)),
        at=comment.created_at,
        for_whom=[str(one) for one in comment.mentioned.all()],
        resolved_at=comment.resolved_at,
        resolved_by=str(comment.resolved_by or _(GONE)),
        is_own=reader is not None and comment.author == reader,
    )
