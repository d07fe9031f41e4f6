"""What people know is asked first, fills in what comes later, and shares are taken as they are typed."""

from typing import Any

import pytest
from django.urls import reverse

from assessments.services.answer_sheet import read_sheet

from ..documents import example_document, named
from ..pages import Page
from ..visits import bring_in, open_section, section_url

pytestmark = pytest.mark.django_db
KNOWN = {"monthly_requests": 100_000, "prompt_tokens": 2500, "monthly_bill": 1200}
LINES = {"data_preparation_hours": 60, "evaluation_hours": 20, "deployment_hours": 10, "quality_value": 800}


def saved(client: Any, assessment: Any, section: str, **typed: str) -> Any:
    """The page after these were typed on it, and the form sent without a script."""
    form = open_section(client, assessment, section) | typed
    return client.post(section_url(assessment, section), form | {"stay": "1"}, follow=True)


def words_beside(client: Any, assessment: Any, section: str, key: str) -> str:
    return Page(client.get(section_url(assessment, section))).words(f"q-{key}")


def test_the_bill_gives_the_cost_of_a_request_and_seconds_answer_what_is_asked_about_speed(owner: Any) -> None:
    assessment = bring_in(owner, named(use_case=KNOWN | {"seconds_wanted": 3, "seconds_measured": 6}))
    assert "$0.012 a request: you said $1,200 a month and 100,000" in words_beside(
        owner, assessment, "use_case", "cost_per_request"
    )
    sheet = read_sheet(assessment)
    assert sheet.document.answers.value("latency_requirements") == "yes"
    assert sheet.document.answers.value("latency_limit") == "unsure"
    said = words_beside(owner, assessment, "reasons_for", "latency_requirements")
    assert "Yes: you said 6 seconds measured and 3 seconds allowed" in said
    saved(owner, assessment, "use_case", seconds_measured="3")
    answers = read_sheet(assessment).document.answers
    assert {answers.value(key) for key in ("latency_requirements", "latency_limit")} == {"no"}


def test_a_prompt_is_counted_without_a_script_and_forgotten(owner: Any) -> None:
    assessment = bring_in(owner, named())
    url = reverse("prompt_tokens", args=[assessment.pk])
    assert Page(owner.post(url, {"prompt": "our secret recipe " * 40})).words("count").startswith("About")
    response = owner.post(url, {"tokens": "2500"})
    assert response["Location"].endswith("/use_case/#q-prompt_tokens")
    assert read_sheet(assessment).value("use_case.prompt_tokens") == 2500
    assert "recipe" not in owner.get(reverse("export", args=[assessment.pk])).content.decode()


def test_what_was_said_elsewhere_is_taken_over_and_follows(owner: Any) -> None:
    assessment = bring_in(owner, named(use_case=KNOWN, costs={"summary": LINES}))
    detail = reverse("costs_detail", args=[assessment.pk])
    assert "$800.00 a month, from the short form" in Page(owner.get(detail)).words("quality_value-origin")
    owner.post(detail, Page(owner.get(detail)).form("section-form") | {"add": "fine_tune_small"})
    sheet = read_sheet(assessment)
    assert sheet.value("costs.detailed.status_quo.cacheable_tokens") == 2500
    assert sheet.value("costs.detailed.fine_tune_small.upfront_hours") == 90
    saved(owner, assessment, "use_case", prompt_tokens="3000")
    saved(owner, assessment, "costs", data_preparation_hours="70")
    sheet = read_sheet(assessment)
    assert sheet.value("costs.detailed.status_quo.cacheable_tokens") == 3000
    assert sheet.value("costs.detailed.fine_tune_small.upfront_hours") == 100


def test_one_form_counts_the_other_is_shown_and_there_is_a_way_back(owner: Any) -> None:
    document = example_document("eight_approaches")
    document["costs"]["summary"] = example_document("task_api")["costs"]["summary"]
    assessment = bring_in(owner, document)
    page = Page(owner.get(section_url(assessment, "costs")))
    assert "Costs in detail count" in page.words("forms")
    assert "$6,000 upfront, pays back after 4 months" in page.words("forms")
    money = Page(owner.get(reverse("result_page", args=[assessment.pk, "money"]))).words("inputs")
    assert "The short form does not: If you tuned: $6,000 upfront, pays back after 4 months." in money
    assert "Costs in detail count instead: " in page.words("q-evaluation_hours")
    assert "$1,500" not in owner.get(reverse("review", args=[assessment.pk])).content.decode()
    for url in (section_url(assessment, "costs"), reverse("costs_detail", args=[assessment.pk])):
        form = Page(owner.get(url)).form("section-form")
        owner.post(url, form | {"form": "summary"})
        sheet = read_sheet(assessment)
        assert sheet.raw["costs"]["form"] == "summary"
        assert sheet.verdict.economics is not None
        assert sheet.verdict.economics.form == "summary"
        assert Page(owner.get(url)).words("forms").startswith("The short form counts")
        owner.post(url, Page(owner.get(url)).form("section-form") | {"form": "detailed"})
        assert read_sheet(assessment).verdict.economics != sheet.verdict.economics


@pytest.mark.parametrize(
    ("typed", "share", "shown"),
    [("8", 0.08, "8"), ("8 %", 0.08, "8"), ("0.08", 0.08, "8"), ("0,08", 0.08, "8"), ("0.5%", 0.005, "0.5%")],
)
def test_a_share_is_taken_in_every_notation_and_shown_in_one(owner: Any, typed: str, share: float, shown: str) -> None:
    assessment = bring_in(owner, named())
    saved(owner, assessment, "costs", annual_discount_rate=typed)
    assert read_sheet(assessment).value("costs.annual_discount_rate") == share
    form = open_section(owner, assessment, "costs")
    assert form["annual_discount_rate"] == shown
    owner.post(section_url(assessment, "costs"), form | {"stay": "1"})
    assert read_sheet(assessment).value("costs.annual_discount_rate") == share


def test_a_share_that_is_none_is_refused_in_the_notation_of_whoever_typed_it(owner: Any) -> None:
    assessment = bring_in(owner, named())
    url, form = section_url(assessment, "costs"), open_section(owner, assessment, "costs")
    asked = owner.post(url, form | {"annual_discount_rate": "1"})
    assert "1 can be read as 1% or as 100%: type 1% or 100%" in Page(asked).words("annual_discount_rate-error")
    refused = owner.post(url, form | {"annual_discount_rate": "meget"}, headers={"accept-language": "da"})
    assert "write 0,85 or 85 %" in Page(refused).words("annual_discount_rate-error")
