"""Tables with a column for each variant: which columns hold what which variant did on the case of a row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.engine.measured.found import ChoiceOption, FileChoice, ReadingJob

from .columns import (
    COST,
    ERROR,
    FORMAT,
    LATENCY,
    PASS,
    SCORE,
    SECOND,
    VARIANT,
    ColumnRole,
    TableColumn,
    TableColumns,
    guessed,
    holds_grades,
    holds_passes,
)

KEY = "column.variants"
_MOST_OFFERED = 60
_ROLES = (FORMAT, ERROR, LATENCY, COST, SCORE, PASS)
"""The likelier first: `schema ok` is a check of the format, `ok` alone is a pass."""
_BEYOND = re.compile(
    r"\b(?:prompts?|tuned|fine[\W_]?tun\w*|lora|base|baseline|model\w*|variant\w*|version|system|retrieval|search|rag"
    r"|tools?|(?:few|zero|one)[\W_]?shot|terse|today|current|candidate|challenger|control|treatment|old|new|small|large"
    r"|mini|gpt|claude|gemini|llama|mistral|mixtral|qwen|phi|gemma|deepseek|command|nova|sonnet|haiku|opus"
    r"|trainiert|modell|variante|werkzeug\w*|heute|neu|alt|modèle|outils?|[ab]|v?\d+(?:\.\d+)?)(?:\b|(?=[\d_]))",
    re.IGNORECASE,
)
"""Words by which a column is known to be about a variant, and not about one of several measures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantColumns:
    """What one variant has in a table: its outcome, and perhaps its time, cost, format and error."""

    name: str
    columns: Mapping[str, TableColumn]
    """By role; the outcome is a pass or a score."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A column as a variant with a role; without a role where its name is the variant's alone."""

    column: TableColumn
    variant: str
    role: ColumnRole | None


def variants_in(columns: TableColumns, job: ReadingJob) -> Sequence[VariantColumns]:
    """As a person ticked them, else where the names leave no doubt; nothing where the table has no such columns."""
    named = [_named(column) for column in columns]
    outcomes: Sequence[_Named]
    said = job.choices.get(KEY)
    if isinstance(said, tuple | list):
        outcomes = [one for one in named if one.column.name in said and holds_grades(one.column)]
        return _with_all_columns(outcomes, named) if len(outcomes) > 1 else ()
    outcomes = _evident(named)
    theirs = [one.column for one in outcomes]
    variant, second = guessed(VARIANT, columns), guessed(SECOND, columns)
    if (variant and variant not in theirs) or (second and second in theirs):
        return ()
    return _with_all_columns(outcomes, named)


def holds_wide_passes(columns: TableColumns, job: ReadingJob) -> bool:
    """Whether it can be nothing but this: passes, and no numbers that could be measures before and after."""
    found = variants_in(columns, job)
    return bool(found) and all(PASS.key in one.columns for one in found)


def variants_choice(columns: TableColumns, found: Sequence[VariantColumns], job: ReadingJob) -> FileChoice | None:
    """Ticks for the columns that could each be a variant's; None where there are not two."""
    could = [column for column in columns if holds_grades(column)][:_MOST_OFFERED]
    if len(could) < 2:
        return None
    chosen = tuple(column.name for one in found for key, column in one.columns.items() if key in (PASS.key, SCORE.key))
    options = tuple(ChoiceOption(value=column.name, label=column.name) for column in could)
    return FileChoice(key=KEY, options=options, chosen=chosen, is_guess=KEY not in job.choices)


def _evident(named: Sequence[_Named]) -> Sequence[_Named]:
    """Columns whose names differ in the variant alone: called a pass or a score, or by the variant and nothing else."""
    for role, holds in ((PASS, holds_passes), (SCORE, holds_grades), (None, holds_passes)):
        found = [one for one in named if one.role is role and one.variant and holds(one.column)]
        if len(found) > 1 and all(_BEYOND.search(one.variant) for one in found):
            return found
    return ()


def _with_all_columns(outcomes: Sequence[_Named], named: Sequence[_Named]) -> Sequence[VariantColumns]:
    names = [one.variant for one in outcomes]
    found = []
    for one in outcomes:
        is_alone = names.count(one.variant) == 1 and one.variant
        others = [other for other in named if is_alone and other.variant == one.variant and other.role]
        by_role = {other.role.key: other.column for other in others if other.role and other.role.holds(other.column)}
        outcome = PASS.key if holds_passes(one.column) else SCORE.key
        by_role.pop(PASS.key, None)
        found.append(
            VariantColumns(name=one.variant if is_alone else one.column.name, columns={**by_role, outcome: one.column})
        )
    return found


def _named(column: TableColumn) -> _Named:
    """
    >>> [(found.variant, found.role and found.role.key) for found in map(_named, [
    ...     TableColumn(0, "Prompt A pass", []), TableColumn(1, "Latency (tuned) ms", []), TableColumn(2, "gpt-4o", [])
    ... ])]
    [('Prompt A', 'pass'), ('tuned', 'latency'), ('gpt-4o', None)]
    """
    for role in _ROLES:
        if (found := _SHAPES[role.key].fullmatch(column.name)) and (variant := _bare(found["last"] or found["first"])):
            return _Named(column, variant, role)
    return _Named(column, _bare(column.name), None)


def _bare(text: str) -> str:
    return text.strip(" \t([{:|/-_.)]}")


def _shape(role: ColumnRole) -> re.Pattern[str]:
    """A name that begins or ends with one of the words of the role, with a unit beside it or not."""
    words = "|".join(r"[\W_]+".join(map(re.escape, name.split())) for name in sorted(role.names, key=len, reverse=True))
    unit = r"(?:[\W_]+(?:ms|s|secs?|seconds|usd|eur)[\W_]*)?"
    apart = r"(?:[\W_]+|(?-i:(?<=[a-zäöü])(?=[A-Z])))"
    return re.compile(
        rf"(?P<last>.+?){apart}(?:{words}){unit}[\W_]*|(?:{words}){apart}(?P<first>.+?){unit}", re.IGNORECASE
    )


_SHAPES = {role.key: _shape(role) for role in _ROLES}
