"""What files propose: the fixtures come out as evidence.md has them (section 9), and nothing that must not be does."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from itertools import chain
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.engine.economics.detailed import cost_of_first_attempt
from assessments.engine.faults import text_fault
from assessments.engine.fields import fault_in, fields_of
from assessments.engine.measured.agreement import label_agreement
from assessments.engine.measured.failures import FailureRow, failure_figures
from assessments.engine.measured.figures import RunRow, TrainingFigures, VariantFacts
from assessments.engine.measured.found import Choices, FileChoice, FileFound, ReadingJob, Told
from assessments.engine.measured.proposals import Proposal, Proposals, proposals_of
from assessments.engine.measured.runs import run_figures
from assessments.engine.measured.targets import reading_limits
from assessments.presenters.measured.proposals import evidence_words, told_by_rule
from assessments.reading.__main__ import read_all

from ..reading.reading import FILES, files_of
from .documents import FRAMEWORK, document_of

REAL = {"real_cases": "yes"}
RULES = FRAMEWORK.evidence
MAY_SAY_NO = {
    *("target_missed", "prompts_succeed", "prompt_fix_failed", "insufficient_data", "examples_inconsistent"),
    "failures_covered",
}
"""evidence.md, section 9: absence from a file proves nothing, but for these."""


@cache
def found_in(*paths: str) -> tuple[FileFound, ...]:
    """Read with a highest p95 of three seconds."""
    job = ReadingJob(
        files=files_of(*paths),
        modes=FRAMEWORK.reading.modes,
        limits=reading_limits(FRAMEWORK, document_of(targets={"slowest_p95_ms": 3000})),
    )
    return read_all(job).found


def proposed(found: Iterable[FileFound], choices: Choices | None = None, earlier: Any = (), **parts: Any) -> Proposals:
    parts = {"targets": {"pass_rate": 0.8, "slowest_p95_ms": 3000}} | parts
    return proposals_of(FRAMEWORK, document_of(**parts), list(found), REAL | dict(choices or {}), earlier=earlier)


def values(found: Proposals) -> dict[str, Any]:
    return {one.path.removeprefix("answers."): one.value for one in found.proposals}


def at(found: Proposals, path: str) -> list[Proposal]:
    return [one for one in found.proposals if one.path == path]


def codes(found: Proposals, path: str = "") -> list[str]:
    return [one.told.code for one in found.undecided if one.path == path]


# the fixtures


def test_the_five_variants_miss_the_target() -> None:
    found = proposed(found_in("plain/five_variants.csv"))
    assert values(found) == {
        "target_missed": "yes",
        "prompts_succeed": "no",
        "inconsistent_format": "yes",
        "eval_set": "yes",
    }
    (missed,), (broken,) = at(found, "answers.target_missed"), at(found, "answers.inconsistent_format")
    assert missed.told.figures["variant"] == "prompt+retrieval"
    assert missed.told.figures["high"] == pytest.approx(0.7270932446655811, abs=1e-9)
    assert (broken.told.figures["failures"], broken.told.figures["of"]) == (9, 119)
    assert broken.told.figures["low"] == pytest.approx(0.04029724166083565, abs=1e-9)
    assert codes(found, "answers.latency_limit") == ["slow_for_another_reason"]
    assert {one.path: one.strength for one in found.proposals}["answers.eval_set"] == "documented"
    assert evidence_words(FRAMEWORK, missed, {"five_variants.csv": "runs.csv"}) == (
        "Evaluation run, runs.csv: the best of 3 untuned variants, “prompt+retrieval”, passes 77 of 119 = 65% "
        "(56% to 73%); the target is 80%."
    )


@pytest.mark.parametrize("target", [0.8, 0.9])
def test_the_run_of_promptfoo_says_how_many_more_cases_would_settle_it(target: float) -> None:
    found = proposed(found_in("promptfoo/results.json.gz"), targets={"pass_rate": target})
    left = [one.told for one in found.undecided if one.path == "answers.target_missed"]
    assert [one.told.figures["variant"] for one in found.undecided if one.told.code == "many_broken"] == [
        "large-a | few_shot"
    ]
    if target == 0.9:
        (missed,) = at(found, "answers.target_missed")
        assert missed.value == "yes"
        assert missed.told.figures["high"] == pytest.approx(0.8820761185551049, abs=1e-9)
        assert not left
    else:
        assert not at(found, "answers.target_missed") + at(found, "answers.prompts_succeed")
        (straddles,) = left
        assert (straddles.figures["variant"], straddles.figures["more"]) == ("small-b | few_shot", 524)
        assert straddles.figures["low"] == pytest.approx(0.5907167384187784, abs=1e-9)


def test_five_different_prompts_on_five_cases_are_no_proposal() -> None:
    found = proposed(found_in("promptfoo/six_prompts.json.gz"))
    assert found.proposals == ()
    assert codes(found, "answers.prompt_variations") == ["few_common_cases"]
    assert codes(found) == ["few_rows"]


def test_the_log_of_overrides_gives_counts_weeks_and_broken_formats() -> None:
    found = values(proposed(found_in("plain/overrides.csv")))
    assert {path.removeprefix("failures."): count for path, count in found.items() if path.startswith("failures.")} == {
        **{"should_abstain": 86, "reasoning": 45, "format_failure": 21, "policy_tone": 18},
        **{"wrong_retrieval": 11, "tool_failure": 10, "noisy_context": 9, "missing_knowledge": 6},
    }
    others = {path: value for path, value in found.items() if not path.startswith("failures.")}
    assert others == {"override_weeks": [31, 29, 33, 34, 38, 41], "inconsistent_format": "yes"}


@pytest.mark.parametrize("beside", [(), ("training/service_desk_eval_40.jsonl",)])
def test_the_training_file_of_the_service_desk_is_counted(beside: tuple[str, ...]) -> None:
    """346 examples; 343 beside the evaluation file, which has three of them. What is required stays as it was."""
    rows = [
        {"label": "VPN issue", "required": 50, "available": 9, "reviewed": 9},
        {"label": "Printer", "required": 20, "available": 5, "reviewed": 5},
    ]
    found = values(proposed(found_in("training/service_desk_346.jsonl.gz", *beside), data=rows))
    assert {**found, "data": None} == {
        **{"readiness.labelled_examples": 343 if beside else 346, "insufficient_data": "yes", "data": None}
    }
    assert [(row["label"], row["required"], row["available"], row["reviewed"]) for row in found["data"]] == [
        ("account_unlock", 0, 150, 0),
        ("security_incident", 0, 150, 0),
        ("vpn_issue", 50, 46, 9),
        ("Printer", 20, 0, 0),
    ]


def test_labels_that_the_file_names_otherwise_stay_as_they_were_entered() -> None:
    rows = [{"label": "MFA-related VPN issues", "required": 50, "available": 46, "reviewed": 46}]
    found = values(proposed(found_in("training/service_desk_346.jsonl.gz"), data=rows))
    assert [row for row in found["data"] if row["required"]] == rows


@pytest.mark.parametrize("path", ["inspect/stopped_at_error.json.gz", "promptfoo/small.json"])
def test_a_stopped_run_and_one_with_nothing_graded_propose_nothing(path: str) -> None:
    found = proposed(found_in(path))
    assert found.proposals == ()
    assert set(codes(found)) <= {"stopped", "few_rows"}


# one rule each


def run_of(passed: Mapping[str, int], of: int = 40, **facts: Any) -> FileFound:
    """A run in which each variant passes so many of the cases. `facts` are of the variants, by key."""
    rows = [
        RunRow(variant=key, case=str(case), passed=float(case < count), latency_ms=(100.0 if key != "long" else 5000.0))
        for key, count in passed.items()
        for case in range(of)
    ]
    variants = [VariantFacts(**{"key": key, "name": key, **facts.get(key, {})}) for key in passed]
    run = run_figures(rows, variants, slowest_p95_ms=3000.0, same_prompt_above=RULES.thresholds.same_prompt_above)
    return FileFound(kind="run", files=("run",), rows=len(rows), cases=of, run=run)


PROMPTS: dict[str, Any] = {
    f"p{n}": {"prompt": " ".join(f"word{n}{m}" for m in range(9)), "model": f"m{n % 2}"} for n in range(6)
}


def test_five_prompts_and_two_models_on_the_same_cases_were_tried() -> None:
    run = run_of(dict.fromkeys(PROMPTS, 30), **PROMPTS)
    found = values(proposed([run]))
    assert (found["prompt_variations"], found["multiple_models"]) == ("yes", "yes")
    struck = proposed([run], {"struck": ("p0", "p1")})
    assert "prompt_variations" not in values(struck)
    assert codes(struck, "answers.prompt_variations") == ["few_prompts"]
    tuned = proposed([run], {f"role.p{n}": "tuned" for n in range(3)})
    assert codes(tuned, "answers.prompt_variations") == ["few_prompts"]
    few = proposed([run_of(dict.fromkeys(PROMPTS, 9), of=19, **PROMPTS)])
    assert few.proposals == ()


def test_a_target_is_met_only_beyond_the_luck_of_several_variants() -> None:
    """40 of 40 have a lower bound of 0.912 at 95 %, and one of 0.851 at 1 − 0.05 ÷ 6."""
    alone, among = run_of({"a": 40}), run_of({"a": 40} | dict.fromkeys("bcdef", 20))
    for run, target, expected in ((alone, 0.9, "no"), (among, 0.9, None), (among, 0.85, "no")):
        found = values(proposed([run], targets={"pass_rate": target}))
        assert found.get("target_missed") == expected
        assert found.get("prompts_succeed") == {"no": "yes", None: None}[expected]
    assert codes(proposed([alone], targets={}), "answers.target_missed") == ["no_target"]


def test_prompts_are_not_said_to_fail_where_retrieval_meets_the_target() -> None:
    run = run_of({"prompt": 10, "found": 40})
    found = values(proposed([run], {"role.found": "retrieval"}))
    assert (found["target_missed"], "prompts_succeed" in found) == ("no", False)
    assert "retrieval_optimized" not in found
    both = proposed([run], {"role.found": "retrieval", "role.prompt": "better_rag"})
    assert values(both)["retrieval_optimized"] == "yes"
    assert at(both, "answers.retrieval_optimized")[0].strength == "documented"


def test_a_long_prompt_is_too_slow_only_beside_a_shorter_one_that_is_faster() -> None:
    facts: dict[str, Any] = {"long": {"prompt": "a" * 90, "model": "m"}, "short": {"prompt": "b", "model": "m"}}
    assert values(proposed([run_of({"long": 30, "short": 30}, **facts)]))["latency_limit"] == "yes"
    for other in ({"model": "n"}, {"prompt": "b" * 99}):
        run = run_of({"long": 30, "short": 30}, **facts | {"short": facts["short"] | other})
        assert codes(proposed([run]), "answers.latency_limit") == ["slow_for_another_reason"]
    changed = proposed([run_of({"long": 30, "short": 30}, **facts)], targets={"slowest_p95_ms": 2000})
    assert codes(changed, "answers.latency_limit") == ["limit_changed"]


@pytest.mark.parametrize(
    ("before", "after", "expected"), [(20, 22, "yes"), (10, 24, "yes"), (10, 40, "no"), (10, 34, None)]
)
def test_an_explicit_instruction_works_where_it_wins_and_reaches_the_target(
    before: int, after: int, expected: str | None
) -> None:
    run = run_of({"a": before, "b": after})
    found = proposed([run], {"fix_before": "a", "fix_after": "b"})
    assert values(found).get("prompt_fix_failed") == expected
    turned = proposed([run], {"fix_before": "b", "fix_after": "a"})
    assert values(turned)["prompt_fix_failed"] == "yes"


def test_an_explicit_instruction_is_judged_on_the_cases_that_it_is_about() -> None:
    """On the whole 30 of 80 are won and the target is missed; on the half that it is about it is reached."""
    rows = [
        RunRow(variant=key, case=str(case), passed=float(case < count), slice="mfa" if case < 40 else "vpn")
        for key, count in (("a", 10), ("b", 40))
        for case in range(80)
    ]
    run = run_figures(rows, [VariantFacts(key=key, name=key) for key in "ab"], same_prompt_above=0.8)
    found = FileFound(kind="run", files=("run",), run=run)
    for name, expected in (("", "yes"), ("mfa", "no"), ("vpn", "yes"), ("other", None)):
        made = proposed([found], {"fix_before": "a", "fix_after": "b", "fix_slice": name})
        assert values(made).get("prompt_fix_failed") == expected


def test_failures_persist_where_the_right_passage_does_not_help() -> None:
    run = run_of({"a": 20, "b": 39})
    assert values(proposed([run], {"right_passage": ("a",)}))["failures_persist_with_context"] == "yes"
    for marked in ({"right_passage": ("b",)}, {"right_passage": ("a", "b")}, {}):
        assert "failures_persist_with_context" not in values(proposed([run], marked))


def training(**figures: Any) -> FileFound:
    counted: dict[str, Any] = {
        "layout": "openai_chat",
        "lines": 346,
        "valid": 346,
        "empty": 0,
        "distinct": 346,
    } | figures
    return FileFound(kind="training", files=("training",), training=TrainingFigures(**counted))


def test_a_test_set_is_measured_beside_training_data_that_has_none_of_it() -> None:
    run = run_of({"a": 40}, of=50)
    alone, apart, mixed = (
        proposed([run, *beside])
        for beside in ([], [training(overlap_exact=0, overlap_near=0)], [training(overlap_exact=3)])
    )
    assert [at(one, "answers.eval_set")[0].strength for one in (alone, apart)] == ["documented", "measured"]
    assert codes(mixed, "answers.eval_set") == ["overlaps"]
    assert "eval_set" not in values(proposed([run_of({"a": 40}, of=49)]))


def test_a_baseline_is_a_run_of_what_is_in_use_before_the_tuned_one() -> None:
    tuned = FileChoice(key="role.ft", options=(), chosen="tuned", is_guess=False)
    before = replace(run_of({"a": 30}), written_on="2026-11-20", files=("before",))
    after = replace(run_of({"ft": 38}), written_on="2026-11-27", choices=(tuned,))

    def baselines(found: FileFound, earlier: FileFound, metric: str) -> list[tuple[str, set[str]]]:
        document = replace(document_of(), targets={"exit_criteria": ({"metric": metric},)})
        made = proposals_of(FRAMEWORK, document, [found], REAL, earlier=[earlier])
        return [(one.strength, set(one.files)) for one in at(made, "answers.regression_baseline")]

    for found, earlier in ((after, before), (before, after)):
        assert baselines(found, earlier, "Pass rate") == [("documented", {"before", "run"})]
    late = replace(before, written_on="2026-11-28")
    assert baselines(after, late, "Pass rate") == baselines(after, before, "FNR") == []


def log_of(modes: Mapping[str, int], slices: str = "") -> FileFound:
    rows = [
        FailureRow(mode=mode, slice=slices[place % len(slices)] if slices else "")
        for mode, count in modes.items()
        for place in range(count)
    ]
    return FileFound(kind="failures", files=("log",), failures=failure_figures(rows))


def test_a_log_replaces_the_sample_and_answers_what_is_clear() -> None:
    log = log_of({"noisy_context": 30, "reasoning": 70})
    found = values(proposed([log], failures={"policy_tone": 9}))
    assert {key: found[f"failures.{key}"] for key in ("noisy_context", "reasoning", "policy_tone")} == {
        **{"noisy_context": 30, "reasoning": 70, "policy_tone": 0}
    }
    assert found["knowledge_gaps"] == "yes"
    assert "knowledge_gaps" not in values(proposed([log_of({"noisy_context": 12, "reasoning": 88})]))
    assert proposed([log_of({"reasoning": 19})]).proposals == ()


def test_a_kind_of_failure_that_the_training_data_lacks_is_not_covered() -> None:
    log = log_of({"reasoning": 100}, "ab")
    lacking, having, unlike = (
        training(labels=labels) for labels in ({"A": 330, "b": 16}, {"a": 200, "b": 146}, {"x": 9})
    )
    assert values(proposed([log, lacking]))["failures_covered"] == "no"
    assert "failures_covered" not in values(proposed([log, having]))
    assert codes(proposed([log, unlike]), "answers.failures_covered") == ["no_common_slices"]


def test_training_data_answers_only_what_it_holds() -> None:
    assert values(proposed([training(distinct=1000, reviewed=999)])) == {
        **{"readiness.labelled_examples": 1000, "insufficient_data": "no", "readiness.reviewed_examples": 999}
    }
    assert codes(proposed([training(pairs=True)]), "readiness.labelled_examples") == ["pairs_not_wanted"]
    safety = {"name": "A", "goal": "safety"}
    assert codes(proposed([training()], use_case=safety), "readiness.labelled_examples") == ["pairs_wanted"]
    assert values(proposed([training(pairs=True)], use_case=safety))["readiness.labelled_examples"] == 346
    assert codes(proposed([training(layout="text_only")]), "readiness.labelled_examples") == ["no_outputs"]


def test_examples_contradict_each_other_in_classification_alone() -> None:
    found = training(seen_twice=40, contradicted=12)
    for kind, expected in (("classification", "yes"), ("drafting", None)):
        made = proposed([found], use_case={"name": "A", "task_kind": kind})
        assert values(made).get("examples_inconsistent") == expected
    assert codes(made, "answers.examples_inconsistent") == ["not_for_free_text"]


@pytest.mark.parametrize(("same", "other", "expected"), [(95, 5, "no"), (60, 40, "yes"), (85, 15, None)])
def test_two_columns_of_right_answers_give_a_share_and_by_kappa_an_answer(
    same: int, other: int, expected: str | None
) -> None:
    pairs = [("ab"[n % 2], "ab"[n % 2]) for n in range(same)] + [("ab"[n % 2], "ba"[n % 2]) for n in range(other)]
    answers = FileFound(kind="answers", files=("two",), answers=label_agreement(pairs))
    found = values(proposed([answers], use_case={"name": "A", "task_kind": "classification"}))
    assert (found["readiness.reviewer_agreement"], found.get("examples_inconsistent")) == (same / 100, expected)


DETAILED: dict[str, Any] = {"detailed": {"approaches": {"status_quo": {}, "fine_tune_small": {}, "hybrid": {}}}}


def test_costs_are_measured_for_the_approaches_that_are_compared() -> None:
    run = run_of({"prompt": 30, "ft": 38})
    found = values(
        proposed([run, training(tokens_per_example=19.4)], {"in_use": "prompt", "role.ft": "tuned"}, costs=DETAILED)
    )
    costs = {path.removeprefix("costs.detailed."): value for path, value in found.items() if path.startswith("costs.")}
    assert costs == {
        **{"status_quo.accuracy": 0.75, "status_quo.accuracy_sample": 40},
        **{"fine_tune_small.accuracy": 0.95, "fine_tune_small.accuracy_sample": 40},
        **{"fine_tune_small.training_tokens_per_example": 19, "hybrid.training_tokens_per_example": 19},
    }


def test_what_no_cost_takes_over_stands_beside_it() -> None:
    rows = [
        RunRow(variant="a", case=f"{case}", passed=1.0, cost=0.002, prompt_tokens=1240.0, output_tokens=30.0)
        for case in range(20)
    ]
    run = run_figures(rows, [VariantFacts(key="a", name="a")], same_prompt_above=0.8)
    found = proposed([FileFound(kind="run", files=("run",), run=run)], costs=DETAILED)
    beside = {one.told.code: one.told.figures for one in found.undecided if one.path == "costs.detailed.status_quo"}
    assert beside["prompt_tokens_in_all"] == {"variant": "a", "tokens": 1240}
    assert beside["cost_beside"]["measured"] == pytest.approx(0.002)
    assert beside["cost_beside"]["computed"] == cost_of_first_attempt(
        FRAMEWORK, document_of(costs=DETAILED), "status_quo"
    )


def test_an_explicit_instruction_is_compared_whatever_else_was_run() -> None:
    """Of five variants each is compared with the one in use, and these two are others."""
    choices = {"fix_before": "prompt+tools", "fix_after": "prompt+retrieval"}
    job = ReadingJob(files=files_of("plain/five_variants.csv"), choices=choices, modes=FRAMEWORK.reading.modes)
    assert values(proposed(read_all(job).found, choices))["prompt_fix_failed"] == "yes"


def test_what_a_model_graded_is_noted_and_what_nobody_confirmed_is_nothing() -> None:
    run = run_of({"a": 20})
    graded = {by: proposed([run], {"graded_by": by}).proposals for by in ("model", "model_checked", "people")}
    assert {one.strength for one in graded["model"]} == {"documented"}
    assert {one.strength for one in graded["people"] if one.rule != "held_out_cases"} == {"measured"}
    assert [one.strength for one in graded["people"]] == [one.strength for one in graded["model_checked"]]
    for unsaid in (proposed([run], {"real_cases": ""}), proposed([replace(run, is_whole=False)])):
        assert unsaid.proposals == ()
    unchecked = proposed([run_of({"a": 40}, a={"is_checked": False})], costs=DETAILED)
    assert ([one.path for one in unchecked.proposals], codes(unchecked)) == ([], ["checks_nothing"])


def test_what_files_call_their_variants_is_fit_to_be_stored() -> None:
    run = run_of({"a": 20}, a={"name": "odd\x07 \ud800\nname" + "!" * 9999})
    (missed, *_) = at(proposed([run]), "answers.target_missed")
    words = evidence_words(FRAMEWORK, missed, {})
    assert text_fault(words) == ""
    assert "odd name!" in words


def test_files_that_say_the_same_are_one_and_files_that_differ_stand_side_by_side() -> None:
    good, bad = run_of({"a": 40}), replace(run_of({"b": 10}), files=("other",))
    both = at(proposed([good, bad]), "answers.target_missed")
    assert [(one.value, one.files) for one in both] == [("no", ("run",)), ("yes", ("other",))]
    (one,) = at(proposed([bad, replace(bad, files=("third",))]), "answers.target_missed")
    assert (one.files, len(one.also)) == (("other", "third"), 1)


# nothing that must not be


DROPS = (
    ("plain/five_variants.csv", "plain/overrides.csv"),
    ("promptfoo/results.json.gz",),
    ("promptfoo/six_prompts.json.gz", "promptfoo/repeat.json.gz"),
    ("inspect/triage_large_2_epochs.eval", "inspect/triage_few_shot_small.eval", "inspect/stopped_at_error.json.gz"),
    ("lm_eval/samples_triage_mc_large-a.jsonl.gz", "lm_eval/results_large-a.json"),
    ("openai_evals/log.jsonl", "other_tools/deepeval_test_run.json", "other_tools/langsmith.csv"),
    ("training/service_desk_346.jsonl.gz", "training/service_desk_eval_40.jsonl", "plain/before_after.csv"),
    ("training/duplicates.jsonl", "training/openai_preference.jsonl", "plain/overrides_latin1.csv"),
)
ROLES = ("prompt", "retrieval", "tools", "tuned", "tuned_retrieval", "hybrid", "")


@settings(max_examples=60, deadline=None)
@given(data=st.data(), drop=st.sampled_from(DROPS), made=st.booleans())
def test_nothing_is_proposed_that_no_file_can_answer(data: Any, drop: tuple[str, ...], made: bool) -> None:
    found = [*found_in(*drop)]
    if made:
        found += [
            run_of(dict.fromkeys(PROMPTS, 30), of=60, **PROMPTS),
            training(seen_twice=60, contradicted=30, pairs=False),
        ]
    keys = sorted({one.key for file in found if file.run for one in file.run.variants}) or ["none"]
    roles = {f"role.{key}": data.draw(st.sampled_from(ROLES)) for key in keys}
    some = st.sets(st.sampled_from(keys))
    marks = {mark: tuple(data.draw(some)) for mark in ("struck", "right_passage")}
    chosen = {name: data.draw(st.sampled_from(keys)) for name in ("in_use", "fix_before", "fix_after")}
    graded = data.draw(st.sampled_from(("", "people", "program", "model", "model_checked")))
    targets = data.draw(
        st.fixed_dictionaries({}, optional={"pass_rate": st.floats(0.01, 1), "broken_formats": st.floats(0, 0.2)})
    )
    use_case = {"name": "A", "task_kind": data.draw(st.sampled_from(("classification", "drafting")))}
    result = proposed(
        found, {**roles, **marks, **chosen, "graded_by": graded}, targets=targets, use_case=use_case, costs=DETAILED
    )
    fields = fields_of(FRAMEWORK)
    for one in result.proposals:
        key = one.path.rpartition(".")[2]
        assert key not in RULES.never
        assert one.value != "no" or key in MAY_SAY_NO
        assert one.value != "unsure"
        assert fault_in(fields[one.path], one.value) == ""
        assert one.strength == "documented" or graded != "model" or one.kind != "run"
        assert one.files
        assert evidence_words(FRAMEWORK, one, {}).endswith((".", "”"))
        assert told_by_rule(FRAMEWORK, {one.rule: RULES.rules[one.rule].says}, Told(code=one.rule))
    said = values(result)
    assert (said.get("target_missed"), said.get("prompts_succeed")) not in {("yes", "yes"), ("no", "no")}
    assert all(told_by_rule(FRAMEWORK, RULES.undecided, one.told) for one in result.undecided)
    assert not {one.path for one in result.undecided} & {one.path for one in result.proposals}


def test_every_rule_is_one_that_a_file_can_meet() -> None:
    """The codes that are said are those that have sentences: neither is left over."""
    house = FILES.parents[1] / "assessments"
    files = (*(house / "engine/measured").glob("from_*.py"), house / "presenters/measured/proposals.py")
    source = "".join(path.read_text(encoding="utf-8") for path in files)
    named = chain(RULES.rules, RULES.sentences, RULES.undecided)
    assert [code for code in named if f'"{code}"' not in source + '"not_confirmed" "stopped"'] == []
