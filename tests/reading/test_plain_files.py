"""The figures of plain tables are those that scipy and statsmodels computed (expected.json)."""

import json
from functools import cache
from typing import Any

import pytest

from assessments.engine.measured.found import FileFound

from .reading import FILES, chosen, codes, read_drop, read_found

EXPECTED: dict[str, Any] = json.loads((FILES / "expected.json").read_text())
PAIRS = EXPECTED["plain/five_variants.csv"]["pairs"]
VARIANTS = EXPECTED["plain/five_variants.csv"]["variants"]


@cache
def run_of_five() -> FileFound:
    return read_drop(FILES / "plain/five_variants.csv", limits={"slowest_p95_ms": 3_000}).found[0]


def about(value: Any) -> Any:
    return pytest.approx(value, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("name", VARIANTS)
def test_a_variant_of_five_has_its_figures(name: str) -> None:
    run = run_of_five().run
    assert run
    found, expected = run.variant(name), VARIANTS[name]
    assert found
    assert found.format_failures
    assert found.over_limit
    assert (found.rows, found.broken, found.graded, found.passed.of, found.passes) == tuple(
        expected[key] for key in ("rows", "errors", "graded", "cases", "passes")
    )
    assert found.passed.share == about(expected["pass_rate"])
    assert found.passed.interval == about(tuple(expected["wilson"]))
    assert (found.p50, found.p95, found.mean_latency) == about(
        (expected["p50"], expected["p95"], expected["mean_latency"])
    )
    assert (found.mean_cost, found.cost_per_pass) == about((expected["mean_cost"], expected["cost_per_pass"]))
    assert (found.format_failures.count, found.format_failures.of) == (
        expected["schema_failures"],
        expected["schema_of"],
    )
    assert found.format_failures.interval == about(tuple(expected["schema_interval"]))
    assert found.over_limit.count == expected["over_3000_ms"]["count"]
    assert found.over_limit.interval == about(tuple(expected["over_3000_ms"]["wilson"]))
    slices = {part.name: (part.passed.of, part.passed.share) for part in found.slices}
    assert slices == {
        part: (figures["cases"], about(figures["pass_rate"])) for part, figures in expected["slices"].items()
    }


@pytest.mark.parametrize("name", PAIRS)
def test_a_pair_of_the_five_has_its_figures(name: str) -> None:
    run = run_of_five().run
    assert run
    before, _, after = name.partition(" -> ")
    found = next(pair for pair in run.pairs if (pair.before, pair.after) == (before, after))
    expected = PAIRS[name]
    assert (found.cases, found.wins, found.losses, found.ties) == tuple(
        expected[key] for key in ("cases", "wins", "losses", "ties")
    )
    assert (found.difference, found.p, found.tells_above) == about(
        (expected["difference"], expected["mcnemar_exact_p"], expected["smallest_difference_80"])
    )
    assert found.decided.interval == about(tuple(expected["win_share_interval"]))
    if score := expected.get("score_difference"):
        assert found.score_difference == about(score["mean"])
        assert (found.score_low, found.score_high) == about(tuple(score["interval"]))
        assert dict(found.losses_by_slice) == expected["losses_by_slice"]


def test_people_say_which_variants_of_a_table_are_models_of_their_own() -> None:
    (found,) = read_drop("plain/five_variants.csv", choices={"own_models": ("prompt", "tuned")}).found
    assert found.run
    assert (found.run.models, found.run.unnamed) == (("prompt", "tuned"), 3)
    assert [choice.chosen for choice in found.choices if choice.key == "own_models"] == [("prompt", "tuned")]


def test_roles_of_variants_are_guessed_by_their_names() -> None:
    found = run_of_five()
    roles = {choice.about: choice.chosen for choice in found.choices if choice.key.startswith("role.")}
    assert roles == {
        "prompt": "prompt",
        "prompt+retrieval": "retrieval",
        "prompt+tools": "tools",
        "tuned": "tuned",
        "tuned+retrieval": "tuned_retrieval",
    }
    assert chosen(found, "in_use") == "prompt"
    assert chosen(found, "latency_unit") == "ms"


@pytest.mark.parametrize("name", ["overrides.csv", "overrides.xlsx"])
def test_a_whole_failure_log_has_its_figures(name: str) -> None:
    found, expected = read_found(FILES / "plain" / name), EXPECTED["plain/overrides.csv"]
    log = found.failures
    assert log
    assert log.agreement
    assert (found.kind, found.rows, log.rows, log.counts, log.unmapped) == (
        "failures",
        expected["rows"],
        expected["rows"],
        expected["counts"],
        {},
    )
    assert {week.name: week.count for week in log.weeks} == expected["iso_weeks"]
    assert log.declining_p == about(expected["declining_p"])
    assert {mode: list(counts) for mode, counts in log.by_week.items()} == expected["weekly_by_mode"]
    assert log.slices == expected["slices"]
    agreement = log.agreement
    assert (agreement.agreed.count, agreement.agreed.of) == (expected["agree"], expected["both_labels"])
    assert (agreement.kappa, agreement.low, agreement.high) == about(
        (expected["kappa"], expected["kappa_low"], expected["kappa_upp"])
    )
    places = [agreement.labels.index(label) for label in expected["order"]]
    assert [[agreement.table[row][column] for column in places] for row in places] == expected["confusion"]
    assert codes(found) == ([(209, "no_failure")] if name.endswith("xlsx") else [])


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("overrides_bom_semicolon.csv", ""),
        ("overrides_utf16.tsv", "UTF-16"),
        ("overrides_latin1.csv", "Windows-1252 (Western Europe)"),
        ("overrides.jsonl", ""),
    ],
)
def test_one_log_in_other_encodings_is_the_same_log(name: str, encoding: str) -> None:
    found, expected = read_found(FILES / "plain" / name), EXPECTED["plain/overrides (first 60, other encodings)"]
    log = found.failures
    assert log
    assert (log.rows, log.counts, log.first) == (60, expected["counts"], "2026-09-07")
    assert sum(log.slices["größere Störung"].values()) == expected["umlaut_slices"]
    assert [note.figures.get("encoding") for note in found.notes] == ([encoding] if encoding else [])
    assert found.preview[1][0] in (expected["first"], "08.09.2026")
    assert not found.faults


def test_before_and_after() -> None:
    found = read_found(FILES / "plain/before_after.csv")
    assert found.changes
    metrics = {metric.name: metric for metric in found.changes.metrics}
    target = metrics["MFA-related FNR"]
    assert (target.before, target.after, target.target, target.is_reached) == (0.61, 0.09, 0.15, True)
    assert {name for name, metric in metrics.items() if metric.is_regression} == {
        "Calibration ECE",
        "Variance sigma (Config A)",
    }
    accuracy = metrics["Overall accuracy"]
    assert (accuracy.before, accuracy.after, accuracy.tolerance) == (0.914, 0.931, 0.005)
    assert sum(metric.gained > 0 for metric in metrics.values()) == 4


def test_tables_of_other_tools_are_runs() -> None:
    ragas, langsmith = read_found(FILES / "other_tools/ragas.csv"), read_found(FILES / "other_tools/langsmith.csv")
    assert ragas.run
    assert langsmith.run
    assert (ragas.tool, ragas.run.variants[0].passed.share) == ("ragas", 0.7)
    variant = langsmith.run.variants[0]
    assert (langsmith.tool, variant.rows, variant.broken, variant.passes) == ("langsmith", 10, 1, 6)
    assert variant.slowest == about(0.848)
