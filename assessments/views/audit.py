"""The audit trail of a workspace, newest event first, in words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments import access
from assessments.presenters.audit import present_event
from assessments.presenters.sign_off import hash_groups
from assessments.services import audit


@require_safe
def audit_trail(request: HttpRequest, workspace_id: str) -> HttpResponse:
    workspace = access.own_workspace(request, workspace_id, "audit").workspace
    head = audit.head_of(workspace.pk)
    pages = max(1, -(-(head.sequence if head else 0) // audit.PAGE))
    asked = request.GET.get("page", "1")
    page = min(pages, max(1, int(asked) if asked.isdecimal() and len(asked) < 9 else 1))
    events = audit.events_of(workspace.pk, page)
    names = access.names_of(workspace, {event.about.partition(".")[0] for event in events})
    context = {
        "workspace": workspace,
        "events": [present_event(event, names=names, broken=not audit.is_as_recorded(event)) for event in events],
        "head": head,
        "hash": hash_groups(head.mac) if head else "",
        "page": page,
        "pages": pages,
    }
    return render(request, "assessments/audit.html", context)
