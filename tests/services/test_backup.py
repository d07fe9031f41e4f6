"""Copies of the database: whole while people save, refused when damaged, put back as they were."""

import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import StringIO
from pathlib import Path
from random import Random
from threading import Event, Thread, active_count
from time import sleep
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from assessments.models import Assessment, StoredValue
from assessments.services import schema
from assessments.services.assessments import start_from_document
from assessments.services.backup import BackupFault, check_backup, restore_backup, write_backup
from assessments.services.values import Entry, change

from ..documents import full_document
from ..visits import FRAMEWORK

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "use_case.name"


@pytest.fixture
def assessment(db: None) -> Assessment:
    return start_from_document(None, "a browser", None, FRAMEWORK, full_document())


def stored() -> list[tuple[Any, ...]]:
    fields = ("assessment_id", "path", "value", "evidence", "version")
    return sorted(StoredValue.objects.values_list(*fields), key=repr)


def rename(assessment: Assessment, name: str) -> None:
    version = StoredValue.objects.get(assessment=assessment, path=NAME).version
    change(assessment, None, [Entry(path=NAME, value=name, seen_version=version)])


@contextmanager
def somebody_saving(assessment: Assessment) -> Iterator[list[str]]:
    """Another thread that saves without a pause. What was acknowledged is listed."""
    saved: list[str] = []
    over = Event()

    def save() -> None:
        try:
            while not over.is_set():
                name = f"Name {len(saved)}"
                rename(assessment, name)
                saved.append(name)
        finally:
            connection.close()

    thread = Thread(target=save)
    thread.start()
    try:
        yield saved
    finally:
        over.set()
        thread.join()


def test_copies_beside_somebody_who_saves_are_whole_and_come_back(
    assessment: Assessment, tmp_path: Path, figure: Any
) -> None:
    """Each copy is one moment: all that was acknowledged before it began, with its history and its audit trail."""
    threads, damaged = active_count(), 0
    with somebody_saving(assessment) as saved:
        for number in range(5):
            before = len(saved)
            made = write_backup(tmp_path / f"{number}.zip")
            damaged += made.rows["assessments_storedvalue"] != StoredValue.objects.count()
            while len(saved) < before + 2:
                sleep(0.001)  # saves go on
                assert active_count() > threads, "saving failed"
    last = stored()
    rename(assessment, "After the copies")
    newest = write_backup(tmp_path / "newest.zip")
    rename(assessment, "Lost again")
    assert restore_backup(tmp_path / "newest.zip", replace=True) == newest
    assert StoredValue.objects.get(assessment=assessment, path=NAME).value == "After the copies"
    assert [row for row in stored() if row[1] != NAME] == [row for row in last if row[1] != NAME]
    assert schema.waiting() == []
    figure("damaged copies", damaged, f"5 beside {len(saved)} saves, {connection.vendor}")


def test_a_copy_that_is_damaged_or_something_else_is_refused_and_nothing_is_changed(
    assessment: Assessment, tmp_path: Path
) -> None:
    whole = tmp_path / "whole.zip"
    write_backup(whole)
    before, content = stored(), whole.read_bytes()
    damaged = {
        "cut off": content[: len(content) // 2],
        "empty": b"",
        "no copy": b"PK",
    }
    for name, data in damaged.items():
        file = tmp_path / f"{name}.zip"
        file.write_bytes(data)
        with pytest.raises(BackupFault, match=r"damaged"):
            restore_backup(file, replace=True)
    with zipfile.ZipFile(whole) as copy, zipfile.ZipFile(tmp_path / "changed.zip", "w") as changed:
        changed.writestr("about.json", copy.read("about.json"))
        changed.writestr("database", flipped(copy.read("database"), 9_000, 0))
    with pytest.raises(BackupFault, match="damaged: what it holds is not what was copied"):
        restore_backup(tmp_path / "changed.zip", replace=True)
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("about.json", "[]")
    with pytest.raises(BackupFault, match="no copy that this program made"):
        check_backup(tmp_path / "other.zip")
    with pytest.raises(BackupFault, match="There is no"):
        check_backup(tmp_path / "nowhere.zip")
    with pytest.raises(BackupFault, match="is there already"):
        write_backup(whole)
    with pytest.raises(CommandError, match="There is a database already"):
        call_command("restore", whole)
    assert stored() == before


def flipped(content: bytes, place: int, bit: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1 << bit]) + content[place + 1 :]


def test_where_a_bit_flipped_a_copy_is_refused_or_puts_back_every_byte_as_it_was_copied(
    assessment: Assessment, tmp_path: Path
) -> None:
    """Nobody knows which bit of packed data means nothing; zlib's own errors once came out as they were."""
    whole, file = tmp_path / "whole.zip", tmp_path / "flipped.zip"
    about, content = write_backup(whole), whole.read_bytes()
    with zipfile.ZipFile(whole) as copy:
        database = copy.read("database")
    places = [*range(60), *Random(13).sample(range(60, len(content) - 220), 180), *range(-220, 0)]
    refused = 0
    for place in places:
        file.write_bytes(flipped(content, place % len(content), place % 8))
        try:
            assert check_backup(file) == about, place
            with zipfile.ZipFile(file) as copy:
                assert copy.read("database") == database, place
        except BackupFault:
            refused += 1
    assert refused > len(places) // 2, f"{refused} of {len(places)}"


def test_a_newer_database_is_neither_restored_nor_started_with(assessment: Assessment, tmp_path: Path) -> None:
    """Old code on a newer database said that there was nothing to apply, and failed at the first sign-in."""
    newer = MigrationRecorder.Migration.objects.create(app="assessments", name="9999_of_tomorrow")
    write_backup(tmp_path / "newer.zip")
    try:
        for refused in (schema.refuse_newer, schema.refuse_other):
            with pytest.raises(schema.OtherSchema, match=r"newer than this program: it has assessments\.9999"):
                refused()
        with pytest.raises(CommandError, match="newer than this program"):
            call_command("migrate", verbosity=0)
    finally:
        newer.delete()
    with pytest.raises(BackupFault, match=r"newer\.zip is newer than this program"):
        restore_backup(tmp_path / "newer.zip", replace=True)


def test_before_the_database_changes_a_copy_is_taken(assessment: Assessment, tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    last = MigrationRecorder.Migration.objects.filter(app="assessments").latest("pk")
    call_command("migrate", verbosity=0)
    assert not (tmp_path / "before-updates").exists(), "nothing was to be changed"
    last.delete()
    try:
        with pytest.raises(schema.OtherSchema, match="not up to date: 1 changes wait"):
            schema.refuse_other()
        call_command("migrate", last.app, last.name, fake=True, verbosity=0)
        (copy,) = (tmp_path / "before-updates").iterdir()
        assert ("assessments", last.name) not in check_backup(copy).migrations
    finally:
        MigrationRecorder.Migration.objects.get_or_create(app=last.app, name=last.name)


@pytest.mark.skipif("os.environ.get('DATABASE_URL')", reason="a file beside the database is SQLite's")
def test_what_a_crash_left_beside_the_database_does_not_undo_what_is_put_back(
    assessment: Assessment, tmp_path: Path
) -> None:
    """A copy laid over a database whose `-wal` was left by a crash was undone silently, and its index was corrupt."""
    rename(assessment, "As it was copied")
    write_backup(tmp_path / "copy.zip")
    rename(assessment, "After the copy")
    file = Path(connection.settings_dict["NAME"])
    log = file.with_name(f"{file.name}-wal")
    crashed = log.read_bytes()
    connection.close()
    log.write_bytes(crashed)
    restore_backup(tmp_path / "copy.zip", replace=True)
    assert StoredValue.objects.get(assessment=assessment, path=NAME).value == "As it was copied"
    with closing(sqlite3.connect(file)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert list(file.parent.glob(f"{file.name}.before-restore-*")), "what was there is kept"


@pytest.mark.skipif("os.environ.get('DATABASE_URL')", reason="a file beside the database is SQLite's")
def test_a_copy_comes_back_over_a_database_that_cannot_be_opened_any_more(
    assessment: Assessment, tmp_path: Path
) -> None:
    """That is what a copy is for; whether the copy is newer than the program was asked of what lay there."""
    rename(assessment, "As it was copied")
    write_backup(tmp_path / "copy.zip")
    connection.close()
    Path(connection.settings_dict["NAME"]).write_bytes(b"no database" * 1000)
    restore_backup(tmp_path / "copy.zip", replace=True)
    assert StoredValue.objects.get(assessment=assessment, path=NAME).value == "As it was copied"


@pytest.mark.skipif("os.environ.get('DATABASE_URL')", reason="PostgreSQL waits for its own locks")
def test_while_somebody_writes_nothing_is_put_in_the_place_of_the_database(
    assessment: Assessment, tmp_path: Path
) -> None:
    write_backup(tmp_path / "copy.zip")
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as site:
        site.execute("BEGIN IMMEDIATE")
        with pytest.raises(BackupFault, match="The site is running"):
            restore_backup(tmp_path / "copy.zip", replace=True)


def test_the_command_says_what_a_copy_holds_and_that_the_keys_are_not_in_it(
    assessment: Assessment, tmp_path: Path
) -> None:
    said = StringIO()
    call_command("backup", tmp_path / "copy.zip", stdout=said)
    call_command("backup", "--check", tmp_path / "copy.zip", stdout=said)
    assert said.getvalue().count("rows in") == 2
    assert "The secret key is not in it" in said.getvalue()
    assert (tmp_path / "copy.zip").stat().st_mode & 0o077 == 0
