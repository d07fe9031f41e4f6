"""The audit trail of a workspace, newest event first, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from assessments import access
from assessments.models import AuditHead, Workspace
from assessments.pages.context import Context, render_page
from assessments.presenters.audit import EventView, present_event
from assessments.presenters.sign_off import hash_groups
from assessments.services import audit


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage(Context):
    """One page of the events of a workspace, the newest first."""

    template = "assessments/audit.html"
    workspace: Workspace
    events: Sequence[EventView]
    head: AuditHead | None
    """Where the chain ends; nothing has been recorded yet without one."""
    hash: str
    """The seal of its last event, in groups."""
    page: int
    pages: int


@require_safe
def audit_trail(request: HttpRequest, workspace_id: str) -> HttpResponse:
    workspace = access.own_workspace(request, workspace_id, "audit").workspace
    head = audit.head_of(workspace.pk)
    pages = max(1, -(-(head.sequence if head else 0) // audit.PAGE))
    asked = request.GET.get("page", "1")
    page = min(pages, max(1, int(asked) if asked.isdecimal() and len(asked) < 9 else 1))
    events = audit.events_of(workspace.pk, page)
    names = access.names_of(workspace, {event.about.partition(".")[0] for event in events})
    shown = AuditPage(
        workspace=workspace,
        events=[present_event(event, names=names, broken=not audit.is_as_recorded(event)) for event in events],
        head=head,
        hash=hash_groups(head.mac) if head else "",
        page=page,
        pages=pages,
    )
    return render_page(request, shown)
