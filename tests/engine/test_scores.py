"""The three scores and their bands (method.md 3.2 to 3.4)."""

from typing import Any

import pytest

from assessments.engine.lenses import confidence_score, net_score, weighted_score
from assessments.framework.schema import ScoreBands

from .documents import FRAMEWORK, document_of
from .second_reading import ANTI_INDICATORS, INDICATORS

FOR, AGAINST = list(INDICATORS), list(ANTI_INDICATORS)
LENSES = [confidence_score, net_score, weighted_score]


def seen_by(lens: Any, reasons: Any, against: Any = (), others: Any = None) -> Any:
    answers = dict.fromkeys((*reasons, *against), "yes") | (others or {})
    found = lens.look(FRAMEWORK, document_of(answers).answers)
    return found.value, found.band, found.stance


@pytest.mark.parametrize(
    ("reasons", "against", "band", "stance"),
    [
        (6, 0, "strong", "for"),
        (5, 0, "moderate", "pilot"),
        (3, 0, "moderate", "pilot"),
        (2, 0, "weak", "against"),
        (6, 1, "moderate", "pilot"),
        (0, 5, "weak", "against"),
    ],
)
def test_confidence_divides_the_net_by_eleven(reasons: int, against: int, band: str, stance: str) -> None:
    """method.md 3.2."""
    value = pytest.approx((reasons - against) / 11)
    assert seen_by(confidence_score, FOR[:reasons], AGAINST[:against]) == (value, band, stance)


@pytest.mark.parametrize(
    ("reasons", "against", "band", "stance"),
    [
        (3, 0, "strong", "for"),
        (4, 1, "strong", "for"),
        (2, 0, "moderate", "pilot"),
        (1, 0, "moderate", "pilot"),
        (0, 0, "weak", "against"),
        (1, 2, "weak", "against"),
    ],
)
def test_net_is_the_plain_difference(reasons: int, against: int, band: str, stance: str) -> None:
    """method.md 3.3."""
    value = reasons - against
    assert seen_by(net_score, FOR[:reasons], AGAINST[:against]) == (value, band, stance)


@pytest.mark.parametrize(
    ("reasons", "against", "points", "band"),
    [
        (FOR, [], 15, "strong"),  # 0.517
        (["consistent_behavior", "domain_knowledge", "data_sovereignty"], [], 9, "moderate"),
        (["consistent_behavior", "domain_knowledge"], [], 6, "moderate"),  # 0.207
        (["consistent_behavior", "brand_voice"], [], 5, "weak"),  # 0.172
        (FOR, ["insufficient_data"], 13, "moderate"),
        ([], AGAINST, -14, "weak"),
    ],
)
def test_weighted_counts_high_three_and_medium_two(reasons: Any, against: Any, points: int, band: str) -> None:
    """method.md 3.4: out of 29."""
    value, found, _ = seen_by(weighted_score, reasons, against)
    assert (value, found) == (pytest.approx(points / 29), band)


@pytest.mark.parametrize("lens", LENSES)
def test_an_unsure_answer_is_not_counted(lens: Any) -> None:
    """method.md 1: an unsure condition is not established."""
    assert seen_by(lens, [], others={"brand_voice": "unsure", "low_volume": "unsure"})[0] == 0


@pytest.mark.parametrize(
    ("score", "band"),
    [(0.51, "strong"), (0.5, "moderate"), (0.2, "moderate"), (0.19, "weak"), (-1, "weak"), (1, "strong")],
)
def test_both_ends_of_the_moderate_band_are_moderate(score: float, band: str) -> None:
    """method.md 3.2."""
    assert ScoreBands(strong_above=0.5, moderate_from=0.2).band(score) == band


def test_the_weighted_score_is_met_where_it_is_strong_and_nowhere_else() -> None:
    """A weak one must not be shown with a tick."""
    for answers, met in ((dict.fromkeys(FRAMEWORK.keys("indicator"), "yes"), True), ({}, False)):
        (condition,) = weighted_score.look(FRAMEWORK, document_of(answers).answers).conditions
        assert (condition.met, condition.figures["band"] == "strong") == (met, met)
        assert condition.keys == (*FRAMEWORK.keys("indicator"), *FRAMEWORK.keys("anti_indicator"))
