"""A decision as plain JSON values: the result format of document.md."""

from typing import TYPE_CHECKING, Any

from .economics_json import economics_json

if TYPE_CHECKING:
    from .decision import Decision, LensResult, Matrix, PathNode, Robustness, SimilarCase


def result_json(decision: "Decision") -> dict[str, Any]:
    """The result of a decision, as document.md gives it."""
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
                "message": finding.message,
            }
            for finding in decision.findings
        ],
        "approach": decision.approach,
        "action": decision.action,
        "rule": decision.rule,
        "because": decision.because,
        "carried_by": list(decision.carried_by),
        "missing_for_go": [gap.message for gap in decision.missing_for_go],
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
        "data": {
            "goal_range": decision.data.goal and [decision.data.goal.examples_from, decision.data.goal.examples_to],
            "labelled": decision.data.labelled,
            "gaps": [{"label": gap.label, "missing": gap.missing} for gap in decision.data.gaps],
        },
        "plan": [
            {
                "priority": step.priority,
                "goal": step.goal.key,
                "kind": step.goal.kind,
                "steps": list(step.goal.steps),
            }
            for step in decision.plan
        ],
        "next_steps": list(decision.next_steps),
        "phases": decision.project.to_json(),
        "guidance": decision.guidance.to_json(),
        "checklists": {checklist.key: checklist.to_json() for checklist in decision.checklists},
        "precedents": [_precedent_json(found) for found in decision.precedents],
    }


def _path_json(node: "PathNode") -> dict[str, Any]:
    table: dict[str, Any] = {"node": node.node, "outcome": node.outcome}
    return table if node.node == "ceiling" else table | {"count": node.count}


def _robustness_json(robustness: "Robustness") -> dict[str, Any]:
    return {
        "settled": robustness.settled,
        "exact": robustness.exact,
        "possible_leaves": dict(robustness.possible_leaves),
        "possible_approaches": dict(robustness.possible_approaches),
        "find_out_next": list(robustness.find_out_next),
        "would_change": [
            {"flip": dict(change.flip), "approach": change.approach, "actionable": change.actionable}
            for change in robustness.would_change
        ],
    }


def _lens_json(lens: "LensResult") -> dict[str, Any]:
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
        {"text": condition.text, "met": condition.met, "keys": list(condition.keys)} for condition in lens.conditions
    ]
    return table


def _matrix_json(matrix: "Matrix") -> dict[str, Any]:
    return {
        "weights": dict(matrix.weights),
        "rows": {
            row.approach: {
                "mean": row.mean,
                "first_share": row.first_share,
                "cells": {
                    key: {"score": cell.score, "from": cell.origin, "reason": cell.reason}
                    for key, cell in row.cells.items()
                },
            }
            for row in matrix.rows
        },
        "ranking": list(matrix.ranking),
    }


def _precedent_json(found: "SimilarCase") -> dict[str, Any]:
    return {
        "id": found.case.key,
        "similarity": found.similarity,
        "outcome": found.case.outcome,
        "source": found.case.source,
        "because": list(found.because),
    }
