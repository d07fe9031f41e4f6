"""How well the outside view forecasts the published cases: method.md, section 6."""

import pytest

from assessments.engine.calibration import Calibration, Forecast, calibration
from tests.benchmarks.published_cases import BRIER

from .documents import FRAMEWORK


def forecast(share: float, won: bool, share_of_all: float = 0.5) -> Forecast:
    return Forecast(case="a", share=share, share_of_all=share_of_all, won=won)


def test_each_case_is_forecast_once_and_never_from_its_own_group() -> None:
    cases, found = FRAMEWORK.precedents.cases, calibration(FRAMEWORK).forecasts
    assert [one.case for one in found] == [case.key for case in cases]
    for case, one in zip(cases, found, strict=True):
        others = [other for other in cases if other.group != case.group]
        assert one.share_of_all == pytest.approx(sum(map(FRAMEWORK.precedents.won, others)) / len(others))


def test_the_outside_view_forecasts_better_than_the_share_of_all() -> None:
    found = calibration(FRAMEWORK)
    assert found.brier <= BRIER < found.brier_of_share


def test_the_brier_score_is_the_mean_squared_distance() -> None:
    found = Calibration(forecasts=(forecast(0.9, True), forecast(0.4, True), forecast(0.2, False, 0.6)))
    assert found.brier == pytest.approx((0.01 + 0.36 + 0.04) / 3)
    assert found.brier_of_share == pytest.approx((0.25 + 0.25 + 0.36) / 3)
    assert Calibration(forecasts=()).brier == 0


def test_the_table_sets_what_was_forecast_beside_what_came_true() -> None:
    found = Calibration(forecasts=(forecast(0, False), forecast(0.4, True), forecast(0.7, True), forecast(0.8, False)))
    assert [(band.above, band.up_to, band.cases, band.won) for band in found.bands] == [
        (0, 0.4, 2, 1),
        (0.6, 0.8, 2, 1),
    ]
    assert [band.forecast for band in found.bands] == pytest.approx([0.2, 0.75])
    assert [band.share for band in found.bands] == [0.5, 0.5]


def test_every_forecast_stands_in_one_band_and_larger_ones_come_true_more_often() -> None:
    bands = calibration(FRAMEWORK).bands
    assert sum(band.cases for band in bands) == len(FRAMEWORK.precedents.cases)
    assert [band.share for band in bands] == sorted(band.share for band in bands)


def test_the_band_of_a_forecast_is_found_by_its_size() -> None:
    found = Calibration(forecasts=(forecast(0, False), forecast(0.7, True)))
    low, high = found.bands
    assert [found.band_of(share) for share in (0, 0.4, 0.5, 0.61, 0.8)] == [low, low, None, high, high]
