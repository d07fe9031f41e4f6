"""The pages of versions: the list, a frozen one, two compared, and going back."""

from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.engine.decide import decide
from assessments.models import Assessment, DrawnPdf, Version
from assessments.services import answer_sheet
from assessments.services.answer_sheet import read_sheet
from assessments.services.versions import freeze, hash_of

from ..documents import example_document
from ..page_faults import faults
from ..pages import Page, told_by
from ..people import make_team
from ..signers import Team, answer, approve, browser, page_of, url
from ..visits import FRAMEWORK, bring_in, save_one
from ..workspaces import put_in


@pytest.fixture
def assessment(team: Team) -> Assessment:
    return team.assessment()


# the list


def test_a_version_is_frozen_by_hand_with_a_reason(ana: Client, assessment: Assessment) -> None:
    form = told_by(page_of(ana, "versions", assessment))
    assert "Version 1, not frozen yet" in form
    response = ana.post(url("freeze", assessment), {"reason": "For the board"})
    assert response["Location"] == url("versions", assessment) + "#version-1"
    page = page_of(ana, "versions", assessment)
    assert "For the board" in page.words("version-1")
    assert "Fine-tune a small model. Pilot first." in page.words("version-1")
    assert "Frozen" in page.words("version-1")
    assert "by Ana Example" in page.words("version-1")
    assert "Nothing has changed since it was frozen." in told_by(page)
    assert not [b for b in page.all("button") if "Freeze" in (b.text or "")]


def test_pressing_freeze_twice_makes_one_version(ana: Client, assessment: Assessment) -> None:
    for _ in range(2):
        ana.post(url("freeze", assessment), {"reason": "\0 a \U0001f469"})
    assert Version.objects.get().reason == "a \U0001f469"


def test_a_viewer_sees_versions_and_no_way_to_freeze_or_go_back(team: Team, assessment: Assessment) -> None:
    freeze(assessment, team.ana, reason="")
    answer(assessment, team.eve, "brand_voice", "no")
    page = page_of(browser(team.vic), "versions", assessment)
    links = {link.get("href") for link in page.all("a")}
    assert url("version", assessment, 1) in links
    assert url("go_back", assessment, 1) not in links
    assert not [form for form in page.all("form") if form.get("action") == url("freeze", assessment)]


def test_somebody_who_tries_can_freeze_and_compare_too(owner: Any) -> None:
    assessment = bring_in(owner, example_document("task_api"))
    owner.post(url("freeze", assessment))
    save_one(owner, assessment, "brand_voice", "no")
    page = page_of(owner, "version_diff", assessment, 1, "now")
    assert "1 answer changed" in page.words("lead")
    assert "Somebody without an account" in told_by(page)


# a frozen version


def posts_of(page: Page) -> set[str]:
    return {form.get("action") for form in page.all("form") if form.get("method") == "post"}


def test_a_frozen_version_is_shown_as_it_was_with_no_way_to_change_it(
    team: Team, ana: Client, assessment: Assessment
) -> None:
    freeze(assessment, team.ana, reason="")
    for key in ("brand_voice", "consistent_behavior"):
        answer(assessment, team.eve, key, "no")
    answer(assessment, team.eve, "name", "Renamed")
    page = page_of(ana, "version", assessment, 1)
    assert page.title.startswith("Fine-tune a small model. Pilot first. Task API assistant")
    assert "Version 1, read only" in told_by(page)
    assert "4 for, 0 against" in told_by(page)
    assert "says something else" not in told_by(page)
    forms = {form.get("action") for form in page.all("form") if form.get("method") == "post"}
    of_the_frame = {
        form.get("action") for form in Page(ana.get("/method/")).all("form") if form.get("method") == "post"
    }
    assert forms == of_the_frame
    assert not [link for link in page.all("a") if "?from=review" in (link.get("href") or "")]
    assert "4 for, 0 against" not in told_by(page_of(ana, "result", assessment))


def test_other_weights_can_be_looked_at_on_a_frozen_version(team: Team, ana: Client, assessment: Assessment) -> None:
    freeze(assessment, team.ana, reason="")
    response = ana.get(url("version_page", assessment, 1, "options"), {f"w-{FRAMEWORK.matrix.criteria[0].key}": "5"})
    assert response.status_code == 200
    assert "A preview with other weights" in response.content.decode()
    assert "Save these weights" not in response.content.decode()


def test_a_version_that_today_s_engine_reads_otherwise_says_so(team: Team, ana: Client, assessment: Assessment) -> None:
    version = freeze(assessment, team.ana, reason="")
    result = version.result | {"approach": "prompting", "action": "keep", "rule": 1}
    content_hash = hash_of(read_sheet(assessment))[::-1]
    Version._base_manager.filter(pk=version.pk).update(result=result, content_hash=content_hash)
    told = told_by(page_of(ana, "version", assessment, 1))
    assert "ftdecide says something else today" in told
    frozen = told.index("what counts for a signature, is: " + FRAMEWORK.verdict.actions["keep"])
    assert told.index("As frozen") > frozen
    assert "Fine-tune a small model. Pilot first." in told


@pytest.fixture
def decisions(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often anything was decided on."""
    caches["results"].clear()
    ran: list[int] = []

    def count(*args: Any) -> Any:
        ran.append(1)
        return decide(*args)

    monkeypatch.setattr(answer_sheet, "decide", count)
    return ran


def test_opening_a_result_whose_sign_off_was_asked_for_decides_once_and_then_no_more(
    team: Team, ana: Client, assessment: Assessment, decisions: list[int]
) -> None:
    team.ask(assessment)
    answer_sheet.forget_verdicts()
    decisions.clear()
    for _ in range(3):
        assert "another result today" not in told_by(page_of(ana, "result", assessment))
    assert len(decisions) == 1


def test_opening_a_version_decides_once_and_then_no_more(
    team: Team, ana: Client, assessment: Assessment, decisions: list[int]
) -> None:
    freeze(assessment, team.ana, reason="")
    answer_sheet.forget_verdicts()
    decisions.clear()
    for _ in range(3):
        assert "something else today" not in told_by(page_of(ana, "version", assessment, 1))
    assert len(decisions) == 1


def test_a_version_changed_in_the_database_says_so(team: Team, ana: Client, assessment: Assessment) -> None:
    version = freeze(assessment, team.ana, reason="")
    Version._base_manager.filter(pk=version.pk).update(result=version.result | {"because": "Because we say so."})
    assert "does not match its hash any more" in told_by(page_of(ana, "version", assessment, 1))


def test_the_report_of_a_version_has_its_content_and_its_name(
    team: Team, ana: Client, assessment: Assessment, no_drawing: list[dict[str, Any]]
) -> None:
    version = freeze(assessment, team.ana, reason="")
    answer(assessment, team.eve, "name", "Renamed")
    response = ana.get(url("version_report", assessment, 1))
    assert response["Content-Disposition"] == 'inline; filename="ftdecide-task-api-assistant-version-1.pdf"'
    (drawn,) = no_drawing
    assert drawn["content_hash"] == version.content_hash
    assert "Version 1, frozen on" in drawn["html"]
    assert '"Task API assistant"' in drawn["attachment"]
    ana.get(url("report", assessment))
    assert "This is a draft" in no_drawing[1]["html"]


@pytest.mark.parametrize("role", ["owner", "editor", "approver", "viewer"])
def test_a_report_carries_the_document_for_whoever_may_export_it(
    db: None, no_drawing: list[dict[str, Any]], role: str
) -> None:
    crew = make_team()
    ours = put_in(crew.workspace, example_document("task_api"))
    freeze(ours, crew.users["owner"], reason="")
    for name, more in (("report", []), ("version_report", [1])):
        DrawnPdf.objects.all().delete()
        crew.clients[role].get(reverse(name, args=[ours.pk, *more]))
    exported = crew.clients[role].get(reverse("export", args=[ours.pk])).status_code
    assert [bool(drawn["attachment"]) for drawn in no_drawing] == [exported == 200] * 2
    assert [("assessment.json" in drawn["html"]) for drawn in no_drawing] == [exported == 200] * 2


def test_the_newest_report_is_that_of_the_version_where_nothing_has_changed(
    team: Team, ana: Client, assessment: Assessment, no_drawing: list[dict[str, Any]]
) -> None:
    freeze(assessment, team.ana, reason="")
    ana.get(url("report", assessment))
    assert "Version 1, frozen on" in no_drawing[0]["html"]


@pytest.mark.parametrize("number", [0, 2, 99, 2**31, 2**63, 10**40])
def test_a_version_that_is_not_there_is_not_found(team: Team, ana: Client, assessment: Assessment, number: Any) -> None:
    freeze(assessment, team.ana, reason="")
    base = url("versions", assessment)
    for path in (f"{number}/", f"{number}/report.pdf", f"{number}/to/now/", f"1/to/{number}/", f"{number}/back/"):
        assert (path, ana.get(base + path).status_code) == (path, 404)
    assert ana.post(f"{base}{number}/back/").status_code == 404


@pytest.mark.parametrize("other", ["then", "-1", "١", "1a", "0x1"])
def test_a_version_is_compared_with_a_number_or_with_now(
    team: Team, ana: Client, assessment: Assessment, other: str
) -> None:
    freeze(assessment, team.ana, reason="")
    assert ana.get(f"{url('versions', assessment)}1/to/{other}/").status_code == 404


# two compared


def test_two_versions_are_compared_in_words_with_who_changed_what(
    team: Team, ana: Client, assessment: Assessment
) -> None:
    freeze(assessment, team.ana, reason="")
    answer(assessment, team.eve, "brand_voice", "no", "Twelve interviews, nobody <b>mentions</b> it")
    answer(assessment, team.bo, "exploration_phase", "yes")
    freeze(assessment, team.ana, reason="")
    answer(assessment, team.ana, "exploration_phase", "no")
    page = page_of(ana, "version_diff", assessment, 1, "2")
    told = told_by(page)
    assert "2 answers changed. The verdict is another one." in told
    assert "Distinct brand voice Eve Example" in told
    assert "Exploration phase Bo Example" in told
    assert "Yes → No" in told
    assert "nobody <b>mentions</b> it" in told
    assert "What that did" in told
    later = told_by(page_of(ana, "version_diff", assessment, 1, "now"))
    assert "Exploration phase" not in later
    assert "1 answer changed. The verdict stays" in later


def test_a_version_compared_with_itself_has_not_changed(team: Team, ana: Client, assessment: Assessment) -> None:
    freeze(assessment, team.ana, reason="")
    for other in ("1", "now"):
        page = page_of(ana, "version_diff", assessment, 1, other)
        assert page.words("lead") == "Nothing changed."
        assert url("go_back", assessment, 1) not in {link.get("href") for link in page.all("a")}


# going back


def test_going_back_is_asked_first_and_then_done(team: Team, ana: Client, assessment: Assessment) -> None:
    freeze(assessment, team.ana, reason="")
    answer(assessment, team.eve, "brand_voice", "no")
    page = page_of(ana, "go_back", assessment, 1)
    assert "No → Yes" in told_by(page)
    assert read_sheet(assessment).raw != example_document("task_api")
    assert ana.post(url("go_back", assessment, 1))["Location"] == url("versions", assessment)
    assert read_sheet(assessment).raw == example_document("task_api")
    assert "There is nothing to go back to" in told_by(page_of(ana, "go_back", assessment, 1))
    history = told_by(page_of(ana, "answer_history", assessment, "answers.brand_voice"))
    assert history.index("Ana Example") < history.index("Eve Example")


@pytest.mark.parametrize("who", ["bo", "vic"])
def test_who_may_not_edit_may_not_go_back_or_freeze(team: Team, assessment: Assessment, who: str) -> None:
    freeze(assessment, team.ana, reason="")
    client = browser(getattr(team, who))
    for name, more in (("go_back", [1]), ("freeze", [])):
        assert client.post(url(name, assessment, *more)).status_code == 403
    assert client.get(url("go_back", assessment, 1)).status_code == 403
    assert Version.objects.count() == 1


# all of them


def test_every_page_of_versions_holds(team: Team, ana: Client) -> None:
    document = example_document("task_api")
    document["use_case"]["name"] = "<script>alert(1)</script>\"' \u202e" + "x" * 300
    assessment = team.assessment(document)
    freeze(assessment, team.ana, reason="<b>\"'")
    answer(assessment, team.eve, "brand_voice", "no", "<img src=x onerror=alert(1)> " * 40)
    freeze(assessment, team.ana, reason="")
    answer(assessment, team.eve, "task", "{{ 7 }}</textarea>")
    addresses: list[tuple[Any, ...]] = [
        ("versions",),
        ("version", 1),
        ("version_diff", 1, "2"),
        ("version_diff", 1, "now"),
        ("version_diff", 2, "2"),
        ("go_back", 1),
        ("history",),
        ("answer_history", "answers.brand_voice"),
        ("answer_history", "data"),
    ]
    wrong = [(name, faults(page_of(ana, name, assessment, *more))) for name, *more in addresses]
    assert [one for one in wrong if one[1]] == []


A_DRAWING = 17
"""Looked up, old ones removed (two), those that wait counted, made (four), taken (six), written, seen done, read."""
MOST_QUERIES: dict[tuple[Any, ...], int] = {
    ("versions",): 21,
    ("version", 1): 11,
    ("version", 2): 11,
    ("version_report", 1): 8 + A_DRAWING,
    ("version_diff", 1, "2"): 8,
    ("version_diff", 1, "now"): 8,
    ("go_back", 1): 7,
    ("history",): 9,
    ("answer_history", "use_case.monthly_requests"): 8,
}


def test_pages_ask_as_much_for_twenty_versions_as_for_two(
    team: Team, ana: Client, assessment: Assessment, no_drawing: list[dict[str, Any]]
) -> None:
    def freeze_more(number: int) -> None:
        answer(assessment, team.eve, "monthly_requests", number)
        freeze(assessment, team.eve, reason="")

    def queries() -> dict[tuple[Any, ...], int]:
        DrawnPdf.objects.all().delete()
        caches["results"].clear()
        found = {}
        for name, *more in MOST_QUERIES:
            with CaptureQueriesContext(connection) as captured:
                assert ana.get(url(name, assessment, *more)).status_code == 200
            found[(name, *more)] = len(captured)
        return found

    for number in (1, 2):
        freeze_more(number)
    approve(assessment, team.ask(assessment, team.bo), team.bo, "conditions", conditions=("One",))
    few = queries()
    for number in range(3, 20):
        freeze_more(number)
    approve(assessment, team.ask(assessment, team.bo), team.bo, "conditions", conditions=("One",))
    assert few == MOST_QUERIES
    assert queries() == few
