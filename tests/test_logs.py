"""What opens something is kept out of the logs."""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from assessments.models import Assessment
from assessments.services import comments, values
from assessments.services.values import Entry
from ftdecide.logs import JSONLines, MaskSecrets, masked

from .log_watch import LogWatch

TOKEN = "Ab3_-" * 8 + "xyz"


@pytest.mark.parametrize(
    ("line", "written"),
    [
        (f"Not Found: /r/{TOKEN}/", "Not Found: /r/***/"),
        (f"GET /r/{TOKEN}/report.pdf?w-quality=5 HTTP/1.1", "GET /r/***/report.pdf?w-quality=5 HTTP/1.1"),
        (f'"https://host/r/{TOKEN}/" "Mozilla"', '"https://host/r/***/" "Mozilla"'),
        (f"/r/{TOKEN}", "/r/***"),
        ("/r/short/", "/r/***/"),
        (f"POST /join/{TOKEN}/ and /accounts/{TOKEN}/", "POST /join/***/ and /accounts/***/"),
        ("GET /accounts/confirm-email/MQ:1vB:x-y_z/ HTTP/1.1", "GET /accounts/confirm-email/***/ HTTP/1.1"),
        ("GET /accounts/password/reset/key/1-c4x-abc/", "GET /accounts/password/reset/key/***/"),
        (
            "GET /accounts/oidc/sso/login/callback/?code=a.b%2Fc&state=xyz",
            "GET /accounts/oidc/sso/login/callback/?code=***&state=***",
        ),
        ("GET /a/abcdefghjkmn/result/", "GET /a/abcdefghjkmn/result/"),
        ("GET /static/css/base.0123456789ab.css", "GET /static/css/base.0123456789ab.css"),
    ],
)
def test_addresses_are_written_without_what_opens_something(line: str, written: str) -> None:
    assert masked(line) == written


def test_arguments_and_tracebacks_are_masked_too() -> None:
    record = logging.LogRecord("django.request", 40, "", 0, "%s: %s", ("Not Found", f"/r/{TOKEN}/"), None)
    MaskSecrets().filter(record)
    assert record.getMessage() == "Not Found: /r/***/"
    try:
        reverse("shared_result", args=[f"/r/{TOKEN}/"])
    except NoReverseMatch:
        record.exc_info = sys.exc_info()
    MaskSecrets().filter(record)
    assert TOKEN not in logging.Formatter().format(record)
    assert "NoReverseMatch" in logging.Formatter().format(record)


def test_every_handler_of_the_site_masks() -> None:
    handlers: Any = settings.LOGGING["handlers"]
    assert [handler["filters"] for handler in handlers.values()] == [["mask"]]


def test_a_request_is_one_line_with_an_id_that_its_answer_and_its_page_have_too(db: None, settings: Any) -> None:
    with written_lines() as lines:
        answer = Client().get("/no/such/page/?code=hidden", headers={"X-Request-ID": "chosen-by-somebody"})
    line = next(one for one in lines if one["logger"] == "ftdecide.requests")
    assert answer["X-Request-ID"] == line["request_id"] != "chosen-by-somebody"
    assert (line["status"], line["path"], line["method"]) == (404, "/no/such/page/", "GET")
    assert line["request_id"] in answer.content.decode()
    assert "hidden" not in json.dumps(lines)
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    trusted = Client().get("/privacy/", headers={"X-Request-ID": "of-our-own-proxy"})
    assert trusted["X-Request-ID"] == "of-our-own-proxy"
    for hostile in ("short", "a b c d e f g h", "line\nbreak-in-it", "x" * 65):
        assert Client().get("/privacy/", headers={"X-Request-ID": hostile})["X-Request-ID"] != hostile


def test_a_line_break_in_a_header_or_an_address_makes_no_second_line(db: None) -> None:
    with written_lines() as lines:
        Client().get("/no\n{}/such%0a%0d/page/", headers={"User-Agent": "a\nb", "HX-Request": "x\r\ny"})
    assert len(lines) == 2  # Django's own, of what was not found, and ours


@pytest.mark.parametrize(
    ("logged", "is_told"),
    [
        ("Refused: 41 of 60 replies were sent as they were, in May", True),
        ("The name was Desk of refunds, east", True),
        ("A comment: who counted these?", True),
        ("41 of 60", False),
        ("Saved in 3.4 ms", False),
    ],
)
def test_what_somebody_wrote_is_found_wherever_it_stands_in_a_line(
    assessment: Assessment, logged: str, is_told: bool
) -> None:
    """Evidence was looked for by a text that no test wrote."""
    watch = LogWatch()
    read = watch.reading(values.change, at=2)
    read(assessment, None, [Entry(path="use_case.name", value="Desk of refunds, east")])
    read(assessment, None, [Entry(path="answers.brand_voice", value="yes", evidence="41 of 60 replies were sent as")])
    watch.reading(comments.add, at=3)(assessment, None, "result", "who counted these?", [])
    watch.handle(logging.LogRecord("ftdecide", logging.WARNING, "", 0, "%s", (logged,), None))
    assert (watch.lines, bool(watch.told)) == (1, is_told)


def test_the_whole_run_is_read_with_all_that_is_saved_in_it(assessment: Assessment) -> None:
    """Otherwise the answers of the other tests would not be looked for."""
    change = [Entry(path="use_case.name", value="Nothing that any log may tell")]
    values.change(assessment, None, change)
    comments.add(assessment, None, "result", "Nor may it tell a comment", [])
    (watch,) = (one for one in logging.getLogger().handlers if isinstance(one, LogWatch))
    assert {"Nothing that any", "Nor may it tell "} <= watch.written


@contextmanager
def written_lines() -> Iterator[list[dict[str, Any]]]:
    """What is logged, each line read as JSON."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JSONLines())
    handler.addFilter(MaskSecrets())
    lines: list[dict[str, Any]] = []
    loggers = [logging.getLogger(name) for name in ("ftdecide.requests", "django.request")]
    for logger in loggers:
        logger.addHandler(handler)
    try:
        yield lines
    finally:
        for logger in loggers:
            logger.removeHandler(handler)
        lines += map(json.loads, stream.getvalue().splitlines())
