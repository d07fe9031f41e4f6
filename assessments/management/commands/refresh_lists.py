"""Works out where assessments stand, for the lists of workspaces: after an update, or ahead of the first visit."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from assessments.services.list_entries import refresh


class Command(BaseCommand):
    help = "Works out where the assessments of all workspaces stand, as far as their answers have changed since."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="work out all of them, as after an update of ftdecide")

    def handle(self, *args: Any, all: bool, **options: Any) -> None:
        self.stdout.write(f"Worked out {refresh(anew=all)}")
