"""From a framework and a document to a decision: every room of the engine, in order."""

from assessments.framework.schema import Framework

from .decision import Decision
from .diagnosis import diagnose
from .document import Document
from .economics.summary import summary_economics
from .go import missing_for_go
from .lenses import confidence_score, decision_tree, net_score, training_gate, weighted_score
from .matrix import compare
from .plan import goals_in_order, steps_next
from .readiness import examples_at_hand
from .verdict import Match, Situation, match_rule

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
    counts = decision_tree.count(framework, answers)
    leaf, path = decision_tree.walk(framework, answers)
    diagnosis = diagnose(framework, document.failures)
    matrix = compare(framework, document)
    gate = training_gate.look(framework, document)
    lenses = (
        decision_tree.look(framework, answers),
        confidence_score.look(framework, answers),
        net_score.look(framework, answers),
        weighted_score.look(framework, answers),
        gate,
    )
    match = match_rule(
        Situation(
            framework=framework,
            document=document,
            counts=counts,
            diagnosis=diagnosis,
            matrix=matrix,
            leaf=leaf,
        )
    )
    rule = next(rule for rule in framework.verdict.rules if rule.key == match.rule)
    economics = summary_economics(framework, document, approach=match.approach)
    data = examples_at_hand(framework, document)
    missing = (
        missing_for_go(framework, document, gate=gate, data=data, economics=economics)
        if match.rule == _CANDIDATE
        else ()
    )
    approach = framework.approach[match.approach]
    return Decision(
        framework=framework,
        leaf=leaf,
        path=path,
        counts=counts,
        lenses={lens.lens: lens for lens in lenses},
        approach=match.approach,
        action="go" if match.rule == _CANDIDATE and not missing else match.action,
        rule=rule.number,
        rule_key=rule.key,
        because=rule.because,
        carried_by=match.carried_by,
        parts_ways=_parts_ways(framework, leaf, match),
        missing_for_go=missing,
        diagnosis=diagnosis,
        matrix=matrix,
        economics=economics,
        data=data,
        plan=goals_in_order(framework, document) if approach.tuning else (),
        next_steps=steps_next(framework, document, approach),
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


def _parts_ways(framework: Framework, leaf: str, match: Match) -> str:
    """One sentence where the matched rule and the tree part ways, else an empty string."""
    if match.rule in _SAME_RULE[leaf] or match.approach in _SAME_APPROACH.get(leaf, set()):
        return ""
    texts = framework.verdict.tree_parts_ways
    return texts.get(match.rule, texts["other"]).format(leaf=framework.leaf[leaf].name)
