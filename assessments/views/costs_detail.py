"""Costs in detail: traffic and people first, then one approach at a time. Plain forms; htmx saves on the way."""

from collections.abc import Mapping
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from assessments import access
from assessments.access import OwnAssessment
from assessments.engine.economics.inputs import STATUS_QUO
from assessments.engine.origins import CASE
from assessments.forms.answers import FormatError, cost_read_as, read_cost, read_seen, typed_over_our_range
from assessments.framework import Framework, load_framework
from assessments.http import HtmxHttpRequest
from assessments.models import Assessment
from assessments.presenters.cost_form import CostField, present_groups, scope_inputs
from assessments.presenters.money.cautions import OLD_PRICES
from assessments.services.answer_sheet import read_sheet
from assessments.services.cost_draft import path_of
from assessments.services.costs import add_approach, discard_form, enter, enter_what_is_sound, remove_approach
from assessments.services.values import Entry, Refused, Saving

from .cost_page import ESCALATION, CostSheet, check_scope, in_conflict, with_error
from .cost_picks import picked
from .fields import refusal_words
from .language import reader_language, tell_reading

SAVES = ["GET", "HEAD", "POST"]


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
    check_scope(costs.framework, scope)
    if scope not in (CASE, *costs.added):
        return redirect(reverse("costs_detail", args=[assessment.id]) + "#approaches")
    if request.method == "POST":
        return _save(request, own, costs, scope)
    return _page(request, costs, scope, costs.fields(scope))


def _save(request: HttpRequest, own: OwnAssessment, costs: CostSheet, scope: str) -> HttpResponse:
    posted = request.POST
    language, keep_theirs = reader_language(request), posted.get("use_theirs", "")
    entries, errors = _read(costs.framework, scope, posted, language)
    entries.pop(keep_theirs, None)
    saving, refused = enter_what_is_sound(own.assessment, own.actor, list(entries.values()), act="change_costs")
    for key, entry in entries.items():
        if entry.path in refused:
            errors[key] = FormatError(key, refusal_words(entry.path, refused[entry.path]))
    for cost in scope_inputs(costs.framework, scope).values():
        if cost.key not in errors and cost.key != keep_theirs:
            tell_reading(request, cost.label, cost_read_as(cost, posted, language))
    if errors or saving.conflicts:
        return _page_with_faults(request, own, scope, saving, errors)
    return redirect(_onward(posted, own, costs, scope))


def _read(
    framework: Framework, scope: str, posted: Mapping[str, str], language: str
) -> tuple[dict[str, Entry], dict[str, FormatError]]:
    entries, errors = {}, {}
    for key, cost in scope_inputs(framework, scope).items():
        if f"{key}-rev" in posted:
            try:
                entries[key] = read_cost(path_of(scope, key), cost, posted, language)
            except FormatError as error:
                errors[key] = error
    if scope != CASE and f"{ESCALATION}-rev" in posted:
        entries[ESCALATION] = _escalation(scope, posted)
    return entries, errors


def _escalation(scope: str, posted: Mapping[str, str]) -> Entry:
    target = posted.get(ESCALATION, "").strip()[:64]
    return Entry(path=path_of(scope, ESCALATION), value=target or None, **read_seen(ESCALATION, posted))


def _onward(posted: Mapping[str, str], own: OwnAssessment, costs: CostSheet, scope: str) -> str:
    """Adds or takes away what a button asks for, and says where it leads: without one, to the next step."""
    assessment, approach = own.assessment, posted.get("add", "")
    if approach in costs.framework.approach:
        add_approach(assessment, own.actor, approach)
        return _url(assessment, approach)
    if "discard" in posted and scope == CASE:
        discard_form(assessment, own.actor)
        return reverse("section", args=[assessment.id, "costs"])
    if "remove" in posted and scope in costs.framework.approach:
        remove_approach(assessment, own.actor, scope)
        return f"{_url(assessment, CASE)}#approaches"
    if "stay" in posted or "use_theirs" in posted:
        key = posted.get("use_theirs") or posted.get("stay", "")
        known = key in scope_inputs(costs.framework, scope) or (key == ESCALATION and scope != CASE)
        return f"{_url(assessment, scope)}#{f'q-{key}' if known else 'figures'}"
    if "exit" in posted:
        return reverse("section", args=[assessment.id, "costs"])
    order = [CASE, *costs.added]
    following = order[order.index(scope) + 1 :]
    return _url(assessment, following[0]) if following else f"{_url(assessment, CASE)}#approaches"


def _url(assessment: Assessment, scope: str) -> str:
    if scope == CASE:
        return reverse("costs_detail", args=[assessment.id])
    return reverse("costs_approach", args=[assessment.id, scope])


def _page_with_faults(
    request: HttpRequest, own: OwnAssessment, scope: str, saving: Saving, errors: Mapping[str, FormatError]
) -> HttpResponse:
    costs = CostSheet(own.assessment, saving.after)
    conflicts = {outcome.entry.path: outcome for outcome in saving.conflicts}
    fields = []
    for field in costs.fields(scope):
        if field.key in errors:
            field = with_error(field, request.POST, errors[field.key])
        elif conflict := conflicts.get(path_of(scope, field.key)):
            field = in_conflict(costs.framework, field, request.POST, conflict, own.actor)
        fields.append(field)
    return _page(request, costs, scope, fields, status=422 if errors else 409)


def _page(
    request: HttpRequest, costs: CostSheet, scope: str, fields: list[CostField], *, status: int = 200
) -> HttpResponse:
    framework, today = costs.framework, timezone.localdate()
    context = {
        **costs.beside(scope),
        "sheet": costs.sheet,
        "groups": present_groups(framework, scope, fields),
        "faulty": [field for field in fields if field.errors or field.conflict],
        "tuning": scope in framework.approach and framework.approach[scope].tuning,
        "about": "" if scope in (CASE, STATUS_QUO) else framework.approach_costs.approach[scope].about,
        "prefilled": costs.form_parts(scope).origins.prefilled,
        "picked": picked(costs, scope, today),
        "price_age": _oldest(costs, today),
        "old_prices": OLD_PRICES,
        "can_add": [one for one in framework.approaches if one.key not in costs.added],
        "counts": costs.sheet.document.detailed is not None,
        "saved_at": costs.assessment.changed_at,
    }
    return render(request, "assessments/costs_detail.html", context, status=status)


def _oldest(costs: CostSheet, today: date) -> int | None:
    """How many days ago the oldest price list came out that numbers were copied from."""
    picked = [costs.draft.origins(scope).model for scope in costs.added]
    days = [model.as_of for model in picked if model and model.as_of]
    return max(0, (today - min(days)).days) if days else None


@require_POST
def save_number(request: HtmxHttpRequest, assessment_id: str, approach: str, key: str) -> HttpResponse:
    """Saves one number while somebody works: an htmx request from the field's own card."""
    own = access.own_assessment(request, assessment_id, "edit")
    assessment = own.assessment
    framework = load_framework(assessment.framework)
    check_scope(framework, approach)
    inputs = scope_inputs(framework, approach)
    if key not in inputs and (key != ESCALATION or approach == CASE):
        raise Http404
    posted, path = request.POST, path_of(approach, key)
    try:
        if key in inputs:
            entry = read_cost(path, inputs[key], posted, reader_language(request))
        else:
            entry = _escalation(approach, posted)
        saving = enter(assessment, own.actor, [entry], act="change_costs")
    except FormatError as error:
        return _refused(request, key, error)
    except Refused as error:
        return _refused(request, key, FormatError(key, refusal_words(path, error)))
    read_as = cost_read_as(inputs[key], posted, reader_language(request)) if key in inputs else ""
    return _saved(request, own, approach, key, saving, read_as)


def _saved(
    request: HtmxHttpRequest, own: OwnAssessment, scope: str, key: str, saving: Saving, read_as: str
) -> HttpResponse:
    assessment = own.assessment
    before, costs = (CostSheet(assessment, sheet) for sheet in (saving.before, saving.after))
    for outcome in saving.conflicts:
        field = in_conflict(costs.framework, costs.field(scope, key), request.POST, outcome, own.actor)
        context = {"assessment": assessment, "scope": scope, "field": field}
        response = render(request, "assessments/_cost_conflict.html", context, status=409)
        response.headers["HX-Retarget"] = f"#q-{key}"
        response.headers["HX-Reswap"] = "outerHTML"
        return response
    if not request.htmx:
        tell_reading(request, costs.field(scope, key).label, read_as)
        return redirect(_url(assessment, scope))
    beside = costs.beside(scope)
    old = before.figures(scope)
    news = beside["figures"].announcement if beside["figures"] else ""
    context = {
        **beside,
        "field": costs.field(scope, key),
        "read_as": read_as,
        "range_gone": typed_over_our_range(key, request.POST),
        "also": _changed_beside(before, costs, scope, key),
        "announcement": "" if old and old.announcement == news else news,
        "saved_at": timezone.now(),
    }
    return render(request, "assessments/_cost_saved.html", context)


def _changed_beside(before: CostSheet, after: CostSheet, scope: str, key: str) -> list[CostField]:
    """Other fields of the same page that this change has moved."""
    old, new = (costs.draft.numbers(scope) for costs in (before, after))
    changed = [other for other in {**old, **new} if old.get(other) != new.get(other)]
    return [after.field(scope, other) for other in changed if other != key]


def _refused(request: HttpRequest, key: str, error: FormatError) -> HttpResponse:
    """A sentence in place; what was typed stays in the field."""
    context = {"key": key, "error_field": error.field, "sentence": error.sentence, "oob": True}
    response = render(request, "assessments/_refused.html", context, status=422)
    response.headers["HX-Reswap"] = "none"
    return response
