"""Starting an assessment, and the list of one's own."""

from typing import Any

from django.urls import reverse

from assessments.models import Assessment
from assessments.presenters.verdict import headline
from assessments.services.assessments import load_sample

from ..documents import decided, example_document, named
from ..pages import Page
from ..visits import bring_in, section_url, start

LIST = "/assessments/"


def links(page: Page) -> list[str]:
    return [link.get("href") for link in page.all("a")]


def test_starting_needs_no_account_and_leads_to_the_first_section(owner: Any) -> None:
    response = owner.post("/a/")
    assessment = Assessment.objects.get()
    assert (response.status_code, response["Location"]) == (302, section_url(assessment, "use_case"))
    assert owner.cookies["sessionid"]["httponly"] is True
    assert owner.cookies["sessionid"]["samesite"] == "Lax"
    assert len(assessment.browser) == 32


def test_a_browser_keeps_its_session_for_all_it_starts(owner: Any) -> None:
    start(owner), start(owner)
    assert len(set(Assessment.objects.values_list("browser", flat=True))) == 1


def test_the_list_shows_one_s_own_last_changed_first_and_nobody_else_s(owner: Any, stranger: Any) -> None:
    first, second = (bring_in(owner, named(name)) for name in ("First", "Second"))
    page = Page(owner.get(LIST))
    own = [reverse("overview", args=[one.pk]) for one in (second, first)]
    assert [href for href in links(page) if href.startswith("/a/") and href.count("/") == 3] == own
    assert not any(first.pk in href for href in links(Page(stranger.get(LIST))))


def test_somebody_without_a_session_sees_an_empty_list(new_client: Any, assessment: Any) -> None:
    page = Page(new_client().get(LIST))
    assert not any(href.startswith("/a/") for href in links(page))
    assert "/a/" in {form.get("action") for form in page.all("form")}


def test_an_assessment_without_a_name_can_still_be_found(owner: Any, assessment: Any) -> None:
    assert reverse("overview", args=[assessment.pk]) in links(Page(owner.get(LIST)))
    assert "Untitled use case" in owner.get(LIST).content.decode()


def test_a_verdict_is_listed_once_there_is_one(owner: Any) -> None:
    bring_in(owner, example_document("task_api"))
    verdict = headline(decided(example_document("task_api"))).title
    assert verdict in owner.get(LIST).content.decode()


def test_what_was_deleted_last_can_be_brought_back_from_the_list(owner: Any) -> None:
    gone = [bring_in(owner, named(f"Case {number}")) for number in range(5)]
    for one in gone:
        owner.post(reverse("delete", args=[one.pk]))
    page = Page(owner.get(LIST))
    restore = [form.get("action") for form in page.all("form") if "restore" in (form.get("action") or "")]
    assert restore == [reverse("restore", args=[one.pk]) for one in reversed(gone[-3:])]
    assert not any(reverse("overview", args=[one.pk]) in links(page) for one in gone)


def test_samples_are_listed_for_everybody(new_client: Any, db: None) -> None:
    load_sample("task-api", example_document("task_api"))
    assert "/samples/task-api/" in links(Page(new_client().get(LIST)))


def test_a_long_or_hostile_name_is_shortened_and_shown_as_text(owner: Any) -> None:
    bring_in(owner, named("<script>alert(1)</script>" * 300))
    page = Page(owner.get(LIST))
    assert not any("alert" in (script.text or "") for script in page.all("script"))
    assert all(len(heading.text_content()) <= 160 for heading in page.all("h2", "h3"))
