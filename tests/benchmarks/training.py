"""How long a training set of 100,000 lines takes, and how much memory: with planted copies, and the worst cases."""

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from assessments.engine.measured.figures import TrainingFigures
from assessments.engine.measured.found import FileToRead, ReadingJob, WhatWasRead

LINES = 100_000
EXACT, CONTRADICTIONS, NEAR = 2_000, 500, 3_000
_WORDS = [
    f"{start}{end}" for start in ("ba", "co", "di", "fu", "le", "mo", "pri", "sta") for end in map(str, range(900))
]
_LABELS = ("account_unlock", "security_incident", "vpn_issue", "printer", "other")
_MEASURED = """
import resource, runpy, sys
sys.argv = ["reading"]
try:
    runpy.run_module("assessments.reading", run_name="__main__")
finally:
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(used.ru_utime + used.ru_stime, used.ru_maxrss, file=sys.stderr)
"""


def run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, lines in (
            ("copies, contradictions and near copies planted", planted()),
            ("long lines that differ in one word", one_word_apart()),
            ("one long template, a third of each line its own", under_one_template()),
        ):
            path = Path(folder) / "training.jsonl"
            write(path, lines)
            _print(name, path)


def planted() -> Iterator[dict[str, Any]]:
    """Lines in the order in which copies come after what they copy."""
    chance = random.Random(12)
    own = LINES - EXACT - CONTRADICTIONS - NEAR
    kept: list[tuple[list[str], str]] = []
    for place in range(own):
        words, label = chance.choices(_WORDS, k=chance.randrange(90, 150)), chance.choice(_LABELS)
        if place < EXACT + CONTRADICTIONS + NEAR:
            kept.append((words, label))
        yield example(" ".join(words), label)
    for place, (words, label) in enumerate(kept):
        if place < EXACT:
            yield example(" ".join(words), label)
        elif place < EXACT + CONTRADICTIONS:
            yield example(" ".join(words), next(other for other in _LABELS if other != label))
        else:
            changed = [*words]
            changed[chance.randrange(len(words))] = "changed"
            yield example(" ".join(changed), label)


def one_word_apart() -> Iterator[dict[str, Any]]:
    words = random.Random(13).choices(_WORDS, k=280)
    for place in range(LINES):
        yield example(" ".join([*words[:140], f"number{place}", *words[140:]]), "other")


def under_one_template() -> Iterator[dict[str, Any]]:
    """Every line is somewhat like every other, and a near copy of none."""
    chance = random.Random(14)
    template = " ".join(chance.choices(_WORDS, k=100))
    for _ in range(LINES):
        yield example(f"{template} {' '.join(chance.choices(_WORDS, k=25))}", chance.choice(_LABELS))


def example(asked: str, answer: str) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": asked}, {"role": "assistant", "content": answer}]}


def write(path: Path, lines: Iterable[dict[str, Any]]) -> None:
    with path.open("w") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)


def read_apart(path: Path) -> tuple[TrainingFigures, float, int, int]:
    """The figures, seconds of one core, MB of memory, and how often progress was told, of a process of its own."""
    job = ReadingJob(files=(FileToRead(path=str(path), name=path.name, sha256="0" * 64),))
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED], input=msgspec.json.encode(job), capture_output=True, check=True
    )
    *progress, last = done.stdout.splitlines()
    read = msgspec.convert(msgspec.json.decode(last)["read"], WhatWasRead)
    training = read.found[0].training
    assert training
    took, memory = done.stderr.split()[-2:]
    return training, float(took), int(memory) // 1024, len(progress)


def _print(name: str, path: Path) -> None:
    figures, took, memory, told = read_apart(path)
    size = path.stat().st_size / 1e6
    over = "  OVER" if took > 60 or memory > 500 else ""
    print(f"  {LINES:,} lines, {size:.0f} MB: {name}")
    print(f"    {took:.1f} s of one core (60), {memory} MB (500), progress told {told} times{over}")
    least = "" if figures.are_all_near_found else " at least"
    print(
        f"    found {figures.copy_count} copies, {figures.contradiction_count} contradictions,"
        f" {figures.near_count} near copies{least}"
    )
