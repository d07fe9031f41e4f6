"""For maintainers: writes the market anew, with today's prices of genai-prices and the ends that a provider names.

manage.py renew_market NEW.toml                                     prices only
manage.py renew_market NEW.toml --ends FILE --provider openai       and the ends in FILE

FILE is the answer of the provider's list of models as it was saved: JSON with `data`, each entry with `id` and perhaps
`shutdown_date`. Nothing is fetched. What is written is for review, and then for refresh_market or for the repository.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from assessments.engine.economics.market_renewal import ends_in, renewed
from assessments.framework.market_file import market_text
from assessments.presenters.market_changes import market_changes
from assessments.services.market import current_market


class Command(BaseCommand):
    help = "Writes the market with today's prices of the price library, for review"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="what to write")
        parser.add_argument("--ends", default="", help="a provider's saved list of its models, as JSON")
        parser.add_argument("--provider", default="", help="whose list it is, by its key in the price library")

    def handle(self, *args: Any, file: str, ends: str, provider: str, **options: Any) -> None:
        if bool(ends) != bool(provider):
            raise CommandError("--ends and --provider belong together")
        market = current_market()
        try:
            found = ends_in(json.loads(Path(ends).read_bytes())) if ends else {}
            new = renewed(market, timezone.localdate(), provider=provider, ends=found)
            Path(file).write_text(market_text(new), encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from None
        except ValueError as error:
            raise CommandError(f"{ends}: {error}") from None
        self.stdout.write("\n".join(market_changes(market, new)) or "Nothing changes but the day.")
