"""A second, independent reading of gates, matrix, priors and verdict: method.md, sections 4 and 6, and nothing else.

Written without a look at the engine, one case at a time, in plain Python. A case is a plain table: `answers` by
question key ("yes", "no", "unsure" or "na"; a missing key is unsure), `failures` counted by mode, the kind of task,
and what a team set itself: weights by criterion, and scores by (approach, criterion).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product

from .tables import (
    ALSO_TRIED,
    ANTI_INDICATORS,
    APPROACHES,
    BASE,
    CEILING,
    CEILING_STEPS,
    DECIDING,
    FIT,
    GROUPS,
    INDICATORS,
    MODES,
    OPENED_BY_THE_TEAM,
    PRIORS,
    TUNING,
)


@dataclass(frozen=True, kw_only=True)
class Case:
    answers: Mapping[str, str] = field(default_factory=dict)
    failures: Mapping[str, int] = field(default_factory=dict)
    task_kind: str | None = None
    weights: Mapping[str, float] = field(default_factory=dict)
    scores: Mapping[tuple[str, str], float] = field(default_factory=dict)
    never_pays: bool = False
    """Whether tuning never pays back by the team's own figures."""

    def value(self, key: str) -> str:
        return self.answers.get(key, "unsure")

    def yes(self, key: str) -> bool:
        return self.value(key) == "yes"

    def no(self, key: str) -> bool:
        return self.value(key) == "no"

    def share(self, group: str) -> float:
        sample = sum(self.failures.get(mode, 0) for mode in MODES)
        return sum(self.failures.get(mode, 0) for mode in GROUPS[group]) / sample if sample else 0.0

    @property
    def counted(self) -> bool:
        return any(self.failures.values())


# The words that the gates use: section 6.


def form(case: Case) -> bool:
    return case.yes("consistent_behavior") or case.yes("brand_voice")


def efficiency(case: Case) -> bool:
    return case.yes("cost_optimization") or case.yes("latency_requirements")


def indicators(case: Case) -> list[str]:
    return [key for key in INDICATORS if case.yes(key)]


def against(case: Case) -> list[str]:
    found = [key for key in ANTI_INDICATORS if case.yes(key)]
    if "prompts_succeed" in found and (efficiency(case) or case.yes("data_sovereignty")):
        found.remove("prompts_succeed")
    return found


def net(case: Case) -> int:
    return len(indicators(case)) - len(against(case))


def works(case: Case) -> bool:
    return case.yes("prompts_succeed") and not efficiency(case) and not case.yes("data_sovereignty")


def facts(case: Case) -> bool:
    if works(case):
        return False
    knowledge, tools = case.share("knowledge"), case.share("tools")
    return case.yes("needs_fresh_knowledge") or knowledge > 0.5 or (knowledge + tools > 0.5 and not knowledge < tools)


def tools_fail(case: Case) -> bool:
    return not works(case) and not facts(case) and case.share("knowledge") + case.share("tools") > 0.5


def established(case: Case, step: str) -> bool:
    return case.yes(step) or (step == "retrieval_optimized" and case.value(step) == "na")


def ready(case: Case) -> bool:
    return established(case, "retrieval_optimized") and net(case) >= 2


def is_label(case: Case) -> bool:
    return case.task_kind in ("classification", "ranking")


Gate = tuple[str, tuple[str, ...], bool]
"""Its name, what it closes, and whether it does."""


def all_but(*open_ones: str) -> tuple[str, ...]:
    return tuple(approach for approach in APPROACHES if approach not in open_ones)


def gates(case: Case) -> tuple[Gate, ...]:
    knowledge_counted = any(case.failures.get(mode) for mode in GROUPS["knowledge"])
    tools_counted = bool(case.failures.get("tool_failure"))
    cost_alone = indicators(case) == ["cost_optimization"]
    unestablished = [step for step in CEILING_STEPS if not established(case, step)]
    not_ready = (facts(case) and not (ready(case) and form(case))) or (
        tools_fail(case) and not (ready(case) and efficiency(case))
    )
    barred = case.yes("data_sovereignty") and case.no("runs_in_house")
    return (
        ("works", all_but("prompting"), works(case)),
        ("facts_first", all_but("better_rag", "tools", "hybrid"), facts(case)),
        ("tools_first", all_but("better_rag", "tools", "hybrid"), tools_fail(case)),
        ("not_ready_for_both", ("hybrid",), not_ready),
        (
            "no_facts_needed",
            ("hybrid",),
            not facts(case) and not tools_fail(case) and case.share("knowledge") < 0.25,
        ),
        ("data_barred", ("prompting", "optimize_prompts", "decomposition", "serve_cheaper"), barred),
        ("exploring", (*TUNING, "classifier", "optimize_prompts"), case.yes("exploration_phase")),
        ("requirements_change", (*TUNING, "classifier"), case.yes("changing_requirements")),
        ("examples_disagree", (*TUNING, "classifier"), case.yes("examples_inconsistent")),
        ("capability", TUNING, case.share("capability") > 0.5),
        ("two_against", TUNING, len(against(case)) >= 2),
        ("no_case", TUNING, net(case) < 1),
        (
            "target_met",
            TUNING,
            case.no("target_missed") and not efficiency(case) and not case.yes("data_sovereignty"),
        ),
        ("step_skipped", TUNING, any(case.no(step) for step in CEILING_STEPS)),
        ("ceiling_open", TUNING, len(unestablished) >= 3),
        (
            "cheaper_first",
            TUNING,
            case.yes("prompts_succeed") and efficiency(case) and not case.yes("cheaper_serving_tried"),
        ),
        ("not_for_sale", TUNING, case.no("tuning_available")),
        ("too_dear", TUNING, cost_alone and case.never_pays),
        ("no_efficiency_motive", ("serve_cheaper",), not efficiency(case)),
        ("not_a_label", ("classifier",), not is_label(case)),
        (
            "no_retrieval",
            ("better_rag",),
            case.value("retrieval_optimized") == "na"
            and not case.yes("needs_fresh_knowledge")
            and not knowledge_counted,
        ),
        (
            "no_tools",
            ("tools",),
            not tools_counted and (case.counted or case.task_kind in ("classification", "extraction", "ranking")),
        ),
    )


def closed_by(case: Case) -> dict[str, tuple[str, ...]]:
    """For each approach the gates that close it, in the order of the table."""
    table = gates(case)
    return {
        approach: tuple(name for name, closes, holds in table if holds and approach in closes)
        for approach in APPROACHES
    }


# The matrix: section 4.


def tried(case: Case, approach: str) -> bool:
    if approach == "prompting":
        three = ("prompt_variations", "few_shot_used", "prompt_structured")
        return all(case.yes(key) for key in three) or case.yes("prompt_fix_failed")
    if approach == "other_model":
        return case.yes("multiple_models") and not case.no("newest_model_tried")
    if approach == "better_rag":
        return case.yes("retrieval_optimized")
    own = dict(zip(("optimize_prompts", "decomposition", "classifier", "serve_cheaper"), ALSO_TRIED, strict=True))
    return approach in own and case.yes(own[approach])


def still_missed(case: Case) -> bool:
    if case.yes("target_missed"):
        return True
    return case.value("target_missed") == "unsure" and case.no("prompts_succeed")


def left(case: Case, approach: str) -> float:
    if tried(case, approach) and still_missed(case):
        return 0.5
    return 0.75 if approach == "optimize_prompts" else 1.0


def shares(case: Case) -> dict[str, float]:
    if case.counted:
        sample = sum(case.failures.values())
        return {mode: case.failures.get(mode, 0) / sample for mode in MODES}
    pointed = set()
    if case.yes("needs_fresh_knowledge"):
        pointed |= set(GROUPS["knowledge"])
    if case.yes("knowledge_gaps"):
        pointed.add("noisy_context")
    if form(case):
        pointed |= {"format_failure", "policy_tone", "should_abstain"}
    if case.task_kind in ("classification", "extraction", "ranking"):
        pointed |= {"wrong_class", "format_failure"}
    pointed = pointed or set(MODES)
    return {mode: (1 / len(pointed) if mode in pointed else 0.0) for mode in MODES}


def fixes(case: Case, approach: str) -> float:
    column = APPROACHES.index(approach)
    helped = sum(share * FIT[mode][column] for mode, share in shares(case).items())
    return 1 + 4 / 5 * left(case, approach) * helped


def score(case: Case, approach: str, criterion: str) -> float:
    if (approach, criterion) in case.scores:
        return case.scores[approach, criterion]
    if criterion == "fixes_failures":
        return fixes(case, approach)
    if approach == "serve_cheaper" and criterion in ("latency", "run_cost") and tried(case, approach):
        return 3
    if approach == "other_model" and criterion == "control" and case.yes("data_sovereignty"):
        return 4
    return BASE[criterion][APPROACHES.index(approach)]


def by_need(case: Case, *keys: str) -> float:
    if any(case.yes(key) for key in keys):
        return 3.0
    return 0.0 if all(case.no(key) for key in keys) else 0.5


def weights(case: Case) -> dict[str, float]:
    found = {
        "fixes_failures": 0.0 if case.yes("prompts_succeed") else 6.0,
        "consistency": by_need(case, "consistent_behavior", "brand_voice"),
        "fresh_knowledge": by_need(case, "needs_fresh_knowledge"),
        "latency": by_need(case, "latency_requirements"),
        "run_cost": by_need(case, "cost_optimization"),
        "control": by_need(case, "data_sovereignty"),
        "upfront_cost": 0.5,
        "time_to_value": 0.5,
        "data_need": 0.5 + 2 * case.yes("insufficient_data"),
        "operations": 0.5,
        "adaptability": 0.5 + 2 * case.yes("changing_requirements"),
        "reversibility": 0.5 + 2 * case.yes("exploration_phase"),
    }
    return {**found, **case.weights}


def means(case: Case) -> dict[str, float]:
    found = weights(case)
    if not any(found.values()):
        found = dict.fromkeys(found, 1.0)
    total = sum(found.values())
    return {
        approach: round(sum(weight * score(case, approach, key) for key, weight in found.items()) / total, 9)
        for approach in APPROACHES
    }


def ranking(case: Case) -> tuple[str, ...]:
    """Best first; the earlier of two that score alike."""
    found = means(case)
    return tuple(sorted(APPROACHES, key=lambda approach: -found[approach]))


# The verdict: section 6.


def leads(case: Case) -> str:
    closed = closed_by(case)
    return next(approach for approach in ranking(case) if not closed[approach])


def has_begun(case: Case) -> bool:
    return case.counted or sum(case.value(key) != "unsure" for key in DECIDING) >= 5


def to_confirm(case: Case) -> tuple[str, ...]:
    """The ceiling's conditions that a verdict of tuning waits for."""
    return tuple(key for key in CEILING if case.value(key) == "unsure") if leads(case) in TUNING else ()


def action(case: Case) -> str:
    """A go counts as a pilot here: what it needs beyond the tree are figures, which are tested elsewhere."""
    if not has_begun(case):
        return "not_yet"
    if works(case):
        return "keep"
    if leads(case) in TUNING:
        return "confirm_first" if to_confirm(case) else "pilot"
    obstacles = closed_by(case)[ranking(case)[0]]
    return "fix_first" if set(obstacles) & set(OPENED_BY_THE_TEAM) else "use_other_lever"


def waits_for_the_cheapest(case: Case) -> bool:
    """Whether a full go waits until the newest and cheapest model was measured: issue 11, and economics.md 1.10."""
    motives = [key for key in ("cost_optimization", "latency_requirements", "data_sovereignty") if case.yes(key)]
    return leads(case) in TUNING and motives == ["cost_optimization"] and not case.yes("newest_model_tried")


def possible(case: Case) -> dict[str, float]:
    """The share of each approach over every completion of the unsure answers, weighed by their priors."""
    unsure = [key for key in DECIDING if case.value(key) == "unsure"]
    found: dict[str, float] = {}
    for values in product(("yes", "no"), repeat=len(unsure)):
        chance = 1.0
        for key, value in zip(unsure, values, strict=True):
            prior = PRIORS.get(key, 0.5)
            chance *= prior if value == "yes" else 1 - prior
        completed = Case(
            answers={**case.answers, **dict(zip(unsure, values, strict=True))},
            failures=case.failures,
            task_kind=case.task_kind,
            weights=case.weights,
            scores=case.scores,
            never_pays=case.never_pays,
        )
        approach = leads(completed)
        found[approach] = found.get(approach, 0.0) + chance
    return found
