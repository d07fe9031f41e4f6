"""A section of the questionnaire as the page shows it: fields, what is filled in, what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Protocol

from assessments.framework import Question, Section
from assessments.framework.schema import Group

from .findings import FindingView
from .formats import ANSWER_WORDS, STRENGTH_WORDS, number, stored_value, value_range


class Stored(Protocol):
    """An answer as it is kept, wherever that is."""

    @property
    def value(self) -> Any: ...
    @property
    def evidence(self) -> str: ...
    @property
    def link(self) -> str: ...
    @property
    def strength(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    value: str
    label: str
    hint: str = ""
    checked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Another answer was saved meanwhile: by whom, what it says, and what you say."""

    who: str = "Somebody else"
    at: Any
    theirs: str
    yours: str
    their_evidence: str = ""


BLANK_ROWS = 2
FEWEST_CELLS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class DataRowView:
    """A row of the table of examples, as typed, with what is still missing."""

    number: int
    label: str = ""
    required: str = ""
    available: str = ""
    reviewed: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question with its controls. `rev` is what the page remembers of the stored answer."""

    question: Question
    typed: str
    rev: str
    evidence: str = ""
    link: str = ""
    strength: str = "opinion"
    errors: Mapping[str, str] = field(default_factory=dict)
    conflict: Conflict | None = None
    range_words: str = ""
    rows: Sequence[DataRowView] = ()
    cells: Sequence[str] = ()
    """One number each, as typed, of a question that takes a list of them."""
    notes: Sequence[FindingView] = ()
    """Contradictions that this answer is part of."""

    @property
    def key(self) -> str:
        return self.question.key

    @property
    def title(self) -> str:
        """What stands above the control; counts of failures go by their short names."""
        return self.question.label if self.question.place == "failures" else self.question.ask

    @property
    def hint(self) -> str:
        return self.question.ask if self.question.place == "failures" else self.question.why

    @property
    def choices(self) -> Sequence[Choice]:
        question = self.question
        if question.kind == "select":
            return [
                Choice(value=o.value, label=o.label, hint=o.hint, checked=o.value == self.typed)
                for o in question.options
            ]
        return [
            Choice(
                value=value,
                label=question.na_label if value == "na" and question.na_label else ANSWER_WORDS[value],
                checked=value == self.typed,
            )
            for value in question.choices
        ]

    @property
    def first_control(self) -> str:
        """The id of the first control, for links from an error summary."""
        if self.question.kind == "table":
            return f"{self.key}-0-label"
        if self.question.kind == "numbers":
            return f"{self.key}-0"
        return f"{self.key}-{self.question.choices[0]}" if self.question.choices else self.key

    @property
    def error(self) -> str:
        return self.errors.get(self.key, "")

    @property
    def any_error(self) -> str:
        """What is wrong anywhere in a question that has no evidence, such as in a row of its table."""
        return next(iter(self.errors.values()), "")

    @property
    def evidence_error(self) -> str:
        return self.errors.get(f"{self.key}-evidence", "")

    @property
    def link_error(self) -> str:
        return self.errors.get(f"{self.key}-link", "")

    @property
    def evidence_words(self) -> str:
        """What the evidence disclosure is called."""
        if self.evidence or self.link:
            return f"Evidence: {STRENGTH_WORDS[self.strength].lower()}"
        return "Add evidence"

    @property
    def help_words(self) -> str:
        return "How to find out" if self.typed == "unsure" else "What a yes looks like"

    @property
    def strengths(self) -> Sequence[Choice]:
        return [
            Choice(value=value, label=label, checked=value == self.strength) for value, label in STRENGTH_WORDS.items()
        ]

    @property
    def default_words(self) -> str:
        if self.question.default is None:
            return ""
        return f"Our default: {self.question.prefix}{number(self.question.default)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What stands in one card: a single choice, or several fields to fill in."""

    kind: str
    fields: Sequence[Field]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    group: Group | None
    blocks: Sequence[Block]


def present_groups(section: Section, fields: Sequence[Field]) -> Sequence[GroupView]:
    """The fields of a section in its groups; fields to fill in share a card with their neighbours."""
    groups = {group.key: group for group in section.groups}
    return [
        GroupView(group=groups.get(key), blocks=_blocks(list(members)))
        for key, members in groupby(fields, key=lambda shown: shown.question.group)
    ]


def _blocks(fields: Sequence[Field]) -> Sequence[Block]:
    def kind(shown: Field) -> str:
        return shown.question.kind if shown.question.choices else "fill"

    return [
        Block(kind=name, fields=[shown]) if name != "fill" else Block(kind="fill", fields=members)
        for name, run in groupby(fields, key=kind)
        for members in [list(run)]
        for shown in (members if name != "fill" else members[:1])
    ]


def present_field(question: Question, stored: Stored | None, rev: str) -> Field:
    """A question with the answer that is stored."""
    if stored is None:
        return Field(question=question, typed="", rev=rev, **_parts(question, None))
    return Field(
        question=question,
        typed="" if question.kind in ("table", "numbers") else stored_value(stored.value),
        rev=rev,
        evidence=stored.evidence,
        link=stored.link,
        strength=stored.strength or "opinion",
        range_words=value_range(stored.value),
        **_parts(question, stored.value),
    )


def _parts(question: Question, value: Any) -> dict[str, Any]:
    """The rows or cells of a question that has more than one control."""
    if question.kind == "table":
        return {"rows": data_rows(value)}
    if question.kind == "numbers":
        typed = [stored_value(number) for number in value or ()]
        return {"cells": [*typed, *[""] * max(BLANK_ROWS, FEWEST_CELLS - len(typed))]}
    return {}


def data_rows(value: Any) -> Sequence[DataRowView]:
    """The stored rows, and blank ones to fill in."""
    stored = list(value or ())
    return [
        DataRowView(
            number=index,
            label=row["label"],
            required=str(row["required"]),
            available=str(row["available"]),
            reviewed=str(row["reviewed"]),
            missing=number(row["required"] - row["available"]) if row["required"] > row["available"] else "none",
        )
        for index, row in enumerate(stored)
    ] + [DataRowView(number=len(stored) + blank) for blank in range(BLANK_ROWS)]


def answer_words(question: Question, value: Any) -> str:
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
