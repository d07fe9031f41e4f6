"""A measured comparison in a document: what is refused, and that it comes back as it was."""

from typing import Any

import pytest

from assessments.engine.paths import document_of, values_of
from assessments.presenters.changes import stated_words
from tests.comparisons import compared, pair, tuned_wins, variant

from .documents import FRAMEWORK, faults_of, raw_document, read

PROMPT, TUNED = variant("prompt", 110), variant("tuned", 160)
SLICE = {"name": "plain", "cases": 10, "passed": 5}


def test_it_is_one_value_with_an_origin_and_comes_back_as_it_was() -> None:
    origin = {"kind": "file", "name": "run.json", "sha256": "0" * 64, "when": "2026-11-27T09:30:00+00:00"}
    raw = raw_document(comparison=tuned_wins(), origins={"comparison": origin})
    assert document_of(values_of(raw)) == raw
    document = read(raw)
    assert document.comparison
    assert document.origins["comparison"].kind == "file"
    turned = document.comparison.pair("tuned", "prompt")
    assert turned
    assert (turned.wins, turned.losses, turned.difference) == (10, 60, -0.25)
    assert document.comparison.pair("prompt", "tools") is None


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ([], "comparison: must be an object"),
        ({"variants": [PROMPT]}, "comparison.pairs: must be there"),
        (compared([]), "comparison.variants: must have a variant"),
        (compared([PROMPT, PROMPT]), "comparison.variants[1].role: stands there twice"),
        (compared([PROMPT | {"cases": 99.5}]), "comparison.variants[0].cases: 99.5 is not a whole number"),
        (compared([PROMPT | {"passed": 201}]), "comparison.variants[0].passed: 201 is more than 200 of cases"),
        (compared([PROMPT | {"p95": -1}]), "comparison.variants[0].p95: -1 is below 0"),
        (compared([PROMPT | {"format_failures": 3}]), "comparison.variants[0].format_of: must be there"),
        (
            compared([variant("other_model", 1) | {"approach": "tools"}]),
            "variants[0].approach: is not that of its role",
        ),
        (compared([PROMPT | {"slices": [SLICE] * 21}]), "slices: has 21 slices; at most 20 are allowed"),
        (compared([PROMPT | {"slices": [SLICE | {"cases": 300}]}]), "slices: have more cases than the whole"),
        (compared([PROMPT] * 51), "comparison.variants: has 51 variants; at most 50 are allowed"),
        (compared([PROMPT], pair("prompt", "tuned", 1, 1)), "comparison.pairs[0].after: is the role of no variant"),
        (compared([PROMPT], pair("prompt", "prompt", 1, 1)), "comparison.pairs[0].after: is the same as before"),
        (
            compared([PROMPT, TUNED], pair("prompt", "tuned", 150, 51)),
            "comparison.pairs[0].wins: 150 wins and 51 losses are more than 200 cases",
        ),
        (tuned_wins(low=0.5), "comparison.pairs[0]: low 0.5, difference 0.25, high 0.3 are not in rising order"),
        (tuned_wins(difference=1.5), "comparison.pairs[0].difference: 1.5 is above 1"),
        (tuned_wins(cases=201), "comparison.pairs[0].cases: is more than one side was measured on"),
        (compared([PROMPT, TUNED], *[pair("prompt", "tuned", 1, 1)] * 2), "comparison.pairs[1]: stands there twice"),
    ],
)
def test_what_does_not_fit_together_is_refused(value: Any, fault: str) -> None:
    assert any(fault in one for one in faults_of(raw_document(comparison=value)))


def test_history_tells_it_in_one_line() -> None:
    words = stated_words(FRAMEWORK, "comparison", tuned_wins())
    assert words == "2 variants on up to 200 cases; best is The tuned, 80%"
    assert stated_words(FRAMEWORK, "comparison", None) == "Nothing measured"
