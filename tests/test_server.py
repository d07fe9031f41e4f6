"""The server as `make run` starts it: slow visitors stop nobody, and what runs is finished before it ends."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from .journeys.server import FROM_OUTSIDE, ROOT, prepared_once, processes, real_server, team_of

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


def test_an_older_program_does_not_start_on_a_newer_database(tmp_path_factory: pytest.TempPathFactory) -> None:
    """It started, and failed at the first sign-in."""
    newer = tmp_path_factory.mktemp("newer")
    shutil.copytree(prepared_once(tmp_path_factory), newer, dirs_exist_ok=True)
    with closing(sqlite3.connect(newer / "ftdecide.sqlite3")) as database, database:
        row = ("assessments", "9999_of_tomorrow", "2030-01-01")
        database.execute("INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, ?)", row)
    command = [sys.executable, "-m", "gunicorn", "--config", "ftdecide/gunicorn.py"]
    kept = {name: value for name, value in os.environ.items() if name not in FROM_OUTSIDE}
    environment = kept | {"FTDECIDE_DATA": str(newer), "PORT": "0"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "ftdecide does not start. The database is newer than this program" in done.stderr
    assert "http://" not in done.stdout


def test_connections_that_send_half_a_header_or_nothing_keep_nobody_waiting(server: str) -> None:
    """Sixteen of them stopped a server of two processes with eight threads for longer than a minute."""
    where = urlsplit(server)
    halves = (b"GET / HTTP/1.1\r\nHost: localhost\r\nX-", b"", b"POST /a/ HTTP/1.1\r\nContent-Length: 9999\r\n\r\na")
    with ExitStack() as stack:
        for n in range(SLOW):
            slow = stack.enter_context(socket.create_connection((where.hostname, where.port)))
            slow.sendall(halves[n % len(halves)])
        assert status_of(server, "/privacy/")[0] == 200


BIG = 40_000_000


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="looks at a worker's open files")
@pytest.mark.parametrize(
    ("path", "headers", "is_kept"),
    [
        ("/a/", {}, False),
        ("/a/abcdefghjkmn/evidence/", {}, False),
        ("/a/abcdefghjkmn/evidence/", {"Cookie": "sessionid=made-up"}, False),
        ("/api/v1/assessments/abcdefghjkmn/evidence", {"Authorization": "Bearer made-up"}, False),
        ("/a/abcdefghjkmn/evidence/", {"Cookie": "OF A MEMBER"}, True),
    ],
    ids=["no place for files", "nobody", "a made-up session", "a made-up token", "a member"],
)
def test_what_may_not_be_sent_is_not_written_down_either(
    server: str, path: str, headers: dict[str, str], is_kept: bool
) -> None:
    """It was kept in a file until all of it had come, and refused then: anybody could fill the disk."""
    where, said = urlsplit(server), {"Host": "localhost"} | headers
    if said.get("Cookie") == "OF A MEMBER":
        said["Cookie"] = f"sessionid={team_of(server).session}"
    head = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    with socket.create_connection((where.hostname, where.port)) as sending:
        sending.sendall(f"POST {path} HTTP/1.1\r\nContent-Length: {BIG}\r\n{head}\r\n".encode())
        sending.sendall(b"x" * (BIG - 1))
        kept = largest_file_of(processes[server].pid)  # all but what the kernel holds has been read
        sending.sendall(b"x")
        answered = HTTPResponse(sending)
        answered.begin()
    assert (kept > BIG // 2, answered.status) == ((True, 403) if is_kept else (False, 413))


def largest_file_of(master: int) -> int:
    """The bytes of the largest file that a worker has open without a name, as those of waiting requests are."""
    found = [0]
    for worker in Path(f"/proc/{master}/task/{master}/children").read_text().split():
        for number in Path(f"/proc/{worker}/fd").iterdir():
            with suppress(OSError):
                if "(deleted)" in os.readlink(number):
                    found.append(number.stat().st_size)
    return max(found)


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
