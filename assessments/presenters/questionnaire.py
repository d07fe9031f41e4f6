"""A section of the questionnaire as the page shows it: its controls in groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from assessments.framework import Section
from assessments.framework.schema import Field, Group

from .control import Control
from .formats import ANSWER_WORDS, number, value_range


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What stands in one card: a single choice, or several fields to fill in."""

    kind: str
    fields: Sequence[Control]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    group: Group | None
    blocks: Sequence[Block]


def present_groups(section: Section, fields: Sequence[Control]) -> Sequence[GroupView]:
    """The fields of a section in its groups; fields to fill in share a card with their neighbours."""
    groups = {group.key: group for group in section.groups}
    return [
        GroupView(group=groups.get(key), blocks=_blocks(list(members)))
        for key, members in groupby(fields, key=lambda shown: shown.question.group)
    ]


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
    if question.kind == "table":
        return "; ".join(f"{row['label']}: {row['available']} of {row['required']}" for row in value)
    if question.kind == "numbers":
        return ", ".join(number(part) for part in value)
    if question.kind == "number":
        likely = value["likely"] if isinstance(value, dict) else value
        words = f"{question.prefix}{number(likely)}" + (f" {question.unit}" if question.unit else "")
        return f"{words} ({value_range(value).lower()})" if isinstance(value, dict) else words
    return str(value)
