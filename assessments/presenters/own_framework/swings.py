"""Questions that compare swings, and the weights that follow from the answers beside the numbers typed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.engine.swings import CONSISTENT, ENOUGH, Elicited, ElicitedWeight, Swings, in_numbers_typed
from assessments.framework import Framework
from assessments.presenters.formats import decimals, number


@dataclass(frozen=True, slots=True, kw_only=True)
class SwingField:
    """The points of one criterion in one question."""

    name: str
    label: str
    about: str
    text: str
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SwingQuestion:
    number: int
    fields: Sequence[SwingField]
    fits_least: bool
    """Whether its answer contradicts the others most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ElicitedRow:
    """One weight as it is typed and as the answers have it; the rest draws both on one scale from 0 to 100."""

    name: str
    typed: str
    weight: str
    between: str
    low: float
    width: float
    at: float
    typed_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SwingsView:
    questions: Sequence[SwingQuestion]
    progress: str
    consistency: str
    """How well the answers agree; empty before there are enough of them."""
    is_consistent: bool
    rows: Sequence[ElicitedRow]


def present_swings(
    draft: Framework,
    asked: Sequence[Sequence[str]],
    answers: Mapping[int, Swings],
    elicited: Elicited | None,
    *,
    field_name: Callable[[int, str], str],
    typed: Mapping[str, str],
    faults: Mapping[str, str],
) -> SwingsView:
    """`typed` and `faults` are those of what was sent and not kept, by the names of fields."""
    named = {criterion.key: criterion for criterion in draft.matrix.criteria}

    def field(place: int, key: str) -> SwingField:
        name, answer = field_name(place + 1, key), answers.get(place, {})
        return SwingField(
            name=name,
            label=named[key].name,
            about=named[key].about,
            text=typed.get(name, f"{answer[key]:g}" if key in answer else ""),
            fault=faults.get(name, ""),
        )

    least = None if elicited is None or elicited.fits_least is None else list(answers)[elicited.fits_least]
    return SwingsView(
        questions=[
            SwingQuestion(
                number=place + 1,
                fields=[field(place, key) for key in criteria],
                fits_least=place == least,
            )
            for place, criteria in enumerate(asked)
        ],
        progress=_(
            "{n} of {all} answered. The weights follow from {enough} answers on; each one more makes them firmer."
        ).format(n=len(answers), all=len(asked), enough=ENOUGH),
        consistency=_consistency(elicited, least) if elicited else "",
        is_consistent=bool(elicited and elicited.is_consistent),
        rows=_rows(draft, in_numbers_typed(draft.matrix, elicited)) if elicited else (),
    )


def _consistency(elicited: Elicited, least: int | None) -> str:
    limit = decimals(CONSISTENT, 2)
    if elicited.consistency_ratio is None:
        return _("No answer could contradict another yet.")
    words = _(
        "Consistency ratio {ratio}. Above {limit} answers contradict each other too much. Question {least} fits the "
        "others least: look at it again."
    )
    if least is None:
        words = _("Consistency ratio {ratio}. The answers agree with each other: up to {limit} counts as consistent.")
    return words.format(ratio=decimals(elicited.consistency_ratio, 2), limit=limit, least=(least or 0) + 1)


def _rows(draft: Framework, found: Sequence[ElicitedWeight]) -> Sequence[ElicitedRow]:
    names = {criterion.key: criterion.name for criterion in draft.matrix.criteria}
    most = max(max(one.high, one.typed) for one in found)
    return [
        ElicitedRow(
            name=names[one.criterion],
            typed=number(one.typed),
            weight=decimals(one.weight, 1),
            between=_("{low} to {high}").format(low=decimals(one.low, 1), high=decimals(one.high, 1)),
            low=round(100 * one.low / most, 1),
            width=round(100 * (one.high - one.low) / most, 1),
            at=round(100 * one.weight / most, 1),
            typed_at=round(100 * one.typed / most, 1),
        )
        for one in found
    ]
