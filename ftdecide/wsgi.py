"""The entry point for a WSGI server."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ftdecide.settings")
application = get_wsgi_application()


def _load_everything() -> None:
    """Views, what they decide with, and templates, once for all workers: else each one's first pages wait for it."""
    from assessments.framework import load_framework
    from assessments.services.report import pdf_is_available

    load_framework()
    pdf_is_available()
    _ = get_resolver().url_patterns
    folder = settings.BASE_DIR / "templates"
    for template in sorted(folder.rglob("*.html")):
        get_template(str(template.relative_to(folder)))


_load_everything()
