"""Files handed in as evidence, as tests need them."""

import hashlib
from pathlib import Path

from assessments.models import Assessment, EvidenceFile, EvidenceImport, ImportState
from assessments.services.evidence_files import IncomingFile, folder

EVIDENCE_FILES = Path(__file__).parent / "evidence_files"


def incoming(content: bytes, *, name: str = "results.json") -> IncomingFile:
    """A file that has just come in."""
    digest = hashlib.sha256(content).hexdigest()
    path = folder() / f"{digest[:16]}.part"
    path.write_bytes(content)
    return IncomingFile(path=path, name=name, size=len(content), sha256=digest)


def an_import(
    assessment: Assessment, state: ImportState = ImportState.FAILED, *, name: str = "results.json", read: str = ""
) -> EvidenceImport:
    """An import whose file is gone."""
    imported = EvidenceImport.objects.create(assessment=assessment, state=state, told="stopped", read=read)
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    EvidenceFile.objects.create(evidence_import=imported, name=name, size=581_000, sha256=sha256)
    return imported
