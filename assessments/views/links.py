"""The share links of one's own assessment: listed, made, changed, paused, switched off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments import access
from assessments.access import OwnAssessment
from assessments.forms.links import LinkForm
from assessments.http import HtmxHttpRequest
from assessments.models import Assessment, ShareLink
from assessments.pages.context import Context, render_page
from assessments.pages.language import reader_language
from assessments.presenters.links import LinkView, present_link
from assessments.services import sharing
from assessments.services.answer_sheet import AnswerSheet, read_sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksPage(Context):
    """Every link of an assessment with its state."""

    template = "assessments/links.html"
    assessment: Assessment
    sheet: AnswerSheet
    may_link: bool
    forbidden: bool
    """Whether the workspace allows no links that anybody can open."""
    links: Mapping[str, Sequence[LinkView]]
    """Those that can still open something as `current`, the others as `over`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFormPage(Context):
    """What a link is to be."""

    template = "assessments/link_form.html"
    assessment: Assessment
    sheet: AnswerSheet
    forbidden: bool
    """Whether the workspace allows no links that anybody can open."""
    form: LinkForm | None
    """None where no link can be made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeLinkPage(Context):
    """A link that was just made, which is shown this once."""

    template = "assessments/share.html"
    assessment: Assessment
    sheet: AnswerSheet
    link: LinkView
    share_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkOffPage(Context):
    """What is asked before a link is switched off."""

    template = "assessments/link_off.html"
    assessment: Assessment
    sheet: AnswerSheet
    link: ShareLink


@require_safe
def links(request: HttpRequest, assessment_id: str) -> HttpResponse:
    """Every link with its state, for everybody who may read the assessment."""
    own = access.own_assessment(request, assessment_id, "read")
    found = sharing.with_lock_outs(access.share_links(own.assessment))
    views = [present_link(link, may_change=access.may_change(own, link)) for link in found]
    page = LinksPage(
        **_about(own),
        may_link=own.may("link"),
        links={
            "current": [link for link in views if not link.is_final],
            "over": [link for link in views if link.is_final],
        },
    )
    return render_page(request, page)


@require_http_methods(["GET", "HEAD", "POST"])
def make_link(request: HtmxHttpRequest, assessment_id: str) -> HttpResponse:
    """Makes a link and shows it, this once: as it usually is, or as the form of choices says."""
    own = access.own_assessment(request, assessment_id, "link")
    assessment = own.assessment
    if request.method != "POST":
        return _form_page(request, own, LinkForm(assessment=assessment, link=None))
    choices = sharing.Choices()
    if "choices" in request.POST:
        form = LinkForm(request.POST, assessment=assessment, language=reader_language(request))
        if not form.is_valid():
            return _form_page(request, own, form, status=422)
        choices = form.choices
    try:
        token = sharing.make_link(assessment, own.actor, choices)
    except sharing.LinksForbidden:
        return _form_page(request, own, None, status=409)
    page = MadeLinkPage(
        assessment=assessment,
        sheet=read_sheet(assessment),
        link=_made(assessment, token),
        share_url=_address(request, token),
    )
    return render_page(request, page, part="share" if request.htmx else "")


@require_http_methods(["GET", "HEAD", "POST"])
def change_link(request: HttpRequest, assessment_id: str, link_id: int) -> HttpResponse:
    own, link = access.own_link(request, assessment_id, link_id)
    if link.switched_off_at:
        return _back(assessment_id)
    if request.method != "POST":
        return _form_page(request, own, LinkForm(assessment=own.assessment, link=link))
    form = LinkForm(request.POST, assessment=own.assessment, link=link, language=reader_language(request))
    if not form.is_valid():
        return _form_page(request, own, form, status=422)
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
    page = LinkOffPage(assessment=own.assessment, sheet=read_sheet(own.assessment), link=link)
    return render_page(request, page)


def _form_page(request: HttpRequest, own: OwnAssessment, form: LinkForm | None, *, status: int = 200) -> HttpResponse:
    return render_page(request, LinkFormPage(**_about(own), form=form), status=status)


def _about(own: OwnAssessment) -> dict[str, Any]:
    assessment = own.assessment
    return {
        "assessment": assessment,
        "sheet": read_sheet(assessment),
        "forbidden": assessment.workspace is not None and not assessment.workspace.public_links,
    }


def _made(assessment: Assessment, token: str) -> LinkView:
    link = access.share_links(assessment).get(token_digest=ShareLink.digest(token))
    return present_link(link, may_change=True)


def _address(request: HttpRequest, token: str) -> str:
    """The link as it is given to others: under the site's own address where that is known."""
    path = reverse("shared_result", args=[token])
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)


def _back(assessment_id: str) -> HttpResponse:
    return redirect("links", assessment_id)
