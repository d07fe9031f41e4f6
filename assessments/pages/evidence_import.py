"""The page of one import, put together: what was read, what only people can say, figures, and what is proposed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.access import OwnAssessment
from assessments.engine.measured.found import FileFound, WhatWasRead
from assessments.framework import Framework, Question
from assessments.models import Assessment, EvidenceImport, ImportState
from assessments.presenters.control import Conflict, Control
from assessments.presenters.imports import came_before_words, present_import
from assessments.presenters.measured.changes import present_changes
from assessments.presenters.measured.choices import ChoicesView, present_choices
from assessments.presenters.measured.logs import present_failure_log, present_right_answers
from assessments.presenters.measured.proposals import ProposalsView, changes_since, saved_words
from assessments.presenters.measured.read import FileRead, RefusedFile, present_read, present_refused
from assessments.presenters.measured.runs import RunTerms, present_run
from assessments.presenters.measured.shown import ToldFigures
from assessments.presenters.measured.training import present_training
from assessments.rights import Right
from assessments.services import evidence, same_evidence
from assessments.services.answer_sheet import AnswerSheet

from .context import Context
from .fields import answer_control
from .proposals import proposals_in, proposals_view

TARGETS = "targets"
TUNED = ("tuned", "tuned_retrieval")


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceImportPage(Context):
    """What was read of the files of one import, and what it may change."""

    template = "assessments/evidence_import.html"
    assessment: Assessment
    may: Mapping[Right, bool]
    sheet: AnswerSheet
    imported: EvidenceImport
    title: str
    found: Sequence[FileRead]
    refused: Sequence[RefusedFile]
    choices: ChoicesView
    may_choose: bool
    """Whether the files are still here to be read in another way, and this reader may say how."""
    asked_heading: str
    targets: Sequence[Control]
    """What the team aims at, where a run needs it and nobody has said."""
    figures: Sequence[ToldFigures]
    has_run: bool
    has_changes: bool
    to_label: int
    """How many failures it holds that nobody has labelled yet."""
    proposals: ProposalsView | None
    """None where nobody has said yet what the files are."""
    may_save: bool
    """Whether there is something to decide, or figures to keep that need nothing said any more."""
    files_here: bool
    conflicts: bool
    """Whether somebody else changed meanwhile what was to be accepted."""
    saved_words: str
    kept_words: str
    """Whether the files are still here."""
    older: EvidenceImport | None
    """The saved import of an older run of the same, or of this very run, which this one can replace."""
    older_said: Sequence[str]
    """What that one proposes otherwise, each as a sentence."""
    came_before: Sequence[str]
    """What of it was imported before, each as a sentence."""


def import_page(
    own: OwnAssessment,
    imported: EvidenceImport,
    sheet: AnswerSheet,
    *,
    targets: Sequence[Control] | None = None,
    chosen: Mapping[str, str] | None = None,
    conflicts: Mapping[str, Conflict] | None = None,
) -> EvidenceImportPage:
    """`targets`, `chosen` and `conflicts` are of what was sent and could not be saved."""
    framework, read = sheet.framework, evidence.what_was_read(imported)
    one, here = present_import(imported, framework.reading), all(file.stored for file in imported.files.all())
    names = {file.sha256: file.name for file in imported.files.all()}
    choices = present_choices(framework, read)
    figures = [told for found in read.found if (told := present_figures(framework, found))]
    before = same_evidence.came_before(imported, read)
    found = proposals_in(imported, sheet, read)
    proposals = proposals_view(found, chosen=chosen, conflicts=conflicts) if figures else None
    older = same_evidence.replaceable(imported, before)
    theirs = proposals_in(older, sheet, evidence.what_was_read(older)) if older and found.ways else None
    return EvidenceImportPage(
        assessment=own.assessment,
        may=own.rights,
        sheet=sheet,
        imported=imported,
        title=one.name,
        found=[present_read(framework, found, names) for found in read.found],
        refused=present_refused(framework, read),
        choices=choices,
        may_choose=own.may("edit") and here,
        asked_heading=_asked_heading(read, choices),
        targets=missing_targets(sheet, read.found) if targets is None else targets,
        figures=figures,
        has_run=any(found.run for found in read.found),
        has_changes=any(found.changes for found in read.found),
        to_label=sum(len(found.texts) for found in read.found),
        proposals=proposals,
        may_save=bool(proposals and proposals.rows) or (imported.state == ImportState.READ and not choices.asked),
        files_here=here,
        conflicts=bool(conflicts),
        saved_words=_saved_words(imported, sheet, proposals),
        kept_words=one.kept,
        older=older,
        older_said=changes_since(framework, theirs.ways, found.ways) if theirs else (),
        came_before=[came_before_words(one.imported, one.files) for one in before],
    )


def _asked_heading(read: WhatWasRead, choices: ChoicesView) -> str:
    if any(one.choices for one in read.refused):
        return _("Read it in another way")
    return _("One thing to say first") if len(choices.asked) == 1 else _("Say this first")


def _saved_words(imported: EvidenceImport, sheet: AnswerSheet, proposals: ProposalsView | None) -> str:
    if imported.state != ImportState.SAVED:
        return ""
    resting = evidence.answers_on(imported, evidence.resting_on(sheet))
    return saved_words(len(resting), len(proposals.rows) + len(proposals.more) if proposals else 0)


def missing_targets(sheet: AnswerSheet, found: Sequence[FileFound]) -> Sequence[Control]:
    """The numbers that the team aims at, where there is a run and no pass rate is wanted yet."""
    questions = target_questions(sheet.framework)
    if not any(one.run for one in found) or any(sheet.value(question.path) is not None for question in questions):
        return ()
    return [answer_control(question, sheet) for question in questions if question.kind == "number"]


def target_questions(framework: Framework) -> Sequence[Question]:
    section = framework.section(TARGETS)
    return section.questions if section else ()


def present_figures(framework: Framework, found: FileFound) -> ToldFigures | None:
    """The figures of one find in words; nothing of a table of which nobody has said what it is."""
    if found.run:
        return present_run(found.run, _terms(framework, found))
    if found.failures:
        return present_failure_log(framework, found.failures)
    if found.training:
        return present_training(framework, found.training, timezone.localdate())
    if found.changes:
        return present_changes(found.changes)
    return present_right_answers(found.answers) if found.answers else None


def _terms(framework: Framework, found: FileFound) -> RunTerms:
    chosen = {choice.key: choice.chosen for choice in found.choices}
    in_use = chosen.get("in_use", "")
    return RunTerms(
        in_use=in_use if isinstance(in_use, str) else "",
        tuned=[key.removeprefix("role.") for key, role in chosen.items() if key.startswith("role.") and role in TUNED],
        few_cases=framework.evidence.thresholds.few_in_slice,
        sure=framework.evidence.thresholds.sure,
    )
