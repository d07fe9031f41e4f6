"""Documents as the presenters meet them: decided, with their answers as they are stored."""

from typing import Any

from assessments.engine.decision import Decision
from assessments.models import StoredAnswer
from assessments.services.answer_sheet import from_document

from ..documents import decided
from ..visits import FRAMEWORK


def decision_and_answers(document: dict[str, Any]) -> tuple[Decision, dict[str, StoredAnswer]]:
    return decided(document), {row.key: row for row in from_document(FRAMEWORK, document)}
