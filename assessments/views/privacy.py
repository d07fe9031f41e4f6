"""What is stored, where, and for how long."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.models.assessment import UNDO_FOR


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "assessments/privacy.html", {"undo_days": UNDO_FOR.days})
