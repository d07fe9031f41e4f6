"""Journeys run in a real browser against the real server. Nothing may go wrong unseen on the way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError, expect

from .server import CHROMIUM_ARGUMENTS, chromium, from_elsewhere, prepared_once, real_server

# A violation is told in the console too, in words that differ between browsers.
TELL_VIOLATIONS = """addEventListener("securitypolicyviolation", (event) =>
    console.error(`securitypolicyviolation: ${event.violatedDirective} ${event.blockedURI}`))"""

expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong


@dataclass
class Watch:
    """Everything that must not happen in a browser and did: errors, policy violations, foreign requests."""

    server: str
    problems: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def allow(self, *statuses: int) -> None:
        """Answers with these statuses belong to the test; 0 is a connection that breaks."""
        for status in statuses:
            if status:
                self.allowed += f"status of {status}", f"Error Code {status}"
            else:
                self.allowed += "net::ERR_", "htmx:sendError", "htmx:sendAbort", "htmx:afterRequest"

    def follow(self, context: BrowserContext) -> None:
        context.add_init_script(TELL_VIOLATIONS)
        context.on("console", self._console)
        context.on("weberror", self._page_error)
        context.on("request", self._request)

    def unexpected(self) -> list[str]:
        return [told for told in self.problems if not any(words in told for words in self.allowed)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"{message.text} ({message.location.get('url', '')})")

    def _page_error(self, error: WebError) -> None:
        self.problems.append(f"error: {error.error}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.server}/", "data:", "blob:")):
            self.problems.append(f"foreign request: {request.url}")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with real_server(prepared_once(tmp_path_factory)) as address:
        yield address


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": chromium(), "args": CHROMIUM_ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(server: str) -> dict[str, Any]:
    return {
        "base_url": server,
        "viewport": {"width": 1280, "height": 900},
        "locale": "en-GB",
        "reduced_motion": "reduce",
    }


@pytest.fixture
def watch(server: str) -> Iterator[Watch]:
    watch = Watch(server)
    yield watch
    assert watch.unexpected() == []


@pytest.fixture
def visitor(new_context: Callable[..., BrowserContext], watch: Watch) -> Callable[..., BrowserContext]:
    """Makes another browser, which knows nothing of the first one. It is watched too."""

    def make(**options: Any) -> BrowserContext:
        context = new_context(**options, extra_http_headers=from_elsewhere())
        context.set_default_timeout(30_000)
        watch.follow(context)
        return context

    return make


@pytest.fixture
def context(visitor: Callable[..., BrowserContext]) -> BrowserContext:
    return visitor()
