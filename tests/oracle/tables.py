"""The tables of method.md, sections 2, 4 and 6, copied by hand: what the second reading reads from."""

APPROACHES = (
    "prompting",
    "optimize_prompts",
    "decomposition",
    "better_rag",
    "tools",
    "serve_cheaper",
    "other_model",
    "classifier",
    "fine_tune_small",
    "fine_tune_large",
    "hybrid",
)
TUNING = ("fine_tune_small", "fine_tune_large", "hybrid")

GROUPS = {
    "knowledge": ("missing_knowledge", "wrong_retrieval", "noisy_context"),
    "tools": ("tool_failure",),
    "behaviour": ("format_failure", "policy_tone", "should_abstain", "wrong_class"),
    "capability": ("reasoning",),
}
MODES = tuple(mode for modes in GROUPS.values() for mode in modes)

CEILING_STEPS = ("prompt_variations", "multiple_models", "retrieval_optimized", "few_shot_used", "prompt_structured")
CEILING = (*CEILING_STEPS, "target_missed")
INDICATORS = (
    "consistent_behavior",
    "domain_knowledge",
    "brand_voice",
    "cost_optimization",
    "latency_requirements",
    "data_sovereignty",
)
ANTI_INDICATORS = (
    "changing_requirements",
    "low_volume",
    "exploration_phase",
    "insufficient_data",
    "prompts_succeed",
)
ALSO_TRIED = ("prompt_optimizer_tried", "decomposition_tried", "classifier_tried", "cheaper_serving_tried")
DECIDING = (
    *CEILING,
    *INDICATORS,
    *ANTI_INDICATORS,
    "needs_fresh_knowledge",
    "knowledge_gaps",
    "examples_inconsistent",
    "tuning_available",
    "runs_in_house",
    "newest_model_tried",
    "prompt_fix_failed",
    *ALSO_TRIED,
)

PRIORS = {
    "consistent_behavior": 0.65,
    "domain_knowledge": 0.5,
    "brand_voice": 0.1,
    "cost_optimization": 0.3,
    "latency_requirements": 0.2,
    "data_sovereignty": 0.2,
    "changing_requirements": 0.25,
    "low_volume": 0.15,
    "exploration_phase": 0.15,
    "insufficient_data": 0.3,
    "prompts_succeed": 0.2,
    "needs_fresh_knowledge": 0.2,
    "knowledge_gaps": 0.3,
    "examples_inconsistent": 0.2,
    "tuning_available": 0.8,
    "runs_in_house": 0.3,
    "prompt_optimizer_tried": 0.3,
    "decomposition_tried": 0.3,
    "classifier_tried": 0.3,
    "cheaper_serving_tried": 0.3,
}
"""What is not here has 0.5."""

# One column an approach, in the order above.
BASE = {
    "consistency": (2, 3, 3, 2, 3, 2, 3, 5, 5, 5, 5),
    "fresh_knowledge": (2, 2, 2, 5, 5, 2, 2, 1, 1, 1, 5),
    "latency": (3, 3, 2, 2, 2, 4, 3, 5, 5, 3, 3),
    "run_cost": (3, 3, 2, 2, 3, 4, 3, 5, 5, 3, 3),
    "control": (2, 2, 2, 3, 3, 2, 2, 5, 5, 3, 4),
    "upfront_cost": (5, 4, 4, 3, 3, 4, 4, 3, 2, 2, 1),
    "time_to_value": (5, 4, 4, 3, 3, 5, 5, 3, 2, 2, 1),
    "data_need": (5, 4, 5, 4, 4, 5, 5, 2, 2, 2, 2),
    "operations": (5, 5, 4, 3, 3, 4, 4, 3, 2, 2, 1),
    "adaptability": (5, 4, 4, 5, 4, 4, 4, 2, 1, 2, 3),
    "reversibility": (5, 5, 5, 4, 4, 5, 5, 3, 2, 2, 2),
}
FIT = {
    "missing_knowledge": (1, 1, 0, 5, 2, 0, 1, 0, 0, 1, 4),
    "wrong_retrieval": (0, 0, 0, 5, 1, 0, 0, 0, 0, 0, 2),
    "noisy_context": (3, 2, 3, 5, 1, 0, 2, 0, 0, 1, 3),
    "tool_failure": (2, 2, 2, 1, 5, 0, 3, 0, 2, 2, 2),
    "format_failure": (4, 4, 3, 0, 2, 0, 3, 3, 5, 5, 5),
    "policy_tone": (4, 4, 2, 0, 0, 0, 3, 0, 5, 5, 5),
    "should_abstain": (4, 4, 2, 2, 2, 0, 3, 2, 4, 4, 4),
    "wrong_class": (3, 4, 3, 2, 0, 0, 3, 4, 5, 5, 4),
    "reasoning": (3, 3, 4, 1, 2, 0, 5, 0, 1, 2, 2),
}

OPENED_BY_THE_TEAM = (
    "facts_first",
    "tools_first",
    "exploring",
    "step_skipped",
    "ceiling_open",
    "cheaper_first",
    "two_against",
    "examples_disagree",
    "not_ready_for_both",
)
