"""Whether the database is of this code: neither newer, with changes that this code does not know, nor behind it."""

from collections.abc import Iterable

from django.db import connection
from django.db.migrations.loader import MigrationLoader

Migration = tuple[str, str]
"""App and name."""


class OtherSchema(Exception):
    """The database does not fit this code. Says what to do."""


def applied() -> list[Migration]:
    """What was applied to the database, the oldest first; nothing where it is empty."""
    return list(MigrationLoader(connection).applied_migrations)


def waiting() -> list[Migration]:
    """What this code would still apply."""
    loader = MigrationLoader(connection)
    return [one for one in loader.disk_migrations if one not in loader.applied_migrations]


def refuse_newer(found: Iterable[Migration] | None = None) -> None:
    """Raises OtherSchema where a database, this one if none is given, has changes that this code does not know."""
    # where another one is asked about, this one may be too damaged to be read
    loader = MigrationLoader(connection if found is None else None)
    known = loader.disk_migrations
    unknown = [
        f"{app}.{name}"
        for app, name in (loader.applied_migrations if found is None else found)
        if (app, name) not in known and app in loader.migrated_apps
    ]
    if unknown:
        raise OtherSchema(
            f"The database is newer than this program: it has {unknown[-1]}, which is not known here. "
            "Start the newer program, or restore a copy from before the update."
        )


def refuse_other() -> None:
    """Raises OtherSchema where the database is newer than this code, or behind it."""
    refuse_newer()
    if behind := waiting():
        raise OtherSchema(
            f"The database is not up to date: {len(behind)} changes wait. Type: .venv/bin/python manage.py migrate"
        )
