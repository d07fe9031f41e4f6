"""A share link is 256 random bits, of which only a digest is kept."""

import base64
import hashlib

import pytest

from assessments.models import ShareLink
from assessments.services import sharing
from assessments.services.assessments import start

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment():
    return start(None, "a browser")


def test_a_token_has_256_bits_and_no_two_are_alike(assessment):
    tokens = {sharing.make_link(assessment) for _ in range(20)}
    assert len(tokens) == 20
    assert {len(base64.urlsafe_b64decode(f"{token}=")) for token in tokens} == {32}


def test_only_the_digest_is_kept(assessment):
    token = sharing.make_link(assessment)
    link = ShareLink.objects.get()
    assert link.token_digest == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(ShareLink.objects.values().get())


def test_a_new_link_ends_the_old_one(assessment):
    sharing.make_link(assessment)
    old = sharing.live_link(assessment)
    sharing.make_link(assessment)
    new = sharing.live_link(assessment)
    assert old is not None
    assert new is not None
    old.refresh_from_db()
    assert old.switched_off_at is not None
    assert list(ShareLink.objects.filter(switched_off_at=None)) == [new]


def test_switching_off_ends_the_link_of_this_assessment_only(assessment):
    other = start(None, "a browser")
    for one in (assessment, other):
        sharing.make_link(one)
    sharing.switch_off(assessment)
    assert sharing.live_link(assessment) is None
    assert sharing.live_link(other) is not None


def test_switching_off_again_keeps_the_time_at_which_it_ended(assessment):
    sharing.make_link(assessment)
    sharing.switch_off(assessment)
    ended = ShareLink.objects.get().switched_off_at
    sharing.switch_off(assessment)
    assert ShareLink.objects.get().switched_off_at == ended
