"""Assessments: listed, started from a document, read, copied, deleted and brought back."""

from dataclasses import fields
from typing import Any

from django.utils import timezone

from assessments import access
from assessments.access import OwnAssessment
from assessments.engine.fields import text_fault
from assessments.engine.json_text import quote
from assessments.engine.plain_text import plain_line
from assessments.engine.told import told_document
from assessments.framework import load_framework
from assessments.models import Assessment, ListEntry
from assessments.pages.problem import PathFault
from assessments.presenters.verdict import headline, headline_words
from assessments.services import assessments, list_entries, portfolio
from assessments.services.answer_sheet import read_sheet
from assessments.services.own_frameworks import framework_at, framework_for
from assessments.steps import progress

from . import asked, shapes
from .addresses import absolute
from .documents import checked_document
from .operation import DOCUMENT, OPERATIONS, Call, NotDone

LIST, ONE = "assessments", "assessments/<slug:assessment_id>"


@OPERATIONS.add("GET", LIST, opens="workspace", right="read", asks=asked.ListQuery, gives=shapes.AssessmentList)
def list_assessments(call: Call) -> shapes.AssessmentList:
    """The assessments of the workspace, a hundred at a time at most, narrowed as the portfolio is."""
    every, asked = access.assessments_of(call.opened.workspace), call.asked  # type: ignore[union-attr]
    while list_entries.bring_up_to_date(every):
        pass
    wanted = selection(asked)
    entries = access.list_entries_of(call.opened.workspace)  # type: ignore[union-attr]
    found = portfolio.selected(entries, wanted).order_by("assessment_id")
    if asked.after:
        found = found.filter(assessment_id__gt=asked.after.replace("\0", ""))
    rows = list(found[: asked.limit + 1])
    more = len(rows) > asked.limit
    shown = rows[: asked.limit]
    return shapes.AssessmentList(assessments=[_listed(call, one) for one in shown], next=shown[-1].pk if more else None)


def selection(asked: Any) -> portfolio.Selection:
    """What a query asks for. What no list can be narrowed by is refused rather than left out."""
    names = [field.name for field in fields(portfolio.Selection) if field.name in asked.__struct_fields__]
    said = {name: getattr(asked, name) for name in names if getattr(asked, name)}
    framework = load_framework()
    wanted, can_be = portfolio.read_selection(said, framework), portfolio.what_can_be_asked(framework)
    faults = [
        PathFault(path=name, sentence=f"{quote(value[:40])} is none of what this can be: {', '.join(can_be[name])}")
        for name, value in said.items()
        if name != "q" and getattr(wanted, name) != value
    ]
    if faults:
        raise NotDone(422, "There is a problem", "The list cannot be narrowed like that.", faults)
    return wanted


def _listed(call: Call, entry: ListEntry) -> shapes.ListedAssessment:
    framework = framework_at(entry.assessment.framework)
    verdict = headline_words(framework, entry.approach or None, entry.action or "not_yet", wording=entry.wording)
    return shapes.ListedAssessment(
        id=entry.pk,
        name=entry.name,
        url=absolute(call.request, "overview", entry.pk),
        framework=framework.key,
        framework_title=framework.title,
        changed_at=entry.at,
        verdict=verdict,
        approach=entry.approach,
        action=entry.action or "not_yet",
        settled=entry.settled,
        answered=entry.answered,
        questions=entry.questions,
        reasons_for=entry.reasons_for,
        reasons_against=entry.reasons_against,
        labelled=entry.labelled,
        payback_months=entry.payback_months,
    )


@OPERATIONS.add(
    "POST",
    LIST,
    opens="workspace",
    right="edit",
    sends=DOCUMENT,
    asks=asked.StartQuery,
    gives=shapes.AssessmentAnswer,
    status=201,
    again=True,
    like="start",
)
def start_assessment(call: Call) -> shapes.AssessmentAnswer:
    """A new assessment from a document; one with nothing but a name is enough."""
    workspace = call.token.membership.workspace
    framework = framework_for(workspace)
    raw = checked_document(call.sent, framework)
    if call.asked.told_by_agent:
        raw = told_document(raw, timezone.now())
    return _told(call, assessments.start_from_document(workspace, "", call.actor, framework, raw))


@OPERATIONS.add("GET", ONE, opens="assessment", right="read", gives=shapes.AssessmentAnswer)
def read_assessment(call: Call) -> shapes.AssessmentAnswer:
    """One assessment: what it comes to, how far it is, and where people read it."""
    return _told(call, call.own.assessment)


@OPERATIONS.add("DELETE", ONE, opens="assessment", right="delete", gives=None, status=204)
def delete_assessment(call: Call) -> None:
    """Puts an assessment away. It can be brought back for a week."""
    assessments.delete(call.own.assessment, call.actor)


@OPERATIONS.add("POST", f"{ONE}/restore", opens="deleted assessment", right="delete", gives=shapes.AssessmentAnswer)
def restore_assessment(call: Call) -> shapes.AssessmentAnswer:
    """Brings back what was deleted less than a week ago."""
    assessments.restore(call.own.assessment, call.actor)
    return _told(call, call.own.assessment)


@OPERATIONS.add(
    "POST",
    f"{ONE}/copy",
    opens="assessment",
    right="edit",
    sends=asked.SentName,
    gives=shapes.AssessmentAnswer,
    status=201,
    again=True,
    like="copy",
)
def copy_assessment(call: Call) -> shapes.AssessmentAnswer:
    """A new assessment that says the same under another name."""
    name = plain_line(call.sent.name)
    if fault := text_fault(name) or ("" if name.strip() else "is empty"):
        raise NotDone(422, "There is a problem", f"The name {fault}. Nothing was changed.")
    source = call.own.assessment
    return _told(call, assessments.copy(source, source.workspace, "", call.actor, name=name))


@OPERATIONS.add("GET", f"{ONE}/document", opens="assessment", right="export", gives=dict[str, Any], like="export")
def read_document(call: Call) -> dict[str, Any]:
    """The whole assessment as a document, as it is exported."""
    return read_sheet(call.own.assessment).raw


def _told(call: Call, assessment: Assessment) -> shapes.AssessmentAnswer:
    sheet = read_sheet(assessment)
    how_far, verdict = progress(sheet), sheet.verdict
    role = call.opened.role if isinstance(call.opened, OwnAssessment) else call.token.membership.role
    return shapes.AssessmentAnswer(
        id=assessment.pk,
        name=sheet.name,
        url=absolute(call.request, "overview", assessment.pk),
        result_url=absolute(call.request, "result", assessment.pk),
        role=role,
        framework=assessment.framework,
        framework_title=sheet.framework.title,
        created_at=assessment.created_at,
        changed_at=assessment.changed_at,
        verdict=headline(verdict).title,
        approach=verdict.approach,
        action=verdict.action,
        answered=how_far.answered,
        questions=how_far.of,
    )
