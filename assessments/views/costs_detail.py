"""Costs in detail: traffic and people first, then one approach at a time. Plain forms; htmx saves on the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments import access
from assessments.access import OwnAssessment
from assessments.engine.economics.inputs import STATUS_QUO
from assessments.engine.origins import CASE
from assessments.forms.values import chosen_form, read_page, told_as_read
from assessments.framework import Approach
from assessments.models import Assessment
from assessments.pages.context import Context, render_page
from assessments.pages.cost_page import CostSheet, costs_url, scope_or_404
from assessments.pages.fields import after_save, refusals
from assessments.pages.language import own_money, reader_language, tell_reading
from assessments.presenters.control import Control
from assessments.presenters.cost_figures import ComparedView, FiguresView
from assessments.presenters.cost_form import CostGroupView, present_groups
from assessments.presenters.cost_forms import CostFormsView, bill_words, present_cost_forms
from assessments.presenters.money.cautions import OLD_PRICES
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.costs import (
    add_approach,
    discard_form,
    enter_what_is_sound,
    let_count,
    remove_approach,
)
from assessments.services.sign_off_state import waiting_version

from .cost_picks import Picked, picked

SAVES = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CostsPage(Context):
    """The detailed costs of the case or of one approach."""

    template = "assessments/costs_detail.html"
    assessment: Assessment
    scope: str
    """The case, or an approach."""
    steps: Sequence[Mapping[str, Any]]
    """Every scope, with what its first month costs."""
    here: Mapping[str, Any]
    """The step that this is."""
    amounts_in: str
    """What amounts are in, in words."""
    figures: FiguresView | None
    compared: ComparedView | None
    """All levers side by side."""
    sheet: AnswerSheet
    groups: Sequence[CostGroupView]
    faulty: Sequence[Control]
    """What could not be saved."""
    tuning: bool
    """Whether the approach tunes a model."""
    about: str
    """What the approach is."""
    prefilled: bool
    """Whether its numbers were filled in from those of today."""
    picked: Picked
    price_age: int | None
    """How many days ago the oldest price list came out that was copied from."""
    old_prices: int
    """From how many days on that is old."""
    can_add: Sequence[Approach]
    """The approaches that have no costs yet."""
    begun: bool
    """Whether there is anything here yet."""
    forms: CostFormsView | None
    """Which form counts, where both are filled in."""
    bill: str
    """That today's costs and the bill are far apart, where they are."""
    saved_at: datetime
    waits: int | None
    """The version that waits for approval: what is changed now is not in it."""


@require_http_methods(SAVES)
def costs_detail(request: HttpRequest, assessment_id: str) -> HttpResponse:
    return _show_or_save(request, assessment_id, CASE)


@require_http_methods(SAVES)
def costs_approach(request: HttpRequest, assessment_id: str, approach: str) -> HttpResponse:
    return _show_or_save(request, assessment_id, approach)


def _show_or_save(request: HttpRequest, assessment_id: str, scope: str) -> HttpResponse:
    own = access.own_assessment(request, assessment_id, "edit")
    assessment = own.assessment
    costs = CostSheet(assessment, read_sheet(assessment))
    scope_or_404(costs.framework, scope)
    if scope not in (CASE, *costs.added):
        return redirect(reverse("costs_detail", args=[assessment.id]) + "#approaches")
    if request.method == "POST":
        return _save(request, own, costs, scope)
    return _page(request, costs, scope, costs.controls(scope))


def _save(request: HttpRequest, own: OwnAssessment, costs: CostSheet, scope: str) -> HttpResponse:
    posted, language, fields = request.POST, reader_language(request), costs.fields(scope)
    keep_theirs = posted.get("use_theirs", "")
    entries, errors = read_page(fields, posted, language, partial(own_money, costs.sheet))
    entries.pop(keep_theirs, None)
    saving, refused = enter_what_is_sound(own.assessment, own.actor, list(entries.values()), act="change_costs")
    errors |= refusals(refused)
    for field in fields:
        if field.key not in errors and field.key != keep_theirs:
            tell_reading(request, field.label, told_as_read(field, posted, language))
    if errors or saving.conflicts:
        after = CostSheet(own.assessment, saving.after)
        shown = after_save(costs.framework, after.controls(scope), posted, errors, saving.conflicts, own.actor)
        return _page(request, after, scope, shown, status=422 if errors else 409)
    return redirect(_onward(posted, own, costs, scope))


def _onward(posted: Mapping[str, str], own: OwnAssessment, costs: CostSheet, scope: str) -> str:
    """Adds or takes away what a button asks for, and says where it leads: without one, to the next step."""
    assessment, approach = own.assessment, posted.get("add", "")
    if approach in costs.framework.approach:
        add_approach(assessment, own.actor, approach)
        return costs_url(assessment, approach)
    if scope == CASE and (form := chosen_form(posted)):
        let_count(assessment, own.actor, form)
        return f"{costs_url(assessment, CASE)}#forms"
    if "discard" in posted and scope == CASE:
        discard_form(assessment, own.actor)
        return reverse("section", args=[assessment.id, "costs"])
    if "remove" in posted and scope in costs.framework.approach:
        remove_approach(assessment, own.actor, scope)
        return f"{costs_url(assessment, CASE)}#approaches"
    if "stay" in posted or "use_theirs" in posted:
        key = posted.get("use_theirs") or posted.get("stay", "")
        known = key in {field.key for field in costs.fields(scope)}
        return f"{costs_url(assessment, scope)}#{f'q-{key}' if known else 'figures'}"
    if "exit" in posted:
        return reverse("section", args=[assessment.id, "costs"])
    order = [CASE, *costs.added]
    following = order[order.index(scope) + 1 :]
    return costs_url(assessment, following[0]) if following else f"{costs_url(assessment, CASE)}#approaches"


def _page(
    request: HttpRequest, costs: CostSheet, scope: str, controls: list[Control], *, status: int = 200
) -> HttpResponse:
    framework, today = costs.framework, timezone.localdate()
    page = CostsPage(
        **costs.beside(scope),
        sheet=costs.sheet,
        groups=present_groups(framework, scope, controls),
        faulty=[control for control in controls if control.errors or control.conflict],
        tuning=scope in framework.approach and framework.approach[scope].tuning,
        about="" if scope in (CASE, STATUS_QUO) else framework.approach_costs.approach[scope].about,
        prefilled=costs.form_parts(scope).origins.prefilled,
        picked=picked(costs, scope, today),
        price_age=_oldest(costs, today),
        old_prices=OLD_PRICES,
        can_add=[one for one in framework.approaches if one.key not in costs.added],
        begun=costs.sheet.document.detailed is not None,
        forms=present_cost_forms(costs.sheet.verdict),
        bill=bill_words(costs.sheet.verdict) if scope == STATUS_QUO else "",
        saved_at=costs.assessment.changed_at,
        waits=waiting_version(costs.assessment),
    )
    return render_page(request, page, status=status)


def _oldest(costs: CostSheet, today: date) -> int | None:
    """How many days ago the oldest price list came out that numbers were copied from."""
    picked = [costs.draft.origins(scope).model for scope in costs.added]
    days = [model.as_of for model in picked if model and model.as_of]
    return max(0, (today - min(days)).days) if days else None
