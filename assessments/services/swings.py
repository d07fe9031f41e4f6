"""Comparisons of swings stand with the draft of a framework; the weights that follow from them can be taken over."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from assessments.engine.swings import ENOUGH, Elicited, Swings, elicit, in_numbers_typed, questions
from assessments.framework import Framework
from assessments.models import TeamFramework, User

from . import audit
from .own_frameworks import DraftEntry, DraftSaving, change_draft, draft_framework, value_at


def asked_of(draft: Framework) -> tuple[tuple[str, ...], ...]:
    """Which criteria each question compares."""
    return questions([criterion.key for criterion in draft.matrix.criteria])


def answers_to(framework: TeamFramework, asked: Sequence[Sequence[str]]) -> Mapping[int, Swings]:
    """The stored answers by the place of their question, those whose question is still asked."""
    stored = {frozenset(answer): answer for answer in framework.swings}
    return {
        place: {key: answer[key] for key in criteria}
        for place, criteria in enumerate(asked)
        if (answer := stored.get(frozenset(criteria)))
    }


def elicited_from(draft: Framework, answers: Mapping[int, Swings]) -> Elicited | None:
    """The weights that the answers give, None before there are enough of them."""
    if len(answers) < ENOUGH:
        return None
    return elicit([criterion.key for criterion in draft.matrix.criteria], list(answers.values()))


@transaction.atomic
def keep_answers(framework: TeamFramework, actor: User, answers: Sequence[Swings], *, seen: Any) -> bool:
    """Whether the answers are kept: not where somebody else has changed those that the page had shown."""
    stored = TeamFramework.objects.select_for_update().get(pk=framework.pk)
    if stored.swings != seen:
        return False
    stored.swings, stored.rev = [dict(answer) for answer in answers], stored.rev + 1
    stored.changed_at, stored.changed_by = timezone.now(), actor
    stored.save()
    audit.record(stored.workspace_id, "change_framework", actor=actor, about=stored.pk, compared=len(answers))
    return True


def take_over(framework: TeamFramework, actor: User) -> DraftSaving:
    """The draft gets the weights that its answers give, with how far each may be off."""
    draft = draft_framework(framework)
    found = elicited_from(draft, answers_to(framework, asked_of(draft)))
    values = {
        f"criteria.{one.criterion}.{name}": value
        for one in (in_numbers_typed(draft.matrix, found) if found else ())
        for name, value in one.values.items()
    }
    entries = [DraftEntry(path=path, value=value, seen=value_at(framework, path)) for path, value in values.items()]
    return change_draft(framework, actor, entries)
