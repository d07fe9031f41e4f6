"""The files of imports in the data folder: streamed in with their hash, under names of their own, and taken out."""

import hashlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.utils import timezone

from assessments.models import EvidenceFile, EvidenceImport, ImportState, User

KEPT_FOR = timedelta(hours=24)
"""How long files stay about which nobody decides."""
WITHOUT_ACCOUNT = 1_000_000
"""Bytes that somebody without an account can hand in at a time."""
_PART = ".part"


def folder() -> Path:
    """Where files lie. Only the server's own user can look into it."""
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
    """Gives a file its place, and returns its own name."""
    name = secrets.token_hex(16)
    os.replace(incoming.path, folder() / name)
    return name


def path_of(file: EvidenceFile) -> Path | None:
    """Where a file lies, or None where it is gone."""
    found = folder() / file.stored if file.stored else None
    return found if found and found.is_file() else None


def remove_stored(names: Iterable[str]) -> None:
    for name in names:
        if name:
            path = folder() / name
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def sweep(now: datetime | None = None) -> int:
    """Removes the files about which nobody has decided for a day, and those that belong to nothing any more.

    Returns how many went.
    """
    before = (now or timezone.now()) - KEPT_FOR
    undecided = EvidenceFile.objects.exclude(evidence_import__state=ImportState.SAVED).exclude(stored="")
    gone = list(undecided.filter(evidence_import__created_at__lt=before).values_list("stored", flat=True))
    EvidenceFile.objects.filter(stored__in=gone).update(stored="")
    old = EvidenceImport.objects.exclude(state=ImportState.SAVED).filter(created_at__lt=before)
    old.exclude(unread="").update(unread="")
    remove_stored(gone)
    orphans = _orphans(before)
    remove_stored(orphans)
    return len(gone) + len(orphans)


def _orphans(before: datetime) -> Sequence[str]:
    """What lies there without an import: of assessments that are gone, and of requests that were cut off."""
    known = set(EvidenceFile.objects.exclude(stored="").values_list("stored", flat=True))
    found = []
    for path in folder().iterdir():
        on_its_way = path.name.endswith(_PART) or path.is_dir()  # an upload, or the scratch of a reading
        fresh = on_its_way and path.stat().st_mtime > before.timestamp()
        if path.name not in known and not path.name.startswith("slot-") and not fresh:
            found.append(path.name)
    return found
