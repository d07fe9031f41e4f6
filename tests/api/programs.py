"""Programs that ask: a client that sends a token and nothing else."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

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
        return client.generic(method, ROOT + path, **_body(sent), headers={**more, **headers})

    def get(self, path: str, **headers: str) -> Any:
        return self.ask("GET", path, **headers)

    def post(self, path: str, sent: Any = None, **headers: str) -> Any:
        return self.ask("POST", path, {} if sent is None else sent, **headers)

    def patch(self, path: str, sent: Any, **headers: str) -> Any:
        return self.ask("PATCH", path, sent, **headers)


@dataclass(frozen=True)
class Files:
    """Files as a form sends them, by their names."""

    contents: Mapping[str, bytes]


@dataclass(frozen=True)
class Body:
    """Bytes as they stand, with what they say they are."""

    content: bytes
    content_type: str


def _body(sent: Any) -> dict[str, Any]:
    if sent is None:
        return {}
    if isinstance(sent, Body):
        return {"data": sent.content, "content_type": sent.content_type}
    if isinstance(sent, Files):
        files = [SimpleUploadedFile(name, content) for name, content in sent.contents.items()]
        return {"data": encode_multipart(BOUNDARY, {"files": files}), "content_type": MULTIPART_CONTENT}
    data = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
    return {"data": data, "content_type": "application/json"}


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
