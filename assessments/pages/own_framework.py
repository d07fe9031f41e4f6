"""What the pages of a draft have in common: what it would change, and what contradicts in it."""

from collections.abc import Sequence

from django.urls import reverse

from assessments import access
from assessments.framework import Framework, load_framework
from assessments.models import TeamFramework, TrialState
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
    names = {key: entry.name for key, entry in list_entries.entries_of(list(moved)).items()}
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


def concerns_of(framework: TeamFramework) -> Sequence[ConcernView]:
    draft = service.draft_framework(framework)
    return present_concerns(draft, service.new_concerns(draft))
