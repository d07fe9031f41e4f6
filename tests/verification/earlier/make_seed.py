"""Writes what an earlier program stores: `python make_seed.py TO.json.gz`, run in a checkout of that program.

The samples, somebody with an account and a workspace, and three imported assessments, by the addresses of the site.
"""

import gzip
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, os.getcwd())
FOLDER = tempfile.mkdtemp()
os.environ |= {"FTDECIDE_DATA": FOLDER, "DJANGO_SETTINGS_MODULE": "ftdecide.settings"}


def fill() -> dict[str, object]:
    """What people do; the document of each assessment as the earlier program exports it."""
    from django.test import Client

    from assessments.models import Assessment

    client, documents = Client(raise_request_exception=False, HTTP_HOST="localhost"), {}
    person = {"name": "Olga", "email": "olga@example.org", "password1": "correct horse battery"}
    client.post("/accounts/signup/", person)
    client.post("/workspaces/new/", {"name": "Support"})
    for file in sorted(Path("assessments/examples").glob("*.json")):
        with file.open("rb") as opened:
            client.post("/import/", {"document": opened})
    for one in Assessment.objects.all():  # nobody exports the samples
        client.post(f"/a/{one.pk}/versions/freeze/", {"reason": "As it is"})
        client.post(f"/a/{one.pk}/link/", {})
        answer = client.get(f"/a/{one.pk}/document.json")
        if answer.status_code == 200:
            documents[one.pk] = json.loads(answer.content)
    return documents


def rows() -> dict[str, list[dict[str, object]]]:
    database = sqlite3.connect(next(Path(FOLDER).glob("*.sqlite3")))
    database.row_factory = sqlite3.Row
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    kept = {table: [dict(row) for row in database.execute(f'SELECT * FROM "{table}"')] for table in tables}
    return {table: found for table, found in kept.items() if found and not table.startswith("sqlite_")}


if __name__ == "__main__":
    import django
    from django.conf import settings

    for command in (["migrate", "--verbosity=0"], ["load_examples"]):
        subprocess.run([sys.executable, "manage.py", *command], check=True)
    django.setup()
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    seed: dict[str, dict[str, Any]] = {"documents": fill(), "rows": rows()}
    Path(sys.argv[1]).write_bytes(gzip.compress(json.dumps(seed, default=bytes.hex).encode(), mtime=0))
    print(sys.argv[1], len(seed["documents"]), {table: len(found) for table, found in seed["rows"].items()})
