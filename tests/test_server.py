"""The server as `make run` starts it: slow visitors stop nobody, and what runs is finished before it ends."""

import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from .journeys.server import ROOT, prepared_once, processes, real_server

SLOW = 200


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with real_server(prepared_once(tmp_path_factory)) as address:
        yield address


def status_of(server: str, path: str, *, seconds: float = 60) -> tuple[int, int]:
    """The status of what is asked for, and how much came."""
    where = urlsplit(server)
    connection = HTTPConnection(where.hostname or "", where.port, timeout=seconds)
    connection.request("GET", path)
    response = connection.getresponse()
    return response.status, len(response.read())


def test_the_worker_loads_every_kind_of_work() -> None:
    """What it does not load would wait for ever, and no page would fail."""
    kinds = [
        path.stem for path in (ROOT / "assessments/services").glob("*.py") if "queue.register(" in path.read_text()
    ]
    loaded = (
        (ROOT / "ftdecide/worker.py").read_text().partition("from assessments.services import ")[2].partition("#")[0]
    )
    assert len(kinds) > 2
    assert {*kinds} <= {name.strip() for name in loaded.split(",")}


def test_connections_that_send_half_a_header_or_nothing_keep_nobody_waiting(server: str) -> None:
    """Sixteen of them stopped a server of two processes with eight threads for longer than a minute."""
    where = urlsplit(server)
    halves = (b"GET / HTTP/1.1\r\nHost: localhost\r\nX-", b"", b"POST /a/ HTTP/1.1\r\nContent-Length: 9999\r\n\r\na")
    with ExitStack() as stack:
        for n in range(SLOW):
            slow = stack.enter_context(socket.create_connection((where.hostname, where.port)))
            slow.sendall(halves[n % len(halves)])
        assert status_of(server, "/privacy/")[0] == 200


def test_what_runs_is_finished_before_the_server_ends(server: str) -> None:
    where = urlsplit(server)
    running = [HTTPConnection(where.hostname or "", where.port, timeout=120) for _ in range(2)]
    for connection in running:  # each of them is in a worker's hands
        connection.request("GET", "/livez")
        connection.getresponse().read()
    for connection in running:
        connection.request("GET", "/samples/task-api/report.pdf")
    for _ in range(20):  # and what was sent before these were answered has been read
        assert status_of(server, "/livez")[0] == 200
    processes[server].send_signal(signal.SIGTERM)
    answered = [connection.getresponse() for connection in running]
    assert [(response.status, len(response.read()) > 10_000) for response in answered] == [(200, True)] * 2
    assert processes[server].wait(timeout=30) == 0
