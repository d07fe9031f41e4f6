"""How agents reach the server: as a program that they start, or over HTTP with a token of their person."""

import asyncio
from socket import socket
from typing import Any
from urllib.parse import urlsplit

import msgspec
import uvicorn
from django.conf import settings
from django.db import close_old_connections
from mcp.server.auth.provider import AccessToken as Bearer
from mcp.server.auth.settings import AuthSettings
from mcp.server.stdio import stdio_server
from mcp.server.transport_security import TransportSecuritySettings

from assessments.api.door import refuse_beside_cookie, refuse_in_address
from assessments.pages.problem import PROBLEM, NotDone, Problem
from assessments.services import tokens

from .asking import Asker, ByToken, WithoutAccount
from .server import Context, server

PATH = "/mcp"
_LARGEST_REQUEST = 2_000_000
"""Bytes. A document of 1 MB, with what stands around it."""
_PASSED_ON = "X-Forwarded-For"


async def serve_here(token: str) -> None:
    """Over standard input and output, until the agent closes them."""
    asker: Asker = ByToken(token=token) if token else WithoutAccount()
    own = server(lambda _: asker)
    async with stdio_server() as (read, write):
        await own.run(read, write, own.create_initialization_options())


async def serve_over_http(listening: socket) -> None:
    host, port = listening.getsockname()[:2]
    config = uvicorn.Config(
        application(host, port), log_config=None, access_log=False, server_header=False, proxy_headers=False
    )
    await uvicorn.Server(config).serve(sockets=[listening])


def application(host: str, port: int) -> Any:
    """Every request stands alone, so that a token that was revoked opens nothing any more, at once."""
    app = server(_asker_of).streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        max_request_body_size=_LARGEST_REQUEST,
        transport_security=TransportSecuritySettings(allowed_hosts=_hosts(host, port), allowed_origins=_origins(port)),
        host=host,
        auth=AuthSettings.model_validate({"issuer_url": _site(port), "resource_server_url": None}),
        token_verifier=_HouseTokens(),
    )
    return _alone(app)


def _alone(app: Any) -> Any:
    """Refuses a token in an address, and a cookie, as the interface does."""

    async def serve(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            try:
                refuse_in_address(f"{scope['path']}?{scope['query_string'].decode('latin-1')}")
                refuse_beside_cookie(dict(scope["headers"]).get(b"cookie", b"").decode("latin-1"))
            except NotDone as refused:
                await _send_refusal(refused.problem, send)
                return
        await app(scope, receive, send)

    return serve


async def _send_refusal(problem: Problem, send: Any) -> None:
    headers = [(b"content-type", PROBLEM.encode())]
    await send({"type": "http.response.start", "status": problem.status, "headers": headers})
    await send({"type": "http.response.body", "body": msgspec.json.encode(problem)})


def _site(port: int) -> str:
    return settings.SITE_URL or f"http://127.0.0.1:{port}"


def _hosts(host: str, port: int) -> list[str]:
    """What a request may call this server: else a page elsewhere could have its name resolved to this machine."""
    own = [f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")]
    site = urlsplit(settings.SITE_URL).netloc
    return [*own, f"{host}:{port}", *([site] if site else [])]


def _origins(port: int) -> list[str]:
    """Pages whose scripts may ask: none but the site's own and those of this machine at this port."""
    own = [f"http://{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")]
    return [*own, *([settings.SITE_URL] if settings.SITE_URL else [])]


class _HouseTokens:
    """Looks a token up as the interface does: what is unknown, paused, revoked or over is refused alike."""

    async def verify_token(self, token: str) -> Bearer | None:
        known = await asyncio.to_thread(_is_live, token)
        return Bearer(token=token, client_id="token", scopes=[]) if known else None


def _is_live(token: str) -> bool:
    close_old_connections()
    try:
        return tokens.live_token(token.strip()) is not None
    finally:
        close_old_connections()


def _asker_of(context: Context) -> Asker:
    request: Any = context.request
    _, _, token = request.headers.get("authorization", "").partition(" ")
    passed_on = {name: request.headers[name] for name in (_PASSED_ON,) if name in request.headers}
    address = request.client.host if request.client else "127.0.0.1"
    return ByToken(token=token.strip(), address=address, passed_on=passed_on)
