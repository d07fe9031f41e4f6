"""What stands in the way of a start, in words: a short line each, with what to do and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assessments.engine.before_you_start import ANSWERS, BeforeStart, before_you_start
from assessments.engine.decision import Robustness, Verdict
from assessments.framework import Framework

from .formats import day
from .words import in_words, shortened

_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeLine:
    """One line; `section` and `anchor` lead to where it is mended, and are empty where that is the costs."""

    text: str
    do: str
    """What the link says, in a word or two."""
    section: str
    anchor: str


def present_before(verdict: Verdict, robustness: Robustness, today: date) -> Sequence[BeforeLine]:
    """All of it, the most pressing first. Panel and brief show the first few, the plan the rest."""
    return [_line(verdict.framework, one) for one in before_you_start(verdict, robustness, today)]


def _line(framework: Framework, one: BeforeStart) -> BeforeLine:
    texts = framework.guide.before
    line = texts.answer[one.key, one.code] if one.code in ANSWERS else texts.other[one.code]
    figures = {name: _short(figure) for name, figure in one.figures.items()}
    return BeforeLine(
        text=in_words(framework, line.text, figures),
        do=line.do,
        section=framework.section_of[one.key].key if one.key else "",
        anchor=f"q-{one.key}" if one.key else "",
    )


def _short(figure: object) -> object:
    if isinstance(figure, date):
        return day(figure)
    return shortened(figure, _LONGEST_NAME) if isinstance(figure, str) else figure
