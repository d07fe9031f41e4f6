"""What came in before under another import: the same file once more, or the same run in another form."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.engine.measured.found import FileFound, WhatWasRead
from assessments.engine.measured.same_run import is_same_run
from assessments.models import EvidenceFile, EvidenceImport, ImportState

from .evidence import older_runs, saved_before, what_was_read


@dataclass(frozen=True, slots=True, kw_only=True)
class CameBefore:
    """An import that has a file, or a run, of another one."""

    imported: EvidenceImport
    files: tuple[str, ...]
    """The names of the files that both have; none where it is the same run in another form."""


def came_before(imported: EvidenceImport, read: WhatWasRead) -> Sequence[CameBefore]:
    """Imports from before this one that say what it says, the same files first."""
    hashes = [file.sha256 for file in imported.files.all()]
    earlier = EvidenceFile.objects.filter(
        evidence_import__assessment=imported.assessment_id, evidence_import__lt=imported.pk, sha256__in=hashes
    ).exclude(evidence_import__state=ImportState.FAILED)
    by_import: dict[EvidenceImport, list[str]] = {}
    for file in earlier.select_related("evidence_import").defer("evidence_import__read", "evidence_import__unread"):
        by_import.setdefault(file.evidence_import, []).append(file.name)
    found = [CameBefore(imported=one, files=tuple(names)) for one, names in by_import.items()]
    runs = [one for one in read.found if one.run]
    for other in saved_before(imported) if runs else ():
        if other.pk < imported.pk and other not in by_import:
            theirs = what_was_read(other).found
            if any(_is_same(run, their) for run in runs for their in theirs):
                found.append(CameBefore(imported=other, files=()))
    return found


def _is_same(one: FileFound, other: FileFound) -> bool:
    if one.run is None or other.run is None:
        return False
    are_of_two_days = one.written_on and other.written_on and one.written_on != other.written_on
    return not are_of_two_days and is_same_run(one.run, other.run)


def replaceable(imported: EvidenceImport, before: Sequence[CameBefore]) -> EvidenceImport | None:
    """The saved import that this one can replace: an older run of the same, or the same run in another form."""
    if imported.state != ImportState.READ:
        return None
    older = older_runs(imported.assessment).get(imported.pk)
    return older or next((one.imported for one in before if not one.files), None)
