"""All published cases, narrowed by what somebody looks for."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from assessments.framework import load_framework
from assessments.http import HtmxHttpRequest
from assessments.presenters.precedents import present_precedents


@require_safe
def precedents(request: HtmxHttpRequest) -> HttpResponse:
    page = present_precedents(load_framework(), request.GET.dict())
    context = {"nav": "precedents", "page": page}
    if request.htmx and not request.htmx.history_restore_request:
        response = render(request, "assessments/precedents.html#swap", context)
        address = reverse("precedents")
        push_url(response, f"{address}?{urlencode(page.chosen)}" if page.chosen else address)
    else:
        response = render(request, "assessments/precedents.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response
