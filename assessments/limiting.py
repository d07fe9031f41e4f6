"""How much may be asked for: one table of bounds, for one person or browser and for one network, on every address.

Nobody who works reaches them, nor two hundred people behind one office network; who floods the site does. The setting
LIMITS multiplies all of them, and 0 switches them off.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import CharField, Sum
from django.db.models.functions import Cast, Length
from django.http import HttpRequest, HttpResponse

from . import access
from .models import StoredValue, User
from .network import network_of
from .services.limits import Limit, seconds_to_wait

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """So many requests within a time, by one person and by one network."""

    name: str
    what: str
    """In words, as docs/running.md lists it."""
    within: timedelta
    person: int
    """By one account, or by one browser of somebody without one."""
    network: int
    """By everybody in one network together."""
    visitors: int = 0
    """By everybody in one network who has no account; 0 where these have no bound of their own."""
    at: frozenset[str] = frozenset()
    """Names of addresses."""
    unit: int = 0
    """So many a process takes at once of a count; 0 for a thirtieth, at most a hundred."""


BEGIN = Bound(
    name="begin",
    what="Assessments begun, imported or copied, and workspaces",
    within=_HOUR,
    person=200,
    network=2_000,
    visitors=100,
    at=frozenset({"start", "import", "copy", "copy_sample", "start_workspace"}),
)
FILES = Bound(
    name="files",
    what="Files handed in to measure in, and labels pasted",
    within=_HOUR,
    person=60,
    network=1_000,
    visitors=30,
    at=frozenset({"evidence", "labelling"}),
)
MAILS = Bound(
    name="mails",
    what="Links made, invitations, requests for a sign-off",
    within=_HOUR,
    person=120,
    network=1_200,
    at=frozenset({"make_link", "invite", "ask_sign_off"}),
)
TESTS = Bound(
    name="tests",
    what="Tests of webhooks, and messages sent again",
    within=_HOUR,
    person=60,
    network=600,
    at=frozenset({"try_webhook", "send_again"}),
)
COMMENTS = Bound(name="comments", what="Comments", within=_MINUTE, person=30, network=900, at=frozenset({"comment"}))
WRITES = Bound(
    name="writes",
    what="Everything else that is sent: answers, costs, settings",
    within=_MINUTE,
    person=300,
    network=12_000,
)
DRAWINGS = Bound(
    name="drawings",
    what="Reports and records drawn, files of the portfolio, everything of one's own",
    within=_MINUTE,
    person=60,
    network=600,
    unit=6,
    at=frozenset(
        {"report", "version_report", "shared_report", "sample_report", "record", "version_record", "shared_record"}
        | {"sample_record", "portfolio_page", "portfolio_csv", "portfolio_workbook", "export_account", "export"}
    ),
)
COMPUTED = Bound(
    name="computed",
    what="Results, what-if, chances, figures, comparisons",
    within=_MINUTE,
    person=600,
    network=9_000,
    at=frozenset(
        {"whatif", "result", "result_page", "chances", "figures", "compare", "comparison", "version", "version_page"}
        | {"version_diff", "shared_result", "shared_page", "shared_chances", "shared_figures", "sample"}
        | {"sample_page", "sample_chances", "sample_figures", "count_labels", "portfolio"}
    ),
)
PAGES = Bound(name="pages", what="Every other page", within=_MINUTE, person=1_200, network=20_000)
BYTES = Bound(
    name="bytes",
    what="Bytes sent to be stored by people without an account",
    within=_DAY,
    person=50_000_000,
    network=500_000_000,
    unit=100_000,
)
BOUNDS = (BEGIN, FILES, MAILS, TESTS, COMMENTS, WRITES, DRAWINGS, COMPUTED, PAGES, BYTES)
_OF_WRITES = {name: bound for bound in (BEGIN, FILES, MAILS, TESTS, COMMENTS, DRAWINGS) for name in bound.at}
_OF_READING = {name: bound for bound in (DRAWINGS, COMPUTED) for name in bound.at}
_SAFE = {"GET", "HEAD", "OPTIONS"}
_OF_PROGRAMS = "api:"

_KEEP_ALL = frozenset({"copy", "freeze", "go_back"})
"""What stores all the answers once more, however little is sent."""
_LEAST_BYTES = 500
"""What a request leaves in the history and the audit trail, at least."""


class Limiting:
    """Refuses what comes too often, before its page is computed. After Django's check of where a form comes from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        if not settings.LIMITS or request.resolver_match is None:
            return None
        wait = max((_wait(*one) for one in _counted(request, request.resolver_match.view_name, kwargs)), default=0)
        if not wait:
            return None
        from .views.errors import too_many

        return too_many(request, wait=wait)


def bound_of(address: str, method: str) -> Bound:
    """The one that an address is counted in."""
    if method in _SAFE:
        return _OF_READING.get(address, PAGES)
    return _OF_WRITES.get(address, WRITES)


def seconds_for_program(user: User, like: str, method: str) -> int:
    """Counts what a program asks as its person's, in the bound of the page that is like it: how long it has to wait."""
    return _wait(bound_of(like, method), "person", f"person {user.pk}", 1) if settings.LIMITS else 0


def _counted(request: HttpRequest, address: str, arguments: dict[str, Any]) -> Iterator[tuple[Bound, str, str, int]]:
    """Every count that a request adds to: of what, of whose kind, whose, and how much."""
    bound, user, network = bound_of(address, request.method or ""), access.person(request), network_of(request)
    if address.startswith(_OF_PROGRAMS):  # whose it is shows once its token is read
        yield bound, "network", network, 1
        return
    who = f"person {user.pk}" if user else _browser(request)
    if who:
        yield bound, "person", who, 1
    yield bound, "network", network, 1
    if user is None and bound.visitors:
        yield bound, "visitors", network, 1
    if user is None and request.method not in _SAFE:
        amount = _stored_by(request, address, arguments)
        if who:
            yield BYTES, "person", who, amount
        yield BYTES, "network", network, amount


def _wait(bound: Bound, kind: str, who: str, amount: int) -> int:
    return seconds_to_wait(limit_of(bound, kind, settings.LIMITS), who, about=kind, amount=amount)


@lru_cache
def limit_of(bound: Bound, kind: str, times: int) -> Limit:
    """What a bound comes to for a person, a network, or its visitors without an account."""
    most: int = getattr(bound, kind)
    unit = bound.unit or min(max(1, most // 30), 100)
    return Limit(name=bound.name, most=most * times, within=bound.within, at_a_time=unit)


def _browser(request: HttpRequest) -> str:
    """A browser without an account, by a mark from which its session cannot be had."""
    browser = access.browser_id(request)
    return f"browser {hashlib.sha256(browser.encode()).hexdigest()[:32]}" if browser else ""


def _stored_by(request: HttpRequest, address: str, arguments: dict[str, Any]) -> int:
    """How many bytes a request adds to what is stored, about."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    sent = min(int(length), settings.REQUEST_MAX_BYTES) if length.isdecimal() else 0
    if address not in _KEEP_ALL:
        return sent + _LEAST_BYTES
    values = StoredValue.objects.filter(assessment=arguments.get("assessment_id"), assessment__workspace=None)
    kept = values.aggregate(bytes=Sum(Length(Cast("value", CharField())) + Length("evidence")))["bytes"] or 0
    return sent + _LEAST_BYTES + 2 * kept
