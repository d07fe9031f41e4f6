"""What the counted failures and the weekly corrections say, in words and bars."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from assessments.engine.decision import Diagnosis, Verdict
from assessments.engine.document import Document

from .formats import count, counted, number, share, share_span, short_name
from .words import part, starting

_HALF = 0.5
_TREND_WORDS = {
    "declining": gettext_noop("{weeks}, from {first} to {last}: falling, so what you do already helps."),
    "rising_or_stable": gettext_noop(
        "{weeks}, from {first} to {last}: not falling, so small changes do not reach the cause."
    ),
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
    most = framework.thresholds.dominant_share
    mark = _("one half") if most == _HALF else share(most)
    bars = [
        ShareBar(
            name=names[group.key],
            count=group.count,
            words=share(group.share),
            interval=share_span(group.low, group.high),
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
        more=_more(diagnosis, most),
        trend=_trend(verdict, document),
    )


def _heading(diagnosis: Diagnosis, names: dict[str, str]) -> str:
    if not diagnosis.sample:
        return _("No failures counted yet")
    if diagnosis.dominant:
        told = _("{kind} causes most of the {number} failures")
        return told.format(kind=short_name(names[diagnosis.dominant]), number=number(diagnosis.sample))
    if diagnosis.sample == 1:
        return _("One failure counted, too few to say what fails most")
    return _("No one kind causes most of the {number} failures").format(number=number(diagnosis.sample))


def _more(diagnosis: Diagnosis, most: float) -> str:
    """How many more to label where the largest share could lie on either side of what dominates."""
    if not diagnosis.sample or diagnosis.label_more == 0:
        return ""
    if diagnosis.label_more is None:
        told = _("The largest kind has exactly {share}. Label more to see which side it falls on.")
        return told.format(share=part(most))
    if most == _HALF:
        told = _("The largest kind could be above or below one half. Label about {number} more to be sure.")
    else:
        told = _("The largest kind could be above or below {share}. Label about {number} more to be sure.")
    return told.format(share=share(most), number=number(diagnosis.label_more))


def _trend(verdict: Verdict, document: Document) -> str:
    weeks = document.override_weeks
    if not weeks:
        return ""
    trend = _TREND_WORDS.get(verdict.gate.trend or "")
    if trend is None:
        needed = starting(count(verdict.framework.thresholds.gate_weeks))
        told = ngettext(
            "{n} week so far. {needed} are needed to see a trend.",
            "{n} weeks so far. {needed} are needed to see a trend.",
            len(weeks),
        )
        return told.format(n=number(len(weeks)), needed=needed)
    many = counted(len(weeks), "{n} week", "{n} weeks")
    return _(trend).format(weeks=many, first=number(weeks[0]), last=number(weeks[-1]))
