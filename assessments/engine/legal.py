"""The legal points that want a yes before anything is tuned. They move no verdict. [ours]"""

from dataclasses import dataclass
from typing import Literal

from assessments.framework.schema import Framework, Question

from .document import Document

PointStand = Literal["settled", "no", "open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalPoint:
    """One point to settle, by its question. What does not apply is settled."""

    key: str
    stand: PointStand


def legal_points(framework: Framework, document: Document) -> tuple[LegalPoint, ...]:
    """How every point stands, in the framework's order. What bears on a teacher counts where there is one.

    >>> from assessments.framework import load_framework
    >>> document = Document(use_case={"name": "A"}, legal={"base_licence": "yes", "data_rights": "no"})
    >>> [(point.key, point.stand) for point in legal_points(load_framework(), document)][:2]
    [('base_licence', 'settled'), ('data_rights', 'no')]
    """
    return tuple(
        LegalPoint(key=key, stand=_stand(document.legal.get(key)))
        for key in framework.legal.to_settle
        if key in document.legal or _bears(framework.questions[key], document)
    )


def _stand(value: str | None) -> PointStand:
    return "settled" if value in ("yes", "na") else "no" if value == "no" else "open"


def _bears(question: Question, document: Document) -> bool:
    """Whether one of the answers that it hangs on is as it says."""
    return not question.asked_for or any(
        (document.use_case.get(key) or document.answers.value(key)) in values
        for key, values in question.asked_for.items()
    )
