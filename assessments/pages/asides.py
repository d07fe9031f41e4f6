"""What stands beside the questions of some sections: shares of failures, examples asked for."""

from typing import Any

from assessments.models import Assessment
from assessments.presenters.diagnosis import present_diagnosis
from assessments.presenters.legal import present_beside
from assessments.presenters.pilot import present_pilot
from assessments.presenters.readiness import present_readiness
from assessments.presenters.upkeep import present_upkeep
from assessments.services.answer_sheet import AnswerSheet
from assessments.services.pilots import signed_criteria


def section_asides(assessment: Assessment, sheet: AnswerSheet, section: str) -> dict[str, Any]:
    """The views of this section beside its questions, by the name of their partial."""
    if section == "diagnosis":
        return {"diagnosis": present_diagnosis(sheet.verdict, sheet.document)}
    if section == "legal":
        return {"legal": present_beside(sheet.verdict)}
    if section == "readiness":
        return {"readiness": present_readiness(sheet.verdict)}
    if section == "pilot":
        return {"pilot": present_pilot(sheet.framework, sheet.document, signed_criteria(assessment))}
    if section == "release":
        return {"upkeep": present_upkeep(sheet.framework, sheet.document)}
    return {}
