"""A share link is 256 random bits, of which only a digest is kept; who may try and open it is counted exactly."""

import base64
import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from django.utils import timezone

from assessments.models import AuditEvent, ShareLink, Tries, User, Workspace
from assessments.services import sharing
from assessments.services.assessments import start
from assessments.services.extract import Scope
from assessments.services.sharing import Choices

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def assessment() -> Any:
    return start(None, "a browser", None)


@pytest.fixture
def of_a_team() -> Any:
    """An assessment of a workspace."""
    return start(Workspace.objects.create(name="Team"), "", None)


def made(assessment: Any, actor: Any = None, **choices: Any) -> ShareLink:
    token = sharing.make_link(assessment, actor, Choices(**choices))
    link = ShareLink.objects.get(token_digest=ShareLink.digest(token))
    link.assessment = assessment
    return link


def at(monkeypatch: pytest.MonkeyPatch, moment: Any) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)


def acts() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("act", flat=True))


def test_a_token_has_256_bits_and_no_two_are_alike(assessment: Any) -> None:
    tokens = {sharing.make_link(assessment, None) for _ in range(20)}
    assert len(tokens) == 20
    assert {len(base64.urlsafe_b64decode(f"{token}=")) for token in tokens} == {32}


def test_only_the_digest_is_kept(assessment: Any) -> None:
    token = sharing.make_link(assessment, None)
    link = ShareLink.objects.get()
    assert link.token_digest == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(ShareLink.objects.values().get())
    assert token not in str(list(AuditEvent.objects.values()))


def test_a_link_is_as_it_was_asked_for(of_a_team: Any, in_earnest: Any) -> None:
    ada = User.objects.create_user("ada@example.org", name="Ada")
    link = made(
        of_a_team,
        ada,
        name="Board",
        scope=Scope(costs=False),
        life=7 * DAY,
        passphrase="correct horse",
        openings_allowed=3,
    )
    assert (link.name, link.with_costs, link.with_evidence, link.openings_allowed) == ("Board", False, True, 3)
    assert link.created_by == ada
    assert check_password("correct horse", link.passphrase)
    assert link.passphrase.startswith("argon2$argon2id$")
    assert timedelta(days=6.99) < link.expires_at - timezone.now() <= 7 * DAY


def test_links_without_a_name_are_numbered(assessment: Any) -> None:
    assert [made(assessment).name for _ in range(3)] == ["Link 1", "Link 2", "Link 3"]


@pytest.mark.parametrize(("asked", "given"), [(None, 30), (1, 1), (365, 365), (4000, 365)])
def test_every_link_ends_and_none_lasts_more_than_a_year(of_a_team: Any, asked: int | None, given: int) -> None:
    link = made(of_a_team, life=asked and asked * DAY)
    assert abs(link.expires_at - timezone.now() - given * DAY) < timedelta(minutes=1)


def test_a_link_of_a_trial_ends_after_30_days_whatever_was_asked(assessment: Any) -> None:
    link = made(assessment, life=365 * DAY)
    before = link.expires_at
    assert abs(before - timezone.now() - 30 * DAY) < timedelta(minutes=1)
    sharing.change_link(link, None, Choices(life=365 * DAY, passphrase=None))
    link.refresh_from_db()
    assert link.expires_at == before


def test_a_workspace_can_forbid_links(of_a_team: Any) -> None:
    of_a_team.workspace.public_links = False
    with pytest.raises(sharing.LinksForbidden):
        sharing.make_link(of_a_team, None)
    assert ShareLink.objects.count() == 0


def test_switching_off_ends_this_link_only_and_keeps_the_time(assessment: Any) -> None:
    one, other = made(assessment), made(assessment)
    sharing.switch_off(one, None)
    ended = ShareLink.objects.get(pk=one.pk).switched_off_at
    sharing.switch_off(one, None)
    assert ended is not None
    assert ShareLink.objects.get(pk=one.pk).switched_off_at == ended
    assert list(ShareLink.live()) == [other]
    assert sharing.links_on(assessment) == 1
    assert acts().count("switch_off_link") == 1


def test_a_link_that_is_off_cannot_be_paused_or_go_on(assessment: Any) -> None:
    link = made(assessment)
    sharing.pause(link, None)
    sharing.switch_off(link, None)
    sharing.go_on(link, None)
    link.refresh_from_db()
    assert (link.state, list(ShareLink.live())) == ("off", [])
    assert acts() == ["start_assessment", "make_link", "pause_link", "switch_off_link"]


def test_another_passphrase_fits_no_session_that_had_the_old_one(of_a_team: Any) -> None:
    link = made(of_a_team, passphrase="correct horse")
    old = link.mark
    sharing.change_link(link, None, Choices(name="New", life=None, passphrase=None))
    assert (link.mark, link.name) == (old, "New")
    sharing.change_link(link, None, Choices(life=None, passphrase="battery staple"))
    assert link.mark != old
    sharing.change_link(link, None, Choices(life=None, passphrase=""))
    assert (link.passphrase, link.is_locked) == ("", False)


# passphrases


@pytest.fixture
def locked(of_a_team: Any) -> ShareLink:
    return made(of_a_team, passphrase="correct horse")


def outcomes(link: Any, *tries: Any, network: Any = "10.0.0.0/24") -> str:
    """y for right, n for wrong, - for not looked at."""
    told = ""
    for passphrase in tries:
        try:
            told += "y" if sharing.try_passphrase(link, passphrase, network) else "n"
        except sharing.TooManyTries:
            told += "-"
    return told


def test_five_wrong_ones_and_no_more_are_looked_at(locked: ShareLink) -> None:
    assert outcomes(locked, *["wrong"] * 6, "correct horse") == "nnnnn--"
    assert outcomes(locked, "correct horse", network="10.0.1.0/24") == "y"
    assert acts().count("mistype_passphrase") == 5


def test_a_right_one_is_not_counted(locked: ShareLink) -> None:
    assert outcomes(locked, *["correct horse"] * 8, *["wrong"] * 4, "correct horse", "wrong", "wrong") == (
        "yyyyyyyy" + "nnnn" + "y" + "n" + "-"
    )


def test_the_count_holds_for_any_quarter_of_an_hour(locked: ShareLink, monkeypatch: pytest.MonkeyPatch) -> None:
    """A window that starts at the first try would let nine through around its end."""
    start, minute = timezone.now(), timedelta(minutes=1)
    for minutes, told in ((0, "n"), (14, "nnnn"), (16, "-"), (28, "-"), (29.1, "nnnnn-")):
        at(monkeypatch, start + minutes * minute)
        assert outcomes(locked, *["wrong"] * len(told)) == told


def test_a_link_has_a_count_of_its_own(locked: ShareLink, of_a_team: Any) -> None:
    other = made(of_a_team, passphrase="correct horse")
    assert outcomes(locked, *["wrong"] * 6) == "nnnnn-"
    assert outcomes(other, "wrong", "correct horse") == "ny"


def test_the_owner_can_let_them_try_again(locked: ShareLink) -> None:
    outcomes(locked, *["wrong"] * 6)
    assert [link.locked_out for link in sharing.with_lock_outs(ShareLink.objects.all())] == [1]  # type: ignore[attr-defined]
    sharing.reset_tries(locked, None)
    assert [link.locked_out for link in sharing.with_lock_outs(ShareLink.objects.all())] == [0]  # type: ignore[attr-defined]
    assert outcomes(locked, "correct horse") == "y"
    assert acts()[-1] == "reset_tries"


def test_another_passphrase_starts_the_count_anew(locked: ShareLink) -> None:
    outcomes(locked, *["wrong"] * 6)
    sharing.change_link(locked, None, Choices(life=None, passphrase="battery staple"))
    assert outcomes(locked, "correct horse", "battery staple") == "ny"


def test_a_try_is_counted_before_it_is_looked_at(locked: ShareLink, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else processes that look at the same time would look at more than are allowed."""
    seen = []

    def look(*args: Any) -> Any:
        seen.append(Tries.objects.get().count)
        return False

    monkeypatch.setattr(sharing, "check_password", look)
    outcomes(locked, "one", "two")
    assert seen == [1, 2]


def test_the_same_letters_from_another_keyboard_and_a_space_too_many_are_fine(of_a_team: Any) -> None:
    link = made(of_a_team, passphrase="café crème ")
    assert outcomes(link, " cafe\u0301 cre\u0300me") == "y"


@pytest.mark.parametrize("odd", ["", " ", "x" * 100_000, "\0", "\ud800", "argon2$argon2id$v=19$"])
def test_odd_passphrases_are_wrong_ones(locked: ShareLink, odd: Any) -> None:
    assert outcomes(locked, odd) == "n"


# openings


def test_openings_are_taken_until_none_is_left(of_a_team: Any) -> None:
    link = made(of_a_team, openings_allowed=2)
    assert [sharing.take_opening(link) for _ in range(4)] == [True, True, False, False]
    link.refresh_from_db()
    assert (link.opened, link.state, sharing.links_on(of_a_team)) == (2, "used up", 0)
    assert acts().count("open_link") == 2


@pytest.mark.parametrize("end", [sharing.pause, sharing.switch_off])
def test_nothing_is_taken_from_a_link_that_was_ended_meanwhile(of_a_team: Any, end: Any) -> None:
    link = made(of_a_team, openings_allowed=2)
    end(link, None)
    assert not sharing.take_opening(link)


def test_visits_are_counted_once_a_minute(of_a_team: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    link, start = made(of_a_team), timezone.now()
    for seconds, opened in ((0, 1), (10, 1), (59, 1), (61, 2), (200, 3)):
        at(monkeypatch, start + timedelta(seconds=seconds))
        link.refresh_from_db()
        sharing.count_visit(link)
        link.refresh_from_db()
        assert link.opened == opened
    assert acts() == ["start_assessment", "make_link", *["open_link"] * 3]
