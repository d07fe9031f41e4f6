"""Labelling failures in the app: pasting, one failure at a time, what two people differ on, and the counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from assessments import access
from assessments.access import OwnAssessment
from assessments.engine.plain_text import plain_text
from assessments.framework import Framework
from assessments.models import Assessment
from assessments.pages.context import Context, render_page
from assessments.presenters.blind import BlindPerson, DisputeView
from assessments.presenters.formats import number
from assessments.presenters.labelling import (
    AgreementView,
    CountRow,
    ModeChoice,
    count_rows,
    left_out_words,
    mode_choices,
    mode_name,
    present_agreement,
    present_labellers,
)
from assessments.rights import Right
from assessments.services import evidence
from assessments.services import labelling as service
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.labelling import Labelling, LabellingRefused, labeller_of, labelling_of

_KEYS_OFF = "label_keys_off"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabellingPage(Context):
    """Where failures are pasted, how far everybody is, and what came of it."""

    template = "assessments/labelling.html"
    assessment: Assessment
    may: Mapping[Right, bool]
    sheet: AnswerSheet
    failures: int
    labellers: Sequence[BlindPerson]
    next: int | None
    """The failure that comes next for this person; None where they are through, or two others label."""
    has_begun: bool
    is_open: bool
    """Whether everybody who began is through, and so is this person, if they may label."""
    wants_second: bool
    agreement: AgreementView | None
    disputes: Sequence[DisputeView]
    unsettled: int
    counts: Sequence[CountRow]
    counted: int
    left_out: str
    most: str
    pasted: str = ""
    """What was typed, where it could not be taken."""
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelPage(Context):
    """One failure to label."""

    template = "assessments/label_failure.html"
    assessment: Assessment
    sheet: AnswerSheet
    text: str
    modes: Sequence[ModeChoice]
    chosen: str | None
    """What this person called it before; None where they have not."""
    done: int
    of: int
    keys: bool
    """Whether keys choose."""
    may_undo: bool
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveFailuresPage(Context):
    """What is asked before the pasted failures are removed."""

    template = "assessments/labelling_remove.html"
    assessment: Assessment
    sheet: AnswerSheet
    failures: int


@require_http_methods(["GET", "HEAD", "POST"])
def labelling(request: HttpRequest, assessment_id: str) -> HttpResponse:
    if request.method != "POST":
        return _page(request, access.own_assessment(request, assessment_id, "read"))
    if "import" in request.POST:
        return _from_import(request, assessment_id, request.POST["import"])
    own = access.own_assessment(request, assessment_id, "edit")
    pasted = plain_text(request.POST.get("failures", "").replace("\0", ""))
    try:
        new = service.paste(own.assessment, own.actor, pasted)
    except LabellingRefused as refused:
        return _page(request, own, pasted=pasted, fault=str(refused), status=422)
    messages.success(request, ngettext("One new failure.", "{n} new failures.", new).format(n=new))
    return redirect("labelling", assessment_id)


def _from_import(request: HttpRequest, assessment_id: str, import_id: str) -> HttpResponse:
    """Takes over the failures of a file; the import keeps how many there were, and no text."""
    if not (import_id.isascii() and import_id.isdecimal() and len(import_id) < 19):
        raise Http404
    own, imported = access.own_import(request, assessment_id, int(import_id), "edit")
    texts = [text for found in evidence.what_was_read(imported).found for text in found.texts]
    try:
        new = service.take_in(own.assessment, own.actor, [plain_text(text.replace("\0", "")) for text in texts])
    except LabellingRefused as refused:
        messages.error(request, str(refused))
        return redirect("evidence_import", assessment_id, imported.pk)
    evidence.decide_on(imported, own.actor, [])
    messages.success(request, ngettext("One new failure.", "{n} new failures.", new).format(n=new))
    return redirect("labelling", assessment_id)


def _page(
    request: HttpRequest, own: OwnAssessment, *, pasted: str = "", fault: str = "", status: int = 200
) -> HttpResponse:
    sheet, found, you = read_sheet(own.assessment), labelling_of(own.assessment), labeller_of(own.actor)
    following = found.next_for(you)
    may_label = own.may("edit") and (you in found.names or len(found.names) < service.MOST_LABELLERS)
    is_open = found.is_open and not (may_label and following)
    untold = sum(not one.mode and not one.is_disputed for one in found.failures) if is_open else 0
    page = LabellingPage(
        assessment=own.assessment,
        may=own.rights,
        sheet=sheet,
        failures=len(found.failures),
        labellers=present_labellers(
            found.names, {key: found.done(key) for key in found.names}, len(found.failures), you
        ),
        next=following.pk if following and may_label else None,
        has_begun=you in found.names,
        is_open=is_open,
        wants_second=is_open and len(found.names) < service.MOST_LABELLERS and own.actor is not None,
        agreement=present_agreement(sheet.framework, found.agreement) if found.agreement else None,
        disputes=_disputes(sheet.framework, found),
        unsettled=found.unsettled,
        counts=count_rows(sheet.framework, found.counts, sheet.document.failures) if is_open else (),
        counted=sum(found.counts.values()),
        left_out=left_out_words(found.unsettled, untold),
        most=number(service.MOST_FAILURES),
        pasted=pasted,
        fault=fault,
    )
    return render_page(request, page, status=status)


def _disputes(framework: Framework, found: Labelling) -> Sequence[DisputeView]:
    return [
        DisputeView(
            name=f"settle-{one.pk}",
            text=one.text,
            said=[
                f"{found.names[key]}: {mode_name(framework, one.labels[key])}"
                for key in found.names
                if key in one.labels
            ],
            choices=[("", _("Not settled")), *((mode.value, mode.label) for mode in mode_choices(framework))],
            settled=one.settled,
        )
        for one in found.disputed
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def label_failure(request: HttpRequest, assessment_id: str, failure_id: int) -> HttpResponse:
    own = access.own_assessment(request, assessment_id, "edit")
    found = labelling_of(own.assessment)
    if "undo" in request.POST:
        return _undo(request, own)
    if not any(one.pk == failure_id for one in found.failures):
        raise Http404
    if "keys" in request.POST:
        request.session[_KEYS_OFF] = not request.session.get(_KEYS_OFF, False)
        return redirect("label_failure", assessment_id, failure_id)
    if request.method != "POST":
        return _one(request, own, found, failure_id)
    mode = request.POST.get("mode")
    if mode is None or (mode and mode not in service.modes_of(read_sheet(own.assessment).framework)):
        fault = _("Choose what went wrong, or that you cannot tell")
        return _one(request, own, found, failure_id, fault=fault, status=422)
    try:
        service.label(own.assessment, own.actor, failure_id, mode)
    except LabellingRefused as refused:
        messages.error(request, str(refused))
        return redirect("labelling", assessment_id)
    following = labelling_of(own.assessment).next_for(labeller_of(own.actor), after=failure_id)
    return redirect("label_failure", assessment_id, following.pk) if following else redirect("labelling", assessment_id)


def _undo(request: HttpRequest, own: OwnAssessment) -> HttpResponse:
    try:
        back = service.undo(own.assessment, own.actor)
    except LabellingRefused as refused:
        messages.error(request, str(refused))
        back = None
    return redirect("label_failure", own.assessment.pk, back) if back else redirect("labelling", own.assessment.pk)


def _one(
    request: HttpRequest, own: OwnAssessment, found: Labelling, failure_id: int, *, fault: str = "", status: int = 200
) -> HttpResponse:
    sheet, you = read_sheet(own.assessment), labeller_of(own.actor)
    one = next(one for one in found.failures if one.pk == failure_id)
    page = LabelPage(
        assessment=own.assessment,
        sheet=sheet,
        text=one.text,
        modes=mode_choices(sheet.framework),
        chosen=one.labels.get(you),
        done=found.done(you),
        of=len(found.failures),
        keys=not request.session.get(_KEYS_OFF, False),
        may_undo=found.done(you) > 0 and not found.are_compared,
        fault=fault,
    )
    return render_page(request, page, status=status)


@require_POST
def settle_labels(request: HttpRequest, assessment_id: str) -> HttpResponse:
    own = access.own_assessment(request, assessment_id, "edit")
    modes = service.modes_of(read_sheet(own.assessment).framework)
    sent = {name.removeprefix("settle-"): value for name, value in request.POST.items() if name.startswith("settle-")}
    chosen = {int(pk): str(mode) for pk, mode in sent.items() if pk.isascii() and pk.isdecimal() and len(pk) < 19}
    chosen = {pk: mode for pk, mode in chosen.items() if mode in modes}
    service.settle(own.assessment, own.actor, chosen)
    return redirect("labelling", assessment_id)


@require_POST
def count_labels(request: HttpRequest, assessment_id: str) -> HttpResponse:
    """Makes the counts answers."""
    own = access.own_assessment(request, assessment_id, "edit")
    try:
        service.use_counts(own.assessment, own.actor, keep_texts="keep" in request.POST)
    except LabellingRefused as refused:
        messages.error(request, str(refused))
        return redirect("labelling", assessment_id)
    messages.success(request, _("The counts are the answers now."))
    return redirect("section", assessment_id, "diagnosis")


@require_http_methods(["GET", "HEAD", "POST"])
def remove_failures(request: HttpRequest, assessment_id: str) -> HttpResponse:
    own = access.own_assessment(request, assessment_id, "edit")
    if request.method == "POST":
        service.remove_texts(own.assessment, own.actor)
        messages.success(request, _("Removed. Counts that were taken over stay."))
        return redirect("labelling", assessment_id)
    page = RemoveFailuresPage(
        assessment=own.assessment,
        sheet=read_sheet(own.assessment),
        failures=own.assessment.failure_texts.count(),
    )
    return render_page(request, page)
