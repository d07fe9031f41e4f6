"""The share links of one's own assessment: listed, made, changed, paused, switched off."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments import access
from assessments.access import OwnAssessment
from assessments.forms.links import LinkForm
from assessments.http import HtmxHttpRequest
from assessments.models import Assessment, ShareLink
from assessments.presenters.links import present_link
from assessments.services import sharing
from assessments.services.answer_sheet import read_sheet


@require_safe
def links(request: HttpRequest, assessment_id: str) -> HttpResponse:
    """Every link with its state, for everybody who may read the assessment."""
    own = access.own_assessment(request, assessment_id, "read")
    found = sharing.with_lock_outs(access.share_links(own.assessment))
    views = [present_link(link, may_change=access.may_change(own, link)) for link in found]
    context = _about(own) | {
        "links": {
            "current": [link for link in views if not link.is_final],
            "over": [link for link in views if link.is_final],
        },
    }
    return render(request, "assessments/links.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def make_link(request: HtmxHttpRequest, assessment_id: str) -> HttpResponse:
    """Makes a link and shows it, this once: as it usually is, or as the form of choices says."""
    own = access.own_assessment(request, assessment_id, "link")
    assessment = own.assessment
    if request.method != "POST":
        return render(request, "assessments/link_form.html", _about(own) | _form(assessment, None))
    choices = sharing.Choices()
    if "choices" in request.POST:
        form = LinkForm(request.POST, assessment=assessment)
        if not form.is_valid():
            return _refused(request, own, form)
        choices = form.choices
    try:
        token = sharing.make_link(assessment, own.actor, choices)
    except sharing.LinksForbidden:
        return render(request, "assessments/link_form.html", _about(own), status=409)
    template = "assessments/share.html"
    context = _about(own) | {"link": _made(assessment, token), "share_url": _address(request, token)}
    return render(request, f"{template}#share" if request.htmx else template, context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_link(request: HttpRequest, assessment_id: str, link_id: int) -> HttpResponse:
    own, link = access.own_link(request, assessment_id, link_id)
    if link.switched_off_at:
        return _back(assessment_id)
    if request.method != "POST":
        return render(request, "assessments/link_form.html", _about(own) | _form(own.assessment, link))
    form = LinkForm(request.POST, assessment=own.assessment, link=link)
    if not form.is_valid():
        return _refused(request, own, form)
    sharing.change_link(link, own.actor, form.choices)
    return _back(assessment_id)


@require_POST
def pause_link(request: HttpRequest, assessment_id: str, link_id: int) -> HttpResponse:
    own, link = access.own_link(request, assessment_id, link_id)
    sharing.pause(link, own.actor)
    return _back(assessment_id)


@require_POST
def resume_link(request: HttpRequest, assessment_id: str, link_id: int) -> HttpResponse:
    own, link = access.own_link(request, assessment_id, link_id)
    sharing.go_on(link, own.actor)
    return _back(assessment_id)


@require_POST
def reset_tries(request: HttpRequest, assessment_id: str, link_id: int) -> HttpResponse:
    own, link = access.own_link(request, assessment_id, link_id)
    sharing.reset_tries(link, own.actor)
    return _back(assessment_id)


@require_http_methods(["GET", "HEAD", "POST"])
def switch_off(request: HttpRequest, assessment_id: str, link_id: int) -> HttpResponse:
    """Asked first: a link that is switched off stays off."""
    own, link = access.own_link(request, assessment_id, link_id)
    if request.method == "POST":
        sharing.switch_off(link, own.actor)
        return _back(assessment_id)
    return render(request, "assessments/link_off.html", _about(own) | {"link": link})


def _form(assessment: Assessment, link: ShareLink | None) -> dict[str, Any]:
    return {"form": LinkForm(assessment=assessment, link=link)}


def _refused(request: HttpRequest, own: OwnAssessment, form: LinkForm) -> HttpResponse:
    return render(request, "assessments/link_form.html", _about(own) | {"form": form}, status=422)


def _about(own: OwnAssessment) -> dict[str, Any]:
    assessment = own.assessment
    return {
        "assessment": assessment,
        "sheet": read_sheet(assessment),
        "may_link": own.may("link"),
        "forbidden": assessment.workspace is not None and not assessment.workspace.public_links,
    }


def _made(assessment: Assessment, token: str) -> Any:
    link = access.share_links(assessment).get(token_digest=ShareLink.digest(token))
    return present_link(link, may_change=True)


def _address(request: HttpRequest, token: str) -> str:
    """The link as it is given to others: under the site's own address where that is known."""
    path = reverse("shared_result", args=[token])
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)


def _back(assessment_id: str) -> HttpResponse:
    return redirect("links", assessment_id)
