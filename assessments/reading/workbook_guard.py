"""Looks through a workbook before it is opened: far cells and what unpacks without end would take all memory."""

import re
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree

from backports.zstd.zipfile import ZipFile

from .one_file import CannotRead, OpenFile
from .open_file import chunks_of, member_of, open_zip

MOST_BYTES = 100 * 1024 * 1024
MOST_CELLS = 5_000_000
MOST_TEXT = 200 * 1024 * 1024
_MOST_LISTED = 200
_SMALL = 1 << 20
_LONGEST_TAG = 256
_ROW_END = b"</row>"
_REFERENCE = re.compile(rb"<(?:\w+:)?c\b[^<>]*?\br\s*=\s*[\"']([A-Za-z]{1,4})(\d{1,10})[\"']")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^<>]*?\br\s*=\s*[\"'](\d{1,10})[\"'][^<>]*>\s*<(?:\w+:)?c\b(?![^<>]*\br\s*=)")
"""A row whose first cell does not say where it stands; one without cells takes no room."""
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_EMPTY_FORMULA = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*><f[^>]*(?:/>|>[^<]*</f>)(?:<v></v>|<v/>)?</c>')
_ERROR = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*\bt="e"')
_TEXT_END = re.compile(rb"</(?:\w+:)?si>")
_TEXT_CELL = re.compile(
    rb"<(?:\w+:)?c\b[^<>]*\bt\s*=\s*[\"']s[\"'][^<>]*>\s*"
    rb"(?:<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*)?<(?:\w+:)?v\b[^<>]*>\s*(\d{1,10})"
)
_TEXTS = "xl/sharedstrings.xml"
_DATE_1904 = re.compile(rb"date1904\s*=\s*[\"'](?:1|true)[\"']")
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(slots=True)
class SheetSeen:
    """What stands in one part of the workbook."""

    row: int = 0
    column: int = 0
    furthest: str = ""
    cells: int = 0
    empty_formulas: list[tuple[int, str]] = field(default_factory=list)
    """Row and place of formulas whose value was never stored."""
    errors: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class WorkbookSeen:
    sheets: Mapping[str, SheetSeen]
    """By name."""
    counts_from_1904: bool


def guarded(file: OpenFile) -> WorkbookSeen:
    """What a workbook holds, without opening it as one. Raises CannotRead for what would take too much memory."""
    with open_zip(file) as archive:
        book = member_of(archive, "xl/workbook.xml", _SMALL)
        names = {path: name for name, path in _sheets(archive, book)}
        sheets, left = {}, [MOST_BYTES]
        for path in archive.namelist():
            seen = _seen(archive, path, names.get(path, path[:60]), left)
            if path in names:
                sheets[names[path]] = seen
        _check_texts(archive, sheets, {name: path for path, name in names.items()})
    return WorkbookSeen(sheets=sheets, counts_from_1904=bool(_DATE_1904.search(book)))


def _sheets(archive: ZipFile, book: bytes) -> Iterator[tuple[str, str]]:
    """Each sheet with the part that it stands in."""
    if b"<!DOCTYPE" in book:
        raise CannotRead("damaged_workbook")
    try:
        relations = ElementTree.fromstring(member_of(archive, "xl/_rels/workbook.xml.rels", _SMALL))
        targets = {str(one.get("Id")): str(one.get("Target")) for one in relations.iter(f"{_PACKAGE}Relationship")}
        for sheet in ElementTree.fromstring(book).iter(f"{_MAIN}sheet"):
            target = targets.get(str(sheet.get(_RELATION)), "")
            yield str(sheet.get("name")), target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    except ElementTree.ParseError:
        raise CannotRead("damaged_workbook") from None


def _seen(archive: ZipFile, path: str, name: str, left: list[int]) -> SheetSeen:
    """What stands in one part; `left` is how many bytes all parts may still have."""
    seen, carry = SheetSeen(), b""
    for chunk in chunks_of(archive, path):
        left[0] -= len(chunk)
        if left[0] < 0:
            raise CannotRead("unpacks_too_large", megabytes=MOST_BYTES >> 20)
        data = carry + chunk
        end = data.rfind(_ROW_END)
        end = end + len(_ROW_END) if end >= 0 else data.rfind(b"<")
        if end < 0 or len(data) - end > 2 * _SMALL:
            end = len(data) - _LONGEST_TAG
        carry = data[max(end, 0) :]
        _look(data[: max(end, 0)], seen, name)
    _look(carry, seen, name)
    return seen


def _look(data: bytes, seen: SheetSeen, name: str) -> None:
    """Adds what stands in this piece. Raises CannotRead once that makes too many cells."""
    for found in _REFERENCE.finditer(data):
        row, column = int(found[2]), _column(found[1])
        if row > seen.row or column > seen.column:
            seen.row, seen.column = max(row, seen.row), max(column, seen.column)
            seen.furthest = (found[1] + found[2]).decode()
    seen.row = max([seen.row, *(int(found[1]) for found in _ROW.finditer(data))])
    seen.cells += len(_CELL.findall(data))
    if seen.cells > MOST_CELLS:
        raise CannotRead("many_cells", sheet=name, millions=MOST_CELLS // 1_000_000)
    if seen.row * seen.column > MOST_CELLS:
        millions = seen.row * seen.column // 1_000_000
        raise CannotRead("far_cell", sheet=name, cell=seen.furthest, millions=millions)
    for pattern, listed in ((_EMPTY_FORMULA, seen.empty_formulas), (_ERROR, seen.errors)):
        for found in pattern.finditer(data):
            if len(listed) < _MOST_LISTED:
                listed.append((int(found[2]), (found[1] + found[2]).decode()))


def _check_texts(archive: ZipFile, sheets: Mapping[str, SheetSeen], paths: Mapping[str, str]) -> None:
    """A text stands once in a workbook and is copied into every cell that has it: the copies are counted."""
    sizes = array("Q")
    for path in archive.namelist():
        if path.casefold() == _TEXTS:
            sizes.extend(_text_sizes(archive, path))
    longest = max(sizes, default=0)
    for name, seen in sheets.items():
        if seen.cells * longest <= MOST_TEXT:
            continue
        copied, carry = 0, b""
        for chunk in chunks_of(archive, paths[name]):
            data = carry + chunk
            end = max(data.rfind(b"<c"), data.rfind(b":c"), len(data) - _SMALL, 0)
            carry = data[end:]
            places = (int(found[1]) for found in _TEXT_CELL.finditer(data, 0, end))
            copied += sum(sizes[place] for place in places if place < len(sizes))
            if copied > MOST_TEXT:
                raise CannotRead("much_text", sheet=name, megabytes=MOST_TEXT >> 20)


def _text_sizes(archive: ZipFile, path: str) -> Iterator[int]:
    """About how many bytes each of the shared texts has."""
    carry, before = b"", 0
    for chunk in chunks_of(archive, path):
        data, last = carry + chunk, 0
        for found in _TEXT_END.finditer(data):
            yield before + found.end() - last
            last, before = found.end(), 0
        kept = max(last, len(data) - _LONGEST_TAG)
        before += kept - last
        carry = data[kept:]


def _column(letters: bytes) -> int:
    """
    >>> _column(b"A"), _column(b"ZZ"), _column(b"XFD")
    (1, 702, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
