"""The worked examples of docs/api.md run as they stand there, each against a site of the tests."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from assessments.models import StoredValue

from ..people import make_team
from .programs import program_of

PAGE = (Path(settings.BASE_DIR) / "docs/api.md").read_text()
SITE = "https://decide.example.org"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.django_db
def test_the_examples_with_curl() -> None:
    team = make_team()
    secret = program_of(team.users["editor"], team.workspace).secret
    answers = [curl(line.replace("$TOKEN", secret)) for line in blocks("sh")]
    assert [answer.status_code for answer in answers] == [200, 201]
    assert answers[0].json()["approach"] == "fine_tune_small"
    assert answers[1].json()["name"] == "Reply drafts"


def curl(line: str) -> Any:
    """What curl would send, by the few options that the page uses."""
    headers, body, url = {}, b"", ""
    words = iter(shlex.split(line)[1:])
    for word in words:
        if word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word == "--data":
            sent = next(words)
            body = (Path(settings.BASE_DIR) / sent[1:]).read_bytes() if sent.startswith("@") else sent.encode()
        else:
            url = word
    kind = "application/x-www-form-urlencoded"  # as curl says it
    return Client().generic("POST", url.removeprefix(SITE), body, content_type=kind, headers=headers)


@pytest.mark.django_db(transaction=True)
def test_the_example_with_python(
    live_server: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    team = make_team()
    monkeypatch.setenv("FTDECIDE_SITE", live_server.url)
    monkeypatch.setenv("FTDECIDE_TOKEN", program_of(team.users["editor"], team.workspace).secret)
    example = blocks("python")[0]
    exec(compile(example, "docs/api.md", "exec"), {})
    assert "/result/" in capsys.readouterr().out
    assert StoredValue.objects.filter(evidence="Ann, support lead, on 27 November").exists()
