"""Three processes of the real server, sixty visitors at once: tries and openings are counted exactly."""

import os
import re
import secrets
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from threading import Barrier
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from assessments.models import AuditEvent, ShareLink, Tries
from assessments.services import audit, sharing
from assessments.services.assessments import start_from_document
from assessments.services.limits import PASSPHRASES
from assessments.services.sharing import Choices

from ..documents import example_document
from ..journeys.server import ROOT, bring_static_files
from ..visits import FRAMEWORK

pytestmark = pytest.mark.django_db(transaction=True)
VISITORS = 60
_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def database_url() -> str:
    """The database of the tests, as the server's settings take it."""
    stored = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{stored['NAME']}"
    user = f"{quote(stored['USER'])}:{quote(stored['PASSWORD'])}@" if stored["USER"] else ""
    host = stored["HOST"]
    if host.startswith("/"):
        return f"postgresql://{user}/{stored['NAME']}?host={host}"
    return f"postgresql://{user}{host}:{stored['PORT'] or 5432}/{stored['NAME']}"


@pytest.fixture(scope="module")
def server(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Host and port of three processes on the tests' database, and the folder of all that they log."""
    folder = tmp_path_factory.mktemp("server")
    environment = os.environ | {
        "FTDECIDE_DATA": str(folder),
        "DATABASE_URL": database_url(),
        "SECRET_KEY": secrets.token_urlsafe(64),
        "AUDIT_KEY": settings.AUDIT_KEY,
        "PORT": "0",
        "LIMITS": "0",
    }
    bring_static_files(folder, environment)
    command = [sys.executable, "-m", "gunicorn", "--config", "ftdecide/gunicorn.py", "--workers", "3", "--threads", "8"]
    command += ["--access-logfile", str(folder / "access.log"), "--log-level", "info"]
    with (folder / "error.log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            assert process.stdout
            line = process.stdout.readline()
            assert "http://" in line, (folder / "error.log").read_text()
            yield line.split()[-1].removeprefix("http://"), folder
        finally:
            process.terminate()
            process.wait(timeout=30)
            process.stdout.close()  # type: ignore[union-attr]


def shared(**choices: object) -> tuple[str, ShareLink]:
    assessment = start_from_document(None, "a browser", None, FRAMEWORK, example_document("task_api"))
    token = sharing.make_link(assessment, None, Choices(**choices))  # type: ignore[arg-type]
    return reverse("shared_result", args=[token]), ShareLink.objects.get(token_digest=ShareLink.digest(token))


def ask(server: str, method: str, path: str, *, cookies: str = "", form: dict[str, str] | None = None) -> Any:
    """Status, cookies and body of one request on a connection of its own, so that any process may get it."""
    headers = {"Cookie": cookies, "Connection": "close"}
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    line = HTTPConnection(server, timeout=120)
    line.request(method, path, urlencode(form or {}), headers)
    response = line.getresponse()
    got = "; ".join(value.split(";")[0] for name, value in response.getheaders() if name.lower() == "set-cookie")
    body = response.read().decode()
    line.close()
    return response.status, got, body


def visitors_at_once(server: str, path: str, count: int, **typed: str) -> Counter[int]:
    """Each looks at the page in a browser of their own; then all press the button at the same moment."""
    ready = Barrier(count)

    def visit(number: int) -> int:
        status, cookies, body = ask(server, "GET", path)
        assert status == 200
        token = _CSRF.search(body)
        assert token
        form = {"csrfmiddlewaretoken": token[1], **{key: f"{words} {number}" for key, words in typed.items()}}
        ready.wait(timeout=120)
        return int(ask(server, "POST", path, cookies=cookies, form=form)[0])

    with ThreadPoolExecutor(count) as pool:
        return Counter(pool.map(visit, range(count)))


def test_sixty_wrong_passphrases_at_once_and_five_are_looked_at(server: tuple[str, Path], figure: Any) -> None:
    address, _ = server
    path, link = shared(passphrase="correct horse")
    told = visitors_at_once(address, path, VISITORS, passphrase="wrong")
    refused = AuditEvent.objects.filter(act="mistype_passphrase").count()
    figure("passphrases looked at, of 60 at once", told[422], f"3 processes, {connection.vendor}")
    assert told == {422: PASSPHRASES.most, 429: VISITORS - PASSPHRASES.most}
    assert refused == PASSPHRASES.most
    assert Tries.objects.get(about=str(link.pk)).count == PASSPHRASES.most


def test_five_openings_sixty_visitors_at_once_and_five_get_in(server: tuple[str, Path], figure: Any) -> None:
    address, _ = server
    path, link = shared(openings_allowed=5)
    told = visitors_at_once(address, path, VISITORS)
    link.refresh_from_db()
    figure("openings of a link for five, of 60 at once", told[302], f"3 processes, {connection.vendor}")
    assert told == {302: 5, 404: VISITORS - 5}
    assert link.opened == 5
    opened = AuditEvent.objects.filter(act="open_link")
    assert opened.exclude(details__has_key="status").count() == 5
    assert opened.filter(details__status=404).count() == 1  # what is refused to visitors: one an hour and network
    assert list(audit.faults(audit.chain_of(link.assessment))) == []


def test_no_log_of_the_server_holds_a_token(server: tuple[str, Path]) -> None:
    """Not of a page, of a fault, nor as the page that another request came from."""
    address, folder = server
    path, _ = shared()
    pages = (("GET", path), ("GET", f"{path}report.pdf"), ("PUT", path), ("POST", path), ("GET", f"/r/{'A' * 43}/"))
    line = HTTPConnection(address, timeout=60)
    for method, url in pages:
        line.request(method, url, headers={"Referer": f"http://{address}{path}"})
        line.getresponse().read()
    line.close()
    access, errors = ((folder / f"{name}.log").read_text() for name in ("access", "error"))
    assert "GET /r/***/ HTTP/1.1" in access
    assert f"http://{address}/r/***/" in access
    assert "Not Found: /r/***/" in errors
    token = path.split("/")[2]
    assert (token in access, token in errors) == (False, False)
