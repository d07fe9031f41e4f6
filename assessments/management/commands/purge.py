"""Removes for good what was deleted more than a week ago."""

from typing import Any

from django.core.management.base import BaseCommand

from assessments.services.leaving import purge


class Command(BaseCommand):
    help = "Removes assessments, workspaces and accounts for good that were deleted more than a week ago."

    def handle(self, *args: Any, **options: Any) -> None:
        gone = purge()
        self.stdout.write(f"assessments={gone.assessments} workspaces={gone.workspaces} accounts={gone.accounts}")
