"""What fails: the counted failures kind by kind, what they have in common, and how corrections go."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.engine.decision import Decision
from assessments.engine.intervals import wilson_interval

from .diagnosis import present_diagnosis
from .formats import number, share, share_span, short_name
from .words import lower


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureBar:
    """One kind of failure. `leads` tells those of the group that most failures are of."""

    name: str
    count: str
    words: str
    interval: str
    share: float
    leads: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FailuresView:
    heading: str
    about: str
    bars: Sequence[FailureBar]
    notes: Sequence[str]


def present_failures(decision: Decision) -> FailuresView:
    diagnosis, framework = decision.diagnosis, decision.framework
    groups = present_diagnosis(decision, decision.document)
    largest = max(diagnosis.groups, key=lambda group: group.count, default=None)
    modes = {mode: group.key for group in framework.failure_groups for mode in group.modes}
    counted = sorted(
        ((mode, found) for mode, found in decision.document.failures.items() if found), key=lambda one: -one[1]
    )
    bars = []
    for mode, found in counted:
        low, high = wilson_interval(found, diagnosis.sample)
        bars.append(
            FailureBar(
                name=framework.questions[mode].label,
                count=number(found),
                words=share(found / diagnosis.sample),
                interval=_("{low} to {high}").format(low=f"{low * 100:.0f}", high=f"{high * 100:.0f}"),
                share=round(found / diagnosis.sample * 100, 1),
                leads=largest is not None and modes[mode] == largest.key,
            )
        )
    corrections = _("Corrections by people: {trend}")
    notes = [groups.more, corrections.format(trend=groups.trend) if groups.trend else ""]
    if bars and largest is not None:
        name = next(group.name for group in framework.failure_groups if group.key == largest.key)
        told = _("Blue: {kind}, {share} together ({range}).").format(
            kind=lower(short_name(name)), share=share(largest.share), range=share_span(largest.low, largest.high)
        )
        notes.insert(0, told)
    return FailuresView(
        heading=groups.heading,
        about=_("In brackets the range at 95%.") if bars else "",
        bars=bars,
        notes=[note for note in notes if note],
    )
