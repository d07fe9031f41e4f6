"""What the pages of a draft have in common: what it would change, and what contradicts in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from assessments import access
from assessments.framework import Framework, load_framework
from assessments.models import TeamFramework, TrialState, Workspace
from assessments.pages.context import Context, render_page
from assessments.presenters.own_framework.trial import (
    CasesTriedView,
    ConcernView,
    OwnTrialView,
    present_cases,
    present_concerns,
    present_own,
)
from assessments.services import framework_trial, list_entries
from assessments.services import own_frameworks as service


def published_last(framework: TeamFramework) -> Framework:
    """The newest version of it, or the base where none was published."""
    newest = framework.versions.first()
    return service.framework_at(newest.key) if newest else load_framework(framework.base)


def cases_tried(framework: TeamFramework, *, kept_aside: bool = False) -> CasesTriedView:
    draft, built_in = service.draft_framework(framework), load_framework(framework.base)
    return present_cases(built_in, published_last(framework), draft, kept_aside=kept_aside)


def own_tried(framework: TeamFramework) -> OwnTrialView:
    trial = framework_trial.trial_of(framework)
    moved = access.assessments_of(framework.workspace).filter(pk__in=[key for key, *_ in trial.moves])
    names = {key: entry.shown_name for key, entry in list_entries.entries_of(list(moved)).items()}
    return present_own(
        published_last(framework),
        service.draft_framework(framework),
        trial.moves,
        names,
        lambda key: reverse("result", args=[key]),
        changed=trial.changed,
        tried=trial.tried,
        of=trial.of,
        goes_on=trial.state == TrialState.TRYING,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTrialPart(Context):
    """What a draft makes of the team's own assessments, as far as it is tried."""

    template = "assessments/_framework_trial.html"
    workspace: Workspace
    framework: TeamFramework
    own: OwnTrialView


def own_trial_of(request: HttpRequest, workspace: Workspace, framework: TeamFramework) -> HttpResponse:
    page = OwnTrialPart(workspace=workspace, framework=framework, own=own_tried(framework))
    return render_page(request, page, part="own")


def concerns_of(framework: TeamFramework) -> Sequence[ConcernView]:
    draft = service.draft_framework(framework)
    return present_concerns(draft, service.new_concerns(draft))
