"""One line of the list of assessments."""

from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.engine.decision import Verdict
from assessments.engine.document import Document
from assessments.engine.fields import field_at
from assessments.framework import Framework, Question

from .formats import quoted
from .verdict import headline, headline_words


class HowFar(Protocol):
    @property
    def answered(self) -> int: ...
    @property
    def of(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    assessment: Any
    name: str
    verdict: str
    answered: int
    of: int
    changed: str
    """What was changed last, and by whom; empty where nobody knows."""
    changed_by: str


_PARTS = {
    "matrix": gettext_noop("the matrix"),
    "checks": gettext_noop("a checklist"),
    "data": gettext_noop("the examples by label"),
    "override_weeks": gettext_noop("corrections by week"),
    "comparison": gettext_noop("the measured comparison"),
}


def change_words(framework: Framework, path: str) -> str:
    """What a value, or the part that it belongs to, is called for whoever looks at what was changed."""
    if part := _PARTS.get(path.partition(".")[0]):
        return _(part)
    field = field_at(framework, path)
    return quoted(field.label) if isinstance(field, Question) else _("the costs")


def present_entry(
    entry: Any, framework: Framework, *, assessment: Any, changed: str = "", changed_by: str = ""
) -> Listed:
    """From the row that lists keep of it, which has no need to decide again."""
    return Listed(
        assessment=assessment,
        name=entry.shown_name,
        verdict=headline_words(framework, entry.approach or None, entry.action, wording=entry.wording),
        answered=entry.answered,
        of=entry.questions,
        changed=changed,
        changed_by=changed_by,
    )


def present_listed(
    verdict: Verdict, document: Document, how_far: HowFar, *, assessment: Any, changed: str = "", changed_by: str = ""
) -> Listed:
    return Listed(
        assessment=assessment,
        name=document.name,
        verdict=headline(verdict).title,
        answered=how_far.answered,
        of=how_far.of,
        changed=changed,
        changed_by=changed_by,
    )
