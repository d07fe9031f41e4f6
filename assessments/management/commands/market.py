"""What of the market in force wants another look. Exit status 1 where a row is older than 60 days.

manage.py market                what is old, and what ends within 6 months
manage.py market --months N     what ends within N months
"""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from assessments.engine.economics.plan_months import month_of
from assessments.presenters.formats import day
from assessments.presenters.market import OLD_AFTER, rows_still_sold
from assessments.services.market import current_market


class Command(BaseCommand):
    help = "Says which rows of the market are old, and what ends soon"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--months", type=int, default=6, help="how far to look ahead for ends")

    def handle(self, *args: Any, months: int, **options: Any) -> None:
        market, today = current_market(), timezone.localdate()
        rows = rows_still_sold(market, today)
        self.stdout.write(f"The market of {day(market.as_of)}, {len(rows)} rows that are still sold.")
        old = sorted((as_of, name) for name, as_of, _ in rows if (today - as_of).days > OLD_AFTER)
        self.stdout.write(f"\nOlder than {OLD_AFTER} days: {len(old) or 'nothing'}")
        for as_of, name in old:
            self.stdout.write(f"  {as_of}  {name}")
        soon = sorted((ends_on, name) for name, _, ends_on in rows if ends_on and _is_soon(ends_on, today, months))
        self.stdout.write(f"\nEnds within {months} months: {len(soon) or 'nothing'}")
        for ends_on, name in soon:
            self.stdout.write(f"  {ends_on}  {name}")
        if old:
            raise SystemExit(1)


def _is_soon(ends_on: date, today: date, months: int) -> bool:
    return today <= ends_on and month_of(ends_on, starts=today) <= months
