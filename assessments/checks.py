"""What `manage.py check` looks at: the framework data loads, and the PDF can be drawn."""

from typing import Any

from django.core.checks import CheckMessage, Error, Warning, register

from .framework import FrameworkError, load_framework
from .services.report import HOW_TO_INSTALL, pdf_is_available


@register()
def framework_loads(**kwargs: Any) -> list[CheckMessage]:
    try:
        load_framework()
    except FrameworkError as error:
        return [Error(str(error), id="assessments.E001")]
    return []


@register()
def pdf_can_be_drawn(**kwargs: Any) -> list[CheckMessage]:
    if pdf_is_available():
        return []
    return [Warning("PDF export is switched off.", hint=HOW_TO_INSTALL, id="assessments.W001")]
