"""Every address of the site."""

from django.urls import path

from assessments.views import (
    answer,
    appearance,
    assessments,
    check,
    checks,
    cost_picks,
    costs_detail,
    delete,
    document,
    errors,
    landing,
    matrix,
    method,
    overview,
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
    path("privacy/", privacy.privacy, name="privacy"),
    path("appearance/", appearance.choose, name="appearance"),
    path("a/", assessments.start, name="start"),
    path("assessments/", assessments.listing, name="assessments"),
    path("import/", document.import_document, name="import"),
    path("a/<slug:assessment_id>/", overview.overview, name="overview"),
    path("a/<slug:assessment_id>/check/", check.check, name="check"),
    path("a/<slug:assessment_id>/result/", result.own_result, name="result"),
    path("a/<slug:assessment_id>/chances/", result.own_chances, name="chances"),
    path("a/<slug:assessment_id>/figures/<str:file>", result.own_figures, name="figures"),
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
    path("a/<slug:assessment_id>/costs/detail/", costs_detail.costs_detail, name="costs_detail"),
    path("a/<slug:assessment_id>/costs/detail/prices/", cost_picks.costs_prices, name="costs_prices"),
    path("a/<slug:assessment_id>/costs/detail/<slug:approach>/", costs_detail.costs_approach, name="costs_approach"),
    path("a/<slug:assessment_id>/costs/detail/<slug:approach>/model/", cost_picks.costs_model, name="costs_model"),
    path("a/<slug:assessment_id>/costs/detail/<slug:approach>/tuning/", cost_picks.costs_tuning, name="costs_tuning"),
    path("a/<slug:assessment_id>/costs/detail/<slug:approach>/tokens/", cost_picks.costs_tokens, name="costs_tokens"),
    path(
        "a/<slug:assessment_id>/costs/detail/<slug:approach>/numbers/<slug:key>/",
        costs_detail.save_number,
        name="costs_number",
    ),
    path("a/<slug:assessment_id>/<slug:section_key>/", section.section, name="section"),
    path("r/<slug:token>/", share.shared_result, name="shared_result"),
    path("r/<slug:token>/chances/", share.shared_chances, name="shared_chances"),
    path("r/<slug:token>/figures/<str:file>", share.shared_figures, name="shared_figures"),
    path("r/<slug:token>/report.pdf", share.shared_report, name="shared_report"),
    path("samples/<slug:sample>/", sample.sample_result, name="sample"),
    path("samples/<slug:sample>/chances/", sample.sample_chances, name="sample_chances"),
    path("samples/<slug:sample>/figures/<str:file>", sample.sample_figures, name="sample_figures"),
    path("samples/<slug:sample>/report.pdf", sample.sample_report, name="sample_report"),
    path("samples/<slug:sample>/copy/", sample.copy_sample, name="copy_sample"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
