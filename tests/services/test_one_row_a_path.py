"""The migration to one row a path: every key and every lump of an earlier database, forwards and back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

pytestmark = pytest.mark.slow

BEFORE, AFTER = ("assessments", "0008_how_versions_were_hashed"), ("assessments", "0009_one_row_a_path")
START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
MODEL = {"provider": "openai", "model": "gpt-5-mini", "as_of": "2026-11-10", "cache_write_ratio": 1.25}
OLD_DETAILED = {"approaches": {"status_quo": {"input_price": 1}}}
DETAILED = {
    "monthly_requests": 5000,
    "approaches": {
        "status_quo": {"input_price": 0.25, "cache_write_ratio": 1, "cacheable_tokens": 900},
        "hybrid": {"input_price": 0.25, "accuracy": {"low": 0.8, "likely": 0.9, "high": 1}, "escalation_to": "tools"},
        "tools": {},
        "fine_tune_small": {"training_price": 25},
    },
}
ORIGINS = {
    "case": {"numbers": {"monthly_requests": "use_case"}},
    "status_quo": {
        "numbers": {"input_price": "price_list", "cache_write_ratio": "price_list", "cacheable_tokens": "prompt"},
        "model": MODEL,
    },
    "hybrid": {"numbers": {"input_price": "today"}, "prefilled": True},
    "fine_tune_small": {
        "numbers": {"training_price": "tuning_price"},
        "offer": {"key": "openai_gpt_4_1", "as_of": "2026-10-21"},
    },
}
CELL = {"approach": "tools", "criterion": "latency", "score": 4, "reason": "We measured it"}
MATRIX = {"weights": {"latency": 3, "control": 0}, "overrides": [CELL]}
STORED: dict[str, Any] = {
    "name": "Refunds",
    "monthly_requests": 5000,
    "missing_knowledge": 12,
    "override_weeks": [31, 29],
    "data": [{"label": "A", "required": 3, "available": 2, "reviewed": 1}],
    "labelled_examples": 346,
    "horizon_months": 36,
    "strategic_value": "yes",
    "distribution": "triangular",
    "currency": "USD",
    "training_cost": {"low": 1, "likely": 2, "high": 4},
    "brand_voice": "yes",
    "once_asked": "yes",
    "task": None,
    "detailed": DETAILED,
    "origins": ORIGINS,
    "matrix": MATRIX,
    "checks": ["examples_reviewed", "alarm"],
}


def fill(apps: Any) -> None:
    """An assessment of the time before, changed by two people."""
    user, assessment, answer, change = (
        apps.get_model("assessments", name) for name in ("User", "Assessment", "StoredAnswer", "AnswerChange")
    )
    ann, bob = (user.objects.create(email=f"{name}@example.com", name=name) for name in ("Ann", "Bob"))
    case = assessment.objects.create(id="casecasecase", framework="v1", browser="b")
    for number, (key, value) in enumerate(STORED.items()):
        shown = (
            {"evidence": "50 replies", "link": "https://e.org/", "strength": "measured"} if key == "brand_voice" else {}
        )
        answer.objects.create(
            assessment=case,
            key=key,
            value=value,
            version=number + 1,
            changed_at=START + timedelta(minutes=number),
            **{"strength": "opinion", **shown},
        )
    for number, (key, version, before, after, by) in enumerate(
        [
            ("name", 1, None, {"value": "Refunds"}, ann),
            (
                "brand_voice",
                11,
                {"value": "no"},
                {"value": "yes", "evidence": "50 replies", "strength": "measured"},
                bob,
            ),
            ("task", 14, {"value": "Old"}, {}, ann),
            ("detailed", 14, None, {"value": OLD_DETAILED}, ann),
            ("detailed", 15, {"value": OLD_DETAILED}, {"value": DETAILED}, bob),
            ("matrix", 16, None, {"value": {"weights": {"latency": 3}}}, ann),
            ("matrix", 17, {"value": {"weights": {"latency": 3}}}, {"value": MATRIX}, None),
            ("checks", 17, None, {"value": ["alarm"]}, ann),
            ("checks", 18, {"value": ["alarm"]}, {"value": ["examples_reviewed", "alarm"]}, bob),
        ]
    ):
        at = START + timedelta(hours=1, minutes=number)
        change.objects.create(assessment=case, key=key, version=version, before=before, after=after, by=by, at=at)


def kept(apps: Any) -> tuple[Any, Any]:
    """All answers but for how often origins were changed, which nothing counts, and their whole history."""
    answers, changes = (apps.get_model("assessments", name) for name in ("StoredAnswer", "AnswerChange"))
    fields = ("key", "value", "evidence", "link", "strength", "version", "changed_at")
    rows = {row["key"]: row for row in answers.objects.values(*fields)}
    rows["origins"] |= {"version": 0, "changed_at": None}
    told = ("key", "version", "before", "after", "by__name", "at")
    return rows, list(changes.objects.order_by("at", "id").values(*told))


def test_every_value_gets_a_row_of_its_own_with_its_history_and_going_back_puts_it_where_it_was(migrate: Any) -> None:
    then = migrate(BEFORE)
    fill(then)
    before = kept(then)
    expect_a_row_for_every_value(migrate(AFTER))
    assert kept(migrate(BEFORE)) == before


def expect_a_row_for_every_value(apps: Any) -> None:
    """With its version, its author and its history."""
    values, changes = (apps.get_model("assessments", name) for name in ("StoredValue", "ValueChange"))
    rows = {row.path: row for row in values.objects.select_related("changed_by")}
    assert {path: row.value for path, row in rows.items()} == {
        "use_case.name": "Refunds",
        "use_case.monthly_requests": 5000,
        "use_case.task": None,
        "failures.missing_knowledge": 12,
        "override_weeks": [31, 29],
        "data": STORED["data"],
        "readiness.labelled_examples": 346,
        "costs.horizon_months": 36,
        "costs.strategic_value": "yes",
        "costs.distribution": "triangular",
        "costs.currency": "USD",
        "costs.summary.training_cost": {"low": 1, "likely": 2, "high": 4},
        "answers.brand_voice": "yes",
        "answers.once_asked": "yes",
        "costs.detailed.monthly_requests": 5000,
        "costs.detailed.status_quo": True,
        "costs.detailed.status_quo.input_price": 0.25,
        "costs.detailed.status_quo.cache_write_ratio": 1,
        "costs.detailed.status_quo.cacheable_tokens": 900,
        "costs.detailed.hybrid": True,
        "costs.detailed.hybrid.input_price": 0.25,
        "costs.detailed.hybrid.accuracy": {"low": 0.8, "likely": 0.9, "high": 1},
        "costs.detailed.hybrid.escalation_to": "tools",
        "costs.detailed.tools": True,
        "costs.detailed.fine_tune_small": True,
        "costs.detailed.fine_tune_small.training_price": 25,
        "matrix.weights.latency": 3,
        "matrix.weights.control": 0,
        "matrix.overrides.tools.latency": 4,
        "checks.training.examples_reviewed": True,
        "checks.production.alarm": True,
    }
    listed = {"kind": "price_list", **{name: MODEL[name] for name in ("provider", "model", "as_of")}}
    assert {path: row.origin for path, row in rows.items() if row.origin} == {
        "costs.detailed.monthly_requests": "use_case",
        "costs.detailed.status_quo.input_price": listed,
        "costs.detailed.status_quo.cache_write_ratio": listed | {"listed": 1.25},
        "costs.detailed.status_quo.cacheable_tokens": "token_count",
        "costs.detailed.hybrid": "suggested",
        "costs.detailed.hybrid.input_price": "today",
        "costs.detailed.fine_tune_small.training_price": {
            "kind": "tuning_price",
            "offer": "openai_gpt_4_1",
            "as_of": "2026-10-21",
        },
    }
    voice, cell = rows["answers.brand_voice"], rows["matrix.overrides.tools.latency"]
    assert (voice.evidence, voice.link, voice.strength) == ("50 replies", "https://e.org/", "measured")
    assert (voice.version, voice.changed_by.name) == (12, "Bob")
    assert (cell.evidence, cell.version, cell.changed_by) == ("We measured it", 17, None)
    told = changes.objects.filter(path="costs.detailed.status_quo.input_price").order_by("at")
    assert [(one.before, one.after, one.by.name) for one in told] == [
        (None, {"value": 1}, "Ann"),
        ({"value": 1}, {"value": 0.25}, "Bob"),
    ]
    assert changes.objects.filter(path="matrix.weights.latency").count() == 1


def test_what_was_changed_since_goes_back_too(migrate: Any) -> None:
    fill(migrate(BEFORE))
    apps = migrate(AFTER)
    values, changes, user = (apps.get_model("assessments", n) for n in ("StoredValue", "ValueChange", "User"))
    values.objects.filter(path="costs.detailed.hybrid.accuracy").update(value=0.95, evidence="A test", version=40)
    values.objects.filter(path="costs.detailed.hybrid.escalation_to").update(value=None, version=16)
    changes.objects.create(
        assessment_id="casecasecase",
        path="costs.detailed.hybrid.accuracy",
        version=40,
        before={"value": DETAILED["approaches"]["hybrid"]["accuracy"]},  # type: ignore[index]
        after={"value": 0.95, "evidence": "A test", "strength": "opinion"},
        by=user.objects.get(name="Ann"),
        at=START + timedelta(days=1),
    )
    rows, told = kept(migrate(BEFORE))
    hybrid = rows["detailed"]["value"]["approaches"]["hybrid"]
    assert (hybrid, rows["detailed"]["version"]) == ({"input_price": 0.25, "accuracy": 0.95}, 40)
    assert (told[-1]["key"], told[-1]["version"], told[-1]["by__name"]) == ("detailed", 40, "Ann")
    accuracies = [told[-1][side]["value"]["approaches"]["hybrid"]["accuracy"] for side in ("before", "after")]
    assert accuracies == [{"low": 0.8, "likely": 0.9, "high": 1}, 0.95]
