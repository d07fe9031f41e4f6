"""Values of a framework as the editor shows them: what a draft has beside what the base has."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from .shown import Shape, TypedField, cells_of
from .translated import EditedWords

MORE_LINES = 2
"""So many lines stand there to fill in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedValue:
    """One value to edit, with what the base has."""

    path: str
    label: str
    shape: Shape
    value: Any
    default: Any
    shown: Any
    """The value in the language that is edited, in which the built-in texts stand in its fields."""
    default_shown: Any
    language: str
    words: Sequence[EditedWords] = ()
    """What is said for its texts in the further languages."""
    is_added: bool = False
    """Whether the base has no such row."""
    choices: Sequence[tuple[str, str]] = ()
    heading: str = ""
    typed: Sequence[str] | None = None
    """What somebody typed that could not be read."""
    fault: str = ""

    @property
    def is_changed(self) -> bool:
        return not self.is_added and self.value != self.default

    @property
    def text(self) -> str:
        """The value as a field holds it."""
        return as_text(self.shape, self.shown) if self.typed is None else (self.typed or [""])[0]

    @property
    def lines(self) -> Sequence[Sequence[TypedField]]:
        """The lines of a list of numbers or of published figures, with some to fill in."""
        cells = cells_of(self.shape)
        if self.typed is None:
            rows = [{cell.key: _typed(row.get(cell.key)) for cell in cells} for row in self.shown or []]
            rows += [{}] * MORE_LINES
        else:
            starts, keys = range(0, len(self.typed), len(cells)), [cell.key for cell in cells]
            rows = [dict(zip(keys, self.typed[start:], strict=False)) for start in starts]
        return [[replace(cell, value=row.get(cell.key, "")) for cell in cells] for row in rows]

    @property
    def answers(self) -> Sequence[tuple[str, str, str]]:
        """Each question with its key, its label and what is answered."""
        if self.typed is None:
            said: Mapping[str, str] = self.value or {}
        else:
            said = {key: answer for key, _space, answer in (one.partition(" ") for one in self.typed)}
        return [(key, label, said.get(key, "")) for key, label in self.choices]

    @property
    def seen(self) -> str:
        """The value as the page sends it back, to tell whether somebody else has changed it meanwhile."""
        return json.dumps(self.value, ensure_ascii=False)

    def kept(self, read: Any) -> Any:
        """What was read of its fields as the draft keeps it: a built-in text that was left as it is stays built in."""
        if read == self.shown:
            return self.value
        if read == self.default_shown:
            return self.default
        if not isinstance(read, list):
            return read
        known = [
            pair
            for shown, kept in ((self.shown, self.value), (self.default_shown, self.default))
            for pair in zip(shown or (), kept or (), strict=True)
        ]
        return [next((kept for shown, kept in known if shown == one), one) for one in read]

    @property
    def default_words(self) -> str:
        """The base's value in words."""
        default = self.default_shown
        if default is None or default == []:
            return _("no") if self.shape == "tick" else _("nothing")
        if self.shape == "tick":
            return _("yes") if default else _("no")
        names = dict(self.choices)
        if self.shape == "some_of":
            return ", ".join(names.get(key, key) for key in default)
        if self.shape == "one_of":
            return names.get(default, str(default))
        return as_text(self.shape, default).replace("\n", _("; or "))

    @property
    def is_text(self) -> bool:
        return self.shape in ("line", "text", "passage", "passages", "steps")

    @property
    def has_several_texts(self) -> bool:
        return len({one.text for one in self.words}) > 1 or self.shape in ("passages", "steps", "numbers", "figures")

    @property
    def chosen(self) -> Sequence[str]:
        return self.value if isinstance(self.value, list) else []


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedRow:
    """Values that belong together."""

    key: str
    title: str
    values: Sequence[EditedValue]
    off: EditedValue | None = None
    """Switches it off, where that can be."""
    is_added: bool = False

    @property
    def is_short(self) -> bool:
        """Whether it is one value, under the name of the row: nothing to unfold."""
        return len(self.values) == 1 and self.off is None

    @property
    def figure(self) -> str:
        """Its first number, to be seen while it is folded; empty where it has none, or many."""
        numbers = [one for one in self.values if one.shape in ("number", "whole") and one.text]
        return f"{numbers[0].label}: {numbers[0].text}" if 0 < len(numbers) < 5 else ""

    @property
    def is_open(self) -> bool:
        return self.is_changed or any(value.fault for value in self.values)

    @property
    def is_changed(self) -> bool:
        return self.is_added or any(value.is_changed for value in (*self.values, *filter(None, [self.off])))


@dataclass(frozen=True, kw_only=True)
class EditedPart:
    """One page of the editor."""

    key: str
    title: str
    about: str
    rows: Sequence[EditedRow]
    new: Sequence[EditedValue] = ()
    """What a new row needs, where one can be added."""

    @cached_property
    def values(self) -> Mapping[str, EditedValue]:
        every = (value for row in self.rows for value in (*row.values, *filter(None, [row.off])))
        return {value.path: value for value in every}

    @property
    def shapes(self) -> frozenset[Shape]:
        return frozenset(value.shape for value in (*self.values.values(), *self.new))

    @property
    def words(self) -> Mapping[str, EditedWords]:
        """Every field for words in a further language, by its name."""
        return {one.path: one for value in self.values.values() for one in value.words}

    @property
    def has_texts(self) -> bool:
        return not self.shapes.isdisjoint(("line", "text", "passage", "passages", "steps"))

    @property
    def changed(self) -> int:
        return sum(row.is_changed for row in self.rows)


def as_text(shape: Shape, value: Any) -> str:
    """
    >>> as_text("conditions", [["brand_voice is yes", "net < 3"], ["missed"]])
    'brand_voice is yes and net < 3\\nmissed'
    >>> as_text("number", 0.5), as_text("whole", None)
    ('0.5', '')
    """
    if shape == "passage":
        return str(value["text"]) if value else ""
    if shape in ("passages", "steps"):
        return "\n".join(one["text"] for one in value or [])
    if shape == "numbers":
        return "\n".join(f"{one['key']}: {one['why']}" for one in value or [])
    if shape == "conditions":
        return "\n".join(" and ".join(line) for line in value or [])
    if value is None:
        return ""
    return str(int(value) if isinstance(value, float) and value.is_integer() else value)


def _typed(value: Any) -> str:
    return value if isinstance(value, str) else as_text("number", value)
