"""All published cases, narrowed by what somebody looks for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from assessments.acts import act
from assessments.framework import load_framework
from assessments.presenters.precedents import present_precedents


@act("visit")
@require_safe
def precedents(request: HttpRequest) -> HttpResponse:
    page = present_precedents(load_framework(), request.GET.dict())
    context = {"nav": "precedents", "page": page}
    if request.htmx and not request.htmx.history_restore_request:  # type: ignore[attr-defined]
        response = render(request, "assessments/precedents.html#swap", context)
        address = reverse("precedents")
        push_url(response, f"{address}?{urlencode(page.chosen)}" if page.chosen else address)
    else:
        response = render(request, "assessments/precedents.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response
