"""Text as it was meant: what a word processor, a mail or a web page leaves in what is pasted becomes plain text.

Kept as they are: letters and signs of all scripts, emoji with their joiners, marks of writing direction, and in a text
of many lines the no-break spaces, which hold a number and its unit together.
"""

import re

# Word ends a cell of a table with a bell, and a row with one more.
_END_OF_ROW = re.compile(r"(?:\r?\x07){2,}")
_END_OF_CELL = re.compile(r"\r?\x07")
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BULLETS = dict.fromkeys("\uf0a7\uf0b7", "•")
_NOTHING = dict.fromkeys("\xad\u200b\u2060\ufeff\ufffc\x7f", "")
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Embeddings, overrides and isolates. Marks of direction (U+200E, U+200F) stay: they turn nothing but themselves."""
_CONTROLS = {chr(code): "" for code in range(1, 32) if chr(code) not in "\t\n"} | {"\x1e": "-"}


def _of_windows(code: int) -> str:
    """What a control character of the second hundred is in the letters of Windows, which it was mistaken from."""
    return bytes([code]).decode("cp1252", errors="ignore")


_MEANT = str.maketrans(_CONTROLS | _NOTHING | _BULLETS | {chr(code): _of_windows(code) for code in range(128, 160)})


def plain_text(text: str) -> str:
    r"""A text of many lines as it was meant. What is no text at all, as a null, stays for `text_fault` to refuse.

    >>> plain_text("one\x0btwo\r\nthree"), plain_text("Label\x07Count\x07\x07Re\xadfund\x0712\x07\x07")
    ('one\ntwo\nthree', 'Label\tCount\nRefund\t12\n')
    >>> plain_text("it\x92s 5\xa0km"), plain_text("\uf0b7 e\u200bmail"), plain_text("\x00\ud800")
    ('it’s 5\xa0km', '• email', '\x00\ud800')
    """
    text = _END_OF_CELL.sub("\t", _END_OF_ROW.sub("\n", text))
    return _LINE_ENDS.sub("\n", text).translate(_MEANT)


def plain_line(text: str) -> str:
    r"""A name or another single line as it was meant, with one plain space wherever there was room.

    What turns the direction of all that follows is left out: with it a name could change how the words beside it read.

    >>> plain_line(" Support\xa0\x0b copi\xadlot\u2029"), plain_line("approve\u202egpj.exe")
    ('Support copilot', 'approvegpj.exe')
    """
    return " ".join(unturned(plain_text(text)).split())


def unturned(text: str) -> str:
    """A name without what turns the direction of all that follows, and otherwise as it is."""
    return text if text.isascii() else text.translate(_TURNS)
