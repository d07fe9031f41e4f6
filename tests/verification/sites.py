"""The site as `make run` starts it, and a PostgreSQL of its own: both are killed and started again."""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ..journeys.server import FROM_OUTSIDE, PREPARE, ROOT, bring_static_files

DATABASES = ("SQLite", "PostgreSQL")
_GUNICORN = [sys.executable, "-m", "gunicorn", "--config", "ftdecide/gunicorn.py"]
_ANSWERS = 30
"""So many seconds a server may take until it answers."""


class Cluster:
    """A PostgreSQL server on a socket in a folder of its own, as careful with its disk as it is in earnest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        newest = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))[-1:]
        self.programs = newest[0] if newest else Path(shutil.which("initdb") or "/usr/bin/initdb").parent
        self.owner = None
        if os.getuid() == 0:  # PostgreSQL refuses to run as root
            self.owner = next(one.pw_name for one in pwd.getpwall() if one.pw_name in ("postgres", "nobody"))
            shutil.chown(folder, self.owner)
        options = ["--username=ftdecide", "--auth=trust", "--encoding=UTF8", "--locale=C"]
        self._run("initdb", f"--pgdata={folder / 'data'}", *options)
        self.start()

    def start(self) -> None:
        options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={self.folder}"]
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.folder / "data", *options],
                cwd=self.folder, user=self.owner, start_new_session=True, stdout=log, stderr=log,
            )  # fmt: skip
        for _ in range(_ANSWERS * 10):
            if not subprocess.run([self.programs / "pg_isready", "-q", "-h", self.folder], check=False).returncode:
                return
            time.sleep(0.1)
        raise RuntimeError((self.folder / "log").read_text()[-2000:])

    def kill(self) -> None:
        kill(self.process)

    def new_database(self, name: str) -> str:
        """The address of an empty database."""
        self._run("createdb", "--host", str(self.folder), "--username=ftdecide", name)
        return f"postgresql://ftdecide@/{name}?host={self.folder}"

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *arguments]
        subprocess.run(command, cwd=self.folder, user=self.owner, check=True, stdout=subprocess.DEVNULL)


def kill(process: subprocess.Popen[Any]) -> None:
    """Ends it and all that it started at once, without a word; nothing where it has ended."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


class Site:
    """The server with its data folder. `address` is a new one each time it is started."""

    def __init__(self, folder: Path, **environment: str) -> None:
        kept = {name: value for name, value in os.environ.items() if name not in FROM_OUTSIDE}
        self.folder = folder
        self.environment = kept | {"FTDECIDE_DATA": str(folder), "PORT": "0", "PROXIES": "1"} | environment
        self.environment["DJANGO_SETTINGS_MODULE"] = "ftdecide.settings"
        self.environment.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
        folder.mkdir(exist_ok=True)
        bring_static_files(folder, self.environment)

    def prepare(self) -> None:
        """The tables and the samples."""
        self.python(PREPARE)

    def start(self, *more: str) -> None:
        with (self.folder / "errors").open("a") as errors:
            self.process = subprocess.Popen(
                [*_GUNICORN, *more],
                cwd=ROOT, env=self.environment, start_new_session=True,
                stdout=subprocess.PIPE, stderr=errors, text=True,
            )  # fmt: skip
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert "http://" in line, (line, (self.folder / "errors").read_text()[-2000:])
        self.address = line.split()[-1]

    def kill(self) -> None:
        kill(self.process)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=60)

    def python(self, code: str) -> str:
        """What this code prints, run beside the server on the same database."""
        return self._run("-c", f"import django; django.setup()\n{code}")

    def module(self, name: str, *arguments: str) -> str:
        return self._run("-m", name, *arguments)

    def manage(self, *arguments: str) -> str:
        return self._run("manage.py", *arguments)

    def broken_chains(self) -> int:
        """How many chains of the audit trail do not hold."""
        done = subprocess.run(
            [sys.executable, "manage.py", "verify_audit"],
            cwd=ROOT, env=self.environment, check=False, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert "unbroken" in done.stdout, done.stdout
        return done.stdout.count("Chain ") - done.stdout.count("unbroken")

    def _run(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout


@contextmanager
def folder_of_its_own() -> Iterator[Path]:
    with TemporaryDirectory(prefix="ftdecide-") as folder:
        Path(folder).chmod(0o755)  # a PostgreSQL in it runs as somebody else
        yield Path(folder)


@contextmanager
def cluster() -> Iterator[Cluster]:
    with folder_of_its_own() as folder:
        running = Cluster(folder)
        try:
            yield running
        finally:
            running.kill()


@contextmanager
def site_on(database: str) -> Iterator[tuple[Site, Cluster | None]]:
    """A site that runs, with its tables and samples, on this database."""
    with folder_of_its_own() as folder, cluster() if database == "PostgreSQL" else nothing() as server:
        site = Site(folder / "site", **({"DATABASE_URL": server.new_database("site")} if server else {}))
        site.prepare()
        site.start()
        try:
            yield site, server
        finally:
            site.kill()


@contextmanager
def nothing() -> Iterator[None]:
    yield
