"""From a framework and a document to a decision: every room of the engine, in order."""

from collections.abc import Sequence
from dataclasses import fields, replace

from assessments.framework.names import LEAVES, WORKS
from assessments.framework.schema import Framework

from .checklists import checklists_for
from .decision import Action, Decision, Economics, Gap, Leader, LensResult, Robustness, ShortVerdict, Verdict
from .document import Document
from .economics.cheapest import cheapest_model
from .economics.compute import training_compute
from .economics.detailed import detailed_economics
from .economics.summary import summary_economics
from .facts import Ground, ground_of
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
from .outside_view import outside_view
from .plan import goals_in_order, plan_for, steps_next
from .precedents import similar, went_other_way
from .readiness import examples_at_hand
from .robustness import how_settled, on_evidence_alone
from .verdict import Judgement, enough_answered, judge, to_confirm


def decide(framework: Framework, document: Document) -> Decision:
    """The verdict on what is established, with its reasons. Pure, and total: every document has one.

    >>> from assessments.framework import load_framework
    >>> nothing_known = Document(use_case={"name": "A"})
    >>> decision = decide(load_framework(), nothing_known)
    >>> decision.action, decision.approach, decision.leads, decision.leaf
    ('not_yet', None, 'prompting', 'keep_prompting')
    """
    ground = ground_of(framework, document)
    verdict = _verdict(ground)
    approach = framework.approach[verdict.leads]
    firm = _short(replace(ground, document=on_evidence_alone(document)))
    alike = similar(framework, document, verdict.diagnosis, approach=verdict.leads)
    return Decision(
        **{field.name: getattr(verdict, field.name) for field in fields(Verdict)},
        lenses={lens.lens: lens for lens in _lenses(framework, document, verdict)},
        cheapest_model=cheapest_model(framework, document),
        parts_ways=_parts_ways(verdict),
        robustness=how_settled(ground, confirm=verdict.confirm),
        on_evidence_alone=firm,
        goals=goals_in_order(framework, document) if approach.tuning else (),
        next_steps=steps_next(verdict),
        plan=plan_for(verdict),
        guidance=guidance_for(verdict),
        checklists=checklists_for(framework, document, verdict),
        precedents=alike,
        closest_other_way=next(
            (found for found in alike if went_other_way(framework, found.case, verdict.leads)), None
        ),
        outside_view=outside_view(framework, document, verdict.diagnosis),
        compute=training_compute(framework, document, verdict.leads),
    )


def verdict_on(framework: Framework, document: Document) -> Verdict:
    """The verdict without what surrounds it: a few milliseconds, for while somebody is answering."""
    return _verdict(ground_of(framework, document))


def stability_of(verdict: Verdict) -> Robustness:
    """How settled a verdict is without what would change it: quick enough for while somebody is answering."""
    return how_settled(verdict.judged.facts.ground, confirm=verdict.confirm, with_changes=False)


def _verdict(ground: Ground) -> Verdict:
    framework, document = ground.framework, ground.document
    found = judge(ground)
    leads, leader, standings = found.leads, found.leader, found.standings
    approach = leads if found.measured or enough_answered(framework, document) else None
    leaf, path = decision_tree.walk(framework, document.answers)
    gate = training_gate.look(framework, document)
    economics = _economics(ground, approach, [key for key, standing in standings.items() if not standing.open])
    data = examples_at_hand(framework, document)
    missing: tuple[Gap, ...] = ()
    if approach and framework.approach[approach].tuning:
        missing = missing_for_go(
            framework,
            document,
            leaf=leaf,
            gate=gate,
            data=data,
            economics=economics,
            measured=found.measured,
            waits_for=[wait.code for wait in framework.go_waits if found.facts.hold(wait.when)[0]],
        )
    action = _action(found, missing) if approach else "not_yet"
    return Verdict(
        framework=framework,
        document=document,
        leaf=leaf,
        path=path,
        counts=decision_tree.count(framework, document.answers),
        approach=approach,
        leads=leads,
        action=action,
        because=_because(found, leaf, action),
        confirm=to_confirm(ground) if action == "confirm_first" else (),
        missing_for_go=missing,
        standings=standings,
        leader=leader,
        measured=found.measured,
        judged=found,
        diagnosis=ground.diagnosis,
        economics=economics,
        data=data,
        gate=gate,
        findings=findings_in(framework, document, ground.diagnosis, ground.money),
    )


def _action(found: Judgement, missing: tuple[Gap, ...]) -> Action:
    ground = found.facts.ground
    if ground.framework.approach[found.leads].tuning:
        if to_confirm(ground) and not found.measured:
            return "confirm_first"
        return "pilot" if missing else "go"
    if found.closing[WORKS].any() and found.leads not in ground.framework.closed_by[WORKS]:
        return "keep"
    if found.measured:
        return "use_other_lever"
    return "fix_first" if _openable(ground.framework, found.leader) else "use_other_lever"


def _openable(framework: Framework, leader: Leader) -> tuple[str, ...]:
    """The gates on the leader of the matrix that the team can open."""
    return tuple(key for key in leader.closed_by if framework.gate[key].can_be_opened)


def _because(found: Judgement, leaf: str, action: Action) -> tuple[str, ...]:
    """The codes of why: what was measured, else what tree or net score say for tuning, or what closes the leader."""
    framework, leader = found.facts.ground.framework, found.leader
    if found.measured:
        return (f"measured_{found.measured.reason}",)
    if action == "not_yet":
        return ("not_begun",)
    if action == "keep":
        return (WORKS,)
    if framework.approach[found.leads].tuning:
        return ("candidate",) if leaf == LEAVES[-1] else ("reasons_lead",)
    return _openable(framework, leader) or leader.closed_by or ("highest",)


def _short(ground: Ground) -> ShortVerdict:
    """The verdict in short, on these answers."""
    found = _verdict(ground)
    return ShortVerdict(leaf=found.leaf, approach=found.approach, action=found.action)


def _economics(ground: Ground, approach: str | None, closed: Sequence[str]) -> Economics | None:
    """Of the detailed form once it has something to compare, else of the summary form."""
    form = ground.document.detailed_in_force
    if form is None:
        return summary_economics(ground.framework, ground.document)
    return detailed_economics(ground.framework, ground.document, form, ground.money, approach=approach, closed=closed)


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


def _parts_ways(verdict: Verdict) -> str:
    """The code of why the verdict and the tree part ways, or an empty string where they do not."""
    framework = verdict.framework
    if not verdict.has_begun or verdict.leads in framework.approaches_named(framework.leaf[verdict.leaf].same_as):
        return ""
    if verdict.is_tuning:
        return "tuning"
    return "candidate" if verdict.leaf == LEAVES[-1] else "other"
