"""The matrix's weights and cells: tried by address, saved when the team says so."""

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from assessments import access
from assessments.engine.fields import text_fault
from assessments.engine.plain_text import plain_text
from assessments.forms.weights import plain, read_weights
from assessments.framework import Framework, load_framework
from assessments.services.parts import change_part

from .result import own_result_page


@require_POST
def change_matrix(request: HttpRequest, assessment_id: str) -> HttpResponse:
    """Saves weights or a cell, or takes them back, and returns to the matrix."""
    own = access.own_assessment(request, assessment_id, "edit")
    assessment = own.assessment
    framework = load_framework(assessment.framework)
    sent = request.POST
    if "reset" in sent:
        change_part(assessment, own.actor, "matrix", lambda matrix: _with(matrix, weights={}))
    elif "remove" in sent:
        change_part(assessment, own.actor, "matrix", lambda matrix: _without_cell(matrix, sent["remove"]))
    elif "approach" in sent:
        cell, fault = _read_cell(framework, sent)
        if fault:
            return own_result_page(request, own, matrix_fault=fault)
        change_part(assessment, own.actor, "matrix", lambda matrix: _with_cell(matrix, cell))
    else:
        weights, faults = read_weights(framework, sent)
        if faults:
            return own_result_page(request, own, matrix_fault=faults[0])
        if weights:
            change_part(assessment, own.actor, "matrix", lambda matrix: _with(matrix, weights=weights))
    return redirect(reverse("result", args=[assessment.id]) + "#matrix")


def _read_cell(framework: Framework, sent: Mapping[str, str]) -> tuple[dict[str, Any], str]:
    cell: dict[str, Any] = {
        "approach": sent.get("approach", ""),
        "criterion": sent.get("criterion", ""),
        "score": sent.get("score", ""),
        "reason": plain_text(sent.get("reason", "")).strip(),
    }
    if cell["approach"] not in framework.approach:
        return cell, "Choose an approach"
    if cell["criterion"] not in {criterion.key for criterion in framework.matrix.criteria}:
        return cell, "Choose a criterion"
    if not re.fullmatch(r"[1-4](\.\d{1,2})?|5(\.0{1,2})?", cell["score"], re.ASCII):
        return cell, "The score must be a number from 1 to 5, like 4"
    if not cell["reason"]:
        return cell, "Write the reason for your score, so that others can follow it"
    if sentence := text_fault(cell["reason"]):
        return cell, f"The reason {sentence}"
    return cell | {"score": plain(cell["score"])}, ""


def _with(matrix: Any, **parts: Any) -> dict[str, Any]:
    return {**(matrix or {}), **parts}


def _with_cell(matrix: Any, cell: dict[str, Any]) -> dict[str, Any]:
    return _with(matrix, overrides=[*_other_cells(matrix, f"{cell['approach']}.{cell['criterion']}"), cell])


def _without_cell(matrix: Any, name: str) -> dict[str, Any]:
    return _with(matrix, overrides=_other_cells(matrix, name))


def _other_cells(matrix: Any, name: str) -> list[dict[str, Any]]:
    cells = (matrix or {}).get("overrides", [])
    return [cell for cell in cells if f"{cell['approach']}.{cell['criterion']}" != name]
