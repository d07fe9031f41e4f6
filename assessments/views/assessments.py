"""Starting an assessment, and the list of one's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments import access
from assessments.framework import QUICK
from assessments.framework.currency import USD
from assessments.framework.shown_in import in_currency
from assessments.models import Assessment, Workspace
from assessments.pages.context import Context, render_page
from assessments.presenters.listing import Listed, change_words, present_entry, present_listed
from assessments.presenters.verdict import headline
from assessments.rights import Right, may, rights_of
from assessments.services import assessments, history, list_entries
from assessments.services.answer_sheet import sheet_of
from assessments.services.own_frameworks import framework_at
from assessments.steps import progress

MOST_UNDO = 3
MOST_LISTED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """An assessment that can still be brought back."""

    id: str
    name: str
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A sample, with what it comes to."""

    slug: str
    name: str
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentsPage(Context):
    """The list of one's own."""

    template = "assessments/assessments.html"
    nav = "assessments"
    may: Mapping[Right, bool]
    """What the role in the current workspace may do."""
    listed: Sequence[Listed]
    more: int
    """At how many the list was cut; 0 where it is whole."""
    deleted: Sequence[Deleted]
    samples: Sequence[Sample]


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    assessment = assessments.start(*access.room_for_new(request), access.person(request))
    return redirect("section", assessment.id, QUICK if QUICK in request.POST else "use_case")


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What is in the current workspace, or in this browser for somebody without an account."""
    current = access.current_workspace(request)
    workspace = current.workspace if current else None
    own = access.own_assessments(request).filter(deleted_at=None, workspace=workspace)
    shown = list(own[: MOST_LISTED + 1])
    page = AssessmentsPage(
        may=rights_of(access.current_role(request)),
        listed=_listed(shown[:MOST_LISTED], workspace),
        more=MOST_LISTED if len(shown) > MOST_LISTED else 0,
        deleted=_recently_deleted(request, workspace),
        samples=_samples(),
    )
    return render_page(request, page)


def _listed(shown: Sequence[Assessment], workspace: Workspace | None) -> list[Listed]:
    """Each in words. What a workspace's list keeps of each is read, not decided again."""
    entries = list_entries.entries_of(shown) if workspace else {}
    told = {pk: entry for pk, entry in entries.items() if entry.action != "confirm_first"}  # what, it does not keep
    prefetch_related_objects([one for one in shown if one.pk not in told], "values")
    last = history.last_change_of_each(shown) if workspace else {}
    listed = []
    for one in shown:
        framework, change = framework_at(one.framework), last.get(one.pk)
        who: dict[str, Any] = {
            "assessment": one,
            "changed": change_words(framework, change.path) if change else "",
            "changed_by": change.who if change else "",
        }
        if entry := told.get(one.pk):
            listed.append(present_entry(entry, in_currency(framework, USD), **who))
        else:
            sheet = sheet_of(one, one.values.all())
            listed.append(present_listed(sheet.verdict, sheet.document, progress(sheet), **who))
    return listed


def _recently_deleted(request: HttpRequest, workspace: Workspace | None) -> list[Deleted]:
    """The ones deleted last, while that can be undone by whoever looks."""
    if not may(access.current_role(request), "delete"):
        return []
    gone = access.own_deleted_assessments(request).filter(workspace=workspace).prefetch_related("values")[:MOST_UNDO]
    return [Deleted(id=one.id, name=sheet_of(one, one.values.all()).name, until=one.undo_until) for one in gone]


def _samples() -> list[Sample]:
    samples = access.samples().prefetch_related("values")
    sheets = [(one.sample, sheet_of(one, one.values.all())) for one in samples]
    return [
        Sample(
            slug=slug,
            name=sheet.name,
            verdict=headline(sheet.verdict).title if sheet.verdict.has_begun else _("What each lever costs"),
        )
        for slug, sheet in sheets
    ]
