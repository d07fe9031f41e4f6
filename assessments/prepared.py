"""Questions and changes to the database whose SQL is written once in a process; each time fills in for whom, and what.

Django writes the SQL of a queryset anew each time, which takes longer than the database takes to answer. What is
kept here is a statement with open places: no row, nobody's id and no right. Those are asked for each time.
"""

import copy
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Expression, Model, QuerySet
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
        queryset, written, sql, places = self._written
        params = _filled(places, given)
        compiler, query = copy.copy(written), copy.copy(queryset.query)
        compiler.connection = connection
        compiler.as_sql = lambda *args, **more: (sql, params)
        query.get_compiler = lambda *args, **more: compiler
        asked: Any = QuerySet(queryset.model, query)
        asked._iterable_class, asked._fields = queryset._iterable_class, queryset._fields
        asked._prefetch_related_lookups = queryset._prefetch_related_lookups
        return list(asked)

    def first(self, **given: Any) -> Row | None:
        return next(iter(self.ask(**given)), None)

    @cached_property
    def _written(self) -> tuple[Any, Any, str, tuple[Any, ...]]:
        queryset = self._question()
        compiler: Any = queryset.query.get_compiler(connection=connection)
        sql, places = compiler.as_sql()
        converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
        compiler.get_converters = lambda columns: converters  # each asking hands them its own connection
        compiler.connection = None  # each asking has that of its own thread
        return queryset, compiler, sql, tuple(places)


class PreparedUpdate:
    """New values of these columns, for rows of one table that are named by open places."""

    def __init__(self, rows: "Callable[[], QuerySet[Any]]", *columns: str):
        self._rows, self._columns = rows, columns

    def make(self, **given: Any) -> int:
        """How many rows were changed. Each column takes what is given by its name."""
        sql, places = self._written
        with connection.cursor() as cursor:
            cursor.execute(sql, _filled(places, given))
            return int(cursor.rowcount)

    @cached_property
    def _written(self) -> tuple[str, tuple[Any, ...]]:
        rows = self._rows()
        query = rows.query.chain(UpdateQuery)
        query.add_update_values({name: Given(name, rows.model._meta.get_field(name)) for name in self._columns})
        sql, places = query.get_compiler(connection=connection).as_sql()
        return sql, tuple(places)


class PreparedInsert:
    """New rows of one table, whose ids nobody asks for."""

    def __init__(self, model: type[Model]):
        self._model = model

    def add(self, rows: Iterable[Model]) -> None:
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
        [(sql, places)] = query.get_compiler(connection=connection).as_sql()
        assert [place.name for place in places] == [one.name for one in columns]
        return sql, columns


def _filled(places: tuple[Any, ...], given: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(place.filled(given, connection) if isinstance(place, Given) else place for place in places)
