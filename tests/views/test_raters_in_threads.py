"""Raters who hand in at the same moment: all of them count, and the last one closes the round."""

from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import RatingRound
from assessments.services.rating import open_round

from ..people import make_team
from .test_answer_in_threads import run_together


@pytest.mark.django_db(transaction=True)
def test_whoever_hands_in_at_once_counts_and_the_round_is_closed() -> None:
    team = make_team()
    roles = ("owner", "approver", "viewer")
    asked = [team.users[role].pk for role in roles]
    found = open_round(team.assessment, team.users["editor"], "reasons_for", asked)
    url = reverse("rate", args=[team.assessment.pk, found.pk])

    def hand_in(client: Client) -> None:
        assert client.post(url, {"brand_voice": "yes", "hand_in": "1"}).status_code == 302

    run_together(*(partial(hand_in, team.clients[role]) for role in roles))
    found = RatingRound.objects.get(pk=found.pk)
    assert found.raters.exclude(handed_in_at=None).count() == len(roles)
    assert found.closed_at
