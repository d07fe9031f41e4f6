"""Every address of the site."""

from django.urls import include, path

from assessments.views import (
    answer,
    appearance,
    assessments,
    check,
    checks,
    compare,
    delete,
    document,
    errors,
    landing,
    matrix,
    method,
    overview,
    portfolio,
    portfolio_files,
    precedents,
    privacy,
    result,
    sample,
    section,
    share,
    whatif,
)

urlpatterns = [
    path("", landing.landing, name="landing"),
    path("precedents/", precedents.precedents, name="precedents"),
    path("method/", method.method, name="method"),
    path("accounts/", include("allauth.urls")),
    path("privacy/", privacy.privacy, name="privacy"),
    path("appearance/", appearance.choose, name="appearance"),
    path("a/", assessments.start, name="start"),
    path("assessments/", assessments.listing, name="assessments"),
    path("import/", document.import_document, name="import"),
    path("a/<slug:assessment_id>/", overview.overview, name="overview"),
    path("a/<slug:assessment_id>/check/", check.check, name="check"),
    path("a/<slug:assessment_id>/result/", result.own_result, name="result"),
    path("a/<slug:assessment_id>/report.pdf", result.own_report, name="report"),
    path("a/<slug:assessment_id>/document.json", document.export_document, name="export"),
    path("a/<slug:assessment_id>/delete/", delete.delete, name="delete"),
    path("a/<slug:assessment_id>/restore/", delete.restore, name="restore"),
    path("a/<slug:assessment_id>/whatif/", whatif.whatif, name="whatif"),
    path("a/<slug:assessment_id>/matrix/", matrix.change_matrix, name="matrix"),
    path("a/<slug:assessment_id>/link/", share.make_link, name="make_link"),
    path("a/<slug:assessment_id>/link/off/", share.switch_off, name="switch_off"),
    path("a/<slug:assessment_id>/answers/<slug:key>/", answer.save, name="answer"),
    path("a/<slug:assessment_id>/checks/", checks.save_checks, name="checks"),
    path("a/<slug:assessment_id>/<slug:section_key>/", section.section, name="section"),
    path("w/<slug:workspace_id>/", portfolio.portfolio, name="portfolio"),
    path("w/<slug:workspace_id>/compare/", compare.compare, name="compare"),
    path("w/<slug:workspace_id>/portfolio.csv", portfolio_files.as_csv, name="portfolio_csv"),
    path("w/<slug:workspace_id>/portfolio.xlsx", portfolio_files.as_workbook, name="portfolio_workbook"),
    path("w/<slug:workspace_id>/portfolio.pdf", portfolio_files.as_page, name="portfolio_page"),
    path("r/<slug:token>/", share.shared_result, name="shared_result"),
    path("r/<slug:token>/report.pdf", share.shared_report, name="shared_report"),
    path("samples/<slug:sample>/", sample.sample_result, name="sample"),
    path("samples/<slug:sample>/report.pdf", sample.sample_report, name="sample_report"),
    path("samples/<slug:sample>/copy/", sample.copy_sample, name="copy_sample"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
