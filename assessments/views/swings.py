"""The weights of a draft by comparison: short questions, what follows from the answers, and taking it over."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from assessments import access
from assessments.forms.framework_faults import told_of_framework
from assessments.forms.swings import ReadSwings, field_name, read_swings
from assessments.models import TeamFramework, Workspace
from assessments.pages.context import Context, render_page
from assessments.presenters.own_framework.swings import SwingsView, present_swings
from assessments.services import own_frameworks, swings

CHANGED_MEANWHILE = gettext_noop(
    "Somebody else has answered meanwhile: look at what the answers are now, and save again"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkSwingsPage(Context):
    """The questions with their answers, and the weights that follow from them beside those typed."""

    template = "assessments/framework_swings.html"
    workspace: Workspace
    framework: TeamFramework
    view: SwingsView
    seen: str
    """The stored answers, to tell whether somebody else has changed them meanwhile."""
    may_edit: bool
    faults: Sequence[str]
    """What is wrong with what was sent."""


@require_http_methods(["GET", "HEAD", "POST"])
def framework_swings(request: HttpRequest, workspace_id: str, framework_id: str) -> HttpResponse:
    right = "edit" if request.method == "POST" else "read"
    own, found = access.own_framework(request, workspace_id, framework_id, right)  # type: ignore[arg-type]
    asked = swings.asked_of(own_frameworks.draft_framework(found))
    read, faults = ReadSwings(answers=(), typed={}, faults={}), list[str]()
    if request.method == "POST":
        seen = _seen(request.POST)
        if "take" in request.POST:
            if seen != found.swings:
                faults.append(_(CHANGED_MEANWHILE))
            else:
                faults += map(told_of_framework, swings.take_over(found, own.actor).faults)
        else:
            read = read_swings(asked, request.POST.dict())
            faults += [f"{_named(name, found)}: {fault}" for name, fault in read.faults.items()]
            if not faults and not swings.keep_answers(found, own.actor, read.answers, seen=seen):
                found.refresh_from_db()
                faults.append(_(CHANGED_MEANWHILE))
        if not faults and "take" in request.POST:
            return redirect("framework_part", workspace_id, framework_id, "weights")
        if not faults:
            return redirect("framework_swings", workspace_id, framework_id)
    return _page(request, own, found, read, faults)


def _seen(sent: QueryDict) -> Any:
    try:
        return json.loads(sent.get("was", "null"))
    except ValueError:
        return None


def _named(name: str, framework: TeamFramework) -> str:
    question, _dash, key = name.partition("-")
    criteria = {one.key: one.name for one in own_frameworks.draft_framework(framework).matrix.criteria}
    return _("Question {n}, “{criterion}”").format(n=question, criterion=criteria[key])


def _page(
    request: HttpRequest, own: access.OwnWorkspace, found: TeamFramework, read: ReadSwings, faults: Sequence[str]
) -> HttpResponse:
    draft = own_frameworks.draft_framework(found)
    asked = swings.asked_of(draft)
    answers = swings.answers_to(found, asked)
    elicited = swings.elicited_from(draft, answers)
    page = FrameworkSwingsPage(
        workspace=own.workspace,
        framework=found,
        view=present_swings(
            draft, asked, answers, elicited, field_name=field_name, typed=read.typed, faults=read.faults
        ),
        seen=json.dumps(found.swings),
        may_edit=own.may("edit"),
        faults=faults,
    )
    return render_page(request, page, status=422 if faults else 200)
