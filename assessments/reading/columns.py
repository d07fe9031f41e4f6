"""Which column of a table is what: guessed by its name and by what stands in it, and as a person chose."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assessments.engine.measured.found import ChoiceOption, FileChoice, ReadingJob

from .cells import day_of, is_empty, number_of, pass_of
from .table import Cell, NumberedRow, ReadTable, said, text_of

_MOST_VARIANTS = 200
_MOSTLY = 0.5
_NEARLY_ALL = 0.9
NONE = "none"
"""What a person chooses where no column is meant."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column with what stands in its first rows; empty cells are left out."""

    place: int
    name: str
    sample: Sequence[Cell]

    @property
    def plain_name(self) -> str:
        """Lower case, with words apart.

        >>> TableColumn(0, "latencyMs (p95)", []).plain_name
        'latency ms p95'
        """
        apart = re.sub(r"(?<=[a-zäöü])(?=[A-Z])", " ", self.name).casefold()
        return " ".join(re.split(r"[\W_]+", apart)).strip()

    @property
    def distinct(self) -> set[str]:
        return {text_of(cell) for cell in self.sample}


Holds = Callable[[TableColumn], bool]
TableColumns = tuple[TableColumn, ...]


def columns_of(table: ReadTable, first: Sequence[NumberedRow]) -> TableColumns:
    """The columns with what stands in the first rows."""
    return tuple(
        TableColumn(place, name, [row.cells[place] for row in first if not is_empty(row.cells[place])])
        for place, name in enumerate(table.names)
    )


def _share(column: TableColumn, holds: Callable[[Cell], bool]) -> float:
    return sum(map(holds, column.sample)) / len(column.sample) if column.sample else 0.0


def holds_passes(column: TableColumn) -> bool:
    return _share(column, lambda cell: pass_of(cell) is not None) >= _NEARLY_ALL


def holds_numbers(column: TableColumn) -> bool:
    return _share(column, lambda cell: number_of(cell, comma_is_decimal=True) is not None) >= _MOSTLY


def holds_grades(column: TableColumn) -> bool:
    """Passes and numbers between 0 and 1: a score, of which somebody has to say from where on it is a pass."""
    return _share(column, lambda cell: pass_of(cell) is not None or _is_between(cell)) >= _NEARLY_ALL


def has_scores(column: TableColumn) -> bool:
    """Whether a number between 0 and 1 stands there, which is neither pass nor fail."""
    return any(map(_is_between, column.sample))


def _is_between(cell: Cell) -> bool:
    number = number_of(cell, comma_is_decimal=True)
    return number is not None and 0 < number < 1


def holds_days(column: TableColumn) -> bool:
    return _share(column, lambda cell: bool(day_of(cell, "day_first") or day_of(cell, "month_first"))) >= _MOSTLY


def holds_names(column: TableColumn) -> bool:
    """Whether few values stand there again and again."""
    return 0 < len(column.distinct) <= _MOST_VARIANTS and not holds_days(column)


def holds_anything(column: TableColumn) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class ColumnRole:
    key: str
    """As in the choice `column.KEY`."""
    names: tuple[str, ...]
    """Plain names, the likeliest first; a name within a longer one counts as well."""
    holds: Holds = holds_anything


CASE = ColumnRole(
    "case",
    (
        *("case", "case id", "test case", "example id", "sample id", "item id", "ticket", "ticket id", "doc id"),
        *("trace id", "id", "fall", "fall id", "testfall", "cas", "cas de test", "name", "description"),
        *("user input", "inputs", "input", "question", "frage", "eingabe", "entrée", "prompt"),
    ),
)
VARIANT = ColumnRole(
    "variant",
    (
        *("variant", "variante", "system", "experiment", "configuration", "config", "arm", "condition", "setup"),
        *("model", "modell", "modèle", "provider", "approach", "ansatz", "approche", "run", "version"),
    ),
    holds_names,
)
PASS = ColumnRole(
    "pass",
    (
        *("pass", "passed", "correct", "success", "is correct", "label correct", "feedback", "ok", "outcome", "result"),
        *("exact match", "status", "bestanden", "richtig", "erfolg", "ergebnis", "réussi", "correcte", "succès"),
    ),
    holds_passes,
)
GRADED = replace(PASS, holds=holds_grades)
"""What is called a pass and holds a score."""
SCORE = ColumnRole(
    "score",
    ("score", "scores", "rating", "points", "similarity", "punkte", "bewertung", "note", "accuracy"),
    holds_numbers,
)
LATENCY = ColumnRole(
    "latency",
    (
        *("latency ms", "latency", "execution time", "duration", "response time", "elapsed", "total time", "runtime"),
        *("latenz", "dauer", "antwortzeit", "durée", "latence", "temps de réponse", "time"),
    ),
    holds_numbers,
)
COST = ColumnRole(
    "cost",
    ("cost", "costs", "cost usd", "total cost", "price", "kosten", "preis", "coût", "coûts", "prix"),
    holds_numbers,
)
FORMAT = ColumnRole(
    "format",
    (
        *("schema ok", "format ok", "schema valid", "valid json", "json valid", "valid format", "is valid", "schema"),
        *("format", "format gültig", "format valide"),
    ),
    holds_passes,
)
ERROR = ColumnRole("error", ("error", "errors", "exception", "fehler", "fehlermeldung", "erreur"))
SLICE = ColumnRole(
    "slice",
    (
        *("slice", "segment", "group", "category", "topic", "subset", "tag", "type", "intent", "channel", "language"),
        *("gruppe", "kategorie", "thema", "bereich", "groupe", "catégorie", "sujet", "thème"),
    ),
    holds_names,
)
DATE = ColumnRole(
    "date",
    (
        *("date", "day", "datum", "tag", "created", "created at", "timestamp", "time", "when", "logged"),
        *("erstellt", "zeitpunkt", "jour", "horodatage", "créé"),
    ),
    holds_days,
)
FAILURE = ColumnRole(
    "failure",
    (
        *("failure mode", "failure", "failure type", "failure reason", "error type", "override reason", "mode"),
        *("root cause", "cause", "reason", "error category", "issue", "problem"),
        *("fehlerart", "fehlertyp", "fehlergrund", "fehler", "ursache", "grund", "type d erreur", "erreur", "motif"),
        *("mode d échec", "échec"),
    ),
    holds_names,
)
SECOND = ColumnRole(
    "second",
    (
        *("second reviewer", "second label", "second", "reviewer 2", "label 2", "annotator 2", "rater 2", "labeler 2"),
        *("reviewer b", "annotator b", "rater b", "label b", "failure 2", "other reviewer"),
        *("zweite person", "zweitprüfung", "zweites label", "zweite", "deuxième", "second relecteur"),
    ),
    holds_names,
)
LABEL = ColumnRole(
    "label",
    (
        *("first reviewer", "first label", "reviewer 1", "label 1", "annotator 1", "rater 1", "labeler 1"),
        *("reviewer a", "annotator a", "rater a", "label a", "reviewer", "annotator", "label", "answer", "gold"),
        *("erste person", "erstes label", "antwort", "premier relecteur", "étiquette", "réponse"),
    ),
    holds_names,
)
METRIC = ColumnRole(
    "metric",
    ("metric", "measure", "metrik", "kennzahl", "messgröße", "mesure", "métrique", "indicateur", "kpi", "name"),
)
BEFORE = ColumnRole(
    "before",
    (
        *("before", "baseline", "old", "was", "before tuning", "vorher", "vor", "bisher", "alt"),
        *("avant", "ancien", "référence"),
    ),
    holds_numbers,
)
AFTER = ColumnRole(
    "after",
    (
        *("after", "tuned", "new", "now", "after tuning", "fine tuned", "nachher", "nach", "neu"),
        *("après", "nouveau", "candidate"),
    ),
    holds_numbers,
)
DIRECTION = ColumnRole(
    "direction",
    (
        *("better", "direction", "better if", "higher is better", "goal", "besser", "richtung", "besser wenn"),
        *("sens", "mieux si", "meilleur"),
    ),
)
TOLERANCE = ColumnRole(
    "tolerance",
    ("tolerance", "margin", "allowed", "slack", "toleranz", "spielraum", "tolérance", "marge"),
    holds_numbers,
)
TARGET = ColumnRole(
    "target",
    ("target", "threshold", "exit criterion", "ziel", "zielwert", "cible", "objectif", "seuil"),
    holds_numbers,
)

RUN = (VARIANT, CASE, PASS, FORMAT, SCORE, LATENCY, COST, ERROR, SLICE)
FAILURES = (DATE, SECOND, FAILURE, SLICE)
CHANGES = (METRIC, BEFORE, AFTER, DIRECTION, TOLERANCE, TARGET)
ANSWERS = (SECOND, LABEL)
_KEYS = {"format": "format_measure"}
"""Where the choice is not called `column.` and the role."""


@dataclass(frozen=True, slots=True)
class PickedColumns:
    """The column of each role; a role without one is missing."""

    columns: Mapping[str, TableColumn]
    choices: tuple[FileChoice, ...]

    def get(self, role: ColumnRole) -> TableColumn | None:
        return self.columns.get(role.key)


def picked(
    columns: Sequence[TableColumn],
    roles: Iterable[ColumnRole],
    job: ReadingJob,
    *,
    needed: Sequence[ColumnRole] = (),
    hints: Mapping[str, TableColumn] | None = None,
) -> PickedColumns:
    """As a person chose, else by the best guess; no column is guessed for two roles.

    `hints` are columns that look like a role by what stands in them, which counts before any name.
    """
    roles = tuple(roles)
    by_name = {column.name: column for column in columns}
    options = (ChoiceOption(value=NONE, label=""), *(ChoiceOption(value=name, label=name) for name in by_name))
    chosen = {role.key: said(job, choice_key(role)) for role in roles}
    found: dict[str, TableColumn] = {key: by_name[name] for key, name in chosen.items() if name in by_name}
    for key, hint in (hints or {}).items():
        if key not in found and chosen[key] != NONE and hint not in found.values():
            found[key] = hint
    for role in roles:
        free = [column for column in columns if column not in found.values()]
        if role.key not in found and chosen[role.key] != NONE and (guess := guessed(role, free)):
            found[role.key] = guess
    return PickedColumns(found, tuple(_choices(roles, found, chosen, options, needed)))


def _choices(
    roles: Iterable[ColumnRole],
    found: Mapping[str, TableColumn],
    chosen: Mapping[str, str],
    options: tuple[ChoiceOption, ...],
    needed: Sequence[ColumnRole],
) -> Iterator[FileChoice]:
    for role in roles:
        column = found.get(role.key)
        is_said = chosen[role.key] == NONE or bool(column and chosen[role.key] == column.name)
        yield FileChoice(
            key=choice_key(role),
            options=options,
            chosen=column.name if column else NONE,
            is_guess=not is_said,
            is_needed=role in needed and column is None,
        )


def choice_key(role: ColumnRole) -> str:
    return _KEYS.get(role.key, f"column.{role.key}")


def guessed(role: ColumnRole, columns: Sequence[TableColumn]) -> TableColumn | None:
    """The likeliest column: its whole name first, then a name that begins, ends or holds the words."""
    fitting = [(column, column.plain_name) for column in columns if role.holds(column)]
    for is_alike in (_is_same, _begins, _has):
        for name in role.names:
            for column, plain in fitting:
                if is_alike(plain, name):
                    return column
    return None


def _is_same(plain: str, name: str) -> bool:
    return plain == name


def _begins(plain: str, name: str) -> bool:
    return plain.startswith(f"{name} ")


def _has(plain: str, name: str) -> bool:
    return f" {name} " in f" {plain} "
