"""Copies that are taken while people save, restored into an empty place and compared row by row with the site."""

import json
from typing import Any

import pytest

from ..bars import tries
from .savers import people_saving
from .sites import DATABASES, Cluster, Site, site_on

pytestmark = pytest.mark.slow
PEOPLE = 4
_ROWS = """
import json
from django.db import connection
rows = {}
for table in sorted(connection.introspection.table_names()):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        rows[table] = sorted(repr(row) for row in cursor.fetchall())
print(json.dumps(rows))
"""
_SAVED = """
import json
from assessments.models import *
events = [repr(row) for row in AuditEvent.objects.values_list()]
newest = {(c.assessment_id, c.path): (c.after or {}).get("value") for c in ValueChange.objects.order_by("version")}
saved = StoredValue.objects.filter(path="use_case.task")
values = {v.assessment_id: v.value for v in saved if v.value.startswith("Answer ")}
unlike = [pk for pk, value in values.items() if newest[pk, "use_case.task"] != value]
print(json.dumps({"events": events, "values": values, "unlike": unlike}))
"""


@pytest.mark.parametrize("database", DATABASES)
def test_copies_beside_people_who_save_hold_all_that_was_acknowledged(database: str, figure: Any) -> None:
    """Beside savers, answers and the trail are held against the site; once they have stopped, every row there is."""
    count, differ, before = tries(2, 20), 0, []
    with site_on(database) as (site, cluster):
        with people_saving(PEOPLE, lambda: site.address) as saved:
            for number in range(count):
                before.append(dict(saved.newest))
                site.manage("backup", str(site.folder / f"{number}.zip"))
        events = set(json.loads(site.python(_SAVED))["events"])
        for number, acknowledged in enumerate(before):
            place = restored(site, cluster, number)
            found = json.loads(place.python(_SAVED))
            kept = {one: int(text.removeprefix("Answer ")) for one, text in found["values"].items()}
            differ += len(found["unlike"]) + len(set(found["events"]) - events) + place.broken_chains()
            differ += sum(kept.get(one, 0) < known for one, known in acknowledged.items())
        site.stop()
        site.manage("backup", str(site.folder / f"{count}.zip"))
        there, back = (json.loads(one.python(_ROWS)) for one in (site, restored(site, cluster, count)))
        differ += sum(len(set(there[table]) ^ set(back.get(table, ()))) for table in there)
    told = f"{count} copies beside {len(saved.seconds):,} saves, {sum(map(len, there.values())):,} rows, {database}"
    figure("rows that differ after a restore", differ, told)


def restored(site: Site, cluster: Cluster | None, number: int) -> Site:
    """What a copy gives in an empty place, with the same keys."""
    own = {"SECRET_KEY": site.environment["SECRET_KEY"]}
    if cluster:
        own["DATABASE_URL"] = cluster.new_database(f"restored_{number}")
    place = Site(site.folder / f"restored-{number}", **own)
    place.manage("restore", str(site.folder / f"{number}.zip"))
    return place
