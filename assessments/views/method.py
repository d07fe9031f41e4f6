"""The method page: every rule, weight and threshold in force, with its source."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments.pages.context import Context, render_page
from assessments.presenters.back_test import BackTestView, present_back_test
from assessments.presenters.method import FindingRow, MethodView, present_method
from assessments.services.own_frameworks import framework_at


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodPage(Context):
    """Every rule, weight and threshold in force."""

    template = "assessments/method.html"
    nav = "method"
    method: MethodView
    findings: Sequence[tuple[str, Sequence[FindingRow]]]
    """The misuses and contradictions that raise a question, each kind under its heading."""
    published: BackTestView
    """How the rules do on published cases."""


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    framework = framework_at()
    view = present_method(framework)
    page = MethodPage(
        method=view,
        findings=[
            (_("Misuses of tuning"), view.misuses),
            (_("Answers that contradict each other"), view.contradictions),
        ],
        published=present_back_test(framework),
    )
    return render_page(request, page)
