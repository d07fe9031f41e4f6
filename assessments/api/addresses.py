"""Addresses as programs are told them: whole, under the site's own where that is known."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


def absolute(request: HttpRequest, name: str, *arguments: object) -> str:
    path = reverse(name, args=arguments)
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)
