"""The real server, as `make run` starts it, on a free port and with a data folder that is gone afterwards."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from ..once import folder_of_the_run, one_at_a_time
from .team import Team, make_team

ROOT = Path(__file__).resolve().parents[2]
TEAM = "team.json"
environments: dict[str, dict[str, str]] = {}
"""The environment of each server that is running, by its address."""
processes: dict[str, subprocess.Popen[str]] = {}
"""The master process of each."""
_beside: dict[str, subprocess.Popen[str]] = {}
"""What runs beside a server, once something had to."""
FROM_OUTSIDE = ("DATABASE_URL", "DEBUG", "FTDECIDE_URL", "SECRET_KEY", "TIME_ZONE")

# Django is loaded once for both.
PREPARE = """
import django
from django.core.management import call_command
django.setup()
call_command("migrate", verbosity=0)
call_command("load_examples")
"""
# Runs each line that it is sent, and says what that printed.
BESIDE = """
import contextlib, io, json, sys
import django
django.setup()
for line in sys.stdin:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(json.loads(line), {})
    print(json.dumps(printed.getvalue()), flush=True)
"""
CHROMIUM_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


_visitors = count(1)


def from_elsewhere() -> dict[str, str]:
    """The headers of a visitor from a network that nobody else comes from, so that limits count each one alone."""
    number = next(_visitors)
    return {"X-Forwarded-For": f"10.{number // 256}.{number % 256}.1"}


def chromium() -> str | None:
    """The path of a Chromium, or None for the one that Playwright installs."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def inside(address: str, code: str) -> str:
    """What this Python code prints, run beside the server of that address with the same database.

    For what no page offers. Django is loaded once for all of it.
    """
    if address not in _beside:
        command = [sys.executable, "-c", BESIDE]
        pipe, environment = subprocess.PIPE, environments[address]
        _beside[address] = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True)
    process = _beside[address]
    assert process.stdin
    assert process.stdout
    process.stdin.write(f"{json.dumps(code)}\n")
    process.stdin.flush()
    printed: str = json.loads(process.stdout.readline())
    return printed


def prepare(folder: Path) -> None:
    """The tables and the samples, with the keys that they were made with."""
    _run(["-c", PREPARE], _environment(folder))


def team_of(address: str) -> Team:
    """The team with a full portfolio at the server of that address, which was made when its folder was prepared."""
    made = Path(environments[address]["FTDECIDE_DATA"], TEAM).read_text(encoding="utf-8")
    return Team(**json.loads(made))


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in FROM_OUTSIDE}
    return kept | {"FTDECIDE_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "ftdecide.settings"}


def prepared_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what a server needs. One of the workers makes it, in the folder of the whole run."""
    made = folder_of_the_run(tmp_path_factory) / "prepared"
    with one_at_a_time(made):
        if not made.exists():
            prepare(making := tmp_path_factory.mktemp("preparing"))
            team = make_team(_environment(making))
            (making / TEAM).write_text(json.dumps(asdict(team)), encoding="utf-8")
            making.rename(made)
    return made


@contextmanager
def real_server(prepared: Path | None = None) -> Iterator[str]:
    """The address of a server with the sample assessments, on a copy of what was prepared where something was."""
    with TemporaryDirectory(prefix="ftdecide-") as folder:
        if prepared:
            shutil.copytree(prepared, folder, dirs_exist_ok=True)
        else:
            prepare(Path(folder))
        environment = _environment(Path(folder)) | {"PORT": "0"}
        environment["PROXIES"] = "1"  # each visitor of a test comes from a network of its own, as in the world
        environment["DRAWING_WAIT"] = "60"  # a busy machine is slow, not wrong
        bring_static_files(Path(folder), environment)
        gunicorn = [sys.executable, "-m", "gunicorn", "--config", "ftdecide/gunicorn.py"]
        with subprocess.Popen(gunicorn, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
            try:
                assert process.stdout
                line = process.stdout.readline()
                if "http://" not in line:
                    raise RuntimeError(f"The server did not start: {line}")
                address = line.split()[-1]
                environments[address], processes[address] = environment, process
                yield address
                if address in _beside:
                    _beside.pop(address).communicate()
            finally:
                process.terminate()
                process.wait(timeout=30)


def bring_static_files(folder: Path, environment: dict[str, str]) -> None:
    """The files that `make static-files` collected, or new ones if they are missing or old."""
    collected = Path(os.environ.get("FTDECIDE_DATA", ROOT / "var")) / "static"
    manifest = collected / "staticfiles.json"
    newest = max(path.stat().st_mtime for path in (ROOT / "static").rglob("*") if path.is_file())
    if manifest.exists() and manifest.stat().st_mtime >= newest:
        (folder / "static").symlink_to(collected.resolve())
    else:
        _run(["manage.py", "collectstatic", "--noinput", "--verbosity=0"], environment)


def _run(command: list[str], environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
