"""The first page: what the product does, and a sample of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from assessments import access
from assessments.framework import Framework
from assessments.models import Assessment
from assessments.pages.context import Context, render_page
from assessments.presenters.panel import TreeStep, tree_steps
from assessments.presenters.verdict import Headline, KeyFigure, figures, headline
from assessments.services.answer_sheet import read_sheet
from assessments.services.own_frameworks import framework_at

SAMPLE = "task-api"


@dataclass(frozen=True, slots=True, kw_only=True)
class LandingPage(Context):
    """What the product does, and a sample of it where there is one."""

    template = "assessments/landing.html"
    framework: Framework
    sample: Assessment | None = None
    sample_name: str = ""
    sample_headline: Headline | None = None
    sample_figures: Sequence[KeyFigure] = ()
    sample_steps: Sequence[TreeStep] = ()


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    framework, sample = framework_at(), access.samples().filter(sample=SAMPLE).first()
    if sample is None:
        return render_page(request, LandingPage(framework=framework))
    sheet = read_sheet(sample)
    page = LandingPage(
        framework=framework,
        sample=sample,
        sample_name=sheet.name,
        sample_headline=headline(sheet.verdict),
        sample_figures=figures(sheet.verdict),
        sample_steps=tree_steps(sheet.verdict, sheet.document),
    )
    return render_page(request, page)
