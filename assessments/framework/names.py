"""What the engine and the pages ask a framework for by name: a framework that lacks one of these is refused."""

from collections.abc import Mapping

LEAVES = ("keep_prompting", "improve_rag_or_switch_model", "address_blockers", "fine_tune_candidate")
"""Where the decision tree ends: at each of its three questions where that is not passed, and behind the last."""
WORKS = "works"
"""The gate that leaves nothing but the prompt in use."""
MEASURED = "measured"
"""The gate that leaves nothing but what leads by measurement."""
COMPARED_ROLES = ("prompt", "retrieval", "tools", "tuned", "tuned_retrieval")
"""The variants that a controlled comparison has at least; any approach can be a further one, under its own key."""
ACTIONS = {"keep", "use_other_lever", "fix_first", "confirm_first", "pilot", "go", "not_yet"}
ACTION_WORDS: Mapping[str, tuple[str, ...]] = {"keep": (), "confirm_first": ("confirm",), "pilot": (), "go": ()}
MEASURED_BECAUSE = {
    f"measured_{reason}" for reason in ("gain", "no_gain", "cant_tell", "slice_lost", "not_paid_back", "not_to_be_had")
}
BECAUSE = {"not_begun", "highest", "candidate", "reasons_lead", *MEASURED_BECAUSE}
TREE_PARTS_WAYS = {"tuning", "candidate", "other"}
GOAL_REASONS = {
    *("stated", "brand_voice", "policy_tone", "format_failure", "wrong_class", "tool_failure", "should_abstain"),
    "not_counted",
}
COST_SCORES = {"run_cost", "upfront_cost"}
# The codes of what the engine returns, each with the figures that come with it.
_SHORTFALL, _PAYBACK = ("needed", "have"), ("months", "have")
MISSING_FOR_GO: Mapping[str, tuple[str, ...]] = {
    "tree": ("leaf",),
    "gate.trend": _SHORTFALL,
    "gate.root_cause_known": (),
    "gate.reviewed_examples": _SHORTFALL,
    "gate.prompt_fix_failed": (),
    "gate.regression_baseline": (),
    "goal": (),
    "examples": (*_SHORTFALL, "goal"),
    "cheapest_model": (),
    "economics_missing": (),
    "approach_costs": ("approach",),
    "payback": _PAYBACK,
    "strategic_payback": _PAYBACK,
    "payback_lasts": ("months",),
    "payback_left_out": (),
    "critical_slices": ("names",),
}
_OF = ("count", "of")
_NET = ("indicators", "anti_indicators", "band")
CONDITIONS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "decision_tree": {
        "ceiling": (*_OF, "target"),
        "indicators": (*_OF, "above"),
        "anti_indicators": (*_OF, "below"),
    },
    "confidence_score": {"score": (*_NET, "factors", "score")},
    "net_score": {"score": (*_NET, "net")},
    "weighted_score": {"score": ("gained", "lost", "total", "score", "band")},
    "production_rule": dict.fromkeys(
        (
            *("sign", "knowledge_does_not_lead", "facts_hold_still", "tools_do_not_lead"),
            *("reviewers_agree", "task_is_narrow", "can_be_measured"),
        ),
        (),
    ),
    "training_gate": {
        "trend": _SHORTFALL,
        "root_cause_known": (),
        "reviewed_examples": _SHORTFALL,
        "prompt_fix_failed": (),
        "regression_baseline": (),
    },
    "starting_frame": dict.fromkeys(("behaviour", "repeats", "examples", "prompting", "measurable"), ()),
}
_DOLLARS = ("dollars", "cheapest", "cheapest_dollars")
SCORE_REASONS: Mapping[str, tuple[str, ...]] = {
    "base": (),
    "base_not_in_costs": (),
    "own": ("text",),
    "run_cost": _DOLLARS,
    "run_cost_cheapest": ("dollars",),
    "upfront_cost": _DOLLARS,
    "upfront_cost_cheapest": ("dollars",),
    "fit": ("sample", "mode", "count", "fit"),
    "fit_tried": ("sample", "mode", "count", "fit", "left"),
    "fit_none": ("sample",),
    "fit_pointed": ("modes",),
    "fit_not_counted": (),
    "sovereign": (),
    "tried": (),
}
WEIGHT_REASONS: Mapping[str, tuple[str, ...]] = {"own": (), "default": (), "yes": ("keys",), "no": ("keys",)}
_FINDINGS_WITHOUT_FIGURES = (
    *("tuning_for_facts", "facts_as_goal", "tuning_before_prompts", "no_held_out_set"),
    *("noisy_examples", "missing_capability", "no_fallback", "no_owner", "succeeds_and_misses", "goal_without_teacher"),
    *("low_volume_and_costly", "stable_and_changing", "exploring_and_narrow", "fast_enough_but_slow"),
    *("no_retrieval_but_changing", "speed_but_nobody_waits"),
)
FINDINGS: Mapping[str, tuple[str, ...]] = dict.fromkeys(_FINDINGS_WITHOUT_FIGURES, ()) | {
    "prompt_would_do": ("sample",),
    "too_few_examples": ("have", "needed", "goal"),
    "enough_for_newer_guides": ("have", "needed", "goal", "others_from"),
    "labels_or_reasoning": ("count",),
    "tuning_around_a_defect": ("count", "sample"),
    "enough_data_but_few": ("have", "limit"),
    "too_little_data_but_many": ("have", "limit"),
    "low_volume_but_many": ("volume",),
    "volume_but_few": ("volume",),
    "no_retrieval_but_knowledge": ("count",),
    "repeated_label": ("first", "again"),
    "more_reviewed_than_labelled": ("reviewed", "labelled"),
    "bills_apart": ("volume", "request", "computed", "bill"),
    "costs_unlike_bill": ("computed", "bill"),
}
WRITINGS = frozenset(
    {
        *("", "count", "Count", "entered", "money", "months", "part", "score", "share", "week", "weeks"),
        *("all_of", "any_of", "approach", "approaches", "gaps", "label", "labels", "leaf", "name", "unit"),
        *("best", "or", "plural", "price", "word"),
    }
)
"""How a blank can ask for its figure to be written: `{have:count}`. presenters/words.py writes it."""
PLAN_FIGURES = frozenset(
    {
        *("first_sample", "more_sample", "enough_sample", "counted", "sort_from", "sort_to"),
        *("needed", "missing", "labelled", "goal", "uncounted", "no_goal", "labels"),
        *("collect_weeks", "no_collect_weeks", "open_steps", "no_open_steps", "blockers"),
        *("knowledge_failures", "no_knowledge_failures", "tool_failures", "no_tool_failures", "horizon", "confirm"),
    }
)
"""What engine/plan_figures.py can fill in."""

BEFORE: Mapping[str, tuple[str, ...]] = {
    "model_ends": ("on", "month"),
    "model_ends_uncosted": ("on", "month"),
    "today_ends": ("on", "month"),
    "today_ends_uncosted": ("on", "month"),
    "ends": ("what", "on"),
    "gone": ("what",),
    "label": ("label", "missing"),
    "uncounted": (),
    "short": ("missing", "goal"),
    "legal": ("open", "of"),
}
"""What can stand in the way of a start beside answers, each with the figures that come with it."""

OWN_MODEL_PARTS = frozenset(
    {
        *("situation", "answers", "unknown", "verdict", "because", "failures"),
        *("tried", "ranking", "levers", "examples", "money", "plan"),
    }
)
"""What presenters/own_model.py can fill in."""

METHOD_FIGURES = frozenset(
    {
        *("weight_sum", "combinations", "differing", "differing_share"),
        *("example_count", "divisor", "theirs", "exact", "lowest", "highest"),
        *("upfront", "months", "cost", "rate", "monitoring", "retraining"),
        *("upkeep_low", "upkeep_high", "months_low", "months_high"),
    }
)
"""What presenters/method_notes.py can fill in beside the framework's own figures."""

METHOD_RULES = frozenset({"whole_field", "own_hardware", "usual"})
PATTERN_RULES = frozenset(
    {"facts_outside", "answers_from_documents", "cheaper_or_faster", "fixed_form", "nothing_special"}
)
SAMPLE = "failures"

FOUND_KINDS = ("run", "failures", "training", "changes", "answers", "table")
"""What the files of a drop can be together (engine/measured/found.py)."""
_SHARE = ("of", "rate", "low", "high")
_RATE = ("variant", "passes", *_SHARE)
EVIDENCE: Mapping[str, tuple[str, ...]] = {
    "before_after": ("measures", "worse"),
    "different_prompts": ("prompts", "cases", *_RATE),
    "base_models": ("models", "names", "cases"),
    "solved_examples": ("variant", "quoted"),
    "retrieval_settings": ("settings", "cases", *_RATE),
    "target": ("compared", "target", *_RATE),
    "prompt_target": ("compared", "target", *_RATE),
    "broken_formats": ("variant", "failures", "tolerated", *_SHARE),
    "logged_formats": ("failures", *_SHARE),
    "noisy_context": ("failures", *_SHARE),
    "long_prompt_slow": ("variant", "slow", "limit", *_SHARE, "shorter", "p95", "shorter_p95"),
    "explicit_instruction": ("wins", "losses", "target", *_RATE),
    "right_passage": ("target", *_RATE),
    "held_out_cases": ("cases",),
    "held_out_apart": ("cases",),
    "baseline_run": ("variant", "before", "after"),
    "counted_failures": ("failures", "of"),
    "counted_failures_twice": ("failures", "of", "agreed", "labelled"),
    "failures_in_all": ("of",),
    "failures_in_all_twice": ("of", "agreed", "labelled"),
    "counted_weeks": ("weeks", "first", "last"),
    "slices_not_covered": ("slice", "failures", "examples"),
    "counted_examples": ("examples", "lines", "overlap"),
    "counted_examples_apart": ("examples", "lines", "overlap"),
    "counted_labels": ("labels", "examples"),
    "counted_reviews": ("reviewed", "examples"),
    "enough_examples": ("examples",),
    "contradicted_inputs": ("contradicted", "seen_twice", *_SHARE),
    "two_answers": ("kappa", "low", "high", "agreed", "of"),
    "agreement": ("agreed", *_SHARE, "kappa", "kappa_low", "kappa_high"),
    "agreement_alone": ("agreed", *_SHARE),
    "cost_accuracy": _RATE,
    "cost_sample": ("variant", "of"),
    "cost_formats": ("variant", "failures", "of"),
    "cost_output": ("variant", "tokens"),
    "training_length": ("tokens",),
}
"""What engine/measured/from_*.py say of files, each with the figures that come with it."""
EVIDENCE_LEFT_OPEN: Mapping[str, tuple[str, ...]] = {
    "not_confirmed": (),
    "stopped": (),
    "few_cases": ("variant", "cases", "least_cases"),
    "few_rows": ("rows", "least_cases"),
    "many_broken": ("variant", "broken", "rows", "most_broken"),
    "checks_nothing": ("variant",),
    "no_target": (),
    "straddles": ("compared", "target", *_RATE, "more"),
    "on_the_target": ("compared", "target", *_RATE),
    "prompt_tokens_in_all": ("variant", "tokens"),
    "cost_beside": ("variant", "measured", "computed"),
    "fix_straddles": ("wins", "losses", "target", *_RATE),
    "few_prompts": ("prompts", "least_prompts"),
    "few_common_cases": ("prompts", "cases", "least_cases"),
    "unnamed_models": ("unnamed",),
    "slow_for_another_reason": ("variant", "slow", "limit", *_SHARE),
    "limit_changed": (),
    "overlaps": ("overlap",),
    "no_common_slices": (),
    "kappa_between": ("kappa", "low", "high"),
    "not_for_free_text": (),
    "pairs_not_wanted": (),
    "pairs_wanted": (),
    "no_outputs": (),
}
"""Why files leave a question open, each with the figures that come with it."""
