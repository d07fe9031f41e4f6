"""What opens something is kept out of the logs."""

import logging
import sys
from typing import Any

import pytest
from django.conf import settings
from django.urls import NoReverseMatch, reverse

from ftdecide.logs import MaskSecrets, masked

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
