"""Real requests, and the smallest documents that once went wrong: each comes out as a sensible adviser would say.

Issue 10, "Done when". Files r… are requests that people published, with their own words as evidence; files f… are
documents made small. With `not_yet` there is no verdict: what leads so far is what an adviser would look at first.
"""

import json
from functools import cache
from pathlib import Path

import pytest

from assessments.engine.decide import decide
from assessments.engine.decision import Decision
from assessments.engine.document import load_document
from assessments.engine.result_json import result_json
from assessments.framework import load_framework
from assessments.presenters.verdict import lead_sentences

FRAMEWORK = load_framework()
FOLDER = Path(__file__).parent / "requests"
REQUESTS = sorted(path.stem for path in FOLDER.glob("*.json"))
TUNING = {"fine_tune_small", "fine_tune_large", "hybrid"}
LEADS = {
    "f01_tuning_money_under_prompting": {"prompting"},
    "f02_cost_motive_never_pays": {"prompting", "other_model"},
    "f04_found_facts_misused": {"decomposition"},
    "f06_wrong_class": {"fine_tune_small"},
    "f07_barred_data_keep_provider": {"other_model"},
    "f09_pilot_that_cannot_be_bought": {"optimize_prompts"},
    "f10_nothing_answered": {"prompting"},
    "f11_currency_ignored": {"prompting"},
    "r01_voice_assistant_kb": {"better_rag"},
    "r03_tags_split_prompt": {"prompting"},
    "r05_translation_glossary": {"prompting"},
    "r07_route_issue_classes": {"serve_cheaper"},
    "r08_news_eight_categories": {"prompting"},
    "r11_reranker": {"prompting"},
    "r12_subject_lines": {"prompting"},
    "r15_procurement_documents": {"prompting"},
    "r16_endoscopy_reports": {"prompting", "other_model"},
    "r19_internal_tickets": {"serve_cheaper"},
}
TOO_LITTLE_SAID = {
    "f01_tuning_money_under_prompting",
    "f10_nothing_answered",
    "f11_currency_ignored",
    "r01_voice_assistant_kb",
    "r03_tags_split_prompt",
    "r05_translation_glossary",
    "r08_news_eight_categories",
    "r15_procurement_documents",
    "r19_internal_tickets",
}
"""Fewer than five answers that decide: no verdict yet."""


@cache
def decision_of(name: str) -> Decision:
    return decide(FRAMEWORK, load_document((FOLDER / f"{name}.json").read_text(encoding="utf-8"), FRAMEWORK))


def is_open(name: str, *approaches: str) -> bool:
    return all(decision_of(name).standings[approach].open for approach in approaches)


def closed_by(name: str, approach: str) -> tuple[str, ...]:
    return decision_of(name).standings[approach].closed_by


@pytest.mark.parametrize("name", REQUESTS)
def test_what_leads_is_what_an_adviser_would_say(name: str) -> None:
    decision = decision_of(name)
    assert decision.leads in LEADS[name]
    assert (decision.action == "not_yet") == (decision.approach is None) == (name in TOO_LITTLE_SAID)


def test_few_facts_go_into_the_prompt_before_a_search_is_built() -> None:
    """r01: 25 rows, and a spoken answer: nothing that waits for a batch."""
    steps = decision_of("r01_voice_assistant_kb").next_steps
    assert steps[0] == "facts_in_prompt"
    assert "batches" not in steps


@pytest.mark.parametrize("name", ["r03_tags_split_prompt", "r08_news_eight_categories", "r15_procurement_documents"])
def test_a_labelling_task_has_splitting_it_and_a_classifier_open_beside_the_prompt(name: str) -> None:
    assert is_open(name, "prompting", "decomposition", "classifier")
    assert decision_of(name).matrix.ranking.index("classifier") < 6


def test_an_overloaded_prompt_is_split_and_a_classifier_tried_beside_it() -> None:
    """r03: many rules in one prompt; r08: eight categories."""
    assert {"split_overloaded", "classifier_beside"} <= set(decision_of("r03_tags_split_prompt").next_steps)
    assert "classifier_beside" in decision_of("r08_news_eight_categories").next_steps


@pytest.mark.parametrize("name", ["r11_reranker", "r12_subject_lines"])
def test_tuning_would_lead_and_the_steps_to_confirm_are_named(name: str) -> None:
    decision = decision_of(name)
    assert decision.action == "fix_first"
    assert decision.leader.approach == "fine_tune_small"
    assert decision.leader.closed_by == ("ceiling_open",)
    said = lead_sentences(decision)
    assert FRAMEWORK.approach["fine_tune_small"].name in said
    unsure = [key for key in FRAMEWORK.keys("ceiling") if decision.document.answers.unsure(key)]
    assert len(unsure) >= 3
    assert all(FRAMEWORK.questions[key].label in said for key in unsure)


@pytest.mark.parametrize("name", ["r11_reranker", "r07_route_issue_classes", "r19_internal_tickets"])
def test_a_motive_of_cost_begins_with_cheaper_serving(name: str) -> None:
    assert decision_of(name).next_steps[:2] == ("prompt_caching", "smaller_model")


def test_speed_is_never_answered_with_batches() -> None:
    assert "batches" not in decision_of("r11_reranker").next_steps


def test_where_the_prompt_works_and_is_too_dear_tuning_waits_for_cheaper_serving() -> None:
    assert closed_by("r19_internal_tickets", "fine_tune_small")[-1] == "cheaper_first"
    assert is_open("r19_internal_tickets", "classifier", "serve_cheaper")


def test_tuning_that_cannot_be_done_is_no_verdict() -> None:
    """r16: a machine without a GPU, 88 reports."""
    assert "not_for_sale" in closed_by("r16_endoscopy_reports", "fine_tune_small")
    assert decision_of("r16_endoscopy_reports").leader.approach == "fine_tune_small"


@pytest.mark.parametrize("name", ["f01_tuning_money_under_prompting", "f11_currency_ignored"])
def test_money_of_the_summary_form_is_tunings_and_not_the_verdicts(name: str) -> None:
    economics = decision_of(name).economics
    assert economics is not None
    assert (economics.form, economics.approach) == ("summary", "tuning")


def test_what_never_pays_back_is_closed() -> None:
    """f02: cost is the only reason for, and the tuned model costs more a month than going on as today."""
    assert closed_by("f02_cost_motive_never_pays", "fine_tune_small") == ("too_dear",)
    assert decision_of("f02_cost_motive_never_pays").leads not in TUNING


def test_facts_that_arrive_and_are_misused_are_no_matter_of_search() -> None:
    assert decision_of("f04_found_facts_misused").approach != "better_rag"


def test_wrong_labels_are_what_tuning_mends() -> None:
    decision = decision_of("f06_wrong_class")
    assert decision.diagnosis.dominant == "behaviour"
    assert decision.is_tuning
    assert "missing_capability" not in [finding.code for finding in decision.findings]


@pytest.mark.parametrize("runs_in_house", ["no", "unsure", "yes"])
def test_barred_data_at_a_provider_is_never_told_to_stay(runs_in_house: str) -> None:
    raw = json.loads((FOLDER / "f07_barred_data_keep_provider.json").read_text(encoding="utf-8"))
    raw["answers"]["runs_in_house"] = runs_in_house
    decision = decide(FRAMEWORK, load_document(json.dumps(raw), FRAMEWORK))
    assert decision.action != "keep"
    assert ("data_barred" in decision.standings["prompting"].closed_by) == (runs_in_house == "no")
    assert decision.leads not in ("serve_cheaper", "optimize_prompts")


def test_a_model_that_cannot_be_tuned_is_not_piloted() -> None:
    assert closed_by("f09_pilot_that_cannot_be_bought", "fine_tune_small") == ("not_for_sale",)
    assert not decision_of("f09_pilot_that_cannot_be_bought").is_tuning


@pytest.mark.parametrize("name", sorted(TOO_LITTLE_SAID))
def test_without_a_verdict_none_is_written_anywhere(name: str) -> None:
    decision = decision_of(name)
    written = result_json(decision)
    assert (written["approach"], written["action"]) == (None, "not_yet")
    assert decision.on_evidence_alone.approach is None
    assert decision.robustness.find_out_next
    assert "What leads so far" in lead_sentences(decision)
