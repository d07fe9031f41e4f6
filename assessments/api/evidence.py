"""Evidence: files handed in, what was read of them, what they propose, and what is decided about that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from django.conf import settings
from django.db import transaction

from assessments import access
from assessments.access import OwnAssessment
from assessments.models import EvidenceImport, ImportState
from assessments.pages.evidence_import import EvidenceImportPage, import_page
from assessments.pages.problem import PathFault
from assessments.pages.proposals import ImportProposals, proposals_in, refused_in_words
from assessments.presenters.formats import file_size
from assessments.presenters.imports import ImportView, present_import
from assessments.presenters.measured.choices import ChoiceControl, read_choices
from assessments.presenters.measured.proposals import ACCEPT, LATER, MINE, ProposalRow
from assessments.services import evidence, same_evidence
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.evidence_files import StreamedFile, StreamToDataFolder
from assessments.services.values import Entry, ValuesRefused

from . import asked, shapes
from .addresses import absolute
from .one_assessment import ONE
from .operation import FILES, OPERATIONS, Call, NotDone, OtherAnswer
from .values import refuse_conflicts

_EVIDENCE, _IMPORT = f"{ONE}/evidence", f"{ONE}/evidence/<int:import_id>"
_LOOK_AGAIN = {"Retry-After": "2"}
_CHOICE = "choice."


@OPERATIONS.add("GET", _EVIDENCE, opens="assessment", right="read", gives=shapes.ImportList)
def list_evidence(call: Call) -> shapes.ImportList:
    """Every import of files, the newest first, with how far each is read and how many answers rest on it."""
    assessment = call.own.assessment
    sheet = read_sheet(assessment)
    return shapes.ImportList(imports=[_short(call, one, sheet) for one in evidence.imports_of(assessment)])


@OPERATIONS.add(
    "POST",
    _EVIDENCE,
    opens="assessment",
    right="edit",
    sends=FILES,
    gives=shapes.ImportShort,
    status=202,
    also={200: shapes.ImportShort},
    like="evidence",
)
def hand_in_evidence(call: Call) -> OtherAnswer:
    """Takes files in, as the field `files` of a form (multipart/form-data), and has them read: look at Location for
    what was found. Files that were imported before are answered with that import (200)."""
    sent, status = call.request.FILES.getlist("files"), 202
    handlers = call.request.upload_handlers
    if any(isinstance(one, StreamToDataFolder) and one.is_too_much for one in handlers):
        most = file_size(settings.EVIDENCE_MAX_BYTES)
        raise NotDone(413, "That is too large", f"Together the files are larger than {most}. Nothing was taken in.")
    try:
        files = [one.incoming for one in sent if isinstance(one, StreamedFile)]
        taken = evidence.start(call.own.assessment, call.actor, files)
    except evidence.AlreadyImported as same:
        taken, status = same.imported, 200
    except evidence.EvidenceRefused as refused:
        raise NotDone(422, "There is a problem", str(refused)) from None
    headers = {"Location": _address(call, taken), **(_LOOK_AGAIN if status == 202 else {})}
    return OtherAnswer(status=status, body=_short(call, taken, read_sheet(call.own.assessment)), headers=headers)


@OPERATIONS.add("GET", _IMPORT, opens="assessment", right="read", gives=shapes.ImportAnswer)
def read_evidence(call: Call) -> shapes.ImportAnswer:
    """What was read of an import: figures in words, what was not read and why, what only people can say of the files,
    and the answers that are proposed, each with what stands now and what accepting it does."""
    return _whole(call, *_own(call, "read"))


@OPERATIONS.add("DELETE", _IMPORT, opens="assessment", right="edit", gives=None, status=204)
def remove_evidence(call: Call) -> None:
    """Takes an import out with its files and figures. Answers that rest on it stay, and say that it is gone."""
    _, imported = _own(call, "edit")
    evidence.remove(imported, call.actor)


@OPERATIONS.add(
    "POST",
    f"{_IMPORT}/choices",
    opens="assessment",
    right="edit",
    sends=asked.SentChoices,
    gives=shapes.ImportShort,
    status=202,
)
def choose_reading(call: Call) -> OtherAnswer:
    """Says what only people can say of the files, and has them read again. Ask the person whose files they are:
    whether these are real cases of this use case is theirs to say."""
    own, imported = _own(call, "edit")
    if imported.state == ImportState.READING:
        raise NotDone(409, "The files are being read", "Look again in a moment. Nothing was changed.")
    chosen = None if imported.state == ImportState.FAILED else _chosen(call, own, imported)
    try:
        evidence.read_again(imported, call.actor, chosen)
    except evidence.EvidenceRefused as refused:
        raise NotDone(422, "There is a problem", str(refused)) from None
    imported.refresh_from_db()
    headers = _LOOK_AGAIN | {"Location": _address(call, imported)}
    return OtherAnswer(status=202, body=_short(call, imported, read_sheet(own.assessment)), headers=headers)


def _chosen(call: Call, own: OwnAssessment, imported: EvidenceImport) -> Any:
    page = import_page(own, imported, read_sheet(own.assessment))
    offered = {one.name: one for one in (*page.choices.asked, *page.choices.others)}
    sent = {f"{_CHOICE}{key}": [value] if isinstance(value, str) else value for key, value in call.sent.choices.items()}
    faults = [
        PathFault(path=f"choices.{name.removeprefix(_CHOICE)}", sentence="This cannot be chosen here")
        for name, values in sent.items()
        if not _can_be(offered.get(name), values)
    ]
    if faults:
        raise NotDone(422, "There is a problem", "Nothing was changed.", faults)
    return read_choices(evidence.what_was_read(imported), imported.choices, sent)


def _can_be(control: ChoiceControl | None, values: Sequence[str]) -> bool:
    if control is None or (len(values) != 1 and not control.takes_many):
        return False
    offered = {one.value for one in control.options}
    return not offered or set(values) <= offered | {""}


@OPERATIONS.add(
    "POST",
    f"{_IMPORT}/decisions",
    opens="assessment",
    right="edit",
    sends=asked.SentDecisions,
    gives=shapes.ImportAnswer,
)
def decide_on_evidence(call: Call) -> shapes.ImportAnswer:
    """Decides on proposals, on all that are named or on none: the `choice` of what is accepted with the versions that
    were seen, `mine` to keep the own answer, `later` to leave it open. Somebody else's change meanwhile is a 409.
    The figures are kept; the files go, unless they are to be kept."""
    own, imported = _own(call, "edit")
    if imported.state not in (ImportState.READ, ImportState.SAVED):
        raise NotDone(409, "The files are not read", "There is nothing to decide on yet. Nothing was changed.")
    sheet, read = read_sheet(own.assessment), evidence.what_was_read(imported)
    wanted = _decided(call.sent.decisions, proposals_in(imported, sheet, read))
    if call.sent.decisions and not wanted.entries and not wanted.kept:
        return _whole(call, own, imported)
    older = (
        same_evidence.replaceable(imported, same_evidence.came_before(imported, read)) if call.sent.replace else None
    )
    try:
        with transaction.atomic():
            saving = evidence.decide_on(
                imported,
                call.actor,
                wanted.entries,
                keeps_files=imported.keeps_files or call.sent.keep_files,
                keeps=wanted.kept,
                replaces=older,
            )
            refuse_conflicts(saving)
    except ValuesRefused as error:
        raise NotDone(422, "There is a problem", refused_in_words(error)) from None
    return _whole(call, *_own(call, "edit"))


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedOfImport:
    """What is to be saved of an import, and where somebody keeps their own answer."""

    entries: Sequence[Entry]
    kept: Sequence[str]


def _decided(sent: Sequence[asked.SentDecision], found: ImportProposals) -> WantedOfImport:
    entries, kept, faults = list[Entry](), list[str](), list[PathFault]()
    for one in sent:
        way = found.way(one.key, one.choice)
        if one.choice == MINE and one.key in found.ways:
            kept.append(one.key)
        elif way and all(entry.path in one.seen_versions for entry in way):
            new = found.entries(way)
            entries += [replace(entry, seen_version=one.seen_versions[entry.path]) for entry in new]
        elif way:
            faults.append(PathFault(path=one.key, sentence="The versions that were seen must be named"))
        elif one.key in found.ways and one.choice.startswith(ACCEPT):
            raise NotDone(409, "Something else is proposed by now", "Look at it once more. Nothing was changed.")
        elif one.choice != LATER or one.key not in found.ways:
            faults.append(PathFault(path=one.key, sentence="This is not proposed, or cannot be decided like that"))
    if len({entry.path for entry in entries}) < len(entries):
        faults.append(PathFault(path="decisions", sentence="A path stands there twice"))
    if faults:
        raise NotDone(422, "There is a problem", "Nothing was changed.", faults)
    return WantedOfImport(entries=entries, kept=kept)


def _own(call: Call, right: Any) -> tuple[OwnAssessment, EvidenceImport]:
    return access.own_import(call.request, call.own.assessment.pk, call.arguments["import_id"], right)


def _address(call: Call, imported: EvidenceImport) -> str:
    return absolute(call.request, "api:read_evidence", call.own.assessment.pk, imported.pk)


def _short(call: Call, imported: EvidenceImport, sheet: AnswerSheet) -> shapes.ImportShort:
    resting = evidence.answers_on(imported, evidence.resting_on(sheet))
    return shapes.ImportShort(**_shared(call, imported, present_import(imported, sheet.framework.reading), resting))


def _shared(call: Call, imported: EvidenceImport, view: ImportView, resting: Sequence[str]) -> Mapping[str, Any]:
    files = [shapes.FileAnswer(name=one.name, sha256=one.sha256, is_here=one.is_here) for one in view.files]
    return {
        "id": imported.pk,
        "url": absolute(call.request, "evidence_import", call.own.assessment.pk, imported.pk),
        "state": imported.state,
        "words": view.failed or view.words,
        "progress": imported.progress,
        "files": files,
        "created_at": imported.created_at,
        "created_by": view.by,
        "rests": resting,
    }


def _whole(call: Call, own: OwnAssessment, imported: EvidenceImport) -> shapes.ImportAnswer:
    sheet = read_sheet(own.assessment)
    page, found = import_page(own, imported, sheet), proposals_in(imported, sheet, evidence.what_was_read(imported))
    view, resting = page.proposals, evidence.answers_on(imported, evidence.resting_on(sheet))
    shared = _shared(call, imported, present_import(imported, sheet.framework.reading), resting)
    return shapes.ImportAnswer(
        **shared,
        found=_found(page),
        refused=[f"{one.name}: {one.sentence}" for one in page.refused],
        came_before=page.came_before,
        choices=[_choice(one) for one in (*page.choices.asked, *page.choices.others)],
        figures=msgspec.to_builtins(page.figures),
        proposals=[_proposal(one, found) for one in (*view.rows, *view.more, *view.done)] if view else [],
        undecided=[f"{label}: {why}" if label else why for label, why in view.undecided] if view else [],
        can_replace=page.older.pk if page.older else None,
    )


def _found(page: EvidenceImportPage) -> Sequence[shapes.FoundAnswer]:
    return [
        shapes.FoundAnswer(
            sentence=one.sentence,
            files=one.names,
            notes=[*one.warnings, *one.notes],
            not_read=one.faults_words,
            faults=[shapes.RowNotRead(row=fault.row, sentence=fault.said) for fault in one.faults],
        )
        for one in page.found
    ]


def _choice(one: ChoiceControl) -> shapes.ChoiceAnswer:
    return shapes.ChoiceAnswer(
        key=one.name.removeprefix(_CHOICE),
        label=one.label,
        options=[shapes.OptionAnswer(value=option.value, label=option.label) for option in one.options],
        chosen=[option.value for option in one.options if option.checked] or [one.typed] * bool(one.typed),
        takes_many=one.takes_many,
        is_needed=one.is_needed,
    )


def _proposal(row: ProposalRow, found: ImportProposals) -> shapes.ProposalAnswer:
    paths = dict.fromkeys(one.path for way in found.ways[row.key] for one in way)
    return shapes.ProposalAnswer(
        key=row.key,
        label=row.label,
        yours=row.yours,
        proposed=[msgspec.convert(one, shapes.ProposedAnswer, from_attributes=True) for one in row.proposed],
        is_done=row.is_done,
        seen_versions={path: found.sheet.version(path) for path in paths},
    )
