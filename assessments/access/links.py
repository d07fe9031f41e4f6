"""Share links: for whoever has one, and for those who may read or change them."""

from django.core.exceptions import PermissionDenied
from django.db.models import CharField, DateTimeField, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from assessments.models import Assessment, Role, ShareLink
from assessments.prepared import Given, Prepared

from .assessments import OwnAssessment, own_assessment
from .refusal import found

_LINKS = "links"
_MOST_LINKS = 50


def shared_link(request: HttpRequest, token: str) -> ShareLink:
    """The link of this token. Unknown, paused, ended, used up, switched off and forbidden look the same."""
    link = _LIVE.first(token=ShareLink.digest(token), now=timezone.now())
    if link is None or (link.is_used_up and not has_unlocked(request, link)):
        raise Http404
    return link


def _live() -> QuerySet[ShareLink]:
    found = ShareLink.live(Given("now", DateTimeField())).filter(token_digest=Given("token", CharField()))
    return found.select_related("assessment__workspace", "version").defer("version__document", "version__result")


_LIVE = Prepared(_live)


def has_unlocked(request: HttpRequest, link: ShareLink) -> bool:
    """Whether this browser may read what is behind the link."""
    return not link.is_locked or request.session.get(_LINKS, {}).get(str(link.pk)) == link.mark


def unlock(request: HttpRequest, link: ShareLink) -> None:
    """Lets this browser read on. Its session gets a new key, so that one planted before is worth nothing."""
    request.session.cycle_key()
    unlocked = {**request.session.get(_LINKS, {}), str(link.pk): link.mark}
    request.session[_LINKS] = dict(list(unlocked.items())[-_MOST_LINKS:])


def share_links(assessment: Assessment) -> QuerySet[ShareLink]:
    """Every link of one's own assessment, the newest first."""
    links = assessment.share_links.select_related("version", "created_by").order_by("-created_at", "-pk")
    return links.defer("version__document", "version__result")


def own_link(request: HttpRequest, assessment_id: str, link_id: int) -> tuple[OwnAssessment, ShareLink]:
    """One's own assessment, for whoever may link, and a link of it that they may change.

    An editor may change only those that they made.
    """
    own = own_assessment(request, assessment_id, "link")
    link = found(share_links(own.assessment).filter(pk=link_id).first())
    if not may_change(own, link):
        raise PermissionDenied
    return own, link


def may_change(own: OwnAssessment, link: ShareLink) -> bool:
    made_it = own.actor is not None and link.created_by_id == own.actor.pk
    return own.may("link") and (made_it or own.role != Role.EDITOR)
