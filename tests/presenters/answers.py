"""Documents as the presenters meet them: decided, with their answers as they are stored."""

from collections.abc import Mapping
from typing import Any

from assessments.engine.decision import Decision
from assessments.models import StoredValue
from assessments.services.answer_sheet import sheet_of_document

from ..documents import decided
from ..visits import FRAMEWORK


def decision_and_answers(document: dict[str, Any]) -> tuple[Decision, Mapping[str, StoredValue]]:
    return decided(document), sheet_of_document(FRAMEWORK, document).values
