"""Fixtures that several rooms of tests share. Keep this small: what one room needs stands in that room."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator, Sized
from contextlib import ExitStack
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.test import Client
from django.test.utils import override_settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from assessments import append_only
from assessments.drawing.paper import draw_paper
from assessments.models import Assessment, DrawnPdf, EvidenceImport
from assessments.services import answer_sheet, drawing_child, market, queue
from ftdecide import logs

from .bars import BARS, lines
from .documents import EXAMPLES, example_document
from .log_watch import watched_logs
from .once import folder_of_the_run, one_at_a_time
from .pdf.paper import shelf
from .visits import start

# How long an example takes, or to make one, says nothing on a machine that does other things too. The same examples
# each time: what fails then is what was changed. HYPOTHESIS_EXAMPLES=1000 looks deeper, at others each time.
_DEEPER = os.environ.get("HYPOTHESIS_EXAMPLES")
hypothesis_settings.register_profile(
    "ftdecide",
    deadline=None,
    max_examples=int(_DEEPER or "20"),
    derandomize=not _DEEPER,
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.load_profile("ftdecide")


# What is imported and collected is never garbage: looking through it again and again took a quarter of the time.
gc.disable()


def pytest_collection_finish() -> None:
    gc.enable()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def pytest_itemcollected(item: pytest.Item) -> None:
    """A test that holds a figure against its bar belongs to `make verify`."""
    if "figure" in getattr(item, "fixturenames", ()):
        item.add_marker("bar")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright leaves a running event loop, beside which Django refuses its database.

    What installs other tools, or takes minutes, runs only when it is asked for.
    """
    for marker in {"tools", "slow"} - set(config.getoption("markexpr").split()):
        left_out = [item for item in items if item.get_closest_marker(marker)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session", autouse=True)
def plain_static_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Templates name static files as they are, so that nothing has to be collected first."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    nothing_collected = tmp_path_factory.mktemp("static")
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}, STATIC_ROOT=nothing_collected):
        yield


@pytest.fixture(scope="session", autouse=True)
def data_folder_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Files that tests hand in lie where nothing else does."""
    with override_settings(DATA_DIR=tmp_path_factory.mktemp("data")):
        yield


@pytest.fixture(scope="session", autouse=True)
def market_of_the_framework() -> None:
    """Nobody asks the database whether a newer file of the market was taken over."""
    market.keep(market.own_market(), seconds=float("inf"))


ARGON2 = settings.PASSWORD_HASHERS


@pytest.fixture(scope="session", autouse=True)
def cheap_hashes() -> Iterator[None]:
    """Passwords are hashed at once: in earnest each one is meant to take a fifth of a second."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture
def in_earnest() -> Iterator[None]:
    """Passwords are hashed as they are on a site."""
    with override_settings(PASSWORD_HASHERS=ARGON2):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file, as it runs in earnest: in memory, threads would see other locks."""
    if is_sqlite():
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        settings.DATABASES["default"]["TEST"]["NAME"] = str(file)


def is_sqlite() -> bool:
    return bool(settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3")


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """A file with the tables of another worker is no reason to make them anew."""
    return is_sqlite()


@pytest.fixture(scope="session")
def only_one_migrates(django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory) -> ExitStack:
    """While it is open, the others wait: SQLite's file as the first worker has migrated it is kept for all."""
    opened = ExitStack()
    if is_sqlite():
        made = folder_of_the_run(tmp_path_factory) / "migrated.sqlite3"
        opened.enter_context(one_at_a_time(made))
        if made.exists():
            shutil.copy(made, settings.DATABASES["default"]["TEST"]["NAME"])
        else:
            opened.callback(lambda: connection.cursor().execute("VACUUM INTO %s", [str(made)]))
    return opened


@pytest.fixture(scope="session")
def django_db_setup(only_one_migrates: ExitStack, django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        only_one_migrates.close()


@pytest.fixture(scope="session", autouse=True)
def flushing_between_tests_may_empty_the_audit_trail() -> Iterator[None]:
    """SQLite empties tables by DELETE after a test with threads; PostgreSQL truncates, which no row's trigger sees."""
    operations = DatabaseWrapper.ops_class
    whole = operations.sql_flush

    def sql_flush(self: Any, *args: Any, **more: Any) -> list[str]:
        return [*append_only.switch_off("sqlite"), *whole(self, *args, **more), *append_only.switch_on("sqlite")]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "sql_flush", sql_flush)
        yield


@pytest.fixture(scope="session", autouse=True)
def one_shelf(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Reports that one worker has drawn lie where the others find them."""
    shelf.folder = folder_of_the_run(tmp_path_factory)


@pytest.fixture(autouse=True)
def pdfs_are_drawn_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the request and in its process, which has WeasyPrint already. tests/services/test_drawings.py draws apart.

    Files that a test hands in wait to be read.
    """
    monkeypatch.setattr(queue, "wake", lambda: queue.work_off(DrawnPdf))
    monkeypatch.setattr(drawing_child, "draw_apart", lambda paper, *more: draw_paper(paper))


@pytest.fixture
def read_at_once(pdfs_are_drawn_at_once: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that a test hands in are read before the answer comes."""
    monkeypatch.setattr(queue, "wake", lambda: queue.work_off(DrawnPdf, EvidenceImport))


@pytest.fixture(autouse=True)
def empty_caches() -> None:
    """What one test drew is nothing to the next: one of them may have drawn with a stand-in."""
    caches["results"].clear()
    caches["pages"].clear()
    answer_sheet.forget_verdicts()


@pytest.fixture(scope="session", autouse=True)
def nothing_secret_in_any_log() -> Iterator[None]:
    """Every line that the whole run writes is JSON, and has none of the tokens, cookies and passwords of the run."""
    with watched_logs() as watch:
        yield
    assert watch.told == [], f"{len(watch.told)} of {watch.lines} lines tell a secret"


@pytest.fixture(scope="session", autouse=True)
def one_number_for_all_requests() -> Iterator[None]:
    """Two pages that are the same but for the number of their request are the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(logs, "new_id", lambda: "0" * 32)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_limits() -> Iterator[None]:
    """Tests ask more often than people do. Those of limits switch them on."""
    with override_settings(LIMITS=0):
        yield


@pytest.fixture
def new_client() -> Callable[[], Client]:
    """Makes clients, each a browser with a session of its own. A 500 is a response, not an exception."""
    return lambda: Client(raise_request_exception=False)


@pytest.fixture
def owner(new_client: Callable[[], Client], db: None) -> Client:
    """The browser in which `assessment` is started."""
    return new_client()


@pytest.fixture
def stranger(new_client: Callable[[], Client], db: None) -> Client:
    """Another browser, with an assessment of its own."""
    client = new_client()
    start(client)
    return client


@pytest.fixture
def assessment(owner: Client) -> Assessment:
    """An empty assessment of the owner's."""
    return start(owner)


@pytest.fixture(params=EXAMPLES)
def example(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Each of the four example documents in turn."""
    return example_document(request.param)


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Callable[..., None]:
    """Holds a figure, or how many faults there are, against its bar, and keeps the line for the end of the run."""

    def held(name: str, found: float | Sized, told: str = "") -> None:
        count = len(found) if isinstance(found, Sized) else found
        record_property("figure", (name, count, told))
        assert BARS[name].holds(count), f"{name}: {found}"

    return held


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints a line for each bar that was measured, also by the workers of pytest-xdist."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    kept = [each for report in reports if report.when == "call" for each in report.user_properties]
    for line in lines([tuple(measured) for key, measured in kept if key == "figure"]):
        terminalreporter.write_line(line)
