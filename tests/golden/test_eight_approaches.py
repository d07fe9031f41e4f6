"""The eight approaches of economics.md 4, through the document, the verdict's money and the command line."""

import json
from typing import Any

import pytest

from assessments.engine.economics.detailed import detailed_money
from assessments.engine.result_json import result_json
from tests.engine.documents import EXAMPLES, FRAMEWORK, decide_on_example, read

# economics.md 4: approach, K, e, N, φ, cost in month 1, 12 and 36, PV cost, break-even and NPV against the status quo.
TABLE = """
status_quo       0      .016400  1.0600  .073348  20275.40  27317.96  53526.24  1040614.16  –       –
prompting        1600   .006440  1.0600  .073348  19219.64  26264.11  52476.53  1009378.51  1.5156  31235.65
better_rag       8000   .009080  1.0500  .052375  14747.15  19776.49  38491.95  759484.58   1.4348  281129.58
other_model      3000   .000349  1.0800  .095824  24193.69  33398.33  67646.37  1291115.76  none    -250501.60
decomposition    5000   .009330  1.0200  .050380  13846.66  18684.37  36686.81  717292.32   .7778   323321.84
fine_tune_large  9100   .003800  1.0100  .040096  12588.42  18187.45  31466.74  648813.66   1.1783  391800.50
fine_tune_small  12050  GPU      1.0150  .050214  16158.03  22531.49  38928.24  810401.63   3.1554  230212.53
hybrid           15050  GPU      1.0150  .035217  13035.79  17968.58  29005.18  632514.58   2.0455  408099.58
"""
# Against decomposition, the best without tuning: break-even, NPV.
AGAINST_BEST = {
    "fine_tune_large": (4.173851, 68478.66),
    "fine_tune_small": (None, -93109.31),
    "hybrid": (10.496277, 84777.74),
}
ROWS = [line.split() for line in TABLE.strip().splitlines()]
CENT = 0.01


@pytest.fixture(scope="module")
def money() -> Any:
    document = read(json.loads((EXAMPLES / "eight_approaches.json").read_text(encoding="utf-8")))
    return {found.approach: found for found in detailed_money(FRAMEWORK, document)}


@pytest.fixture(scope="module")
def result() -> Any:
    return result_json(decide_on_example("eight_approaches"))["economics"]


def test_they_are_all_there_the_status_quo_first(money: Any) -> None:
    assert set(money) == {row[0] for row in ROWS}
    assert next(iter(money)) == "status_quo"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_an_approach_costs_what_the_table_says(money: Any, row: Any) -> None:
    """economics.md 4, within a cent; e, N and φ to the digits printed."""
    name, upfront, attempt, attempts, fallback, first, twelfth, last, pv_cost, _, _ = row
    found = money[name]
    assert found.upfront == float(upfront)
    assert found.cost_per_attempt == pytest.approx(0 if attempt == "GPU" else float(attempt), abs=5e-7)
    assert found.attempts == pytest.approx(float(attempts), abs=5e-5)
    assert found.fallback_share == pytest.approx(float(fallback), abs=5e-7)
    months = [found.monthly_cost[month - 1] for month in (1, 12, 36)]
    assert months == [pytest.approx(float(cost), abs=CENT) for cost in (first, twelfth, last)]
    assert found.pv_cost == pytest.approx(float(pv_cost), abs=CENT)
    assert found.cost_per_request == pytest.approx(float(first) / 100_000, abs=1e-7)
    assert (found.components["gpus"][0] > 0) == (attempt == "GPU")


@pytest.mark.parametrize("row", ROWS[1:], ids=lambda row: row[0])
def test_an_approach_pays_back_against_the_status_quo_as_the_table_says(money: Any, row: Any) -> None:
    *_, break_even, npv = row
    found = money[row[0]].against_status_quo
    months = None if break_even == "none" else pytest.approx(float(break_even), abs=5e-5)
    assert found.break_even_months == months
    assert found.npv == pytest.approx(float(npv), abs=CENT)


@pytest.mark.parametrize("name", AGAINST_BEST)
def test_a_tuned_approach_stands_against_decomposition(money: Any, name: Any) -> None:
    """economics.md 4, last sentence, and 1.3: 3.2 months against today, never against prompt decomposition."""
    months, npv = AGAINST_BEST[name]
    found = money[name].against_best_untuned
    assert found.reference == "decomposition"
    assert found.break_even_months == (None if months is None else pytest.approx(months, abs=1e-6))
    assert found.npv == pytest.approx(npv, abs=CENT)


def test_the_status_quo_has_nothing_to_stand_against_but_the_best(money: Any) -> None:
    assert money["status_quo"].against_status_quo is None
    assert money["decomposition"].against_best_untuned is None


def test_failures_cost_more_than_tokens(money: Any) -> None:
    """economics.md 1.5: $2.50 × 7 % × 100,000 requests is $18,000 a month beside $600–1,700 of tokens."""
    parts = money["status_quo"].components
    assert parts["people"][0] == pytest.approx(0.073348 * 250_000, abs=0.5)
    assert parts["tokens"][0] == pytest.approx(1738.4)
    assert money["prompting"].components["tokens"][0] == pytest.approx(682.64)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_the_result_has_the_table(result: Any, row: Any) -> None:
    """document.md: the detailed form's figures in the result; in it monthly_cost is the list of C_t."""
    name, upfront, _, attempts, _, first, _, last, pv_cost, break_even, npv = row
    found = result["approaches"][name]
    assert (found["upfront"], len(found["monthly_cost"])) == (float(upfront), 36)
    assert found["monthly_cost"][0] == pytest.approx(float(first), abs=CENT)
    assert found["monthly_cost"][-1] == pytest.approx(float(last), abs=CENT)
    assert found["pv_cost"] == pytest.approx(float(pv_cost), abs=CENT)
    assert found["attempts"] == pytest.approx(float(attempts), abs=5e-5)
    if break_even == "–":
        assert (found["break_even_months"], found["npv"]) == (None, None)
    else:
        months = None if break_even == "none" else pytest.approx(float(break_even), abs=5e-5)
        assert found["break_even_months"] == months
        assert found["npv"] == pytest.approx(float(npv), abs=CENT)


def test_the_result_says_what_stands_against_what(result: Any) -> None:
    assert (result["form"], result["reference"], result["best_untuned"]) == ("detailed", *["decomposition"] * 2)
    assert "decomposition" not in result["against_best_untuned"]
    for name, (months, npv) in AGAINST_BEST.items():
        found = result["against_best_untuned"][name]
        assert found["npv"] == pytest.approx(npv, abs=CENT)
        assert (found["break_even_months"] is None) == (months is None)
    tuned = result["against_best_untuned"]["fine_tune_large"]
    assert tuned["discounted_break_even_months"] == pytest.approx(4.229499, abs=1e-6)
    assert "status_quo.calls" in result["defaults_used"]
