"""What the method page says of the published cases: figures with their limits."""

import re

import pytest

from assessments.engine.back_test import back_test
from assessments.engine.calibration import calibration
from assessments.framework import load_framework
from assessments.presenters.back_test import BackTestView, present_back_test

FRAMEWORK = load_framework()


@pytest.fixture(scope="module")
def view() -> BackTestView:
    return present_back_test(FRAMEWORK)


def test_the_figure_stands_beside_what_simpler_ways_get(view: BackTestView) -> None:
    found = back_test(FRAMEWORK)
    assert f"In {found.right} of {found.of} published cases" in view.sentence
    assert [score.right for score in view.scores] == [
        f"{right} of {found.of}" for right in (found.right, found.acceptable, found.tree_right, found.always_right)
    ]
    assert len(view.misses) == len(found.misses)


def test_the_agreement_of_two_raters_is_said(view: BackTestView) -> None:
    assert "same outcome in 29 of 29" in view.agreement
    assert "0.71" in view.agreement


def test_the_calibration_is_a_score_beside_a_plain_one_and_a_table(view: BackTestView) -> None:
    found = calibration(FRAMEWORK)
    scores = [float(score) for score in re.findall(r"miss(?:es)? by (0\.\d+)", view.calibration.sentence)]
    assert scores == [round(found.brier, 3), round(found.brier_of_share, 3)]
    assert len(view.calibration.bands) == len(found.bands)
    assert (view.calibration.bands[0].forecasts, view.calibration.bands[-1].forecasts) == ("Up to 40%", "80% to 100%")


def test_winners_are_said_to_be_over_published(view: BackTestView) -> None:
    assert any("published more often than failures" in limit for limit in view.limits)
