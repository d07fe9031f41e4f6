"""Prices to pick from for one approach: a base model, a way to tune, newer prices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments import access
from assessments.access import OwnAssessment
from assessments.engine.economics import prices
from assessments.engine.economics.base_models import listed_model, listed_models
from assessments.engine.economics.inputs import STATUS_QUO
from assessments.engine.economics.tuning_offers import purchasable
from assessments.models import Assessment
from assessments.pages.context import Context, render_page
from assessments.pages.cost_page import CostSheet
from assessments.presenters.availability import availability_in_words
from assessments.presenters.control import Choice
from assessments.presenters.cost_form import approach_name
from assessments.presenters.formats import day, number
from assessments.presenters.market import age_words
from assessments.presenters.price_list import (
    MOST_SHOWN,
    Exchange,
    ModelToPick,
    MoveRow,
    OfferRow,
    matching,
    model_named,
    present_exchange,
    present_models,
    present_moves,
    present_offers,
    present_providers,
)
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.cost_prices import renew, renewal, take_model, take_offer

PICKS = ["GET", "HEAD", "POST"]
FIRST_PROVIDER = "openai"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """What has been picked for an approach, in words; empty where nothing was."""

    model: str = ""
    offer: str = ""
    availability: str = ""
    availability_state: str = ""


def picked(costs: CostSheet, scope: str, today: date) -> Picked:
    origins = costs.draft.origins(scope)
    model = offer_words = sentence = state = ""
    if origins.model:
        found = listed_model(costs.framework.market, origins.model.provider, origins.model.model, today)
        name = f"{found.name}, {found.provider_name}" if found else origins.model.model[:80]
        window = found.context_window if found else None
        said = _("Context window of {tokens} tokens.").format(tokens=number(window)) if window else ""
        dated = _("Price list of {day}, {age}.").format(
            day=day(origins.model.as_of), age=age_words(origins.model.as_of, today)
        )
        model = " ".join(part for part in (f"{name}.", said, dated) if part)
    offer = costs.framework.market.offer.get(origins.offer.offer) if origins.offer else None
    if offer:
        offer_words = _("{provider}: {model}. Source of {day}.").format(
            provider=offer.provider, model=offer.model, day=day(offer.as_of)
        )
        available = purchasable(offer, today, _horizon(costs))
        sentence = availability_in_words(offer, available, _horizon(costs))
        state = available.state
    return Picked(model=model, offer=offer_words, availability=sentence, availability_state=state)


def _horizon(costs: CostSheet) -> int:
    months = costs.sheet.document.costs.get("horizon_months")
    default = costs.framework.questions["horizon_months"].default or 36
    return int(months.likely if months else default)


def approach_sheet(request: HttpRequest, assessment_id: str, approach: str) -> tuple[OwnAssessment, CostSheet]:
    own = access.own_assessment(request, assessment_id, "edit")
    costs = CostSheet(own.assessment, read_sheet(own.assessment))
    if approach not in (STATUS_QUO, *costs.framework.approach):
        raise Http404
    return own, costs


def _back(assessment: Assessment, approach: str, anchor: str) -> HttpResponse:
    return redirect(reverse("costs_approach", args=[assessment.id, approach]) + f"#{anchor}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CostsModelPage(Context):
    """The price list of one provider, for one approach."""

    template = "assessments/costs_model.html"
    assessment: Assessment
    sheet: AnswerSheet
    scope: str
    """The approach."""
    name: str
    """Of the approach."""
    exchange: Exchange
    groups: Mapping[str, Sequence[Choice]]
    provider: prices.Provider | None
    q: str
    """What was searched for."""
    rows: Sequence[ModelToPick]
    total: int
    hidden: int
    """How many of the hits are retired."""
    as_of: str
    age: str
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CostsTuningPage(Context):
    """Every way to tune that a price is known of."""

    template = "assessments/costs_tuning.html"
    assessment: Assessment
    sheet: AnswerSheet
    scope: str
    """The approach."""
    name: str
    """Of the approach."""
    exchange: Exchange
    offers: Sequence[OfferRow]
    horizon: int
    """How many months the plan looks ahead."""
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CostsPricesPage(Context):
    """What has moved since prices were looked up."""

    template = "assessments/costs_prices.html"
    assessment: Assessment
    sheet: AnswerSheet
    exchange: Exchange
    moves: Sequence[MoveRow]
    shown: str
    """The mark of what is shown: nothing else is accepted."""
    newer: bool
    """Whether the list is of another day."""
    compared: Sequence[str]
    """The approaches whose model is in it."""
    gone: Sequence[str]
    """Those whose model is not."""
    as_of: str
    fault: str


@require_http_methods(PICKS)
def costs_model(request: HttpRequest, assessment_id: str, approach: str) -> HttpResponse:
    """The price list of one provider at a time, to be searched; a button copies a model's prices."""
    own, costs = approach_sheet(request, assessment_id, approach)
    if approach not in costs.added:
        return redirect("costs_detail", assessment_id)
    today = timezone.localdate()
    sent = request.POST if request.method == "POST" else request.GET
    in_use = model_named(str(costs.sheet.value("use_case.model") or ""), today) if approach == STATUS_QUO else None
    first = (in_use.provider, in_use.model) if in_use else (FIRST_PROVIDER, "")
    provider, words = (sent.get(key, now)[:80] for key, now in zip(("provider", "q"), first, strict=True))
    fault = ""
    if request.method == "POST":
        found = listed_model(costs.framework.market, provider, sent.get("model", "")[:200], today)
        ended = found and costs.framework.market.has_ended(found.provider, found.model, today)
        exchange = present_exchange(costs.sheet.document)
        if found and exchange.can_copy and not ended:
            take_model(costs.assessment, own.actor, approach, found, today)
            return _back(costs.assessment, approach, "g-prices")
        fault = _("That model is not in the price list. Choose one below, or type its prices by hand")
        if found:
            fault = _("That model has ended. Choose another one below") if ended else exchange.words
    models = listed_models(costs.framework.market, provider, today)
    hits = matching(models, words)
    rows = [row for row in present_models(hits, costs.framework.market, today, _horizon(costs)) if not row.retired]
    page = CostsModelPage(
        **_price_parts(costs, approach),
        groups=present_providers(prices.providers(), provider),
        provider=next((one for one in prices.providers() if one.key == provider), None),
        q=words,
        rows=rows[:MOST_SHOWN],
        total=len(rows),
        hidden=len(hits) - len(rows),
        as_of=day(prices.AS_OF),
        age=age_words(prices.AS_OF, today),
        fault=fault,
    )
    return render_page(request, page, status=422 if fault else 200)


@require_http_methods(PICKS)
def costs_tuning(request: HttpRequest, assessment_id: str, approach: str) -> HttpResponse:
    """Every way to tune that we know a price of, and whether it can be bought for as long as the plan looks ahead."""
    own, costs = approach_sheet(request, assessment_id, approach)
    if approach not in costs.added:
        return redirect("costs_detail", assessment_id)
    today, fault = timezone.localdate(), ""
    offers = present_offers(costs.framework, today, _horizon(costs))
    if request.method == "POST":
        key, exchange = request.POST.get("offer", ""), present_exchange(costs.sheet.document)
        known = any(row.key == key and row.can_be_taken for row in offers)
        if known and exchange.can_copy:
            offer = costs.framework.market.offer[key]
            take_offer(costs.assessment, own.actor, approach, offer, today)
            return _back(costs.assessment, approach, "g-training")
        fault = exchange.words if known else _("Choose one of the prices below that is not closed")
    page = CostsTuningPage(
        **_price_parts(costs, approach),
        offers=offers,
        horizon=_horizon(costs),
        fault=fault,
    )
    return render_page(request, page, status=422 if fault else 200)


@require_http_methods(PICKS)
def costs_prices(request: HttpRequest, assessment_id: str) -> HttpResponse:
    """What has moved since prices were looked up, old beside new; they change only when somebody says so."""
    own = access.own_assessment(request, assessment_id, "edit")
    assessment = own.assessment
    today, fault = timezone.localdate(), ""
    if request.method == "POST":
        if renew(assessment, own.actor, today, request.POST.get("shown", "")[:64]):
            return redirect("costs_detail", assessment_id)
        fault = _("The prices below are not the ones that this page had shown. Look again, then take them")
    costs = CostSheet(assessment, read_sheet(assessment))
    found = renewal(costs.draft, today)
    page = CostsPricesPage(
        assessment=assessment,
        sheet=costs.sheet,
        exchange=present_exchange(costs.sheet.document),
        moves=present_moves(costs.framework, [(move.approach, move.key, move.old, move.new) for move in found.moves]),
        shown=found.mark,
        newer=found.newer,
        compared=[approach_name(costs.framework, key) for key in found.compared],
        gone=[approach_name(costs.framework, key) for key in found.gone],
        as_of=day(prices.AS_OF),
        fault=fault,
    )
    return render_page(request, page, status=409 if fault else 200)


def _page_parts(costs: CostSheet, approach: str) -> dict[str, Any]:
    return {
        "assessment": costs.assessment,
        "sheet": costs.sheet,
        "scope": approach,
        "name": approach_name(costs.framework, approach),
    }


def _price_parts(costs: CostSheet, approach: str) -> dict[str, Any]:
    return _page_parts(costs, approach) | {"exchange": present_exchange(costs.sheet.document)}
