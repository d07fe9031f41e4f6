"""Whatever is in a file of a run: its reader gives a result or says why it cannot, and nothing else."""

import gzip
import json
import random
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import msgspec
import pytest
from backports.zstd import zipfile
from hypothesis import given
from hypothesis import strategies as st

from assessments.engine.measured.found import FileToRead, ReadingJob
from assessments.reading.one_file import CannotRead
from assessments.reading.open_file import open_file
from assessments.reading.together import put_together
from assessments.reading.which import reader_of

from .reading import FILES

DEEP = "@deep"
ODD: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 2, 0.5, 1e308, -1e308, 10**400, float("nan"), float("inf"), "", "x", "C", "NaN"),
    *("-1", "1e999", "\ud83d", "a" * 300, "{{", [], {}, [[]], [None], [1, "x"], {"": None}, {"value": []}, DEEP),
)
"""Values of every type, some beyond what numbers and texts may be; `DEEP` is nested further than anything reads."""
NESTED = "[" * 2_000 + "]" * 2_000


def _fixture(path: str) -> str:
    data = (FILES / path).read_bytes()
    return (gzip.decompress(data) if path.endswith(".gz") else data).decode()


def _cut(value: Any) -> Any:
    """Two of each list, so that every example is fast."""
    if isinstance(value, dict):
        return {key: _cut(one) for key, one in value.items() if key not in ("events", "attachments", "config")}
    return [_cut(one) for one in value[:2]] if isinstance(value, list) else value


def _lines(path: str) -> list[Any]:
    return [_cut(json.loads(line)) for line in _fixture(path).splitlines()[:4]]


WHOLE = {
    path: _cut(json.loads(_fixture(path)))
    for path in (
        *("promptfoo/results.json.gz", "promptfoo/results_v2_0.43.1.json.gz", "inspect/triage_large_2_epochs.json.gz"),
        *("lm_eval/results_large-a.json", "other_tools/deepeval_test_run.json"),
    )
}
LINES = {
    path: _lines(path)
    for path in ("promptfoo/results.jsonl.gz", "lm_eval/samples_triage_gen_large-a.jsonl.gz", "openai_evals/log.jsonl")
}


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Each container with a key or index of it."""
    for key, one in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield value, key
        yield from _places(one)


def _changed(value: Any, chance: random.Random) -> Any:
    """A copy with one to three values replaced, dropped or doubled."""
    copy = json.loads(json.dumps(value))
    for _ in range(chance.randint(1, 3)):
        container, key = chance.choice(list(_places(copy)) or [([copy], 0)])
        if chance.random() < 0.2:
            del container[key]
        elif chance.random() < 0.1 and isinstance(container, list):
            container.append(container[key])
        else:
            container[key] = deepcopy(chance.choice(ODD))
    return copy


def _written(value: Any) -> bytes:
    return json.dumps(value).replace(f'"{DEEP}"', NESTED).encode()


def _read(path: Path, name: str) -> None:
    """As the reading process does, without what catches its mistakes."""
    job = ReadingJob(files=(FileToRead(path=str(path), name=name, sha256=""),), choices={"measure": "label"})
    try:
        with open_file(job.files[0]) as opened:
            one = reader_of(opened)(opened, job, lambda share, lines: None)
    except CannotRead:
        return
    assert msgspec.json.encode(put_together([one], job))


def _check(folder: Path, name: str, written: Callable[[random.Random], bytes], seed: int) -> None:
    chance = random.Random(seed)
    data = written(chance)
    if chance.random() < 0.15:
        data = data[: chance.randint(0, len(data))]
    path = folder / "file"
    path.write_bytes(data)
    _read(path, name)


@pytest.mark.parametrize("path", WHOLE)
@given(seed=st.integers(0, 2**32))
def test_any_change_of_a_whole_file(path: str, seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    name = Path(path).name.removesuffix(".gz")
    _check(tmp_path_factory.getbasetemp(), name, lambda chance: _written(_changed(WHOLE[path], chance)), seed)


@pytest.mark.parametrize("path", LINES)
@given(seed=st.integers(0, 2**32))
def test_any_change_of_lines(path: str, seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    def written(chance: random.Random) -> bytes:
        return b"\n".join(_written(line) for line in _changed(LINES[path], chance))

    _check(tmp_path_factory.getbasetemp(), Path(path).name.removesuffix(".gz"), written, seed)


@given(seed=st.integers(0, 2**32))
def test_any_change_of_an_archive(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    log = WHOLE["inspect/triage_large_2_epochs.json.gz"]
    chance = random.Random(seed)
    header = {key: value for key, value in log.items() if key != "samples"}
    members = {"header.json": header, "summaries.json": log["samples"], "samples/1_epoch_1.json": log["samples"][0]}
    dropped = chance.choice((*members, "", "", ""))
    path = tmp_path_factory.getbasetemp() / "log.eval"
    with zipfile.ZipFile(path, "w", chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_ZSTANDARD))) as archive:
        archive.writestr("_journal/start.json", _written(_changed(header, chance)))
        for name, value in members.items():
            if name != dropped:
                archive.writestr(name, _written(_changed(value, chance) if chance.random() < 0.7 else value))
    _check(tmp_path_factory.getbasetemp(), "log.eval", lambda _: path.read_bytes(), seed)


@pytest.mark.parametrize("path", ["promptfoo/results.csv", "promptfoo/results_v3_0.92.2.csv"])
@given(seed=st.integers(0, 2**32))
def test_any_change_of_a_table(path: str, seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    def written(chance: random.Random) -> bytes:
        data = bytearray("\n".join(_fixture(path).splitlines()[:12]).encode())
        for _ in range(chance.randint(1, 5)):
            place = chance.randrange(len(data))
            data[place : place + chance.choice((0, 1, 50))] = chance.choice(
                (b'"', b",", b"\0", b"\xff", b"\n", b"[", b"1")
            )
        return bytes(data)

    _check(tmp_path_factory.getbasetemp(), "table.csv", written, seed)
