"""Copies of the whole database: taken while the site runs, checked, and put back.

A copy is one zip with the database as its own tool writes it and a page about it: which database, the last change of
its schema, how many rows each table has, and the SHA-256 of what lies beside it.
"""

import hashlib
import json
import os
import sqlite3
import subprocess
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection, connections

from .schema import OtherSchema, applied, refuse_newer

FORMAT = "ftdecide/backup"
_ABOUT, _DATABASE = "about.json", "database"
_BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database: of another one, it would undo or spoil what is put back."""
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, OSError, RuntimeError, ValueError)
"""What zipfile raises at damaged bytes, be they of the data, of a header, or a flag that says it is encrypted."""


class BackupFault(Exception):
    """It cannot be copied or put back. Says why, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a copy says about itself."""

    engine: str
    made_at: datetime
    migrations: tuple[tuple[str, str], ...]
    rows: dict[str, int]
    sha256: str

    @property
    def row_count(self) -> int:
        return sum(self.rows.values())


def write_backup(to: Path) -> Backup:
    """Copies the database into a new file, consistent whatever is saved meanwhile. Raises BackupFault."""
    if to.exists():
        raise BackupFault(f"{to} is there already. Name another file.")
    made_at = datetime.now(UTC)
    with _beside(to) as folder:
        database = folder / _DATABASE
        rows = _copy_sqlite(database) if connection.vendor == "sqlite" else _dump_postgresql(database)
        about = {
            "format": FORMAT,
            "version": 1,
            "engine": connection.vendor,
            "made_at": made_at.isoformat(),
            "migrations": applied(),
            "rows": rows,
            "sha256": _sha256(database),
        }
        packed = folder / "packed"
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr(_ABOUT, json.dumps(about, indent=1))
            archive.write(database, _DATABASE)
        packed.chmod(0o600)
        _to_disk(packed)
        os.link(packed, to)  # whole or not at all, and never over another file
        _to_disk(to.parent)
    return check_backup(to)


def check_backup(file: Path) -> Backup:
    """Reads what a copy says, and all that would be put back. Raises BackupFault where that is damaged.

    A bit of the zip may flip and change nothing in it, as one of the time that a file's header states.
    """
    with _open(file) as archive:
        about = _about(archive, file)
        digest = hashlib.sha256()
        try:
            with archive.open(_DATABASE) as database:
                while part := database.read(1 << 20):
                    digest.update(part)
        except _UNREADABLE as error:
            raise BackupFault(f"{file} is damaged: {error}. Take another copy.") from None
        if digest.hexdigest() != about.sha256:
            raise BackupFault(f"{file} is damaged: what it holds is not what was copied. Take another copy.")
    return about


def restore_backup(file: Path, *, replace: bool = False) -> Backup:
    """Puts a copy in the place of the database. The site has to stand still. Raises BackupFault.

    What was there is kept beside it on SQLite; on PostgreSQL it goes, in one transaction with what comes.
    """
    about = check_backup(file)
    if about.engine != connection.vendor:
        raise BackupFault(f"{file} is of {about.engine}, and DATABASE_URL leads to {connection.vendor}.")
    try:
        refuse_newer(about.migrations)
    except OtherSchema as error:
        raise BackupFault(str(error).replace("The database is", f"{file} is")) from None
    if not replace and applied():
        raise BackupFault("There is a database already. Stop the site, and say --replace to put the copy in its place.")
    restore = _restore_sqlite if connection.vendor == "sqlite" else _restore_postgresql
    with _open(file) as archive, _beside(_data_folder() / _DATABASE) as folder:
        archive.extract(_DATABASE, folder)
        restore(folder / _DATABASE, about)
    return about


# SQLite


def _copy_sqlite(to: Path) -> dict[str, int]:
    """By SQLite's own means: in one go, under a lock that lets others write on."""
    with closing(sqlite3.connect(_sqlite_file(), timeout=60)) as source, closing(sqlite3.connect(to)) as copy:
        source.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode=DELETE")
        return _sound_rows(copy, "The database")


def _restore_sqlite(copy: Path, about: Backup) -> None:
    with closing(sqlite3.connect(copy)) as opened:
        if _sound_rows(opened, "The copy") != about.rows:
            raise BackupFault("The copy is damaged: it has not the rows that it says. Take another one.")
    _to_disk(copy)
    file = _sqlite_file()
    connections.close_all()
    _refuse_if_open(file)
    kept = f".before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    for ending in ("", *_BESIDE):
        old = file.with_name(file.name + ending)
        if old.exists():
            old.rename(file.with_name(file.name + kept + ending))
    os.replace(copy, file)
    _to_disk(file.parent)


def _sound_rows(opened: sqlite3.Connection, what: str) -> dict[str, int]:
    """How many rows each table has. Raises BackupFault where SQLite finds the file damaged."""
    try:
        ((verdict,), *_) = opened.execute("PRAGMA integrity_check(1)").fetchall()
        names = [name for (name,) in opened.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        rows = {name: opened.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in names}
    except sqlite3.DatabaseError as error:
        verdict, rows = str(error), {}
    if verdict != "ok":
        raise BackupFault(f"{what} is damaged: {verdict}.")
    return rows


def _refuse_if_open(file: Path) -> None:
    """Raises BackupFault where somebody else has the database open at this moment."""
    if not file.exists():
        return
    try:
        with closing(sqlite3.connect(file, timeout=1, isolation_level=None)) as alone:
            alone.execute("PRAGMA locking_mode=EXCLUSIVE")
            alone.execute("BEGIN EXCLUSIVE")
            alone.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise BackupFault("The site is running: the database is in use. Stop it first.") from None
    except sqlite3.DatabaseError:
        pass  # too damaged to be opened: that is why it is replaced


def _sqlite_file() -> Path:
    return Path(connection.settings_dict["NAME"])


# PostgreSQL


def _dump_postgresql(to: Path) -> dict[str, int]:
    """By pg_dump, in the same snapshot in which the rows are counted."""
    with closing(connection.copy()) as own, own.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename")
        rows = {}
        for (name,) in cursor.fetchall():
            cursor.execute(f"SELECT COUNT(*) FROM {own.ops.quote_name(name)}")
            (rows[name],) = cursor.fetchone()
        _run("pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--snapshot={snapshot}", f"--file={to}")
        cursor.execute("ROLLBACK")
    return rows


def _restore_postgresql(copy: Path, about: Backup) -> None:
    _run("pg_restore", "--list", str(copy))
    connections.close_all()
    options = ("--clean", "--if-exists", "--no-owner", "--no-acl", "--single-transaction", "--exit-on-error")
    _run("pg_restore", *options, f"--dbname={connection.settings_dict['NAME']}", str(copy))


def _run(program: str, *arguments: str) -> None:
    """A program of PostgreSQL's, which reads from its environment where the database is."""
    said = connection.settings_dict
    where = {"PGHOST": said["HOST"], "PGPORT": said["PORT"], "PGUSER": said["USER"], "PGPASSWORD": said["PASSWORD"]}
    environment = os.environ | {name: str(value) for name, value in where.items() if value}
    environment |= {"PGDATABASE": str(said["NAME"])}
    try:
        done = subprocess.run([program, *arguments], env=environment, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise BackupFault(f"{program} is not installed here. On Debian: apt-get install postgresql-client") from None
    if done.returncode:
        raise BackupFault(f"{program} says: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else 'no'}")


# files


def _data_folder() -> Path:
    """A place on the same disk as the database, where it is a file."""
    return _sqlite_file().parent if connection.vendor == "sqlite" else Path.cwd()


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A folder on the same disk that is gone afterwards."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".ftdecide-", dir=file.parent) as folder:
            yield Path(folder)
    except OSError as error:
        raise BackupFault(f"Cannot write in {file.parent}: {error.strerror or error}.") from None


@contextmanager
def _open(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(file)
    except FileNotFoundError:
        raise BackupFault(f"There is no {file}.") from None
    except _UNREADABLE:
        raise BackupFault(f"{file} is no whole copy: it is damaged, or something else. Take another one.") from None
    with archive:
        yield archive


def _about(archive: zipfile.ZipFile, file: Path) -> Backup:
    wanted: dict[str, Callable[[Any], Any]] = {
        "engine": str,
        "made_at": datetime.fromisoformat,
        "migrations": lambda found: tuple((str(app), str(name)) for app, name in found),
        "rows": lambda found: {str(name): int(count) for name, count in found.items()},
        "sha256": str,
    }
    try:
        read = json.loads(archive.read(_ABOUT))
        if read["format"] != FORMAT or read["version"] != 1:
            raise ValueError
        return Backup(**{key: as_kind(read[key]) for key, as_kind in wanted.items()})
    except (*_UNREADABLE, TypeError, AttributeError):
        raise BackupFault(f"{file} is no copy that this program made.") from None


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _to_disk(path: Path) -> None:
    """What was written outlives a power cut."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
