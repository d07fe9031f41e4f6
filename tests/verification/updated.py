"""Puts what an earlier program stored into an empty database, brings it to this program, and prints what became of it.

`python -m tests.verification.updated SEED`, with the settings of a site whose database is empty.
"""

import gzip
import json
import sys
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

NOW_CALLED = {"storedanswer": "storedvalue", "answerchange": "valuechange", "standing": "listentry"}
"""Tables that have another name today, without the name of the app."""
MADE_ANEW = ("django_", "auth_permission", "cache", "assessments_tries", "usersessions_")


def put_in(seed: dict[str, Any]) -> None:
    """The tables after the migrations of the time, with the rows of the time."""
    newest: dict[str, str] = {}
    for row in seed["rows"]["django_migrations"]:
        newest[row["app"]] = max(row["name"], newest.get(row["app"], ""))
    MigrationExecutor(connection).migrate(list(newest.items()))
    unchecked = {"postgresql": "SET session_replication_role = replica", "sqlite": "PRAGMA foreign_keys = OFF"}
    with connection.cursor() as cursor:
        cursor.execute(unchecked[connection.vendor])
        for table, rows in seed["rows"].items():
            if table == "django_migrations":
                continue
            cursor.execute(f'DELETE FROM "{table}"')
            columns = ", ".join(f'"{column}"' for column in rows[0])
            values = [[None if value is None else str(value) for value in row.values()] for row in rows]
            cursor.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({", ".join(["%s"] * len(rows[0]))})', values)
            if connection.vendor == "postgresql" and isinstance(rows[0].get("id"), int):  # the next row follows these
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM \"{table}\"")
    connection.close()


def lost_rows(seed: dict[str, Any]) -> list[str]:
    lost = []
    with connection.cursor() as cursor:
        for table, rows in seed["rows"].items():
            if table.startswith(MADE_ANEW):
                continue
            app, _, name = table.partition("_")
            cursor.execute(f'SELECT count(*) FROM "{app}_{NOW_CALLED.get(name, name)}"')
            lost += [table] * max(0, len(rows) - cursor.fetchone()[0])
    return lost


def changed_documents(seed: dict[str, Any]) -> list[str]:
    """Assessments that differ from their exported document, imported by this program."""
    from assessments.framework import load_framework
    from assessments.models import Assessment
    from assessments.services.answer_sheet import read_sheet
    from assessments.services.assessments import start_from_document

    changed, framework = [], load_framework()
    for key, raw in seed["documents"].items():
        again = start_from_document(None, "another browser", None, framework, raw)
        if read_sheet(Assessment.objects.get(pk=key)).document != read_sheet(again).document:
            changed.append(key)
    return changed


def failing_pages() -> tuple[list[str], int]:
    """The pages behind a link to each assessment, and of each sample."""
    from django.test import Client

    from assessments.models import Assessment
    from assessments.services import sharing

    from ..visits import shared_urls

    urls, client = [], Client(raise_request_exception=False, HTTP_HOST="localhost")
    for one in Assessment.objects.all():
        urls += [f"/samples/{one.sample}/"] if one.sample else shared_urls(sharing.make_link(one, None))
    return [url for url in urls if client.get(url).status_code != 200], len(urls)


def main(file: Path) -> None:
    django.setup()
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    seed = json.loads(gzip.decompress(file.read_bytes()))
    put_in(seed)
    call_command("migrate", verbosity=0)
    lost, changed, (failing, pages) = lost_rows(seed), changed_documents(seed), failing_pages()
    counts = {"rows": sum(map(len, seed["rows"].values())), "documents": len(seed["documents"]), "pages": pages}
    print(json.dumps({"lost": lost, "changed": changed, "failing": failing, "counts": counts}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
