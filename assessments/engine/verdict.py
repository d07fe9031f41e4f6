"""The verdict: eleven rules over the answers, first match wins.

Source: ours, over the sources' rules (method.md, section 6).
"""

from dataclasses import dataclass
from typing import NamedTuple

from assessments.framework.schema import Framework

from .decision import Action, Counts, Diagnosis, Matrix
from .document import Document
from .lenses.decision_tree import ceiling_steps


class Match(NamedTuple):
    """The rule that fired: what it recommends, and the answers that made it fire."""

    rule: str
    approach: str
    action: Action
    carried_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The answers in the words that the rules use."""

    framework: Framework
    document: Document
    counts: Counts
    diagnosis: Diagnosis
    matrix: Matrix
    leaf: str

    @property
    def form(self) -> bool:
        return self.document.answers.yes("consistent_behavior", "brand_voice")

    @property
    def efficiency(self) -> bool:
        return self.document.answers.yes("cost_optimization", "latency_requirements")

    @property
    def tuned(self) -> str:
        small = self.efficiency or self.document.answers.yes("data_sovereignty")
        return "fine_tune_small" if small else "fine_tune_large"

    @property
    def wants_hybrid(self) -> bool:
        return self.ready and self.form and not self.document.answers.yes("changing_requirements")

    @property
    def ready(self) -> bool:
        enough = self.counts.net >= self.framework.thresholds.ready_net
        return enough and self.document.answers.met("retrieval_optimized")


def match_rule(at: Situation) -> Match:
    """The first rule that matches. Rule 9 comes back as `pilot`; what makes it a go is decided apart.

    Two rules are numbered 7: steps of the ceiling test that are open, and a target that is not missed.
    """
    answers, limits = at.document.answers, at.framework.thresholds
    knowledge, tools = at.diagnosis.share("knowledge"), at.diagnosis.share("tools")
    dominant = at.diagnosis.dominant
    factors = (*at.framework.keys("indicator"), *at.framework.keys("anti_indicator"))
    motives = ("cost_optimization", "latency_requirements")
    counted = _counted_modes(at)
    carried_by: tuple[str, ...]

    if answers.yes("prompts_succeed") and not at.efficiency:
        return Match("prompts_work", "prompting", "keep", ("prompts_succeed", *motives))
    if answers.yes("exploration_phase"):
        return Match("exploring", "prompting", "fix_first", ("exploration_phase",))
    if answers.yes("changing_requirements") and not answers.yes("needs_fresh_knowledge"):
        approach = "better_rag" if dominant == "knowledge" else "prompting"
        carried_by = ("changing_requirements", "needs_fresh_knowledge")
        return Match("requirements_change", approach, "use_other_lever", carried_by)
    if dominant == "capability":
        return Match("capability_dominates", "other_model", "use_other_lever", counted)
    if answers.yes("needs_fresh_knowledge") or dominant == "knowledge":
        approach = "hybrid" if at.wants_hybrid else "better_rag"
        carried_by = ("needs_fresh_knowledge",) if answers.yes("needs_fresh_knowledge") else counted
        return Match("knowledge_dominates", approach, "fix_first", carried_by)
    if knowledge + tools > limits.dominant_share:
        if tools > knowledge:
            approach = "hybrid" if at.efficiency and at.ready else "tools"
        else:
            approach = "hybrid" if at.wants_hybrid else "better_rag"
        return Match("knowledge_and_tools", approach, "fix_first", counted)

    steps = ceiling_steps(at.framework)
    unmet = tuple(key for key in steps if not answers.met(key))
    if unmet:
        lever: dict[tuple[str, ...], str] = {
            ("retrieval_optimized",): "better_rag",
            ("multiple_models",): "other_model",
        }
        return Match("ceiling_steps_open", lever.get(unmet, "prompting"), "use_other_lever", unmet)
    if not answers.yes("target_missed") and not at.efficiency:
        return Match("target_not_missed", "prompting", "use_other_lever", ("target_missed", *motives))
    if at.counts.anti_indicators >= limits.blockers_from:
        blockers = sorted(answers.those(at.framework.keys("anti_indicator")), key=lambda key: -at.framework.weight(key))
        best = next(key for key in at.matrix.ranking if not at.framework.approach[key].tuning)
        return Match("blockers", best, "fix_first", tuple(blockers))
    if at.leaf == "fine_tune_candidate":
        hybrid = knowledge >= limits.hybrid_knowledge_share
        against = _known(at, at.framework.keys("anti_indicator"))
        carried_by = (*at.framework.keys("ceiling"), *answers.those(at.framework.keys("indicator")), *against)
        return Match("candidate", "hybrid" if hybrid else at.tuned, "pilot", carried_by)
    net = at.counts.net
    if net > limits.pilot_net or (net == limits.pilot_net and (at.form or at.efficiency)):
        return Match("net_pilot", at.tuned, "pilot", answers.those(factors))
    approach = "better_rag" if answers.yes("knowledge_gaps") else "other_model"
    return Match("no_case", approach, "use_other_lever", (*_known(at, factors), "knowledge_gaps"))


def _known(at: Situation, keys: tuple[str, ...]) -> tuple[str, ...]:
    """The keys that are established either way, yes before no."""
    return at.document.answers.those(keys) + at.document.answers.those(keys, "no")


def _counted_modes(at: Situation) -> tuple[str, ...]:
    """The failure modes that were counted at all, most frequent first."""
    failures = at.document.failures
    modes = [mode for group in at.framework.failure_groups for mode in group.modes if failures.get(mode)]
    return tuple(sorted(modes, key=lambda mode: -failures[mode]))
