"""Django's `migrate`, with a copy of the database before it changes, and a refusal where the database is newer.

manage.py migrate --without-copy    where a copy was taken by other means
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate

from assessments.services.backup import BackupFault, write_backup
from assessments.services.schema import OtherSchema, applied, refuse_newer, waiting

KEPT = 5
"""So many copies from before a change stay; older ones go."""


class Command(migrate.Command):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--without-copy", action="store_true", help="take no copy of the database before")

    def handle(self, *args: Any, without_copy: bool = False, **options: Any) -> None:
        if options["database"] == "default":
            try:
                refuse_newer()
                if not without_copy and applied() and waiting():
                    self._copy(options["verbosity"])
            except (OtherSchema, BackupFault) as fault:
                raise CommandError(str(fault)) from None
        super().handle(*args, **options)

    def _copy(self, verbosity: int) -> None:
        folder = Path(settings.DATA_DIR) / "before-updates"
        file = folder / f"{datetime.now(UTC):%Y%m%d-%H%M%S}.zip"
        write_backup(file)
        if verbosity:
            self.stdout.write(f"A copy of the database as it was: {file}")
        for old in sorted(folder.glob("*.zip"))[:-KEPT]:
            old.unlink()
