"""A section of the questionnaire as the page shows it: its controls in groups."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from assessments.framework import Question, Section
from assessments.framework.schema import Column, Field, Group

from .control import Control
from .formats import ANSWER_WORDS, asked_number, day, number, percentage, price, value_range
from .words import lower, small


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What stands in one card: a single choice, or several fields to fill in."""

    kind: str
    fields: Sequence[Control]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    key: str
    """Of the group, or of the section where it has none."""
    group: Group | None
    blocks: Sequence[Block]
    rest: int
    """How many open questions one press of "no to the rest" would answer; 0 where it would save nothing."""

    @property
    def fields(self) -> Sequence[Control]:
        return [field for block in self.blocks for field in block.fields]

    @property
    def folded(self) -> bool:
        """Whether it can be closed."""
        return self.group is not None and self.group.folded

    @property
    def open(self) -> bool:
        """Whether there is something in it to see or to mend."""
        return any(one.typed or one.errors or one.conflict or one.notes for one in self.fields)

    @property
    def filled(self) -> str:
        filled = sum(bool(one.typed) for one in self.fields)
        if not filled:
            return _("Optional")
        return _("{filled} of {fields} filled in").format(filled=filled, fields=len(self.fields))


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldedAway:
    """Questions that count for nothing in this use case. They can be answered all the same."""

    heading: str
    """Why they are not asked."""
    blocks: Sequence[Block]
    labels: str
    open: bool
    """Whether one of them has to be mended."""


FEWEST_FOR_REST = 2


def present_groups(section: Section, fields: Sequence[Control]) -> Sequence[GroupView]:
    """The fields of a section in its groups; fields to fill in share a card with their neighbours."""
    groups = {group.key: group for group in section.groups}
    return [
        GroupView(key=key or section.key, group=groups.get(key), blocks=_blocks(members), rest=_rest(members))
        for key, run in groupby((one for one in fields if one.counts), key=lambda shown: shown.question.group)
        for members in [list(run)]
    ]


def present_folded(fields: Sequence[Control]) -> FoldedAway | None:
    """What is not asked here, behind one disclosure."""
    folded = [control for control in fields if not control.counts and not control.replaced]
    if not folded:
        return None
    some = any(control.counts for control in fields)
    return FoldedAway(
        heading=_("Not asked for this kind of use case") if some else _("Not asked while nothing is to be tuned"),
        blocks=_blocks(folded),
        labels=", ".join(control.label for control in folded),
        open=any(control.errors or control.conflict for control in folded),
    )


def _rest(fields: Sequence[Control]) -> int:
    open_yet = sum(
        isinstance(control.question, Question) and control.question.rest_is_no and not control.typed
        for control in fields
    )
    return open_yet if open_yet >= FEWEST_FOR_REST else 0


def _blocks(fields: Sequence[Control]) -> Sequence[Block]:
    def kind(shown: Control) -> str:
        return shown.question.kind if shown.question.choices else "fill"

    return [
        Block(kind=name, fields=[shown]) if name != "fill" else Block(kind="fill", fields=members)
        for name, run in groupby(fields, key=kind)
        for members in [list(run)]
        for shown in (members if name != "fill" else members[:1])
    ]


def answer_words(question: Field, value: Any) -> str:
    """An answer as a person would say it; an empty string where there is none."""
    if value is None or value == "":
        return ""
    if question.kind == "select":
        return next((o.label for o in question.options if o.value == value), str(value))
    if question.kind == "choice":
        return ANSWER_WORDS.get(str(value), str(value))
    if question.kind == "rows":
        return "; ".join(_row_words(question, row) for row in value)
    if question.kind == "numbers":
        return ", ".join(number(part) for part in value)
    if question.kind == "number":
        likely = value["likely"] if isinstance(value, dict) else value
        if question.share:
            return _share_words(question, value)
        small = question.prefix and 0 < abs(likely) < 1
        amount = price(likely, question.prefix) if small else asked_number(likely, question.prefix)
        words = amount + (f" {question.unit}" if question.unit else "")
        return f"{words} ({lower(value_range(value))})" if isinstance(value, dict) else words
    if question.kind == "day":
        return day(date.fromisoformat(value))
    return str(value)


def _row_words(question: Field, row: Mapping[str, Any]) -> str:
    """A row of a small table: its first cell, then the others by their names."""
    first, *others = question.columns
    said = [f"{small(one.label)} {_cell_words(one, row[one.key])}" for one in others if one.key in row]
    return f"{row[first.key]}: {', '.join(said)}" if said else str(row[first.key])


def _cell_words(column: Column, value: Any) -> str:
    if column.kind == "select":
        return small(next((option.label for option in column.options if option.value == value), str(value)))
    return asked_number(value, "") if column.kind == "number" else str(value)


def _share_words(question: Field, value: Any) -> str:
    """A share as a percentage, with its range where it has one."""
    ends = [percentage(value[end]) for end in ("low", "likely", "high")] if isinstance(value, dict) else []
    words = f"{ends[1] if ends else percentage(value)} {question.unit}".rstrip()
    if not ends:
        return words
    return _("{share} (between {low} and {high})").format(share=words, low=ends[0], high=ends[2])
