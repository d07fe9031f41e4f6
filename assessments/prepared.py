"""Questions to the database whose SQL is written once in a process; each asking fills in who asks, and for what.

Django writes the SQL of a queryset anew each time, which takes longer than the database takes to answer. What is
kept here is a statement with open places: no row, nobody's id and no right. Those are asked for each time.
"""

import copy
from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Expression, Model, QuerySet

Row = TypeVar("Row")


class Given(Expression):
    """An open place in a prepared question: a value of this field that each asking hands in by name."""

    def __init__(self, name: str, field: Any):
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, list[Any]]:
        return "%s", [self]

    def filled(self, given: dict[str, Any]) -> Any:
        return self.output_field.get_db_prep_value(given[self.name], connection)


def given_id(name: str, model: type[Model]) -> Given:
    """An open place for the id of a row."""
    return Given(name, model._meta.pk)


class Prepared(Generic[Row]):
    """A question with open places. It is made when it is first asked: before that the models may not be ready."""

    def __init__(self, question: "Callable[[], QuerySet[Any, Row]]"):
        self._question = question

    def ask(self, **given: Any) -> list[Row]:
        """The rows. Where nothing is given for a place, that is a KeyError, never a question without it."""
        queryset, written, sql, places, converters = self._written
        params = tuple(place.filled(given) if isinstance(place, Given) else place for place in places)
        compiler, query = copy.copy(written), copy.copy(queryset.query)
        compiler.connection = connection
        compiler.as_sql = lambda *args, **more: (sql, params)
        compiler.get_converters = lambda expressions: converters
        query.get_compiler = lambda *args, **more: compiler
        asked: Any = QuerySet(queryset.model, query)
        asked._iterable_class, asked._fields = queryset._iterable_class, queryset._fields
        asked._prefetch_related_lookups = queryset._prefetch_related_lookups
        return list(asked)

    def first(self, **given: Any) -> Row | None:
        return next(iter(self.ask(**given)), None)

    @cached_property
    def _written(self) -> tuple[Any, Any, str, tuple[Any, ...], dict[int, Any]]:
        queryset = self._question()
        compiler: Any = queryset.query.get_compiler(connection=connection)
        sql, places = compiler.as_sql()
        converters = compiler.get_converters([selected for selected, *_ in compiler.select[: compiler.col_count]])
        compiler.connection = None  # each asking has that of its own thread
        return queryset, compiler, sql, tuple(places), converters
