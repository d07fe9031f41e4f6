"""Several people answer the same questions blind to each other; then what they differ on is settled."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment, AuditEvent, Membership, Rater, RatingRound, StoredValue
from assessments.services import moving, sharing
from assessments.services.answer_sheet import read_sheet
from assessments.services.extract import Scope
from assessments.services.own_data import own_data

from ..api.programs import program_of
from ..documents import example_document
from ..own_frameworks import a_framework, published
from ..pages import Page
from ..people import Team, make_team
from ..raters import closed_round
from ..visits import bring_in, questions_of, save_one, value_of

SECTION = "reasons_for"
KEYS = [one.key for one in questions_of(SECTION)]
BLIND = "You are answering blind"


@pytest.fixture
def team(db: None) -> Team:
    return make_team()


@pytest.fixture
def ours(team: Team) -> Assessment:
    return team.assessment


def at(name: str, assessment: Assessment, *more: int) -> str:
    return reverse(name, args=[assessment.pk, *more])


def ask(team: Team, *roles: str, section: str | None = SECTION) -> Any:
    sent = {"member": [team.users[role].pk for role in roles]} | ({} if section is None else {"section": section})
    return team.clients["editor"].post(at("raters", team.assessment), sent)


def asked(team: Team, *roles: str) -> RatingRound:
    assert ask(team, *roles).status_code == 302
    return RatingRound.objects.get(assessment=team.assessment, closed_at=None)


def answer(client: Client, found: RatingRound, *answers: str, hand_in: bool = True, because: str = "") -> Any:
    """Answers the questions in their order; what shows the second answer stands beside it."""
    sent = {f"{KEYS[1]}-evidence": because} | dict(zip(KEYS, answers, strict=False))
    sent |= {"hand_in": "1"} if hand_in else {}
    return client.post(at("rate", found.assessment, found.pk), sent, follow=True)


def told(response: Any) -> str:
    return Page(response).words("main")


def page(client: Client, found: RatingRound) -> str:
    return told(client.get(at("rating_round", found.assessment, found.pk)))


def test_three_people_answer_blind_and_what_they_differ_on_is_settled(team: Team, ours: Assessment) -> None:
    editor, viewer = team.clients["editor"], team.clients["viewer"]
    save_one(editor, ours, KEYS[0], "no")
    found = asked(team, "owner", "approver", "viewer")

    # whoever is asked finds it, and sees nothing of what is answered, theirs alone
    waits = Page(viewer.get(reverse("waiting")))
    assert "Asked to answer blind 1" in waits.words("main")
    assert "1 waiting for you" in waits.html
    for name in ("result", "overview", "review", "export", "history", "versions"):
        closed = team.clients["approver"].get(at(name, ours))
        assert (name, closed.status_code, BLIND in told(closed)) == (name, 403, True)
    assert viewer.get(at("raters", ours)).status_code == 200
    assert editor.get(at("result", ours)).status_code == 200, "who is not asked goes on"
    questions = Page(viewer.get(at("rate", ours, found.pk)))
    assert not any(one.get("checked") is not None for one in questions.all("input")), "not what stands there"

    # a part is kept, and nobody sees it; handing in is for good
    answer(viewer, found, "yes", "no", hand_in=False, because="Nobody asked for it in May")
    assert "2 of 7 answered" in page(editor, found)
    assert "Nobody asked" not in page(editor, found)
    kept = Page(viewer.get(at("rate", ours, found.pk)))
    assert [one.get("value") for one in kept.all("input") if one.get("checked") is not None] == ["yes", "no"]
    answer(viewer, found, *["yes", "no", "yes", "no", "no", "no", "no"], because=kept.words(f"{KEYS[1]}-evidence"))
    assert viewer.get(at("result", ours)).status_code == 200
    assert "Vi: Yes" not in page(viewer, found), "others are not through"
    again = answer(viewer, found, *["no"] * 7)
    assert Rater.objects.get(user=team.users["viewer"]).said[f"answers.{KEYS[0]}"]["value"] == "yes", told(again)

    # the last one closes it
    answer(team.clients["approver"], found, *["yes", "yes", "yes", "no", "no", "no", "no"])
    answer(team.clients["owner"], found, *["yes", "no", "no", "no", "no", "no"])
    found.refresh_from_db()
    assert found.closed_at
    shown = page(viewer, found)
    assert "All who answered agree on 5 of 7 questions" in shown
    assert "Krippendorff’s alpha leaves it out: 0.55" in shown
    assert "2 of 3 say “No”. Ann: Yes · Olga: No · Vi: No" in shown
    assert "Vi: Nobody asked for it in May" in shown
    assert "The assessment as it stands" in shown
    assert "Save what is settled" not in shown, "a viewer settles nothing"

    # what all say is chosen already; the rest is chosen by hand
    where = at("rating_round", ours, found.pk)
    form = Page(editor.get(where)).form("settle")
    assert (form[f"settle-{KEYS[0]}"], form[f"settle-{KEYS[1]}"]) == ("yes", "")
    editor.post(where, form | {f"settle-{KEYS[2]}": "yes"})
    assert [value_of(ours, key) for key in KEYS[:3:2]] == ["yes", "yes"]
    origin = read_sheet(ours).values[f"answers.{KEYS[0]}"].origin
    assert (origin["kind"], origin["raters"]) == ("settled", 3)
    assert "Settle what they differ on: 1 left" in page(editor, found)
    assert "Settled from three raters on" in told(editor.get(at("review", ours)))

    # who said what stays here
    exported = editor.get(at("export", ours)).content.decode()
    assert json.loads(exported)["origins"][f"answers.{KEYS[0]}"]["raters"] == 3
    assert "in May" not in exported
    for evidence in (True, False):
        token = sharing.make_link(ours, None, sharing.Choices(scope=Scope(costs=True, evidence=evidence)))
        link = Client().get(reverse("shared_page", args=[token, "why"])).content.decode()
        assert "in May" not in link
    acts = list(AuditEvent.objects.filter(about=ours.pk).values_list("act", flat=True))
    told_of = ("open_round", "save_rating", "hand_in_rating", "settle_answers")
    assert [acts.count(act) for act in told_of] == [1, 2, 3, 1]


def test_whoever_is_blind_finds_the_answers_nowhere_else(team: Team, ours: Assessment) -> None:
    """Neither beside another assessment, nor in the file of their account, nor through a token."""
    other, user = bring_in(team.clients["owner"], example_document("service_desk")), team.users["approver"]
    compared = f"{team.url('compare')}?a={ours.pk}&a={other.pk}"
    program = program_of(user, team.workspace)

    def found() -> list[Any]:
        inside = {one["id"] for one in json.loads("".join(own_data(user)))["assessments"]}
        beside = team.clients["approver"].get(compared).status_code
        return [beside, program.get(f"assessments/{ours.pk}/result").status_code, ours.pk in inside]

    assert found() == [200, 200, True]
    opened = asked(team, "approver", "viewer")
    assert found() == [422, 403, False]
    assert BLIND in program.get(f"assessments/{ours.pk}/result").json()["title"]
    answer(team.clients["approver"], opened, "yes")
    assert found() == [200, 200, True]


def test_a_round_that_is_closed_early_counts_who_has_handed_in_and_loses_nothing(team: Team, ours: Assessment) -> None:
    found = asked(team, "owner", "approver", "viewer")
    answer(team.clients["viewer"], found, "yes")
    team.clients["editor"].post(at("close_round", ours, found.pk))
    assert "Closed with one person’s answers" in page(team.clients["editor"], found)
    late = told(answer(team.clients["owner"], found, "no"))
    assert "The round was closed before you handed in" in late
    assert "What you had answered. It came too late to count" in late
    assert Rater.objects.get(user=team.users["owner"]).handed_in_at is None
    before = StoredValue.objects.count()
    refused = team.clients["editor"].post(at("rating_round", ours, found.pk), {f"settle-{KEYS[0]}": "yes"}, follow=True)
    assert "There is nothing to settle" in told(refused)
    assert StoredValue.objects.count() == before
    assert asked(team, "owner", "viewer").pk != found.pk, "people can be asked again"


def test_somebody_who_declines_or_is_removed_is_not_waited_for(team: Team, ours: Assessment) -> None:
    found = asked(team, "owner", "approver", "viewer")
    viewer = team.clients["viewer"]
    answer(viewer, found, "yes", hand_in=False)
    viewer.post(at("decline_round", ours, found.pk))
    assert viewer.get(at("result", ours)).status_code == 200
    assert Rater.objects.get(user=team.users["viewer"]).said == {}
    answer(team.clients["approver"], found, "yes")
    Membership.objects.filter(user=team.users["owner"]).delete()
    shown = page(team.clients["editor"], found)
    assert "Ann Handed in" in shown
    assert "Vi Declined" in shown
    assert "Olga No longer a member" in shown
    assert "Nobody is left to wait for" in shown


def test_whoever_has_handed_in_counts_when_they_are_gone(team: Team, ours: Assessment) -> None:
    found = closed_round(ours, [team.users[role] for role in ("approver", "viewer")], SECTION)
    team.users["viewer"].delete()
    shown = page(team.clients["editor"], found)
    assert "A former member: " in shown
    assert "Cohen’s kappa" in shown


@pytest.mark.parametrize(
    ("roles", "section", "fault"),
    [
        (("owner",), SECTION, "Choose two to five people."),
        (("owner", "viewer"), "pilot", "Choose what they are to answer."),
        (("owner", "viewer"), None, "Choose what they are to answer."),
    ],
)
def test_what_cannot_be_asked_is_said(team: Team, roles: tuple[str, ...], section: str | None, fault: str) -> None:
    refused = ask(team, *roles, section=section)
    assert (refused.status_code, RatingRound.objects.count()) == (422, 0)
    assert fault in told(refused)


def test_one_round_at_a_time_and_what_is_no_answer_is_refused(team: Team, ours: Assessment) -> None:
    found = asked(team, "owner", "viewer")
    assert "A round is open already" in told(ask(team, "owner", "approver"))
    wrong = answer(team.clients["viewer"], found, "perhaps")
    assert wrong.status_code == 422
    assert "choose one of the answers" in told(wrong)
    nothing = answer(team.clients["viewer"], found)
    assert "Answer at least one question" in told(nothing)


def test_a_framework_that_was_changed_in_the_middle_settles_what_is_still_asked(team: Team, ours: Assessment) -> None:
    found = closed_round(ours, [team.users[role] for role in ("approver", "viewer")], SECTION)
    off: dict[str, Any] = {f"questions__{KEYS[1]}__off": True}
    own = a_framework(team.workspace, team.users["owner"], **off)
    moving.move(ours, team.users["owner"], published(own, team.users["owner"]).key)
    editor, where = team.clients["editor"], at("rating_round", ours, found.pk)
    shown = Page(editor.get(where))
    assert "was moved to another framework since" in shown.words("main")
    assert "The assessment’s framework no longer asks this as it was asked" in shown.words("main")
    editor.post(where, dict.fromkeys((f"settle-{key}" for key in KEYS), "yes") | shown.form("settle"))
    found.refresh_from_db()
    assert (f"answers.{KEYS[2]}" in found.settled, f"answers.{KEYS[1]}" in found.settled) == (True, False)


def test_an_answer_that_somebody_changed_meanwhile_is_not_settled_over(team: Team, ours: Assessment) -> None:
    found = closed_round(ours, [team.users[role] for role in ("approver", "viewer")], SECTION)
    editor, where = team.clients["editor"], at("rating_round", ours, found.pk)
    form = Page(editor.get(where)).form("settle")
    save_one(team.clients["owner"], ours, KEYS[1], "unsure")
    response = editor.post(where, form | {f"settle-{KEYS[1]}": "yes"}, follow=True)
    assert "Changed by somebody meanwhile" in told(response)
    assert value_of(ours, KEYS[1]) == "unsure"
    found.refresh_from_db()
    assert f"answers.{KEYS[1]}" not in found.settled


def test_the_list_asks_as_much_for_many_rounds_as_for_one(
    team: Team, ours: Assessment, django_assert_num_queries: Any
) -> None:
    users, client = list(team.users.values())[:3], team.clients["viewer"]
    for rounds in (1, 3):
        while ours.rating_rounds.count() < rounds:
            closed_round(ours, users)
        newest = at("rating_round", ours, ours.rating_rounds.latest("pk").pk)
        for url, count in ((at("raters", ours), 11), (newest, 10)):
            client.get(url)
            with django_assert_num_queries(count):
                assert client.get(url).status_code == 200
