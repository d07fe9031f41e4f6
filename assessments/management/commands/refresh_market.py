"""Takes a reviewed file of the market into force. Without --reviewed-by it only shows what would change.

manage.py refresh_market FILE                        checks the file, and shows what it changes
manage.py refresh_market FILE --reviewed-by NAME     stores it; NAME is who has looked through it

Nothing is fetched. Signed decisions that rest on what has moved are named: whoever is concerned finds them under
"Waiting".
"""

import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from assessments.presenters.market_changes import market_changes
from assessments.services.market import MarketRefused, checked, current_market, take_over
from assessments.services.sign_off_due import decisions_due
from assessments.services.stale_watch import tell_of_stale

MOST_BYTES = 5_000_000


class Command(BaseCommand):
    help = "Takes a reviewed file of the market into force, or shows what it would change"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a file in the format of framework/v1/market.toml")
        parser.add_argument("--reviewed-by", default="", help="who has looked through it; without it nothing is stored")

    def handle(self, *args: Any, file: str, reviewed_by: str, **options: Any) -> None:
        try:
            with Path(file).open("rb") as stream:
                data = stream.read(MOST_BYTES + 1)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        if len(data) > MOST_BYTES:
            raise CommandError(f"{file}: larger than {MOST_BYTES:,} bytes")
        if not (reviewer := " ".join(reviewed_by.split())[:200]) and reviewed_by:
            raise CommandError("--reviewed-by takes the name of a person")
        try:
            market = checked(data)
        except MarketRefused as refused:
            self.stderr.write("\n".join(refused.sentences))
            raise SystemExit(1) from None
        changes = market_changes(current_market(), market)
        self.stdout.write("\n".join(changes) or "Nothing changes.")
        self.stdout.write(f"SHA-256 {hashlib.sha256(data).hexdigest()}")
        if not reviewer:
            self.stdout.write("Nothing was stored. Look through it, then name yourself with --reviewed-by.")
            return
        take_over(data, reviewed_by=reviewer)
        self.stdout.write(f"Stored, reviewed by {reviewer}. Running servers take it over within a minute.")
        for name, reasons in decisions_due(timezone.localdate()):
            self.stdout.write(f"Signed decision {name} wants another look: {' '.join(reasons)}")
        tell_of_stale(timezone.localdate())
