"""The market: where a tune can be bought and what base models cost, narrowed by what somebody looks for."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.pages.context import Context, render_page
from assessments.presenters.market import MarketView, present_market
from assessments.services.market import framework_in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketPage(Context):
    """The offers and base models that somebody looks for."""

    template = "assessments/market.html"
    page: MarketView


@require_safe
def market(request: HttpRequest) -> HttpResponse:
    found = present_market(framework_in_force(), request.GET.dict(), timezone.localdate())
    return render_page(request, MarketPage(page=found))
