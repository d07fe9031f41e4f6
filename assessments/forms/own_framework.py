"""Values of a framework as they are typed: numbers, texts, choices, and conditions a line each."""

import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from assessments.engine.plain_text import plain_line, plain_text
from assessments.framework.conditions import term_of
from assessments.framework.notation import written
from assessments.speaking import speaks_german

_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,12}", re.ASCII)


class NotRead(ValueError):
    """What is wrong with what was typed, in a sentence."""


def read_framework_value(shape: str, sent: Sequence[str], default: Any, choices: Sequence[str]) -> Any:
    """The value, None for the base's own. Raises NotRead.

    >>> read_framework_value("conditions", ["missed and net < 3\\n\\nform"], None, ())
    [['missed', 'net < 3'], ['form']]
    >>> read_framework_value("number", ["0,5"], 1, ()), read_framework_value("tick", [], None, ())
    (0.5, None)
    """
    typed = plain_text(sent[0]).strip() if sent else ""
    if shape == "tick":
        return bool(typed) if typed or default else None
    if shape == "some_of":
        if strange := set(sent) - set(choices):
            raise NotRead(_("{value} is not one of these").format(value=_quoted(sorted(strange)[0][:60])))
        return [key for key in choices if key in sent] or (None if default is None else [])
    if shape == "conditions":
        return _conditions(typed) or (None if default is None else [])
    if not typed:
        return "" if shape in ("text", "one_of") and default else None
    if shape in ("number", "whole"):
        return _number(shape, typed)
    if shape == "one_of" and typed not in choices:
        raise NotRead(_("{value} is not one of these").format(value=repr(typed[:60])))
    return plain_line(typed) if shape == "line" else typed


def _number(shape: str, typed: str) -> float:
    plain = typed.replace(",", ".").replace("\N{MINUS SIGN}", "-")  # no number here has thousands
    if not (_WHOLE if shape == "whole" else _NUMBER).fullmatch(plain):
        if shape == "whole":
            raise NotRead(_("must be a whole number, like 2"))
        raise NotRead(_("must be a number, like {example}").format(example=written("2.5")))
    number = float(plain)
    return int(number) if number == int(number) else number


def _quoted(text: str) -> str:
    return f"„{text}“" if speaks_german() else repr(text)


def _conditions(typed: str) -> list[list[str]]:
    lines = [[term.strip() for term in line.split(" and ")] for line in typed.splitlines() if line.strip()]
    for line in lines:
        for term in line:
            try:
                term_of(term)
            except ValueError:
                said = _("{term} is no condition; join several in a line by “and”")
                raise NotRead(said.format(term=_quoted(term[:80]))) from None
    return lines
