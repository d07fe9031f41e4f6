"""Questions and changes to the database whose SQL is written once in a process; each time fills in for whom, and what.

Django writes the SQL of a queryset anew each time, which takes longer than the database takes to answer. What is
kept here is a statement with open places: no row, nobody's id and no right. Those are asked for each time.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Model, QuerySet, prefetch_related_objects
from django.db.models.query import (  # type: ignore[attr-defined] # the last is not among the stubs
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)
from django.db.models.sql.subqueries import InsertQuery, UpdateQuery

Row = TypeVar("Row")


class Given(Expression):
    """An open place in a prepared question: a value of this field that each asking hands in by name."""

    def __init__(self, name: str, field: Any):
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, list[Any]]:
        return "%s", [self]

    def filled(self, given: dict[str, Any], connection: Any) -> Any:
        return self.output_field.get_db_prep_save(given[self.name], connection)


def given_id(name: str, model: type[Model]) -> Given:
    """An open place for the id of a row."""
    return Given(name, model._meta.pk)


class Prepared(Generic[Row]):
    """A question with open places. It is made when it is first asked: before that the models may not be ready."""

    def __init__(self, question: "Callable[[], QuerySet[Any, Row]]"):
        self._question = question

    def ask(self, **given: Any) -> list[Row]:
        """The rows. Where nothing is given for a place, that is a KeyError, never a question without it."""
        connection = connections[DEFAULT_DB_ALIAS]
        sql, places, read = self._written
        with connection.cursor() as cursor:
            cursor.execute(sql, _filled(places, given, connection))
            rows = cursor.fetchall()
        return read(rows, connection)

    def first(self, **given: Any) -> Row | None:
        return next(iter(self.ask(**given)), None)

    @cached_property
    def _written(self) -> "tuple[str, tuple[Any, ...], Callable[[Iterable[Any], Any], list[Row]]]":
        queryset = self._question()
        compiler: Any = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, places = compiler.as_sql()
        return sql, tuple(places), _reader(queryset, compiler)


_NEVER_CHANGES = (str, int, float, date)
"""What rows may share."""


def _reader(queryset: Any, compiler: Any) -> Callable[[Iterable[Any], Any], list[Any]]:
    """Makes of rows what Django makes of them; what Django works out before its first row is worked out once here."""
    columns = [column[0] for column in compiler.select[: compiler.col_count]]
    converters = list(compiler.get_converters(columns).items())

    def converted(rows: Iterable[Any], connection: Any) -> Iterator[list[Any]]:
        known: list[dict[Any, Any]] = [{} for _ in converters]  # most of a column says what a row before it said
        for row in map(list, rows):
            for (place, (kinds, column)), before in zip(converters, known, strict=True):
                stored = row[place]
                if stored in before:
                    row[place] = before[stored]
                    continue
                for convert in kinds:
                    row[place] = convert(row[place], column, connection)
                if isinstance(row[place], _NEVER_CHANGES):
                    before[stored] = row[place]
            yield row

    if queryset._iterable_class is FlatValuesListIterable:
        return lambda rows, connection: [row[0] for row in converted(rows, connection)]
    if queryset._iterable_class is ValuesListIterable:
        return lambda rows, connection: list(map(tuple, converted(rows, connection)))
    assert queryset._iterable_class is ModelIterable
    model, own = compiler.klass_info["model"], compiler.klass_info["select_fields"]
    own_columns, annotations = slice(own[0], own[-1] + 1), (compiler.annotation_col_map or {}).items()
    names = [column.target.attname for column in columns[own_columns]]
    populators = get_related_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)

    def read(rows: Iterable[Any], connection: Any) -> list[Any]:
        found = []
        for row in converted(rows, connection):
            one = model.from_db(DEFAULT_DB_ALIAS, names, row[own_columns])
            for populator in populators:
                populator.populate(row, one)
            for name, place in annotations:
                setattr(one, name, row[place])
            found.append(one)
        prefetch_related_objects(found, *queryset._prefetch_related_lookups)
        return found

    return read


class PreparedUpdate:
    """New values of these columns, for rows of one table that are named by open places."""

    def __init__(self, rows: "Callable[[], QuerySet[Any]]", *columns: str):
        self._rows, self._columns = rows, columns

    def make(self, **given: Any) -> int:
        """How many rows were changed. Each column takes what is given by its name."""
        connection = connections[DEFAULT_DB_ALIAS]
        sql, places = self._written
        with connection.cursor() as cursor:
            cursor.execute(sql, _filled(places, given, connection))
            return int(cursor.rowcount)

    @cached_property
    def _written(self) -> tuple[str, tuple[Any, ...]]:
        rows = self._rows()
        query: Any = rows.query.chain(UpdateQuery)
        query.add_update_values({name: Given(name, rows.model._meta.get_field(name)) for name in self._columns})
        sql, places = query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        return sql, tuple(places)


class PreparedInsert:
    """New rows of one table, whose ids nobody asks for."""

    def __init__(self, model: type[Model]):
        self._model = model

    def add(self, rows: Iterable[Model]) -> None:
        connection = connections[DEFAULT_DB_ALIAS]
        sql, columns = self._written
        values = [
            [column.get_db_prep_save(column.pre_save(row, add=True), connection) for column in columns] for row in rows
        ]
        if values:
            with connection.cursor() as cursor:
                cursor.executemany(sql, values)

    @cached_property
    def _written(self) -> tuple[str, list[Any]]:
        columns: list[Any] = [one for one in self._model._meta.concrete_fields if not one.primary_key]
        query = InsertQuery(self._model)
        query.insert_values(columns, [self._model(**{one.attname: Given(one.name, one) for one in columns})])
        [(sql, places)] = query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        assert [place.name for place in places] == [one.name for one in columns]
        return sql, columns


def _filled(places: tuple[Any, ...], given: dict[str, Any], connection: Any) -> tuple[Any, ...]:
    return tuple(place.filled(given, connection) if isinstance(place, Given) else place for place in places)
