"""What the reader refuses, with its place and its words (document.md: everything there is checked)."""

from typing import Any

import pytest

from assessments.engine.document import DocumentError, read_document

from .documents import EXAMPLES, FRAMEWORK, faults_of, faults_of_text, faults_with, raw_document, read

YES_NO_UNSURE = "is not one of yes, no, unsure"


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_the_examples_are_read(path: Any) -> None:
    assert faults_of_text(path.read_bytes()) == []


def test_there_are_four_examples() -> None:
    """document.md: `examples/` has four."""
    names = {path.stem for path in EXAMPLES.glob("*.json")}
    assert names == {"task_api", "service_desk", "support_copilot", "eight_approaches"}


def test_format_version_and_name_are_enough() -> None:
    assert faults_of(raw_document()) == []


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"format": "ftdecide/result"}, 'format: must be "ftdecide/assessment"'),
        ({"format": None}, 'format: must be "ftdecide/assessment"'),
        ({"version": 2}, "version: must be 1"),
        ({"version": "1"}, "version: must be 1"),
        ({"version": True}, "version: must be 1"),
        ({"use_case": {}}, "use_case.name: must be there"),
        ({"use_case": {"name": ""}}, "use_case.name: must be there"),
        ({"use_case": {"name": " \t"}}, "use_case.name: must be there"),
        ({"use_case": {"name": None}}, "use_case.name: must be text"),
        ({"use_case": {"name": 7}}, "use_case.name: must be text"),
        ({"use_case": None}, "use_case: must be an object"),
    ],
)
def test_format_version_and_name_must_be_there(changed: Any, fault: str) -> None:
    assert faults_with(**changed) == [fault]


@pytest.mark.parametrize(
    ("missing", "fault"),
    [
        ("format", 'format: must be "ftdecide/assessment"'),
        ("version", "version: must be 1"),
        ("use_case", "use_case.name: must be there"),
    ],
)
def test_a_missing_part_is_named_once(missing: str, fault: str) -> None:
    raw = raw_document()
    del raw[missing]
    assert faults_of(raw) == [fault]


@pytest.mark.parametrize("raw", [None, 1, "text", [], True])
def test_anything_but_an_object_is_refused(raw: Any) -> None:
    assert faults_of(raw) == ["document: must be an object"]


APPROACH = "costs.detailed.approaches.status_quo"


@pytest.mark.parametrize(
    ("parts", "place"),
    [
        ({"answer": {}}, "answer"),
        ({"use_case": {"name": "A", "nam": "B"}}, "use_case.nam"),
        ({"answers": {"brand_voices": "yes"}}, "answers.brand_voices"),
        ({"answers": {"name": "yes"}}, "answers.name"),
        ({"answers": {"strategic_value": "yes"}}, "answers.strategic_value"),
        ({"answers": {"brand_voice": {"value": "yes", "proof": ""}}}, "answers.brand_voice.proof"),
        ({"failures": {"hallucination": 3}}, "failures.hallucination"),
        ({"readiness": {"eval_set": "yes"}}, "readiness.eval_set"),
        (
            {"data": [{"label": "a", "required": 1, "available": 1, "reviewed": 1, "x": 1}]},
            "data[0].x",
        ),
        ({"costs": {"api_savings": 1}}, "costs.api_savings"),
        ({"costs": {"summary": {"hourly_rate": 1}}}, "costs.summary.hourly_rate"),
        (
            {"costs": {"summary": {"api_savings": {"low": 1, "likely": 1, "high": 1, "mean": 1}}}},
            "costs.summary.api_savings.mean",
        ),
        ({"costs": {"detailed": {"approaches": {"status_quo": {}}, "x": 1}}}, "costs.detailed.x"),
        (
            {"costs": {"detailed": {"approaches": {"status_quo": {}, "magic": {}}}}},
            "costs.detailed.approaches.magic",
        ),
        ({"costs": {"detailed": {"approaches": {"status_quo": {"x": 1}}}}}, f"{APPROACH}.x"),
        ({"matrix": {"scores": {}}}, "matrix.scores"),
        ({"matrix": {"weights": {"speed": 1}}}, "matrix.weights.speed"),
        (
            {
                "matrix": {
                    "overrides": [{"approach": "tools", "criterion": "latency", "score": 4, "reason": "r", "by": "me"}]
                }
            },
            "matrix.overrides[0].by",
        ),
    ],
)
def test_an_unknown_key_is_refused_at_every_level(parts: Any, place: str) -> None:
    assert faults_with(**parts) == [f"{place}: is not a known key"]


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ({"answers": {"brand_voice": "maybe"}}, f'answers.brand_voice: "maybe" {YES_NO_UNSURE}'),
        ({"answers": {"brand_voice": "Yes"}}, f'answers.brand_voice: "Yes" {YES_NO_UNSURE}'),
        ({"answers": {"brand_voice": "na"}}, f'answers.brand_voice: "na" {YES_NO_UNSURE}'),
        ({"answers": {"brand_voice": True}}, f"answers.brand_voice: true {YES_NO_UNSURE}"),
        ({"answers": {"brand_voice": None}}, f"answers.brand_voice: null {YES_NO_UNSURE}"),
        ({"answers": {"brand_voice": ["yes"]}}, f'answers.brand_voice: ["yes"] {YES_NO_UNSURE}'),
        ({"answers": {"brand_voice": {"value": 1}}}, f"answers.brand_voice.value: 1 {YES_NO_UNSURE}"),
        ({"answers": {"brand_voice": {}}}, "answers.brand_voice.value: must be there"),
        (
            {"answers": {"retrieval_optimized": "n/a"}},
            f'answers.retrieval_optimized: "n/a" {YES_NO_UNSURE}, na',
        ),
        (
            {"answers": {"brand_voice": {"value": "yes", "strength": "strong"}}},
            'answers.brand_voice.strength: "strong" is not one of opinion, documented, measured',
        ),
        (
            {"answers": {"brand_voice": {"value": "yes", "evidence": 5}}},
            "answers.brand_voice.evidence: must be text",
        ),
        (
            {"use_case": {"name": "A", "goal": "speed"}},
            'use_case.goal: "speed" is not one of knowledge, persona, format, tools, '
            "safety, domain, labels, distil, verifiable",
        ),
        ({"use_case": {"name": "A", "task": ["a"]}}, "use_case.task: must be text"),
        ({"costs": {"strategic_value": "na"}}, f'costs.strategic_value: "na" {YES_NO_UNSURE}'),
        (
            {"costs": {"distribution": "normal"}},
            'costs.distribution: "normal" is not one of pert, triangular',
        ),
        ({"costs": {"currency": 5}}, "costs.currency: 5 is not a code of three letters, like EUR"),
        ({"costs": {"detailed": {}}}, f"{APPROACH}: must be there"),
    ],
)
def test_a_value_that_is_not_allowed_is_refused(parts: Any, fault: str) -> None:
    assert faults_with(**parts) == [fault]


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        ("answers", "must be an object"),
        ("failures", "must be an object"),
        ("readiness", "must be an object"),
        ("costs", "must be an object"),
        ("matrix", "must be an object"),
        ("data", "must be a list"),
        ("override_weeks", "must be a list"),
    ],
)
@pytest.mark.parametrize("value", [None, 3, "x", True])
def test_a_part_of_the_wrong_shape_is_refused(part: str, fault: str, value: Any) -> None:
    assert faults_with(**{part: value}) == [f"{part}: {fault}"]


def row(**changed: Any) -> Any:
    return {"label": "a", "required": 2, "available": 2, "reviewed": 2} | changed


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ({"failures": {"reasoning": -1}}, "failures.reasoning: -1 is below 0"),
        ({"failures": {"reasoning": 1.5}}, "failures.reasoning: 1.5 is not a whole number"),
        ({"failures": {"reasoning": "3"}}, 'failures.reasoning: "3" is not a number'),
        ({"failures": {"reasoning": None}}, "failures.reasoning: null is not a number"),
        ({"failures": {"reasoning": True}}, "failures.reasoning: true is not a number"),
        ({"failures": {"reasoning": 1000001}}, "failures.reasoning: 1,000,001 is above 1,000,000"),
        ({"override_weeks": [3, -1]}, "override_weeks[1]: -1 is below 0"),
        ({"override_weeks": [False]}, "override_weeks[0]: false is not a number"),
        ({"use_case": {"name": "A", "monthly_requests": -5}}, "use_case.monthly_requests: -5 is below 0"),
        ({"readiness": {"labelled_examples": -1}}, "readiness.labelled_examples: -1 is below 0"),
        (
            {"readiness": {"labelled_examples": 5, "reviewed_examples": 6}},
            "readiness.reviewed_examples: 6 is more than the 5 labelled",
        ),
        ({"readiness": {"reviewer_agreement": 1.01}}, "readiness.reviewer_agreement: 1.01 is above 1"),
        ({"data": [row(required=-1)]}, "data[0].required: -1 is below 0"),
        ({"data": [row(), row(reviewed=3)]}, "data[1].reviewed: 3 is more than the 2 available"),
        ({"data": [5]}, "data[0]: must be an object"),
        ({"data": [row(label=5)]}, "data[0].label: must be text"),
        ({"costs": {"horizon_months": 0}}, "costs.horizon_months: 0 is below 1"),
        ({"costs": {"horizon_months": 1.5}}, "costs.horizon_months: 1.5 is not a whole number"),
        ({"costs": {"annual_discount_rate": -0.1}}, "costs.annual_discount_rate: -0.1 is below 0"),
        ({"costs": {"summary": {"training_cost": -1}}}, "costs.summary.training_cost: -1 is below 0"),
        (
            {"costs": {"summary": {"api_savings": {"low": 3, "likely": 2, "high": 4}}}},
            "costs.summary.api_savings: low 3, likely 2, high 4 are not in rising order",
        ),
        (
            {"costs": {"detailed": {"approaches": {"status_quo": {"accuracy": 1.5}}}}},
            f"{APPROACH}.accuracy: 1.5 is above 1",
        ),
        ({"matrix": {"weights": {"latency": 11}}}, "matrix.weights.latency: 11 is above 10"),
        ({"matrix": {"weights": {"latency": -1}}}, "matrix.weights.latency: -1 is below 0"),
    ],
)
def test_a_number_that_cannot_be_is_refused(parts: Any, fault: str) -> None:
    assert faults_with(**parts) == [fault]


def test_a_count_of_hundreds_of_digits_is_refused_and_compared_with_nothing() -> None:
    faults = faults_with(readiness={"labelled_examples": 5, "reviewed_examples": 10**400})
    assert faults == ["readiness.reviewed_examples: a number of over 300 digits is above 1,000,000,000"]


@pytest.mark.parametrize("missing", ["label", "required", "reviewed"])
def test_a_data_row_needs_all_its_parts(missing: str) -> None:
    incomplete = row()
    del incomplete[missing]
    assert faults_with(data=[incomplete]) == [f"data[0].{missing}: must be there"]


def test_an_override_needs_a_cell_a_score_and_a_reason() -> None:
    faults = faults_with(matrix={"overrides": [{"approach": "tools", "criterion": "latency"}]})
    assert faults == ["matrix.overrides[0].score: must be there", "matrix.overrides[0].reason: must be there"]


@pytest.mark.parametrize("score", [0, 0.9, 5.1, 6])
def test_an_override_scores_from_one_to_five(score: float) -> None:
    own = {"approach": "tools", "criterion": "latency", "score": score, "reason": "r"}
    [fault] = faults_with(matrix={"overrides": [own]})
    assert fault.startswith(f"matrix.overrides[0].score: {score} is ")


def test_all_faults_are_named_at_once() -> None:
    """document.md: all the faults of a document are named at once."""
    faults = faults_of(
        {
            "format": "ftdecide/result",
            "version": 2,
            "use_case": {"name": "", "goal": "speed"},
            "answers": {"brand_voice": "maybe", "brand": "yes"},
            "failures": {"reasoning": -1},
            "override_weeks": [1, "2"],
            "readiness": {"labelled_examples": 1, "reviewed_examples": 2},
            "data": [row(reviewed=3)],
            "costs": {"hourly_rate": -1, "summary": {"savings": 1}},
            "matrix": {"weights": {"latency": 12}},
            "more": 1,
        }
    )
    assert set(faults) == {
        'format: must be "ftdecide/assessment"',
        "version: must be 1",
        "use_case.name: must be there",
        'use_case.goal: "speed" is not one of knowledge, persona, format, tools, '
        "safety, domain, labels, distil, verifiable",
        f'answers.brand_voice: "maybe" {YES_NO_UNSURE}',
        "answers.brand: is not a known key",
        "failures.reasoning: -1 is below 0",
        'override_weeks[1]: "2" is not a number',
        "readiness.reviewed_examples: 2 is more than the 1 labelled",
        "data[0].reviewed: 3 is more than the 2 available",
        "costs.hourly_rate: -1 is below 0",
        "costs.summary.savings: is not a known key",
        "matrix.weights.latency: 12 is above 10",
        "more: is not a known key",
    }
    assert len(faults) == 14


def test_the_error_says_all_faults_in_one_line() -> None:
    with pytest.raises(DocumentError) as caught:
        read_document(raw_document(version=2, data=3), FRAMEWORK)
    assert str(caught.value) == "version: must be 1; data: must be a list"
    assert caught.value.faults == ("version: must be 1", "data: must be a list")


def test_what_was_read_is_what_was_written() -> None:
    document = read(
        raw_document(
            use_case={"name": "A", "goal": "persona", "monthly_requests": 7},
            answers={
                "brand_voice": {
                    "value": "yes",
                    "evidence": "e",
                    "link": "http://a.b",
                    "strength": "measured",
                },
                "low_volume": "no",
            },
            failures={"reasoning": 3},
            override_weeks=[3, 2],
            readiness={"labelled_examples": 5, "reviewer_agreement": 0.5},
            data=[row()],
            costs={
                "hourly_rate": 80,
                "strategic_value": "yes",
                "summary": {"api_savings": {"low": 1, "likely": 2, "high": 4}, "other_monthly": 9},
            },
            matrix={
                "weights": {"latency": 2.5},
                "overrides": [{"approach": "tools", "criterion": "latency", "score": 4, "reason": "r"}],
            },
        )
    )
    voice = document.answers["brand_voice"]
    assert (voice.value, voice.evidence, voice.link, voice.strength) == (
        "yes",
        "e",
        "http://a.b",
        "measured",
    )
    assert document.answers.value("low_volume") == "no"
    assert document.answers.value("strategic_value") == "yes"
    assert document.answers["low_volume"].strength == "opinion"
    assert (document.name, document.use_case["monthly_requests"]) == ("A", 7)
    assert (dict(document.failures), document.override_weeks) == ({"reasoning": 3}, (3, 2))
    said = {"labelled_examples": 5, "reviewer_agreement": 0.5}
    assert dict(document.readiness) == said | {"reviewed_examples": 2}  # the sum of the rows
    assert (document.data[0].label, document.data[0].required) == ("a", 2)
    savings = document.summary["api_savings"]
    assert (savings.low, savings.likely, savings.high, savings.is_point) == (1, 2, 4, False)
    assert document.summary["other_monthly"].is_point
    assert document.costs["hourly_rate"].likely == 80
    assert dict(document.weights) == {"latency": 2.5}
    assert (document.overrides[0].score, document.overrides[0].reason) == (4, "r")


EVIDENCE = {"evidence": "Invoice of May", "link": "https://e.org", "strength": "documented"}


@pytest.mark.parametrize(
    ("parts", "path"),
    [
        ({"costs": {"hourly_rate": {"value": 90, **EVIDENCE}}}, "costs.hourly_rate"),
        ({"costs": {"strategic_value": {"value": "yes", **EVIDENCE}}}, "costs.strategic_value"),
        (
            {"costs": {"summary": {"api_savings": {"value": {"low": 1, "likely": 2, "high": 3}, **EVIDENCE}}}},
            "costs.summary.api_savings",
        ),
        (
            {"costs": {"detailed": {"approaches": {"status_quo": {"accuracy": {"value": 0.9, **EVIDENCE}}}}}},
            "costs.detailed.status_quo.accuracy",
        ),
        ({"matrix": {"weights": {"latency": {"value": 3, **EVIDENCE}}}}, "matrix.weights.latency"),
    ],
)
def test_costs_and_weights_may_say_what_shows_them(parts: Any, path: str) -> None:
    stated = read(raw_document(**parts)).stated[path]
    assert (stated.evidence, stated.link, stated.strength) == tuple(EVIDENCE.values())


def test_a_number_with_evidence_counts_as_the_number_alone() -> None:
    shown = {"costs": {"hourly_rate": {"value": 90, **EVIDENCE}, "strategic_value": {"value": "yes", **EVIDENCE}}}
    document = read(raw_document(**shown))
    assert document.costs == read(raw_document(costs={"hourly_rate": 90, "strategic_value": "yes"})).costs
    assert document.answers["strategic_value"].strength == "documented"


def test_the_reason_of_an_override_is_its_evidence() -> None:
    cell = {"approach": "tools", "criterion": "latency", "score": 4, "reason": "r", "link": "https://e.org"}
    document = read(raw_document(matrix={"overrides": [cell]}))
    stated = document.stated["matrix.overrides.tools.latency"]
    assert (stated.value, stated.evidence, stated.link) == (4, "r", "https://e.org")
    assert document.overrides[0].reason == "r"


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ({"costs": {"hourly_rate": {"evidence": "x"}}}, "costs.hourly_rate.value: must be there"),
        ({"costs": {"hourly_rate": {"value": -1}}}, "costs.hourly_rate.value: -1 is below 0"),
        ({"costs": {"hourly_rate": {"value": 1, "low": 1}}}, "costs.hourly_rate.low: is not a known key"),
        ({"costs": {"hourly_rate": {"value": 1, "link": "x"}}}, "costs.hourly_rate.link: must start with https://"),
        ({"failures": {"reasoning": {"value": 1}}}, 'failures.reasoning: {"value": 1} is not a number'),
        ({"use_case": {"name": {"value": "A"}}}, "use_case.name: must be text"),
        ({"costs": {"detailed": {"approaches": {"status_quo": {}}, "hybrid": True}}}, "costs.detailed.hybrid: is not"),
        ({"costs": {"summary.api_savings": 1}}, "costs.summary.api_savings: is not a known key"),
        ({"costs": {"detailed": {"status_quo.calls": 1}}}, "costs.detailed.status_quo.calls: is not a known key"),
    ],
)
def test_what_shows_a_value_is_checked_and_paths_are_no_keys(parts: Any, fault: str) -> None:
    assert any(found.startswith(fault) for found in faults_with(**parts))


def test_a_cell_is_scored_once() -> None:
    cell = {"approach": "tools", "criterion": "latency", "score": 4, "reason": "r"}
    assert faults_with(matrix={"overrides": [cell, cell | {"score": 5}]}) == [
        "matrix.overrides[1]: scores a cell twice"
    ]
