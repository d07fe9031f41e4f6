"""How well the outside view forecasts: every published case judged by the others, its own group left out.

Formula: Brier score = mean of (forecast − outcome)², outcome 1 where tuning won, else 0 (Brier 1950): 0 is
perfect, lower is better. Beside it the score of a forecaster who knows no more than the share of all other
cases in which tuning won. The calibration table sets, for forecasts of about the same size, the mean forecast
beside the share that came true. Source: ours (docs/method.md, section 6).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from assessments.framework.schema import Framework

from .back_test import document_of
from .diagnosis import diagnose
from .intervals import wilson_interval
from .outside_view import outside_view

_BOUNDS = (0.0, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The share forecast for one case, the share of all other cases, and whether tuning won."""

    case: str
    share: float
    share_of_all: float
    won: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationBand:
    """Forecasts from `above` (not itself, but for 0) up to `up_to`: their mean beside what came true, 0 to 1."""

    above: float
    up_to: float
    cases: int
    forecast: float
    won: int
    low: float
    high: float

    @property
    def share(self) -> float:
        return self.won / self.cases

    def holds(self, share: float) -> bool:
        return _is_within(share, self.above, self.up_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    forecasts: tuple[Forecast, ...]

    @property
    def brier(self) -> float:
        """
        >>> knew = Forecast(case="a", share=0.9, share_of_all=0.5, won=True)
        >>> round(Calibration(forecasts=(knew,)).brier, 4)
        0.01
        """
        return _brier([(found.share, found.won) for found in self.forecasts])

    @property
    def brier_of_share(self) -> float:
        """The score of somebody who always names the share of all other cases."""
        return _brier([(found.share_of_all, found.won) for found in self.forecasts])

    @property
    def bands(self) -> tuple[CalibrationBand, ...]:
        """The calibration table; a band without forecasts is left out."""
        return tuple(self._bands())

    def band_of(self, share: float) -> CalibrationBand | None:
        """The band of a forecast, None where none of its size was made."""
        return next((band for band in self.bands if band.holds(share)), None)

    def _bands(self) -> Iterator[CalibrationBand]:
        for above, up_to in pairwise(_BOUNDS):
            found = [one for one in self.forecasts if _is_within(one.share, above, up_to)]
            if found:
                won = sum(one.won for one in found)
                low, high = wilson_interval(won, len(found))
                mean = sum(one.share for one in found) / len(found)
                yield CalibrationBand(
                    above=above, up_to=up_to, cases=len(found), forecast=mean, won=won, low=low, high=high
                )


@cache
def calibration(framework: Framework) -> Calibration:
    """Each case forecast from the cases of all other groups, worked out once."""
    return Calibration(forecasts=tuple(_forecasts(framework)))


def _forecasts(framework: Framework) -> Iterator[Forecast]:
    for case in framework.precedents.cases:
        document = document_of(framework, case)
        diagnosis = diagnose(framework, document.failures)
        seen = outside_view(framework, document, diagnosis, without_group=case.group)
        if seen is not None:
            won = framework.precedents.won(case)
            yield Forecast(case=case.key, share=seen.won / seen.of, share_of_all=seen.share_of_all, won=won)


def _is_within(share: float, above: float, up_to: float) -> bool:
    return above < share <= up_to or share == above == 0


def _brier(forecasts: Sequence[tuple[float, bool]]) -> float:
    return sum((share - won) ** 2 for share, won in forecasts) / len(forecasts) if forecasts else 0.0
