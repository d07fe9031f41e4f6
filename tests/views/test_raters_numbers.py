"""Raters answer with numbers, shares, days and lists too: read, compared and settled as what they are."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment, Rater, RatingRound, StoredValue
from assessments.services.answer_sheet import read_sheet
from assessments.services.rating import open_round
from assessments.services.rating_rounds import rated_sections

from ..pages import Page, told_by
from ..people import Team, make_team
from ..raters import closed_round
from ..visits import FRAMEWORK, questions_of, save_one, value_of

ASKED = ("approver", "viewer")


@pytest.fixture
def team(db: None) -> Team:
    return make_team()


@pytest.fixture
def ours(team: Team) -> Assessment:
    return team.assessment


def opened(team: Team, section: str, *roles: str) -> RatingRound:
    people = [team.users[role].pk for role in roles or ASKED]
    return open_round(team.assessment, team.users["editor"], section, people)


def at(found: RatingRound, name: str = "rating_round") -> str:
    return reverse(name, args=[found.assessment_id, found.pk])


def answer(client: Client, found: RatingRound, **typed: str) -> Any:
    return keep(client, found, hand_in="1", **typed)


def keep(client: Client, found: RatingRound, *, language: str = "en", **sent: str) -> Any:
    return client.post(at(found, "rate"), sent, follow=True, headers={"Accept-Language": language})


def answered(team: Team, section: str, first: dict[str, str], second: dict[str, str]) -> RatingRound:
    found = opened(team, section)
    for role, typed in zip(ASKED, (first, second), strict=True):
        answer(team.clients[role], found, **typed)
    return found


def page(team: Team, found: RatingRound) -> Page:
    return Page(team.clients["editor"].get(at(found)))


def settled(team: Team, found: RatingRound, **sent: str) -> Any:
    form = page(team, found).form("settle")
    return team.clients["editor"].post(at(found), form | sent, follow=True)


def test_what_can_decide_is_asked_and_no_text_nor_the_currency() -> None:
    asked = {one.path: one.kind for _section, questions in rated_sections(FRAMEWORK) for one in questions}
    assert set(asked.values()) == {"choice", "select", "number", "numbers", "rows", "day"}
    assert {"use_case.goal", "use_case.seconds_wanted", "failures.reasoning", "costs.starts_on"} <= asked.keys()
    assert {"use_case.task", "costs.currency", "costs.exchange_rate", "pilot.pilot_outcome"}.isdisjoint(asked)


def test_numbers_are_read_in_the_language_of_whoever_types_them_and_said_back(team: Team) -> None:
    found = opened(team, "readiness")
    approver, viewer = (team.clients[role] for role in ASKED)
    kept = keep(approver, found, language="de", labelled_examples="12.000", reviewer_agreement="0,85")
    assert "Gelabelte Beispiele: Gelesen als 12 000" in told_by(Page(kept))
    said = Rater.objects.get(user=team.users["approver"]).said
    assert said["readiness.labelled_examples"]["value"] == 12_000
    assert said["readiness.reviewer_agreement"]["value"] == 0.85
    shown = Page(approver.get(at(found, "rate")))
    assert [shown.with_id(key).get("value") for key in ("labelled_examples", "reviewer_agreement")] == ["12000", "85"]

    refused = answer(viewer, found, labelled_examples="12.000", eval_set="yes")
    assert refused.status_code == 422
    assert "can be read as 12 or as 12,000" in told_by(Page(refused))
    assert Page(refused).with_id("labelled_examples").get("value") == "12.000", "what was typed stays"
    assert Rater.objects.get(user=team.users["viewer"]).said == {}


def test_a_number_is_read_back_while_somebody_types_and_nothing_is_kept(team: Team) -> None:
    found = opened(team, "costs")
    viewer = team.clients["viewer"]

    def check(key: str, typed: str) -> Any:
        return viewer.post(f"{at(found, 'rate')}?check={key}", {key: typed}, headers={"HX-Request": "true"})

    assert "Read as 12,000" in check("training_cost", "12,000").content.decode()
    told = check("training_cost", "500 €").content.decode()
    assert "amounts here are in US dollars, and you typed 500" in told
    assert 'value="500"' in told, "one press says what was meant"
    assert check("nothing", "1").status_code == 404
    assert Rater.objects.get(user=team.users["viewer"]).said == {}


def test_nobody_is_shown_what_stands_where_they_are_to_answer_it(team: Team, ours: Assessment) -> None:
    save_one(team.clients["editor"], ours, "monthly_requests", "77123")
    whole, reasons = opened(team, ""), None
    shown = Page(team.clients["viewer"].get(at(whole, "rate")))
    assert "77" not in shown.words("main")
    assert not any(one.get("checked") is not None for one in shown.all("input"))
    RatingRound.objects.all().delete()
    reasons = opened(team, "reasons_for")
    told = Page(team.clients["viewer"].get(at(reasons, "rate"))).words("main")
    assert "Requests a month 77,123" in told, "beside other questions the use case is shown"


def test_none_is_a_number_and_counts_as_an_answer(team: Team) -> None:
    found = answered(team, "diagnosis", {"reasoning": "0"}, {"reasoning": "0"})
    shown = page(team, found)
    assert "All who answered agree on 1 of 1 question" in shown.words("main")
    assert "Ann: 0 failures" in shown.words("settle")
    settled(team, found)
    assert value_of(found.assessment, "reasoning") == 0
    found.refresh_from_db()
    assert found.settled == {"failures.reasoning": 0}


def test_each_question_says_who_is_how_far_apart_and_another_number_settles_it(team: Team, ours: Assessment) -> None:
    first = {"labelled_examples": "9000", "reviewed_examples": "4000", "reviewer_agreement": "80%"}
    found = answered(team, "readiness", first, first | {"labelled_examples": "12,000", "reviewer_agreement": "91.5%"})
    shown = page(team, found)
    told = shown.words("settle")
    assert "Ann: 9,000 examples · Vi: 12,000 examples Lowest 9,000 (Ann), highest 12,000 (Vi): 3,000 apart" in told
    assert "Lowest 80% (Ann), highest 91.5% (Vi): 11.5 points apart" in told
    assert "2 of 2 say “4,000 examples”" in told
    assert "12,000 examples, as Vi answered" in told
    assert "Krippendorff" not in shown.words("main"), "examples and shares of cases have no common figure"
    assert "Numbers of different units go into no common figure" in shown.words("main")
    form = shown.form("settle")
    assert (form["settle-labelled_examples"], form["settle-reviewed_examples"]) == ("", "4000")

    response = settled(
        team, found, **{"settle-labelled_examples-other": "10,500", "settle-reviewer_agreement": "0.915"}
    )
    assert "Labelled examples: read as 10,500" in told_by(Page(response))
    values = {key: value_of(ours, key) for key in ("labelled_examples", "reviewed_examples", "reviewer_agreement")}
    assert values == {"labelled_examples": 10_500, "reviewed_examples": 4_000, "reviewer_agreement": 0.915}
    origin = read_sheet(ours).values["readiness.labelled_examples"].origin
    assert (origin["kind"], origin["raters"]) == ("settled", 2)
    assert "All differences are settled" in page(team, found).words("settle")


def test_what_cannot_be_read_settles_nothing_and_stays_as_it_was_typed(team: Team) -> None:
    first = {"labelled_examples": "9000", "reviewed_examples": "4000"}
    found = answered(team, "readiness", first, first | {"labelled_examples": "12000", "reviewed_examples": "5000"})
    before = StoredValue.objects.count()
    refused = settled(team, found, **{"settle-labelled_examples-other": "some", "settle-reviewed_examples": "5000"})
    assert (refused.status_code, StoredValue.objects.count()) == (422, before)
    assert "Nothing was settled yet" in told_by(Page(refused))
    sent = Page(refused).form("settle")
    kept = (sent["settle-labelled_examples-other"], sent["settle-reviewed_examples"])
    assert kept == ("some", "5000")
    assert Page(refused).with_id("settle-labelled_examples-other").get("aria-invalid") == "true"


def test_what_does_not_fit_together_is_refused_where_it_is_said_and_where_it_is_settled(team: Team) -> None:
    found = opened(team, "readiness")
    wrong = answer(team.clients["viewer"], found, labelled_examples="100", reviewed_examples="200")
    assert wrong.status_code == 422
    assert "Reviewed examples (200) cannot be more than the 100 labelled ones" in told_by(Page(wrong))
    answer(team.clients["viewer"], found, labelled_examples="100", reviewed_examples="50", eval_set="yes")
    answer(team.clients["approver"], found, labelled_examples="300", reviewed_examples="200", eval_set="yes")
    response = settled(team, found, **{"settle-labelled_examples": "100", "settle-reviewed_examples": "200"})
    assert "Not settled, and left as it is. Reviewed examples (200) cannot be more" in told_by(Page(response))
    found.refresh_from_db()
    assert "answers.eval_set" in found.settled, "the rest is settled"
    assert "readiness.reviewed_examples" not in found.settled


def test_the_verdict_of_each_takes_their_numbers_in(team: Team, ours: Assessment) -> None:
    """Only their counts differ: missing knowledge is no reason to tune, wrong voice is."""
    voice = {"missing_knowledge": "0", "policy_tone": "50"}
    found = answered(team, "diagnosis", voice, {"missing_knowledge": "50", "policy_tone": "0"})
    told = page(team, found).words("main")
    assert "Their answers would give two different verdicts" in told
    assert read_sheet(ours).value("failures.missing_knowledge") != 50, "for looking only"


def test_shares_of_failures_are_compared_over_all_kinds_whatever_the_size_of_the_sample(team: Team) -> None:
    keys = [one.key for one in questions_of("diagnosis") if one.place == "failures"]
    fifty = dict.fromkeys(keys, "5") | {keys[0]: "10"}
    hundred = {key: str(2 * int(count)) for key, count in fifty.items()}
    shown = page(team, answered(team, "diagnosis", fifty, hundred))
    told = shown.words("main")
    assert "On the shares of 9 kinds of failures: Krippendorff’s alpha for numbers 1.00" in told
    assert "Ann: 10 failures (20%) · Vi: 20 failures (20%)" in told
    assert "apart" not in shown.words("settle")


def test_lists_are_the_same_or_not_and_another_row_comes_without_script(team: Team, ours: Assessment) -> None:
    found = opened(team, "readiness")
    row = {"data-0-label": "billing", "data-0-required": "200", "data-0-available": "150", "data-0-reviewed": "10"}
    more = team.clients["viewer"].post(at(found, "rate"), row | {"data-rev": "0.", "stay": "data"})
    assert more["Location"].endswith("#q-data")
    answer(team.clients["viewer"], found, **row, **{"data-rev": "0."})
    answer(team.clients["approver"], found, **row | {"data-0-available": "160"}, **{"data-rev": "0."})
    shown = page(team, found)
    assert "As Vi answered" in shown.words("settle")
    assert "apart" not in shown.words("settle")
    options = [one.get("value") for one in shown.with_id("settle-data").iter("option")]
    settled(team, found, **{"settle-data": options[2]})
    assert value_of(ours, "data")[0]["available"] in (150, 160)


def test_a_day_and_a_kind_of_task_are_settled_as_what_they_are(team: Team, ours: Assessment) -> None:
    found = answered(team, "costs", {"starts_on": "2027-01-01"}, {"starts_on": "2027-03-02"})
    told = page(team, found).words("settle")
    assert "Earliest 1 January 2027 (Ann), latest 2 March 2027 (Vi): 60 days apart" in told
    settled(team, found, **{"settle-starts_on-other": "2027-02-01"})
    assert value_of(ours, "starts_on") == "2027-02-01"
    found = answered(team, "use_case", {"goal": "format"}, {"goal": "persona"})
    assert "Ann: Keep to our format every time · Vi: Speak in our voice" in page(team, found).words("settle")
    settled(team, found, **{"settle-goal": "persona"})
    assert value_of(ours, "goal") == "persona"


def test_what_one_person_alone_answered_is_kept_apart(team: Team) -> None:
    found = answered(team, "readiness", {"eval_set": "yes", "labelled_examples": "10"}, {"eval_set": "yes"})
    told = page(team, found).words("settle")
    assert "1 question that one person alone answered" in told
    assert "Ann: 10 examples · Vi: left out" in told
    assert "questions were answered by nobody" in told


def test_who_said_which_number_goes_nowhere_else(team: Team, ours: Assessment) -> None:
    found = answered(team, "readiness", {"labelled_examples": "9876"}, {"labelled_examples": "6789"})
    settled(team, found, **{"settle-labelled_examples": "6789"})
    exported = team.clients["editor"].get(reverse("export", args=[ours.pk])).content.decode()
    assert json.loads(exported)["readiness"]["labelled_examples"] == 6_789
    assert "9876" not in exported


def test_a_round_of_all_questions_is_shown_to_three_people(team: Team, ours: Assessment) -> None:
    found = closed_round(ours, [team.users[role] for role in ("owner", *ASKED)])
    shown = page(team, found)
    assert "Each section by itself" in shown.words("main")
    settled(team, found)
    found.refresh_from_db()
    assert set(map(type, found.settled.values())) >= {str, int, float}
