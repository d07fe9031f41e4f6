"""The floors: a view that writes one row and its event of the audit trail, a page with one read, the smallest PDF."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from assessments.models import Assessment
from assessments.services import audit
from ftdecide import urls


def write(request: HttpRequest, assessment_id: str) -> HttpResponse:
    with transaction.atomic():
        Assessment.objects.filter(pk=assessment_id).update(changed_at=timezone.now())
        audit.record(assessment_id, "answer", about=assessment_id)
    return HttpResponse()


def read(request: HttpRequest, assessment_id: str) -> HttpResponse:
    return render(request, "base.html", {"assessment": Assessment.objects.get(pk=assessment_id)})


urlpatterns = [
    path("floor/write/<slug:assessment_id>/", write),
    path("floor/read/<slug:assessment_id>/", read),
    *urls.urlpatterns,
]


def smallest_pdf() -> bytes:
    import weasyprint

    pdf: bytes = weasyprint.HTML(string="<p>A").write_pdf()
    return pdf
