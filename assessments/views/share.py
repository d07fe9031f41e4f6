"""A link to read a result without an account: made, switched off, opened."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from assessments import access
from assessments.acts import act
from assessments.services import sharing

from .figures import send_figures
from .reading import Reader, show_chances, show_report, show_result


@act("link")
@require_POST
def make_link(request: HttpRequest, assessment_id: str) -> HttpResponse:
    """Makes a link and shows it, this once. An earlier link stops working."""
    assessment = access.own_assessment(request, assessment_id)
    token = sharing.make_link(assessment)
    context = {
        "assessment": assessment,
        "share_url": request.build_absolute_uri(reverse("shared_result", args=[token])),
    }
    template = "assessments/share.html"
    return render(request, f"{template}#share" if request.htmx else template, context)  # type: ignore[attr-defined]


@act("link")
@require_POST
def switch_off(request: HttpRequest, assessment_id: str) -> HttpResponse:
    assessment = access.own_assessment(request, assessment_id)
    sharing.switch_off(assessment)
    return redirect(reverse("result", args=[assessment.id]) + "#share")


@act("visit")
@require_safe
def shared_result(request: HttpRequest, token: str) -> HttpResponse:
    assessment = access.shared_assessment(token)
    return _not_indexed(show_result(request, assessment, Reader(kind="link", key=token)))


@act("visit")
@require_safe
def shared_chances(request: HttpRequest, token: str) -> HttpResponse:
    assessment = access.shared_assessment(token)
    return _not_indexed(show_chances(request, assessment, Reader(kind="link", key=token)))


@act("visit")
@require_safe
def shared_figures(request: HttpRequest, token: str, file: str) -> HttpResponse:
    return _not_indexed(send_figures(access.shared_assessment(token), file))


@act("visit")
@require_safe
def shared_report(request: HttpRequest, token: str) -> HttpResponse:
    return _not_indexed(show_report(request, access.shared_assessment(token), Reader(kind="link", key=token)))


def _not_indexed(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
