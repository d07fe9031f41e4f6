"""Reads what a page sends for a value: formats are checked here, in words; nothing else is."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.engine.answers import STRENGTHS, Strength
from assessments.engine.economics.inputs import DETAILED, SUMMARY
from assessments.engine.fields import MOST_ROWS, cell_fault, fault_in, is_web_link, text_fault
from assessments.engine.plain_text import plain_line, plain_text
from assessments.framework.notation import percentage, written
from assessments.framework.schema import Column, Field
from assessments.services.values import Entry
from assessments.speaking import speaks_german

from .faults import told
from .numbers import ReadNumber, read_as, read_number, read_share, signs_of, told_read
from .own_money import OwnMoney

# In a list of numbers: one with thousands, or a few of three digits.
_ONE_OR_MORE = re.compile(r"\d{1,3}(,\d{3})+", re.ASCII)

_MOST_SHARE = 100
"""A field that takes larger shares is no share; this bounds what is asked about."""


@dataclass(frozen=True, slots=True)
class FormatError(Exception):
    """A field that cannot be read. `field` is the name of the control, `sentence` says what to type.

    `ways` are what can be meant, each in words and as the number that stands in the field then.
    """

    field: str
    sentence: str
    ways: Sequence[tuple[str, str]] = ()


def read_entry(
    field: Field, posted: Mapping[str, str], language: str, money: Callable[[], OwnMoney] = OwnMoney
) -> Entry:
    """What a page sends for one value, in the reader's language. Raises FormatError, with the control to mend.

    `money` is asked for where an amount has a sign.
    """
    return Entry(
        path=field.path,
        value=_read_value(field, posted, language, money),
        evidence=_read_shown(field, "evidence", posted),
        link=_read_shown(field, "link", posted),
        strength=strength_of(posted.get(f"{field.key}-strength", "")),
        **read_seen(field.key, posted),
    )


def read_page(
    fields: Iterable[Field], posted: Mapping[str, str], language: str, money: Callable[[], OwnMoney] = OwnMoney
) -> tuple[dict[str, Entry], dict[str, FormatError]]:
    """What a page sends of these fields, and what cannot be read, by key. A field that is not on it says nothing."""
    entries, errors = {}, {}
    for field in fields:
        if f"{field.key}-rev" in posted or field.key in posted:
            try:
                entries[field.key] = read_entry(field, posted, language, money)
            except FormatError as error:
                errors[field.key] = error
    return entries, errors


def chosen_form(posted: Mapping[str, str]) -> str:
    """The form of the costs that a button lets count; empty where none was pressed."""
    form = posted.get("form", "")
    return form if form in (SUMMARY, DETAILED) else ""


def read_seen(key: str, posted: Mapping[str, str]) -> dict[str, Any]:
    """What the page remembers of the value that it had shown."""
    sent = posted.get(f"{key}-rev", "")
    return {"seen_version": seen_in(sent), "seen_digest": sent.partition(".")[2][:64]}


def seen_in(sent: str) -> int:
    """The version in what a page remembers of a value."""
    version = sent.partition(".")[0]
    return int(version) if re.fullmatch(r"\d{1,9}", version, re.ASCII) else 0


def _read_value(field: Field, posted: Mapping[str, str], language: str, money: Callable[[], OwnMoney]) -> Any:
    if field.kind == "rows":
        return _read_rows(field, posted, language)
    if field.kind == "numbers":
        return _read_numbers(field, posted, language)
    if field.kind == "number":
        return _read_range(field, posted, language, money)
    typed = posted.get(field.key, "").strip()
    if field.choices:
        if typed and typed not in field.choices:
            raise FormatError(field.key, _("{label}: choose one of the answers").format(label=field.label))
        return typed or None
    if field.kind in ("currency", "day"):
        typed = plain_line(typed).upper()
        if typed and (fault := fault_in(field, typed)):
            raise FormatError(field.key, f"{field.label}: {told(fault)}")
        if typed and field.past and typed > timezone.localdate().isoformat():
            raise FormatError(field.key, _("{label}: this day is still to come").format(label=field.label))
        return typed or None
    typed = plain_line(typed) if field.kind == "text" else plain_text(typed).strip()
    if sentence := text_fault(typed):
        raise FormatError(field.key, _("{label} {fault}").format(label=field.label, fault=told(sentence)))
    return typed or None


def _read_range(field: Field, posted: Mapping[str, str], language: str, money: Callable[[], OwnMoney]) -> Any:
    """A number, or low, likely and high where the page asks for them."""
    low, likely, high = (_read_number(field, control, posted, language, money) for control in _controls(field))
    if (low is None and high is None) or typed_over_our_range(field.key, posted):
        return likely
    if likely is None:
        raise FormatError(
            field.key, _("{label}: fill in the likely value, or clear low and high").format(label=field.label)
        )
    low, high = (likely if end is None else end for end in (low, high))
    if low > likely:
        said = _("{label}: low must not be above the likely value")
        raise FormatError(f"{field.key}-low", said.format(label=field.label))
    if high < likely:
        said = _("{label}: high must not be below the likely value")
        raise FormatError(f"{field.key}-high", said.format(label=field.label))
    return {"low": low, "likely": likely, "high": high} if low < high else likely


def _controls(field: Field) -> tuple[str, str, str]:
    return f"{field.key}-low", field.key, f"{field.key}-high"


def _read_number(
    field: Field, control: str, posted: Mapping[str, str], language: str, money: Callable[[], OwnMoney]
) -> float | None:
    """One number. Percentages become shares."""
    typed, name = posted.get(control, "").strip(), field.label
    if not typed:
        return None
    if field.share:
        share = read_share(typed, language, most=min(field.maximum, _MOST_SHARE))
        if share.question:
            raise FormatError(control, f"{name}: {share.question}")
        number = share.number
    else:
        read = read_number(typed, language)
        number = _one_number(control, f"{name}: ", read, money)
        if read.mark and (own := money()).is_foreign(read):
            if not field.prefix:
                said = _("{label} is no amount of money: type the number alone")
                raise FormatError(control, said.format(label=name))
            raise FormatError(control, f"{name}: {own.question(read)}", own.ways(read))
    if number is None:
        raise FormatError(control, _wanted(field, name))
    if field.whole and number != int(number):
        said = _("{label} must be a whole number, like {example}")
        raise FormatError(control, said.format(label=name, example=_example(field)))
    if number < field.minimum:
        said = _("{label} must be more than 0") if 0 < field.minimum < 1e-3 else _("{label} must be {least} or more")
        raise FormatError(control, said.format(label=name, least=_bound(field, field.minimum)))
    if number > field.maximum:
        said = _("{label} must be {most} or less")
        raise FormatError(control, said.format(label=name, most=_bound(field, field.maximum)))
    return number


def _wanted(field: Field, name: str) -> str:
    """What can be typed, in the notation of whoever reads it."""
    if not field.share:
        return _("{label} must be a number, like {example}").format(label=name, example=_example(field))
    share = field.default if field.default and 0 < field.default < 1 else 0.85
    said = _("{label} must be a share: write {share} or {percentage}")
    return said.format(label=name, share=written(f"{share:g}"), percentage=percentage(f"{share * 100:g}"))


def _example(field: Field) -> str:
    if field.default:
        return written(f"{field.default:g}")
    return "1200" if field.whole or field.place.startswith("costs") else written("0.8")


def _bound(field: Field, value: float) -> str:
    shown = value * 100 if field.share else value
    words = f"{shown:,.0f}" if shown == int(shown) else f"{shown:g}"
    return percentage(words) if field.share else written(words)


def _one_number(field: str, place: str, read: ReadNumber, money: Callable[[], OwnMoney] | None = None) -> float | None:
    """The number that was typed, or None where it is no number. Raises FormatError to ask what was meant."""
    if read.question:
        raise FormatError(field, f"{place}{read.question}")
    return None if read.mark and money is None else read.number


def _read_numbers(field: Field, posted: Mapping[str, str], language: str) -> list[float] | None:
    """The numbers of all cells in order; a cell may hold a row or a column that was pasted into it."""
    numbers: list[float] = []
    for index in range(MOST_ROWS):
        name = f"{field.key}-{index}"
        place = _("{label}: week {n}").format(label=field.label, n=index + 1)
        for part in _parts_of(posted.get(name, ""), language):
            if _ONE_OR_MORE.fullmatch(part):
                said = _("{place}: {typed} can be one number or several: leave out the comma")
                raise FormatError(name, said.format(place=place, typed=part))
            number = _one_number(name, f"{place}: ", read_number(part, language))
            if number is None or not 0 <= number <= 1_000_000:
                raise FormatError(name, _("{place} must be a number, like 31").format(place=place))
            numbers.append(number)
    if len(numbers) > MOST_ROWS:
        said = _("{label}: at most {n} weeks").format(label=field.label, n=MOST_ROWS)
        raise FormatError(f"{field.key}-0", said)
    return numbers or None


def _parts_of(cell: str, language: str) -> Iterator[str]:
    """The numbers in one cell. A comma parts two of them, unless it can belong to a single one."""
    for part in re.split(r"[;\s]+", cell):
        words = part.strip(",")
        decimal = signs_of(language).decimal == "," and read_number(words, language).readings
        yield from filter(None, [words] if decimal or _ONE_OR_MORE.fullmatch(words) else words.split(","))


def told_as_read(field: Field, posted: Mapping[str, str], language: str) -> str:
    """How the numbers of a value were read, where that is not plainly what was typed."""
    key = field.key
    if field.kind == "number":
        typed = [posted.get(control, "") for control in _controls(field)]
        if field.share:
            return told_read([read_share(one, language).words for one in typed])
        return read_as(typed, language)
    if field.kind == "numbers":
        cells = (posted.get(f"{key}-{index}", "") for index in range(MOST_ROWS))
        return read_as([part for cell in cells for part in _parts_of(cell, language)], language)
    if field.kind == "rows":
        names = [column.key for column in field.columns if column.kind == "number"]
        return read_as([posted.get(f"{key}-{row}-{name}", "") for row in range(MOST_ROWS) for name in names], language)
    return ""


def typed_over_our_range(key: str, posted: Mapping[str, str]) -> bool:
    """Whether somebody typed another likely value and left the range that we had suggested: then it goes, too."""
    ours = posted.get(f"{key}-ours", "").split(" ")
    typed = [posted.get(field, "").strip() for field in (f"{key}-low", key, f"{key}-high")]
    return len(ours) == 3 and typed[0] == ours[0] and typed[2] == ours[2] and typed[1] != ours[1]


def _read_rows(field: Field, posted: Mapping[str, str], language: str) -> list[dict[str, Any]] | None:
    """The rows of a small table; one in which nothing was typed is left out: a choice alone says nothing."""
    rows = []
    for index in range(MOST_ROWS):
        place = f"{field.key}-{index}"
        typed = {column.key: plain_line(posted.get(f"{place}-{column.key}", "")) for column in field.columns}
        if any(typed[column.key] for column in field.columns if column.kind != "select"):
            rows.append(_read_row(field, index, typed, language))
    return rows or None


def _read_row(field: Field, index: int, typed: Mapping[str, str], language: str) -> dict[str, Any]:
    row = {}
    for column in field.columns:
        cell = _read_cell(field, column, index, typed[column.key], language)
        if cell is not None:
            row[column.key] = cell
    in_one_unit = [typed[column.key] for column in field.columns if column.one_unit and row.get(column.key)]
    if len({cell.endswith("%") for cell in in_one_unit}) > 1:
        first = next(column for column in field.columns if column.one_unit)
        said = _("write a percent sign behind all of its numbers, or behind none")
        raise FormatError(f"{field.key}-{index}-{first.key}", _in_row(index, said))
    for column in field.columns:
        if column.at_most and row[column.key] > row[column.at_most]:
            labels = {one.key: one.label if speaks_german() else one.key for one in field.columns}
            these = _("{one} ({value}) cannot be more than {other} ({most})").format(
                one=labels[column.key],
                value=row[column.key],
                other=labels[column.at_most],
                most=row[column.at_most],
            )
            raise FormatError(f"{field.key}-{index}-{column.key}", _in_row(index, these))
    return row


def _in_row(index: int, fault: str) -> str:
    return _("Row {n}: {fault}").format(n=index + 1, fault=fault)


def _read_cell(field: Field, column: Column, index: int, typed: str, language: str) -> Any:
    """What stands in a cell; None where nothing does. Raises FormatError, with the control to mend."""
    control, name = f"{field.key}-{index}-{column.key}", column.label
    name = name if speaks_german() else name.lower()
    if not typed:
        if column.required and column.default is None:
            said = _("choose the {column}") if column.choices else _("write the {column}")
            raise FormatError(control, _in_row(index, said.format(column=name)))
        return column.default if column.default is None or not column.whole else int(column.default)
    if column.kind != "number":
        if sentence := cell_fault(column, typed):
            said = _("the {column} {fault}").format(column=name, fault=told(sentence))
            raise FormatError(control, _in_row(index, said))
        return typed
    read = read_number(typed, language, percent=not column.whole)
    number = _one_number(control, _in_row(index, ""), read)
    if number is None or (column.whole and number != int(number)):
        wanted = _("{label} must be a whole number, like {example}")
        if not column.whole:
            wanted = _("{label} must be a number, like {example}")
        said = wanted.format(label=name, example="150" if column.whole else written("0.8"))
        raise FormatError(control, _in_row(index, said))
    if read.percent:
        number = float(Decimal(repr(number)) / 100)
    if sentence := cell_fault(column, number):
        raise FormatError(control, _in_row(index, f"{name}: {told(sentence)}"))
    return int(number) if column.whole else number


def _read_shown(field: Field, part: str, posted: Mapping[str, str]) -> str:
    """What shows that a value is so, or a link to it."""
    control = f"{field.key}-{part}"
    text = plain_text(posted.get(control, "")).strip() if field.takes_evidence else ""
    if sentence := text_fault(text):
        said = _("The link for {label} {fault}") if part == "link" else _("The evidence for {label} {fault}")
        raise FormatError(control, said.format(label=field.label, fault=told(sentence)))
    if part == "link" and text and not is_web_link(text):
        said = _("The link for {label} must start with https:// or http://")
        raise FormatError(control, said.format(label=field.label))
    return text


def strength_of(sent: str) -> Strength:
    return sent if sent in STRENGTHS else "opinion"
