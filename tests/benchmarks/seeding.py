"""What the measured server is filled with: one member, with a workspace of 20 assessments and one of 20,000."""

import re
from typing import Any

from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from assessments.models import Comment, User, Workspace
from assessments.services import people, sharing, tokens
from tests.documents import EXAMPLES, example_document
from tests.visits import bring_in, open_section

from .rows import fill

FEW, MANY = 20, 20_000
CLIENTS = 8
"""As many ask at once, each about an assessment of its own."""


def seed() -> dict[str, Any]:
    """What a visitor from outside has to know to ask for the pages."""
    call_command("migrate", verbosity=0)
    user = User.objects.create_user("bench@example.org", name="Bench")
    few, many = (people.start_workspace(user, name).workspace for name in ("Few", "Many"))
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get(reverse("portfolio", args=[few.pk]))
    made = [bring_in(client, example_document(EXAMPLES[n % len(EXAMPLES)])) for n in range(FEW - CLIENTS)]
    own = [bring_in(client, example_document("task_api")) for _ in range(CLIENTS)]
    fill(many, user, MANY, prefix="aaa")
    mention = Comment.objects.create(assessment=made[0], place="result", text="@Bench", author=user)
    mention.mentioned.add(user)
    assert {one.workspace_id for one in (*made, *own)} == {few.pk}
    form = open_section(client, own[0], "reasons_for")
    return {
        "session": client.cookies["sessionid"].value,
        "own": [one.pk for one in own],
        "few": few.pk,
        "many": many.pk,
        "token": sharing.make_link(own[0], user),
        "tokens": [_token(few, user, f"client {number}") for number in range(CLIENTS)],
        "form": {name: value for name, value in form.items() if re.match("brand_voice", name)},
    }


def _token(workspace: Workspace, user: User, name: str) -> str:
    """Each client has one of its own: so many changes are taken of one token in a minute."""
    membership = workspace.memberships.select_related("workspace", "user").get(user=user)
    return tokens.make_token(membership, name=name, may_write=True, may_share=False)
