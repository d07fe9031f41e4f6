"""How long a pasted prompt is: counted and forgotten. Only a number is kept, if somebody wants it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments import access
from assessments.engine.economics.tokens import LONGEST_PROMPT, TokenEstimate, estimate_tokens
from assessments.http import HtmxHttpRequest
from assessments.models import Assessment
from assessments.pages.context import Context, render_page
from assessments.presenters.cost_form import approach_name
from assessments.presenters.formats import number
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.cost_draft import PROMPT, CostDraft
from assessments.services.cost_prices import take_count
from assessments.services.costs import enter
from assessments.services.values import entry_on

from .cost_picks import PICKS, approach_sheet

_MOST = LONGEST_PROMPT * 2


@dataclass(frozen=True, slots=True, kw_only=True)
class CountTokensPage(Context):
    """How long a pasted prompt is."""

    template = "assessments/count_tokens.html"
    assessment: Assessment
    sheet: AnswerSheet
    scope: str
    """The approach; empty where it is asked for in the use case."""
    name: str
    """What the number is for."""
    here: str
    """The address of this page."""
    back: str
    """Where the number is asked for."""
    prompt: str
    estimate: TokenEstimate | None
    counted: Mapping[str, str] | None
    """The estimate in words."""
    fault: str


@require_http_methods(PICKS)
def prompt_tokens(request: HtmxHttpRequest, assessment_id: str) -> HttpResponse:
    """Of today's prompt, for the use case."""
    own = access.own_assessment(request, assessment_id, "edit")
    sheet = read_sheet(own.assessment)

    def take(tokens: int) -> None:
        enter(own.assessment, own.actor, [entry_on(sheet, PROMPT, tokens, "token_count")], act="count_tokens")

    back = reverse("section", args=[assessment_id, "use_case"]) + "#q-prompt_tokens"
    parts = {"assessment": own.assessment, "sheet": sheet, "scope": "", "name": _("Today's prompt")}
    return _count(request, parts | {"here": reverse("prompt_tokens", args=[assessment_id]), "back": back}, take)


@require_http_methods(PICKS)
def costs_tokens(request: HtmxHttpRequest, assessment_id: str, approach: str) -> HttpResponse:
    """Of the text that an approach repeats."""
    own, costs = approach_sheet(request, assessment_id, approach)
    if approach not in CostDraft(costs.sheet).added:
        return redirect("costs_detail", assessment_id)
    name, addressed = approach_name(costs.framework, approach), [assessment_id, approach]
    parts = {"assessment": own.assessment, "sheet": costs.sheet, "scope": approach, "name": name}
    parts["here"] = reverse("costs_tokens", args=addressed)
    parts["back"] = reverse("costs_approach", args=addressed) + "#q-cacheable_tokens"
    return _count(request, parts, lambda tokens: take_count(own.assessment, own.actor, approach, tokens))


def _count(request: HtmxHttpRequest, parts: dict[str, Any], take: Callable[[int], object]) -> HttpResponse:
    posted, estimate, fault = request.POST, None, ""
    tokens = posted.get("tokens", "")
    if tokens.isascii() and tokens.isdecimal() and 0 < int(tokens[:9]) <= _MOST:
        take(int(tokens[:9]))
        return redirect(parts["back"])
    prompt = posted.get("prompt", "")
    if request.method == "POST":
        if not prompt.strip():
            fault = _("Paste the prompt first")
        elif len(prompt) > LONGEST_PROMPT:
            fault = _("The prompt has {n} characters; at most {most} can be counted").format(
                n=number(len(prompt)), most=number(LONGEST_PROMPT)
            )
        else:
            estimate = estimate_tokens(prompt)
    counted = {"least": number(estimate.least), "likely": number(estimate.likely)} if estimate else None
    page = CountTokensPage(**parts, prompt=prompt, estimate=estimate, counted=counted, fault=fault)
    return render_page(request, page, part="count" if request.htmx else "", status=422 if fault else 200)
