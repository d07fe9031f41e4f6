"""The links of one's own assessment: who may see, make, change, pause and switch off which."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.engine.content_hash import RULE
from assessments.models import Assessment, AuditEvent, ShareLink, Tries, Version, Workspace
from assessments.services import report as drawing
from assessments.services import sharing
from assessments.services.limits import PASSPHRASES, take

from ..documents import example_document
from ..pages import Page
from ..team import a_team, brought_in
from ..visits import bring_in

FORM = {"choices": "1", "shows": "newest", "costs": "on", "evidence": "on", "life": "30", "name": "", "openings": ""}
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "pdf_is_available", lambda: False)


@pytest.fixture
def team(db: None) -> Any:
    return a_team()


@pytest.fixture
def ours(team: Any) -> Assessment:
    return brought_in(team, example_document("task_api"))


def make(client: Client, assessment: Assessment, **typed: Any) -> Any:
    return client.post(reverse("make_link", args=[assessment.pk]), FORM | typed)


def made(client: Client, assessment: Assessment, **typed: Any) -> ShareLink:
    response = make(client, assessment, **typed)
    assert response.status_code == 200, Page(response).words("main")
    token = re.search(r"/r/([\w-]{43})/", response.content.decode())
    assert token
    return ShareLink.objects.get(token_digest=ShareLink.digest(token[1]))


def to(name: str, link: ShareLink) -> str:
    return reverse(name, args=[link.assessment_id, link.pk])


def listed(client: Client, assessment: Assessment) -> Page:
    return Page(client.get(reverse("links", args=[assessment.pk])))


def test_the_form_makes_what_it_says(team: Any, ours: Assessment) -> None:
    link = made(team["owner"], ours, name=" For  the board ", passphrase="correct horse", openings="5", life="7")
    assert (link.name, link.openings_allowed, link.with_costs, link.with_evidence) == ("For the board", 5, True, True)
    assert check_password("correct horse", link.passphrase)
    assert abs(link.expires_at - timezone.now() - 7 * DAY) < timedelta(minutes=1)
    assert link.created_by == team.people["owner"]
    form = {key: value for key, value in FORM.items() if key not in ("costs", "evidence")}
    team["owner"].post(reverse("make_link", args=[ours.pk]), form)
    bare = ShareLink.objects.first()
    assert bare
    assert (bare.with_costs, bare.with_evidence) == (False, False)


def test_one_press_makes_a_link_with_what_is_usual(team: Any, ours: Assessment) -> None:
    response = team["editor"].post(reverse("make_link", args=[ours.pk]), headers={"HX-Request": "true"})
    link = ShareLink.objects.get()
    assert (link.name, link.version, link.is_locked, link.with_costs) == ("Link 1", None, False, True)
    assert abs(link.expires_at - timezone.now() - 30 * DAY) < timedelta(minutes=1)
    assert "<html" not in response.content.decode()


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("name", "x" * 101, "The name has 101 characters; at most 100 are allowed"),
        ("life", "9999", "Choose how long the link lasts"),
        ("life", "", "Choose how long the link lasts"),
        ("life", "-1", "Choose how long the link lasts"),
        ("passphrase", "short", "The passphrase must have 8 to 200 characters"),
        ("passphrase", "x" * 201, "The passphrase must have 8 to 200 characters"),
        ("openings", "many", "Openings must be a whole number, like 5"),
        ("openings", "1.000", "Openings: 1.000 can be read as 1 or as 1,000: type 1 or 1000"),
        ("openings", "0", "Openings must be 1 or more"),
        ("openings", "-3", "Openings must be 1 or more"),
        ("openings", "99999999999999999999", "Openings must be 10,000 or fewer"),
        ("shows", "77", "Choose a version"),
        ("shows", "", "Choose a version"),
    ],
)
def test_bad_input_gets_a_sentence_and_nothing_is_lost(
    team: Any, ours: Assessment, field: str, typed: Any, told: str
) -> None:
    rest = {"name": "For the board", "passphrase": "correct horse", "openings": "5", "life": "90"} | {field: typed}
    response = make(team["owner"], ours, **{key: value for key, value in rest.items() if key != "evidence"})
    page = Page(response)
    assert response.status_code == 422
    assert told in page.words("main")
    assert page.title.startswith("Error: ")
    for key in ("name", "passphrase", "openings"):
        assert page.with_id(key).get("value") == rest[key]
    if field != "life":
        (chosen,) = [one for one in page.with_id("life").iter("option") if one.get("selected") is not None]
        assert chosen.get("value") == "90"
    assert ShareLink.objects.count() == 0


def test_fields_that_nobody_offers_change_nothing(team: Any, ours: Assessment) -> None:
    link = made(
        team["owner"],
        ours,
        opened="5",
        created_by="99",
        token_digest="x",
        expires_at="2099-01-01",
        paused_at="2026-01-01",
        id="77",
        workspace="abc",
    )
    assert (link.opened, link.created_by, link.state, link.assessment) == (0, team.people["owner"], "on", ours)
    assert link.expires_at < timezone.now() + 31 * DAY


def test_a_version_of_another_assessment_cannot_be_shown(team: Any, ours: Assessment) -> None:
    other = brought_in(team, example_document("service_desk"))
    version = Version.objects.create(
        assessment=other, number=1, framework="v1", document={}, result={}, content_hash="0" * 64, hash_rule=RULE
    )
    assert make(team["owner"], ours, shows=str(version.pk)).status_code == 422
    assert made(team["owner"], other, shows=str(version.pk)).version == version


def test_the_state_as_it_is_now_is_frozen_for_a_link(team: Any, ours: Assessment) -> None:
    fixed = made(team["owner"], ours, shows="now")
    assert (fixed.version.number, fixed.version.created_by) == (1, team.people["owner"])  # type: ignore[union-attr]
    assert made(team["owner"], ours, shows="now").version == fixed.version  # nothing has changed meanwhile
    page = make(team["owner"], ours, shows="now", life="77")
    assert (page.status_code, ours.versions.count()) == (422, 1)


def test_a_link_of_a_trial_ends_after_30_days(owner: Any, assessment: Any) -> None:
    link = made(owner, assessment, life="365")
    assert abs(link.expires_at - timezone.now() - 30 * DAY) < timedelta(minutes=1)
    assert "life" not in Page(owner.get(reverse("make_link", args=[assessment.pk]))).form("main")
    owner.post(to("change_link", link), {"life": "365", "name": "Renamed"})
    link.refresh_from_db()
    assert (link.name, link.expires_at < timezone.now() + 31 * DAY) == ("Renamed", True)


def test_a_workspace_without_public_links_makes_none(team: Any, ours: Assessment) -> None:
    made(team["owner"], ours)
    Workspace.objects.update(public_links=False)
    for typed in ({}, FORM):
        response = team["owner"].post(reverse("make_link", args=[ours.pk]), typed)
        assert (response.status_code, "does not allow" in response.content.decode()) == (409, True)
    assert "does not allow" in listed(team["viewer"], ours).words("main")
    assert ShareLink.objects.count() == 1


# the list


def test_every_member_sees_every_link_and_its_state_and_no_token(team: Any, ours: Assessment) -> None:
    owner = team["owner"]
    made(owner, ours, name="First", passphrase="correct horse", openings="2")
    paused = made(team["editor"], ours, name="Second")
    owner.post(to("pause_link", paused))
    for state, fields in (
        ("Ended", {"expires_at": timezone.now() - DAY}),
        ("Used up", {"opened": 1, "openings_allowed": 1}),
        ("Switched off", {"switched_off_at": timezone.now()}),
    ):
        ShareLink.objects.filter(pk=made(owner, ours, name=state).pk).update(**fields)
    for name in team.browsers:
        page = listed(team[name], ours)
        cards = {card.find(".//h2").text: " ".join(card.itertext()) for card in page.with_id("main").iter("li")}
        assert list(cards) == ["Used up", "Ended", "Second", "First", "Switched off"]
        assert "Paused" in cards["Second"]
        assert "by Editor" in cards["Second"]
        assert "0 of 2 times" in cards["First"]
        assert "A passphrase" in cards["First"]
        for link in ShareLink.objects.all():
            assert link.token_digest not in page.html
            assert not link.passphrase or link.passphrase not in page.html


def test_buttons_are_there_for_whom_they_work(team: Any, ours: Assessment) -> None:
    mine, theirs = made(team["editor"], ours, name="Mine"), made(team["owner"], ours, name="Theirs")

    def actions(name: str) -> set[str]:
        page = listed(team[name], ours)
        return {form.get("action") for form in page.with_id("main").iter("form")}

    assert actions("owner") == {to("pause_link", mine), to("pause_link", theirs)}
    assert actions("editor") == {to("pause_link", mine)}
    assert actions("approver") == actions("viewer") == set()


CHANGES = ("change_link", "pause_link", "resume_link", "reset_tries", "switch_off")


def test_an_editor_changes_own_links_only_an_owner_all_and_others_none(team: Any, ours: Assessment) -> None:
    mine, theirs = made(team["editor"], ours), made(team["owner"], ours)
    expected = {
        "owner": (302, 302),
        "editor": (302, 403),
        "approver": (403, 403),
        "viewer": (403, 403),
    }
    for name in CHANGES:
        for who, statuses in expected.items():
            told = tuple(team[who].post(to(name, link), {"life": ""}).status_code for link in (mine, theirs))
            assert (name, who, told) == (name, who, statuses)
    assert team["approver"].get(reverse("make_link", args=[ours.pk])).status_code == 403
    assert make(team["viewer"], ours).status_code == 403


def test_a_link_of_another_assessment_is_not_found_nor_is_one_that_does_not_exist(team: Any, ours: Assessment) -> None:
    other = a_team("Other")
    elsewhere = made(other["owner-of-other"], brought_in(other, example_document("task_api")))
    beside = made(team["owner"], brought_in(team, example_document("service_desk")))
    for name in CHANGES:
        for link_id in (elsewhere.pk, beside.pk, 10**6, 10**30):
            url = f"/a/{ours.pk}/link/{link_id}/"
            end = {"pause_link": "pause/", "resume_link": "resume/", "reset_tries": "tries/", "switch_off": "off/"}
            assert team["owner"].post(url + end.get(name, "")).status_code == 404
        assert team["owner"].post(to(name, elsewhere)).status_code == 404
    assert set(ShareLink.objects.values_list("paused_at", "switched_off_at")) == {(None, None)}


def test_pausing_going_on_and_switching_off(team: Any, ours: Assessment) -> None:
    link = made(team["owner"], ours)
    states = []
    for name in ("pause_link", "resume_link", "switch_off", "resume_link"):
        assert team["owner"].post(to(name, link))["Location"] == reverse("links", args=[ours.pk])
        link.refresh_from_db()
        states.append(link.state)
    assert states == ["paused", "on", "off", "off"]
    acts = list(AuditEvent.objects.filter(chain=ours.workspace_id).values_list("act", "who"))
    assert acts[-4:-1] == [
        (act, "Owner <owner@example.org>") for act in ("pause_link", "resume_link", "switch_off_link")
    ]


def test_switching_off_asks_first(team: Any, ours: Assessment) -> None:
    link = made(team["owner"], ours)
    assert "cannot be switched on again" in Page(team["owner"].get(to("switch_off", link))).words("main")
    link.refresh_from_db()
    assert link.state == "on"


def test_changing_keeps_what_is_not_said(team: Any, ours: Assessment) -> None:
    link = made(team["owner"], ours, name="Board", passphrase="correct horse", openings="5", life="90")
    form = Page(team["owner"].get(to("change_link", link))).form("main")
    assert team["owner"].post(to("change_link", link), form).status_code == 302
    changed = ShareLink.objects.get(pk=link.pk)
    for field in ("name", "passphrase", "openings_allowed", "expires_at", "with_costs", "version"):
        assert getattr(changed, field) == getattr(link, field), field


def test_changing_passphrase_and_end(team: Any, ours: Assessment) -> None:
    link = made(team["owner"], ours, passphrase="correct horse")
    ShareLink.objects.update(expires_at=timezone.now() - DAY)
    team["owner"].post(to("change_link", link), {"life": "7", "passphrase": "battery staple", "openings": "3"})
    link.refresh_from_db()
    assert check_password("battery staple", link.passphrase)
    assert (link.state, link.openings_allowed) == ("on", 3)
    team["owner"].post(to("change_link", link), {"life": "", "no_passphrase": "on", "costs": "", "name": "x"})
    link.refresh_from_db()
    assert (link.passphrase, link.with_costs, link.openings_allowed) == ("", True, None)


def test_bad_changes_get_a_sentence_and_change_nothing(team: Any, ours: Assessment) -> None:
    link = made(team["owner"], ours, name="Board")
    response = team["owner"].post(to("change_link", link), {"life": "8", "name": "New", "openings": "x"})
    page = Page(response)
    assert (response.status_code, page.with_id("name").get("value")) == (422, "New")
    link.refresh_from_db()
    assert link.name == "Board"


def test_a_link_that_is_off_is_not_changed(team: Any, ours: Assessment) -> None:
    link = made(team["owner"], ours, name="Board")
    team["owner"].post(to("switch_off", link))
    assert team["owner"].get(to("change_link", link)).status_code == 302
    team["owner"].post(to("change_link", link), {"name": "New", "life": "365"})
    link.refresh_from_db()
    assert (link.name, link.state) == ("Board", "off")


def test_networks_that_are_locked_out_are_told_and_let_in_again(team: Any, ours: Assessment) -> None:
    link = made(team["owner"], ours, passphrase="correct horse")
    for network in ("10.0.0.0/24", "10.0.1.0/24"):
        for _ in range(PASSPHRASES.most):
            take(PASSPHRASES, network, about=str(link.pk))
    assert "Too many wrong passphrases from 2 networks" in listed(team["viewer"], ours).words("main")
    team["owner"].post(to("reset_tries", link))
    assert "Too many" not in listed(team["owner"], ours).words("main")
    assert Tries.objects.count() == 0


def test_the_list_asks_as_much_for_ten_links_as_for_one(
    team: Any, ours: Assessment, django_assert_num_queries: Any
) -> None:
    made(team["owner"], ours)
    listed(team["owner"], ours)
    # session, person, assessment, links, answers; workspaces and what waits, in the head
    with django_assert_num_queries(7):
        listed(team["owner"], ours)
    for _ in range(9):
        made(team["editor"], ours)
    with django_assert_num_queries(7):
        listed(team["owner"], ours)


def test_nobody_else_sees_the_list(team: Any, ours: Assessment, stranger: Any) -> None:
    other = a_team("Other")
    for client in (stranger, Client(), other["owner-of-other"]):
        assert client.get(reverse("links", args=[ours.pk])).status_code == 404
    assert listed(team["viewer"], ours).title.startswith("Share links")


def test_the_address_is_that_of_the_site_where_it_is_known(team: Any, ours: Assessment, settings: Any) -> None:
    settings.SITE_URL = "https://decide.example.org"
    response = make(team["owner"], ours)
    assert Page(response).with_id("share-url").get("value").startswith("https://decide.example.org/r/")


def test_signing_up_keeps_the_link_of_a_trial(owner: Any, team: Any) -> None:
    tried = bring_in(owner, example_document("task_api"))
    token = sharing.make_link(tried, None)
    Assessment.objects.filter(pk=tried.pk).update(workspace=team.workspace, browser="")
    assert Client().get(reverse("shared_result", args=[token])).status_code == 200
    assert team["owner"].post(to("pause_link", tried.share_links.get())).status_code == 302
    assert Client().get(reverse("shared_result", args=[token])).status_code == 404
