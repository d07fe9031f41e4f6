"""Points that compare swings, as they come in a form."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

LEAST, MOST = 1, 100
_POINTS = re.compile(r"\d{1,3}([.,]\d)?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSwings:
    """The answers that are whole, everything as it was typed, and what is wrong, by the names of fields."""

    answers: Sequence[Mapping[str, float]]
    typed: Mapping[str, str]
    faults: Mapping[str, str]


def field_name(question: int, criterion: str) -> str:
    return f"{question}-{criterion}"


def read_swings(asked: Sequence[Sequence[str]], sent: Mapping[str, str]) -> ReadSwings:
    """A question is answered with points for all that it compares, or left empty.

    >>> sent = {"1-a": "100", "1-b": "12,5", "2-a": "0", "2-b": ""}
    >>> read_swings([("a", "b"), ("a", "b"), ("b", "a")], sent).answers
    [{'a': 100.0, 'b': 12.5}]
    >>> read_swings([("a", "b"), ("a", "b")], sent).faults
    {'2-a': 'must be a number from 1 to 100', '2-b': 'needs points as well, or leave the whole question empty'}
    """
    answers, typed, faults = list[dict[str, float]](), dict[str, str](), dict[str, str]()
    for number, criteria in enumerate(asked, 1):
        names = {key: field_name(number, key) for key in criteria}
        said = {key: sent.get(name, "").strip()[:20] for key, name in names.items()}
        typed |= {names[key]: text for key, text in said.items()}
        if any(said.values()):
            wrong = {names[key]: fault for key, text in said.items() if (fault := _fault(text))}
            faults |= wrong
            answers += [] if wrong else [{key: float(text.replace(",", ".")) for key, text in said.items()}]
    return ReadSwings(answers=answers, typed=typed, faults=faults)


def _fault(text: str) -> str:
    if not text:
        return _("needs points as well, or leave the whole question empty")
    sound = _POINTS.fullmatch(text) and LEAST <= float(text.replace(",", ".")) <= MOST
    return "" if sound else _("must be a number from {least} to {most}").format(least=LEAST, most=MOST)
