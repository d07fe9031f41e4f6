"""Labelling failures in words: how far everybody is, what two people differ on, and the counts beside the answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.engine.measured.figures import LabelAgreement
from assessments.framework import Framework

from .blind import BlindPerson
from .formats import number, share, share_span
from .measured.shown import ShownTable, beyond_chance_words, confusion_table
from .within import spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeChoice:
    """A kind of failure as one can choose it."""

    value: str
    label: str
    ask: str
    key: str
    """The key that chooses it, 1 to 9."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    label: str
    now: str
    """What stands as the answer."""
    counted: str
    is_other: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementView:
    sentence: str
    about: str
    table: ShownTable
    """Which labels are taken for which."""


def mode_choices(framework: Framework) -> Sequence[ModeChoice]:
    modes = [mode for group in framework.failure_groups for mode in group.modes]
    return [
        ModeChoice(
            value=mode,
            label=framework.questions[mode].label,
            ask=framework.questions[mode].ask,
            key=str(place) if place < 10 else "",
        )
        for place, mode in enumerate(modes, start=1)
    ]


def present_labellers(names: Mapping[str, str], done: Mapping[str, int], of: int, you: str) -> Sequence[BlindPerson]:
    return [
        BlindPerson(
            name=_("You") if key == you else name,
            done=done[key],
            of=of,
            words=_("{done} of {of} labelled").format(done=number(done[key]), of=number(of)),
        )
        for key, name in names.items()
    ]


def mode_name(framework: Framework, mode: str) -> str:
    return framework.questions[mode].label if mode in framework.questions else _("Cannot tell")


def count_rows(framework: Framework, counts: Mapping[str, int], answered: Mapping[str, int]) -> Sequence[CountRow]:
    return [
        CountRow(
            label=choice.label,
            now=number(answered[choice.value]) if choice.value in answered else "–",
            counted=number(counts.get(choice.value, 0)),
            is_other=counts.get(choice.value, 0) != answered.get(choice.value, 0),
        )
        for choice in mode_choices(framework)
    ]


def present_agreement(framework: Framework, found: LabelAgreement) -> AgreementView:
    about = "" if found.kappa is None else beyond_chance_words(_("Cohen’s kappa"), found.kappa, found.low, found.high)
    return AgreementView(
        sentence=_agreed_words(found),
        about=about,
        table=confusion_table(found, {label: mode_name(framework, label) for label in found.labels}),
    )


def _agreed_words(found: LabelAgreement) -> str:
    agreed = found.agreed
    if agreed.share is None:
        return _("The two of you agree on {same} of {of}").format(same=number(agreed.count), of=number(agreed.of))
    return _("The two of you agree on {same} of {of}, {share} ({span})").format(
        same=number(agreed.count),
        of=number(agreed.of),
        share=share(agreed.share),
        span=share_span(*agreed.interval),
    )


def left_out_words(unsettled: int, untold: int) -> str:
    """What the counts leave out, as a sentence; empty where they have all."""
    if not unsettled and not untold:
        return ""
    if not untold:
        words = _("Left out: {differ} on which you still differ.")
    elif not unsettled:
        words = _("Left out: {untold} that nobody could tell.")
    else:
        words = _("Left out: {differ} on which you still differ and {untold} that nobody could tell.")
    return words.format(differ=spoken(unsettled), untold=spoken(untold))
