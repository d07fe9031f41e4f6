"""One value with its controls, as a page shows it: what is filled in, where it comes from, what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.engine.fields import MOST_ROWS
from assessments.framework.currency import COMMON, currency_words
from assessments.framework.schema import Column, Field, Question, Section

from .findings import FindingView
from .formats import (
    ANSWER_WORDS,
    STRENGTH_WORDS,
    asked_number,
    number,
    percentage,
    plain_value,
    stored_percentage,
    stored_value,
)
from .words import small


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
    @property
    def origin(self) -> Any: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    value: str
    label: str
    hint: str = ""
    checked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginWords:
    """Where a number comes from. `kind` is for marks."""

    kind: str
    words: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedWords:
    """What a question counts as, and the number that says so, with the way to it."""

    answer: str
    said: str
    number: Question
    section: Section


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberLater:
    """A number that would answer a question, asked for elsewhere."""

    label: str
    section: Section
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Another answer was saved meanwhile: by whom, what it says, and what you say."""

    who: str = field(default_factory=lambda: _("Somebody else"))
    at: Any
    theirs: str
    yours: str
    their_evidence: str = ""


BLANK_ROWS = 2
FEWEST_CELLS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class CellView:
    """A cell of a small table, as typed. `control` is its name and its id."""

    column: Column
    control: str
    typed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """A row of a small table, and what is still missing where it counts examples."""

    cells: Sequence[CellView]
    missing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One value with its controls, on whichever page. `rev` is what the page remembers of what is stored."""

    question: Field
    typed: str
    rev: str
    evidence: str = ""
    link: str = ""
    strength: str = "opinion"
    errors: Mapping[str, str] = field(default_factory=dict)
    ways: Sequence[tuple[str, str]] = ()
    """What can be meant by what was typed: in words, and the number that stands in the field then."""
    conflict: Conflict | None = None
    low: str = ""
    high: str = ""
    origin: OriginWords = field(default_factory=lambda: OriginWords(kind="yours", words=pgettext("a number", "Yours")))
    note: str = ""
    options: Sequence[Choice] = ()
    """What can be chosen, where not all that the value may be."""
    rows: Sequence[RowView] = ()
    cells: Sequence[str] = ()
    """One number each, as typed, of a question that takes a list of them."""
    notes: Sequence[FindingView] = ()
    """Contradictions that this answer is part of."""
    derived: DerivedWords | None = None
    """What it counts as while nobody answers it, where a number says so."""
    number_later: NumberLater | None = None
    """The number that would answer it, where there is neither yet."""
    replaced: str = ""
    """What counts instead, where it is a line of the short form of the costs and the detailed one counts."""
    defaults: str = ""
    """Our defaults, where the two forms of the costs have two."""
    measured_by: str = ""
    """Which files can answer it; empty where none can."""
    source: str = ""
    """Where the answer comes from, where it is measured or was."""
    told: str = ""
    """That an agent told it, where no person has confirmed that yet."""
    counts: bool = True
    """Whether it counts for anything in this use case, by what else is answered."""

    @property
    def key(self) -> str:
        return self.question.key

    @property
    def label(self) -> str:
        return self.question.label

    @property
    def unit(self) -> str:
        return unit_words(self.question)

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
                label=(getattr(question, "na_label", "") if value == "na" else "") or ANSWER_WORDS[value],
                checked=value == self.typed,
            )
            for value in question.choices
        ]

    @property
    def first_control(self) -> str:
        """The id of the first control, for links from an error summary."""
        if self.question.kind == "rows":
            return f"{self.key}-0-{self.question.columns[0].key}"
        if self.question.kind == "numbers":
            return f"{self.key}-0"
        return f"{self.key}-{self.question.choices[0]}" if self.question.choices else self.key

    @property
    def error(self) -> str:
        return self.errors.get(self.key, "")

    @property
    def asked_of(self) -> str:
        """The control that `ways` are for."""
        return next(iter(self.errors), self.key)

    @property
    def any_error(self) -> str:
        """What is wrong anywhere in a question that has no evidence, such as in a row of its table."""
        return next(iter(self.errors.values()), "")

    @property
    def low_error(self) -> str:
        return self.errors.get(f"{self.key}-low", "")

    @property
    def high_error(self) -> str:
        return self.errors.get(f"{self.key}-high", "")

    @property
    def ranged(self) -> bool:
        """Whether low and high have controls of their own."""
        return self.question.kind == "number" and (self.question.offers_range or bool(self.low))

    @property
    def open(self) -> bool:
        """Whether the range is unfolded: where something in it has to be mended."""
        return bool(self.low_error or self.high_error)

    @property
    def ours(self) -> str:
        """The range as it is shown, where nobody typed it: it goes when somebody types another likely value."""
        return f"{self.low} {self.typed} {self.high}" if self.low and self.origin.kind != "yours" else ""

    @property
    def range_words(self) -> str:
        if not self.low and not self.high:
            return ""
        return _("Between {low} and {high}").format(low=self.low or self.typed, high=self.high or self.typed)

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
            return _("Evidence: {strength}").format(strength=small(STRENGTH_WORDS[self.strength]))
        return _("Add evidence")

    @property
    def strengths(self) -> Sequence[Choice]:
        return [
            Choice(value=value, label=label, checked=value == self.strength) for value, label in STRENGTH_WORDS.items()
        ]

    @property
    def has_past(self) -> bool:
        """Whether anybody has ever entered something here."""
        return not self.rev.startswith("0.")

    @property
    def default_words(self) -> str:
        """Our default in short; empty where the two forms have two, which take a sentence."""
        default = self.question.default
        if default is None or self.defaults:
            return ""
        words = percentage(default) if self.question.share else asked_number(default, self.question.prefix)
        return _("Our default: {words}").format(words=words)


def present_control(question: Field, stored: Stored | None, rev: str) -> Control:
    """A value as it is stored, or empty."""
    value = stored.value if stored else None
    shown = {"low": None, "likely": value, "high": None} | (value if isinstance(value, dict) else {})
    low, likely, high = (control_text(question, shown[end]) for end in ("low", "likely", "high"))
    return Control(
        question=question,
        typed="" if question.kind in ("rows", "numbers") else likely,
        low=low,
        high=high,
        rev=rev,
        evidence=stored.evidence if stored else "",
        link=stored.link if stored else "",
        strength=(stored and stored.strength) or "opinion",
        **_parts(question, value),
    )


def typed_again(control: Control, posted: Mapping[str, str]) -> Control:
    """With what was typed, kept as it is, where it could not be saved."""
    key, cells = control.key, range(MOST_ROWS)
    typed = posted.get(key, "")
    columns = control.question.columns
    rows = [
        _row(control.question, row, {column.key: posted.get(f"{key}-{row}-{column.key}", "") for column in columns})
        for row in cells
        if columns and f"{key}-{row}-{columns[0].key}" in posted
    ]
    strength = posted.get(f"{key}-strength", "")
    return replace(
        control,
        typed=typed,
        low=posted.get(f"{key}-low", ""),
        high=posted.get(f"{key}-high", ""),
        rev=posted.get(f"{key}-rev", control.rev),
        evidence=posted.get(f"{key}-evidence", ""),
        link=posted.get(f"{key}-link", ""),
        strength=strength if strength in STRENGTH_WORDS else "opinion",
        options=[replace(option, checked=option.value == typed) for option in control.options],
        rows=rows,
        cells=[posted[name] for cell in cells if (name := f"{key}-{cell}") in posted],
    )


def control_text(question: Field, value: Any) -> str:
    """What stands in the control of a value. A percentage that could be taken for a decimal has its sign."""
    if not question.share or value is None:
        return stored_value(value)
    likely = value["likely"] if isinstance(value, dict) else value
    percent = abs(Decimal(repr(likely)) * 100)
    mistakable = 0 < percent <= 1 or (percent <= question.maximum and percent % 1)
    return f"{stored_percentage(likely)}%" if mistakable else stored_percentage(likely)


def address_text(question: Field, value: Any) -> str:
    """The same as an address has it, for readers of all languages."""
    if not question.share or value is None:
        return plain_value(value)
    likely = value["likely"] if isinstance(value, dict) else value
    return f"{plain_value(float(Decimal(repr(likely)) * 100))}%"


def unit_words(question: Field) -> str:
    return f"% {question.unit}".rstrip() if question.share else question.unit


def _parts(question: Field, value: Any) -> dict[str, Any]:
    """The rows or cells of a question that has more than one control, and what is offered beside one."""
    if question.kind == "rows":
        return {"rows": row_views(question, value)}
    if question.kind == "currency":
        return {"options": [Choice(value=code, label=currency_words(code)) for code in COMMON]}
    if question.kind == "numbers":
        typed = [stored_value(number) for number in value or ()]
        return {"cells": [*typed, *[""] * max(BLANK_ROWS, FEWEST_CELLS - len(typed))]}
    return {}


def row_views(question: Field, value: Any) -> Sequence[RowView]:
    """The stored rows, and blank ones to fill in."""
    stored = [{key: stored_value(cell) for key, cell in row.items()} for row in value or ()]
    rows = [_row(question, index, typed) for index, typed in enumerate([*stored, *[{}] * BLANK_ROWS])]
    if question.path != "data":
        return rows
    short = [max(0, row["required"] - row["available"]) for row in value or ()]
    missing = [number(count) if count else pgettext("how many", "none") for count in short] + [""] * BLANK_ROWS
    return [replace(row, missing=words) for row, words in zip(rows, missing, strict=True)]


def _row(question: Field, index: int, typed: Mapping[str, str]) -> RowView:
    return RowView(
        cells=[
            CellView(column=column, control=f"{question.key}-{index}-{column.key}", typed=typed.get(column.key, ""))
            for column in question.columns
        ]
    )
