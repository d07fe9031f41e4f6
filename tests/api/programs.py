"""Programs that ask: a client that sends a token and nothing else."""

import json
from datetime import timedelta
from typing import Any

from django.test import Client

from assessments.models import AccessToken, User, Workspace
from assessments.services.tokens import make_token

ROOT = "/api/v1/"


class Program:
    """Sends a token with every request, and keeps no cookie."""

    def __init__(self, secret: str):
        self.secret = secret

    def ask(self, method: str, path: str, sent: Any = None, **headers: str) -> Any:
        client = Client(raise_request_exception=False)
        more = {"Authorization": f"Bearer {self.secret}"} if self.secret else {}
        kind: dict[str, Any] = {} if sent is None else {"data": sent, "content_type": "application/json"}
        return client.generic(method, ROOT + path, **_body(kind), headers={**more, **headers})

    def get(self, path: str, **headers: str) -> Any:
        return self.ask("GET", path, **headers)

    def post(self, path: str, sent: Any = None, **headers: str) -> Any:
        return self.ask("POST", path, {} if sent is None else sent, **headers)

    def patch(self, path: str, sent: Any, **headers: str) -> Any:
        return self.ask("PATCH", path, sent, **headers)


def _body(kind: dict[str, Any]) -> dict[str, Any]:
    if not kind:
        return {}
    data = kind["data"]
    return {"data": data if isinstance(data, bytes) else json.dumps(data).encode(), "content_type": "application/json"}


def program_of(
    user: User,
    workspace: Workspace,
    *,
    may_write: bool = True,
    may_share: bool = True,
    name: str = "pipeline",
    life: timedelta = timedelta(days=90),
) -> Program:
    membership = workspace.memberships.select_related("workspace", "user").get(user=user)
    return Program(make_token(membership, name=name, may_write=may_write, may_share=may_share, life=life))


def token_of(program: Program) -> AccessToken:
    return AccessToken.objects.get(token_digest=AccessToken.digest(program.secret))
