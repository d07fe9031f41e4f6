"""The worked examples of docs/api.md run as they stand there, each against a site of the tests."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from assessments.models import StoredValue
from assessments.services import values

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
    StoredValue.objects.filter(assessment=team.assessment, path="answers.target_missed").delete()
    lines = [line.replace("$TOKEN", secret).replace("$ASSESSMENT", team.assessment.pk) for line in blocks("sh")]
    answers = [curl(line) for line in lines]
    assert [answer.status_code for answer in answers] == [200, 201, 200, 200, 201, 201, 202, 200]
    decided, begun, *_, report = answers
    assert decided.json()["approach"] == "fine_tune_small"
    assert begun.json()["name"] == "Reply drafts"
    assert report.content.startswith(b"%PDF-")


def curl(line: str) -> Any:
    """What curl would send, by the few options that the page uses."""
    method, headers, url, kind = "GET", dict[str, str](), "", "application/x-www-form-urlencoded"  # as curl says it
    body: Any = b""
    words = iter(shlex.split(line)[1:])
    for word in words:
        if word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word == "--data":
            sent, method = next(words), "POST" if method == "GET" else method
            body = read(sent[1:]) if sent.startswith("@") else sent.encode()
        elif word == "-F":
            field, _, path = next(words).partition("=@")
            file = SimpleUploadedFile(Path(path).name, read(path))
            method, kind, body = "POST", MULTIPART_CONTENT, encode_multipart(BOUNDARY, {field: file})
        elif word == "-X":
            method = next(words)
        elif word == "-o":
            next(words)
        else:
            url = word
    return Client().generic(method, url.removeprefix(SITE), body, content_type=kind, headers=headers)


def read(path: str) -> bytes:
    return (Path(settings.BASE_DIR) / path).read_bytes()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("read_at_once")
def test_the_examples_with_python(
    live_server: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    team = make_team()
    values.change(
        team.assessment,
        team.users["editor"],
        lambda sheet: [
            values.entry_on(sheet, "targets.pass_rate", 0.8),
            values.entry_on(sheet, "targets.slowest_p95_ms", 3000),
        ],
    )
    monkeypatch.setenv("FTDECIDE_SITE", live_server.url)
    monkeypatch.setenv("FTDECIDE_TOKEN", program_of(team.users["editor"], team.workspace).secret)
    monkeypatch.setenv("FTDECIDE_ASSESSMENT", team.assessment.pk)
    (tmp_path / "tests").symlink_to(Path(settings.BASE_DIR) / "tests")
    monkeypatch.chdir(tmp_path)
    questions, evidence = (one for one in blocks("python") if "FTDECIDE_SITE" in one)
    exec(compile(questions, "docs/api.md", "exec"), {})
    assert "/result/" in capsys.readouterr().out
    assert StoredValue.objects.filter(evidence="Ann, support lead, on 27 November").exists()
    exec(compile(evidence, "docs/api.md", "exec"), {})
    assert "The verdict" in capsys.readouterr().out
    assert StoredValue.objects.filter(assessment=team.assessment, strength="measured").exists()
    assert Path("report.pdf").read_bytes().startswith(b"%PDF-")
