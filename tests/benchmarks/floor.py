"""The floors: an empty view with one write, a page with one read, the smallest PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from assessments.models import Assessment
from ftdecide import urls


def write(request: HttpRequest, assessment_id: str) -> HttpResponse:
    Assessment.objects.filter(pk=assessment_id).update(changed_at=timezone.now())
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
