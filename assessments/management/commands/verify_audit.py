"""Checks the audit trail, event by event. Exit status 1 where something is not as it was recorded.

manage.py verify_audit                    every chain
manage.py verify_audit --chain ID         one chain: a workspace's id, an assessment's own, or site
manage.py verify_audit --head HEX         a seal printed in a report must be there: else an end was cut off
"""

import re
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.services import audit


class Command(BaseCommand):
    help = "Checks the audit trail, event by event"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--chain", default="", help="the id of one chain")
        parser.add_argument("--head", default="", help="a seal that a report prints, 64 hexadecimal digits")

    def handle(self, *args: Any, **options: Any) -> None:
        head = re.sub(r"\s", "", options["head"]).lower()
        if head and not re.fullmatch(r"[0-9a-f]{64}", head):
            raise CommandError("--head takes the 64 hexadecimal digits that a report prints.")
        names = audit.chains()
        chosen = options["chain"]
        if chosen and chosen not in names and not head:
            raise CommandError(f"There is no chain {chosen}.")
        broken = self._verify([chosen] if chosen else names, head if chosen else "")
        if head and not chosen:
            broken += self._find(head)
        if broken:
            raise SystemExit(1)

    def _verify(self, names: list[str], head: str) -> int:
        """Says of each chain whether it holds, and how many faults there are in all."""
        total = 0
        for name in names:
            faults = list(audit.faults(name, head=head))
            for fault in faults:
                self.stdout.write(f"Chain {name}, event {fault.sequence}: {fault.sentence}.")
            if not faults:
                end = audit.head_of(name)
                self.stdout.write(f"Chain {name}: {end.sequence if end else 0} events, unbroken.")
                self.stdout.write(f"  head {end.mac if end else ''}")
            total += len(faults)
        if not names:
            self.stdout.write("There are no events yet.")
        return total

    def _find(self, head: str) -> int:
        chain = audit.chain_with(head)
        if chain is None:
            self.stdout.write("The printed head is in no chain: the end of one was cut off, or a whole chain removed.")
            return 1
        self.stdout.write(f"The printed head is in chain {chain}.")
        return 0
