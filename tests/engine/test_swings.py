"""Weights elicited by comparison, held against worked examples from the literature."""

from itertools import combinations

import numpy as np
import pytest

from assessments.engine.swings import CONSISTENT, LEAST_SPREAD, Elicited, elicit, in_numbers_typed, questions
from assessments.framework import load_framework

RULES = load_framework().matrix
CRITERIA = [criterion.key for criterion in RULES.criteria]

# Saaty (2008), Decision making with the analytic hierarchy process, International Journal of Services Sciences 1(1),
# 83-98: which drink is consumed more in the US. The tests of AHPy have the same matrix, weights and ratio:
# https://github.com/PhilipGriffith/AHPy, tests/test_ahp.py.
DRINKS = """
    coffee wine tea beer sodas milk water
    1   9 5   2   1   1   1/2
    1/9 1 1/3 1/9 1/9 1/9 1/9
    1/5 3 1   1/3 1/4 1/3 1/9
    1/2 9 3   1   1/2 1   1/3
    1   9 4   2   1   2   1/2
    1   9 3   1   1/2 1   1/3
    2   9 9   3   2   3   1
"""
# Saaty (2003), Decision-making with the AHP: Why is the principal eigenvector necessary, European Journal of
# Operational Research 145(1), 85-91: buying a house. Sixteen pairs are in the tests of AHPy too ("Incomplete Housing"),
# the other twelve at https://studopedia.info/4-100870.html. The paper itself was not at hand: the weights below are
# those that the matrix has, to every digit.
HOUSE = """
    size transport neighbours age yard modern condition financing
    1   5   3   7 6   6   1/3 1/4
    1/5 1   1/3 5 3   3   1/5 1/7
    1/3 3   1   6 3   4   6   1/5
    1/7 1/5 1/6 1 1/3 1/4 1/7 1/8
    1/6 1/3 1/3 3 1   1/2 1/5 1/6
    1/6 1/3 1/4 4 2   1   1/5 1/6
    3   5   1/6 7 5   5   1   1/2
    4   7   5   8 6   6   2   1
"""

# "Analytic hierarchy process, leader example", Tom beside Dick, Tom beside Harry, Dick beside Harry:
# https://en.wikipedia.org/wiki/Analytic_hierarchy_process_%E2%80%93_leader_example
# The weights are those of HAHP.Sample.LeaderChoice (https://hackage.haskell.org/package/hahp-0.1.3), the ratios those
# of the README of AHPy, where it tells them.
LEADERS = {
    "experience": ((1 / 4, 4, 9), (0.217, 0.717, 0.066), 0.035),
    "education": ((3, 1 / 5, 1 / 7), (0.188, 0.081, 0.731), 0.062),
    "charisma": ((5, 9, 4), (0.743, 0.194, 0.063), None),
    "age": ((1 / 3, 5, 9), (0.265, 0.672, 0.063), None),
}


def pairs_of(table: str, **changes: float) -> tuple[list[str], list[dict[str, float]]]:
    """The criteria of a matrix of comparisons, and each pair as one answer."""
    head, *rows = table.split("\n")[1:-1]
    names = head.split()
    values = [[float(one) / float(two or 1) for one, _, two in (v.partition("/") for v in r.split())] for r in rows]
    pairs = combinations(range(len(names)), 2)
    return names, [{names[a]: changes.get(f"{names[a]}_{names[b]}", values[a][b]), names[b]: 1.0} for a, b in pairs]


def elicited(criteria: list[str], answers: list[dict[str, float]]) -> Elicited:
    found = elicit(criteria, answers)
    assert found is not None
    return found


def by_eigenvector(criteria: list[str], answers: list[dict[str, float]]) -> list[float]:
    """Saaty's own weights, of the matrix itself and to the digits that he prints."""
    place = {key: number for number, key in enumerate(criteria)}
    matrix = np.eye(len(criteria))
    for (one, more), (two, less) in (answer.items() for answer in answers):
        matrix[place[one], place[two]], matrix[place[two], place[one]] = more / less, less / more
    values, vectors = np.linalg.eig(matrix)
    found = abs(vectors[:, values.real.argmax()].real)
    return [round(float(weight), 3) for weight in found / found.sum()]


def test_swing_weights_of_an_office() -> None:
    """Goodwin & Wright (2004), Decision Analysis for Management Judgment, third edition, figure 3.5 and page 44.

    https://yumpu.com/en/document/view/10698289/downloadable-about-university/60
    """
    points = {"closeness": 100, "visibility": 80, "image": 70, "size": 30, "comfort": 20, "parking": 10}
    found = elicited(list(points), [dict(points)])
    addison_square = [100, 60, 100, 75, 0, 90]
    weights = [round(100 * weight) for weight in found.weights.values()]
    assert weights == [32, 26, 23, 10, 6, 3]
    assert sum(weight * value for weight, value in zip(weights, addison_square, strict=True)) == 8080
    assert found.consistency_ratio is None
    assert found.spreads is None


def test_pairs_of_drinks_have_the_weights_and_the_consistency_that_saaty_gives() -> None:
    found = elicited(*pairs_of(DRINKS))
    expected = [0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327]
    assert by_eigenvector(*pairs_of(DRINKS)) == expected
    assert list(found.weights.values()) == pytest.approx(expected, abs=0.003)
    assert found.consistency_ratio == pytest.approx(0.022, abs=0.001)
    assert found.is_consistent
    assert found.fits_least is None


def test_pairs_for_a_house_contradict_each_other_where_saaty_finds_it() -> None:
    criteria, answers = pairs_of(HOUSE)
    found = elicited(criteria, answers)
    assert by_eigenvector(criteria, answers) == [0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333]
    assert found.consistency_ratio == pytest.approx(0.169, abs=0.002)
    assert found.fits_least is not None
    assert set(answers[found.fits_least]) == {"neighbours", "condition"}
    mended = elicited(*pairs_of(HOUSE, neighbours_condition=0.5))
    assert mended.consistency_ratio == pytest.approx(0.083, abs=0.001)
    expected = [0.175, 0.062, 0.103, 0.019, 0.034, 0.041, 0.221, 0.345]
    assert by_eigenvector(*pairs_of(HOUSE, neighbours_condition=0.5)) == expected
    assert list(mended.weights.values()) == pytest.approx(expected, abs=0.004)


@pytest.mark.parametrize(("pairs", "expected", "ratio"), LEADERS.values(), ids=LEADERS)
def test_three_leaders_have_the_weights_that_are_printed(
    pairs: tuple[float, ...], expected: tuple[float, ...], ratio: float | None
) -> None:
    """Of three the two ways to weigh are the same, so that every digit is."""
    names = ["Tom", "Dick", "Harry"]
    found = elicited(names, _answers(names, pairs))
    assert tuple(round(weight, 3) for weight in found.weights.values()) == expected
    if ratio is not None:
        assert found.consistency_ratio == pytest.approx(ratio, abs=0.002)


def test_what_is_asked_of_a_leader() -> None:
    """The criteria of the same example: experience, education, charisma, age."""
    names = ["experience", "education", "charisma", "age"]
    answers = _answers(names, (4, 3, 7, 1 / 3, 3, 5))
    assert by_eigenvector(names, answers) == [0.548, 0.127, 0.270, 0.056]
    found = elicited(names, answers)
    assert list(found.weights.values()) == pytest.approx([0.548, 0.127, 0.270, 0.056], abs=0.002)
    assert found.consistency_ratio == pytest.approx(0.044, abs=0.003)


def test_a_pair_that_nobody_compared() -> None:
    """Of four the last pair is missing, as in the tests of AHPy.

    After Bozóki, Fülöp & Rónyai (2010), On optimal completion of incomplete pairwise comparison matrices, Mathematical
    and Computer Modelling 52(1-2), 318-333, https://doi.org/10.1016/j.mcm.2010.02.047
    """
    found = elicited(list("abcd"), _answers(list("abcd"), (1, 5, 2, 3, 4)))
    assert list(found.weights.values()) == pytest.approx([0.3738, 0.392, 0.0985, 0.1357], abs=0.0005)


def _answers(names: list[str], pairs: tuple[float, ...]) -> list[dict[str, float]]:
    return [{one: value, two: 1.0} for (one, two), value in zip(combinations(names, 2), pairs, strict=False)]


def test_three_pairs_have_the_geometric_mean_which_is_the_eigenvector() -> None:
    """Crawford & Williams (1985): of three both are the same."""
    answers: list[dict[str, float]] = [{"a": 2, "b": 1}, {"a": 6, "c": 1}, {"b": 2, "c": 1}]
    found = elicited(["a", "b", "c"], answers)
    raw = np.array([12 ** (1 / 3), 1.0, 12 ** (-1 / 3)])
    assert list(found.weights.values()) == pytest.approx((raw / raw.sum()).tolist())


@pytest.mark.parametrize("size", [11, 12, 13, 16])
def test_no_two_criteria_are_compared_twice_and_each_stands_in_three_questions(size: int) -> None:
    asked = questions([str(place) for place in range(size)])
    pairs = [frozenset(pair) for question in asked for pair in combinations(question, 2)]
    assert len(pairs) == len(set(pairs)) == 3 * size
    assert {sum(str(place) in question for question in asked) for place in range(size)} == {3}


def test_answers_without_contradiction_give_back_the_weights_they_came_from() -> None:
    true = dict(zip(CRITERIA, [6, 3, 3, 3, 3, 3, 0.5, 0.5, 2.5, 0.5, 2.5, 2.5], strict=True))
    answers = [{key: 10 * true[key] for key in asked} for asked in questions(CRITERIA)]
    found = elicited(CRITERIA, answers)
    assert found.consistency_ratio == pytest.approx(0, abs=1e-9)
    assert found.spreads == dict.fromkeys(CRITERIA, LEAST_SPREAD)
    for one in in_numbers_typed(RULES, found):
        assert one.weight == pytest.approx(one.typed)
        assert one.values["weight"] == pytest.approx(next(c.weight for c in RULES.criteria if c.key == one.criterion))
    assert elicit(CRITERIA, answers[:6]) is None  # some were not compared with the rest
    assert elicit(CRITERIA, []) is None


def test_eight_of_ten_intervals_hold_the_weight_that_was_meant() -> None:
    draw = np.random.default_rng(1)
    held, ratios = [], []
    for _ in range(60):
        true = draw.normal(0, 0.6, len(CRITERIA))
        place = {key: number for number, key in enumerate(CRITERIA)}
        answers = [
            {key: float(np.exp(true[place[key]] + draw.normal(0, 0.25))) for key in asked}
            for asked in questions(CRITERIA)
        ]
        found = elicited(CRITERIA, answers)
        assert found.spreads
        meant = true - true.mean()
        said = np.log(list(found.weights.values()))
        held += (abs(said - said.mean() - meant) < 1.2816 * np.array(list(found.spreads.values()))).tolist()
        ratios.append(found.consistency_ratio or 0)
    assert np.mean(held) == pytest.approx(0.8, abs=0.05)
    assert max(ratios) < CONSISTENT


def test_answers_at_random_are_as_inconsistent_as_chance() -> None:
    draw = np.random.default_rng(2)
    scale = [*(1 / step for step in range(9, 1, -1)), *range(1, 10)]
    ratios = []
    for _ in range(40):
        answers = [
            {one: 1.0, two: float(draw.choice(scale)), three: float(draw.choice(scale))}
            for one, two, three in questions(CRITERIA)
        ]
        found = elicited(CRITERIA, answers)
        ratios.append(found.consistency_ratio or 0)
        assert (found.fits_least is None) == found.is_consistent
    assert np.mean(ratios) == pytest.approx(1, abs=0.2)
