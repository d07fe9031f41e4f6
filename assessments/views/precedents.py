"""All published cases, narrowed by what somebody looks for."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from assessments.http import HtmxHttpRequest
from assessments.pages.context import Context, render_page
from assessments.presenters.precedents import PrecedentsView, present_precedents
from assessments.services.own_frameworks import framework_at


@dataclass(frozen=True, slots=True, kw_only=True)
class PrecedentsPage(Context):
    """The published cases that somebody looks for."""

    template = "assessments/precedents.html"
    nav = "precedents"
    page: PrecedentsView


@require_safe
def precedents(request: HtmxHttpRequest) -> HttpResponse:
    found = present_precedents(framework_at(), request.GET.dict())
    page = PrecedentsPage(page=found)
    if request.htmx and not request.htmx.history_restore_request:
        response = render_page(request, page, part="swap")
        address = reverse("precedents")
        push_url(response, f"{address}?{urlencode(found.chosen)}" if found.chosen else address)
    else:
        response = render_page(request, page)
    patch_vary_headers(response, ["HX-Request"])
    return response
