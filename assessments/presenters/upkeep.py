"""What ships together and who looks after it, and what to ask before training again."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.engine.document import Document
from assessments.engine.trend import declining_p
from assessments.framework import Framework
from assessments.framework.upkeep import BeforeRetraining

from .formats import number

PLACE = "release"


@dataclass(frozen=True, slots=True, kw_only=True)
class UpkeepView:
    """Of a release its parts by name, and of a trend that worsens what to ask before training again."""

    parts: Sequence[tuple[str, str]]
    missing: Sequence[str]
    """The parts that are not named, where others are."""
    worsens: str
    """How the corrections went; empty where they do not rise."""
    questions: Sequence[BeforeRetraining]

    @property
    def words(self) -> str:
        """How many parts are named."""
        return _("{named} of {parts} parts named").format(
            named=number(len(self.parts)), parts=number(len(self.parts) + len(self.missing))
        )


def present_upkeep(framework: Framework, document: Document) -> UpkeepView:
    asked = [question for question in framework if question.place == PLACE]
    named = document.release
    worsens = _worsens(framework, document.override_weeks)
    return UpkeepView(
        parts=[(question.label, named[question.key]) for question in asked if question.key in named],
        missing=[question.label for question in asked if question.key not in named] if named else [],
        worsens=worsens,
        questions=framework.upkeep.before_retraining if worsens else (),
    )


def _worsens(framework: Framework, weeks: Sequence[float]) -> str:
    """That weekly corrections rise, by the test that tells whether they fall, the weeks turned round."""
    limits = framework.thresholds
    if len(weeks) < limits.gate_weeks or declining_p(list(reversed(weeks))) > limits.gate_trend_p:
        return ""
    return _("Weekly corrections rise: from {first} to {last} over {weeks} weeks.").format(
        first=number(weeks[0]), last=number(weeks[-1]), weeks=len(weeks)
    )
