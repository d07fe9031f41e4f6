"""Whether enough is answered to speak of a verdict at all."""

from .decision import Verdict
from .document import Document

_NOTHING_SHOWN = ("ceiling_steps_open", "target_not_missed")


def has_begun(verdict: Verdict, document: Document) -> bool:
    """A verdict that only says that nothing has been shown yet is none, unless the ceiling was looked at."""
    ceiling = verdict.framework.keys("ceiling")
    return verdict.rule_key not in _NOTHING_SHOWN or any(not document.answers.unsure(key) for key in ceiling)
