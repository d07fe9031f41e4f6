"""The least that a save and a page could take: the same middleware, one write, or one read and the base page."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django.utils import timezone

from assessments.models import Assessment
from ftdecide.urls import urlpatterns as site

PAGE = '{% extends "base.html" %}{% block main %}<h1>{{ assessment.id }}</h1>{% endblock %}'


def one_write(request: HttpRequest, assessment_id: str) -> HttpResponse:
    Assessment.objects.filter(pk=assessment_id).update(changed_at=timezone.now())
    return HttpResponse()


def one_read(request: HttpRequest, assessment_id: str) -> HttpResponse:
    assessment = Assessment.objects.get(pk=assessment_id)
    return HttpResponse(template().render({"assessment": assessment}, request))


kept: list = []


def template():
    """The page, read once, as the cached loader does for pages in files."""
    if not kept:
        kept.append(engines["django"].from_string(PAGE))
    return kept[0]


urlpatterns = [
    path("floor/<str:assessment_id>/write/", one_write, name="floor_write"),
    path("floor/<str:assessment_id>/read/", one_read, name="floor_read"),
    *site,
]
