"""People who fill in at once, each in a browser of their own, from a network of their own."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from ..journeys.server import from_elsewhere

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_ANSWER = re.compile(r'name="task"[^>]*>\s*Answer (\d+)')
_VERSION = re.compile(r'name="task-rev"[^>]*\bvalue="([^"]*)"')
_KEPT = 1.0
"""After so many seconds a connection is not used again: the server may just have closed it."""


class Person:
    """One browser: a cookie jar and a connection that is kept."""

    def __init__(self, address: Callable[[], str]) -> None:
        self.address = address
        self.cookies: dict[str, str] = {}
        self.network = from_elsewhere()
        self.line: HTTPConnection | None = None
        self.last_asked = 0.0

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, body, and where it leads. Raises OSError or HTTPException where nobody answers."""
        if time.monotonic() - self.last_asked > _KEPT:
            self.line = None
        line = self.line or HTTPConnection(self.address().removeprefix("http://"), timeout=60)
        self.line = None
        headers = self.network | {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"}
        line.request(method, path, urlencode(form or {}), headers)
        response = line.getresponse()
        body = response.read().decode(errors="replace")
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, kept = value.split(";")[0].partition("=")
                self.cookies[key] = kept
        self.line, self.last_asked = None if response.will_close else line, time.monotonic()
        where = response.getheader("HX-Redirect") or response.getheader("Location") or ""
        return response.status, body, where

    def begin(self, how: str = "/a/") -> None:
        """Starts an assessment, or copies a sample, and opens the page of its first questions."""
        _, body, _ = self.ask("GET", "/")
        self.token = _found(_TOKEN, body)
        status, body, where = self.ask("POST", how, {"csrfmiddlewaretoken": self.token})
        assert status in (200, 204, 302), (status, body[:200])
        self.assessment = where.split("/")[2]
        self.open()

    def open(self) -> int:
        """The number of the answer that is stored, 0 without one."""
        status, body, _ = self.ask("GET", f"/a/{self.assessment}/use_case/")
        assert status == 200, status
        self.token, self.version = _found(_TOKEN, body), _found(_VERSION, body)
        stored = _ANSWER.search(body)
        return int(stored[1]) if stored else 0

    def save(self, number: int) -> int:
        """The status with which an answer is saved by itself."""
        form = {"csrfmiddlewaretoken": self.token, "task": f"Answer {number}", "task-rev": self.version}
        status, body, _ = self.ask("POST", f"/a/{self.assessment}/values/use_case.task/", form)
        if status == 200:
            self.version = _found(_VERSION, body)
        return status


def _found(pattern: re.Pattern[str], body: str) -> str:
    found = pattern.search(body)
    assert found, body[:300]
    return found[1]


@dataclass
class Saved:
    """What was answered to savers."""

    newest: dict[str, int] = field(default_factory=dict)
    """The number of the last answer that was acknowledged, by assessment."""
    lost: list[str] = field(default_factory=list)
    """Answers that were acknowledged and were not there when the page was opened again."""
    seconds: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    """Every answer but “saved”, and every one that did not come."""


@contextmanager
def people_saving(count: int, address: Callable[[], str], *, every: float = 0) -> Iterator[Saved]:
    """So many people who save again and again, on whatever server answers, each after so many seconds."""
    saved, over = Saved(), threading.Event()
    everybody = [Person(address) for _ in range(count)]
    for one in everybody:
        one.begin()
    places = ((one, saved, over, every, number / count) for number, one in enumerate(everybody))
    threads = [threading.Thread(target=_save, args=place) for place in places]
    for thread in threads:
        thread.start()
    try:
        yield saved
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _save(person: Person, saved: Saved, over: threading.Event, every: float, phase: float) -> None:
    over.wait(phase * every)
    number, is_open = 0, True
    while not over.is_set():
        number, began = number + 1, time.perf_counter()
        try:
            if not is_open:
                stored, known = person.open(), saved.newest.get(person.assessment, 0)
                saved.lost += [f"{person.assessment}: answer {n}" for n in range(stored + 1, known + 1)]
                is_open = True
            status = person.save(number)
        except (OSError, HTTPException, AssertionError) as fault:
            person.line, is_open = None, False
            saved.refused.append(f"{type(fault).__name__}: {fault}"[:80])
            over.wait(0.05)
            continue
        took = time.perf_counter() - began
        if status == 200:
            saved.newest[person.assessment] = number
            saved.seconds.append(took)
        else:
            is_open = False
            saved.refused.append(str(status))
        over.wait(max(0, every - took))
