"""Costs in detail: traffic first, then one approach at a time; each number on its own; bad input told in place."""

from random import Random
from typing import Any

import pytest
from django.urls import reverse

from assessments.engine.document import read_document
from assessments.framework import load_framework
from assessments.models import Assessment
from assessments.services.cost_draft import path_of
from tests.documents import example_document, named
from tests.hostile import SMALL_TEXTS
from tests.pages import Page, words
from tests.visits import bring_in, detailed_costs, origins_of, rows, section_url, start

HTMX = {"HX-Request": "true"}


@pytest.fixture
def costs(owner: Any) -> Assessment:
    today = {"cacheable_tokens": 6000, "user_tokens": 200, "output_tokens": 400, "input_price": 2, "output_price": 10}
    document = named(costs={"detailed": {"monthly_requests": 100000, "approaches": {"status_quo": today}}})
    return bring_in(owner, document)


def url_of(assessment: Any, scope: Any = "status_quo") -> Any:
    if scope == "case":
        return reverse("costs_detail", args=[assessment.pk])
    return reverse("costs_approach", args=[assessment.pk, scope])


def opened(client: Any, assessment: Any, scope: Any = "status_quo") -> Any:
    return Page(client.get(url_of(assessment, scope)))


def send(client: Any, assessment: Any, scope: Any = "status_quo", **typed: Any) -> Any:
    """Loads the page, types, and presses a button."""
    form = opened(client, assessment, scope).form("section-form")
    return client.post(url_of(assessment, scope), form | {key.replace("__", "-"): text for key, text in typed.items()})


def autosave(client: Any, assessment: Any, key: Any, scope: Any = "status_quo", **typed: Any) -> Any:
    form = opened(client, assessment, scope).form("section-form")
    url = reverse("value", args=[assessment.pk, path_of(scope, key)])
    return client.post(url, form | {name.replace("__", "-"): text for name, text in typed.items()}, headers=HTMX)


def numbers(assessment: Any, scope: Any = "status_quo") -> Any:
    detailed = detailed_costs(assessment)
    return detailed if scope == "case" else detailed["approaches"][scope]


def test_the_costs_section_leads_here(owner: Any, costs: Assessment) -> None:
    page = Page(owner.get(section_url(costs, "costs")))
    assert url_of(costs, "case") in [link.get("href") for link in page.all("a")]


def test_an_untouched_page_changes_nothing(owner: Any, costs: Assessment) -> None:
    for scope in ("case", "status_quo"):
        before = rows(costs)
        assert send(owner, costs, scope).status_code == 302
        assert rows(costs) == before


def test_the_first_page_of_a_new_assessment_knows_the_requests_of_the_use_case(owner: Any) -> None:
    assessment = bring_in(owner, named(use_case={"monthly_requests": 5000}))
    page = opened(owner, assessment, "case")
    assert page.form("section-form")["monthly_requests"] == "5000"
    assert page.words("monthly_requests-origin") == "5,000 requests a month, as in the use case"
    assert send(owner, assessment, "case").status_code == 302
    assert detailed_costs(assessment) == {}


def test_continue_leads_through_all_steps(owner: Any, costs: Assessment) -> None:
    owner.post(url_of(costs, "case"), {"add": "fine_tune_small"})
    assert send(owner, costs, "case")["Location"] == url_of(costs)
    assert send(owner, costs)["Location"] == url_of(costs, "fine_tune_small")
    assert send(owner, costs, "fine_tune_small")["Location"] == f"{url_of(costs, 'case')}#approaches"
    assert send(owner, costs, exit="1")["Location"] == section_url(costs, "costs")
    assert send(owner, costs, stay="1")["Location"] == f"{url_of(costs)}#figures"


def test_adding_saves_what_was_typed_and_opens_the_approach(owner: Any, costs: Assessment) -> None:
    response = send(owner, costs, "case", add="prompting", monthly_growth="3")
    assert response["Location"] == url_of(costs, "prompting")
    assert numbers(costs, "case")["monthly_growth"] == 0.03
    page = opened(owner, costs, "prompting")
    assert page.form("section-form")["cacheable_tokens"] == "6000"
    assert page.words("cacheable_tokens-origin") == "Same as today"
    assert page.words("upfront_hours-origin").startswith("Our suggestion: 16 hours")
    assert page.words("upfront_hours-range") == "Between 8 and 40"


def test_an_approach_that_was_not_added_leads_to_where_it_can_be(owner: Any, costs: Assessment) -> None:
    response = owner.get(url_of(costs, "hybrid"))
    assert response["Location"] == f"{url_of(costs, 'case')}#approaches"


def test_removing_needs_the_button_and_never_takes_todays_prompt(owner: Any, costs: Assessment) -> None:
    send(owner, costs, "case", add="prompting")
    assert send(owner, costs, "prompting", remove="1").status_code == 302
    assert set(detailed_costs(costs)["approaches"]) == {"status_quo"}
    send(owner, costs, "status_quo", remove="1")
    assert set(detailed_costs(costs)["approaches"]) == {"status_quo"}


def test_going_back_to_the_short_form_deletes_the_detailed_numbers(owner: Any, costs: Assessment) -> None:
    assert "Delete the detailed costs" in opened(owner, costs, "case").html
    send(owner, costs, "case", add="prompting")
    assert send(owner, costs, "case", discard="1")["Location"] == section_url(costs, "costs")
    assert detailed_costs(costs) == {}
    assert "Delete the detailed costs" not in opened(owner, costs, "case").html
    assert send(owner, costs, "case", monthly_growth="3").status_code == 302
    assert numbers(costs, "case")["monthly_growth"] == 0.03


def test_a_saved_number_moves_the_figures_in_place(owner: Any, costs: Assessment) -> None:
    response = autosave(owner, costs, "user_tokens", user_tokens="1,200")
    page = Page(response)
    assert response.status_code == 200
    assert numbers(costs)["user_tokens"] == 1200
    assert "$1,840" in page.words("figures")
    assert page.words("announce") == "Read as 1,200. Today's prompt: $1,840 in month 1"
    assert page.words("user_tokens-origin") == "Yours"
    assert page.with_id("user_tokens-rev").get("value") != ""


def test_a_number_that_moves_no_figure_is_not_announced(owner: Any, costs: Assessment) -> None:
    assert not Page(autosave(owner, costs, "redo_share", redo_share="40")).has("announce")


def test_other_numbers_of_the_page_that_moved_come_along(owner: Any, costs: Assessment) -> None:
    model = reverse("costs_model", args=[costs.pk, "status_quo"])
    owner.post(model, {"provider": "anthropic", "model": "claude-sonnet-5"})
    page = Page(autosave(owner, costs, "cache_hit_share", cache_hit_share="80"))
    assert page.with_id("cache_write_ratio").get("value") == "125"
    assert not page.has("cache_hit_share"), "the field with the focus is never swapped"


def test_a_range_is_saved_with_its_ends(owner: Any, costs: Assessment) -> None:
    assert autosave(owner, costs, "accuracy", accuracy="93", accuracy__low="90", accuracy__high="95").status_code == 200
    assert numbers(costs)["accuracy"] == {"low": 0.9, "likely": 0.93, "high": 0.95}
    assert autosave(owner, costs, "accuracy", accuracy__low="", accuracy__high="94").status_code == 200
    assert numbers(costs)["accuracy"] == {"low": 0.93, "likely": 0.93, "high": 0.94}
    assert autosave(owner, costs, "accuracy", accuracy__high="").status_code == 200
    assert numbers(costs)["accuracy"] == 0.93


BAD = [
    ("case", {"monthly_requests": "many"}, "Requests a month must be a number, like 1200"),
    ("case", {"monthly_requests": "-5"}, "Requests a month must be 0 or more"),
    ("case", {"monthly_requests": "1e400"}, "Requests a month must be a number, like 1200"),
    ("case", {"monthly_growth": "1001"}, "Growth a month must be 1,000% or less"),
    ("case", {"max_attempts": "1.5"}, "Attempts at most must be a whole number, like 2"),
    ("case", {"max_attempts": "0"}, "Attempts at most must be 1 or more"),
    ("case", {"retraining_every_months": "121"}, "Time between retrainings must be 120 or less"),
    ("status_quo", {"cache_hit_share": "101%"}, "Requests that find the prompt cached must be 100% or less"),
    ("status_quo", {"gpu_utilisation": "0"}, "Load of a GPU must be more than 0"),
    ("status_quo", {"accuracy": "90", "accuracy__low": "95"}, "Right answers: low must not be above the likely value"),
    ("status_quo", {"accuracy": "90", "accuracy__high": "5"}, "Right answers: high must not be below the likely value"),
    ("status_quo", {"calls__low": "2"}, "Calls for one request: fill in the likely value, or clear low and high"),
    ("status_quo", {"input_price": "9" * 20}, "Price of the prompt must be 1,000,000,000,000 or less"),
    ("status_quo", {"accuracy": "93 %%"}, "Right answers must be a share: write 0.85 or 85%"),
]


@pytest.mark.parametrize(("scope", "typed", "sentence"), BAD)
def test_bad_input_is_told_beside_its_field_and_stays_there_while_others_are_saved(
    owner: Any, costs: Assessment, scope: Any, typed: Any, sentence: Any
) -> None:
    good, number = ("monthly_growth", "2") if scope == "case" else ("retrieved_tokens", "77")
    if good in typed:
        good, number = "human_fallback_cost", "2.5"
    response = send(owner, costs, scope, **typed, **{good: number})
    page = Page(response)
    assert response.status_code == 422
    assert page.title.startswith("Error: ")
    field = next(iter(typed))
    faulty = next(reversed(typed)).replace("__", "-") if len(typed) > 1 or "__" in field else field
    if "likely value, or" in sentence:
        faulty = "calls"
    assert page.words(f"{faulty}-error").endswith(sentence)
    form = page.form("section-form")
    assert {key.replace("__", "-"): form[key.replace("__", "-")] for key in typed} == {
        key.replace("__", "-"): text for key, text in typed.items()
    }
    assert good in numbers(costs, scope)


@pytest.mark.parametrize(("scope", "typed", "sentence"), BAD)
def test_bad_input_is_told_while_it_is_typed(
    owner: Any, costs: Assessment, scope: Any, typed: Any, sentence: Any
) -> None:
    key = next(iter(typed)).partition("__")[0]
    before = detailed_costs(costs)
    response = autosave(owner, costs, key, scope, **typed)
    assert (response.status_code, response["HX-Reswap"]) == (422, "none")
    assert sentence in response.content.decode().replace("&#x27;", "'")
    assert detailed_costs(costs) == before


def test_how_a_number_and_its_range_were_read_is_said(owner: Any, costs: Assessment) -> None:
    owner.defaults["HTTP_ACCEPT_LANGUAGE"] = "da"
    typed = {"user_tokens": "1.250", "user_tokens__low": "1.000,5", "user_tokens__high": "2000"}
    page = Page(autosave(owner, costs, "user_tokens", **typed))
    assert page.words("user_tokens-read") == "Read as 1 000,5 and 1 250"
    assert numbers(costs)["user_tokens"] == {"low": 1000.5, "likely": 1250, "high": 2000}
    again = Page(owner.post(url_of(costs), opened(owner, costs).form("section-form") | {"calls": "1,5"}, follow=True))
    assert "read as 1,5" in again.words("main")
    assert numbers(costs)["user_tokens"] == {"low": 1000.5, "likely": 1250, "high": 2000}


def test_requests_in_a_circle_are_refused_in_place(owner: Any, costs: Assessment) -> None:
    for approach in ("prompting", "hybrid"):
        send(owner, costs, "case", add=approach)
    assert send(owner, costs, "prompting", escalation_to="hybrid").status_code == 302
    response = send(owner, costs, "hybrid", escalation_to="prompting", upfront_hours="7")
    page = Page(response)
    assert response.status_code == 422
    assert "go round in a circle" in page.words("escalation_to-error")
    assert page.form("section-form")["escalation_to"] == "prompting"
    assert numbers(costs, "hybrid")["upfront_hours"] == 7
    saved = autosave(owner, costs, "escalation_to", "hybrid", escalation_to="prompting")
    assert saved.status_code == 422


def test_two_windows_on_different_numbers_both_keep_theirs(owner: Any, costs: Assessment) -> None:
    one, two = (opened(owner, costs).form("section-form") for _ in range(2))
    url = url_of(costs)
    assert owner.post(url, one | {"user_tokens": "250"}).status_code == 302
    assert owner.post(url, two | {"output_tokens": "500"}).status_code == 302
    assert (numbers(costs)["user_tokens"], numbers(costs)["output_tokens"]) == (250, 500)


def test_two_windows_on_the_same_number_have_to_choose(owner: Any, costs: Assessment) -> None:
    one, two = (opened(owner, costs).form("section-form") for _ in range(2))
    url = url_of(costs)
    owner.post(url, one | {"user_tokens": "250"})
    response = owner.post(url, two | {"user_tokens": "300", "output_tokens": "500"})
    page = Page(response)
    assert response.status_code == 409
    assert "Saved now: 250 tokens. Yours, not saved: 300 tokens." in page.words("q-user_tokens")
    assert (numbers(costs)["user_tokens"], numbers(costs)["output_tokens"]) == (250, 500)
    mine = page.form("section-form")
    assert owner.post(url, mine | {"use_theirs": "user_tokens"}).status_code == 302
    assert numbers(costs)["user_tokens"] == 250
    assert owner.post(url, mine | {"stay": "user_tokens"})["Location"] == f"{url}#q-user_tokens"
    assert numbers(costs)["user_tokens"] == 300


def test_a_conflict_while_typing_brings_both_numbers(owner: Any, costs: Assessment) -> None:
    stale = opened(owner, costs).form("section-form")
    autosave(owner, costs, "user_tokens", user_tokens="250")
    number = reverse("value", args=[costs.pk, "costs.detailed.status_quo.user_tokens"])
    response = owner.post(number, stale | {"user_tokens": "300"}, headers=HTMX)
    assert (response.status_code, response["HX-Retarget"]) == (409, "#q-user_tokens")
    assert "Saved now: 250 tokens" in Page(response).words("q-user_tokens")


def test_a_plain_post_of_one_number_leads_back_to_its_page(owner: Any, costs: Assessment) -> None:
    form = opened(owner, costs).form("section-form") | {"user_tokens": "9"}
    response = owner.post(reverse("value", args=[costs.pk, "costs.detailed.status_quo.user_tokens"]), form)
    assert (response.status_code, response["Location"]) == (302, url_of(costs))
    assert numbers(costs)["user_tokens"] == 9


def test_the_eight_approaches_open_with_every_number_theirs(owner: Any) -> None:
    document = example_document("eight_approaches")
    assessment = bring_in(owner, document)
    detailed = document["costs"]["detailed"]
    for scope, entered in {"case": detailed, **detailed["approaches"]}.items():
        page = opened(owner, assessment, scope)
        for key in entered:
            if key != "approaches":
                assert (scope, key, page.words(f"{key}-origin")) == (scope, key, "Yours")
        assert send(owner, assessment, scope).status_code == 302
    assert detailed_costs(assessment) == detailed


def test_a_form_with_its_origins_goes_out_and_comes_back(owner: Any, costs: Assessment) -> None:
    send(owner, costs, "case", add="fine_tune_small")
    owner.post(reverse("costs_tuning", args=[costs.pk, "fine_tune_small"]), {"offer": "self_hosted_a100"})
    owner.post(reverse("costs_model", args=[costs.pk, "status_quo"]), {"provider": "openai", "model": "gpt-5-mini"})
    document = owner.get(reverse("export", args=[costs.pk])).json()
    assert document["origins"]["costs.detailed.fine_tune_small.gpu_hourly"]["offer"] == "self_hosted_a100"
    again = bring_in(owner, document)
    assert detailed_costs(again) == detailed_costs(costs)
    assert origins_of(again) == origins_of(costs)
    assert opened(owner, again, "status_quo").words("input_price-origin") == opened(owner, costs).words(
        "input_price-origin"
    )


def test_an_empty_assessment_has_empty_pages(owner: Any) -> None:
    assessment = start(owner)
    assert "No figures yet" in opened(owner, assessment).words("figures")
    assert "Nothing has been entered yet" in opened(owner, assessment, "case").words("compare")


@pytest.mark.parametrize("typed", ["<b>1</b>", "x" * 20_000, "½", "\x00", "NaN", "0x1F", "1e5", "--1"])
def test_hostile_text_is_a_number_that_cannot_be_read(owner: Any, costs: Assessment, typed: Any) -> None:
    url = reverse("value", args=[costs.pk, "costs.detailed.status_quo.user_tokens"])
    response = owner.post(url, {"user_tokens": typed}, headers=HTMX)
    assert response.status_code == 422
    assert "<b>" not in response.content.decode()


def test_typing_over_a_suggestion_takes_its_range_away(owner: Any, costs: Assessment) -> None:
    send(owner, costs, "case", add="hybrid")
    response = autosave(owner, costs, "upfront_hours", "hybrid", upfront_hours="7")
    page = Page(response)
    assert numbers(costs, "hybrid")["upfront_hours"] == 7
    assert page.with_id("upfront_hours-low").get("value") == ""
    assert (page.words("upfront_hours-range"), page.words("upfront_hours-origin")) == ("Range", "Yours")


def test_ones_own_range_stays_and_has_to_fit(owner: Any, costs: Assessment) -> None:
    autosave(owner, costs, "accuracy", accuracy="93", accuracy__low="90", accuracy__high="95")
    response = autosave(owner, costs, "accuracy", accuracy="80")
    assert response.status_code == 422
    assert numbers(costs)["accuracy"]["likely"] == 0.93
    page = Page(send(owner, costs, accuracy="80"))
    (faults,) = [one for one in page.with_id("q-accuracy").iter("div") if one.get("class") == "faults"]
    assert "low must not be above" in words(faults), "not folded away"


def test_whatever_is_sent_is_calmly_answered_and_what_is_kept_is_a_document(owner: Any, costs: Assessment) -> None:
    """Hostile values with the right mark: what passes the checks is saved, and no page fails on it."""
    send(owner, costs, "case", add="hybrid")
    random, statuses = Random(2026), set()
    for _ in range(60):
        scope = random.choice(("case", "status_quo", "hybrid"))
        form = opened(owner, costs, scope).form("section-form")
        key = random.choice([name.removesuffix("-rev") for name in form if name.endswith("-rev")])
        for field in (key, f"{key}-low", f"{key}-high"):
            if random.random() < 0.7:
                form[field] = random.choice(SMALL_TEXTS).encode("utf-8", "replace").decode()
        url = reverse("value", args=[costs.pk, path_of(scope, key)])
        statuses.add(owner.post(url, form, headers=HTMX).status_code)
    assert statuses == {200, 422}
    read_document(owner.get(reverse("export", args=[costs.pk])).json(), load_framework())
    for scope in ("case", "status_quo", "hybrid"):
        assert owner.get(url_of(costs, scope)).status_code == 200
