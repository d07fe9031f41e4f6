"""The method page: every rule, weight and threshold in force, with its source; a team's own with what it changes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments import access
from assessments.framework import Framework
from assessments.pages.context import Context, render_page
from assessments.presenters.back_test import BackTestView, present_back_test
from assessments.presenters.method import FindingRow, MethodView, present_method
from assessments.presenters.method_marks import MethodMarks, marks_of
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
    marks: MethodMarks
    """What a team has changed."""


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    return _page(request, framework_at())


@require_safe
def framework_method(request: HttpRequest, workspace_id: str, framework_id: str, number: int) -> HttpResponse:
    """The method of a published version of a team's own framework."""
    _own, found = access.own_framework(request, workspace_id, framework_id, "read")
    return _page(request, framework_at(access.framework_version(found, number).key))


@require_safe
def assessment_method(request: HttpRequest, assessment_id: str) -> HttpResponse:
    """The method that an assessment is decided by, or the frozen version of it that the address names."""
    own = access.own_assessment(request, assessment_id, "read")
    number = request.GET.get("version", "")
    of = access.own_version(own.assessment, access.number_in(number)) if number else own.assessment
    return _page(request, framework_at(of.framework))


def _page(request: HttpRequest, framework: Framework) -> HttpResponse:
    view, published, marks = present_method(framework), present_back_test(framework), MethodMarks()
    if framework.base:
        base = framework_at(framework.base)
        marks = marks_of(view, framework, base, published, present_back_test(base))
    page = MethodPage(
        method=view,
        findings=[
            (_("Misuses of tuning"), view.misuses),
            (_("Answers that contradict each other"), view.contradictions),
        ],
        published=published,
        marks=marks,
    )
    return render_page(request, page)
