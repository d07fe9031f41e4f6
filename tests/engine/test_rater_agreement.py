"""How far several people agree, held against the worked examples of those who made the figures."""

import random
from statistics import stdev

import pytest

from assessments.engine.measured.agreement import as_text, label_agreement, number_agreement, rater_agreement, spread_of
from assessments.engine.measured.figures import Part

# Krippendorff 2011, “Computing Krippendorff's Alpha-Reliability”, https://repository.upenn.edu/asc_papers/43,
# example C: four observers, twelve units, some left out. A line for each observer. irr::kripp.alpha has it, too.
KRIPPENDORFF = ("123321412   ", "1233224125 3", " 3332342251 ", "12332441251 ")
# Fleiss 1971, “Measuring nominal scale agreement among many raters”, Psychological Bulletin 76(5), 378-382,
# https://doi.org/10.1037/h0031619, table 1: how many of six psychiatrists gave each of 30 patients one of five
# diagnoses.
FLEISS = (
    "00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031",
    "00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006",
)


def krippendorffs_numbers() -> list[list[float | None]]:
    return [[float(one) if one.strip() else None for one in unit] for unit in zip(*KRIPPENDORFF, strict=True)]


def diagnoses() -> list[list[str]]:
    rows = " ".join(FLEISS).split()
    return [[str(label) for label, count in enumerate(row) for _ in range(int(count))] for row in rows]


def test_alpha_of_krippendorffs_example() -> None:
    units = [tuple(one.strip() for one in unit) for unit in zip(*KRIPPENDORFF, strict=True)]
    found = rater_agreement(units, 4)
    assert found.beyond_chance == pytest.approx(0.743, abs=0.0005)
    assert found.agreed == Part(count=8, of=11), "the last unit has one value, which nothing pairs with"


def test_alpha_of_fleiss_table_is_his_kappa_but_for_the_size_of_the_sample() -> None:
    """Kappa is 0.430 there. Alpha leaves the pairs of an answer with itself out: 1 − α = (1 − κ)·(N − 1) ÷ N."""
    questions = diagnoses()
    assert [sum(said.count(label) for said in questions) for label in "01234"] == [26, 26, 30, 55, 43]
    found = rater_agreement(questions, 6)
    assert found.beyond_chance is not None
    kappa = 1 - (1 - found.beyond_chance) * 180 / 179
    assert kappa == pytest.approx(0.430, abs=0.0005)


def test_the_range_is_as_wide_as_resampling_the_questions_makes_it() -> None:
    questions, drawn = diagnoses(), random.Random(7)
    found = rater_agreement(questions, 6)
    resampled = [rater_agreement(drawn.choices(questions, k=30), 6).beyond_chance or 0 for _ in range(300)]
    assert found.low is not None
    assert found.high is not None
    assert (found.high - found.low) / 2 == pytest.approx(1.96 * stdev(resampled), rel=0.15)


def test_of_two_people_it_is_the_kappa_of_labels() -> None:
    pairs = [("yes", "yes")] * 6 + [("no", "yes")] * 2 + [("no", "no")] * 4
    of_labels, found = label_agreement(pairs), rater_agreement([*pairs, ("yes", "")], 2)
    assert (found.beyond_chance, found.low, found.high) == (of_labels.kappa, of_labels.low, of_labels.high)
    assert found.agreed == Part(count=10, of=12)


def test_the_kappa_of_two_people_and_its_range_are_those_of_a_worked_example() -> None:
    """That of ci.kappa of statpsych 1.6.0, after Fleiss & Paik 2003, “Statistical Methods for Rates and Proportions”.

    https://search.r-project.org/CRAN/refmans/statpsych/html/ci.kappa.html
    """
    counts = {("no", "no"): 31, ("no", "yes"): 12, ("yes", "no"): 4, ("yes", "yes"): 58}
    found = rater_agreement([pair for pair, count in counts.items() for _ in range(count)], 2)
    assert found.agreed == Part(count=89, of=105)
    assert (found.beyond_chance, found.low, found.high) == pytest.approx((0.6756757, 0.5317210, 0.8196303), abs=5e-8)


@pytest.mark.parametrize("raters", [2, 3])
def test_where_nothing_differs_there_is_no_figure_beyond_chance(raters: int) -> None:
    found = rater_agreement([("yes",) * raters] * 5, raters)
    assert (found.agreed, found.beyond_chance, found.low) == (Part(count=5, of=5), None, None)
    assert rater_agreement([("",) * raters], raters).agreed.of == 0


def test_where_one_question_alone_differs_there_is_no_range() -> None:
    found = rater_agreement([("yes", "yes", "yes")] * 4 + [("yes", "no", "yes")], 3)
    assert found.beyond_chance is not None
    assert found.low is None


def test_alpha_of_numbers_is_that_of_krippendorffs_example_for_interval_data() -> None:
    """The same four observers, their values taken for numbers: 0.849 there, and by irr::kripp.alpha."""
    found = number_agreement(krippendorffs_numbers())
    assert found
    assert found.alpha == pytest.approx(0.849, abs=0.0005)
    assert found.items == 11, "the last unit has one value, which nothing pairs with"


def test_how_far_apart_numbers_are_has_no_unit_and_no_zero() -> None:
    """Interval data: what is counted in hundredths, or from another nought, agrees as far."""
    units = krippendorffs_numbers()
    moved = [[None if one is None else one * 100 + 7 for one in unit] for unit in units]
    found, other = number_agreement(units), number_agreement(moved)
    assert found
    assert other
    assert (other.alpha, other.low) == pytest.approx((found.alpha, found.low))


def test_the_range_of_numbers_is_as_wide_as_resampling_the_items_makes_it() -> None:
    drawn = random.Random(11)
    items = [(true + drawn.gauss(0, 0.5), true + drawn.gauss(0, 0.5)) for true in range(40)]
    found = number_agreement(items)
    resampled = [number_agreement(drawn.choices(items, k=40)) for _ in range(300)]
    assert found
    assert found.low is not None
    assert found.alpha - found.low == pytest.approx(1.96 * stdev(one.alpha for one in resampled if one), rel=0.2)


def test_too_few_numbers_of_a_kind_have_no_figure_nor_have_those_that_are_all_the_same() -> None:
    assert number_agreement([(0.1, 0.2)] * 4 + [(0.3, None)]) is None
    assert number_agreement([(0.1, 0.1)] * 9) is None


def test_the_ends_of_what_is_said_go_by_who_says_it() -> None:
    assert spread_of([3, None]) is None
    same = spread_of([0, 0.0])
    assert same
    assert (same.apart, same.lowest_by) == (0, (0, 1))


@pytest.mark.parametrize(
    ("one", "other", "are_same"),
    [(30, 30.0, True), (0, 0.0, True), (0.1, 0.10000001, False), ([31, 28], [31, 28.0], True), ("30", 30, True)],
)
def test_the_same_answer_has_the_same_text(one: object, other: object, *, are_same: bool) -> None:
    assert (as_text(one) == as_text(other)) is are_same
