"""The first page: what the product does, and a sample of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.acts import act
from assessments.framework import load_framework
from assessments.models import Assessment
from assessments.presenters.panel import present_panel
from assessments.presenters.verdict import figures, headline
from assessments.services.answer_sheet import read_sheet

SAMPLE = "task-api"


@act("visit")
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    sample = Assessment.objects.filter(sample=SAMPLE, deleted_at=None).first()
    context: dict[str, Any] = {"framework": load_framework()}
    if sample:
        sheet = read_sheet(sample)
        context |= {
            "sample": sample,
            "sample_name": sheet.name,
            "sample_headline": headline(sheet.verdict),
            "sample_figures": figures(sheet.verdict),
            "sample_panel": present_panel(sheet.verdict, sheet.document),
        }
    return render(request, "assessments/landing.html", context)
