"""Ticks on the checklists: kept, merged between people, exported, and read only for everybody else."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment
from assessments.services.values import change
from assessments.views.ticks import entries
from tests.documents import named
from tests.pages import Page, fields, parse_errors
from tests.visits import bring_in, rows, start, ticked

READY = {
    **dict.fromkeys(("prompt_variations", "multiple_models", "retrieval_optimized", "few_shot_used"), "yes"),
    **{"prompt_structured": "yes", "target_missed": "yes", "consistent_behavior": "yes", "data_sovereignty": "yes"},
}


@pytest.fixture
def tuned(owner: Client) -> Assessment:
    """An assessment with a tuning verdict, in which one point is proved by an answer."""
    return bring_in(owner, named(answers=READY | {"prompt_fix_failed": "yes"}))


def url(assessment: Assessment) -> str:
    return reverse("ticks", args=[assessment.pk])


def result_page(client: Client, assessment: Assessment) -> Page:
    response = client.get(reverse("result_page", args=[assessment.pk, "plan"]))
    assert response.status_code == 200
    return Page(response)


def form(page: Page) -> dict[str, str]:
    """What the checklists' form sends: its controls stand all over the page and name the form."""
    sent = fields(page.with_id("ticks-form"))
    for control in page.all("input"):
        if control.get("form") == "ticks-form" and (control.get("type") == "hidden" or "checked" in control.attrib):
            sent[control.get("name", "")] = control.get("value", "on")
    return sent


def boxes(page: Page) -> set[str]:
    return {box.get("name", "") for box in page.all("input") if box.get("type") == "checkbox"}


def toggle(client: Client, assessment: Assessment, code: str, on: bool) -> Any:
    """The request that htmx sends: the whole form, and the one point that changed."""
    sent = {"toggled": code, "shown": "", **({code: "on"} if on else {})}
    return client.post(url(assessment), sent, headers={"HX-Request": "true"})


def test_without_javascript_all_changes_of_the_form_are_kept(owner: Client, tuned: Assessment) -> None:
    sent = form(result_page(owner, tuned))
    assert sent["shown"] == ""
    response = owner.post(url(tuned), sent | {"alarm": "on", "staged": "on"})
    assert response["Location"] == reverse("result_page", args=[tuned.pk, "plan"]) + "#tick-staged"
    assert ticked(tuned) == ["staged", "alarm"]
    sent = form(result_page(owner, tuned))
    assert sent["shown"].split() == ["staged", "alarm"]
    del sent["staged"]
    owner.post(url(tuned), sent)
    assert ticked(tuned) == ["alarm"]


def test_nothing_touched_changes_nothing(owner: Client, tuned: Assessment) -> None:
    response = owner.post(url(tuned), form(result_page(owner, tuned)))
    assert response["Location"].endswith("/plan/#checklists")
    assert ticked(tuned) == []
    toggle(owner, tuned, "alarm", True)
    before = rows(tuned)
    owner.post(url(tuned), form(result_page(owner, tuned)))
    assert rows(tuned) == before


def test_the_last_tick_taken_back_leaves_no_trace_in_the_document(owner: Client, tuned: Assessment) -> None:
    toggle(owner, tuned, "alarm", True)
    toggle(owner, tuned, "alarm", False)
    assert ticked(tuned) == []
    assert "checks" not in owner.get(reverse("export", args=[tuned.pk])).json()


def test_with_htmx_one_change_is_kept_and_told(owner: Client, tuned: Assessment) -> None:
    response = toggle(owner, tuned, "alarm", True)
    assert response.status_code == 200
    words = response.content.decode()
    assert 'hx-swap-oob="innerHTML:#ticks-save">Saved ' in words
    assert 'hx-swap-oob="innerHTML:#ticks-training">1 of 7 done' in words
    assert 'hx-swap-oob="innerHTML:#ticks-production">1 of 13 done' in words
    assert ticked(tuned) == ["alarm"]


def test_a_page_that_was_shown_earlier_keeps_what_others_ticked(owner: Client, tuned: Assessment) -> None:
    mine = form(result_page(owner, tuned))
    toggle(owner, tuned, "alarm", True)  # somebody else, meanwhile
    owner.post(url(tuned), mine | {"staged": "on"})
    assert ticked(tuned) == ["staged", "alarm"]
    toggle(owner, tuned, "logged", True)
    owner.post(url(tuned), {"shown": "staged alarm", "alarm": "on"})
    assert ticked(tuned) == ["logged", "alarm"]


@pytest.mark.django_db(transaction=True)
def test_ticks_of_eight_people_at_once_are_all_kept() -> None:
    assessment = Assessment.objects.create(browser="a", framework="v1")
    codes = ["one_release", "fixed_tests", "staged", "way_back", "logged", "alarm", "scope_kept", "what_remains"]
    together = Barrier(len(codes))

    def one(code: str) -> None:
        try:
            together.wait(120)
            change(assessment, None, lambda sheet: entries(sheet, {code: True}))
        finally:
            connection.close()

    with ThreadPoolExecutor(len(codes)) as pool:
        list(pool.map(one, codes))
    assert set(ticked(assessment)) == set(codes)


def test_codes_that_do_not_exist_are_left_out(owner: Client, tuned: Assessment) -> None:
    owner.post(url(tuned), {"shown": "gone", "nonsense": "on", "alarm": "on"})
    assert ticked(tuned) == ["alarm"]
    assert toggle(owner, tuned, "nonsense", True).status_code == 200
    assert ticked(tuned) == ["alarm"]


def test_a_point_that_an_answer_proves_has_no_box_and_names_the_answer(owner: Client, tuned: Assessment) -> None:
    page = result_page(owner, tuned)
    assert "prompt_fix_tried" not in boxes(page)
    assert "baseline_recorded" in boxes(page)
    assert "By your answer: Failed prompt fix: yes" in page.words("checklists")
    assert any(
        (link.get("href") or "").endswith("/readiness/?from=review#q-prompt_fix_failed") for link in page.all("a")
    )


def test_ticks_travel_with_the_document(owner: Client, tuned: Assessment) -> None:
    toggle(owner, tuned, "alarm", True)
    document = owner.get(reverse("export", args=[tuned.pk])).json()
    assert document["checks"] == {"production": ["alarm"]}
    copy = bring_in(owner, document)
    assert ticked(copy) == ["alarm"]


def test_visitors_with_a_link_see_ticks_and_no_boxes(owner: Client, stranger: Client, tuned: Assessment) -> None:
    toggle(owner, tuned, "alarm", True)
    response = owner.post(reverse("make_link", args=[tuned.pk]))
    link = Page(response).with_id("share-url").get("value", "")
    page = Page(stranger.get(link.split("testserver")[-1] + "plan/"))
    assert boxes(page) == set()
    assert not page.has("ticks-form")
    assert "Ticked by the team" in page.words("checklists")


def test_strangers_cannot_tick(stranger: Client, tuned: Assessment) -> None:
    assert toggle(stranger, tuned, "alarm", True).status_code == 404
    assert ticked(tuned) == []


def test_only_posts_are_taken(owner: Client, tuned: Assessment) -> None:
    assert owner.get(url(tuned)).status_code == 405


def test_a_request_without_the_token_is_refused(tuned: Assessment, owner: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = owner.cookies
    assert strict.post(url(tuned), {"alarm": "on"}).status_code == 403
    assert ticked(tuned) == []


def test_a_tick_shows_on_the_next_look_at_the_result(owner: Client, tuned: Assessment) -> None:
    """The result's page is kept until something changes."""
    assert "0 of 13 done" in result_page(owner, tuned).words("checklists")
    toggle(owner, tuned, "alarm", True)
    assert "1 of 13 done" in result_page(owner, tuned).words("checklists")


def test_the_checks_are_no_question(owner: Client) -> None:
    assessment = start(owner)
    response = owner.post(reverse("value", args=[assessment.pk, "checks.production.alarm"]), {"checks": "alarm"})
    assert response.status_code == 404
    assert ticked(assessment) == []


def test_the_page_is_sound_html(owner: Client, tuned: Assessment) -> None:
    page = result_page(owner, tuned)
    assert parse_errors(page.html) == []
    ids = [element.get("id") for element in page.all() if element.get("id")]
    assert len(ids) == len(set(ids))
