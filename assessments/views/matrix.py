"""The matrix's weights and cells: tried by address, saved when the team says so."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from assessments import access
from assessments.engine.fields import link_fault, text_fault
from assessments.engine.paths import Stated
from assessments.engine.plain_text import plain_text
from assessments.forms.faults import told
from assessments.forms.values import strength_of
from assessments.forms.weights import plain, read_weights
from assessments.framework import Framework
from assessments.pages.result_bodies import MatrixFault
from assessments.presenters.changes import label_of
from assessments.presenters.formats import listed
from assessments.services.answer_sheet import NOTHING, AnswerSheet
from assessments.services.own_frameworks import framework_at
from assessments.services.values import Entry, Saving, change, entry_on, tried
from assessments.speaking import lowered

from .result import refused_options

_LONGEST_SEEN = 20_000
_AS_STORED = object()
"""Stands for the value where only what shows it is sent."""
Wanted = tuple[dict[str, Stated], MatrixFault | None]
WEIGHTS, CELLS = "matrix.weights.", "matrix.overrides."


@require_POST
def change_matrix(request: HttpRequest, assessment_id: str) -> HttpResponse:
    """Saves weights or a cell, or takes them back, and returns to the matrix."""
    own = access.own_assessment(request, assessment_id, "edit")
    framework, sent = framework_at(own.assessment.framework), request.POST
    read = _read_cell if "approach" in sent else _read_evidence if "weight" in sent else _read_weights
    wanted, fault = read(framework, sent)
    if fault:
        return refused_options(request, own, replace(fault, typed=sent.dict()))
    saving = change(own.assessment, own.actor, lambda sheet: _entries(sheet, wanted, sent), act="change_matrix")
    if sentence := _fault(framework, saving):
        return refused_options(request, own, MatrixFault(sentence=sentence, typed=sent.dict()))
    return redirect(reverse("result_page", args=[own.assessment.id, "options"]) + "#matrix")


def _read_weights(framework: Framework, sent: Mapping[str, str]) -> Wanted:
    """The weights that are asked for, or what to take back, and what is wrong with them."""
    if "remove" in sent:
        return {f"{CELLS}{sent['remove'][:100]}": NOTHING}, None
    weights, faults = ({}, []) if "reset" in sent else read_weights(framework, sent)
    if faults or not (weights or "reset" in sent):
        return {}, MatrixFault(sentence=faults[0], control="weights") if faults else None
    keys = [criterion.key for criterion in framework.matrix.criteria]
    return {f"{WEIGHTS}{key}": Stated(value=weights.get(key)) for key in keys}, None


def _read_evidence(framework: Framework, sent: Mapping[str, str]) -> Wanted:
    """What shows that a weight of the team's own is right; the weight stays."""
    criterion = sent["weight"]
    if criterion not in {one.key for one in framework.matrix.criteria}:
        return {}, MatrixFault(control="weight", sentence=_("Choose a weight"))
    shown, fault = _read_shown(sent, "evidence", gettext_noop("The evidence {fault}"))
    if shown.is_bare:
        fault = MatrixFault(control="evidence", sentence=_("Write what shows it, or give a link"))
    return {f"{WEIGHTS}{criterion}": shown}, replace(fault, control=f"weight-{fault.control}") if fault else None


def _read_shown(sent: Mapping[str, str], control: str, says: str) -> tuple[Stated, MatrixFault | None]:
    """What shows a score or a weight, where, and how strongly. The value is whatever stands there."""
    text, link, strength = (plain_text(sent.get(part, "")).strip() for part in (control, "link", "strength"))
    shown = Stated(value=_AS_STORED, evidence=text, link=link, strength=strength_of(strength))
    if sentence := text_fault(text):
        return shown, MatrixFault(control=control, sentence=_(says).format(fault=told(sentence)))
    if sentence := link_fault(link):
        return shown, MatrixFault(control="link", sentence=_("The link {fault}").format(fault=told(sentence)))
    return shown, None


def _read_cell(framework: Framework, sent: Mapping[str, str]) -> Wanted:
    approach, criterion, score = (sent.get(name, "") for name in ("approach", "criterion", "score"))
    shown, fault = _read_shown(sent, "reason", gettext_noop("The reason {fault}"))
    if approach not in framework.approach:
        return {}, MatrixFault(control="approach", sentence=_("Choose a lever"))
    if criterion not in {one.key for one in framework.matrix.criteria}:
        return {}, MatrixFault(control="criterion", sentence=_("Choose a criterion"))
    if not re.fullmatch(r"[1-4](\.\d{1,2})?|5(\.0{1,2})?", score, re.ASCII):
        return {}, MatrixFault(control="score", sentence=_("The score must be a number from 1 to 5, like 4"))
    if not shown.evidence:
        return {}, MatrixFault(
            control="reason", sentence=_("Write the reason for your score, so that others can follow it")
        )
    return {f"{CELLS}{approach}.{criterion}": replace(shown, value=plain(score))}, fault


def _entries(sheet: AnswerSheet, wanted: Mapping[str, Stated], sent: Mapping[str, str]) -> list[Entry]:
    """What is wanted, against the versions that the page had shown. Taking back is about whatever is there.

    A form sends all weights. One that was the framework's on the page, and still says so, was not touched.
    """
    seen = dict(re.findall(r"([a-z_.]+)=(\d{1,9})", sent.get("seen", "")[:_LONGEST_SEEN]))
    ours = _our_weights(sheet) if any(path not in seen and path.startswith(WEIGHTS) for path in wanted) else {}
    entries = []
    for path, said in wanted.items():
        entry = replace(entry_on(sheet, path, said.value), seen_version=int(seen.get(path, 0)))
        if said.value is None:
            entries += [entry_on(sheet, path, None)] if path in sheet.stated else []
        elif said.value is _AS_STORED:
            entries += [_with_evidence(entry, said, sheet.stated[path].value)] if path in sheet.stated else []
        elif path.startswith(CELLS):
            entries.append(_with_evidence(entry, said, said.value))
        elif path in seen or ours.get(path) != said.value:
            entries.append(entry)
    return entries


def _with_evidence(entry: Entry, said: Stated, value: Any) -> Entry:
    return replace(entry, value=value, evidence=said.evidence, link=said.link, strength=said.strength)


def _our_weights(sheet: AnswerSheet) -> dict[str, float]:
    """What each weight is where nobody gave one, by its path."""
    own = [path for path in sheet.stated if path.startswith(WEIGHTS)]
    without = tried(sheet, [entry_on(sheet, path, None) for path in own]) if own else sheet
    return {f"{WEIGHTS}{key}": weight for key, weight in without.verdict.matrix.weights.items()}


def _fault(framework: Framework, saving: Saving) -> str:
    """What to say where somebody else has changed a weight or a score since the page was opened."""
    if not saving.conflicts:
        return ""
    labels = listed([lowered(label_of(framework, path)) for path in saving.conflicts])
    return _("Somebody else has changed the {labels} meanwhile. Look at the table again, then save once more").format(
        labels=labels
    )
