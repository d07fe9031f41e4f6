"""What pages cost the workers, beside a bare Django app under the same server: python -m tests.benchmarks outside

Asked from outside by a member with an account: eight requests at once, each on a connection of its own. What counts is
the processor time of everything behind the address, workers and what they start, per request. Floor and pages take
turns in five rounds; the ratios are medians.
"""

import json
import os
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from ftdecide import gunicorn as settings

from .measure import line

ROUNDS, AT_ONCE = 5, 8
REQUESTS, FLOOR_REQUESTS = 48, 480
"""In a round. The kernel counts in hundredths of a second."""
REPORTS = 216
REPORT_SECONDS, WORKER_MEGABYTES = 0.6, 160
SAVE, FIRST, ENTRY = "save one answer", "first result after a change", "an entry changed by a program"
BOUNDS = {
    SAVE: 4,
    "questionnaire page": 8,
    "result": 7,
    "portfolio of 20": 12,
    "portfolio of 20,000": 14,
    "shared result": 4,
    "report already drawn": 3,
    FIRST: 20,
    "result read by a program": 3,
    ENTRY: 4,
}
_CSRF = "c" * 32
_SEED = """
import django, json
django.setup()
from django.test import override_settings
from tests.benchmarks.seeding import seed
with override_settings(ALLOWED_HOSTS=["testserver"]):
    print(json.dumps(seed()))
"""
_ROOT = Path(__file__).resolve().parents[2]
_HERTZ = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running server, and the process that all its workers come from."""

    port: int
    master: int

    def wait(self) -> None:
        """Until it answers."""
        for _ in range(200):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return
            time.sleep(0.1)
        raise RuntimeError("The server did not start.")

    def seconds(self) -> float:
        """Processor time of all workers and of what they started, so far."""
        return sum(_seconds(pid) for pid in _below(self.master))

    def megabytes(self) -> tuple[float, float]:
        """Of the largest worker: what it takes now, with its share of what it has in common with others; and the most
        that it ever had in memory, where what all of them share counts for each one anew.
        """
        workers = _children(self.master)
        return max(map(_share, workers)), max(map(_peak, workers))


def run() -> None:
    with TemporaryDirectory(prefix="bench-") as folder, ExitStack() as stack:
        floor = stack.enter_context(_floor(Path(folder)))
        ours, known = stack.enter_context(_ours(Path(folder)))
        visitor = Visitor(ours, known)
        took = _rounds(floor, ours, visitor)
        print(
            f"A bare Django page with one read {took['read']:.2f} ms, a request with one write {took['write']:.2f} ms"
        )
        for name, bound in BOUNDS.items():
            ratio = took[name] / took["write" if name in (SAVE, ENTRY) else "read"]
            line(f"{name} / bare Django", ratio, "", bound, f"{took[name]:.1f} ms")
        drawn = _measured(ours, visitor.draw, REPORTS * 2 // 3) - took[SAVE]
        line("a report drawn anew", drawn / 1000, " s", REPORT_SECONDS)
        share, peak = ours.megabytes()
        told = f"with its share of what several have; {peak:.0f} MB at most, counted for itself"
        line(f"a worker after {REPORTS} reports", share, " MB", WORKER_MEGABYTES, told)


def _rounds(floor: Server, ours: Server, visitor: "Visitor") -> dict[str, float]:
    """Median milliseconds of a request."""
    taken: dict[str, list[float]] = {}
    for number in range(ROUNDS + 1):
        took = {name: _measured(floor, _floor_page(floor, name), FLOOR_REQUESTS) for name in ("read", "write")}
        took |= {name: _measured(ours, work, REQUESTS) for name, work in visitor.pages().items()}
        took[FIRST] -= took[SAVE]
        if number:  # the first one warms up
            for name, one in took.items():
                taken.setdefault(name, []).append(one)
    return {name: statistics.median(runs) for name, runs in taken.items()}


def _floor_page(floor: Server, name: str) -> Callable[[int], object]:
    return lambda person: _ask(floor, f"/{name}")


def _measured(server: Server, work: Callable[[int], object], requests: int) -> float:
    """Milliseconds of the processor for each request, once every worker has done it."""
    _all(work, requests // 2)
    before = server.seconds()
    _all(work, requests)
    return (server.seconds() - before) / requests * 1000


def _all(work: Callable[[int], object], requests: int) -> None:
    """Eight people, each with an assessment of their own, ask one thing after the other."""

    def one_of(person: int) -> None:
        for _ in range(requests // AT_ONCE):
            work(person)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(one_of, range(AT_ONCE)))


@contextmanager
def _floor(folder: Path) -> Iterator[Server]:
    environment = os.environ | {"FLOOR_DATABASE": str(folder / "floor.sqlite3")}
    module = "tests.benchmarks.floor"
    subprocess.run([sys.executable, "-m", module, "create"], cwd=_ROOT, env=environment, check=True)
    served = ["--workers", str(settings.workers), "--threads", str(settings.threads), "--preload"]
    served += [
        "--worker-class",
        "ftdecide.worker.BufferedWorker",
        "--no-control-socket",
        "--log-level",
        settings.loglevel,
    ]
    with _serving([*served, f"{module}:application"], environment) as server:
        yield server


@contextmanager
def _ours(folder: Path) -> Iterator[tuple[Server, dict[str, Any]]]:
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{folder}/ours.sqlite3",
        "FTDECIDE_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "ftdecide.settings",
    }
    collect = ["manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run([sys.executable, *collect], cwd=_ROOT, env=environment, check=True)
    seeded = subprocess.run([sys.executable, "-c", _SEED], cwd=_ROOT, env=environment, check=True, capture_output=True)
    with _serving(["--config", "ftdecide/gunicorn.py"], environment) as server:
        yield server, json.loads(seeded.stdout)


@contextmanager
def _serving(arguments: list[str], environment: dict[str, str]) -> Iterator[Server]:
    """A gunicorn on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", *arguments, "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, cwd=_ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        server = Server(port=port, master=process.pid)
        try:
            server.wait()
            yield server
        finally:
            process.terminate()
            process.wait(timeout=30)


class Visitor:
    """The member's browser, eight times."""

    def __init__(self, server: Server, known: Mapping[str, Any]):
        self._server, self._known = server, known
        self._forms = [dict(known["form"]) for _ in range(AT_ONCE)]
        self._values = cycle(("yes", "no"))
        self._versions = dict[int, int]()

    def pages(self) -> dict[str, Callable[[int], object]]:
        few, many, token = (self._known[name] for name in ("few", "many", "token"))
        return {
            SAVE: self.save,
            FIRST: self.change_and_look,
            "questionnaire page": lambda person: self._get(f"{self._own(person)}reasons_for/"),
            "result": self.result,
            "portfolio of 20": lambda person: self._get(f"/w/{few}/"),
            "portfolio of 20,000": lambda person: self._get(f"/w/{many}/"),
            "shared result": lambda person: _ask(self._server, f"/r/{token}/"),
            "report already drawn": self.report,
            "result read by a program": lambda person: self._as_program(person, "result"),
            ENTRY: self.change_entry,
        }

    def save(self, person: int) -> None:
        form = self._forms[person]
        form["brand_voice"] = next(self._values)
        page = self._get(f"{self._own(person)}values/answers.brand_voice/", form).decode()
        found = re.search(r'brand_voice-rev"[^>]*value="([^"]+)"', page)
        assert found, page
        form["brand_voice-rev"] = found[1]

    def change_entry(self, person: int) -> None:
        path = "answers.inconsistent_format"
        if person not in self._versions:
            [value] = json.loads(self._as_program(person, f"values?path={path}"))["values"]
            self._versions[person] = value["version"]
        entry = {"path": path, "value": next(self._values), "seen_version": self._versions[person]}
        saved = json.loads(self._as_program(person, "values", {"entries": [entry]}))
        self._versions[person] = saved["entries"][0]["version"]

    def result(self, person: int) -> None:
        self._get(f"{self._own(person)}result/")

    def report(self, person: int) -> None:
        """Until it is drawn: while it is not, a page says how far it is."""
        while self._get(f"{self._own(person)}report.pdf")[:4] != b"%PDF":
            time.sleep(1)

    def change_and_look(self, person: int) -> None:
        self.save(person)
        self.result(person)

    def draw(self, person: int) -> None:
        self.save(person)
        self.report(person)

    def _own(self, person: int) -> str:
        return f"/a/{self._known['own'][person]}/"

    def _as_program(self, person: int, path: str, sent: Any = None) -> bytes:
        address = f"/api/v1/assessments/{self._known['own'][person]}/{path}"
        headers = {"Authorization": f"Bearer {self._known['tokens'][person]}"}
        if sent is None:
            return _answer(self._server, "GET", address, None, headers)
        return _answer(self._server, "PATCH", address, json.dumps(sent), headers | {"Content-Type": "application/json"})

    def _get(self, path: str, form: Mapping[str, str] | None = None) -> bytes:
        return _ask(self._server, path, form, f"sessionid={self._known['session']}; csrftoken={_CSRF}")


def _ask(server: Server, path: str, form: Mapping[str, str] | None = None, cookies: str = "") -> bytes:
    if form is None:
        return _answer(server, "GET", path, None, {"Cookie": cookies})
    htmx = {"HX-Request": "true", "X-CSRFToken": _CSRF, "Content-Type": "application/x-www-form-urlencoded"}
    return _answer(server, "POST", path, urlencode(form), htmx | {"Cookie": cookies})


def _answer(server: Server, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> bytes:
    """What comes on a connection of its own."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request(method, path, body, {"Connection": "close", "Accept-Encoding": "gzip", **headers})
    response = connection.getresponse()
    content = response.read()
    connection.close()
    assert response.status in (200, 202), (path, response.status)
    return content


def _children(pid: int) -> list[int]:
    with suppress(FileNotFoundError, ProcessLookupError):
        listed = (Path(f"/proc/{pid}/task/{task}/children").read_text() for task in os.listdir(f"/proc/{pid}/task"))
        return [int(child) for children in listed for child in children.split()]
    return []


def _below(pid: int) -> Iterator[int]:
    for child in _children(pid):
        yield child
        yield from _below(child)


def _seconds(pid: int) -> float:
    """Of the process and of those it has started and seen end."""
    with suppress(FileNotFoundError, ProcessLookupError):
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, after_name[11:15])) / _HERTZ
    return 0


def _share(pid: int) -> float:
    """Its own memory, and its part of what it shares: after a fork most is there once for all (PSS)."""
    mapped = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(mapped.partition("\nPss:")[2].split()[0]) / 1000


def _peak(pid: int) -> float:
    """The most it ever had in memory, shared or not (RSS)."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1000
