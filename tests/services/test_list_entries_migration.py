"""The migration that renames what lists show: rows, flags and indexes stand on both sides of it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
BEFORE, AFTER = ("assessments", "0010_ceiling_of_standings"), ("assessments", "0011_list_entries")
ROW = {"name": "Refunds", "approach": "tools", "action": "pilot", "leaf": "tools", "ceiling": "yes", "at": NOW}
COUNTS = {"ceiling_met": 5, "reasons_for": 3, "reasons_against": 1, "answered": 40, "questions": 70}


def indexes(table: str) -> set[str]:
    with connection.cursor() as cursor:
        return {name for name, one in connection.introspection.get_constraints(cursor, table).items() if one["index"]}


def test_rows_survive_it_forwards_and_back(migrate: Any) -> None:
    old = migrate(BEFORE)
    workspace = old.get_model("assessments", "Workspace").objects.create(name="Support")
    make = old.get_model("assessments", "Assessment").objects.create
    one = make(id="a" * 12, workspace=workspace, framework="v1", standing_is_old=False)
    make(id="b" * 12, workspace=workspace, framework="v1")
    kept = {**ROW, **COUNTS, "settled": True, "has_costs": False, "workspace": workspace}
    old.get_model("assessments", "Standing").objects.create(assessment=one, **kept)

    new = migrate(AFTER)
    assert new.get_model("assessments", "ListEntry").objects.get(pk=one.pk).name == "Refunds"
    assert new.get_model("assessments", "Assessment").objects.get(list_entry__approach="tools").pk == one.pk
    assert new.get_model("assessments", "Assessment").objects.get(list_entry_is_old=True).pk == "b" * 12
    assert "old_list_entries" in indexes("assessments_assessment")
    assert "list_entries_counted" in indexes("assessments_listentry")

    back = migrate(BEFORE)
    assert back.get_model("assessments", "Standing").objects.get().assessment_id == one.pk
    assert back.get_model("assessments", "Assessment").objects.get(standing_is_old=True).pk == "b" * 12
    assert "old_standings" in indexes("assessments_assessment")
    assert "standings_counted" in indexes("assessments_standing")
