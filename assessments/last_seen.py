"""Now and then keeps that a browser in which somebody is signed in was used."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .services import sign_ins


def last_seen(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Afterwards, so that a page that asks who is there has asked already."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        sign_ins.see(request)
        return response

    return respond
