"""Links that commands print."""

from django.conf import settings


def address_of(path: str) -> str:
    return f"{settings.SITE_URL or 'http://localhost:8000'}{path}"
