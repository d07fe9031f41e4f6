"""The figures of files against `expected.json`, and the statistics against scipy and statsmodels on random input.

`expected.json` was computed by scipy, statsmodels and pymannkendall from the same fixtures (tests/evidence_files).
"""

import csv
import json
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.engine.intervals import wilson_interval
from assessments.engine.measured.agreement import label_agreement
from assessments.engine.measured.failures import FailureRow, failure_figures
from assessments.engine.measured.figures import RunFigures, RunRow, VariantFacts
from assessments.engine.measured.runs import run_figures
from assessments.engine.measured.statistics import (
    bootstrap_interval,
    holm,
    jaccard,
    normalised_entropy,
    prompt_triples,
    sign_test_p,
    tells_above,
)

FILES = Path(__file__).parents[1] / "evidence_files"
EXPECTED = json.loads((FILES / "expected.json").read_text(encoding="utf-8"))
MODES = {
    "Fact missing": "missing_knowledge",
    "Wrong passage": "wrong_retrieval",
    "Buried in context": "noisy_context",
    "No tool call": "tool_failure",
    "Broken JSON": "format_failure",
    "Wrong tone": "policy_tone",
    "Should have escalated": "should_abstain",
    "Wrong conclusion": "reasoning",
    "": "",
}
few = settings(max_examples=30, deadline=None)


def exactly(expected: Any) -> Any:
    return pytest.approx(expected, abs=1e-9, rel=0)


def table_of(name: str) -> list[dict[str, str]]:
    with (FILES / "plain" / name).open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def ran(record: dict[str, str]) -> RunRow:
    if record["error"]:
        return RunRow(variant=record["variant"], case=record["case"], passed=None, slice=record["slice"])
    return RunRow(
        variant=record["variant"],
        case=record["case"],
        passed=float(record["pass"]),
        score=float(record["score"]),
        latency_ms=float(record["latency_ms"]),
        cost=float(record["cost_usd"]),
        slice=record["slice"],
        format_ok=record["schema_ok"] == "1",
    )


ROWS = [ran(record) for record in table_of("five_variants.csv")]
VARIANTS = [VariantFacts(key=key, name=key) for key in EXPECTED["plain/five_variants.csv"]["variants"]]
UNTUNED = ("prompt", "prompt+retrieval", "prompt+tools")


def figures_of(rows: Sequence[RunRow], **options: Any) -> RunFigures:
    options = {"slowest_p95_ms": 3000.0, "best_untuned_of": UNTUNED, "same_prompt_above": 0.8, **options}
    return run_figures(rows, VARIANTS, **options)


@pytest.mark.parametrize("key", [facts.key for facts in VARIANTS])
def test_each_of_the_five_variants_has_the_figures_of_scipy(key: str) -> None:
    expected = EXPECTED["plain/five_variants.csv"]["variants"][key]
    found = figures_of(ROWS).variant(key)
    assert found
    assert found.format_failures
    assert found.over_limit
    assert (found.rows, found.broken, found.graded, found.passes) == (
        expected["rows"],
        expected["errors"],
        expected["graded"],
        expected["passes"],
    )
    assert (found.passed.share, *found.passed.interval) == exactly((expected["pass_rate"], *expected["wilson"]))
    assert (found.p50, found.p95, found.mean_latency) == exactly(
        (expected["p50"], expected["p95"], expected["mean_latency"])
    )
    assert (found.mean_cost, found.cost_per_pass) == exactly((expected["mean_cost"], expected["cost_per_pass"]))
    assert (found.format_failures.count, found.format_failures.of) == (
        expected["schema_failures"],
        expected["schema_of"],
    )
    assert found.format_failures.interval == exactly(tuple(expected["schema_interval"]))
    over = expected["over_3000_ms"]
    assert (found.over_limit.count, found.over_limit.of) == (over["count"], over["of"])
    assert found.over_limit.interval == exactly(tuple(over["wilson"]))
    for part in found.slices:
        wanted = expected["slices"][part.name]
        assert (part.passed.of, part.passed.share, *part.passed.interval) == exactly(
            (wanted["cases"], wanted["pass_rate"], *wanted["wilson"])
        )
    assert [part.name for part in found.slices] == sorted(expected["slices"])


def test_the_pairs_of_the_five_variants_have_the_figures_of_scipy() -> None:
    pairs = {f"{pair.before} -> {pair.after}": pair for pair in figures_of(ROWS).pairs}
    assert [*pairs] == [
        *(f"prompt -> {after}" for after in ("prompt+retrieval", "prompt+tools", "tuned", "tuned+retrieval")),
        "prompt+retrieval -> tuned",
        "prompt+retrieval -> tuned+retrieval",
    ]
    for name, expected in EXPECTED["plain/five_variants.csv"]["pairs"].items():
        found = pairs[name]
        assert (found.cases, found.wins, found.losses, found.ties) == (
            expected["cases"],
            expected["wins"],
            expected["losses"],
            expected["ties"],
        )
        assert (found.difference, found.p, found.tells_above) == exactly(
            (expected["difference"], expected["mcnemar_exact_p"], expected["smallest_difference_80"])
        )
        assert (found.decided.share, *found.decided.interval) == exactly(
            (expected["win_share_of_decided"], *expected["win_share_interval"])
        )
        if "score_difference" in expected:
            scores = expected["score_difference"]
            assert (found.score_difference, found.score_low, found.score_high) == exactly(
                (scores["mean"], *scores["interval"])
            )
            assert found.losses_by_slice == expected["losses_by_slice"]
    tuned = pairs["prompt -> tuned"]
    assert (tuned.compared, tuned.adjusted_p) == (4, exactly(4 * tuned.p))
    assert tuned.slices["should_abstain"] == (10, 0, 5)


def logged() -> list[FailureRow]:
    return [
        FailureRow(
            mode=MODES[record["Failure"]],
            value=record["Failure"],
            day=date.fromisoformat(record["Date"]),
            second=MODES[record["Second reviewer"]],
            slice=record["Slice"],
        )
        for record in table_of("overrides.csv")
    ]


def test_the_log_of_overrides_has_the_figures_of_scipy_and_statsmodels() -> None:
    expected = EXPECTED["plain/overrides.csv"]
    found = failure_figures(logged())
    assert (found.rows, found.counts, found.unmapped) == (expected["rows"], expected["counts"], {})
    assert {week.name: week.count for week in found.weeks} == expected["iso_weeks"]
    assert not any(week.partial for week in found.weeks)
    assert found.declining_p == exactly(expected["declining_p"])
    assert {mode: list(counts) for mode, counts in found.by_week.items()} == expected["weekly_by_mode"]
    assert found.slices == expected["slices"]
    twice = found.agreement
    assert twice
    assert (twice.agreed.of, twice.agreed.count) == (expected["both_labels"], expected["agree"])
    assert (twice.kappa, twice.low, twice.high) == exactly(
        (expected["kappa"], expected["kappa_low"], expected["kappa_upp"])
    )
    order = [expected["order"].index(label) for label in twice.labels]
    assert [list(row) for row in twice.table] == [[expected["confusion"][i][j] for j in order] for i in order]


def test_the_anchors_come_out() -> None:
    anchors = EXPECTED["anchors"]
    table = [("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15
    found = label_agreement(table)
    assert wilson_interval(10, 50) == exactly(tuple(anchors["wilson(10,50)"]))
    assert sign_test_p(10, 2) == exactly(anchors["mcnemar 10 v 2"])
    assert [found.kappa, found.low, found.high] == exactly(anchors["kappa [[20,5],[10,15]]"])
    assert tells_above(12 + 4, 100) == exactly(anchors["mdd b=12 c=4 n=100"])
    assert tells_above(1, 30) is anchors["mdd b=1 c=0 n=30"] is None
    probe = EXPECTED["probe"]
    assert normalised_entropy([0.71, 0.12, 0.17]) == exactly(probe["before"])
    assert normalised_entropy([0.31, 0.09, 0.60]) == exactly(probe["after"])


@few
@given(wins=st.integers(0, 400), losses=st.integers(0, 400))
def test_the_sign_test_is_scipy_s(wins: int, losses: int) -> None:
    from scipy import stats  # here and below: it takes seconds to load, in each process that collects tests

    expected = stats.binomtest(wins, wins + losses).pvalue if wins + losses else 1.0
    assert sign_test_p(wins, losses) == exactly(expected) == exactly(sign_test_p(losses, wins))


@few
@given(p_values=st.lists(st.floats(0, 1), min_size=1, max_size=12), level=st.floats(0.001, 0.999))
def test_holm_rejects_step_by_step(p_values: list[float], level: float) -> None:
    """Holm 1979: from the least p on, the k-th of m is rejected at level ÷ (m − k + 1), until one is not."""
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    kept = (rank for rank, place in enumerate(order) if (len(order) - rank) * p_values[place] > level)
    rejected = set(order[: next(kept, len(order))])
    assert {place for place, p in enumerate(holm(p_values)) if p <= level} == rejected


@few
@given(count=st.integers(0, 50), more=st.integers(1, 50), level=st.sampled_from([0.05, 0.025, 0.01]))
def test_wilson_is_that_of_statsmodels_at_any_level(count: int, more: int, level: float) -> None:
    from scipy import stats
    from statsmodels.stats.proportion import proportion_confint

    z = float(stats.norm.ppf(1 - level / 2))
    expected = proportion_confint(count, count + more, alpha=level, method="wilson")
    assert wilson_interval(count, count + more, z) == exactly(tuple(map(float, expected)))


@few
@given(table=st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=3, max_size=3))
def test_kappa_is_that_of_statsmodels(table: list[list[int]]) -> None:
    pairs = [("abc"[i], "abc"[j]) for i in range(3) for j in range(3) for _ in range(table[i][j])]
    found = label_agreement(pairs)
    if found.kappa is None:
        assert len(found.labels) < 2
        return
    from statsmodels.stats.inter_rater import cohens_kappa

    with numpy.errstate(invalid="ignore"):
        expected = cohens_kappa(numpy.array(table))
    assert (found.kappa, found.low, found.high) == exactly((expected.kappa, expected.kappa_low, expected.kappa_upp))


def test_texts_in_place_of_labels_have_no_kappa_but_a_share() -> None:
    found = label_agreement([(f"answer {place}", f"answer {place % 60}") for place in range(80)])
    assert (found.kappa, found.labels, found.agreed.count, found.agreed.of) == (None, (), 60, 80)


@few
@given(differences=st.lists(st.sampled_from([-1.0, 0.0, 1.0]), min_size=20, max_size=60))
def test_the_bootstrap_of_whole_passes_is_that_of_the_rows(differences: list[float]) -> None:
    """Few values are drawn by how often each comes; scipy draws the rows. Both err by their own luck."""
    low, high = bootstrap_interval(differences) or (0, 0)
    if len(set(differences)) == 1:
        assert low == high == differences[0]
        return
    from scipy import stats

    values = (numpy.array(differences),)
    luck = numpy.random.default_rng(1)
    rows = stats.bootstrap(values, numpy.mean, n_resamples=10_000, method="percentile", rng=luck).confidence_interval
    assert (low, high) == pytest.approx((rows.low, rows.high), abs=1.01 / len(differences) + 0.01)


def test_prompts_that_differ_in_spaces_and_places_to_fill_are_one() -> None:
    one, same, other = "Route {{ticket}}  to a queue.", "route {{ text }} to\na queue.", "Which queue fits best?"
    assert jaccard(prompt_triples(one), prompt_triples(same)) == 1
    assert jaccard(prompt_triples(one), prompt_triples(other)) == 0
    variants = [
        VariantFacts(key=key, name=key, prompt=text) for key, text in zip("abc", (one, same, other), strict=True)
    ]
    rows = [RunRow(variant=key, case=case, passed=1) for key, case in ("a1", "b2", "c1", "c2", "c3")]
    prompts = run_figures(rows, variants, same_prompt_above=0.8).prompts
    assert prompts
    assert (prompts.groups, prompts.common_cases) == ((("a", "b"), ("c",)), 2)


def test_the_order_of_rows_changes_nothing() -> None:
    """Sums of numbers may round otherwise; they are compared as they are shown."""
    shuffled = random.Random(7).sample(ROWS, len(ROWS))
    one, other = figures_of(ROWS), figures_of(shuffled)
    assert [rounded(variant) for variant in one.variants] == [rounded(variant) for variant in other.variants]
    assert one.pairs == other.pairs
    log = logged()
    assert failure_figures(random.Random(7).sample(log, len(log))) == failure_figures(log)


def rounded(variant: Any) -> Any:
    return replace(variant, mean_cost=round(variant.mean_cost, 12), cost_per_pass=round(variant.cost_per_pass, 12))


def test_rows_read_twice_are_repeats_and_add_no_case() -> None:
    once, twice = figures_of(ROWS), figures_of(ROWS * 2)
    for one, two in zip(once.variants, twice.variants, strict=True):
        assert (two.passed, two.slices, two.outcomes) == (one.passed, one.slices, one.outcomes)
        assert (two.rows, two.graded, two.passes) == (2 * one.rows, 2 * one.graded, 2 * one.passes)
    assert twice.pairs == once.pairs


def test_sides_swapped_swap_wins_and_losses() -> None:
    here, there = figures_of(ROWS).pairs[2], figures_of(ROWS, baseline="tuned").pairs[0]
    assert (here.before, here.after) == (there.after, there.before)
    assert (here.wins, here.losses, here.only_before) == (there.losses, there.wins, there.only_after)
    assert (here.difference, here.p, here.tells_above) == exactly((-there.difference, there.p, there.tells_above))


def test_nothing_graded_is_no_rate() -> None:
    found = run_figures([RunRow(variant="a", case="1", passed=None)], VARIANTS[:0], same_prompt_above=0.8)
    assert (found.variants, found.pairs) == ((), ())
    broken = [RunRow(variant=key, case="1", passed=None) for key in "ab"]
    found = run_figures(broken, [VariantFacts(key=key, name=key) for key in "ab"], same_prompt_above=0.8)
    assert (found.variants[0].passed.share, found.variants[0].passed.interval) == (None, (0.0, 1.0))
    assert (found.pairs[0].cases, found.pairs[0].p, found.pairs[0].low, found.pairs[0].tells_above) == (
        0,
        1,
        None,
        None,
    )


def on(*days: str) -> list[FailureRow]:
    return [FailureRow(mode="reasoning", day=date.fromisoformat(day)) for day in days]


def test_weeks_without_rows_count_nothing_and_broken_off_weeks_are_left_out() -> None:
    """The weeks between begin on Mondays and end on Fridays; the first here begins on a Thursday, the last ends on a
    Tuesday, and in the week of the 21st nothing was logged."""
    monday = date(2026, 9, 7)
    daily = [(monday + timedelta(days=day)).isoformat() for day in range(3, 44) if day % 7 < 5 and day // 7 != 2]
    found = failure_figures(on(*daily))
    assert [(week.name[-3:], week.count, week.partial) for week in found.weeks] == [
        ("W37", 2, True),
        ("W38", 5, False),
        ("W39", 0, False),
        ("W40", 5, False),
        ("W41", 5, False),
        ("W42", 5, False),
        ("W43", 2, True),
    ]
    assert found.declining_p is not None
    assert failure_figures(on("2026-09-07", "2026-09-14", "2026-09-21")).declining_p is None
    assert failure_figures(on("1900-01-01", "2026-09-14")).weeks == ()
    assert failure_figures([FailureRow(mode="reasoning")]).weeks == ()
