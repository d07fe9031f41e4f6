"""A team's own framework: a base and changes, with every fault named where it stands."""

import json
from typing import Any

import pytest

from assessments.engine.back_test import back_test
from assessments.engine.decide import decide
from assessments.engine.document import read_document
from assessments.engine.result_json import result_json
from assessments.engine.soundness import concerns
from assessments.framework import FrameworkError, load_framework
from assessments.framework.changes import Changes, OwnFramework, content_hash, default_at, framework_of
from assessments.framework.framework_file import own_text, read_own
from assessments.framework.schema import Framework

from ..documents import example_document

HEAD = b'format = "ftdecide/framework"\nversion = 1\nbase = "v1"\nname = "O"\n'
GATE: dict[str, Any] = {
    "closes": ["hybrid"],
    "when": [["brand_voice is yes", "net < pilot_net"]],
    "because": "We tried it. <script>alert(1)</script>",
    "short": "Tried <b>here</b>",
    "source": "ours",
}
QUESTION: dict[str, Any] = {
    "section": "reasons_against",
    "kind": "choice",
    "place": "answers",
    "role": "anti_indicator",
    "weight": "High",
    "label": "No budget",
    "ask": "Is there no budget for a pilot?",
    "source": "ours",
}


def with_changes(changes: Changes, name: str = "Ours") -> Framework:
    return framework_of(OwnFramework(base="v1", changes=changes, name=name))


def faults_of(changes: Changes) -> list[str]:
    with pytest.raises(FrameworkError) as caught:
        with_changes(changes)
    return list(caught.value.faults)


@pytest.mark.parametrize("example", ["service_desk", "eight_approaches"])
def test_a_copy_without_changes_gives_the_same_result_but_for_its_name(example: str) -> None:
    document, base, copy = example_document(example), load_framework(), with_changes({})
    theirs, ours = (result_json(decide(one, read_document(document, one))) for one in (base, copy))
    assert copy.sha256 == base.sha256
    assert ours["framework"].pop("name") == "Ours" != theirs["framework"].pop("name")
    assert json.dumps(ours) == json.dumps(theirs)


def test_changes_change_what_they_name_and_the_base_stays_as_it_is() -> None:
    base = load_framework()
    own = with_changes(
        {
            "thresholds.blockers_from": 3,
            "criteria.latency.scores.prompting": 1,
            "tried.tools": [["multiple_models is yes"]],
            "gates.no_pilot": GATE,
            "gates.two_against.off": True,
            "questions.no_budget": QUESTION,
            "questions.brand_voice.label": "House voice",
            "questions.exploration_phase.off": True,
            "priors.answers.low_volume": 0.4,
        }
    )
    assert own.thresholds.blockers_from == 3
    assert own.gate["no_pilot"].closes == ("hybrid",)
    assert "two_against" not in own.gate
    assert own.questions["brand_voice"].label == "House voice"
    assert own.keys("anti_indicator") == (
        *(key for key in base.keys("anti_indicator") if key != "exploration_phase"),
        "no_budget",
    )
    assert "exploration_phase" in own.questions
    assert "exploration_phase" not in own.deciding_keys
    assert own.sha256 != base.sha256
    assert load_framework().sha256 == base.sha256
    assert (back_test(own).of, default_at("v1", "thresholds.blockers_from")) == (98, 2)


def test_words_alone_leave_the_rules_what_they_are() -> None:
    reworded = {"gates.two_against.short": "Too much speaks against it"}
    assert with_changes(reworded).sha256 == load_framework().sha256
    assert content_hash("v1", reworded) != content_hash("v1", {})


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"thresholds.pilot_nett": 2}, ["thresholds: extra fields found (pilot_nett)"]),
        ({"thresholds.pilot_net": "2"}, ["thresholds.pilot_net: invalid value for type, expected int"]),
        ({"gates.two_against.closes": ["magic"]}, ["gates.two_against.closes: no approach magic"]),
        ({"gates.no_case.short": 7}, ["gates.no_case.short: invalid value for type, expected str"]),
        ({"criteria.magic.weight": 2}, ["criteria.magic.weight: there is no such value"]),
        ({"questions.brand_voice.kind": "text"}, ["questions.brand_voice.kind: kind is what it is; add a new one"]),
        ({"questions.task_kind.off": True}, ["questions.task_kind.off: other things rest on this question"]),
        ({"questions.brand_voice.ask": "{0.__class__}"}, ["questions.brand_voice.ask: nothing fills {0.__class__}"]),
        ({"thresholds.weights": {"High": 0, "Medium": 0}}, ["thresholds.weights: must not be below 0, nor all 0"]),
        ({"thresholds.pilot_net": float("inf")}, ["thresholds.pilot_net: is no number that can be counted with"]),
        (
            {"gates.own": GATE | {"when": [["not two_against"]]}},
            ["gates.own.when: not two_against: asks for a gate; gates ask for answers, facts and numbers alone"],
        ),
        (
            {
                "questions.brand_voice.asked_for": {"consistent_behavior": ["yes"]},
                "questions.consistent_behavior.asked_for": {"brand_voice": ["yes"]},
            },
            [
                "questions.consistent_behavior.asked_for: waits for itself, in a circle",
                "questions.brand_voice.asked_for: waits for itself, in a circle",
            ],
        ),
        (
            {f"criteria.{criterion.key}.weight": 0 for criterion in load_framework().matrix.criteria},
            ["criteria: every weight is 0, so nothing is compared"],
        ),
        (
            {"nothing.at": 1, "priors": {}, "gates.own": "x", "Ä": 1},
            [
                "gates.own: there is no such value",
                "nothing.at: there is no part",
                "priors: needs the name",
                "'Ä': is no",
            ],
        ),
    ],
)
def test_every_fault_is_named_with_its_place(changes: Changes, faults: list[str]) -> None:
    found = faults_of(changes)
    assert [any(one.startswith(fault) for one in found) for fault in faults] == [True] * len(faults), found
    assert len(found) == len(faults)


def test_what_contradicts_is_found() -> None:
    assert concerns(load_framework()) == ()
    shut = with_changes({"gates.own": GATE | {"closes": ["all"]}, "criteria.latency.weight": 10})
    found = {(one.code, one.key): one for one in concerns(shut)}
    assert found["nothing_open", ""].answers == (("brand_voice", "yes"), ("prompts_succeed", "yes"))
    never = with_changes(
        {
            "gates.two_against.when": [["against > 99"]],
            "gates.own": GATE | {"closes": ["tools"], "when": [["not missed"], ["missed"]]},
            "criteria.fixes_failures.weight": 10,
            **{f"criteria.{one.key}.weight": 0 for one in load_framework().matrix.criteria[1:]},
        }
    )
    codes = {(one.code, one.key) for one in concerns(never)}
    assert {
        ("gate_never", "two_against"),
        ("gate_always", "own"),
        ("approach_never", "tools"),
        ("one_decides", "fixes_failures"),
    } <= codes


def test_a_file_holds_what_was_written() -> None:
    own = OwnFramework(base="v1", changes={"gates.own": GATE, "thresholds.pilot_net": 2}, name='Ours "too"')
    assert read_own(own_text(own).encode()) == own
    assert read_own(json.dumps({"format": "ftdecide/framework", "version": 1, "base": "v1", "name": "Ours"}).encode())


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        (b"x" * 5_000_000, ["file: larger than 1 MB"]),
        (b"\xff", ["file: this is neither TOML nor JSON"]),
        (b"[" * 50_000, ["file: this is neither TOML nor JSON"]),
        (b"{}", ["format: ", "version: must be 1", "base: must be one of v1", "name: must be a text"]),
        (HEAD + b"more = 1", ["more: is no part"]),
        (
            HEAD + b'[changes]\n"thresholds.net" = 1999-01-01',
            ["thresholds.net: must be a text, a number, true, false, a list or a table"],
        ),
    ],
)
def test_a_faulty_file_is_refused_with_every_fault(data: bytes, faults: list[str]) -> None:
    with pytest.raises(FrameworkError) as caught:
        read_own(data)
    found = caught.value.faults
    assert [one.startswith(fault) for one, fault in zip(found, faults, strict=True)] == [True] * len(faults), found
