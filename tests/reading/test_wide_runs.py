"""A table with a column for each variant is the same run as one with a row for each call."""

import csv
from pathlib import Path

import pytest

from assessments.engine.measured.found import FileFound

from .reading import FILES, chosen, read_drop, read_found, text_file

LONG = FILES / "plain/five_variants.csv"
OF_EACH = {"pass": "pass", "latency_ms": "latency (ms)", "cost_usd": "cost", "schema_ok": "schema ok", "error": "error"}
TABLE = "case,topic,{0},{1}\n1,vpn,yes,no\n2,vpn,no,yes\n3,mail,yes,\n"


def columns(found: FileFound) -> tuple[str, ...]:
    return tuple(next(choice.chosen for choice in found.choices if choice.key == "column.variants"))


def test_five_variants_side_by_side_have_the_figures_of_the_long_table(tmp_path: Path) -> None:
    with LONG.open() as opened:
        rows = list(csv.DictReader(opened))
    names = list(dict.fromkeys(row["variant"] for row in rows))
    wide: dict[str, dict[str, str]] = {}
    for row in rows:
        cells = wide.setdefault(row["case"], {"case": row["case"], "slice": row["slice"]})
        cells |= {f"{row['variant']} {OF_EACH[name]}": row[name] for name in OF_EACH}
    path = tmp_path / "wide.csv"
    with path.open("w", newline="") as opened:
        header = ["case", "slice", *(f"{name} {OF_EACH[one]}" for name in names for one in OF_EACH)]
        writer = csv.DictWriter(opened, header)
        writer.writeheader()
        writer.writerows(wide.values())
    found, expected = read_found(path), read_found(LONG)
    assert found.run
    assert expected.run
    assert found.cases == expected.cases
    assert columns(found) == tuple(f"{name} pass" for name in names)
    for one in expected.run.variants:
        other = found.run.variant(one.key)
        assert other
        same = ("passed", "passes", "graded", "slices", "p95", "mean_cost", "format_failures")
        assert [getattr(other, name) for name in same] == [getattr(one, name) for name in same]


@pytest.mark.parametrize(
    ("names", "variants"),
    [
        (("prompt A pass", "tuned pass"), ["prompt A", "tuned"]),
        (("Passed (baseline)", "Passed (fine-tuned)"), ["baseline", "fine-tuned"]),
        (("correct: gpt-4o", "correct: gpt-4o tuned"), ["gpt-4o", "gpt-4o tuned"]),
        (("Prompt", "Prompt with retrieval"), ["Prompt", "Prompt with retrieval"]),
    ],
)
def test_columns_of_variants_are_known_by_their_names(
    names: tuple[str, str], variants: list[str], tmp_path: Path
) -> None:
    found = read_found(text_file(tmp_path, TABLE.format(*names)))
    assert found.run
    assert [(one.name, one.graded) for one in found.run.variants] == [(variants[0], 3), (variants[1], 2)]
    assert (chosen(found, "column.case"), chosen(found, "column.slice"), found.cases) == ("case", "topic", 3)
    (pair,) = found.run.pairs
    assert (pair.cases, pair.wins, pair.losses) == (2, 1, 1)
    assert [note.figures.get("count") for note in found.notes if note.code == "cells_not_run"] == [1]


def test_several_measures_of_one_variant_are_no_variants_unless_somebody_says_so(tmp_path: Path) -> None:
    path = text_file(tmp_path, TABLE.format("tone ok", "facts ok"))
    found = read_found(path)
    assert found.run
    assert (len(found.run.variants), columns(found)) == (1, ())
    found = read_found(path, choices={"column.variants": ("tone ok", "facts ok")})
    assert found.run
    assert [one.name for one in found.run.variants] == ["tone", "facts"]


def test_scores_of_variants_wait_for_what_passes(tmp_path: Path) -> None:
    text = "ticket,prompt score,tuned score,owner\nA,0.4,0.9,x\nB,0.8,0.7,y\n"
    path = text_file(tmp_path, text)
    assert [choice.key for choice in read_found(path).choices if choice.is_needed] == ["threshold"]
    (found,) = read_drop(path, choices={"threshold": "0.5"}).found
    assert found.run
    assert [one.passes for one in found.run.variants] == [1, 2]


def test_measures_before_and_after_stay_what_they_are(tmp_path: Path) -> None:
    path = text_file(tmp_path, "metric,baseline score,tuned score\nF1,0.61,0.84\nECE,0.08,0.09\n")
    assert read_found(path).kind == "changes"
