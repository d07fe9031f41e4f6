"""The page of the similar cases: the outside view, three alike, and the closest that went the other way."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.engine.decision import Decision

from .precedents import CaseView, present_similar


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesView:
    heading: str
    lead: str
    list_heading: str
    cases: Sequence[CaseView]
    empty: str
    of: int


def present_cases(decision: Decision) -> CasesView:
    similar = present_similar(decision)
    return CasesView(
        heading=f"The {len(similar.cases)} published cases most like yours" if similar.cases else "No case like yours",
        lead=similar.caution,
        list_heading="The closest ones",
        cases=similar.cases,
        empty=similar.empty,
        of=similar.of,
    )
