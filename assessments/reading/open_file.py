"""Opens what was uploaded under caps: gzip is unpacked, and of a zip no more is read than can be borne."""

import re
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from backports.zstd import ZstdError
from backports.zstd import zipfile as zstd_zip

from assessments.engine.measured.found import FileToRead

from .one_file import CannotRead, OpenFile

MOST_BYTES = 200 * 1024 * 1024
"""As much as an upload may have, and as much as a packed file may unpack to."""
MOST_MEMBERS = 50_000
_CHUNK = 1 << 20
_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_ARCHIVE_NAME = re.compile(r"\.(zip|gz|tgz|tar|7z|rar|bz2|xz|zst)$", re.IGNORECASE)
_DAMAGED = (
    *(zipfile.BadZipFile, zstd_zip.BadZipFile, zlib.error, ZstdError, struct.error),
    *(EOFError, NotImplementedError, RuntimeError, ValueError, KeyError, OSError),
)


def is_zip(head: bytes) -> bool:
    return head.startswith((_ZIP, _EMPTY_ZIP))


@contextmanager
def open_file(file: FileToRead) -> Iterator[OpenFile]:
    """The bytes to read: those of the file, or an unpacked copy that is gone afterwards. Raises CannotRead."""
    path = Path(file.path)
    with path.open("rb") as packed:
        if packed.read(2) != _GZIP:
            yield OpenFile(file=file, path=path, size=path.stat().st_size)
            return
        packed.seek(0)
        with tempfile.NamedTemporaryFile(prefix="unpacked-") as copy:
            size = _gunzip(packed, copy)
            copy.flush()
            copy.seek(0)
            head = copy.read(4)
            if head.startswith(_GZIP) or is_zip(head):
                raise CannotRead("nested_archive")
            yield OpenFile(file=file, path=Path(copy.name), size=size)


def _gunzip(packed: IO[bytes], copy: IO[bytes]) -> int:
    """How many bytes came out; several streams in one file are read one after the other."""
    size, stream, is_begun = 0, zlib.decompressobj(wbits=31), False
    try:
        while data := packed.read(_CHUNK):
            while data:
                out = stream.decompress(data, _CHUNK)
                size, data, is_begun = size + len(out), stream.unconsumed_tail, True
                if size > MOST_BYTES:
                    raise CannotRead("unpacks_too_large", megabytes=MOST_BYTES >> 20)
                copy.write(out)
                if stream.eof:
                    data = stream.unused_data.lstrip(b"\0")
                    stream, is_begun = zlib.decompressobj(wbits=31), False
    except zlib.error:
        raise CannotRead("not_whole_gzip") from None
    if is_begun:
        raise CannotRead("not_whole_gzip")
    return size


@contextmanager
def open_zip(file: OpenFile) -> Iterator[zstd_zip.ZipFile]:
    """A zip that is whole, not encrypted and has no more members than can be borne. Raises CannotRead."""
    try:
        archive = zstd_zip.ZipFile(file.path)
    except _DAMAGED:
        raise CannotRead("not_whole_zip") from None
    with archive:
        members = archive.infolist()
        if len(members) > MOST_MEMBERS:
            raise CannotRead("too_many_members", members=len(members), most=MOST_MEMBERS)
        if any(member.flag_bits & 1 for member in members):
            raise CannotRead("encrypted")
        yield archive


def has_archives(archive: zstd_zip.ZipFile) -> bool:
    return any(_ARCHIVE_NAME.search(name) for name in archive.namelist())


def chunks_of(archive: zstd_zip.ZipFile, name: str, most: int = MOST_BYTES) -> Iterator[bytes]:
    """A member piece by piece; the bytes that come out are counted, as declared sizes cannot be trusted.

    Raises CannotRead where there are more than `most`, and where the member is damaged.
    """
    size = 0
    try:
        with archive.open(name) as member:
            while chunk := member.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    raise CannotRead("unpacks_too_large", megabytes=most >> 20)
                yield chunk
    except _DAMAGED:
        raise CannotRead("not_whole_zip") from None


def member_of(archive: zstd_zip.ZipFile, name: str, most: int = MOST_BYTES) -> bytes:
    """A whole member. Raises CannotRead as `chunks_of` does."""
    return b"".join(chunks_of(archive, name, most))
