"""The first page: what the product does, and a sample of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments import access
from assessments.framework import load_framework
from assessments.presenters.panel import present_panel
from assessments.presenters.verdict import figures, headline
from assessments.services.answer_sheet import read_sheet

SAMPLE = "task-api"


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    sample = access.samples().filter(sample=SAMPLE).first()
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
