"""`manage.py decide` prints what the engine decides. It needs no database."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from assessments.engine.result_json import result_json
from assessments.management.commands.decide import bounded_lines

from ..documents import EXAMPLES, FOLDER, decided, example_document, named

NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"


class Streams:
    """Standard input given, standard output and errors caught."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch
        self.out, self.err = io.StringIO(), io.StringIO()

    def decide(self, *arguments: str, given: bytes = b"") -> int:
        """The exit status."""
        self.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        try:
            call_command("decide", *arguments, stdout=self.out, stderr=self.err)
        except SystemExit as ended:
            return int(str(ended.code))
        return 0


@pytest.fixture
def streams(monkeypatch: pytest.MonkeyPatch) -> Any:
    return Streams(monkeypatch)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_file_gives_its_result(streams: Any, name: Any) -> None:
    assert streams.decide(str(FOLDER / f"{name}.json")) == 0
    assert json.loads(streams.out.getvalue()) == result_json(decided(example_document(name)))
    assert streams.err.getvalue() == ""


def test_a_dash_reads_standard_input(streams: Any) -> None:
    document = example_document("task_api")
    assert streams.decide("-", given=json.dumps(document).encode()) == 0
    assert json.loads(streams.out.getvalue()) == result_json(decided(document))


def test_the_result_is_strict_json_with_its_format_and_version(streams: Any) -> None:
    streams.decide(str(FOLDER / "task_api.json"))

    def refuse(constant: Any) -> None:
        raise AssertionError(constant)

    result = json.loads(streams.out.getvalue(), parse_constant=refuse)
    assert (result["format"], result["version"], result["framework"]["version"]) == ("ftdecide/result", 1, "1")


def test_lines_are_decided_in_order_and_a_faulty_one_keeps_its_place(streams: Any) -> None:
    documents = [
        example_document("task_api"),
        named(answers={"brand_voice": "maybe"}),
        example_document("service_desk"),
    ]
    given = "\n".join(json.dumps(document) for document in documents).encode()
    assert streams.decide("-", "--lines", given=given) == 1
    first, faulty, last = (json.loads(line) for line in streams.out.getvalue().splitlines())
    assert first == result_json(decided(documents[0]))
    assert faulty == {"errors": ['answers.brand_voice: "maybe" is not one of yes, no, unsure']}
    assert last == result_json(decided(documents[2]))


def test_lines_without_a_fault_end_well(streams: Any) -> None:
    given = b"".join(json.dumps(named(name)).encode() + b"\r\n" for name in "abc")
    assert streams.decide("-", "--lines", given=given) == 0
    assert len(streams.out.getvalue().splitlines()) == 3


def test_every_line_in_has_a_line_out(streams: Any) -> None:
    """Also an empty one, one that is not text, one over 1 MB, and the last without its end."""
    good = json.dumps(named()).encode()
    lines = [b"", b"\xff", b"[" * 1_100_000, b"NaN", good, b'{"a":1,"a":2}', good]
    assert streams.decide("-", "--lines", given=b"\n".join(lines)) == 1
    results = [json.loads(line) for line in streams.out.getvalue().splitlines()]
    assert ["errors" in result for result in results] == [True, True, True, True, False, True, False]
    assert results[2] == {"errors": ["document: larger than 1 MB"]}


def test_a_line_separator_inside_a_text_does_not_end_the_line(streams: Any) -> None:
    document = named("a\u2028b\u2029c\x85d")
    given = json.dumps(document, ensure_ascii=False).encode()
    assert streams.decide("-", "--lines", given=given) == 0
    assert json.loads(streams.out.getvalue()) == result_json(decided(document))


def test_faults_of_one_document_go_to_the_error_stream_one_a_line(streams: Any) -> None:
    document = named(answers={"brand_voice": "maybe"}, costs={"hourly_rate": -1})
    assert streams.decide("-", given=json.dumps(document).encode()) == 1
    assert streams.out.getvalue() == ""
    places = [line.partition(":")[0] for line in streams.err.getvalue().splitlines()]
    assert sorted(places) == ["answers.brand_voice", "costs.hourly_rate"]


def test_a_document_over_1_mb_is_refused(streams: Any) -> None:
    assert streams.decide("-", given=b" " * 1_000_001) == 1
    assert streams.err.getvalue().strip() == "document: larger than 1 MB"


@pytest.mark.parametrize("path", ["no-such-file.json", "/"])
def test_a_file_that_cannot_be_read_is_told(streams: Any, path: str) -> None:
    with pytest.raises(CommandError, match=f"^{path}: "):
        streams.decide(path)


@pytest.mark.parametrize(
    ("stream", "lines"),
    [
        (b"", []),
        (b"a\nb", [b"a", b"b"]),
        (b"a\r\n\nb\n", [b"a", b"", b"b"]),
        (b"a\x0bb\rc\x1cd\n", [b"a\x0bb\rc\x1cd"]),
    ],
)
def test_only_a_line_feed_ends_a_line(stream: bytes, lines: Any) -> None:
    assert list(bounded_lines(io.BytesIO(stream))) == lines


def test_of_a_long_line_only_as_much_is_kept_as_shows_that_it_is_too_long() -> None:
    long, short = bounded_lines(io.BytesIO(b"x" * 5_000_000 + b"\nshort"))
    assert (len(long), short) == (1_000_002, b"short")


def run(*arguments: str, given: bytes, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, where there is no database."""
    environment = {**os.environ, "DATABASE_URL": NOWHERE, "FTDECIDE_DATA": str(folder)}
    command = [sys.executable, "manage.py", "decide", *arguments]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, input=given, capture_output=True)


def test_it_needs_no_database(tmp_path: Path) -> None:
    good, bad = json.dumps(example_document("task_api")).encode(), b'{"format": "ftdecide/assessment"}'
    done = run("-", "--lines", given=good + b"\n" + bad + b"\n", folder=tmp_path)
    assert (done.returncode, done.stderr) == (1, b"")
    first, second = map(json.loads, done.stdout.splitlines())
    assert first == result_json(decided(example_document("task_api")))
    assert list(second) == ["errors"]
    assert not (tmp_path / "ftdecide.sqlite3").exists()


def test_a_text_in_another_language_is_printed_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.delenv("PYTHONUTF8", raising=False)
    document = example_document("service_desk")
    document["data"][0]["label"] = "Größe, 日本, \U0001f600"
    document["data"][0]["available"] = document["data"][0]["reviewed"] = 1
    done = run("-", given=json.dumps(document).encode(), folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Größe, 日本, \U0001f600" in done.stdout.decode()
