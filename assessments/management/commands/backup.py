"""Copies the whole database into one file, while the site runs.

manage.py backup FILE             a new file, checked after it was written
manage.py backup --check FILE     reads a copy, every byte, and says what it holds
"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.services.backup import BackupFault, check_backup, write_backup


class Command(BaseCommand):
    help = "Copies the whole database into one file, while the site runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="only read a copy that is there")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            found = check_backup(file) if options["check"] else write_backup(file)
        except BackupFault as fault:
            raise CommandError(str(fault)) from None
        when = f"{found.made_at:%d %B %Y %H:%M} UTC"
        self.stdout.write(f"{file}: {found.row_count} rows in {len(found.rows)} tables, of {when}")
        self.stdout.write("The secret key is not in it. Keep SECRET_KEY and AUDIT_KEY, or the file secret_key, apart.")
