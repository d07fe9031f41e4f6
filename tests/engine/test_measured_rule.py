"""The measured rule by hand, and what must hold of it whatever was measured (docs/method.md, section 6)."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.engine.measured.comparison import read_comparison
from assessments.engine.measured.rule import Aims, MeasuredLead, measured_lead
from assessments.engine.result import read_result
from assessments.engine.result_json import result_json
from assessments.engine.robustness import how_settled, is_settled
from assessments.engine.verdict import judge
from tests.comparisons import compared, pair, tuned_wins, variant
from tests.measured_simulation import RIGHT, SIZES, WRONG, any_pairs, judged

from ..oracle.documents import some_document
from .documents import CEILING_HIT, FRAMEWORK, decide_on, document_of, ground_of, judge_on, read
from .strategies import comparisons

NEVER_PAYS = {"summary": {"api_savings": 100, "inference_cost": 200}}
PAYS = {"summary": {"api_savings": 9000, "training_cost": 1000}}
PROMPT, RETRIEVAL, TUNED, BOTH = (
    variant("prompt", 110),
    variant("retrieval", 118),
    variant("tuned", 160),
    variant("tuned_retrieval", 164),
)
ABSTAIN = {"slices": [{"name": "should_abstain", "cases": 10, "wins": 0, "losses": 1}]}
FIVE = compared(
    [PROMPT, RETRIEVAL, TUNED, BOTH],
    pair("prompt", "retrieval", 20, 12),
    pair("prompt", "tuned", 60, 10),
    pair("retrieval", "tuned", 52, 10) | ABSTAIN,
    pair("retrieval", "tuned_retrieval", 50, 4),
    pair("tuned_retrieval", "tuned", 10, 14),
)


def lead_of(raw: Any, aims: Aims | None = None, barred: Any = (), **parts: Any) -> MeasuredLead | None:
    ground = ground_of(document_of(**parts))
    return measured_lead(FRAMEWORK, read_comparison(raw), aims or Aims(), lasting=ground.lasting, barred=barred)


@pytest.mark.parametrize(
    ("raw", "aims", "leads", "reason"),
    [
        (tuned_wins(), {}, "tuned", "gain"),
        (tuned_wins(), {"least_improvement": 0.19}, "tuned", "gain"),
        (tuned_wins(), {"least_improvement": 0.21}, "prompt", "cant_tell"),
        (tuned_wins(), {"least_improvement": 0.31}, "prompt", "no_gain"),
        (tuned_wins(low=-0.01), {}, "prompt", "cant_tell"),
        (FIVE, {}, "tuned", "gain"),  # tuned with retrieval passes more, but is not told apart from it
        (FIVE, {"critical": ("Should_Abstain",)}, "tuned_retrieval", "gain"),
        (tuned_wins(**ABSTAIN), {"critical": ("should_abstain",)}, "prompt", "slice_lost"),
        (tuned_wins(**ABSTAIN), {"critical": ("other",)}, "tuned", "gain"),
    ],
)
def test_a_tuned_one_leads_only_where_its_gain_is_established(raw: Any, aims: Any, leads: str, reason: str) -> None:
    found = lead_of(raw, Aims(**aims))
    assert found
    assert (found.variant.role, found.reason) == (leads, reason)


def test_it_is_measured_against_the_best_that_would_not_be_owned() -> None:
    found = lead_of(FIVE)
    assert found
    assert (found.best.role, [one.role for one in found.level]) == ("retrieval", ["retrieval", "prompt"])
    assert [one.variant.role for one in found.challengers] == ["tuned_retrieval", "tuned"]


def test_of_those_that_are_not_told_apart_the_cheaper_and_simpler_leads() -> None:
    raw = compared(
        [PROMPT, RETRIEVAL, TUNED],
        pair("prompt", "retrieval", 20, 12),
        pair("retrieval", "tuned", 52, 50),
    )
    found = lead_of(raw)
    assert found
    assert (found.variant.role, found.reason) == ("prompt", "cant_tell")
    told_apart = compared([PROMPT, RETRIEVAL, TUNED], pair("prompt", "retrieval", 30, 12), *raw["pairs"][1:])
    assert (found := lead_of(told_apart))
    assert found.variant.role == "retrieval"


@pytest.mark.parametrize(
    "raw",
    [
        compared([PROMPT, TUNED]),
        compared([PROMPT, TUNED], pair("prompt", "tuned", 40, 2, 99)),
        compared([PROMPT, RETRIEVAL], pair("prompt", "retrieval", 60, 2)),
        compared([TUNED, BOTH], pair("tuned", "tuned_retrieval", 60, 2)),
        compared([variant("prompt", 50, 99), TUNED], pair("prompt", "tuned", 40, 2, 99)),
    ],
)
def test_it_decides_nothing_without_both_kinds_on_a_hundred_cases(raw: Any) -> None:
    assert lead_of(raw) is None
    assert decide_on(CEILING_HIT, comparison=raw).measured is None


def test_with_several_a_gain_must_hold_after_holm() -> None:
    """Six wins to none are p = 0.031 for one alone, and twice that beside another."""
    gains = compared(
        [PROMPT, TUNED, BOTH],
        pair("prompt", "tuned", 6, 0, half=0.02),
        pair("prompt", "tuned_retrieval", 6, 0, half=0.02),
    )
    assert (found := lead_of(gains))
    assert found.reason == "cant_tell"
    alone = compared(gains["variants"][:2], gains["pairs"][0])
    assert (found := lead_of(alone))
    assert found.reason == "gain"


def test_what_never_pays_back_by_the_teams_own_figures_does_not_lead() -> None:
    found = lead_of(tuned_wins(), costs=NEVER_PAYS)
    assert found
    assert (found.variant.role, found.reason) == ("prompt", "not_paid_back")
    assert (found := lead_of(tuned_wins(), costs=PAYS))
    assert found.reason == "gain"
    assert found.challenger
    assert found.challenger.never_pays is False


def test_without_figures_a_full_go_waits_for_them_and_for_nothing_else() -> None:
    decision = decide_on(CEILING_HIT, comparison=tuned_wins())
    assert (decision.approach, decision.action, decision.because) == ("fine_tune_small", "pilot", ("measured_gain",))
    assert [gap.code for gap in decision.missing_for_go] == ["economics_missing"]
    assert decide_on(CEILING_HIT, comparison=tuned_wins(), costs=PAYS).action == "go"


@pytest.mark.parametrize(
    ("answers", "leads"),
    [
        ({}, "fine_tune_small"),
        ({"exploration_phase": "yes", "changing_requirements": "yes", "prompts_succeed": "yes"}, "fine_tune_small"),
        ({"tuning_available": "no"}, "prompting"),
        ({"data_sovereignty": "yes", "runs_in_house": "no", "tuning_available": "no"}, "decided by the answers"),
    ],
)
def test_only_what_cannot_be_had_overrules_a_measurement(answers: Any, leads: str) -> None:
    found = judge_on(answers, comparison=tuned_wins())
    if leads == "decided by the answers":
        assert found.measured is None
        assert found.leads == judge_on(answers).leads
    else:
        assert found.leads == leads
        assert {key for key, one in found.standings.items() if one.open} == {leads}
        others = {one.closed_by[0] for key, one in found.standings.items() if key != leads}
        assert others == {"measured"}


def test_open_answers_decide_nothing_any_more() -> None:
    document = document_of({"tuning_available": "yes"}, comparison=tuned_wins())
    found = how_settled(ground_of(document))
    assert (found.stability, found.settled, found.unsure, found.find_out_next) == ("measured", True, (), ())
    assert dict(found.possible_approaches) == {"fine_tune_small": 1.0}
    assert [(dict(one.flip), one.approach) for one in found.would_change] == [({"tuning_available": "no"}, "prompting")]
    assert is_settled(ground_of(document))


def test_the_result_says_what_was_measured_and_is_read_back() -> None:
    stored = result_json(decide_on(CEILING_HIT, comparison=FIVE))
    assert stored["measured"]["best"] == "retrieval"
    assert stored["stability"] == "measured"
    assert read_result(stored).settled
    assert "measured" not in result_json(decide_on(CEILING_HIT))


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10_000), raw=comparisons())
def test_one_lever_is_always_open_and_where_it_was_measured_no_other(seed: int, raw: Any) -> None:
    document = read(some_document(seed) | {"comparison": raw})
    found = judge(ground_of(document))
    standing = {key for key, one in found.standings.items() if one.open}
    assert found.leads in standing
    if found.measured:
        assert standing == {found.measured.approach}
        measured = {one.approach for one in (found.measured.best, *found.measured.level)}
        measured |= {one.variant.approach for one in found.measured.challengers}
        assert found.leads in measured
    else:
        without = judge(ground_of(read(some_document(seed))))
        assert found.standings == without.standings


def test_on_a_thousand_cases_it_names_the_better_one_and_on_fewer_it_rather_cannot_tell() -> None:
    """A small version of `make bench` (tests/benchmarks/measured.py)."""
    pairs = [pair for pair in any_pairs(200) if pair.has_better]
    for cases in SIZES:
        found = [said for _, said in judged(pairs, cases)]
        assert found.count("wrong") <= WRONG * len(found)
    assert found.count("right") >= RIGHT * len(found)
