"""What the method page says of the published cases: figures with their limits."""

import re

from assessments.engine.back_test import back_test
from assessments.engine.calibration import calibration
from assessments.framework import load_framework
from assessments.presenters.back_test import present_back_test

FRAMEWORK = load_framework()
VIEW = present_back_test(FRAMEWORK)


def test_the_figure_stands_beside_what_simpler_ways_get() -> None:
    found = back_test(FRAMEWORK)
    assert f"In {found.right} of {found.of} published cases" in VIEW.sentence
    assert [score.right for score in VIEW.scores] == [
        f"{right} of {found.of}" for right in (found.right, found.acceptable, found.tree_right, found.always_right)
    ]
    assert len(VIEW.misses) == len(found.misses)


def test_the_agreement_of_two_raters_is_said() -> None:
    assert "same outcome in 29 of 29" in VIEW.agreement
    assert "0.71" in VIEW.agreement


def test_the_calibration_is_a_score_beside_a_plain_one_and_a_table() -> None:
    found = calibration(FRAMEWORK)
    scores = [float(score) for score in re.findall(r"miss(?:es)? by (0\.\d+)", VIEW.calibration.sentence)]
    assert scores == [round(found.brier, 3), round(found.brier_of_share, 3)]
    assert len(VIEW.calibration.bands) == len(found.bands)
    assert (VIEW.calibration.bands[0].forecasts, VIEW.calibration.bands[-1].forecasts) == ("Up to 40%", "80% to 100%")


def test_winners_are_said_to_be_over_published() -> None:
    assert any("published more often than failures" in limit for limit in VIEW.limits)
