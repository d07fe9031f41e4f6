"""Rounds of raters that are over, for whoever needs one."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from assessments.models import Assessment, RatingRound, User
from assessments.services.rating import rated_sections

from .visits import FRAMEWORK

SAID = ("yes", "no", "unsure")


def closed_round(assessment: Assessment, raters: Iterable[User] = (), section: str = "") -> RatingRound:
    """Each says to question n yes where those before say so, and something else in every third one."""
    made = RatingRound.objects.create(
        assessment=assessment, section=section, framework=assessment.framework, closed_at=timezone.now()
    )
    questions = [one for _, asked in rated_sections(FRAMEWORK) for one in asked]
    for place, user in enumerate(raters):
        said: dict[str, Any] = {
            one.path: {"value": SAID[place % 3 if number % 3 == 0 else 0], "evidence": "Seen in the log of May"}
            for number, one in enumerate(questions)
        }
        made.raters.create(user=user, said=said, handed_in_at=timezone.now())
    return made
