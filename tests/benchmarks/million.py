"""A million assessments: what each page asks of PostgreSQL, the ten slowest with their plans, and whole tables read.

On a database of its own, empty before: DATABASE_URL=… python -m tests.benchmarks million [WORKSPACES]
The tests have it as tests/verification/test_a_million.py.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from assessments.models import User, Workspace
from assessments.services import people

from .growth import BACKEND, FILES, ONE, PAGES
from .rows import fill

OF_EACH = 20_000
LARGE = 100_000
"""Rows from which on a table may not be read as a whole."""
SHOWN, WIDEST = 10, 160


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOfDatabase:
    page: str
    sql: str
    ms: float
    plan: str


def run(workspaces: int) -> list[str]:
    """The tables that a page reads as a whole, each with its page."""
    call_command("migrate", verbosity=0)
    user = User.objects.create_user("bench@example.org", name="Bench")
    for number in range(workspaces):
        owner = user if not number else User.objects.create_user(f"b{number}@example.org", name="Bench")
        workspace = people.start_workspace(owner, f"Team {number}").workspace
        fill(workspace, owner, OF_EACH, prefix=f"{number:03}")
    connection.cursor().execute("VACUUM ANALYZE")
    asked = list(_asked(user))
    whole = sorted({f"{one.page}: {table}" for one in asked for table in _read_whole(one.plan)})
    print(f"{workspaces * OF_EACH:,} assessments, {len(PAGES | FILES)} pages and files, {len(asked)} questions")
    for one in sorted(asked, key=lambda one: -one.ms)[:SHOWN]:
        plan = "\n".join(line[:WIDEST] for line in one.plan.splitlines())
        print(f"\n{one.ms:.1f} ms, {one.page}\n{one.sql[:WIDEST]}\n{plan}")
    print(f"\nWhole tables read: {'; '.join(whole) or 'none'}")
    return whole


def _asked(user: User) -> Iterator[AskedOfDatabase]:
    workspace = Workspace.objects.get(memberships__user=user)
    client, names = Client(), {"workspace": workspace.pk, "one": f"000{ONE}", "last": OF_EACH // 20}
    client.force_login(user, backend=BACKEND)
    for page, path in (PAGES | FILES).items():
        with override_settings(ALLOWED_HOSTS=["testserver"]), CaptureQueriesContext(connection) as captured:
            response = client.get(path.format(**names))
            assert response.status_code == 200, (path, response.status_code)
            b"".join(response)
        for sql in dict.fromkeys(query["sql"] for query in captured):
            if sql.lstrip("(").startswith("SELECT"):
                with connection.cursor() as cursor:
                    cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) {sql}".replace("%", "%%"), ())
                    plan = "\n".join(line for (line,) in cursor.fetchall())
                took = re.search(r"Execution Time: ([\d.]+)", plan)
                yield AskedOfDatabase(page=page, sql=sql, ms=float(took[1]) if took else 0, plan=plan)


def _read_whole(plan: str) -> list[str]:
    """The large tables that a plan goes through from the first row to the last."""
    return [table for table in re.findall(r"Seq Scan on (\w+)", plan) if _rows(table) >= LARGE]


def _rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [table])
        found = cursor.fetchone()
        return int(found[0]) if found else 0
