"""The worked cases of the sources, which must come out as method.md, section 8, says."""

import json
from typing import Any

import pytest

from assessments.engine.decide import decide
from assessments.engine.result_json import result_json
from tests.engine.documents import EXAMPLES, FRAMEWORK, decide_on_example, read

# Task API assistant [framework]


@pytest.fixture(scope="module")
def task_api() -> Any:
    return decide_on_example("task_api")


MEANS = {
    "task_api": {
        "fine_tune_small": 4.26,
        "fine_tune_large": 3.8933,
        "optimize_prompts": 3.4267,
        "prompting": 3.04,
        "decomposition": 3.0133,
        "other_model": 2.98,
        "better_rag": 2.04,
    },
    "service_desk": {
        "fine_tune_small": 3.8483,
        "fine_tune_large": 3.8138,
        "other_model": 3.7172,
        "optimize_prompts": 3.5448,
    },
    "support_copilot": {"hybrid": 3.3711, "better_rag": 2.9044, "tools": 2.8824},
}


@pytest.mark.parametrize("name", MEANS)
def test_the_means_of_the_matrix_are_the_method_s(name: Any) -> None:
    """method.md 8, to four decimals, before the money of a detailed form changes the two cost rows."""
    means = {row.approach: round(row.mean, 4) for row in decide_on_example(name).matrix.rows}
    assert {key: means[key] for key in MEANS[name]} == MEANS[name]


def test_task_api_is_a_pilot_of_a_small_tuned_model(task_api: Any) -> None:
    """method.md 8: `fine_tune_small`, pilot; tried: prompting, other_model, better_rag."""
    assert (task_api.approach, task_api.action, task_api.because) == ("fine_tune_small", "pilot", ("candidate",))
    assert task_api.parts_ways == ""
    assert {key for key, one in task_api.standings.items() if one.tried} == {"prompting", "other_model", "better_rag"}
    assert (task_api.leader.approach, task_api.leader.closed_by) == ("fine_tune_small", ())
    assert "latency_requirements" in task_api.deciding


def test_task_api_walks_the_tree_to_candidate(task_api: Any) -> None:
    """method.md 8: ceiling hit; indicators 4, anti-indicators 0; leaf `fine_tune_candidate`."""
    assert task_api.leaf == "fine_tune_candidate"
    assert result_json(task_api)["path"] == [
        {"node": "ceiling", "outcome": "yes"},
        {"node": "indicators", "outcome": "yes", "count": 4},
        {"node": "anti_indicators", "outcome": "yes", "count": 0},
    ]
    assert result_json(task_api)["counts"] == {"indicators": 4, "anti_indicators": 0, "unsure": 0}
    assert task_api.lenses["decision_tree"].stance == "for"


@pytest.mark.parametrize(
    ("lens", "value", "printed", "band", "stance"),
    [
        ("confidence_score", 4 / 11, 0.364, "moderate", "pilot"),
        ("net_score", 4, 4, "strong", "for"),
        ("weighted_score", 10 / 29, 0.345, "moderate", "pilot"),
    ],
)
def test_task_api_has_the_scores_of_the_method(
    task_api: Any, lens: str, value: Any, printed: float, band: str, stance: str
) -> None:
    """method.md 8, and 3.2: eleven factors, though the source's example divides by ten."""
    found = task_api.lenses[lens]
    assert (found.value, found.band, found.stance) == (pytest.approx(value), band, stance)
    assert round(found.value, 3) == printed


def test_task_api_pays_back_after_four_months(task_api: Any) -> None:
    """method.md 8, economics.md 4 V0: $6,000 upfront, $1,500 + $500 - $500 a month."""
    economics, investment = task_api.economics, task_api.economics.investment
    assert investment.cash_flow.upfront == 6000
    assert investment.cash_flow.monthly_net == (1500,) * 36
    assert investment.break_even_months == 4.0
    assert investment.durable_break_even_months == 4.0
    assert investment.discounted_break_even_months == 4.0
    assert (investment.net, investment.npv, investment.roi) == (48000, 48000, 8.0)
    assert economics.defaults_used == ()


def test_task_api_is_a_pilot_with_the_gate_still_to_pass(task_api: Any) -> None:
    """method.md 6 and 8: data and payback suffice, the training gate's five conditions are missing."""
    assert [gap.code for gap in task_api.missing_for_go] == [
        "gate.trend",
        "gate.root_cause_known",
        "gate.reviewed_examples",
        "gate.prompt_fix_failed",
        "gate.regression_baseline",
    ]


def test_task_api_plan_is_the_source_s(task_api: Any) -> None:
    """method.md 8: P0 knowledge (SFT), P1 persona, P2 tools, P3 safety."""
    assert [(step.priority, step.goal.key, step.goal.kind) for step in task_api.goals] == [
        ("P0", "knowledge", "supervised fine-tuning"),
        ("P1", "persona", "persona tuning"),
        ("P2", "tools", "function-calling tuning"),
        ("P3", "safety", "preference tuning (DPO or RLHF)"),
    ]


def test_task_api_as_json(task_api: Any) -> None:
    """document.md, the result."""
    result = result_json(task_api)
    assert (result["approach"], result["action"], result["confirm"]) == ("fine_tune_small", "pilot", [])
    assert result["leader"] == {"approach": "fine_tune_small", "closed_by": []}
    assert result["standings"]["better_rag"] == {"tried": True, "closed_by": []}
    assert list(result["standings"]) == list(FRAMEWORK.approach)
    assert len(result["missing_for_go"]) == 5
    assert result["data"] == {"goal_range": [1000, 10000], "labelled": 10000, "gaps": []}
    assert result["economics"]["form"] == "summary"
    assert result["economics"]["approaches"] == {
        "tuning": {
            "upfront": 6000,
            "break_even_months": 4.0,
            "discounted_break_even_months": 4.0,
            "durable_break_even_months": 4.0,
            "net": 48000,
            "npv": 48000,
            "roi": 8.0,
            "pv_cost": None,
            "cost_per_attempt": None,
            "attempts": None,
            "fallback_share": None,
            "monthly_cost": None,
            "break_even_requests": None,
        }
    }


def test_task_api_before_the_examples_in_the_prompt_is_not_to_be_tuned() -> None:
    """[framework], attempts 1 to 3 of the case study: the ceiling is not reached before attempt 4."""
    document = json.loads((EXAMPLES / "task_api.json").read_text(encoding="utf-8"))
    answers = document["answers"] | {"prompt_variations": "no", "few_shot_used": "no"}
    decision = decide(FRAMEWORK, read(document | {"answers": answers}))
    assert (decision.leaf, decision.action) == ("keep_prompting", "fix_first")
    assert decision.leader.closed_by == ("step_skipped",)
    assert not decision.is_tuning


# Service desk, MFA tickets [module]


@pytest.fixture(scope="module")
def service_desk() -> Any:
    return decide_on_example("service_desk")


def test_service_desk_passes_the_gate_with_rising_overrides(service_desk: Any) -> None:
    """method.md 8: overrides rising; gate 5 of 5."""
    gate = service_desk.lenses["training_gate"]
    assert (gate.stance, gate.met, len(gate.conditions), gate.trend) == ("for", 5, 5, "rising_or_stable")


def test_service_desk_has_four_examples_too_few(service_desk: Any) -> None:
    """method.md 8: 346 usable examples of 350 wanted."""
    assert service_desk.data.labelled == 346
    assert [(gap.label, gap.missing) for gap in service_desk.data.gaps] == [("MFA-related VPN issues", 4)]


def test_service_desk_tree_and_gate_disagree(service_desk: Any) -> None:
    """method.md 8: two steps of the ceiling test are not established, so the tree stays open."""
    assert service_desk.leaf == "keep_prompting"
    assert service_desk.lenses["decision_tree"].stance == "open"
    assert service_desk.lenses["training_gate"].stance == "for"


def test_service_desk_is_to_confirm_two_steps_before_a_pilot(service_desk: Any) -> None:
    """method.md 8: `fine_tune_small`, `confirm_first` (`multiple_models`, `few_shot_used`)."""
    assert (service_desk.approach, service_desk.action) == ("fine_tune_small", "confirm_first")
    assert service_desk.confirm == ("multiple_models", "few_shot_used")
    assert service_desk.robustness.find_out_next[:2] == service_desk.confirm
    assert service_desk.parts_ways == "tuning"


# Support copilot [production]


@pytest.fixture(scope="module")
def support_copilot() -> Any:
    return decide_on_example("support_copilot")


def test_support_copilot_fixes_retrieval_first(support_copilot: Any) -> None:
    """method.md 8: hybrid would score highest and is closed; better_rag and tools are open, tuning is premature."""
    assert (support_copilot.approach, support_copilot.action) == ("better_rag", "fix_first")
    assert support_copilot.leader.approach == "hybrid"
    assert support_copilot.leader.closed_by == ("not_ready_for_both", "step_skipped")
    closed = {key: one.closed_by for key, one in support_copilot.standings.items()}
    assert {key for key, gates in closed.items() if not gates} == {"better_rag", "tools"}
    assert all("facts_first" in closed[key] for key in set(closed) - {"better_rag", "tools", "hybrid"})
    assert not support_copilot.is_tuning
    assert support_copilot.goals == ()


def test_support_copilot_has_mixed_failures(support_copilot: Any) -> None:
    """examples/support_copilot.json: 123 + 52 + 73 + 12 = 260; nothing dominates."""
    diagnosis = support_copilot.diagnosis
    counts = {group.key: group.count for group in diagnosis.groups}
    assert counts == {"knowledge": 123, "tools": 52, "behaviour": 73, "capability": 12}
    assert (diagnosis.sample, diagnosis.dominant) == (260, None)
    low, high = next((group.low, group.high) for group in diagnosis.groups if group.key == "knowledge")
    assert low < 0.5 < high


def test_support_copilot_needs_more_labels_to_say_what_dominates(support_copilot: Any) -> None:
    """By hand: 123/260 is 7/260 under one half; z² / 4 · (260/7)² = 1324.9, so 1325 in all, 1065 more."""
    assert support_copilot.diagnosis.label_more == 1065


def test_eight_approaches_asks_nothing_but_money() -> None:
    """examples/eight_approaches.json: no answers, so no verdict, and an open tree."""
    decision = decide_on_example("eight_approaches")
    assert (decision.action, decision.approach, decision.leads) == ("not_yet", None, "prompting")
    assert decision.lenses["decision_tree"].stance == "open"
