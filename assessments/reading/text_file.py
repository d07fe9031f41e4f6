"""Text of any encoding line by line: which encoding it is, and lines that no memory could hold skipped."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .one_file import CannotRead, OpenFile
from .table import FaultList

MOST_CHARACTERS = 1 << 20
"""A longer line is no line of a table."""
UTF_8 = "utf-8"
ENCODINGS = {
    UTF_8: "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16 (big end first)",
    "cp1252": "Windows-1252 (Western Europe)",
    "iso8859-15": "ISO 8859-15 (Western Europe)",
    "cp1250": "Windows-1250 (Central Europe)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1253": "Windows-1253 (Greek)",
    "cp1254": "Windows-1254 (Turkish)",
    "cp437": "DOS (cp437)",
    "mac-roman": "Mac Roman",
    "shift_jis": "Shift JIS (Japanese)",
    "gb18030": "GB 18030 (Chinese)",
    "euc-kr": "EUC-KR (Korean)",
}
"""What a person can choose."""
_MARKS = ((codecs.BOM_UTF8, UTF_8), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHUNK = 1 << 20
_LOOKED_AT = 4_096
_LEAST_NULS = 0.3
_WHOLE_UTF_8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")


@dataclass(slots=True)
class ReplacedCharacters:
    """How many characters were not what they should be, when a file was gone through last."""

    nuls: int = 0
    invalid: int = 0


@dataclass(slots=True)
class TextFile:
    file: OpenFile
    encoding: str
    mark: int = 0
    """How many bytes stand before the text."""
    is_sure: bool = True
    replaced: ReplacedCharacters = field(default_factory=ReplacedCharacters)

    def lines(self, faults: FaultList) -> Iterator[tuple[int, str]]:
        """Each line with its number and its line end; one that is too long goes to the faults.

        NULs are left out, and what the encoding does not have is replaced; both are counted.
        """
        self.replaced = ReplacedCharacters()
        with self.file.path.open(encoding=self.encoding, errors="replace", newline="") as opened:
            if self.mark:
                opened.read(1)
            number = 0
            while line := opened.readline(MOST_CHARACTERS):
                number += 1
                if len(line) == MOST_CHARACTERS and not line.endswith(("\n", "\r")):
                    while (rest := opened.readline(MOST_CHARACTERS)) and not rest.endswith(("\n", "\r")):
                        pass
                    faults.add(number, "too_long")
                    continue
                self.replaced.nuls += line.count("\0")
                self.replaced.invalid += line.count("\N{REPLACEMENT CHARACTER}")
                yield number, line.replace("\0", "")


def text_file(file: OpenFile, chosen: str = "") -> TextFile:
    """The file with its encoding: as chosen, by its mark, else UTF-8 if it is that, UTF-16 by its NULs, Windows-1252.

    Raises CannotRead for an encoding that is not offered.
    """
    if chosen and chosen not in ENCODINGS:
        raise CannotRead("unknown_encoding", encoding=chosen[:40])
    with file.path.open("rb") as opened:
        head = opened.read(_LOOKED_AT)
    for mark, encoding in _MARKS:
        if head.startswith(mark) and chosen in ("", encoding):
            return TextFile(file, encoding, mark=len(mark))
    if chosen:
        return TextFile(file, chosen)
    wide = _utf_16(head)
    if wide:
        return TextFile(file, wide, is_sure=False)
    whole, invalid = _utf_8_parts(file)
    is_utf_8 = not invalid or whole > invalid
    return TextFile(file, UTF_8 if is_utf_8 else "cp1252", is_sure=not invalid)


def _utf_16(head: bytes) -> str:
    """By where the NULs stand: in Latin text every other byte is one."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    least = len(head) / 2 * _LEAST_NULS
    if odd > least and even < odd / 4:
        return "utf-16-le"
    return "utf-16-be" if even > least and odd < even / 4 else ""


def _utf_8_parts(file: OpenFile) -> tuple[int, int]:
    """How many characters of several bytes are whole UTF-8, and how many bytes are not; counted only if one is not."""
    decoder = codecs.getincrementaldecoder(UTF_8)()
    with file.path.open("rb") as opened:
        try:
            while chunk := opened.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            opened.seek(0)
            whole = invalid = 0
            while chunk := opened.read(_CHUNK):
                parts = _WHOLE_UTF_8.findall(chunk)
                whole += len(parts)
                invalid += len(_HIGH.findall(chunk)) - sum(map(len, parts))
            return whole, invalid
    return 0, 0
