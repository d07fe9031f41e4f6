"""Serves agents by the Model Context Protocol: as a program that they start, or over HTTP."""

import asyncio
import os
import re
from argparse import ArgumentParser
from contextlib import suppress
from socket import AF_INET, AF_INET6, create_server, socket
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.for_agents.serving import PATH, serve_here, serve_over_http

TOKEN = "FTDECIDE_TOKEN"
"""The token of whom a program serves that an agent starts. It is taken from nowhere else: command lines are seen."""


class Command(BaseCommand):
    help = (
        f"Serves agents by the Model Context Protocol, over standard input and output: with the token in {TOKEN} for "
        "its person, without one for what needs no account. With --http, over HTTP: every request brings its token."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--http", metavar="HOST:PORT", default="", help="such as 127.0.0.1:8001, or 8001")

    def handle(self, *args: Any, http: str, **options: Any) -> None:
        with suppress(KeyboardInterrupt):
            if not http:
                return asyncio.run(serve_here(os.environ.get(TOKEN, "").strip()))
            with _listening(http) as listening:
                host, port = listening.getsockname()[:2]
                self.stdout.write(f"Agents are served at http://{f'[{host}]' if ':' in host else host}:{port}{PATH}")
                self.stdout.flush()
                asyncio.run(serve_over_http(listening))


def _listening(text: str) -> socket:
    """What listens at HOST:PORT; without a host on this machine alone, at port 0 on any that is free."""
    found = re.fullmatch(r"(?:(.+):)?(\d{1,5})", text, re.ASCII)
    if found is None or int(found[2]) > 65_535:
        raise CommandError(f"{text[:60]} is not HOST:PORT, such as 127.0.0.1:8001")
    host, port = (found[1] or "127.0.0.1").strip("[]"), int(found[2])
    try:
        return create_server((host, port), family=AF_INET6 if ":" in host else AF_INET)
    except OSError as error:
        raise CommandError(f"{text}: {error.strerror}") from None
