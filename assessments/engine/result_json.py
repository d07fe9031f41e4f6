"""A decision as plain JSON values: the result format of docs/document.md."""

from dataclasses import asdict
from typing import Any

from .decision import (
    ChecklistState,
    Decision,
    Figures,
    Guidance,
    LensResult,
    Matrix,
    MeasuredLead,
    PathNode,
    Plan,
    Robustness,
    SimilarCase,
)
from .economics.compute import TrainingCompute
from .economics_json import cheapest_json, economics_json

_MOST_EXACT = 2**53


def result_json(decision: Decision) -> dict[str, Any]:
    """The result of a decision, as docs/document.md gives it."""
    return {
        "format": "ftdecide/result",
        "version": 1,
        "framework": {
            "name": decision.framework.name,
            "version": decision.framework.version,
            "sha256": decision.framework.sha256,
        },
        "leaf": decision.leaf,
        "path": [_path_json(node) for node in decision.path],
        "counts": {
            "indicators": decision.counts.indicators,
            "anti_indicators": decision.counts.anti_indicators,
            "unsure": decision.counts.unsure,
        },
        "lenses": {key: _lens_json(lens) for key, lens in decision.lenses.items()},
        "findings": [
            {
                "code": finding.code,
                "severity": finding.severity,
                "keys": list(finding.keys),
                "figures": plain(finding.figures),
            }
            for finding in decision.findings
        ],
        "approach": decision.approach,
        "leads": decision.leads,
        "action": decision.action,
        **_wording_json(decision.standings[decision.leads].wording),
        "because": list(decision.because),
        **_measured_json(decision.measured),
        "confirm": list(decision.confirm),
        "parts_ways": decision.parts_ways or None,
        "deciding": list(decision.deciding),
        "missing_for_go": [{"code": gap.code, "figures": plain(gap.figures)} for gap in decision.missing_for_go],
        "leader": {"approach": decision.leader.approach, "closed_by": list(decision.leader.closed_by)},
        "standings": {
            key: {"tried": standing.tried, "closed_by": list(standing.closed_by)}
            for key, standing in decision.standings.items()
        },
        "outside_view": decision.outside_view and asdict(decision.outside_view),
        "failure_groups": {
            group.key: {"share": group.share, "low": group.low, "high": group.high}
            for group in decision.diagnosis.groups
        }
        | {"dominant": decision.diagnosis.dominant, "label_more": decision.diagnosis.label_more},
        **_robustness_json(decision.robustness),
        "on_evidence_alone": {
            "leaf": decision.on_evidence_alone.leaf,
            "approach": decision.on_evidence_alone.approach,
            "action": decision.on_evidence_alone.action,
        },
        "matrix": _matrix_json(decision.matrix),
        "economics": decision.economics and economics_json(decision, decision.economics),
        "cheapest_model": decision.cheapest_model and cheapest_json(decision.cheapest_model),
        "data": {
            "goal_range": decision.data.goal and [decision.data.goal.examples_from, decision.data.goal.examples_to],
            "labelled": decision.data.labelled,
            "gaps": [{"label": gap.label, "missing": gap.missing} for gap in decision.data.gaps],
        },
        "plan": [
            {
                "priority": found.priority,
                "goal": found.goal.key,
                "because": found.because,
                "kind": found.goal.kind,
                "steps": [step.key for step in found.goal.steps],
            }
            for found in decision.goals
        ],
        "next_steps": list(decision.next_steps),
        **_plan_json(decision.plan),
        "guidance": _guidance_json(decision.guidance),
        "checklists": {found.checklist.key: _checklist_json(found) for found in decision.checklists},
        "precedents": [_precedent_json(found) for found in decision.precedents],
        "compute": decision.compute and _compute_json(decision.compute),
        "closest_other_way": decision.closest_other_way and _precedent_json(decision.closest_other_way),
    }


def plain(figures: Figures) -> dict[str, Any]:
    """Figures as JSON has them: several keys, or labels with what each lacks, as lists."""
    return {name: _listed(value) for name, value in figures.items()}


def _listed(value: Any) -> Any:
    return [_listed(part) for part in value] if isinstance(value, tuple) else value


def _compute_json(compute: TrainingCompute) -> dict[str, Any]:
    table = {key: exact(value) for key, value in asdict(compute).items()}
    return table | {"factors": [asdict(one) | {"value": exact(one.value)} for one in compute.factors]}


def exact(value: Any) -> Any:
    """A number beyond what all readers of JSON hold exactly, as text: PostgreSQL gives back another.

    >>> exact(8e9), exact(1e23)
    (8000000000.0, '1e+23')
    """
    return repr(value) if isinstance(value, float) and abs(value) >= _MOST_EXACT else value


def _path_json(node: PathNode) -> dict[str, Any]:
    table: dict[str, Any] = {"node": node.node, "outcome": node.outcome}
    return table if node.node == "ceiling" else table | {"count": node.count}


def _robustness_json(robustness: Robustness) -> dict[str, Any]:
    return {
        "settled": robustness.settled,
        "stability": robustness.stability,
        "exact": robustness.exact,
        "possible_approaches": dict(robustness.possible_approaches),
        "find_out_next": list(robustness.find_out_next),
        "would_change": [
            {"flip": dict(change.flip), "approach": change.approach, "actionable": change.actionable}
            | _wording_json(change.wording)
            for change in robustness.would_change
        ],
    }


def _measured_json(lead: MeasuredLead | None) -> dict[str, Any]:
    """Only where a measurement decides."""
    if lead is None:
        return {}
    return {
        "measured": {
            "role": lead.variant.role,
            "reason": lead.reason,
            "best": lead.best.role,
            "level": [one.role for one in lead.level],
            "least_improvement": lead.aims.least_improvement,
            "critical_slices": list(lead.aims.critical),
            "challengers": [
                {
                    "role": one.variant.role,
                    "gain": one.gain,
                    "difference": one.pair.difference,
                    "low": one.pair.low,
                    "high": one.pair.high,
                    "cases": one.pair.cases,
                    "lost": list(one.lost),
                    "unmeasured": list(one.unmeasured),
                    "never_pays": one.never_pays,
                }
                for one in lead.challengers
            ],
        }
    }


def _wording_json(wording: str) -> dict[str, str]:
    return {"wording": wording} if wording else {}


def _lens_json(lens: LensResult) -> dict[str, Any]:
    table: dict[str, Any] = {"stance": lens.stance}
    if lens.value is not None:
        table["value"] = lens.value
    if lens.band is not None:
        table["band"] = lens.band
    if lens.names is not None:
        table["names"] = lens.names
    if lens.lens == "training_gate":
        table |= {"met": lens.met, "of": len(lens.conditions), "trend": lens.trend}
    table["conditions"] = [
        {
            "code": condition.code,
            "figures": plain(condition.figures),
            "met": condition.met,
            "keys": list(condition.keys),
        }
        for condition in lens.conditions
    ]
    return table


def _matrix_json(matrix: Matrix) -> dict[str, Any]:
    return {
        "weights": dict(matrix.weights),
        "weight_reasons": {
            key: {"code": reason.code, "figures": plain(reason.figures)}
            for key, reason in matrix.weight_reasons.items()
        },
        "rows": {
            row.approach: {
                "mean": row.mean,
                "first_share": row.first_share,
                "cells": {
                    key: {
                        "score": cell.score,
                        "from": cell.origin,
                        "reason": cell.reason,
                        "figures": plain(cell.figures),
                    }
                    for key, cell in row.cells.items()
                },
            }
            for row in matrix.rows
        },
        "ranking": list(matrix.ranking),
    }


def _precedent_json(found: SimilarCase) -> dict[str, Any]:
    return {
        "id": found.case.key,
        "similarity": found.similarity,
        "outcome": found.case.outcome,
        "source": found.case.source,
        "because": list(found.because),
        **({"own": True} if found.own else {}),
    }


def _plan_json(plan: Plan) -> dict[str, Any]:
    phases = [
        {
            "phase": phase.key,
            "done": phase.done,
            "weeks": [phase.first_week, phase.last_week] if phase.first_week else None,
            "tasks": [{"code": task.code, "done_by": task.done_by or None} for task in phase.tasks],
        }
        for phase in plan.phases
    ]
    slices = [
        {"code": found.code, "count": found.count, "key": found.key or None, "label": found.label or None}
        for found in plan.slices
    ]
    return {"phases": phases, "phase_figures": plain(plan.figures), "measures": list(plan.measures), "slices": slices}


def _guidance_json(guidance: Guidance) -> dict[str, Any]:
    return {
        "method": guidance.method and guidance.method.key,
        "method_because": guidance.method_because and guidance.method_because.key,
        "pattern": guidance.pattern and guidance.pattern.key,
        "pattern_because": guidance.pattern_because and guidance.pattern_because.key,
        "model_choices": [choice.key for choice in guidance.choices],
        "ways": [way.key for way in guidance.ways],
    }


def _checklist_json(found: ChecklistState) -> dict[str, Any]:
    codes = {state: [one.point.code for one in found.points if one.state == state] for state in ("open", "ticked")}
    return {"done": found.done, "of": len(found.points), **codes}
