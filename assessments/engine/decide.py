"""From a framework and a document to a decision: every room of the engine, in order."""

from assessments.framework.schema import Framework

from .decision import Action, Decision, LensResult, ShortVerdict
from .diagnosis import diagnose
from .document import Document
from .economics.summary import summary_economics
from .go import missing_for_go
from .lenses import (
    confidence_score,
    decision_tree,
    misuse_checks,
    net_score,
    production_rule,
    starting_frame,
    training_gate,
    weighted_score,
)
from .matrix import compare
from .plan import goals_in_order, steps_next
from .readiness import examples_at_hand
from .robustness import how_settled, on_evidence_alone
from .verdict import Ground, carried_by, cases_of, judge

_CANDIDATE = "candidate"


def decide(framework: Framework, document: Document) -> Decision:
    """The verdict on what is established, with its reasons. Pure, and total: every document has one.

    >>> from assessments.framework import load_framework
    >>> nothing_known = Document(use_case={"name": "A"})
    >>> decision = decide(load_framework(), nothing_known)
    >>> decision.rule, decision.approach, decision.leaf
    (7, 'prompting', 'keep_prompting')
    """
    answers = document.answers
    diagnosis = diagnose(framework, document.failures)
    ground = Ground(framework, document, diagnosis)
    case = cases_of(framework, answers)
    outcome = judge(ground, case)
    rule = framework.verdict.rules[outcome.rule[0]]
    approach = framework.approaches[outcome.approach[0]]
    leaf, path = decision_tree.walk(framework, answers)
    gate = training_gate.look(framework, document)
    economics = summary_economics(framework, document, approach=approach.key)
    data = examples_at_hand(framework, document)
    missing = (
        missing_for_go(framework, document, gate=gate, data=data, economics=economics)
        if rule.key == _CANDIDATE
        else ()
    )
    action: Action = "go" if rule.key == _CANDIDATE and not missing else rule.action
    lenses = _lenses(framework, document, ground, gate)
    return Decision(
        framework=framework,
        leaf=leaf,
        path=path,
        counts=decision_tree.count(framework, answers),
        lenses={lens.lens: lens for lens in lenses},
        approach=approach.key,
        action=action,
        rule=rule.number,
        rule_key=rule.key,
        because=rule.because,
        carried_by=carried_by(ground, rule.key),
        parts_ways=_parts_ways(framework, leaf, rule.key, approach.key),
        missing_for_go=missing,
        diagnosis=diagnosis,
        matrix=compare(framework, document, case),
        economics=economics,
        data=data,
        findings=misuse_checks.look(framework, document, diagnosis),
        robustness=how_settled(ground),
        on_evidence_alone=short_verdict(framework, on_evidence_alone(document)),
        plan=goals_in_order(framework, document) if approach.tuning else (),
        next_steps=steps_next(framework, document, approach),
    )


def short_verdict(framework: Framework, document: Document) -> ShortVerdict:
    """The verdict without what surrounds it."""
    diagnosis = diagnose(framework, document.failures)
    outcome = judge(Ground(framework, document, diagnosis), cases_of(framework, document.answers))
    rule = framework.verdict.rules[outcome.rule[0]]
    approach = framework.approaches[outcome.approach[0]].key
    action: Action = rule.action
    if rule.key == _CANDIDATE and not missing_for_go(
        framework,
        document,
        gate=training_gate.look(framework, document),
        data=examples_at_hand(framework, document),
        economics=summary_economics(framework, document, approach=approach),
    ):
        action = "go"
    return ShortVerdict(leaf=framework.leaves[outcome.leaf[0]].key, approach=approach, action=action)


def _lenses(
    framework: Framework, document: Document, ground: Ground, gate: LensResult
) -> tuple[LensResult, ...]:
    answers = document.answers
    return (
        decision_tree.look(framework, answers),
        confidence_score.look(framework, answers),
        net_score.look(framework, answers),
        weighted_score.look(framework, answers),
        production_rule.look(framework, answers, ground.diagnosis),
        gate,
        starting_frame.look(framework, answers, ground.diagnosis),
    )


# Rules that say the same as a leaf, and approaches that a leaf names.
_SAME_RULE = {
    "keep_prompting": {"ceiling_steps_open", "target_not_missed"},
    "improve_rag_or_switch_model": {"no_case"},
    "address_blockers": {"blockers"},
    "fine_tune_candidate": {_CANDIDATE},
}
_SAME_APPROACH = {
    "keep_prompting": {"prompting"},
    "improve_rag_or_switch_model": {"better_rag", "other_model"},
}


def _parts_ways(framework: Framework, leaf: str, rule: str, approach: str) -> str:
    """One sentence where the matched rule and the tree part ways, else an empty string."""
    if rule in _SAME_RULE[leaf] or approach in _SAME_APPROACH.get(leaf, set()):
        return ""
    texts = framework.verdict.tree_parts_ways
    return texts.get(rule, texts["other"]).format(leaf=framework.leaf[leaf].name)
