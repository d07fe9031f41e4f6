"""What is done once a day: what is over goes for good, and webhooks are told of decisions that want another look."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from assessments.services import drawings, webhooks
from assessments.services.evidence_files import sweep
from assessments.services.leaving import purge
from assessments.services.sign_ins import forget_ended
from assessments.services.stale_watch import tell_of_stale


class Command(BaseCommand):
    help = "Removes what is over, and tells webhooks of decisions that want another look: once a day"

    def handle(self, *args: Any, **options: Any) -> None:
        gone, sessions, files, pdfs = purge(), forget_ended(), sweep(), drawings.sweep()
        messages, stale = webhooks.sweep(), tell_of_stale(timezone.localdate())
        self.stdout.write(
            f"assessments={gone.assessments} workspaces={gone.workspaces} accounts={gone.accounts} "
            f"sessions={sessions} files={files} drawings={pdfs} messages={messages} stale={stale}"
        )
