"""Three servers with a folder each, one database, and a balancer that hands each request to the next of them.

One person's requests land on all: nothing may be kept in a process or on its disk.
"""

import json
import os
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from itertools import count, cycle
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment, DrawnPdf, EvidenceImport, ImportState
from assessments.models.queued import SILENT_AFTER

from ..documents import example_document
from ..imports import EVIDENCE_FILES
from ..journeys.server import ROOT, bring_static_files
from ..pages import Page
from ..views.test_links import FORM
from ..views.test_share_in_processes import database_url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
MACHINES = 3
PASSWORD = "four short words here"


@contextmanager
def machine(folder: Path, shared: dict[str, str]) -> Iterator[str]:
    """Host and port of a server that has nothing but its own folder and what all machines are told."""
    environment = os.environ | {"FTDECIDE_DATA": str(folder), "PORT": "0", "PROXIES": "1"} | shared
    bring_static_files(folder, environment)
    command = [sys.executable, "-m", "gunicorn", "--config", "ftdecide/gunicorn.py", "--workers", "1"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            line = process.stdout.readline()
            assert "http://" in line, line
            yield line.split()[-1].removeprefix("http://")
        finally:
            process.terminate()
            process.wait(timeout=30)


@pytest.fixture
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    keys = {name: secrets.token_urlsafe(64) for name in ("SECRET_KEY", "AUDIT_KEY")}
    with ExitStack() as running:
        yield [
            running.enter_context(machine(tmp_path_factory.mktemp("machine"), keys | {"DATABASE_URL": database_url()}))
            for _ in range(MACHINES)
        ]


class Balanced:
    """A browser behind the balancer: no two requests one after the other land on the same machine."""

    _networks = count(1)

    def __init__(self, machines: list[str]):
        self._next = cycle(machines)
        self._cookies: dict[str, str] = {}
        self._network = f"10.77.{next(self._networks)}.1"
        self.token = ""

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> Any:
        headers = {"Connection": "close", "X-Forwarded-For": self._network, "Content-Type": kind}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        line = HTTPConnection(next(self._next), timeout=60)
        line.request(method, path, body, headers)
        response = line.getresponse()
        response.content = response.read()  # type: ignore[attr-defined]
        line.close()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self._cookies[key] = rest.split(";")[0]
        if found := re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', response.content):  # type: ignore[attr-defined]
            self.token = found[1].decode()
        return response

    def see(self, path: str, status: int = 200) -> Any:
        response = self.ask("GET", path)
        assert response.status == status, (path, response.status)
        return response

    def send(self, path: str, typed: dict[str, str] | None = None, **files: tuple[str, bytes]) -> Any:
        """Where it led, or the page that came."""
        edge, parts = secrets.token_hex(16), []
        for name, value in {"csrfmiddlewaretoken": self.token, **(typed or {})}.items():
            parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
        for name, (file, content) in files.items():
            head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n\r\n'
            parts.append(head.encode() + content + b"\r\n")
        body = b"".join([*parts, f"--{edge}--\r\n".encode()])
        response = self.ask("POST", path, body, f"multipart/form-data; boundary={edge}")
        assert response.status in (200, 204, 302), (path, response.status, response.content[-2000:])
        return response


def until(found: Callable[[], Any], *, seconds: float = 120) -> Any:
    """What it finds once it finds something."""
    ends_at = time.monotonic() + seconds
    while time.monotonic() < ends_at:
        if it := found():
            return it
        time.sleep(0.5)
    raise AssertionError("it never came")


def the_pdf(browser: Balanced, path: str) -> bytes:
    def found() -> Any:
        response = browser.ask("GET", path)
        return response.content if response.getheader("Content-Type") == "application/pdf" else b""

    pdf: bytes = until(found)
    return pdf


def test_one_persons_requests_land_on_three_machines(machines: list[str]) -> None:
    ann = Balanced(machines)
    ann.see(reverse("account_signup"))
    ann.send(reverse("account_signup"), {"name": "Ann", "email": "ann@example.org", "password1": PASSWORD})
    ann.see(reverse("account_logout"))
    ann.send(reverse("account_logout"))
    ann.see(reverse("account_login"))
    ann.send(reverse("account_login"), {"login": "ann@example.org", "password": PASSWORD})

    ann.see(reverse("import"))
    document = json.dumps(example_document("task_api")).encode()
    ann.send(reverse("import"), document=("a.json", document))
    ours = Assessment.objects.get()
    for value in ("yes", "no", "yes"):
        page = Page(ann.see(reverse("section", args=[ours.pk, "reasons_for"])))
        form = page.form("section-form") | {"brand_voice": value}
        ann.send(reverse("value", args=[ours.pk, "answers.brand_voice"]), form)
    assert ours.values.get(path="answers.brand_voice").value == "yes"

    place = reverse("evidence", args=[ours.pk])
    ann.see(place)
    log = (EVIDENCE_FILES / "plain" / "overrides.csv").read_bytes()
    ann.send(place, files=("overrides.csv", log))
    imported = EvidenceImport.objects.get()
    look = reverse("evidence_import", args=[ours.pk, imported.pk])
    until(lambda: ann.see(look) and EvidenceImport.objects.filter(state=ImportState.READ).exists())

    for _ in machines:
        ann.see(reverse("result", args=[ours.pk]))
    report = reverse("report", args=[ours.pk])
    pdfs = {the_pdf(ann, report) for _ in machines}
    assert len(pdfs) == DrawnPdf.objects.count() == 1

    ann.see(reverse("links", args=[ours.pk]))
    made = ann.send(reverse("make_link", args=[ours.pk]), FORM)
    token = re.search(rb"/r/([\w-]{43})/", made.content)
    assert token
    visitor = Balanced(machines)
    shared = reverse("shared_result", args=[token[1].decode()])
    visitor.see(shared)
    visitor.send(shared)
    for _ in machines:
        visitor.see(shared)
    assert the_pdf(visitor, reverse("shared_report", args=[token[1].decode()])).startswith(b"%PDF-")


def test_what_a_machine_had_that_died_is_taken_by_another(machines: list[str]) -> None:
    ann = Balanced(machines)
    ann.see(reverse("landing"))
    ann.send(reverse("start"))
    silent = timezone.now() - 2 * SILENT_AFTER
    imported = EvidenceImport.objects.create(assessment=Assessment.objects.get(), heartbeat=silent)
    told = until(lambda: EvidenceImport.objects.exclude(state=ImportState.READING).first())
    assert (told.pk, told.attempt, told.begun_again) == (imported.pk, 1, True)
