"""Puts a copy that `backup` made in the place of the database. Stop the site first.

manage.py restore FILE              where there is no database yet
manage.py restore --replace FILE    in the place of the one that is there
"""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.services.backup import BackupFault, restore_backup


class Command(BaseCommand):
    help = "Puts a copy that `backup` made in the place of the database. Stop the site first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="in the place of the database that is there")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = restore_backup(options["file"], replace=options["replace"])
        except BackupFault as fault:
            raise CommandError(str(fault)) from None
        call_command("migrate", verbosity=0, without_copy=True)
        self.stdout.write(f"Restored: {found.row_count} rows, of {found.made_at:%d %B %Y %H:%M} UTC. Start the site.")
