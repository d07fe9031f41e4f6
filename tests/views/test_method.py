"""The method page names every gate, weight and threshold in force, and where the sources contradict each other."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.framework.schema import Thresholds
from assessments.presenters.method import present_method
from assessments.presenters.method_notes import bands_that_differ, method_figures
from assessments.presenters.words import in_words
from assessments.services import moving, sharing
from tests.own_frameworks import a_framework, published
from tests.pages import Page, parse_errors, told_by, words
from tests.people import make_team
from tests.visits import FRAMEWORK


@pytest.fixture
def method_page(client: Client, db: None) -> Page:
    response = client.get(reverse("method"))
    assert response.status_code == 200
    return Page(response)


def test_the_page_is_sound_html_with_each_id_once(method_page: Page) -> None:
    assert parse_errors(method_page.html) == []
    ids = [element.get("id") for element in method_page.all() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_the_page_keeps_to_the_content_policy(client: Client, db: None) -> None:
    html = client.get(reverse("method")).content.decode()
    assert not re.search(r"<script(?![^>]*src=)|\sstyle=|\son\w+=|<style", html)


def test_every_gate_of_the_engine_is_a_row_with_what_it_closes_and_what_opens_it(method_page: Page) -> None:
    rows = [row for row in method_page.all("tr") if row.get("id", "").startswith("gate-")]
    assert [row.get("id") for row in rows] == [f"gate-{gate.key}" for gate in FRAMEWORK.gates]
    for gate in FRAMEWORK.gates:
        row = method_page.words(f"gate-{gate.key}")
        assert in_words(FRAMEWORK, gate.because) in row
        assert (in_words(FRAMEWORK, gate.opens) or "Not by the team") in row
        assert gate.source.capitalize() in row


def test_a_gate_is_told_with_its_conditions_and_the_thresholds_in_force(method_page: Page) -> None:
    assert "Reasons against: at least 2" in method_page.words("gate-two_against")
    assert "share of failures for missing or muddled knowledge: below 25%" in method_page.words("gate-no_facts_needed")
    assert "“Kind of task” is not “Classification”" in method_page.words("gate-not_a_label")
    assert "“Tuning on offer” is no" in method_page.words("gate-not_for_sale")
    assert "All but Better retrieval, Better tools and Tune plus retrieval" in method_page.words("gate-facts_first")


def test_every_word_of_the_gates_and_every_prior_is_there(method_page: Page) -> None:
    for fact in FRAMEWORK.guide.method.facts.values():
        assert in_words(FRAMEWORK, fact.about) in method_page.words("gates")
    told = method_page.words("settled")
    assert "Need for consistent behaviour 65%" in told
    assert all(FRAMEWORK.questions[key].label in told for key in FRAMEWORK.deciding_keys)


def test_a_weight_says_which_answers_move_it(method_page: Page) -> None:
    told = method_page.words("comparison")
    assert "Weight 6; 0 where “Prompt already good enough” is yes" in told
    assert "Weight 0.5; 3 where “Need for faster answers” is yes; 0 where the answer is no" in told


def test_every_way_is_told_with_who_found_what(method_page: Page) -> None:
    for way in FRAMEWORK.guide.guidance.ways:
        told = method_page.words(f"way-{way.key}")
        assert all(fact.text in told and fact.origin in told for fact in way.facts)


def test_goals_show_the_dissent(method_page: Page) -> None:
    """method.md 5: the source asks for 10,000 pairs, newer guides for 500 to 5,000."""
    row = method_page.words("goal-safety")
    assert "10,000 or more preference pairs" in row
    assert "500 to 5,000" in row


def test_every_question_has_its_anchor_its_weight_and_its_source(method_page: Page) -> None:
    for question in FRAMEWORK:
        row = method_page.words(f"q-{question.key}")
        assert question.ask in row
        assert question.source.capitalize() in row
    assert "Reason for, weight 2 (medium)" in method_page.words("q-brand_voice")
    assert "Reason against, weight 3 (high)" in method_page.words("q-low_volume")
    assert "Our default: 36 months" in method_page.words("q-horizon_months")


def test_every_lens_finding_and_goal_is_there(method_page: Page) -> None:
    for lens in FRAMEWORK.lenses:
        assert lens.name in method_page.words(f"lens-{lens.key}")
    for finding in FRAMEWORK.findings:
        assert in_words(FRAMEWORK, finding.what_to_do) in method_page.words(f"finding-{finding.code}")
    for goal in FRAMEWORK.goals:
        assert f"{goal.examples_from:,}" in method_page.words(f"goal-{goal.key}")


def test_every_score_of_the_comparison_is_there(method_page: Page) -> None:
    tables = [element for element in method_page.all("table") if element.get("class") == "heat"]
    base, fit = ([[words(cell) for cell in row.iter("td")] for row in table.iter("tr")] for table in tables)
    approaches = [approach.key for approach in FRAMEWORK.approaches]
    expected = [[str(one.scores[key]) for key in approaches] for one in FRAMEWORK.matrix.criteria if one.scores]
    assert [row for row in base if len(row) == len(approaches)] == expected
    assert [row for row in fit if row] == [
        [str(scores[key]) for key in approaches] for scores in FRAMEWORK.matrix.fit.values()
    ]


def test_every_threshold_is_named_with_its_value(method_page: Page) -> None:
    named = {one.key for one in FRAMEWORK.guide.method.thresholds}
    plan = {"label_from", "label_to", "held_out", "examples_per_week", "most_slices"}
    assert named == set(Thresholds.__dataclass_fields__) | plan
    assert "Training gate: reviewed examples, at least 200 Module" in method_page.words("thresholds")
    assert "Strong above 0.5, moderate from 0.2" in method_page.words("thresholds")


@pytest.mark.parametrize(
    ("key", "figures"),
    [
        ("enough", ["200 good examples", "Fewer than 1,000", "500 to 10,000", "from some hundreds to some thousands"]),
        ("eleven", ["lists 11 and divides 4 by 10", "0.40 instead of 0.36"]),
        ("net_or_ratio", ["2,048", "1,023", "50%"]),
        ("three", ["more than 3", "a lead of 1"]),
        ("break_even", ["$6,000 after 4 months", "$500 a month", "$833 to $1,667", "after 5.1 to 18 months"]),
    ],
)
def test_disagreements_are_told_with_the_numbers(method_page: Page, key: str, figures: list[str]) -> None:
    """method.md 3.2, 3.3 and 5; economics.md 1.8 and V1."""
    shown = method_page.words(f"disagree-{key}")
    assert [figure for figure in figures if figure not in shown] == []


def test_the_bands_differ_on_half_of_the_combinations() -> None:
    """method.md 3.3, counted one by one."""
    limits = FRAMEWORK.thresholds
    differing = 0
    for ways in range(2**11):
        fors, againsts = bin(ways >> 5).count("1"), bin(ways & 31).count("1")
        net = fors - againsts
        differing += limits.net.band(net) != limits.confidence.band(net / 11)
    assert bands_that_differ(FRAMEWORK) == (differing, 2048)


def test_the_price_of_being_wrong_is_the_glossary_s(method_page: Page) -> None:
    """method.md 3.8: detectability 9, effort 7, burden 7, trap 7."""
    assert [(one.key, one.score) for one in FRAMEWORK.guide.method.price_of_error] == [
        *(("D", 9), ("E", 7), ("B", 7), ("T", 7))
    ]
    assert "9 Hard to notice" in method_page.words("price")


def test_the_figure_of_the_published_cases_is_on_the_page_with_its_limits(method_page: Page) -> None:
    assert re.search(r"In \d+ of \d+ published cases", method_page.words("published"))
    assert "What this figure cannot say" in method_page.words("published")


def test_how_cases_are_compared_and_how_far_two_raters_agreed_is_said(method_page: Page) -> None:
    """method.md 7."""
    told = method_page.words("likeness")
    assert "3 points for the same kind of task, 2 for the same leading group of failures" in told
    assert "at most two from one source" in told
    assert "asks the 20 most similar" in told
    agreed = method_page.words("published")
    assert "29 of 29" in agreed
    assert "0.71" in agreed
    assert "Brier" in agreed
    assert "published more often than failures" in agreed


def test_every_source_is_named(method_page: Page) -> None:
    for citation in FRAMEWORK.citations:
        assert citation.name in method_page.words(f"source-{citation.key}")
    assert FRAMEWORK.sha256 in method_page.words("sources")


def test_no_figure_is_left_unfilled(method_page: Page) -> None:
    assert "{" not in method_page.words("main")
    assert None not in method_figures(FRAMEWORK).values()


def test_links_on_the_page_lead_somewhere(method_page: Page) -> None:
    anchors = [link.get("href", "")[1:] for link in method_page.all("a") if link.get("href", "").startswith("#")]
    assert [anchor for anchor in anchors if not method_page.has(anchor)] == []
    assert len(anchors) > 10


def test_the_method_is_in_the_navigation_and_linked_from_a_result(client: Client, owner: Client, db: None) -> None:
    from tests.documents import example_document
    from tests.visits import bring_in

    here = reverse("method")
    assert here in {link.get("href") for link in Page(client.get(reverse("landing"))).all("a")}
    assessment = bring_in(owner, example_document("task_api"))
    why = Page(owner.get(reverse("result_page", args=[assessment.pk, "why"])))
    assert any(link.get("href", "").startswith(here) for link in why.all("a"))


def test_the_page_is_put_together_once() -> None:
    assert present_method(FRAMEWORK) is present_method(FRAMEWORK)


def test_the_method_of_a_team_is_told_as_it_is_there_and_what_it_changes_is_marked(db: None) -> None:
    team = make_team()
    changes: dict[str, Any] = {
        "gates__no_case__when": [["net < 0"]],
        "gates__two_against__off": True,
        "thresholds__payback_months": 9,
        "questions__brand_voice__ask": "Does it <b>sound</b> like us?",
        "criteria__latency__scores__tools": 5,
        "priors__answers__brand_voice": 0.3,
    }
    draft = a_framework(team.workspace, team.users["owner"], **changes)
    version = published(draft, team.users["owner"])
    address = team.url("framework_method", draft.pk, version.number)
    page = Page(team.clients["viewer"].get(address))
    assert parse_errors(page.html) == []
    told = told_by(page)
    assert "This is the method of Ours, version 1." in told
    assert "Switched off: Too many reasons against." in told
    assert "<b>sound</b>" not in page.html
    marked = {words(chip.getparent()).partition(" Your team’s")[0] for chip in page.root.xpath("//*[.='Your team’s']")}
    assert marked >= {
        "Reasons for do not outweigh those against",
        "All gates",
        "Speed",
        "Base scores and weights",
        "Distinct brand voice",
    }
    assert marked >= {"Thresholds in force", "How likely a yes is while nobody knows", "Reasons to fine-tune"}
    assert not marked & {"Steady output", "What mends which failure", "Nothing to teach", "Latency needed"}
    assert not page.has("gate-two_against")
    unmarked = Page(team.clients["viewer"].get(reverse("method")))
    assert not unmarked.root.xpath("//*[.='Your team’s']")


def test_a_result_leads_to_the_method_that_it_is_made_by(db: None) -> None:
    team = make_team()
    owner, assessment = team.users["owner"], team.assessment
    version = published(a_framework(team.workspace, owner, thresholds__payback_months=9), owner)
    moving.move(assessment, owner, version.key)
    why = Page(team.clients["viewer"].get(reverse("result_page", args=[assessment.pk, "why"])))
    address = reverse("assessment_method", args=[assessment.pk])
    assert any(link.get("href", "").startswith(f"{address}#lens-") for link in why.all("a"))
    assert "This is the method of Ours, version 1." in told_by(Page(team.clients["viewer"].get(address)))
    assert team.outsider.get(address).status_code == 404
    brief = Page(team.clients["viewer"].get(reverse("result", args=[assessment.pk])))
    assert (
        brief.root.xpath("//*[contains(@class, 'fw-s')]")[0].text == "Ours, version 1"
    )  # where there is no room beside
    link = sharing.make_link(assessment, owner)
    for page in ("why", "options", "cases"):
        told = Page(team.outsider.get(reverse("shared_page", args=[link, page])))
        assert not [one for one in told.root.xpath("//main//a/@href") if "/method/" in one]
