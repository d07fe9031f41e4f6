"""The method page: every rule, weight and threshold in force, with its source."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.framework import load_framework
from assessments.presenters.back_test import present_back_test
from assessments.presenters.method import present_method


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    framework = load_framework()
    view = present_method(framework.key)
    context = {
        "nav": "method",
        "method": view,
        "findings": [("Misuses of tuning", view.misuses), ("Answers that contradict each other", view.contradictions)],
        "published": present_back_test(framework),
    }
    return render(request, "assessments/method.html", context)
