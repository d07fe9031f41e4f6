"""Which file it is: told by what it holds, whatever its name is."""

import gzip
import zipfile
from pathlib import Path

import pytest

from assessments.engine.measured.found import FileToRead
from assessments.reading.one_file import CannotRead
from assessments.reading.open_file import open_file
from assessments.reading.which import kind_of

FILES = Path(__file__).parent.parent / "evidence_files"


def kind(path: Path) -> str:
    with open_file(FileToRead(path=str(path), name="x", sha256="")) as opened:
        return kind_of(opened)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("promptfoo/*.json*", "promptfoo"),
        ("promptfoo/*.csv", "promptfoo"),
        ("inspect/*.eval", "inspect_ai"),
        ("inspect/*.json.gz", "inspect_ai"),
        ("lm_eval/*.json*", "lm_eval"),
        ("openai_evals/*.jsonl", "openai_evals"),
        ("other_tools/*.json", "deepeval"),
        ("other_tools/*.csv", "tables"),
        ("training/*.json*", "training"),
        ("training/*.csv", "training"),
        ("plain/*.*sv", "tables"),
        ("plain/*.jsonl", "tables"),
        ("plain/*.xlsx", "tables"),
    ],
)
def test_every_file_of_real_tools_is_known_for_what_it_is(pattern: str, expected: str) -> None:
    assert {kind(path) for path in FILES.glob(pattern)} == {expected}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('{"text": "Locked out.", "label": "vpn"}', "training"),
        ('{"text": "Locked out.", "failure": "tone"}', "tables"),
        ('{"messages": [], "passed": true}', "tables"),
    ],
)
def test_what_says_how_it_went_is_no_training_data(tmp_path: Path, line: str, expected: str) -> None:
    (tmp_path / "file").write_text(f"{line}\n{line}\n")
    assert kind(tmp_path / "file") == expected


def zipped(path: Path, *names: str) -> bytes:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return path.read_bytes()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\0\0\0 \n", "empty"),
        (b"<html><body>results</body></html>", "markup"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "markup"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "old_excel"),
        (b"%PDF-1.7 date,failure", "no_text"),
        (b"evalId: eval-1\nresults:\n  version: 3\n", "yaml"),
        (b'{"rows": [], "date": 1}', "unknown_json"),
        (b"[]", "nothing_in_it"),
        (b"[1, 2, 3]", "list_of_no_objects"),
        (b'{"results": {"version": 3, "results": [', "broken_json"),
        (b"[" * 2_000, "nested_too_deep"),
        ('{"a": 1}'.encode("utf-16"), "json_not_utf_8"),
        ('{"a": 1}'.encode("utf-16-le"), "json_not_utf_8"),
        (gzip.compress(b"a,b\n1,2\n" * 1_000, mtime=0)[:-20], "not_whole_gzip"),
        (gzip.compress(gzip.compress(b"a,b\n1,2\n", mtime=0), mtime=0), "nested_archive"),
        (b"PK\x03\x04 cut off", "not_whole_zip"),
    ],
)
def test_what_nobody_can_read_is_refused_with_the_reason(tmp_path: Path, data: bytes, code: str) -> None:
    (tmp_path / "file").write_bytes(data)
    with pytest.raises(CannotRead) as refused:
        kind(tmp_path / "file")
    assert refused.value.said.code == code


def test_a_zip_is_refused_by_what_it_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zipped(tmp_path / "a.zip", "inside.zip")
    zipped(tmp_path / "b.zip", "one.txt", "two.txt")
    with pytest.raises(CannotRead, match="nested_archive"):
        kind(tmp_path / "a.zip")
    with pytest.raises(CannotRead) as refused:
        kind(tmp_path / "b.zip")
    assert refused.value.said.figures == {"names": "one.txt, two.txt"}
    monkeypatch.setattr("assessments.reading.open_file.MOST_MEMBERS", 1)
    with pytest.raises(CannotRead, match="too_many_members"):
        kind(tmp_path / "b.zip")


def test_gzip_of_several_parts_is_one_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(gzip.compress(b"a,b\n") + gzip.compress(b"1,2\n") + b"\0" * 64)
    with open_file(FileToRead(path=str(tmp_path / "file"), name="x", sha256="")) as opened:
        assert opened.path.read_bytes() == b"a,b\n1,2\n"
