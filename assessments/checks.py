"""What `manage.py check` looks at: the framework data loads, the PDF can be drawn, addresses confirmed."""

from typing import Any

from django.conf import settings
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


@register()
def addresses_can_be_confirmed(**kwargs: Any) -> list[CheckMessage]:
    if settings.ACCOUNT_EMAIL_VERIFICATION != "mandatory" or settings.MAIL_SERVER:
        return []
    hint = "Set EMAIL_URL, or leave EMAIL_VERIFIED out."
    return [Error("No mail can be sent, so nobody could confirm an address.", hint=hint, id="assessments.E002")]
