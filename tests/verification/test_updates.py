"""Databases of earlier programs, brought to this one: no row is lost, documents are the same, and pages open."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from .sites import DATABASES, Site, cluster, folder_of_its_own, nothing

pytestmark = pytest.mark.slow
SEEDS = sorted((Path(__file__).parent / "earlier").glob("*.json.gz"))


@pytest.mark.parametrize("database", DATABASES)
def test_every_earlier_database_comes_along(database: str, figure: Any) -> None:
    faults: dict[str, list[str]] = {"lost": [], "changed": [], "failing": []}
    counts: Counter[str] = Counter()
    with folder_of_its_own() as folder, cluster() if database == "PostgreSQL" else nothing() as server:
        for number, seed in enumerate(SEEDS):
            own = {"DATABASE_URL": server.new_database(f"earlier_{number}")} if server else {}
            site = Site(folder / str(number), **own)
            found = json.loads(site.module("tests.verification.updated", str(seed)))
            counts.update(found["counts"])
            for name, faulty in faults.items():
                faulty += [f"{seed.name}: {one}" for one in found[name]]
    figure("rows lost by an update", faults["lost"], f"{counts['rows']:,} rows of {len(SEEDS)} databases, {database}")
    figure("documents changed by an update", faults["changed"], f"{counts['documents']} documents, {database}")
    figure("pages that fail after an update", faults["failing"], f"{counts['pages']:,} pages, {database}")
