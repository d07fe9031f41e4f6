"""The verdict: eleven rules, first match wins, over one case or over thousands at once.

Source: ours, over the sources' rules (docs/method.md, section 6). The rules are written once, over arrays,
because the same rules must say what every completion of the unsure answers would give.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assessments.framework.names import LEAVES
from assessments.framework.schema import Framework

from .answers import Answers
from .decision import Diagnosis
from .diagnosis import diagnose
from .document import Document
from .economics.detailed import detailed_money
from .economics.money import ApproachMoney
from .lenses.decision_tree import ceiling_steps, leaves
from .matrix import cell_scores, criterion_weights, weighted_means

Booleans = NDArray[np.bool_]
Indexes = NDArray[np.intp]


def deciding_keys(framework: Framework) -> tuple[str, ...]:
    """The questions whose yes or no can decide the verdict: 19 in version 1."""
    return (
        *framework.keys("ceiling"),
        *framework.keys("indicator"),
        *framework.keys("anti_indicator"),
        "needs_fresh_knowledge",
        "knowledge_gaps",
    )


@dataclass(frozen=True, slots=True)
class Cases:
    """Which deciding answers are yes, for n cases: each key has an array of shape (n,)."""

    by_key: Mapping[str, Booleans]
    not_applicable: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(next(iter(self.by_key.values())))

    def __getitem__(self, key: str) -> Booleans:
        return self.by_key[key]

    def met(self, key: str) -> Booleans:
        """Yes, or it does not apply."""
        return np.ones(len(self), bool) if key in self.not_applicable else self.by_key[key]

    def count(self, keys: Iterable[str]) -> NDArray[np.int_]:
        counts: NDArray[np.int_] = np.sum([self.by_key[key] for key in keys], axis=0)
        return counts

    def flipped(self, key: str, cases: Indexes | slice) -> None:
        """Turns this key's answers to the opposite in some of the cases."""
        self.by_key[key][cases] ^= True


def cases_of(framework: Framework, answers: Answers, *, times: int = 1) -> Cases:
    """The established answers as so many equal cases: unsure is not yes.

    Beside the deciding ones, those that raise a weight of the matrix.
    """
    raising = (key for criterion in framework.matrix.criteria for key in criterion.moved_by)
    keys = tuple(dict.fromkeys((*deciding_keys(framework), *raising)))
    return Cases(
        {key: np.full(times, answers.yes(key)) for key in keys},
        frozenset(answers.those(keys, "na")),
    )


@dataclass(frozen=True, slots=True)
class Ground:
    """What is the same in every case: the counted failures, the detailed costs and the team's own matrix."""

    framework: Framework
    document: Document
    diagnosis: Diagnosis
    money: tuple[ApproachMoney, ...]
    """Every approach of the detailed form; empty without it."""


def ground_of(framework: Framework, document: Document) -> Ground:
    """What this document's verdict stands on, worked out once."""
    return Ground(framework, document, diagnose(framework, document.failures), detailed_money(framework, document))


@dataclass(frozen=True, slots=True)
class Judgements:
    """For n cases the index of the leaf, of the rule, and of the approach, each of shape (n,)."""

    leaf: Indexes
    rule: Indexes
    approach: Indexes


def judge(ground: Ground, cases: Cases) -> Judgements:
    """The leaf, the first rule that matches and the approach it names, for each case.

    Indexes point into the framework's leaves, verdict rules and approaches. In rule 6 a tie of
    knowledge and tools takes the knowledge side.
    """
    framework, limits = ground.framework, ground.framework.thresholds
    approach = {key: index for index, key in enumerate(framework.approach)}
    knowledge, tools = ground.diagnosis.share("knowledge"), ground.diagnosis.share("tools")
    dominant = ground.diagnosis.dominant
    fors, againsts = cases.count(framework.keys("indicator")), cases.count(framework.keys("anti_indicator"))
    net = fors - againsts
    form = cases["consistent_behavior"] | cases["brand_voice"]
    efficiency = cases["cost_optimization"] | cases["latency_requirements"]
    fresh, changing = cases["needs_fresh_knowledge"], cases["changing_requirements"]
    ready = (net >= limits.ready_net) & cases.met("retrieval_optimized")
    wants_hybrid = ready & form & ~changing

    def either(when: Booleans | bool, then: str | Indexes, otherwise: str | Indexes) -> Indexes:
        yes, no = (approach[name] if isinstance(name, str) else name for name in (then, otherwise))
        return np.where(when, yes, no)

    tuned = either(efficiency | cases["data_sovereignty"], "fine_tune_small", "fine_tune_large")
    retrieval = either(wants_hybrid, "hybrid", "better_rag")
    steps = ceiling_steps(framework)
    unmet = len(steps) - np.sum([cases.met(key) for key in steps], axis=0)
    leaf = leaves(limits, (unmet == 0) & cases["target_missed"], fors, againsts)
    candidate = leaf == LEAVES.index("fine_tune_candidate")

    rules: dict[str, tuple[Any, Any]] = {
        "prompts_work": (cases["prompts_succeed"] & ~efficiency, "prompting"),
        "exploring": (cases["exploration_phase"], "prompting"),
        "requirements_change": (
            changing & ~fresh,
            "better_rag" if dominant == "knowledge" else "prompting",
        ),
        "capability_dominates": (dominant == "capability", "other_model"),
        "knowledge_dominates": (fresh | (dominant == "knowledge"), retrieval),
        "knowledge_and_tools": (
            knowledge + tools > limits.dominant_share,
            either(efficiency & ready, "hybrid", "tools") if tools > knowledge else retrieval,
        ),
        "ceiling_steps_open": (unmet > 0, _missing_step(cases, unmet, either)),
        "target_not_missed": (~cases["target_missed"] & ~efficiency, "prompting"),
        "blockers": (againsts >= limits.blockers_from, _best_untuned(ground, cases)),
        "candidate": (candidate, "hybrid" if knowledge >= limits.hybrid_knowledge_share else tuned),
        "net_pilot": ((net > limits.pilot_net) | ((net == limits.pilot_net) & (form | efficiency)), tuned),
        "no_case": (True, either(cases["knowledge_gaps"], "better_rag", "other_model")),
    }
    ordered = [rules[rule.key] for rule in framework.verdict.rules]
    matches = np.array([np.broadcast_to(when, len(cases)) for when, _ in ordered])
    named = np.array(
        [np.broadcast_to(approach[then] if isinstance(then, str) else then, len(cases)) for _, then in ordered]
    )
    rule = matches.argmax(axis=0)
    return Judgements(leaf=leaf, rule=rule, approach=named[rule, np.arange(len(cases))])


def _missing_step(cases: Cases, unmet: Indexes, either: Any) -> Indexes:
    """The lever that is missing where exactly one step of the ceiling test is."""
    only = unmet == 1
    model = either(only & ~cases.met("multiple_models"), "other_model", "prompting")
    found: Indexes = either(only & ~cases.met("retrieval_optimized"), "better_rag", model)
    return found


def _best_untuned(ground: Ground, cases: Cases) -> Indexes:
    """The approach without tuning that the matrix ranks first."""
    framework = ground.framework
    weights = criterion_weights(framework, ground.document.weights, cases)
    means = weighted_means(cell_scores(framework, ground.document, ground.money), weights)
    untuned = [index for index, approach in enumerate(framework.approaches) if not approach.tuning]
    best: Indexes = np.array(untuned)[means[untuned].argmax(axis=0)]
    return best


def carried_by(ground: Ground, rule: str) -> tuple[str, ...]:
    """The keys of the answers that made this rule fire."""
    framework, answers = ground.framework, ground.document.answers
    fors, againsts = framework.keys("indicator"), framework.keys("anti_indicator")
    motives = ("cost_optimization", "latency_requirements")
    failures = ground.document.failures
    modes = [mode for group in framework.failure_groups for mode in group.modes if failures.get(mode)]
    counted = tuple(sorted(modes, key=lambda mode: -failures[mode]))
    blockers = sorted(answers.those(againsts), key=lambda key: -framework.weight(key))
    fresh = answers.yes("needs_fresh_knowledge")
    return {
        "prompts_work": ("prompts_succeed", *motives),
        "exploring": ("exploration_phase",),
        "requirements_change": ("changing_requirements", "needs_fresh_knowledge"),
        "capability_dominates": counted,
        "knowledge_dominates": ("needs_fresh_knowledge",) if fresh else counted,
        "knowledge_and_tools": counted,
        "ceiling_steps_open": tuple(key for key in ceiling_steps(framework) if not answers.met(key)),
        "target_not_missed": ("target_missed", *motives),
        "blockers": tuple(blockers),
        "candidate": (
            *framework.keys("ceiling"),
            *answers.those(fors),
            *answers.those(againsts),
            *answers.those(againsts, "no"),
        ),
        "net_pilot": answers.those((*fors, *againsts)),
        "no_case": (
            *answers.those((*fors, *againsts)),
            *answers.those((*fors, *againsts), "no"),
            "knowledge_gaps",
        ),
    }[rule]
