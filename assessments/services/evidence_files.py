"""The files of imports: streamed in with their hash, kept in the database in pieces, and taken out.

The data folder has them only while they come in and while they are read, so that any machine can do either.
"""

import hashlib
import secrets
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from assessments.models import EvidenceFile, EvidenceImport, EvidencePiece, ImportState, User

KEPT_FOR = timedelta(hours=24)
"""How long files stay about which nobody decides."""
WITHOUT_ACCOUNT = 1_000_000
"""Bytes that somebody without an account can hand in at a time."""
_PART = ".part"
_PIECE = 1_000_000
_TAKEN_IN_WITHIN = timedelta(hours=1)
"""After that, pieces without an import are of a request that was cut off."""


def folder() -> Path:
    """Where files lie on their way. Only the server's own user can look into it."""
    found = Path(settings.DATA_DIR) / "evidence"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def most_bytes(actor: User | None) -> int:
    """What this person can hand in at a time."""
    return settings.EVIDENCE_MAX_BYTES if actor else WITHOUT_ACCOUNT


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingFile:
    """A file that has come in whole, and has no import yet."""

    path: Path
    name: str
    size: int
    sha256: str


class StreamedFile(TemporaryUploadedFile):
    """A file on its way into the data folder. It goes with the request unless an import takes it."""

    def __init__(self, name: str):
        super().__init__(name, "", 0, "")
        self.close()  # Django puts it into the machine's folder for temporary files
        self.file = tempfile.NamedTemporaryFile(suffix=_PART, dir=folder())  # noqa: SIM115
        self.digest = hashlib.sha256()

    @property
    def incoming(self) -> IncomingFile:
        return IncomingFile(
            path=Path(self.temporary_file_path()),
            name=str(self.name),
            size=int(self.size or 0),
            sha256=self.digest.hexdigest(),
        )


class StreamToDataFolder(TemporaryFileUploadHandler):
    """Writes files piece by piece, and stops where there is more than whoever sends it may hand in."""

    def __init__(self, request: Any = None):
        super().__init__(request)
        self.received = 0
        self.is_too_much = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super(TemporaryFileUploadHandler, self).new_file(*args, **kwargs)
        self.streamed = self.file = StreamedFile(self.file_name or "file")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        user = self.request.user if self.request is not None else None
        if self.received > most_bytes(user if user is not None and user.is_authenticated else None):
            self.is_too_much = True
            self.streamed.close()
            raise StopUpload(connection_reset=False)
        self.streamed.digest.update(raw_data)
        self.streamed.write(raw_data)


def take_in(incoming: IncomingFile) -> str:
    """Puts a file where every machine can read it, and returns its own name.

    Piece by piece, each for certain by itself: on SQLite others save in between.
    """
    name = secrets.token_hex(16)
    with open(incoming.path, "rb") as file:
        for place, content in enumerate(iter(lambda: file.read(_PIECE), b"")):
            EvidencePiece.objects.create(stored=name, place=place, content=content)
    return name


def bring(file: EvidenceFile, path: Path) -> bool:
    """Writes a file to this place. Whether all of it was there."""
    pieces = EvidencePiece.objects.filter(stored=file.stored).order_by("place")
    with open(path, "wb") as out:
        for place in pieces.values_list("pk", flat=True):
            out.write(EvidencePiece.objects.get(pk=place).content)
        return bool(file.stored) and out.tell() == file.size


def remove_stored(names: Iterable[str]) -> None:
    EvidencePiece.objects.filter(stored__in=[name for name in names if name]).delete()


def sweep(now: datetime | None = None) -> int:
    """Removes the files about which nobody has decided for a day, and those that belong to nothing any more.

    Returns how many went.
    """
    now = now or timezone.now()
    undecided = EvidenceFile.objects.exclude(evidence_import__state=ImportState.SAVED).exclude(stored="")
    gone = list(undecided.filter(evidence_import__created_at__lt=now - KEPT_FOR).values_list("stored", flat=True))
    EvidenceFile.objects.filter(stored__in=gone).update(stored="")
    old = EvidenceImport.objects.exclude(state=ImportState.SAVED).filter(created_at__lt=now - KEPT_FOR)
    old.exclude(unread="").update(unread="")
    remove_stored(gone)
    orphans = list(_orphans(now - _TAKEN_IN_WITHIN))
    remove_stored(orphans)
    _sweep_folder(now - KEPT_FOR)
    return len(gone) + len(orphans)


def _orphans(before: datetime) -> QuerySet[EvidencePiece, str]:
    """What has no import: of assessments that are gone, and of requests that were cut off."""
    belongs = EvidenceFile.objects.exclude(stored="").filter(stored=OuterRef("stored"))
    first = EvidencePiece.objects.filter(place=0, made_at__lt=before).exclude(Exists(belongs))
    return first.values_list("stored", flat=True)


def _sweep_folder(before: datetime) -> None:
    """What a request or a reading left here that was cut off."""
    for path in folder().iterdir():
        if not path.name.startswith("slot-") and path.stat().st_mtime < before.timestamp():
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
