"""The pages of a sign-off: asking, deciding on exactly what was shown, conditions, and what becomes of it later."""

import time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.models import (
    Approval,
    ApprovalCondition,
    Assessment,
    Membership,
    Role,
    SignOff,
    User,
    Version,
)
from assessments.services.versions import freeze

from ..documents import example_document
from ..page_faults import faults
from ..pages import Page, told_by, words
from ..signers import Team, answer, approve, asking, browser, days_from, decision, new_team, sign_off_page, url
from ..visits import FRAMEWORK, bring_in

TODAY = timezone.localdate()


@pytest.fixture
def team(db: None) -> Team:
    return new_team()


@pytest.fixture
def assessment(team: Team) -> Assessment:
    return team.assessment()


# asking


def test_asking_on_the_page_freezes_and_names_everything_that_was_agreed(team: Team, assessment: Assessment) -> None:
    client = browser(team.eve)
    page = Page(client.get(url("ask_sign_off", assessment)))
    told = told_by(page)
    assert "This freezes the answers as version 1" in told
    assert "Eve Example" not in told, "an editor cannot be asked"
    terms = {
        "target_metric": "Clean replies",
        "baseline": "71%",
        "least_improvement": "8 points",
        "largest_regression": "2 points",
        "budget": "12000.50",
        "stop_on": "2099-03-31",
        "valid_until": "2099-12-31",
        "volume_low": "1000",
        "volume_high": "90000",
        "until_model_replaced": "on",
        "until_corrections_fall": "on",
    }
    response = client.post(
        url("ask_sign_off", assessment), asking(team.ana, team.bo, due_on=TODAY.isoformat(), **terms)
    )
    assert response["Location"] == url("sign_off", assessment)
    told = sign_off_page(team.vic, assessment)
    for said in (
        "Waiting, 0 of 2",
        "Ana Example Not decided yet Bo Example Not decided yet",
        "Target metric Clean replies",
        "Budget $12,000",
        "Stop date 31 March 2099",
        "Until 31 December 2099",
        "While volume is between 1,000 and 90,000 requests a month",
        "Until the base model is replaced",
        "Until weekly corrections are falling",
        f"due on {TODAY.day} {TODAY:%B %Y}",
    ):
        assert said in told, said
    assert Version.objects.get().last_edited_by == team.eve


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"approvers": []}, "Choose at least one approver."),
        ({"approvers": ["999999"]}, "Choose approvers among the people who may sign off here."),
        ({"approvers": ["\0", "x"]}, "Choose approvers among the people who may sign off here."),
        ({"due_on": "soon"}, "Due date must be a date, like 2027-03-31."),
        ({"due_on": "2020-01-01"}, "Due date must be today or later."),
        ({"stop_on": "99999-01-01"}, "Stop date must be a date, like 2027-03-31."),
        ({"valid_until": "2020-02-30"}, "Valid until must be a date, like 2027-03-31."),
        ({"target_metric": "x" * 201}, "Target metric can have at most 200 characters."),
        ({"baseline": "a\x00b"}, "Null characters are not allowed."),
        ({"budget": "a lot"}, "Budget must be an amount, like 12000 or 12000.50."),
        ({"budget": "-1"}, "Budget must be 0 or more."),
        ({"budget": "1e400"}, "Budget must be less than 1,000,000,000,000."),
        ({"budget": "NaN"}, "Budget must be an amount, like 12000 or 12000.50."),
        ({"budget": "1.9999"}, "Budget can have at most two decimals."),
        (
            {"budget": "12.000", "volume_low": "1.000"},
            "Budget: 12.000 can be read as 12 or as 12,000: type 12 or 12000.",
        ),
        ({"volume_low": "1.5"}, "Fewest requests a month must be a whole number, like 1200."),
        ({"volume_high": "9" * 30}, "Most requests a month must be 1,000,000,000 or less."),
        ({"volume_low": "-1"}, "Fewest requests a month must be 0 or more."),
        ({"volume_low": "9", "volume_high": "8"}, "Most requests a month must be at least as many as the fewest."),
    ],
)
def test_a_fault_is_told_in_a_sentence_and_nothing_typed_is_lost(
    team: Team, assessment: Assessment, sent: Any, sentence: str
) -> None:
    typed = {"target_metric": "Clean replies", "due_on": TODAY.isoformat(), "until_model_replaced": "on"}
    response = browser(team.ana).post(url("ask_sign_off", assessment), asking(team.bo, **typed) | sent)
    assert response.status_code == 422
    page = Page(response)
    assert sentence in page.words("problem")
    assert page.title.startswith("Error: ")
    shown = {e.get("name"): e.get("value") for e in page.all("input")}
    for name, value in (typed | sent).items():
        if name not in ("approvers", "until_model_replaced", "baseline"):
            assert shown[name] == value
    ticked = {
        e.get("value") for e in page.all("input") if e.get("name") == "approvers" and e.get("checked") is not None
    }
    assert ticked == ({str(team.bo.pk)} if "approvers" not in sent else set())
    assert [fault for fault in faults(page) if "invalid-codepoint" not in fault] == []
    assert (SignOff.objects.count(), Version.objects.count()) == (0, 0)


def test_the_last_editor_asked_alone_is_refused_in_words(team: Team, assessment: Assessment) -> None:
    answer(assessment, team.ana, "brand_voice", "no")
    page = Page(browser(team.ana).get(url("ask_sign_off", assessment)))
    assert "Changed the answers last, so cannot approve alone" in told_by(page)
    response = browser(team.ana).post(url("ask_sign_off", assessment), asking(team.ana))
    assert response.status_code == 422
    assert "cannot approve alone. Choose somebody else as well." in Page(response).words("problem")
    assert Version.objects.count() == 0


def test_asking_again_starts_from_what_was_asked_before(team: Team, assessment: Assessment) -> None:
    team.ask(assessment, team.bo, baseline="71%", budget=12_000, until_model_replaced=True)
    page = Page(browser(team.ana).get(url("ask_sign_off", assessment)))
    shown = {e.get("name"): e.get("value") for e in page.all("input") if e.get("type") == "text"}
    assert (shown["baseline"], shown["budget"]) == ("71%", "12000")
    checked = {(e.get("name"), e.get("value", "on")) for e in page.all("input") if e.get("checked") is not None}
    assert checked == {("approvers", str(team.bo.pk)), ("until_model_replaced", "on")}
    assert "A request for version 1 is open. Asking again takes it back." in told_by(page)


@pytest.mark.parametrize("who", ["bo", "vic"])
def test_who_is_neither_owner_nor_editor_cannot_ask_or_take_back(team: Team, assessment: Assessment, who: str) -> None:
    client = browser(getattr(team, who))
    request = team.ask(assessment)
    for method in (client.get, client.post):
        assert method(url("ask_sign_off", assessment)).status_code == 403
    assert client.post(url("withdraw", assessment, request.pk)).status_code == 403
    page = Page(client.get(url("sign_off", assessment)))
    assert "Ask" not in {words(link).split()[0] for link in page.all("a")}
    assert "Take the request back" not in told_by(page)


def test_a_trial_has_no_sign_off(owner: Any) -> None:
    assessment = bring_in(owner, example_document("task_api"))
    page = Page(owner.get(url("sign_off", assessment)))
    assert "Sign-off needs an account" in told_by(page)
    assert reverse("account_signup") in {link.get("href") for link in page.all("a")}
    assert owner.post(url("ask_sign_off", assessment)).status_code == 403
    assert not Page(owner.get(url("result", assessment))).has("sign-off")


# conditions and taking back


def test_conditions_are_ticked_off_and_reopened_by_name(team: Team, assessment: Assessment) -> None:
    request = team.ask(assessment, team.bo)
    approve(assessment, request, team.bo, "conditions", conditions=("A privacy review",))
    point = ApprovalCondition.objects.get()
    address = url("meet_condition", assessment, point.pk)
    assert browser(team.vic).post(address, {"met": "1"}).status_code == 403
    page = Page(browser(team.eve).get(url("sign_off", assessment)))
    assert "Tick off: A privacy review" in {words(button) for button in page.all("button")}
    assert browser(team.eve).post(address, {"met": "1"})["Location"] == url("sign_off", assessment)
    today = f"{TODAY.day} {TODAY:%B %Y}"
    assert f"A privacy review Met {today} by Eve Example" in sign_off_page(team.vic, assessment)
    browser(team.bo).post(address, {"met": "0"})
    assert "A privacy review Open" in sign_off_page(team.vic, assessment)
    for other in (team.assessment(), assessment):
        unknown = url("meet_condition", other, point.pk + (0 if other != assessment else 1))
        assert browser(team.eve).post(unknown).status_code == 404


def test_a_request_is_taken_back_and_stays_in_the_list(team: Team, assessment: Assessment) -> None:
    request = team.ask(assessment)
    approve(assessment, request, team.bo, "objected", "No")
    browser(team.ana).post(url("withdraw", assessment, request.pk))
    told = sign_off_page(team.ana, assessment)
    assert "Not asked" in told
    assert "Earlier requests Version 1" in told
    assert "Taken back" in told
    complete = team.ask(assessment, team.bo)
    approve(assessment, complete, team.bo)
    response = browser(team.ana).post(url("withdraw", assessment, complete.pk))
    assert response.status_code == 409
    assert "cannot be taken back" in Page(response).words("problem")


# on the result page, later


def panel(person: User, assessment: Assessment) -> str:
    page = Page(browser(person).get(url("result", assessment)))
    return " ".join(" ".join(page.with_id("sign-off").itertext()).split())


def test_the_result_page_says_where_the_sign_off_stands_though_its_body_is_kept(
    team: Team, assessment: Assessment
) -> None:
    client = browser(team.bo)
    client.get(url("result", assessment))
    page = Page(client.get(url("result", assessment)))
    assert not page.has("sign-off")
    assert "Nobody is asked to sign yet" in told_by(page)
    request = team.ask(assessment, team.bo, due_on=TODAY)
    assert "Waiting, 0 of 1" in panel(team.bo, assessment)
    assert "Decide on version 1" in told_by(Page(client.get(url("result", assessment))))
    assert "Decide on" not in told_by(Page(browser(team.cy).get(url("result", assessment))))
    approve(assessment, request, team.bo)
    assert "Version 1 is approved by the one person asked." in panel(team.vic, assessment)
    answer(assessment, team.eve, "brand_voice", "no")
    told = panel(team.vic, assessment)
    assert "Approved: version 1. You are looking at version 2" in told
    page = Page(client.get(url("result", assessment)))
    assert url("version_diff", assessment, 1, "now") in {link.get("href") for link in page.all("a")}
    team.ask(assessment, team.bo, team.cy)
    assert "Version 1 was approved before." in panel(team.vic, assessment)


def test_a_preview_with_other_weights_has_no_panel_and_a_link_neither(team: Team, assessment: Assessment) -> None:
    team.ask(assessment)
    weight = {f"w-{FRAMEWORK.matrix.criteria[0].key}": "5"}
    page = Page(browser(team.ana).get(url("result_page", assessment, "options"), weight))
    assert not page.has("sign-off")
    assert "<!--" not in page.html


def test_an_overdue_request_and_a_decision_due_again_are_told(team: Team, assessment: Assessment) -> None:
    request = team.ask(assessment, team.bo, due_on=TODAY, stop_on=TODAY)
    SignOff.objects.update(due_on=days_from(TODAY, -1))
    assert "The due date has passed" in panel(team.vic, assessment)
    approve(assessment, request, team.bo)
    told = panel(team.vic, assessment)
    assert "The due date has passed" not in told
    assert "Due for another look The stop date was" in told


def test_the_same_answers_with_another_result_today_are_told(team: Team, assessment: Assessment) -> None:
    request = team.ask(assessment, team.bo)
    approve(assessment, request, team.bo)
    Version._base_manager.update(content_hash="f" * 64)
    assert "The same answers give another result today" in panel(team.vic, assessment)


def test_every_page_of_a_sign_off_holds(team: Team) -> None:
    document = example_document("task_api")
    document["use_case"]["name"] = "<script>alert(1)</script>\"' \u202e"
    assessment = team.assessment(document)
    User.objects.filter(pk=team.bo.pk).update(name="<b>Bo</b> \"' " + "x" * 80)
    client = browser(team.ana)
    pages = {"nothing": client.get(url("sign_off", assessment)), "ask": client.get(url("ask_sign_off", assessment))}
    request = team.ask(assessment, team.ana, team.bo, target_metric="<img src=x> " * 9, due_on=TODAY)
    pages["waiting"] = client.get(url("sign_off", assessment))
    pages["decide"] = client.get(url("decide", assessment, request.pk))
    hostile = "{{ 7 }}</textarea><script>alert(1)</script>"
    approve(assessment, request, team.bo, "conditions", hostile, (hostile, "x" * 500))
    pages["half"] = client.get(url("decide", assessment, request.pk))
    approve(assessment, request, team.ana)
    answer(assessment, team.eve, "brand_voice", "no")
    pages["stale"] = client.get(url("sign_off", assessment))
    pages["result"] = client.get(url("result", assessment))
    pages["complete"] = client.get(url("decide", assessment, request.pk))
    team.ask(assessment, team.cy)
    pages["again"] = client.get(url("sign_off", assessment))
    assert {name: page.status_code for name, page in pages.items() if page.status_code != 200} == {}
    wrong = {name: found for name, page in pages.items() if (found := faults(Page(page)))}
    assert wrong == {}


def test_pages_ask_as_much_for_many_approvers_and_requests_as_for_few(team: Team, assessment: Assessment) -> None:
    def queries(request: SignOff) -> dict[str, int]:
        found, client = {}, browser(team.ana)
        client.get(url("result", assessment))
        for name, more in (("sign_off", []), ("ask_sign_off", []), ("decide", [request.pk]), ("result", [])):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(url(name, assessment, *more)).status_code == 200
            found[name] = len(captured)
        return found

    def ask_all(*approvers: User) -> SignOff:
        request: SignOff = team.ask(assessment, *approvers)
        for one in approvers:
            approve(assessment, request, one, "conditions", "With care", ("One", "Two", "Three"))
        return request

    few = queries(ask_all(team.bo))
    freeze(assessment, team.ana, reason="")
    more = [User.objects.create_user(f"{n}@example.org", name=f"Person {n}") for n in range(12)]
    for person in more:
        Membership.objects.create(workspace=team.workspace, user=person, role=Role.APPROVER)
    for _ in range(3):
        request = ask_all(team.ana, team.bo, team.cy, *more)
    assert queries(request) == few
    assert max(few.values()) <= 25


def test_the_time_of_a_decision_is_the_server_s(team: Team, assessment: Assessment) -> None:
    request, before = team.ask(assessment, team.bo), time.time()
    browser(team.bo).post(
        url("decide", assessment, request.pk), decision(request) | {"decided_at": "2020-01-01", "approver": "1"}
    )
    approval = Approval.objects.get()
    assert approval.decided_at
    assert approval.decided_at.timestamp() >= before
    assert approval.approver == team.bo
