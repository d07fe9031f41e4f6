"""Saves one value while somebody works: an htmx request from the value's own card, on whichever page that is."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments import access, steps
from assessments.engine.fields import field_at
from assessments.engine.origins import CASE
from assessments.forms.values import FormatError, read_entry, seen_in, told_as_read, typed_over_our_range
from assessments.framework import QUICK, Question, Section
from assessments.framework.schema import Field
from assessments.http import HtmxHttpRequest
from assessments.models import Assessment
from assessments.pages.asides import section_asides
from assessments.pages.context import Context, render_page
from assessments.pages.cost_page import CostSheet, costs_url
from assessments.pages.fields import answer_control, in_conflict, refold, refusal_words
from assessments.pages.language import own_money, reader_language, tell_reading
from assessments.pages.saved import AnswerSaved, NumberSaved, ValueInConflict, ValueRefused
from assessments.presenters.control import Control
from assessments.presenters.currency import PATHS as MONEY_PATHS
from assessments.presenters.panel import present_panel
from assessments.presenters.verdict import headline
from assessments.services.answer_sheet import CURRENCY, AnswerSheet, read_sheet
from assessments.services.cost_draft import FORM
from assessments.services.costs import enter
from assessments.services.own_frameworks import framework_at
from assessments.services.values import Saving, ValuesRefused
from assessments.services.values import confirm_told as confirm


@require_POST
def save(request: HtmxHttpRequest, assessment_id: str, path: str) -> HttpResponse:
    own = access.own_assessment(request, assessment_id, "edit")
    assessment, posted, language = own.assessment, request.POST, reader_language(request)
    field = field_at(framework_at(assessment.framework), path)
    if field is None or field.kind == "tick" or not (isinstance(field, Question) or path.startswith(FORM)):
        raise Http404
    try:
        entry = read_entry(field, posted, language, lambda: own_money(read_sheet(assessment)))
        saving = enter(assessment, own.actor, [entry], act="change_costs" if path.startswith(FORM) else "answer")
    except FormatError as error:
        return _refused(request, field, error)
    except ValuesRefused as error:
        return _refused(request, field, FormatError(field.key, refusal_words(path, error)))
    if outcome := saving.conflicts.get(path):
        shown = _control(assessment, saving.after, field)
        return _conflict(request, assessment, in_conflict(saving.after.framework, shown, posted, outcome, own.actor))
    read_as = told_as_read(field, posted, language)
    if not request.htmx:
        tell_reading(request, field.label, read_as)
        return redirect(_page_of(assessment, saving.after, field))
    if isinstance(field, Question):
        saved: Context = _answer_saved(assessment, saving, field, read_as, on_quick=posted.get("from") == QUICK)
    else:
        gone = typed_over_our_range(field.key, posted)
        saved = _number_saved(assessment, saving, field, read_as, range_gone=gone)
    response = render_page(request, saved)
    if path == CURRENCY:
        response["HX-Refresh"] = "true"  # every amount on the page is shown in it
    return response


@require_POST
def confirm_told(request: HttpRequest, assessment_id: str, path: str) -> HttpResponse:
    """What an agent told becomes the answer of the person who confirms it, as their page showed it."""
    own = access.own_assessment(request, assessment_id, "edit")
    field = field_at(framework_at(own.assessment.framework), path)
    if field is None:
        raise Http404
    saving = confirm(own.assessment, own.actor, path, seen_in(request.POST.get("seen", "")))
    if saving.conflicts:
        said = _("{label} was changed meanwhile. Look at it again before you confirm it.")
        messages.error(request, said.format(label=field.label))
    if request.POST.get("page") == "review":
        return redirect(
            f"{reverse('review', args=[assessment_id])}#{field.key if isinstance(field, Question) else 'told'}"
        )
    return redirect(f"{_page_of(own.assessment, saving.after, field)}#q-{field.key}")


def _scope(field: Field) -> str:
    """The case, or the approach that a number of the costs belongs to."""
    return field.place.removeprefix(FORM) if field.place.startswith(FORM) else CASE


def _control(assessment: Assessment, sheet: AnswerSheet, field: Field) -> Control:
    if isinstance(field, Question):
        return answer_control(field, sheet)
    return CostSheet(assessment, sheet).control(_scope(field), field)


def _page_of(assessment: Assessment, sheet: AnswerSheet, field: Field) -> str:
    if isinstance(field, Question):
        return reverse("section", args=[assessment.id, sheet.framework.section_of[field.key].key])
    return costs_url(assessment, _scope(field))


def _answer_saved(
    assessment: Assessment, saving: Saving, question: Question, read_as: str, *, on_quick: bool
) -> AnswerSaved:
    framework, sheet = saving.after.framework, saving.after
    section = framework.quick if on_quick else framework.section_of[question.key]
    panel, progress = present_panel(sheet.verdict, sheet.stability, timezone.localdate()), steps.progress(sheet)
    news = headline(sheet.verdict).title
    moved = sheet.verdict.has_begun and news != headline(saving.before.verdict).title
    stored = sheet.values.get(question.path)
    return AnswerSaved(
        assessment=assessment,
        field=answer_control(question, sheet),
        panel=panel,
        noted=_noted(saving, section, question),
        moved=_moved(saving, section),
        refolded=refold(saving, section),
        announcement=panel.announcement if moved else "",
        progress=progress,
        status=steps.status_of(section, sheet),
        saved_at=stored.changed_at if stored else assessment.changed_at,
        read_as=read_as,
        stood_by=saving.has_stood_by(question.path),
        **section_asides(assessment, sheet, section.key),
    )


def _noted(saving: Saving, section: Section, saved: Question) -> list[Control]:
    """The controls of this section whose contradictions may have come or gone, or what is said of the currency."""
    findings = (*saving.before.verdict.findings, *saving.after.verdict.findings)
    keys = {key for finding in findings if finding.kind == "contradiction" for key in finding.keys}
    if saved.path in MONEY_PATHS:
        keys |= {path.rpartition(".")[2] for path in MONEY_PATHS}
    return [answer_control(question, saving.after) for question in section.questions if question.key in keys]


def _moved(saving: Saving, section: Section) -> list[Control]:
    """The numbers of this section that the rows beside them give."""
    before, after = saving.before.document.derived, saving.after.document.derived
    questions = [question for question in section.questions if question.kind == "number" and question.derived]
    return [answer_control(one, saving.after) for one in questions if before.get(one.path) != after.get(one.path)]


def _number_saved(
    assessment: Assessment, saving: Saving, field: Field, read_as: str, *, range_gone: bool
) -> NumberSaved:
    scope = _scope(field)
    before, after = (CostSheet(assessment, sheet) for sheet in (saving.before, saving.after))
    beside, old = after.beside(scope), before.announced(scope)
    news = beside["figures"].announcement if beside["figures"] else ""
    return NumberSaved(
        **beside,
        field=after.control(scope, field),
        also=[
            after.control(scope, other)
            for other in after.fields(scope)
            if other != field and before.draft.stated.get(other.path) != after.draft.stated.get(other.path)
        ],
        range_gone=range_gone,
        announcement="" if old == news else news,
        saved_at=saving.at,
        read_as=read_as,
    )


def _refused(request: HttpRequest, field: Field, error: FormatError) -> HttpResponse:
    place = field.key if field.kind in ("numbers", "rows") else error.field
    page = ValueRefused(
        key=field.key, error_field=place, sentence=error.sentence, asks=bool(field.prefix), ways=error.ways
    )
    response = render_page(request, page, status=422)
    response.headers["HX-Reswap"] = "none"
    return response


def _conflict(request: HttpRequest, assessment: Assessment, shown: Control) -> HttpResponse:
    scope = "" if isinstance(shown.question, Question) else _scope(shown.question)
    response = render_page(request, ValueInConflict(assessment=assessment, field=shown, scope=scope), status=409)
    response.headers["HX-Retarget"] = f"#q-{shown.key}"
    response.headers["HX-Reswap"] = "outerHTML"
    return response
