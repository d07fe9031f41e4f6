"""What the engine asks a framework for by name: a framework that lacks one of these is refused."""

from collections.abc import Mapping

LEAVES = {"keep_prompting", "improve_rag_or_switch_model", "address_blockers", "fine_tune_candidate"}
VERDICT_RULES = {
    *("prompts_work", "exploring", "requirements_change", "capability_dominates", "knowledge_dominates"),
    *("knowledge_and_tools", "ceiling_steps_open", "target_not_missed", "blockers", "candidate"),
    *("net_pilot", "no_case"),
}
ACTION_WORDS = {"keep", "use_other_lever", "fix_first", "fix_first_tuning", "pilot", "go"}
MISSING_FOR_GO = {
    *("gate.trend", "gate.root_cause_known", "gate.reviewed_examples", "gate.prompt_fix_failed"),
    *("gate.regression_baseline", "examples", "goal", "tuning_available", "economics_missing"),
    *("approach_costs", "payback", "strategic_payback", "payback_lasts"),
}
ACTION_WORDS = {"keep", "use_other_lever", "fix_first", "fix_first_tuning", "pilot", "go"}
COST_SCORES = {"run_cost", "upfront_cost"}
# The findings that the engine raises, each with the figures it fills in.
_FINDINGS_WITHOUT_FIGURES = (
    *("tuning_for_facts", "facts_as_goal", "tuning_before_prompts", "no_held_out_set"),
    *("noisy_examples", "missing_capability", "no_fallback", "no_owner", "succeeds_and_misses"),
    *("low_volume_and_costly", "stable_and_changing", "exploring_and_narrow", "fast_enough_but_slow"),
    "no_retrieval_but_changing",
)
FINDINGS: Mapping[str, tuple[str, ...]] = dict.fromkeys(_FINDINGS_WITHOUT_FIGURES, ()) | {
    "prompt_would_do": ("sample",),
    "too_few_examples": ("have", "needed", "unit"),
    "tuning_around_a_defect": ("share",),
    "enough_data_but_few": ("have", "limit"),
    "too_little_data_but_many": ("have", "limit"),
    "low_volume_but_many": ("volume",),
    "volume_but_few": ("volume",),
    "no_retrieval_but_knowledge": ("count",),
    "repeated_label": ("first", "again"),
    "more_reviewed_than_labelled": ("reviewed", "labelled"),
}
