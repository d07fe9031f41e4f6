"""Webhooks, and a receiver that keeps what is sent to it."""

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.utils import timezone

from assessments.forms.webhooks import TOLD
from assessments.models import DeliveryState, User, Webhook, WebhookDelivery, WebhookEvent, Workspace
from assessments.models.webhook import MOST_GIVEN_UP
from assessments.services import keys, queue, webhook_sending
from assessments.services.webhooks import make_webhook

EVERY_EVENT = [event.value for event in TOLD]
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


class Receiver:
    """What came in, and what is answered: a status, or whatever `answer` does with the request."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], str]] = []
        self.answer: Callable[[BaseHTTPRequestHandler], None] | int = 200
        self.url = ""

    @property
    def types(self) -> list[str]:
        return [json.loads(body)["type"] for _, body in self.got]

    @property
    def data(self) -> Any:
        """What the last message tells."""
        return json.loads(self.got[-1][1])["data"]


@contextmanager
def receiving(address: str = "127.0.0.1", *, port: int = 0, tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            receiver.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            if callable(receiver.answer):
                receiver.answer(self)
                return
            self.send_response(receiver.answer)
            self.send_header("Location", receiver.url)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer((address, port), Handler)
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    receiver.url = f"http://{address}:{server.server_port}/hooks?of=ours"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()


def a_hook(workspace: Workspace, url: str, *events: str, actor: User | None = None) -> Webhook:
    """A webhook that is told of these, or of everything."""
    who = actor or workspace.memberships.select_related("user").earliest("pk").user
    make_webhook(workspace, who, name="register", url=url, events=events or EVERY_EVENT)
    webhook = workspace.webhooks.latest("pk")
    Webhook.objects.filter(pk=webhook.pk).update(secret=keys.lock("webhooks", SECRET))
    return webhook


def a_webhook(workspace: Workspace, *, name: str = "register") -> Webhook:
    """One that was paused because nobody took its messages, with a message in each state."""
    webhook = a_hook(workspace, "https://hooks.example.org/decisions")
    states = [(DeliveryState.WAITING, 0, None, ""), (DeliveryState.WAITING, 2, 503, "refused")]
    states += [(DeliveryState.TAKEN, 1, 204, ""), (DeliveryState.GIVEN_UP, 13, None, "address")]
    for event, (state, tries, status, told) in zip(WebhookEvent, states, strict=False):
        WebhookDelivery.objects.create(
            webhook=webhook, event=event, body="{}", state=state, tries=tries, status=status, told=told
        )
    Webhook.objects.filter(pk=webhook.pk).update(name=name, paused_at=timezone.now(), given_up=MOST_GIVEN_UP)
    webhook.refresh_from_db()
    return webhook


def send_all() -> None:
    """The queue does what is due."""
    assert any(kind.work is webhook_sending._send for kind in queue._kinds)
    queue.work_off(WebhookDelivery)


def let_time_pass(**time: float) -> None:
    """As if all this had been written, tried and put off so much earlier."""
    for one in WebhookDelivery.objects.all():
        back = {name: getattr(one, name) - timedelta(**time) for name in ("since", "due_at")}
        WebhookDelivery.objects.filter(pk=one.pk).update(**back)


def drip(handler: BaseHTTPRequestHandler, head: bytes, drop: bytes) -> None:
    """A beginning, and then a little more again and again."""
    try:
        handler.wfile.write(head)
        while True:
            handler.wfile.write(drop)
            handler.wfile.flush()
            time.sleep(0.02)
    except OSError:
        pass
