"""Every list, page and file of a workspace with 20, 2,000 and 20,000 assessments: what it costs, beside that of 20.

Alone: python -m tests.benchmarks growth
"""

from statistics import median
from time import process_time

from django.core.cache import caches
from django.db import connection
from django.test import Client, override_settings

from assessments.models import User, Workspace
from assessments.services import people

from .measure import line
from .rows import fill

SIZES = {"aaa": 20, "bbb": 2_000, "ccc": 20_000}
BOUND = 2
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ONE = "000000010"
PAGES = {
    "the list of one's own": "/assessments/",
    "what waits": "/waiting/",
    "all workspaces": "/workspaces/",
    "the account": "/account/",
    "members": "/w/{workspace}/members/",
    "the audit trail": "/w/{workspace}/audit/",
    "the portfolio": "/w/{workspace}/",
    "reversed": "/w/{workspace}/?reverse=1",
    "by name, the last page": "/w/{workspace}/?order=name&page={last}",
    "by payback": "/w/{workspace}/?order=payback",
    "by last change": "/w/{workspace}/?order=changed",
    "by sign-off": "/w/{workspace}/?order=sign_off",
    "searched, a page of it found": "/w/{workspace}/?q=e",
    "searched in vain": "/w/{workspace}/?q=zzz",
    "filtered": "/w/{workspace}/?verdict=candidates&settled=settled",
    "the overview of one": "/a/{one}/",
    "the result of one": "/a/{one}/result/",
    "a page of its questionnaire": "/a/{one}/reasons_for/",
    "its history": "/a/{one}/history/",
    "its versions": "/a/{one}/versions/",
    "its sign-off": "/a/{one}/sign-off/",
}
FILES = {
    "portfolio, CSV": "/w/{workspace}/portfolio.csv",
    "portfolio, XLSX": "/w/{workspace}/portfolio.xlsx",
}
"""Grow with what is in them: told, and held against nothing but that they come."""


def run() -> None:
    took: dict[str, dict[int, float]] = {}
    for prefix, size in SIZES.items():
        user = User.objects.create_user(f"{prefix}@example.org", name="Bench")
        workspace = people.start_workspace(user, f"Of {size:,}").workspace
        fill(workspace, user, size, prefix=prefix)
        for name, seconds in _measured(user, workspace, size, prefix).items():
            took.setdefault(name, {})[size] = seconds * 1000
    few, *_, many = SIZES.values()
    for name, by_size in took.items():
        told = ", ".join(f"{size:,}: {ms:.1f} ms" for size, ms in by_size.items())
        if name in FILES:
            print(f"{name}: {told}")
        else:
            line(f"{name}, {many:,} / {few}", max(by_size.values()) / by_size[few], "", BOUND, told)


def _measured(user: User, workspace: Workspace, size: int, prefix: str) -> dict[str, float]:
    connection.cursor().execute("ANALYZE")
    client, names = Client(), {"workspace": workspace.pk, "one": f"{prefix}{ONE}", "last": -(-size // 20)}
    client.force_login(user, backend=BACKEND)
    return {name: _seconds(client, path.format(**names), name in FILES) for name, path in (PAGES | FILES).items()}


def _seconds(client: Client, path: str, is_file: bool) -> float:
    """Of the processor, once everything is warm, to draw the page anew."""
    took = []
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        for _ in range(2 if is_file else 8):
            caches["pages"].clear()  # a page that is kept costs as much for many as for few
            began = process_time()
            response = client.get(path)
            assert response.status_code == 200, (path, response.status_code)
            b"".join(response)
            took.append(process_time() - began)
    return median(took[1:]) if is_file else median(took[3:])
