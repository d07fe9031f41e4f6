"""What stands beside the questions of some sections: shares of failures, examples asked for."""

from typing import Any

from assessments.presenters.diagnosis import present_diagnosis
from assessments.presenters.legal import present_beside
from assessments.presenters.readiness import present_readiness
from assessments.services.answer_sheet import AnswerSheet


def section_asides(sheet: AnswerSheet, section: str) -> dict[str, Any]:
    """The views of this section beside its questions, by the name of their partial."""
    if section == "diagnosis":
        return {"diagnosis": present_diagnosis(sheet.verdict, sheet.document)}
    if section == "legal":
        return {"legal": present_beside(sheet.verdict)}
    if section == "readiness":
        return {"readiness": present_readiness(sheet.verdict)}
    return {}
