"""Removes for good what was deleted more than a week ago, files nobody decided on, and sessions that ran out."""

from typing import Any

from django.core.management.base import BaseCommand

from assessments.services import drawings
from assessments.services.evidence_files import sweep
from assessments.services.leaving import purge
from assessments.services.sign_ins import forget_ended


class Command(BaseCommand):
    help = "Removes for good what was deleted more than a week ago, files nobody decided on, and sessions that ran out."

    def handle(self, *args: Any, **options: Any) -> None:
        gone, sessions, files, pdfs = purge(), forget_ended(), sweep(), drawings.sweep()
        self.stdout.write(
            f"assessments={gone.assessments} workspaces={gone.workspaces} accounts={gone.accounts} "
            f"sessions={sessions} files={files} drawings={pdfs}"
        )
