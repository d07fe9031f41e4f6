"""Reads what a questionnaire page sends: formats are checked here, in words; nothing else is."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assessments.engine.answers import STRENGTHS, Strength
from assessments.engine.fields import MOST_ROWS, is_web_link, text_fault
from assessments.engine.plain_text import plain_line, plain_text
from assessments.framework import Question
from assessments.framework.schema import Field
from assessments.services.values import Entry

from .numbers import ReadNumber, read_as, read_number, signs_of

# In a list of numbers: one with thousands, or a few of three digits.
_ONE_OR_MORE = re.compile(r"\d{1,3}(,\d{3})+", re.ASCII)

DATA_COLUMNS = ("label", "required", "available", "reviewed")
ROWS_READ = MOST_ROWS


@dataclass(frozen=True, slots=True)
class FormatError(Exception):
    """A field that cannot be read. `field` is the name of the control, `sentence` says what to type."""

    field: str
    sentence: str


def read_answer(question: Question, posted: Mapping[str, str], language: str) -> Entry:
    """What a page sends for one question, in the reader's language. Raises FormatError, with the field to mend."""
    return Entry(
        path=question.path,
        value=_read_value(question, posted, language),
        evidence=_read_text(question, f"{question.key}-evidence", posted, "The evidence"),
        link=_read_link(question, posted),
        strength=read_strength(question, posted),
        **read_seen(question.key, posted),
    )


def read_seen(key: str, posted: Mapping[str, str]) -> dict[str, Any]:
    """What the page remembers of the value that it had shown."""
    version, _, digest = posted.get(f"{key}-rev", "").partition(".")
    known = re.fullmatch(r"\d{1,9}", version, re.ASCII)
    return {"seen_version": int(version) if known else 0, "seen_digest": digest[:64]}


def _read_value(question: Question, posted: Mapping[str, str], language: str) -> Any:
    if question.kind == "table":
        return _read_rows(question, posted, language)
    if question.kind == "numbers":
        return _read_numbers(question, posted, language)
    typed, name = posted.get(question.key, "").strip(), question.label
    if question.kind in ("text", "long_text"):
        typed = plain_line(typed) if question.kind == "text" else plain_text(typed).strip()
    if not typed:
        return None
    if question.choices:
        if typed not in question.choices:
            raise FormatError(question.key, f"{name}: choose one of the answers")
        return typed
    if question.kind == "number":
        return _read_number(question, typed, language)
    if sentence := text_fault(typed):
        raise FormatError(question.key, f"{name} {sentence}")
    return typed


def _read_number(question: Question, typed: str, language: str) -> float:
    number = _one_number(question.key, f"{question.label}: ", read_number(typed, language))
    example = f"{question.default:g}" if question.default else "1200" if question.whole else "0.8"
    if number is None:
        raise FormatError(question.key, f"{question.label} must be a number, like {example}")
    if question.whole and number != int(number):
        raise FormatError(question.key, f"{question.label} must be a whole number, like {example}")
    if number < question.minimum:
        raise FormatError(question.key, f"{question.label} must be {question.minimum:,.12g} or more")
    if number > question.maximum:
        raise FormatError(question.key, f"{question.label} must be {question.maximum:,.12g} or less")
    return number


def _one_number(field: str, place: str, read: ReadNumber) -> float | None:
    """The number that was typed, or None where it is no number. Raises FormatError to ask which of two was meant."""
    if read.question:
        raise FormatError(field, f"{place}{read.question}")
    return read.number


def _read_numbers(question: Question, posted: Mapping[str, str], language: str) -> list[float] | None:
    """The numbers of all cells in order; a cell may hold a row or a column that was pasted into it."""
    numbers: list[float] = []
    for index in range(MOST_ROWS):
        name = f"{question.key}-{index}"
        place = f"{question.label}: week {index + 1}"
        for part in _parts_of(posted.get(name, ""), language):
            if _ONE_OR_MORE.fullmatch(part):
                raise FormatError(name, f"{place}: {part} can be one number or several: leave out the comma")
            number = _one_number(name, f"{place}: ", read_number(part, language))
            if number is None or not 0 <= number <= 1_000_000:
                raise FormatError(name, f"{place} must be a number, like 31")
            numbers.append(number)
    if len(numbers) > MOST_ROWS:
        raise FormatError(f"{question.key}-0", f"{question.label}: at most {MOST_ROWS} weeks")
    return numbers or None


def _parts_of(cell: str, language: str) -> Iterator[str]:
    """The numbers in one cell. A comma parts two of them, unless it can belong to a single one."""
    for part in re.split(r"[;\s]+", cell):
        words = part.strip(",")
        decimal = signs_of(language).decimal == "," and read_number(words, language).readings
        yield from filter(None, [words] if decimal or _ONE_OR_MORE.fullmatch(words) else words.split(","))


def answer_read_as(question: Question, posted: Mapping[str, str], language: str) -> str:
    """How the numbers of an answer were read, where that is not plainly what was typed."""
    key = question.key
    if question.kind == "number":
        return read_as([posted.get(key, "")], language)
    if question.kind == "numbers":
        cells = (posted.get(f"{key}-{index}", "") for index in range(MOST_ROWS))
        return read_as([part for cell in cells for part in _parts_of(cell, language)], language)
    if question.kind == "table":
        rows = range(ROWS_READ)
        return read_as([posted.get(f"{key}-{row}-{name}", "") for row in rows for name in DATA_COLUMNS[1:]], language)
    return ""


def cost_read_as(cost: Field, posted: Mapping[str, str], language: str) -> str:
    """How a number of a costs page and its range were read, where that is not plainly what was typed."""
    return read_as([posted.get(field, "") for field in _fields_of(cost)], language, percent=cost.share)


def _fields_of(cost: Field) -> tuple[str, str, str]:
    return f"{cost.key}-low", cost.key, f"{cost.key}-high"


def read_cost(path: str, cost: Field, posted: Mapping[str, str], language: str) -> Entry:
    """What a costs page sends for one number, with its range. Raises FormatError, with the field to mend."""
    low, likely, high = (_read_cost(cost, field, posted, language) for field in _fields_of(cost))
    if typed_over_our_range(cost.key, posted):
        low = high = None
    value: Any = likely
    if low is not None or high is not None:
        if likely is None:
            raise FormatError(cost.key, f"{cost.label}: fill in the likely value, or clear low and high")
        low, high = (likely if end is None else end for end in (low, high))
        if low > likely:
            raise FormatError(f"{cost.key}-low", f"{cost.label}: low must not be above the likely value")
        if high < likely:
            raise FormatError(f"{cost.key}-high", f"{cost.label}: high must not be below the likely value")
        if low < high:
            value = {"low": low, "likely": likely, "high": high}
    return Entry(path=path, value=value, **read_seen(cost.key, posted))


def typed_over_our_range(key: str, posted: Mapping[str, str]) -> bool:
    """Whether somebody typed another likely value and left the range that we had suggested: then it goes, too."""
    ours = posted.get(f"{key}-ours", "").split(" ")
    typed = [posted.get(field, "").strip() for field in (f"{key}-low", key, f"{key}-high")]
    return len(ours) == 3 and typed[0] == ours[0] and typed[2] == ours[2] and typed[1] != ours[1]


def _read_cost(cost: Field, field: str, posted: Mapping[str, str], language: str) -> float | None:
    """One field of a costs page. Percentages become shares."""
    typed = posted.get(field, "").strip()
    if not typed:
        return None
    scale = 100 if cost.share else 1
    number = _one_number(field, f"{cost.label}: ", read_number(typed, language, percent=cost.share))
    if number is None:
        example = cost.default or (5 if cost.share else 1200)
        raise FormatError(field, f"{cost.label} must be a number, like {example * scale:g}")
    if cost.share:
        number = float(Decimal(str(number)) / 100)
    if cost.whole and number != int(number):
        raise FormatError(field, f"{cost.label} must be a whole number, like {cost.default or 2:g}")
    sign = "%" if cost.share else ""
    if number < cost.minimum:
        least = "more than 0" if 0 < cost.minimum < 1e-3 else f"{_bound(cost.minimum * scale)}{sign} or more"
        raise FormatError(field, f"{cost.label} must be {least}")
    if number > cost.maximum:
        raise FormatError(field, f"{cost.label} must be {_bound(cost.maximum * scale)}{sign} or less")
    return number


def _bound(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:g}"


def _read_rows(question: Question, posted: Mapping[str, str], language: str) -> list[dict[str, Any]] | None:
    """The rows of the table of examples; a row with nothing in it is left out."""
    rows = []
    for index in range(ROWS_READ):
        typed = {column: plain_line(posted.get(f"{question.key}-{index}-{column}", "")) for column in DATA_COLUMNS}
        if any(typed.values()):
            rows.append(_read_row(question, index, typed, language))
    return rows or None


def _read_row(question: Question, index: int, typed: Mapping[str, str], language: str) -> dict[str, Any]:
    place = f"{question.key}-{index}"
    if not typed["label"] or text_fault(typed["label"]):
        raise FormatError(f"{place}-label", f"Row {index + 1}: write a label")
    row: dict[str, Any] = {"label": typed["label"]}
    for column in DATA_COLUMNS[1:]:
        read = read_number(typed[column] or "0", language)
        number = _one_number(f"{place}-{column}", f"Row {index + 1}: ", read)
        if number is None or number != int(number) or not 0 <= number <= 1_000_000_000:
            sentence = f"Row {index + 1}: {column} must be a whole number, like 150"
            raise FormatError(f"{place}-{column}", sentence)
        row[column] = int(number)
    if row["reviewed"] > row["available"]:
        sentence = f"Row {index + 1}: reviewed ({row['reviewed']}) cannot be more than available ({row['available']})"
        raise FormatError(f"{place}-reviewed", sentence)
    return row


def _read_text(question: Question, field: str, posted: Mapping[str, str], name: str) -> str:
    text = plain_text(posted.get(field, "")).strip() if question.kind == "choice" else ""
    if sentence := text_fault(text):
        raise FormatError(field, f"{name} for {question.label} {sentence}")
    return text


def _read_link(question: Question, posted: Mapping[str, str]) -> str:
    field = f"{question.key}-link"
    link = _read_text(question, field, posted, "The link")
    if link and not is_web_link(link):
        raise FormatError(field, f"The link for {question.label} must start with https:// or http://")
    return link


def read_strength(question: Question, posted: Mapping[str, str]) -> Strength:
    strength = posted.get(f"{question.key}-strength", "")
    return strength if strength in STRENGTHS else "opinion"
