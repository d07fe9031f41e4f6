"""Autosave: one answer at a time, with what htmx swaps in for each outcome."""

from typing import Any

import pytest
from django.urls import reverse

from assessments.services.answer_sheet import stated

from ..bars import IS_THOROUGH
from ..documents import named
from ..pages import Page, words
from ..visits import (
    FRAMEWORK,
    autosave,
    bring_in,
    control_of,
    open_section,
    rows,
    save_one,
    stored,
    value_of,
    version_of,
)


def swapped(response: Any) -> dict[str, str]:
    """The ids that htmx swaps in, and how."""
    ids = {e.get("id"): e.get("hx-swap-oob", "target") for e in Page(response).all() if e.get("id")}
    parts = ("verdict", "save", "rail", "dock-verdict", "announce")
    return {key: how for key, how in ids.items() if key in parts or how != "target"}


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("name", "Refunds", "Refunds"),
        ("task", "Read, then\r\ndraft", "Read, then\ndraft"),
        ("goal", "persona", "persona"),
        ("monthly_requests", "20,000", 20000),
        ("missing_knowledge", "0", 0),
        ("override_weeks", "31, 29, 33", [31, 29, 33]),
        ("retrieval_optimized", "na", "na"),
        ("brand_voice", "unsure", "unsure"),
        ("reviewer_agreement", "0.83", 0.83),
        ("api_savings", "$1,500", 1500),
    ],
)
def test_every_kind_of_answer_is_saved(owner: Any, assessment: Any, key: str, typed: str, value: Any) -> None:
    response = save_one(owner, assessment, key, typed)
    assert response.status_code == 200
    assert "Saved" in Page(response).words("save")
    assert (value_of(assessment, key), version_of(assessment, key)) == (value, 1)


@pytest.mark.parametrize(
    ("language", "key", "typed", "said", "shown"),
    [
        ("da-DK,da;q=0.9,en;q=0.8", "monthly_requests", "12.000", "Read as 12 000", "12000"),
        ("xx-nobody, fr-FR;q=0.9", "api_savings", "1\u202f250,5", "Read as 1 250,5", "1250,5"),
        ("", "monthly_requests", "12,000", "Read as 12,000", "12000"),
        ("en-GB", "monthly_requests", "12000", "", None),
        ("da", "override_weeks", "31,5; 29", "Read as 31,5", None),
    ],
)
def test_how_a_number_was_read_stands_under_its_field(
    owner: Any, assessment: Any, language: str, key: str, typed: str, said: str, shown: str | None
) -> None:
    owner.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    page = Page(save_one(owner, assessment, key, typed))
    assert page.words(f"{key}-read") == said
    assert [one.get("data-stored") for one in page.all("span") if one.get("data-stored")] == [shown] * bool(shown)
    assert not said or page.words("announce").startswith(said)


def test_what_can_be_read_in_two_ways_is_asked_in_place_and_nothing_is_stored(owner: Any, assessment: Any) -> None:
    response = save_one(owner, assessment, "api_savings", "1.250")
    assert (response.status_code, response["HX-Reswap"]) == (422, "none")
    question = "Saved on the model bill: 1.250 can be read as 1.25 or as 1,250: type 1.25 or 1250"
    assert Page(response).words("api_savings-error").partition(": ")[2].endswith(question.partition(": ")[2])
    assert stored(assessment, "api_savings") is None


def test_only_its_own_answer_is_saved_though_the_whole_form_is_sent(owner: Any, assessment: Any) -> None:
    form = open_section(owner, assessment, "reasons_for")
    form |= {"brand_voice": "yes", "data_sovereignty": "no"}
    assert autosave(owner, assessment, "brand_voice", form).status_code == 200
    assert set(rows(assessment)) == {"answers.brand_voice"}


def test_a_save_answers_with_the_panel_and_what_stands_around_it(owner: Any, assessment: Any) -> None:
    response = save_one(owner, assessment, "brand_voice", "yes", evidence="50 replies", strength="measured")
    assert swapped(response) == {
        "verdict": "target",
        "save": "true",
        "rail": "true",
        "brand_voice-rev": "true",
        "brand_voice-evidence-words": "true",
        "brand_voice-evidence-error": "true",
        "brand_voice-link-error": "true",
        "brand_voice-error": "true",
        "dock-verdict": "true",
    }
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "<html" not in response.content.decode()


def test_what_an_answer_makes_a_page_ask_comes_and_goes_with_it(owner: Any, assessment: Any) -> None:
    def moved(answer: str) -> dict[str, str]:
        page = Page(save_one(owner, assessment, "data_sovereignty", answer))
        marked = page.root.xpath("//*[@hx-swap-oob='delete' or starts-with(@hx-swap-oob, 'afterend') or @id='folded']")
        return {one.get("id") or "card": one.get("hx-swap-oob") for one in marked}

    assert moved("yes") == {}, "it was asked before, too"
    assert moved("no") == {"q-runs_in_house": "delete", "folded": "true"}
    assert moved("unsure") == {"folded": "true", "card": "afterend:#q-data_sovereignty"}


def test_a_number_has_no_evidence_to_swap(owner: Any, assessment: Any) -> None:
    parts = swapped(save_one(owner, assessment, "labelled_examples", "5"))
    assert [key for key in parts if key.startswith("labelled_examples")] == [
        "labelled_examples-rev",
        "labelled_examples-error",
        "labelled_examples-read",
    ]


def test_the_new_mark_lets_the_same_page_save_again(owner: Any, assessment: Any) -> None:
    form = open_section(owner, assessment, "reasons_for")
    for version, value in enumerate(("yes", "no", "unsure", "yes"), start=1):
        response = autosave(owner, assessment, "brand_voice", form | {"brand_voice": value})
        form["brand_voice-rev"] = Page(response).with_id("brand_voice-rev").get("value")
        assert (value_of(assessment, "brand_voice"), version_of(assessment, "brand_voice")) == (value, version)


def test_the_verdict_is_announced_when_it_changes_and_only_then(owner: Any, assessment: Any) -> None:
    assert "announce" not in swapped(save_one(owner, assessment, "name", "Refunds"))
    assert "announce" not in swapped(save_one(owner, assessment, "prompt_variations", "no"))
    first = save_one(owner, assessment, "policy_tone", "12")
    assert swapped(first)["announce"] == "innerHTML"
    assert Page(first).words("dock-verdict") in Page(first).words("announce")
    again = save_one(owner, assessment, "prompt_variations", "no", evidence="one prompt only")
    assert "announce" not in swapped(again)


def test_evidence_link_and_strength_are_saved_with_the_answer(owner: Any, assessment: Any) -> None:
    save_one(owner, assessment, "brand_voice", "yes")
    more = {"evidence": "blind review", "link": "https://example.org", "strength": "measured"}
    assert save_one(owner, assessment, "brand_voice", "yes", **more).status_code == 200
    answer = stated(stored(assessment, "brand_voice"))
    assert (answer.value, answer.evidence, answer.link, answer.strength) == ("yes", *more.values())


@pytest.mark.parametrize(
    ("key", "typed", "more", "field"),
    [
        ("brand_voice", "na", {}, "brand_voice"),
        ("brand_voice", "maybe", {}, "brand_voice"),
        ("monthly_requests", "12.000", {}, "monthly_requests"),
        ("override_weeks", "31, many", {}, "override_weeks"),
        ("task", "x" * 10_001, {}, "task"),
        ("brand_voice", "yes", {"link": "data:text/html,x"}, "brand_voice-link"),
        ("brand_voice", "yes", {"evidence": "\x00"}, "brand_voice-evidence"),
    ],
)
def test_what_cannot_be_read_is_told_in_place_and_nothing_else_is_swapped(
    owner: Any, assessment: Any, key: str, typed: Any, more: Any, field: str
) -> None:
    response = save_one(owner, assessment, key, typed, **more)
    assert response.status_code == 422
    assert response.headers["HX-Reswap"] == "none"
    assert swapped(response) == {f"{field}-error": "true", "save": "true"}
    assert Page(response).words(f"{field}-error").startswith("Error: ")
    assert rows(assessment) == {}


def test_what_is_wrong_in_a_row_or_a_cell_is_told_beside_its_question(owner: Any, assessment: Any) -> None:
    """The message has one place for all the controls of such a question, and says which it means."""
    form = open_section(owner, assessment, "readiness") | {"data-0-label": "A", "data-0-required": "many"}
    response = autosave(owner, assessment, "data", form)
    assert swapped(response) == {"data-error": "true", "save": "true"}
    assert "Row 1" in Page(response).words("data-error")
    assert "week 1" in Page(save_one(owner, assessment, "override_weeks", "some")).words("override_weeks-error")


def test_a_message_is_taken_back_when_the_answer_is_saved(owner: Any, assessment: Any) -> None:
    response = save_one(owner, assessment, "monthly_requests", "500")
    assert Page(response).words("monthly_requests-error") == ""


def test_more_reviewed_than_labelled_examples_are_refused_in_both_directions(owner: Any) -> None:
    assessment = bring_in(owner, named(readiness={"labelled_examples": 20, "reviewed_examples": 15}))
    before = rows(assessment)
    for key, typed in (("reviewed_examples", "21"), ("labelled_examples", "14")):
        response = save_one(owner, assessment, key, typed)
        assert response.status_code == 422
        assert f"({typed}) cannot be" in Page(response).words(f"{key}-error")
    assert rows(assessment) == before


def test_the_loser_of_two_editors_gets_the_card_back_with_both_answers(owner: Any, assessment: Any) -> None:
    stale = open_section(owner, assessment, "reasons_for") | {"brand_voice": "no", "brand_voice-evidence": "mine"}
    save_one(owner, assessment, "brand_voice", "yes", evidence="theirs")
    response = autosave(owner, assessment, "brand_voice", stale)
    assert response.status_code == 409
    assert (response.headers["HX-Retarget"], response.headers["HX-Reswap"]) == ("#q-brand_voice", "outerHTML")
    page = Page(response)
    assert page.has("q-brand_voice")
    assert "theirs" in page.words("q-brand_voice")
    assert page.form("q-brand_voice")["brand_voice-evidence"] == "mine"
    assert stated(stored(assessment, "brand_voice")).evidence == "theirs"
    focused = [e.get("value") for e in page.all("button") if e.get("autofocus") is not None]
    assert focused == ["brand_voice"]
    kept = stale | page.form("q-brand_voice")
    assert autosave(owner, assessment, "brand_voice", kept).status_code == 200
    assert stated(stored(assessment, "brand_voice")).evidence == "mine"


ALIKE = {(one.kind, one.choices, control_of(one.key) == one.key): one.key for one in FRAMEWORK if one.kind != "rows"}
"""The last question of each form that a question can have."""


@pytest.mark.sampled
@pytest.mark.parametrize("section", FRAMEWORK.sections, ids=lambda section: section.key)
def test_every_question_can_be_in_conflict(owner: Any, assessment: Any, section: Any) -> None:
    shaped = {"currency": ("EUR", "CHF"), "day": ("2026-11-10", "2026-11-11")}
    stale = open_section(owner, assessment, section.key)
    for question in section.questions:
        if question.kind == "rows" or not (IS_THOROUGH or question.key in ALIKE.values()):
            continue
        key, control = question.key, control_of(question.key)
        first, second = (question.choices or shaped.get(question.kind, ("2", "3")))[:2]
        assert autosave(owner, assessment, key, stale | {control: first}).status_code == 200, key
        response = autosave(owner, assessment, key, stale | {control: second})
        assert response.status_code == 409, key
        assert Page(response).form(f"q-{key}")[control] == second


def test_the_table_of_examples_can_be_in_conflict(owner: Any, assessment: Any) -> None:
    def row(available: Any) -> Any:
        return {"data-0-label": "Refunds", "data-0-available": available}

    stale = open_section(owner, assessment, "readiness")
    assert autosave(owner, assessment, "data", stale | row("1")).status_code == 200
    response = autosave(owner, assessment, "data", stale | row("2"))
    assert response.status_code == 409
    assert Page(response).form("q-data")["data-0-available"] == "2"
    assert value_of(assessment, "data") == [{"label": "Refunds", "required": 0, "available": 1, "reviewed": 0}]


def test_a_retried_save_is_harmless(owner: Any, assessment: Any) -> None:
    form = open_section(owner, assessment, "reasons_for") | {"brand_voice": "yes"}
    assert [autosave(owner, assessment, "brand_voice", form).status_code for _ in range(3)] == [200, 200, 200]
    assert version_of(assessment, "brand_voice") == 1


def test_without_htmx_a_save_leads_back_to_the_section(owner: Any, assessment: Any) -> None:
    url = reverse("value", args=[assessment.pk, "answers.brand_voice"])
    response = owner.post(url, {"brand_voice": "yes"})
    assert (response.status_code, response["Location"]) == (
        302,
        reverse("section", args=[assessment.pk, "reasons_for"]),
    )
    assert value_of(assessment, "brand_voice") == "yes"


def test_without_htmx_too_a_conflict_is_told_and_nothing_is_overwritten(owner: Any, assessment: Any) -> None:
    url = reverse("value", args=[assessment.pk, "answers.brand_voice"])
    save_one(owner, assessment, "brand_voice", "yes")
    assert owner.post(url, {"brand_voice": "no"}).status_code == 409
    assert value_of(assessment, "brand_voice") == "yes"


def test_what_changes_nothing_does_not_move_the_time_of_change(owner: Any, assessment: Any) -> None:
    form = open_section(owner, assessment, "reasons_for") | {"brand_voice": "yes"}
    autosave(owner, assessment, "brand_voice", form)
    assessment.refresh_from_db()
    changed_at = assessment.changed_at
    autosave(owner, assessment, "brand_voice", form)
    autosave(owner, assessment, "brand_voice", form | {"brand_voice": "no"})
    assessment.refresh_from_db()
    assert assessment.changed_at == changed_at


def test_a_currency_is_picked_or_typed_and_every_amount_of_the_page_follows(owner: Any, assessment: Any) -> None:
    page = open_section(owner, assessment, "costs")
    response = autosave(owner, assessment, "currency", page | {"currency": "chf"})
    assert response.status_code == 200
    assert response["HX-Refresh"] == "true"
    assert value_of(assessment, "currency") == "CHF"
    shown = Page(owner.get(reverse("section", args=[assessment.pk, "costs"])))
    assert "CHF" in shown.words("q-hourly_rate")
    assert "$" not in shown.words("q-hourly_rate")
    assert "euros" in {option.text for option in shown.all("option")}
    refused = autosave(owner, assessment, "currency", page | {"currency": "franc"})
    assert refused.status_code == 422
    assert "is not a code of three letters, like EUR" in refused.content.decode()


@pytest.mark.parametrize(
    ("currency", "typed", "ways"),
    [
        (
            "EUR",
            "$6",
            [("It is in euros: keep 6", "6"), ("It is in US dollars: convert it at your rate to 5.4", "5.4")],
        ),
        ("EUR", "500 kr", [("It is in euros: keep 500", "500")]),
        ("USD", "€ 500", [("It is in US dollars: keep 500", "500")]),
        ("CHF", "20 Fr.", []),
        ("EUR", "EUR 20", []),
    ],
)
def test_the_sign_of_another_currency_is_asked_about_in_place(owner: Any, currency: str, typed: str, ways: Any) -> None:
    assessment = bring_in(owner, named(costs={"currency": currency, "exchange_rate": 0.9}))
    url = reverse("section", args=[assessment.pk, "costs"])
    page = Page(owner.get(url)).form("section-form")
    response = autosave(owner, assessment, "other_upfront", page | {"other_upfront": typed})
    assert response.status_code == (422 if ways else 200)
    offered = [(words(one), one.get("value")) for one in Page(response).all("button") if "data-way" in one.attrib]
    assert offered == ways
    assert Page(response).has("other_upfront-ways")  # what was asked before goes
    # without script the button sends its number after what was typed, which stays until then
    again = owner.post(url, page | {"other_upfront": typed})
    assert again.status_code == (422 if ways else 302)
    if ways:
        assert Page(again).with_id("other_upfront").get("value") == typed
        owner.post(url, page | {"other_upfront": [typed, ways[-1][1]]})
        assert value_of(assessment, "other_upfront") == float(ways[-1][1])
