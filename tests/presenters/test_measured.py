"""What was measured in words: the sentence on top, and tables that stay small."""

import csv
from pathlib import Path
from typing import Any

from assessments.engine.measured.figures import RunFigures, RunRow, VariantFacts
from assessments.engine.measured.runs import run_figures
from assessments.presenters.measured.runs import RunTerms, present_run

FILES = Path(__file__).parents[1] / "evidence_files"
TERMS: dict[str, Any] = {"few_cases": 10, "sure": 0.05}


def five_variants() -> RunFigures:
    with (FILES / "plain/five_variants.csv").open(newline="", encoding="utf-8") as lines:
        table = list(csv.DictReader(lines))
    rows = [
        RunRow(
            variant=row["variant"],
            case=row["case"],
            passed=None if row["error"] else float(row["pass"]),
            slice=row["slice"],
            latency_ms=float(row["latency_ms"] or 0),
            cost=float(row["cost_usd"] or 0),
        )
        for row in table
    ]
    variants = [VariantFacts(key=key, name=key) for key in dict.fromkeys(row["variant"] for row in table)]
    return run_figures(rows, variants, best_untuned_of=["prompt", "prompt+retrieval"], same_prompt_above=0.8)


def test_the_sentence_on_top_says_who_wins_and_where_it_loses() -> None:
    told = present_run(five_variants(), RunTerms(in_use="prompt", tuned=("tuned", "tuned+retrieval"), **TERMS))
    assert told.heading == "On 118 cases “tuned” beats “prompt” 40 to 8; it loses in “should_abstain”, 5 to 0"
    assert "This many cases can tell differences above 16.3 points." in told.lead
    beats = next(row for row in told.tables[2].rows if row.name == "tuned")
    assert beats.cells[1].small == "83% of 48 that differ, 70% to 91%"
    times = told.tables[0].rows[0].cells[told.tables[0].head.index("Time, median") - 1]
    assert times.small.endswith("; the slowest 4.43 s")


def test_slices_that_differ_most_come_first_and_small_ones_are_grey() -> None:
    told = present_run(five_variants(), RunTerms(in_use="prompt", **TERMS))
    slices = next(table for table in told.tables if table.head[0] == "Slice")
    assert slices.rows[0].name == "should_abstain"
    assert [cell.words for cell in slices.rows[0].cells][:1] == ["70%"]


def test_fifty_variants_by_twenty_slices_stay_a_small_table() -> None:
    rows = [
        RunRow(variant=f"v{variant}", case=f"{case}", passed=float((variant * case) % 3 > 0), slice=f"s{case % 20}")
        for variant in range(50)
        for case in range(60)
    ]
    run = run_figures(rows, [VariantFacts(key=f"v{one}", name=f"v{one}") for one in range(50)], same_prompt_above=0.8)
    told = present_run(run, RunTerms(**TERMS))
    for table in told.tables:
        shown = next(rows for words, rows in table.parts if not words)
        assert len(shown) <= 8
        assert len(table.head) <= 7
    cells = sum(len(row.cells) for table in told.tables for row in table.rows)
    assert cells < 1_000
    assert all(
        cell.is_faint for table in told.tables if table.head[0] == "Slice" for row in table.rows for cell in row.cells
    )
