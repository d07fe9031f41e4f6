"""Evidence of an assessment: files taken in, read apart, decided on, and removed."""

import hashlib
import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import F, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.engine.measured.found import Choices, FileFound, FileToRead, ReadingJob, RowFault, WhatWasRead
from assessments.engine.measured.targets import reading_limits
from assessments.framework import Framework
from assessments.models import Assessment, EvidenceFile, EvidenceImport, ImportState, User

from . import audit, evidence_files, queue, reading_child
from .answer_sheet import AnswerSheet, read_sheet, stated
from .evidence_files import IncomingFile
from .values import Entry, Plan, Saving, change

MOST_AT_A_TIME = 20
"""Files of one drop."""
MOST_WAITING = 4
"""Imports of one assessment that are read or wait to be."""
MOST_WAITING_HERE = 40
"""Of all assessments."""
MOST_IMPORTS = 200
"""Of one assessment."""
MOST_LISTED = 200
"""Rows of each find that were not read and can be looked at on the page."""
MOST_BESIDE = 5
"""Imports that were saved before and are looked at beside another one."""
REAL_CASES = "real_cases"
KEPT = "kept"
"""Among the choices: the questions where somebody keeps their own answer."""
_MOST_DROPS_STORED = 10
"""Of the largest size, of one assessment."""


class EvidenceRefused(Exception):
    """Why files are not taken in or read again: a sentence."""


class AlreadyImported(Exception):
    """The same files were imported before."""

    def __init__(self, imported: EvidenceImport):
        super().__init__(str(imported))
        self.imported = imported


def imports_of(assessment: Assessment) -> QuerySet[EvidenceImport]:
    """Every import with its files, the newest first. What was read is left where it is."""
    return assessment.imports.defer("read", "unread").select_related("created_by").prefetch_related("files")


# taking in and reading


def start(assessment: Assessment, actor: User | None, uploads: Sequence[IncomingFile]) -> EvidenceImport:
    """Takes these files in and has them read. Raises AlreadyImported and EvidenceRefused."""
    files = list({one.sha256: one for one in uploads}.values())
    if not files:
        raise EvidenceRefused(_("Choose a file first."))
    if len(files) > MOST_AT_A_TIME:
        raise EvidenceRefused(_("Hand in at most {n} files at a time.").format(n=MOST_AT_A_TIME))
    evidence_files.sweep()
    stored = {one.sha256: evidence_files.take_in(one) for one in files}
    try:
        imported = _taken_in(assessment, actor, files, stored)
    except (AlreadyImported, EvidenceRefused):
        evidence_files.remove_stored(stored.values())
        raise
    queue.wake()
    return imported


@transaction.atomic
def _taken_in(
    assessment: Assessment, actor: User | None, files: Sequence[IncomingFile], stored: Mapping[str, str]
) -> EvidenceImport:
    Assessment.objects.select_for_update().get(pk=assessment.pk)
    if same := _same_files(assessment, {one.sha256 for one in files}):
        raise AlreadyImported(same)
    _check_room(assessment, most=_MOST_DROPS_STORED * evidence_files.most_bytes(actor))
    imported = EvidenceImport.objects.create(assessment=assessment, created_by=actor)
    EvidenceFile.objects.bulk_create(
        EvidenceFile(
            evidence_import=imported,
            name=_kept_name(one.name),
            size=one.size,
            sha256=one.sha256,
            stored=stored[one.sha256],
        )
        for one in files
    )
    named = [{"name": _kept_name(one.name), "size": one.size, "sha256": one.sha256} for one in files]
    _record("import_evidence", imported, actor, files=named)
    return imported


def read_again(imported: EvidenceImport, actor: User | None, choices: Choices | None = None) -> None:
    """Reads the same files under these choices, or under those that there are. Raises EvidenceRefused."""
    if not all(file.stored for file in imported.files.all()):
        raise EvidenceRefused(_("The files are not here any more. Hand them in again to choose anew."))
    values: dict[str, Any] = {"as_last_time": False} if choices is not None else {}
    if choices is not None:
        values["choices"] = {_kept(key): _kept(value) for key, value in choices.items()}
    others = EvidenceImport.objects.filter(pk=imported.pk).exclude(state=ImportState.READING)
    with transaction.atomic():
        if not others.update(attempt=F("attempt") + 1, progress=0, lines=0, **queue.begun(EvidenceImport), **values):
            return  # it is being read already
        _record("read_evidence", imported, actor)
    queue.wake()


def _kept(chosen: Any) -> Any:
    """What was chosen as any database can keep it: PostgreSQL takes no NUL."""
    return chosen.replace("\0", "") if isinstance(chosen, str) else [_kept(one) for one in chosen]


def what_was_read(imported: EvidenceImport) -> WhatWasRead:
    """What was found in the files: nothing while they are read, or where they could not be."""
    return msgspec.json.decode(imported.read, type=WhatWasRead) if imported.read else WhatWasRead()


def _same_files(assessment: Assessment, hashes: set[str]) -> EvidenceImport | None:
    for one in assessment.imports.defer("read", "unread").exclude(state=ImportState.FAILED).prefetch_related("files"):
        if {file.sha256 for file in one.files.all()} == hashes:
            return one
    return None


def _check_room(assessment: Assessment, *, most: int) -> None:
    if assessment.imports.count() >= MOST_IMPORTS:
        said = _("An assessment can have {n} imports. Remove one that nothing rests on.")
        raise EvidenceRefused(said.format(n=MOST_IMPORTS))
    stored = EvidenceFile.objects.filter(evidence_import__assessment=assessment).exclude(stored="")
    if (stored.aggregate(all=Sum("size"))["all"] or 0) > most:
        raise EvidenceRefused(_("Too much is stored already. Decide on what was read, or remove it, then try again."))
    being_read = EvidenceImport.objects.filter(state=ImportState.READING)
    if being_read.filter(assessment=assessment).count() >= MOST_WAITING or being_read.count() >= MOST_WAITING_HERE:
        raise EvidenceRefused(_("Other files are still being read. Hand these in when that is done."))


def _kept_name(name: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in name).strip()[:255] or "file"


def _read(imported: EvidenceImport, slot: int) -> dict[str, Any]:
    """What came of reading. Where nobody chose yet, as the workspace chose last time."""
    with tempfile.TemporaryDirectory(dir=evidence_files.folder()) as scratch:
        files = _brought(imported, Path(scratch))
        read = reading_child.read_files(imported, _job(imported, files), scratch, slot)
        result: dict[str, Any] = {"description": _description(read), "subject": _subject(read)}
        if not imported.choices and (choices := _last_choices(imported, read)):
            imported.choices = choices
            read = reading_child.read_files(imported, _job(imported, files), scratch, slot)
            result |= {"choices": choices, "as_last_time": True}
    return result | {"state": ImportState.READ, "progress": 1, **_stored(read)}


def _stored(read: WhatWasRead) -> dict[str, str]:
    """What was read, and apart from it the rows that were not: nobody wants all of those on a page."""
    unread = [one.faults for one in read.found]
    listed = replace(read, found=tuple(replace(one, faults=one.faults[:MOST_LISTED]) for one in read.found))
    has_more = any(len(one) > MOST_LISTED for one in unread)
    return {
        "read": msgspec.json.encode(listed).decode(),
        "unread": msgspec.json.encode(unread).decode() if has_more else "",
    }


def with_all_faults(imported: EvidenceImport, read: WhatWasRead) -> WhatWasRead:
    """What was read with every row that was not, as far as they are kept."""
    if not imported.unread:
        return read
    unread = msgspec.json.decode(imported.unread, type=list[tuple[RowFault, ...]])
    return replace(read, found=tuple(replace(one, faults=all_) for one, all_ in zip(read.found, unread, strict=True)))


def _brought(imported: EvidenceImport, place: Path) -> Sequence[FileToRead]:
    """The files of an import, on this machine."""
    found = []
    for file in imported.files.all():
        path = place / str(file.pk)
        if not evidence_files.bring(file, path):
            raise queue.WorkStopped("gone")
        found.append(FileToRead(path=str(path), name=file.name, sha256=file.sha256))
        queue.beat(imported)
    return found


def _job(imported: EvidenceImport, files: Sequence[FileToRead]) -> ReadingJob:
    sheet = read_sheet(imported.assessment)
    return ReadingJob(
        files=tuple(files),
        choices=imported.choices,
        modes=sheet.framework.reading.modes,
        limits=reading_limits(sheet.framework, sheet.document),
    )


def _description(read: WhatWasRead) -> str:
    """By what the same kind of import is known again."""
    return "+".join(sorted(f"{one.kind}:{one.tool}:{one.layout}" for one in read.found))[:128]


def _subject(read: WhatWasRead) -> str:
    """By what a newer run of the same is known: its kind with the names of its variants and columns."""
    told = sorted(
        (one.kind, one.tool, one.layout, sorted(v.key for v in one.run.variants) if one.run else one.preview[:1])
        for one in read.found
    )
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest() if told else ""


def saved_before(imported: EvidenceImport) -> Sequence[EvidenceImport]:
    """The last imports of the assessment that were decided on, but for this one."""
    saved = EvidenceImport.objects.filter(assessment=imported.assessment_id, state=ImportState.SAVED)
    return list(saved.exclude(pk=imported.pk).order_by("-saved_at")[:MOST_BESIDE])


def older_runs(assessment: Assessment) -> Mapping[int, EvidenceImport]:
    """What each import that is not decided on is a newer run of: the same tool, variants and columns."""
    found, saved = {}, dict[str, EvidenceImport]()
    for one in assessment.imports.defer("read", "unread").exclude(subject="").order_by("created_at", "pk"):
        if one.state == ImportState.SAVED:
            saved[one.subject] = one
        elif one.state == ImportState.READ and one.subject in saved:
            found[one.pk] = saved[one.subject]
    return found


def _last_choices(imported: EvidenceImport, read: WhatWasRead) -> dict[str, Any]:
    """What the workspace chose for the last import of this kind, as far as it can be chosen here.

    That cases are real ones of this use case is said of each import anew.
    """
    workspace = imported.assessment.workspace_id
    if not workspace or not read.found:
        return {}
    before = EvidenceImport.objects.filter(
        assessment__workspace=workspace, description=_description(read), state=ImportState.SAVED
    )
    last = before.order_by("-saved_at").values_list("choices", flat=True).first() or {}
    offered = {one.key: {option.value for option in one.options} for found in read.found for one in found.choices}
    return {
        key: value
        for key, value in last.items()
        if key in offered and key != REAL_CASES and set([value] if isinstance(value, str) else value) <= offered[key]
    }


# deciding


def origin_in(
    imported: EvidenceImport, framework: Framework, *, rule: str, tool: str, sha256s: Sequence[str]
) -> dict[str, Any]:
    """The origin of a value that this rule of the framework makes of these files of the import."""
    files = [
        {"name": file.name, "size": file.size, "sha256": file.sha256}
        for file in imported.files.all()
        if file.sha256 in sha256s
    ]
    when = timezone.now().replace(microsecond=0).isoformat()
    made = {"rule": rule, "framework": framework.version, "tool": tool}
    return {"kind": "measured", **made, "files": files, "when": when}


@transaction.atomic
def decide_on(
    imported: EvidenceImport,
    actor: User | None,
    entries: Sequence[Entry] | Plan,
    *,
    keeps_files: bool = False,
    keeps: Collection[str] = (),
    replaces: EvidenceImport | None = None,
) -> Saving:
    """Saves these values, and the import with its figures. Its files go unless they are to be kept.

    `keeps` are the questions where somebody keeps their own answer. What it `replaces` is removed.
    Raises ValuesRefused, and then nothing is saved.
    """
    saving = change(
        imported.assessment, actor, entries, act="accept_evidence", at_once=True, evidence_import=imported.pk
    )
    EvidenceImport.objects.filter(pk=imported.pk).exclude(state=ImportState.READING).update(
        state=ImportState.SAVED,
        saved_at=saving.at,
        read=msgspec.json.encode(_without_texts(what_was_read(imported))).decode(),
        unread="",
        choices=imported.choices | {KEPT: sorted({*imported.choices.get(KEPT, ()), *keeps})},
        keeps_files=keeps_files,
    )
    if not keeps_files:
        _let_go(imported)
    if all(outcome.state != "saved" for outcome in saving.outcomes):
        _record("accept_evidence", imported, actor, versions={})
    if replaces is not None:
        remove(replaces, actor)
    return saving


def _without_texts(read: WhatWasRead) -> WhatWasRead:
    """The figures alone: no row and no text of a case."""
    return replace(read, found=tuple(_figures_alone(one) for one in read.found))


def _figures_alone(found: FileFound) -> FileFound:
    """Values that stand for no failure mode may be anybody's words: how many there are stays."""
    log = found.failures
    if log and log.unmapped:
        log = replace(log, unmapped={"": sum(log.unmapped.values())})
    choices = tuple(one for one in found.choices if not one.key.startswith("mode."))
    return replace(found, preview=(), faults=(), texts=(), failures=log, choices=choices)


def _let_go(imported: EvidenceImport) -> None:
    """Takes the files out once what was decided is stored for certain."""
    names = list(imported.files.exclude(stored="").values_list("stored", flat=True))
    imported.files.update(stored="")
    transaction.on_commit(lambda: evidence_files.remove_stored(names))


# what rests on files, and removing them


def resting_on(sheet: AnswerSheet) -> Mapping[str, Sequence[str]]:
    """The paths of the values that rest on each file, by its SHA-256."""
    found: dict[str, list[str]] = {}
    for path, said in sheet.stated.items():
        for file in measured_files(said.origin):
            found.setdefault(file["sha256"], []).append(path)
    return found


def measured_files(origin: Any) -> Sequence[Mapping[str, Any]]:
    """The files that an origin names, where it is that of something measured."""
    is_measured = isinstance(origin, dict) and origin.get("kind") == "measured"
    files: Sequence[Mapping[str, Any]] = origin["files"] if is_measured else ()
    return files


@transaction.atomic
def remove(imported: EvidenceImport, actor: User | None) -> None:
    """Removes an import with its files and figures. What was accepted of it stays, and says that its file is gone."""
    assessment, names = imported.assessment, [file.stored for file in imported.files.all()]
    others = EvidenceFile.objects.filter(evidence_import__assessment=assessment)
    left = set(others.exclude(evidence_import=imported).values_list("sha256", flat=True))
    gone = {file.sha256 for file in imported.files.all()} - left
    about: dict[str, Any] = {"evidence_import": imported.pk, "files": sorted(gone)}
    imported.delete()
    now = timezone.now().replace(microsecond=0)
    saving = change(
        assessment, actor, lambda sheet: _marked(sheet, gone, now), act="remove_evidence", at_once=True, **about
    )
    if all(outcome.state != "saved" for outcome in saving.outcomes):
        audit.record(audit.chain_of(assessment), "remove_evidence", actor=actor, about=assessment.pk, **about)
    transaction.on_commit(lambda: evidence_files.remove_stored(names))


def _marked(sheet: AnswerSheet, gone: set[str], now: datetime) -> Sequence[Entry]:
    """The values that rest on one of these files, saying since when it is gone."""
    resting = {path for sha256, paths in resting_on(sheet).items() if sha256 in gone for path in paths}
    entries = []
    for path in sorted(resting):
        was = stated(sheet.values[path])
        if "removed" not in was.origin:
            parts = {name: getattr(was, name) for name in ("value", "evidence", "link", "strength")}
            origin = was.origin | {"removed": now.isoformat()}
            entries.append(Entry(path=path, origin=origin, seen_version=sheet.version(path), **parts))
    return entries


def answers_on(imported: EvidenceImport, resting: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """The paths of the values that rest on the files of an import; `resting` is what `resting_on` found."""
    return sorted({path for file in imported.files.all() for path in resting.get(file.sha256, ())})


def _record(act: Any, imported: EvidenceImport, actor: User | None, **details: Any) -> None:
    assessment = imported.assessment
    about: dict[str, Any] = {"about": assessment.pk, "evidence_import": imported.pk}
    audit.record(audit.chain_of(assessment), act, actor=actor, **about, **details)


queue.register(queue.QueueKind(model=EvidenceImport, folder=evidence_files.folder, work=_read, after={}))
