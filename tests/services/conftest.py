"""Fixtures of the services: a database as an earlier migration had it, and webhooks that lead to this machine."""

from collections.abc import Callable, Iterator
from ipaddress import ip_network
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from assessments.services import outgoing


@pytest.fixture
def migrate(transactional_db: None) -> Iterator[Callable[..., Any]]:
    """Goes to a migration, or to the newest, and gives the models of that time. Afterwards it goes to the newest."""

    def to(*target: tuple[str, str]) -> Any:
        executor = MigrationExecutor(connection)
        targets = list(target) or executor.loader.graph.leaf_nodes()
        executor.migrate(targets)
        return executor.loader.project_state(targets).apps

    yield to
    to()


@pytest.fixture
def loopback_allowed(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A receiver on 127.0.0.1 may be called, and no other of this machine. A busy machine is slow, not wrong."""
    for step in ("RESOLVE_SECONDS", "CONNECT_SECONDS", "READ_SECONDS", "TOTAL_SECONDS"):
        monkeypatch.setattr(outgoing, step, 120.0)
    settings.WEBHOOK_NETWORKS, settings.WEBHOOK_HTTP = [ip_network("127.0.0.1/32")], True
    settings.SITE_URL = "https://decide.example.org"
