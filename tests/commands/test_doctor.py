"""`manage.py doctor` says in plain sentences what is wrong, and the server refuses SQLite on a network share."""

from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from ftdecide import shares

KEY = "q7Zt_9vKx2Lm-Wp4Rb8Ny6Hd3Jf5Gc1S"
NFS = "36 25 0:32 / {0} rw - {1} server:/export rw\n"
ROOT = "25 1 8:1 / / rw - ext4 /dev/sda1 rw\n"


@pytest.fixture(autouse=True)
def well(db: None, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.SECRET_KEY, settings.AUDIT_KEY = tmp_path, KEY, KEY[::-1]


def told() -> tuple[bool, str]:
    """Whether nothing is wrong, and what is said."""
    out = StringIO()
    try:
        call_command("doctor", stdout=out)
    except CommandError as fault:
        return False, f"{out.getvalue()}{fault}"
    return True, out.getvalue()


def test_a_site_that_is_well(settings: Any) -> None:
    well, words = told()
    assert well, words
    assert "WRONG" not in words


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SITE_URL", "http://decide.example.org", "cookies and passwords cross the network unprotected"),
        ("SITE_URL", "decide.example.org", "FTDECIDE_URL must be a scheme and a host"),
        ("SITE_URL", "https://127.0.0.1:9", "cannot be reached from here"),
        ("SECRET_KEY", "change-me-change-me-change-me-change-me", "SECRET_KEY can be guessed"),
        ("DEBUG", True, "DEBUG shows secrets to visitors"),
        ("DATA_DIR", Path("/nowhere/at/all"), "cannot be written to"),
        (
            "MAIL_SERVER",
            {"host": "127.0.0.1", "port": 9, "use_ssl": False, "use_tls": False, "user": ""},
            "does not take mail",
        ),
    ],
)
def test_what_is_wrong_is_named(settings: Any, name: str, value: Any, words: str) -> None:
    setattr(settings, name, value)
    well, said = told()
    assert (well, words in said) == (False, True), said


def test_a_database_that_does_not_answer_and_missing_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        patch("assessments.management.commands.doctor.refuse_other", side_effect=DatabaseError("gone")),
        patch("assessments.management.commands.doctor.pdf_is_available", return_value=False),
    ):
        well, said = told()
    assert not well
    assert "The database does not answer: gone" in said
    assert "Pango is missing" in said
    assert "2 things are wrong" in said


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs", "smb3"])
def test_sqlite_on_a_network_share_does_not_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(ROOT + NFS.format("/srv/share", kind))
    monkeypatch.setattr(shares, "MOUNTS", mounts)
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": "/srv/share/var/ftdecide.sqlite3"}
    assert f"network share ({kind})" in shares.refusal(database)
    assert shares.refusal(database | {"NAME": "/srv/shared/ftdecide.sqlite3"}) == ""
    assert shares.refusal(database | {"ENGINE": "django.db.backends.postgresql"}) == ""
    monkeypatch.setenv("SQLITE_ON_SHARE", "1")
    assert shares.refusal(database) == ""
