"""From a framework and a document to a decision: every room of the engine, in order."""

from dataclasses import fields, replace

from assessments.framework.schema import Framework

from .begun import has_begun
from .checklists import checklists_for
from .decision import Action, Decision, Economics, Gap, LensResult, ShortVerdict, Verdict
from .document import Document
from .economics.detailed import detailed_economics
from .economics.summary import summary_economics
from .findings import findings_in
from .go import missing_for_go
from .guidance import guidance_for
from .lenses import (
    confidence_score,
    decision_tree,
    net_score,
    production_rule,
    starting_frame,
    training_gate,
    weighted_score,
)
from .matrix import compare_approaches
from .outside_view import outside_view
from .plan import goals_in_order, plan_for, steps_next
from .precedents import similar, went_other_way
from .readiness import examples_at_hand
from .robustness import how_settled, on_evidence_alone
from .verdict import Ground, carried_by, cases_of, ground_of, judge

_CANDIDATE = "candidate"


def decide(framework: Framework, document: Document) -> Decision:
    """The verdict on what is established, with its reasons. Pure, and total: every document has one.

    >>> from assessments.framework import load_framework
    >>> nothing_known = Document(use_case={"name": "A"})
    >>> decision = decide(load_framework(), nothing_known)
    >>> decision.rule, decision.approach, decision.leaf
    (7, 'prompting', 'keep_prompting')
    """
    ground = ground_of(framework, document)
    verdict = _verdict(ground)
    approach = framework.approach[verdict.approach]
    firm = _verdict(replace(ground, document=on_evidence_alone(document)))
    alike = similar(framework, document, verdict.diagnosis, approach=verdict.approach)
    return Decision(
        **{field.name: getattr(verdict, field.name) for field in fields(Verdict)},
        lenses={lens.lens: lens for lens in _lenses(framework, document, verdict)},
        carried_by=carried_by(ground, verdict.rule_key),
        parts_ways=_parts_ways(verdict),
        matrix=compare_approaches(framework, document, cases_of(framework, document.answers), ground.money),
        robustness=how_settled(ground),
        on_evidence_alone=ShortVerdict(leaf=firm.leaf, approach=firm.approach, action=firm.action),
        goals=goals_in_order(framework, document) if approach.tuning else (),
        next_steps=steps_next(verdict),
        plan=plan_for(verdict),
        guidance=guidance_for(verdict),
        checklists=checklists_for(framework, document, verdict),
        precedents=alike,
        closest_other_way=next(
            (found for found in alike if went_other_way(framework, found.case, verdict.approach)), None
        ),
        outside_view=outside_view(framework, document, verdict.diagnosis),
    )


def verdict_on(framework: Framework, document: Document) -> Verdict:
    """The verdict without what surrounds it: a millisecond or two, for while somebody is answering."""
    return _verdict(ground_of(framework, document))


def _verdict(ground: Ground) -> Verdict:
    framework, document, answers = ground.framework, ground.document, ground.document.answers
    outcome = judge(ground, cases_of(framework, answers))
    rule = framework.verdict.rules[outcome.rule[0]]
    approach = framework.approaches[outcome.approach[0]].key
    leaf, path = decision_tree.walk(framework, answers)
    gate = training_gate.look(framework, document)
    economics = _economics(ground, approach)
    data = examples_at_hand(framework, document)
    missing: tuple[Gap, ...] = ()
    action: Action = rule.action
    if rule.key == _CANDIDATE:
        missing = missing_for_go(framework, document, gate=gate, data=data, economics=economics)
        action = action if missing else "go"
    return Verdict(
        framework=framework,
        document=document,
        leaf=leaf,
        path=path,
        counts=decision_tree.count(framework, answers),
        approach=approach,
        action=action,
        rule=rule.number,
        rule_key=rule.key,
        has_begun=has_begun(
            framework, rule=rule.number, ceiling=path[0].outcome, carried_by=carried_by(ground, rule.key)
        ),
        missing_for_go=missing,
        diagnosis=ground.diagnosis,
        economics=economics,
        data=data,
        gate=gate,
        findings=findings_in(framework, document, ground.diagnosis),
    )


def _economics(ground: Ground, approach: str) -> Economics | None:
    """Of the detailed form once it has something to compare, else of the summary form."""
    form = ground.document.detailed_in_force
    if form is None:
        return summary_economics(ground.framework, ground.document, approach=approach)
    return detailed_economics(ground.framework, ground.document, form, ground.money, approach=approach)


def _lenses(framework: Framework, document: Document, verdict: Verdict) -> tuple[LensResult, ...]:
    answers = document.answers
    return (
        decision_tree.look(framework, answers),
        confidence_score.look(framework, answers),
        net_score.look(framework, answers),
        weighted_score.look(framework, answers),
        production_rule.look(framework, answers, verdict.diagnosis),
        verdict.gate,
        starting_frame.look(framework, answers, verdict.diagnosis),
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


def _parts_ways(verdict: Verdict) -> str:
    """The code of why the matched rule and the tree part ways, or an empty string where they do not."""
    if verdict.rule_key in _SAME_RULE[verdict.leaf] or verdict.approach in _SAME_APPROACH.get(verdict.leaf, set()):
        return ""
    return verdict.rule_key if verdict.rule_key in verdict.framework.verdict.tree_parts_ways else "other"
