"""What is over goes by itself, once a day: nobody has to remember to have it taken away."""

import time
from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .services import drawings, webhooks
from .services.children import in_background
from .services.leaving import purge
from .services.limits import TIDYING, take
from .services.sign_ins import forget_ended
from .services.stale_watch import tell_of_stale

_ASK_EVERY = 3600.0
"""Seconds after which a process looks again whether somebody has tidied up today."""


def tidy_up(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Afterwards, and for one request in a day."""
    ask_at = time.monotonic() + _ASK_EVERY

    def respond(request: HttpRequest) -> HttpResponse:
        nonlocal ask_at
        response = get_response(request)
        if time.monotonic() >= ask_at:
            ask_at = time.monotonic() + _ASK_EVERY
            if take(TIDYING, "site"):
                purge()
                forget_ended()
                drawings.sweep()
                webhooks.sweep()
                in_background(partial(tell_of_stale, timezone.localdate()))
        return response

    return respond
