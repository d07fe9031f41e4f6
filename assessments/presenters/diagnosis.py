"""What the counted failures and the weekly corrections say, in words and bars."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.engine.decision import Diagnosis, Verdict
from assessments.engine.document import Document

from .formats import count, number, share, short_name
from .words import part

_TREND_WORDS = {
    "declining": "falling, so what you do already helps",
    "rising_or_stable": "not falling, so small changes do not reach the cause",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareBar:
    """One failure group: its share and 95 % interval, as words and as percentages for the bar."""

    name: str
    count: int
    words: str
    interval: str
    share: float
    low: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosisView:
    heading: str
    bars: Sequence[ShareBar]
    mark: str
    """What a share has to be above to lead, and where on the bar that is."""
    mark_at: float
    more: str
    trend: str


def present_diagnosis(verdict: Verdict, document: Document) -> DiagnosisView:
    diagnosis, framework = verdict.diagnosis, verdict.framework
    names = {group.key: group.name for group in framework.failure_groups}
    most = part(framework.thresholds.dominant_share)
    mark = "one half" if most == "half" else most
    bars = [
        ShareBar(
            name=names[group.key],
            count=group.count,
            words=share(group.share),
            interval=f"{share(group.low)} to {share(group.high)}",
            share=round(group.share * 100, 1),
            low=round(group.low * 100, 1),
            width=round((group.high - group.low) * 100, 1),
        )
        for group in sorted(diagnosis.groups, key=lambda group: -group.count)
    ]
    return DiagnosisView(
        heading=_heading(diagnosis, names),
        bars=bars if diagnosis.sample else (),
        mark=mark,
        mark_at=round(framework.thresholds.dominant_share * 100 - 0.2, 1),
        more=_more(diagnosis, mark),
        trend=_trend(verdict, document),
    )


def _heading(diagnosis: Diagnosis, names: dict[str, str]) -> str:
    if not diagnosis.sample:
        return "No failures counted yet"
    if diagnosis.dominant:
        return f"{short_name(names[diagnosis.dominant])} causes most of the {number(diagnosis.sample)} failures"
    if diagnosis.sample == 1:
        return "One failure counted, too few to say what fails most"
    return f"No one kind causes most of the {number(diagnosis.sample)} failures"


def _more(diagnosis: Diagnosis, mark: str) -> str:
    """How many more to label where the largest share could lie on either side of what dominates."""
    if not diagnosis.sample or diagnosis.label_more == 0:
        return ""
    if diagnosis.label_more is None:
        return f"The largest kind has exactly {mark.removeprefix('one ')}. Label more to see which side it falls on."
    return (
        f"The largest kind could be above or below {mark}. Label about {number(diagnosis.label_more)} more to be sure."
    )


def _trend(verdict: Verdict, document: Document) -> str:
    weeks = document.override_weeks
    if not weeks:
        return ""
    trend = _TREND_WORDS.get(verdict.gate.trend or "")
    if trend is None:
        needed = count(verdict.framework.thresholds.gate_weeks).capitalize()
        return f"{len(weeks)} week{'s' * (len(weeks) > 1)} so far. {needed} are needed to see a trend."
    return f"{len(weeks)} weeks, from {number(weeks[0])} to {number(weeks[-1])}: {trend}."
