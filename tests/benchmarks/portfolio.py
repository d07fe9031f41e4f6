"""A portfolio of 10,000 use cases against one of 20.

Alone: python -m tests.benchmarks portfolio
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.cache import caches
from django.test import Client, override_settings
from django.utils import timezone

from assessments.framework import load_framework
from assessments.models import Assessment, ListEntry, User, Workspace
from assessments.models.assessment import new_id
from assessments.services import people

from .measure import line, medians

MANY, FEW = 10_000, 20
BOUND = 2
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGES = {
    "as it opens": "",
    "ordered by payback": "?order=payback",
    "ordered by name, the last page": "?order=name&page=last",
    "searched by name": "?q=e",
}


def run() -> None:
    user = User.objects.create_user("bench@example.org", name="Bench")
    few, many = (people.start_workspace(user, name).workspace for name in ("Few", "Many"))
    fill(few, FEW)
    fill(many, MANY)
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        clients = {workspace.pk: Client() for workspace in (few, many)}
        for client in clients.values():
            client.force_login(user, backend=BACKEND)

        def open_page(workspace: Workspace, address: str) -> None:
            address = address.replace("last", str(MANY // 20 if workspace == many else 1))
            assert clients[workspace.pk].get(f"/w/{workspace.pk}/{address}").status_code == 200

        def change_and_open(address: str) -> None:
            """As after a change by somebody else: everything is counted and put in order anew."""
            caches["results"].clear()
            open_page(many, address)

        for name, address in PAGES.items():
            took = medians(
                {
                    "few": lambda address=address: open_page(few, address),  # type: ignore[misc]
                    "many": lambda address=address: open_page(many, address),  # type: ignore[misc]
                },
                times=30,
            )
            took |= medians({"changed": lambda address=address: change_and_open(address)}, times=10)  # type: ignore[misc]
            ms = f"{took['many']:.1f} ms / {took['few']:.1f} ms; {took['changed']:.1f} ms after a change"
            line(f"portfolio of {MANY:,} / of {FEW}, {name}", took["many"] / took["few"], "", BOUND, ms)


def fill(workspace: Workspace, count: int) -> None:
    """So many assessments of all kinds, with where they stand, as if all had been worked out."""
    made = [*_assessments(workspace, count)]
    Assessment.objects.bulk_create(made, batch_size=500)
    ListEntry.objects.bulk_create((_list_entry(one, number) for number, one in enumerate(made)), batch_size=500)


def _assessments(workspace: Workspace, count: int) -> Iterator[Assessment]:
    now, framework = timezone.now(), load_framework()
    for number in range(count):
        at: datetime = now - timedelta(hours=1, minutes=number)
        yield Assessment(
            pk=new_id(),
            workspace=workspace,
            framework=framework.key,
            created_at=at,
            changed_at=at,
            list_entry_is_old=False,
        )


def _list_entry(assessment: Assessment, number: int) -> ListEntry:
    framework, chance = load_framework(), random.Random(number)
    kinds = [option.value for option in framework.questions["task_kind"].options]
    pays = chance.random() < 0.7
    return ListEntry(
        assessment=assessment,
        workspace_id=assessment.workspace_id,  # type: ignore[misc]
        at=assessment.changed_at,
        name=f"{chance.choice(('Refund replies', 'Ticket routing', 'Contract clauses', 'Call notes'))} {number}",
        task_kind=chance.choice(kinds),
        approach=chance.choice(list(framework.approach)),
        action=chance.choice(("go", "pilot", "fix_first", "use_other_lever", "keep")),
        leaf=chance.choice(list(framework.leaf)),
        settled=chance.random() < 0.5,
        ceiling=chance.choice(("yes", "no", "open")),
        ceiling_met=chance.randrange(6),
        reasons_for=chance.randrange(7),
        reasons_against=chance.randrange(6),
        labelled=chance.choice((None, chance.randrange(5000))),
        payback_months=chance.uniform(1, 40) if pays else None,
        has_costs=pays or chance.random() < 0.5,
        answered=chance.choice((54, chance.randrange(54))),
        questions=54,
    )
