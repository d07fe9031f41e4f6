"""Values of a framework as they are typed: numbers, texts, choices, and conditions a line each."""

import hashlib
import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from assessments.engine.plain_text import plain_line, plain_text
from assessments.framework.approach_costs import NUMBER_KEYS
from assessments.framework.conditions import term_of
from assessments.framework.notation import written
from assessments.framework.precedents import FIGURE_KEYS
from assessments.speaking import speaks_german

_OURS = "ours"
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,12}", re.ASCII)


class NotRead(ValueError):
    """What is wrong with what was typed, in a sentence."""


def read_framework_value(shape: str, sent: Sequence[str], default: Any, choices: Sequence[str], now: Any = None) -> Any:
    """The value, None for the base's own. Texts that are there `now` keep their source. Raises NotRead.

    >>> read_framework_value("conditions", ["missed and net < 3\\n\\nform"], None, ())
    [['missed', 'net < 3'], ['form']]
    >>> read_framework_value("number", ["0,5"], 1, ()), read_framework_value("tick", [], None, ())
    (0.5, None)
    """
    typed = plain_text(sent[0]).strip() if sent else ""
    if shape == "tick":
        return bool(typed) if typed or default or now is not None else None
    if shape == "some_of":
        if strange := set(sent) - set(choices):
            raise NotRead(_("{value} is not one of these").format(value=_quoted(sorted(strange)[0][:60])))
        return [key for key in choices if key in sent] or (None if default is None else [])
    if shape == "numbers":
        return _numbers(sent, choices, now or []) or (None if default is None and now is None else [])
    if shape == "figures":
        return _figures(sent, choices) or (None if now is None else [])
    if shape == "answers":
        said = [one.split(" ") for one in sent if one]
        for one in said:
            if len(one) != 2 or one[0] not in choices or one[1] not in ("yes", "no", "na"):
                raise NotRead(_("{value} is not one of these").format(value=_quoted(" ".join(one)[:60])))
        return dict(said)
    if shape in ("passage", "passages", "steps"):
        return _passages(shape, typed, now)
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


def _passages(shape: str, typed: str, now: Any) -> Any:
    """Texts as the framework keeps them: each with a source, and steps with a key that follows from the text."""
    known = {one["text"]: one for one in ([now] if isinstance(now, dict) else now or [])}

    def passage(line: str) -> dict[str, str]:
        key = {"key": f"own_{hashlib.sha256(line.encode()).hexdigest()[:8]}"} if shape == "steps" else {}
        return known.get(line, key | {"text": line, "source": _OURS})

    if shape == "passage":
        return passage(" ".join(typed.split())) if typed else None
    return [passage(line) for line in map(str.strip, typed.splitlines()) if line] or None


def _figures(sent: Sequence[str], arms: Sequence[str]) -> list[dict[str, str]]:
    width, found = len(FIGURE_KEYS), list[dict[str, str]]()
    for start in range(0, len(sent) - width + 1, width):
        arm, value, of = (plain_line(cell).strip() for cell in sent[start : start + width])
        if not (value or of):
            continue
        if arm not in arms or not value:
            raise NotRead(_("each figure needs a value"))
        found.append({"arm": arm, "value": value} | ({"of": of} if of else {}))
    return found


def _numbers(sent: Sequence[str], choices: Sequence[str], now: Sequence[Any]) -> list[dict[str, Any]]:
    width, found = len(NUMBER_KEYS), list[dict[str, Any]]()
    for start in range(0, len(sent) - width + 1, width):
        cells = (plain_line(cell).strip() for cell in sent[start : start + width])
        line = dict(zip(NUMBER_KEYS, cells, strict=True))
        key, figures = line["key"], {name: cell for name, cell in line.items() if name not in ("key", "why") and cell}
        if not (key or figures or line["why"]) or (key in {one["key"] for one in now} and not figures):
            continue  # an empty line, or a number whose figures were cleared
        if key not in choices or not key:
            raise NotRead(_("choose what each number is of"))
        if not line["why"]:
            raise NotRead(_("say why for each number"))
        number = {"key": key, "why": line["why"]} | {name: _number("number", cell) for name, cell in figures.items()}
        source = next((one["source"] for one in now if {**one, "source": ""} == number | {"source": ""}), "Ours")
        found.append(number | {"source": source})
    return found


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
