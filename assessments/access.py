"""Who may see what. Every look at a stored assessment goes through here."""

import secrets
from datetime import date, timedelta

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from .models import Assessment, ShareLink
from .models.assessment import UNDO_FOR

_BROWSER = "browser"
_RENEWED = "renewed"
_RENEW_AFTER = timedelta(days=30)


def browser_id(request: HttpRequest) -> str:
    """The id of this browser's session, or an empty string before it has one."""
    return request.session.get(_BROWSER, "")


def start_browser(request: HttpRequest) -> str:
    """The id of this browser's session, made if there is none."""
    if not browser_id(request):
        request.session[_BROWSER] = secrets.token_urlsafe(24)
        request.session[_RENEWED] = timezone.now().date().isoformat()
    return browser_id(request)


def _renew(request: HttpRequest) -> None:
    """Once in a while lets the session last anew, so that it ends only where nobody comes back."""
    today = timezone.now().date()
    seen = request.session.get(_RENEWED, "")
    if not seen or today - date.fromisoformat(seen) >= _RENEW_AFTER:
        request.session[_RENEWED] = today.isoformat()


def own_assessments(request: HttpRequest) -> QuerySet[Assessment]:
    """The assessments that belong to whoever asks, deleted ones too."""
    browser = browser_id(request)
    if browser:
        _renew(request)
    return Assessment.objects.filter(browser=browser) if browser else Assessment.objects.none()


def own_assessment(request: HttpRequest, assessment_id: str) -> Assessment:
    """One's own assessment. A foreign, unknown or deleted one is not found, all alike."""
    assessment = own_assessments(request).filter(pk=assessment_id, deleted_at=None).first()
    if assessment is None:
        raise Http404
    return assessment


def own_deleted_assessments(request: HttpRequest) -> QuerySet[Assessment]:
    """One's own assessments that can still be brought back, the last deleted first."""
    since = timezone.now() - UNDO_FOR
    return own_assessments(request).filter(deleted_at__gte=since).order_by("-deleted_at")


def own_deleted_assessment(request: HttpRequest, assessment_id: str) -> Assessment:
    assessment = own_deleted_assessments(request).filter(pk=assessment_id).first()
    if assessment is None:
        raise Http404
    return assessment


def sample_assessment(sample: str) -> Assessment:
    """A sample, which everybody may read."""
    assessment = Assessment.objects.filter(sample=sample, deleted_at=None).first()
    if assessment is None:
        raise Http404
    return assessment


def shared_assessment(token: str) -> Assessment:
    """What a share link opens. Unknown, switched off and deleted look the same."""
    link = (
        ShareLink.objects.select_related("assessment")
        .filter(token_digest=ShareLink.digest(token), switched_off_at=None, assessment__deleted_at=None)
        .first()
    )
    if link is None:
        raise Http404
    return link.assessment
