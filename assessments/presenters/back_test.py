"""How verdict and outside view do on the published cases, in words, with what the figures cannot say."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.engine.back_test import back_test
from assessments.engine.calibration import CalibrationBand, calibration
from assessments.framework import Framework

from .formats import number, share, share_span

LIMITS = (
    gettext_noop(
        "Part of these cases was in view when the rules were written: the figure shows that they fit more than that "
        "they foresee."
    ),
    gettext_noop(
        "Each case has the benefit of the doubt: it is taken as if its team had done every step of the prompt ceiling "
        "and everything that makes serving cheaper, and still misses the target unless the case says that a prompt "
        "meets it."
    ),
    gettext_noop("Answers that only the outcome told are left out. The other answers are our reading of the sources."),
    gettext_noop("Several cases come from one source, and successes are published more often than failures."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One way to decide, and how many of the cases it gets right."""

    name: str
    right: str
    share: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BandView:
    """Forecasts of about the same size: their mean, and what came true, with its range."""

    forecasts: str
    mean: str
    came_true: str
    range: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationView:
    """How well the outside view forecasts from the others that tuning wins."""

    sentence: str
    bands: Sequence[BandView]


@dataclass(frozen=True, slots=True, kw_only=True)
class BackTestView:
    sentence: str
    scores: Sequence[Score]
    misses: Sequence[str]
    limits: Sequence[str]
    agreement: str
    """How far two people agreed who rated cases apart from each other."""
    calibration: CalibrationView


def present_back_test(framework: Framework) -> BackTestView:
    """The figures for the method page, beside what simpler ways would get."""
    found, rated = back_test(framework), framework.precedents.agreement

    def score(name: str, right: int) -> Score:
        return Score(name=name, right=_of(right, found.of), share=share(right / found.of))

    return BackTestView(
        sentence=_(
            "In {right} of {of} published cases ({share}) the verdict is to train a model where that is what worked, "
            "and something else where it is not."
        ).format(right=found.right, of=found.of, share=share(found.right / found.of)),
        scores=[
            score(_("This method: right on training a model or not"), found.right),
            score(_("This method: names a lever that the case allows"), found.acceptable),
            score(_("The decision tree alone"), found.tree_right),
            score(_("Always tuning"), found.always_right),
        ],
        misses=[checked.case.title for checked in found.misses],
        limits=[_(one) for one in LIMITS],
        agreement=_(
            "A second person rated some of the cases without knowing the first person's answers. They named the same "
            "outcome in {alike} of {rated}; on the answers their agreement is {kappa} (Cohen's kappa: 1 is always, 0 "
            "is chance)."
        ).format(alike=rated.outcomes_alike, rated=rated.outcomes_rated, kappa=number(rated.answers_kappa)),
        calibration=_calibration(framework),
    )


def _calibration(framework: Framework) -> CalibrationView:
    found = calibration(framework)
    return CalibrationView(
        sentence=_(
            "Each case is forecast from the others, those of its own source left out. The forecasts miss by {brier} "
            "(Brier score: the mean squared distance from what happened, 0 is perfect); whoever names the share of all "
            "cases each time misses by {share}."
        ).format(brier=number(round(found.brier, 3)), share=number(round(found.brier_of_share, 3))),
        bands=[_band(band) for band in found.bands],
    )


def _band(band: CalibrationBand) -> BandView:
    return BandView(
        forecasts=share_span(band.above, band.up_to)
        if band.above
        else _("Up to {share}").format(share=share(band.up_to)),
        mean=share(band.forecast),
        came_true=f"{_of(band.won, band.cases)}, {share(band.share)}",
        range=share_span(band.low, band.high),
    )


def _of(some: int, total: int) -> str:
    return _("{some} of {total}").format(some=some, total=total)
