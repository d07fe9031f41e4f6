"""The reading process itself: what it is given, what it prints, and what it cannot do."""

import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from assessments.engine.measured.found import ReadingJob, WhatWasRead

from .reading import FILES, job_of, refusal

MOST_MEGABYTES = 500


# A process takes over the peak of whoever started it, and a test run is large: a small one stands in between.
_MEASURED = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "assessments.reading"], stderr=subprocess.DEVNULL)
print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
"""


def child(job: ReadingJob | bytes, folder: Path) -> tuple[int, list[dict[str, object]], float]:
    """How it ended, what it printed, and the most memory that it took, in MB."""
    given = job if isinstance(job, bytes) else msgspec.json.encode(job)
    command = [sys.executable, "-c", _MEASURED]
    done = subprocess.run(command, input=given, capture_output=True, env={"TMPDIR": str(folder)}, check=True)
    ended, kilobytes = map(int, done.stderr.split())
    return ended, [json.loads(line) for line in done.stdout.splitlines()], kilobytes / 1024


def test_a_drop_of_the_worst_files_takes_little_memory_and_ends(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("date,failure\n" + f"2026-09-07,tone,\n{'x' * 90},tone\n" * 75_000)
    with (tmp_path / "line.csv").open("wb") as endless:
        endless.write(b"date,failure\n2026-09-07,tone\n")
        endless.seek(1 << 28)
        endless.write(b"\n2026-09-08,tone\n")
    files = [*sorted((FILES / "hostile").glob("*.xlsx")), tmp_path / "log.csv", tmp_path / "line.csv"]
    ended, lines, megabytes = child(job_of(*files), tmp_path)
    assert ended == 0
    assert megabytes < MOST_MEGABYTES
    read = msgspec.convert(lines[-1]["read"], WhatWasRead)
    assert [refused.name for refused in read.refused] == [
        *("laughs.xlsx", "sparse.xlsx", "sparse_small.xlsx", "truncated.xlsx")
    ]
    (endless_line,) = (found for found in read.found if found.files == ("line.csv",))
    assert [(fault.row, fault.said.code) for fault in endless_line.faults] == [(3, "too_long")]
    assert endless_line.rows == 2
    told = [line["progress"] for line in lines[:-1]]
    assert told == sorted(told, key=lambda share: float(str(share)))


@pytest.mark.parametrize(
    ("raised", "code"), [(MemoryError(), "out_of_limits"), (ZeroDivisionError(), "could_not_read")]
)
@pytest.mark.parametrize("step", ["reader_of", "put_together"])
def test_whatever_goes_wrong_has_a_code(
    monkeypatch: pytest.MonkeyPatch, step: str, raised: Exception, code: str
) -> None:
    def broken(*_: object) -> None:
        raise raised

    monkeypatch.setattr(f"assessments.reading.__main__.{step}", broken)
    assert refusal("plain/overrides.csv") == code


def test_it_knows_no_django_and_opens_no_connection() -> None:
    source = "import sys, assessments.reading.__main__, assessments.reading.tables; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True).stdout.split()
    assert "assessments.reading.tables" in loaded
    assert not {name.partition(".")[0] for name in loaded} & {"django", "ssl", "http", "urllib3", "requests"}
    assert "socket" not in loaded


@pytest.mark.parametrize("attempt", ["socket.socket()", "os.system('true')", "subprocess.run(['true'])", "os.fork()"])
def test_whatever_it_reads_makes_it_do_it_reaches_no_network_and_starts_no_program(attempt: str) -> None:
    source = (
        "import os, socket, subprocess, assessments.reading.__main__ as reading\n"
        f"reading.read_all = lambda job: {attempt}\nreading.main()"
    )
    job = msgspec.json.encode(ReadingJob(files=()))
    done = subprocess.run([sys.executable, "-c", source], input=job, capture_output=True, check=False)
    assert done.returncode == 1
    assert b"PermissionError" in done.stderr
