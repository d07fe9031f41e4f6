"""kill -9 while people fill in: whatever was acknowledged is there afterwards, and the audit trail holds."""

import time
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from ..bars import tries
from .savers import people_saving
from .sites import Cluster, Site, site_on

pytestmark = pytest.mark.slow
PEOPLE = 8


def the_site(site: Site, cluster: Cluster | None) -> None:
    site.kill()
    site.start()


def the_database(site: Site, cluster: Cluster | None) -> None:
    assert cluster
    cluster.kill()
    cluster.start()


@pytest.mark.parametrize(
    ("database", "killed", "times"),
    [("SQLite", the_site, 100), ("PostgreSQL", the_site, 30), ("PostgreSQL", the_database, 10)],
)
def test_what_was_acknowledged_survives(
    database: str, killed: Callable[[Site, Cluster | None], None], times: int, figure: Any
) -> None:
    chance = Random(2026)
    with site_on(database) as (site, cluster):
        with people_saving(PEOPLE, lambda: site.address) as saved:
            for _ in range(tries(3, times)):
                before = len(saved.seconds)
                while len(saved.seconds) < before + PEOPLE:
                    time.sleep(0.01)
                time.sleep(chance.random() / 2)
                killed(site, cluster)
            before = len(saved.seconds)
            while len(saved.seconds) < before + 3 * PEOPLE:  # everybody has opened the page again
                time.sleep(0.01)
        how = f"{tries(3, times)} kills of {killed.__name__.replace('_', ' ')}, {database}"
        figure("acknowledged answers lost", saved.lost, f"{len(saved.seconds):,} saves, {how}")
        figure("audit chains broken", site.broken_chains(), how)
