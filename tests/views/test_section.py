"""A section of the questionnaire works as a plain form: Continue saves what can be saved, and loses nothing."""

from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment, StoredValue
from assessments.services import sign_off
from assessments.services.answer_sheet import stated

from ..documents import named
from ..pages import Page
from ..people import signed_in
from ..signers import new_team
from ..visits import (
    FRAMEWORK,
    autosave,
    bring_in,
    control_of,
    open_section,
    questions_of,
    rows,
    section_url,
    stored,
    value_of,
    version_of,
)

SECTIONS = [section.key for section in FRAMEWORK.sections]
OPTIONAL = [one.key for one in FRAMEWORK.sections if all(question.optional for question in one.questions)]
WANTED = [key for key in SECTIONS if key not in OPTIONAL]
"""What is optional as a whole is passed over by Continue."""


def send(client: Any, assessment: Any, section: Any, **typed: Any) -> Any:
    """Opens the section, types, and presses Continue."""
    form = open_section(client, assessment, section) | typed
    return client.post(section_url(assessment, section), form)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_question_has_a_control_named_by_its_key_and_a_place_to_link_to(
    owner: Any, assessment: Any, section: Any
) -> None:
    page = Page(owner.get(section_url(assessment, section)))
    names = {control.get("name") for control in page.all("input", "textarea", "select")}
    for question in questions_of(section):
        control = f"{question.key}-0-{question.columns[0].key}" if question.kind == "rows" else control_of(question.key)
        assert {control, f"{question.key}-rev"} <= names
        assert page.has(f"q-{question.key}")
        assert page.has(f"{question.key}-error")
        has_evidence = question.takes_evidence
        assert {f"{question.key}-{part}" in names for part in ("evidence", "link", "strength")} == {has_evidence}


@pytest.mark.parametrize("section", SECTIONS)
def test_nothing_is_chosen_in_advance(owner: Any, assessment: Any, section: Any) -> None:
    form = open_section(owner, assessment, section)
    for question in questions_of(section):
        assert form.get(question.key, "") == ""


@pytest.mark.parametrize("section", SECTIONS)
def test_the_title_and_the_list_of_sections_say_where_one_is(owner: Any, assessment: Any, section: Any) -> None:
    page = Page(owner.get(section_url(assessment, section)))
    number = SECTIONS.index(section) + 1
    assert page.title.startswith(f"Section {number} of {len(SECTIONS)}: ")
    current = [link.get("href") for link in page.all("a") if link.get("aria-current") == "step"]
    assert current == [section_url(assessment, section)]


@pytest.mark.parametrize(
    ("section", "following"), [*pairwise(WANTED), ("targets", "costs"), ("legal", "costs"), ("costs", None)]
)
def test_continue_leads_to_the_next_section_and_then_to_the_check_page(
    owner: Any, assessment: Any, section: Any, following: Any
) -> None:
    expected = section_url(assessment, following) if following else reverse("review", args=[assessment.pk])
    response = send(owner, assessment, section)
    assert (response.status_code, response["Location"]) == (302, expected)
    assert rows(assessment) == {}


def test_who_came_from_the_check_page_goes_back_to_it(owner: Any, assessment: Any) -> None:
    response = owner.get(f"{section_url(assessment, 'ceiling')}?from=review")
    form = Page(response).form("section-form")
    assert owner.post(section_url(assessment, "ceiling"), form)["Location"] == reverse("review", args=[assessment.pk])
    faulty = owner.post(section_url(assessment, "costs"), {"from": "review", "api_savings": "many"})
    assert Page(faulty).form("section-form")["from"] == "review"


def test_save_and_exit_saves_and_leads_to_the_overview(owner: Any, assessment: Any) -> None:
    response = send(owner, assessment, "use_case", name="Refunds", exit="1")
    assert response["Location"] == reverse("overview", args=[assessment.pk])
    assert value_of(assessment, "name") == "Refunds"


def folded(client: Any, assessment: Any, section: Any) -> Any:
    """The questions behind the disclosure of what is not asked here."""
    page = Page(client.get(section_url(assessment, section)))
    return {
        card.get("id").removeprefix("q-")
        for details in page.all("details")
        if "folded" in (details.get("class") or "")
        for card in details.iter("fieldset")
    }


def test_what_counts_for_nothing_in_this_kind_of_task_is_folded_away_and_can_be_answered(client: Any, db: None) -> None:
    drafting = bring_in(client, named(use_case={"task_kind": "drafting"}))
    assert folded(client, drafting, "ceiling") == {"output_constrained", "classifier_tried"}
    send(client, drafting, "ceiling", classifier_tried="yes")
    assert value_of(drafting, "classifier_tried") == "yes"


def test_nothing_is_folded_while_it_may_still_count(client: Any, db: None) -> None:
    assert folded(client, bring_in(client, named()), "ceiling") == set()
    sorting = bring_in(client, named(use_case={"task_kind": "classification"}))
    assert folded(client, sorting, "ceiling") == set()
    free = bring_in(client, named(answers={"data_sovereignty": "no"}))
    assert folded(client, free, "reasons_for") == {"runs_in_house"}


def test_an_answer_that_a_number_gives_is_told_with_the_way_to_the_number(client: Any, db: None) -> None:
    assessment = bring_in(client, named(use_case={"monthly_requests": 40_000}))
    page = Page(client.get(section_url(assessment, "reasons_against")))
    told = page.root.get_element_by_id("low_volume-derived")
    assert " ".join(told.text_content().split()) == "No: you said 40,000 requests a month"
    assert [link.get("href") for link in told.iter("a")] == [
        f"{section_url(assessment, 'use_case')}#q-monthly_requests"
    ]
    assert Page(client.get(section_url(assessment, "reasons_against"))).form("section-form").get("low_volume", "") == ""


def test_an_own_answer_takes_the_place_of_the_one_that_a_number_gives(client: Any, db: None) -> None:
    assessment = bring_in(client, named(use_case={"monthly_requests": 40_000}))
    send(client, assessment, "reasons_against", low_volume="yes")
    page = Page(client.get(section_url(assessment, "reasons_against")))
    assert not page.has("low_volume-derived")
    assert "40,000" in page.root.get_element_by_id("low_volume-notes").text_content()


def test_a_sum_of_rows_is_told_beside_the_number_as_soon_as_it_is_there(owner: Any, assessment: Any) -> None:
    form = open_section(owner, assessment, "readiness")
    row = {"data-0-label": "Refund", "data-0-required": "5", "data-0-available": "7", "data-0-reviewed": "3"}
    page = Page(autosave(owner, assessment, "data", form | row))
    assert "7" in page.root.get_element_by_id("labelled_examples-derived").text_content()
    assert "3" in page.root.get_element_by_id("reviewed_examples-derived").text_content()


def test_one_press_answers_no_to_the_rest_of_a_group_and_stays(owner: Any, assessment: Any) -> None:
    form = open_section(owner, assessment, "diagnosis") | {"voice_drift": "yes", "rest": "signals"}
    response = owner.post(section_url(assessment, "diagnosis"), form)
    assert response["Location"] == f"{section_url(assessment, 'diagnosis')}#after-signals"
    signals = [question.key for question in questions_of("diagnosis") if question.group == "signals"]
    assert {key: value_of(assessment, key) for key in signals} == dict.fromkeys(signals, "no") | {"voice_drift": "yes"}


def test_no_to_the_rest_is_offered_only_where_a_no_claims_nothing(owner: Any, assessment: Any) -> None:
    offered = {
        (section, button.get("value"))
        for section in SECTIONS
        for button in Page(owner.get(section_url(assessment, section))).all("button")
        if button.get("name") == "rest"
    }
    assert {section for section, _ in offered} == {"diagnosis", "ceiling", "task_shape", "readiness"}
    assert not any(FRAMEWORK.questions[key].rest_is_no for key in ("tuning_available", "newest_model_tried"))
    owner.post(section_url(assessment, "ceiling"), open_section(owner, assessment, "ceiling") | {"rest": "steps"})
    assert rows(assessment) == {}


def test_the_button_without_script_saves_and_stays_on_the_page(owner: Any, assessment: Any) -> None:
    response = send(owner, assessment, "use_case", name="Refunds", stay="1")
    assert response["Location"].split("#")[0] == section_url(assessment, "use_case")
    assert value_of(assessment, "name") == "Refunds"


def test_every_kind_of_answer_is_saved_and_shown_again(owner: Any, assessment: Any) -> None:
    typed = {
        "use_case": {"name": "Refunds", "task": "Read, then\r\ndraft", "goal": "persona", "monthly_requests": "20 000"},
        "diagnosis": {"missing_knowledge": "12", "override_weeks-0": "31, 29, 33.5", "voice_drift": "yes"},
        "ceiling": {"retrieval_optimized": "na"},
        "readiness": {"labelled_examples": "346", "reviewer_agreement": "0.83"},
        "costs": {"api_savings": "-$1,500.50", "strategic_value": "unsure"},
    }
    for section, answers in typed.items():
        assert send(owner, assessment, section, **answers).status_code == 302
    assert {answer.path.rpartition(".")[2]: answer.value for answer in StoredValue.objects.all()} == {
        "name": "Refunds",
        "task": "Read, then\ndraft",
        "goal": "persona",
        "monthly_requests": 20000,
        "missing_knowledge": 12,
        "override_weeks": [31, 29, 33.5],
        "voice_drift": "yes",
        "retrieval_optimized": "na",
        "labelled_examples": 346,
        "reviewer_agreement": 0.83,
        "api_savings": -1500.5,
        "strategic_value": "unsure",
    }
    shown = {key: value for section in typed for key, value in open_section(owner, assessment, section).items()}
    assert shown["monthly_requests"] == "20000"
    assert [shown[f"override_weeks-{week}"] for week in range(4)] == ["31", "29", "33.5", ""]
    assert shown["api_savings"] == "-1500.5"
    assert shown["retrieval_optimized"] == "na"


def test_a_number_of_the_costs_leads_to_its_history_once_it_has_one(owner: Client, assessment: Assessment) -> None:
    send(owner, assessment, "costs", api_savings="1500")
    linked = {link.get("href") for link in Page(owner.get(section_url(assessment, "costs"))).all("a")}
    histories = {one.key: reverse("answer_history", args=[assessment.pk, one.path]) for one in questions_of("costs")}
    assert histories["api_savings"] in linked
    assert histories["quality_value"] not in linked


def test_evidence_is_saved_with_its_answer(owner: Any, assessment: Any) -> None:
    more = {"evidence": "blind review", "link": "https://example.org/r?a=1&b=2", "strength": "documented"}
    send(owner, assessment, "reasons_for", brand_voice="yes", **{f"brand_voice-{k}": v for k, v in more.items()})
    answer = stated(stored(assessment, "brand_voice"))
    assert (answer.value, answer.evidence, answer.link, answer.strength) == ("yes", *more.values())
    form = open_section(owner, assessment, "reasons_for")
    assert {name: form[f"brand_voice-{name}"] for name in more} == more


@pytest.mark.parametrize("section", SECTIONS)
def test_continue_with_nothing_touched_changes_nothing(owner: Any, example: Any, section: Any) -> None:
    assessment = bring_in(owner, example)
    before = rows(assessment)
    assert send(owner, assessment, section).status_code == 302
    assert rows(assessment) == before


@pytest.mark.parametrize(
    ("section", "parts"),
    [
        ("costs", {"costs": {"summary": {"api_savings": {"low": 0.1, "likely": 1 / 3, "high": 7}}}}),
        ("costs", {"costs": {"summary": {"api_savings": 0.00001, "quality_value": 123456789.123456}}}),
        ("costs", {"costs": {"annual_discount_rate": 1e-300, "hourly_rate": 95.0}}),
        ("diagnosis", {"override_weeks": [1 / 3, 29.0]}),
        ("use_case", {"use_case": {"task": "\n one\r\ntwo \n", "monthly_requests": 20000.0}}),
        ("reasons_for", {"answers": {"brand_voice": {"value": "yes", "evidence": " a\r\nb "}}}),
    ],
)
def test_what_an_import_brought_in_is_not_changed_by_continue(owner: Any, section: str, parts: Any) -> None:
    assessment = bring_in(owner, named(**parts))
    before = rows(assessment)
    assert send(owner, assessment, section).status_code == 302
    assert rows(assessment) == before


def test_the_same_form_sent_twice_adds_no_version(owner: Any, assessment: Any) -> None:
    form = open_section(owner, assessment, "use_case") | {"name": "Refunds", "goal": "persona"}
    for _ in range(2):
        assert owner.post(section_url(assessment, "use_case"), form).status_code == 302
    assert (version_of(assessment, "name"), version_of(assessment, "goal")) == (1, 1)


def test_a_wrong_format_is_told_at_its_field_what_was_typed_stays_and_the_rest_is_saved(
    owner: Any, assessment: Any
) -> None:
    typed = {"hourly_rate": "ninety", "api_savings": "1,500", "evaluation_hours": "-5"}
    response = send(owner, assessment, "costs", **typed)
    page = Page(response)
    assert response.status_code == 422
    assert page.title.startswith("Error: ")
    assert page.words("hourly_rate-error").endswith("must be a number, like 100")
    assert page.words("evaluation_hours-error").endswith("must be 0 or more")
    assert page.words("api_savings-error") == ""
    links = [link.get("href") for link in page.with_id("problem").iter("a")]
    assert sorted(links) == ["#evaluation_hours", "#hourly_rate"]
    form = page.form("section-form")
    assert (form["hourly_rate"], form["evaluation_hours"], form["api_savings"]) == ("ninety", "-5", "1500")
    assert set(rows(assessment)) == {"costs.summary.api_savings"}


def test_a_form_without_script_says_on_the_next_page_how_a_number_was_read(owner: Any, assessment: Any) -> None:
    owner.defaults["HTTP_ACCEPT_LANGUAGE"] = "da"
    form = open_section(owner, assessment, "costs") | {"api_savings": "1.250,50", "hourly_rate": "90"}
    page = Page(owner.post(section_url(assessment, "costs"), form, follow=True))
    said = [words for element in page.all("p") if "read as" in (words := element.text_content())]
    assert [words.strip() for words in said] == [f"{FRAMEWORK.questions['api_savings'].label}: read as 1\u202f250,5"]
    assert value_of(assessment, "api_savings") == 1250.5
    assert open_section(owner, assessment, "costs")["api_savings"] == "1250,5"


def test_the_mended_form_is_taken(owner: Any, assessment: Any) -> None:
    faulty = Page(send(owner, assessment, "costs", hourly_rate="ninety", api_savings="1500"))
    mended = faulty.form("section-form") | {"hourly_rate": "90"}
    assert owner.post(section_url(assessment, "costs"), mended).status_code == 302
    assert (value_of(assessment, "hourly_rate"), value_of(assessment, "api_savings")) == (90, 1500)
    assert version_of(assessment, "api_savings") == 1


def test_a_wrong_link_opens_its_evidence_and_names_the_link(owner: Any, assessment: Any) -> None:
    typed = {"brand_voice": "yes", "brand_voice-evidence": "a review", "brand_voice-link": "javascript:alert(1)"}
    page = Page(send(owner, assessment, "reasons_for", **typed))
    assert page.words("brand_voice-link-error").endswith("must start with https:// or http://")
    form = page.form("section-form")
    assert {name: form[name] for name in typed} == typed
    assert stored(assessment, "brand_voice") is None


def test_hostile_text_is_shown_as_text(owner: Any, assessment: Any) -> None:
    hostile = "</textarea><script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}{% now 'Y' %}"
    assert send(owner, assessment, "use_case", name=hostile, task=hostile).status_code == 302
    page = Page(owner.get(section_url(assessment, "use_case")))
    assert (page.form("section-form")["name"], page.form("section-form")["task"]) == (hostile, hostile)
    assert "alert(1)" not in "".join(str(script.text) for script in page.all("script"))
    assert list(page.all("img")) == []


@pytest.mark.parametrize(
    ("typed", "faulty"),
    [
        (
            {"labelled_examples": "14"},
            {"labelled_examples": "Labelled examples (14) cannot be fewer than the 15 reviewed ones"},
        ),
        (
            {"reviewed_examples": "21"},
            {"reviewed_examples": "Reviewed examples (21) cannot be more than the 20 labelled ones"},
        ),
        (
            {"labelled_examples": "10", "reviewed_examples": "12"},
            {
                "reviewed_examples": "Reviewed examples (12) cannot be more than the 10 labelled ones",
                "labelled_examples": "Labelled examples (10) cannot be fewer than the 15 reviewed ones",
            },
        ),
    ],
)
def test_more_reviewed_than_labelled_examples_are_refused_in_both_directions(
    owner: Any, typed: Any, faulty: Any
) -> None:
    assessment = bring_in(owner, named(readiness={"labelled_examples": 20, "reviewed_examples": 15}))
    before = rows(assessment)
    response = send(owner, assessment, "readiness", eval_set="yes", **typed)
    page = Page(response)
    assert response.status_code == 422
    for key in ("labelled_examples", "reviewed_examples"):
        assert page.words(f"{key}-error").removeprefix("Error: ") == faulty.get(key, "")
        assert page.form("section-form")[key] == typed.get(key, str(before[f"readiness.{key}"][0]))
    after = rows(assessment)
    assert after.pop("answers.eval_set")[0] == "yes"
    assert after == before


def test_both_counts_can_go_up_or_down_together(owner: Any) -> None:
    assessment = bring_in(owner, named(readiness={"labelled_examples": 20, "reviewed_examples": 15}))
    for labelled, reviewed in ((10, 8), (40, 30), (40, 40)):
        typed = {"labelled_examples": str(labelled), "reviewed_examples": str(reviewed)}
        assert send(owner, assessment, "readiness", **typed).status_code == 302
        counts = value_of(assessment, "labelled_examples"), value_of(assessment, "reviewed_examples")
        assert counts == (labelled, reviewed)


def test_a_version_that_waits_for_approval_is_told_before_an_edit(db: None) -> None:
    team = new_team()
    assessment = team.assessment()
    browser = signed_in(team.ana)
    pages = [
        section_url(assessment, "ceiling"),
        reverse("costs_detail", args=[assessment.pk]),
        reverse("result_page", args=[assessment.pk, "options"]),
    ]

    def told(words: str) -> list[bool]:
        return [words in Page(browser.get(page)).words("main") for page in pages]

    assert told("waits for approval") == [False] * 3
    asked = team.ask(assessment)
    assert told(f"Version {asked.version.number} waits for approval") == [True] * 3
    sign_off.withdraw(assessment, team.ana, asked)
    assert told("waits for approval") == [False] * 3


def test_the_model_in_use_is_picked_from_the_price_list_or_typed(owner: Any, assessment: Any) -> None:
    page = Page(owner.get(section_url(assessment, "use_case")))
    control = page.root.get_element_by_id("model")
    offered = [option.get("value") for option in page.root.get_element_by_id(control.get("list")).iter("option")]
    assert "gpt-5-mini" in offered
    send(owner, assessment, "use_case", model="our own model, 7B")
    assert value_of(assessment, "model") == "our own model, 7B"
