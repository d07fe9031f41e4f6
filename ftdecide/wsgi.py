"""The entry point for a WSGI server."""

import json
import os
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils import timezone

if TYPE_CHECKING:
    from assessments.framework import Framework

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ftdecide.settings")
application = get_wsgi_application()


def _load_everything() -> None:
    """Views, what they decide with, and templates, once for all workers: else each one's first pages wait for it."""
    from assessments.framework import load_framework
    from assessments.services.report import pdf_is_available

    _draw_charts(load_framework())
    pdf_is_available()
    _ = get_resolver().url_patterns
    folder = settings.BASE_DIR / "templates"
    for template in sorted(folder.rglob("*.html")):
        get_template(str(template.relative_to(folder)))


def _draw_charts(framework: "Framework") -> None:
    """Of an example. Plotly reads in each kind of figure when it is first asked for, some 14 MB of them."""
    from assessments.presenters.money.chances import present_chances
    from assessments.presenters.money.section import present_money
    from assessments.services.answer_sheet import sheet_of_document

    example = settings.BASE_DIR / "assessments" / "examples" / "task_api.json"
    sheet = sheet_of_document(framework, json.loads(example.read_bytes()))
    present_money(sheet.decision, sheet.counted, timezone.localdate())
    present_chances(sheet.decision)


_load_everything()
