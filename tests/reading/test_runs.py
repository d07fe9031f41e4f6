"""Runs of evaluation tools, read and counted: every figure of expected.json comes out."""

import json
from collections.abc import Mapping
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest

from assessments.engine.measured.figures import PairFigures, Part, RunFigures, VariantFigures
from assessments.engine.measured.found import FileFound, FileToRead, ReadingJob
from assessments.reading.open_file import open_file
from assessments.reading.which import reader_of

from .reading import FILES, read_drop, read_found

EXPECTED: dict[str, Any] = json.loads((FILES / "expected.json").read_text())
SECOND = 1000.0


def near(value: Any) -> Any:
    return pytest.approx(value, rel=1e-9, abs=1e-9)


def the_run(found: FileFound) -> RunFigures:
    assert found.run is not None
    return found.run


def check_part(part: Part | None, share: float | None, interval: list[float], of: int) -> None:
    assert part is not None
    assert part.of == of
    assert part.share == (None if share is None else near(share))
    assert list(part.interval) == near(interval)


def check_variant(variant: VariantFigures, expected: Mapping[str, Any], unit: float = 1.0) -> None:
    assert (variant.rows, variant.broken, variant.graded) == (expected["rows"], expected["errors"], expected["graded"])
    assert variant.passes == expected["passes"]
    check_part(variant.passed, expected["pass_rate"], expected["wilson"], expected["cases"])
    for name in ("mean_latency", "p50", "p95"):
        value = expected.get(name)
        assert getattr(variant, name) == (None if value is None else near(value * unit)), name
    for name in ("mean_cost", "cost_per_pass"):
        value = expected.get(name)
        assert getattr(variant, name) == (None if value is None else near(value)), name
    if "schema_of" in expected:
        failed, of = expected["schema_failures"], expected["schema_of"]
        check_part(variant.format_failures, failed / of, expected["schema_interval"], of)
    if expected["slices"].keys() != {"-"}:  # so they stand where the one who counted looked at no slices
        slices = {one.name: one.passed for one in variant.slices}
        assert slices.keys() == expected["slices"].keys()
        for name, wanted in expected["slices"].items():
            check_part(slices[name], wanted["pass_rate"], wanted["wilson"], wanted["cases"])


def check_pair(pair: PairFigures, expected: Mapping[str, Any]) -> None:
    assert pair.cases == expected["cases"]
    assert (pair.wins, pair.losses, pair.ties) == (expected["wins"], expected["losses"], expected["ties"])
    assert pair.difference == near(expected["difference"])
    assert pair.p == near(expected["mcnemar_exact_p"])
    told = expected["smallest_difference_80"]
    assert pair.tells_above == (None if told is None else near(told))
    decided = pair.wins + pair.losses
    check_part(pair.decided, expected["win_share_of_decided"], expected["win_share_interval"], decided)


def pair_of(run: RunFigures, before: str, after: str) -> PairFigures:
    names = {variant.key: variant.name for variant in run.variants}
    return next(pair for pair in run.pairs if (names[pair.before], names[pair.after]) == (before, after))


@pytest.mark.parametrize(
    "path",
    [
        "promptfoo/results.json.gz",
        "promptfoo/repeat.json.gz",
        "promptfoo/small.json",
        "promptfoo/results_v3_0.92.2.json.gz",
        "promptfoo/results_v2_0.43.1.json.gz",
    ],
)
def test_promptfoo(path: str) -> None:
    found = read_found(path)
    expected = EXPECTED[path]
    run = the_run(found)
    for variant, (name, wanted) in zip(run.variants, expected["variants"].items(), strict=True):
        assert variant.name.startswith(" ".join(name.split()))
        check_variant(variant, wanted)
    for names, wanted in expected.get("pairs", {}).items():
        check_pair(pair_of(run, *names.split(" -> ")), wanted)
    theirs = {figure.name: figure.theirs for figure in found.tool_figures}
    tool = expected["tool"]
    assert (theirs["passed"], theirs["failed"]) == (tool["successes"], tool["failures"])
    assert theirs.get("errors") == tool.get("errors")
    assert theirs["pass_rate"] == near(tool.get("pass_rate_of_all", 0.7))
    if tokens := tool.get("tokenUsage"):
        assert sum((one.prompt_tokens or 0) * one.graded for one in run.variants) == near(tokens["prompt"])
        assert sum((one.output_tokens or 0) * one.graded for one in run.variants) == near(tokens["completion"])
    by_name = {variant.name: variant.tool_figures for variant in run.variants}
    for wanted in tool.get("by_prompt", ()):
        figures = by_name[f"{wanted['provider']} | {wanted['label']}"]
        assert figures["passed"] == wanted["testPassCount"]
        assert figures["failed"] == wanted["testFailCount"]
        assert figures["errors"] == wanted["testErrorCount"]
        assert figures["total_latency_ms"] == wanted["totalLatencyMs"]
        assert figures["cost"] == near(wanted["cost"])


@pytest.mark.parametrize("path", ["promptfoo/results.jsonl.gz", "promptfoo/results.csv"])
def test_other_exports_of_the_same_run_give_the_same_passes(path: str) -> None:
    run = the_run(read_found(path))
    for variant in run.variants:
        wanted = EXPECTED["promptfoo/results.json.gz"]["variants"][variant.name]
        check_part(variant.passed, wanted["pass_rate"], wanted["wilson"], wanted["cases"])
        assert variant.broken == wanted["errors"]
        assert variant.format_failures is not None
        assert variant.format_failures.count == wanted["schema_failures"]
        assert (variant.p95 is None) == path.endswith(".csv")


def test_an_old_table_of_promptfoo_has_its_outcomes_in_the_cells() -> None:
    found = read_found("promptfoo/results_v3_0.92.2.csv")
    assert [(one.passes, one.rows) for one in the_run(found).variants] == [(3, 5), (4, 5)]
    assert "errors_not_told_apart" in {note.code for note in found.notes}


def test_six_prompts_are_five_and_two_labels_one_program() -> None:
    found = read_found("promptfoo/six_prompts.json.gz")
    expected = EXPECTED["promptfoo/six_prompts.json.gz"]
    run = the_run(found)
    assert run.prompts is not None
    assert len({one.name.split(" | ")[1] for one in run.variants}) == expected["prompts_in_file"]
    assert len(run.prompts.groups) == expected["different_after_normalising"]
    assert (run.models, run.unnamed) == ((), 12)
    (note,) = (note for note in found.notes if note.code == "no_model_named")
    assert note.figures["providers"] == expected["models"]
    assert {one.has_examples for one in run.variants} == {"", "Example: 'My VPN drops' -> vpn_issue"}
    said = read_found("promptfoo/six_prompts.json.gz", choices={"models_differ": "yes"})
    assert the_run(said).models == ("large-a", "large-a-warm")


def test_a_person_picks_the_measure_that_is_the_pass() -> None:
    run = the_run(read_found("promptfoo/results.json.gz", choices={"measure": "schema", "slice": "expected"}))
    assert [(one.passed.count, one.passed.of) for one in run.variants] == [(25, 29), (26, 28), (30, 30), (28, 30)]
    assert {one.name for one in run.variants[0].slices} == {"account_unlock", "vpn_issue", "security_incident"}


def call(**changes: object) -> dict[str, object]:
    """One row of promptfoo's results, with these keys in place of the usual ones."""
    usual = {
        "success": True,
        "score": 1,
        "failureReason": 0,
        "latencyMs": 900,
        "cost": 0.01,
        "provider": {"id": "openai:chat:gpt-4.1", "label": ""},
        "prompt": {"raw": "filled in", "label": "short"},
        "vars": {"question": "a", "queue": "vpn"},
    }
    return {**usual, **changes}


def results_of(folder: Path, *calls: dict[str, object], heads: object = None) -> FileFound:
    path = folder / "results.json"
    path.write_text(json.dumps({"results": {"version": 3, "results": calls, "stats": None, "prompts": heads}}))
    return read_found(path)


def test_traps_of_promptfoo(tmp_path: Path) -> None:
    checked = {"pass": False, "componentResults": [{"pass": False, "assertion": {"type": "equals"}}]}
    found = results_of(
        tmp_path,
        call(success=False, score=0.5, failureReason=1, error="Expected b", gradingResult=checked),
        call(success=False, score=0, failureReason=2, error="timed out", latencyMs=60_000),
        call(latencyMs=2, response={"cached": True}, testIdx=7, vars={"queue": "vpn", "question": "a"}),
        call(provider="azureopenai:chat:gpt-4.1", latencyMs=500),
    )
    first, second = the_run(found).variants
    assert (first.rows, first.broken, first.passed) == (3, 1, Part(count=0.5, of=1))  # one case, whatever its index
    assert (first.slowest, first.mean_cost) == (900, 0.01)  # neither the broken call's nor the cache's
    assert the_run(found).models == ("gpt-4.1",) == (second.model,)
    assert [note.code for note in found.notes] == ["cached_calls"]


def test_providers_that_differ_in_their_settings_only_are_two_variants_of_one_model(tmp_path: Path) -> None:
    head = {"raw": "{{question}}", "label": "short", "provider": "openai:chat:gpt-4.1"}
    calls = [call(promptIdx=place, success=place == 1) for place in (0, 1)]
    run = the_run(results_of(tmp_path, *calls, heads=[head, head]))
    assert [(one.name, one.passes, one.rows) for one in run.variants] == [
        ("openai:chat:gpt-4.1 | short", 0, 1),
        ("openai:chat:gpt-4.1 | short | no. 2", 1, 1),
    ]
    assert run.models == ("gpt-4.1",)


def test_a_run_without_assertions_checks_nothing(tmp_path: Path) -> None:
    found = results_of(tmp_path, call(gradingResult={"pass": True, "componentResults": None}))
    (variant,) = the_run(found).variants
    assert (variant.is_checked, variant.p50) == (False, 900)
    assert [note.code for note in found.notes] == ["checks_nothing"]


@pytest.mark.parametrize(
    "path",
    [
        "inspect/triage_large_2_epochs.eval",
        "inspect/triage_large_2_epochs.json.gz",
        "inspect/triage_few_shot_small.eval",
        "inspect/triage_0.3.57_deflate.eval",
    ],
)
def test_inspect(path: str) -> None:
    found = read_found(path)
    expected = EXPECTED[path]
    (variant,) = the_run(found).variants
    ((name, wanted),) = expected["variants"].items()
    assert variant.name == name
    check_variant(variant, wanted, SECOND)
    tool = expected["tool"]
    for scorer, metrics in tool["scores"].items():
        for metric, value in metrics.items():
            assert variant.tool_figures[f"{scorer} {metric}"] == near(value)
    if "total_samples" in tool:
        assert variant.tool_figures["samples"] == tool["total_samples"]
        assert variant.tool_figures["completed"] == tool["completed"]
    (mean,) = (figure for figure in found.tool_figures if figure.name == "mean")
    assert mean.ours == near(mean.theirs)


def test_two_logs_of_inspect_compare_on_their_common_cases() -> None:
    run = the_run(read_found("inspect/triage_large_2_epochs.eval", "inspect/triage_few_shot_small.eval"))
    (pair,) = run.pairs
    check_pair(pair, EXPECTED["inspect pair"])
    assert run.models == ("large-a", "small-b")


def test_runs_of_inspect_that_did_not_end_well() -> None:
    stopped = read_found("inspect/stopped_at_error.json.gz")
    expected = EXPECTED["inspect/stopped_at_error.json.gz"]
    (variant,) = the_run(stopped).variants
    assert (variant.rows, variant.broken) == (expected["samples"], expected["errors"])
    assert not stopped.is_whole
    assert {note.figures["status"] for note in stopped.notes if note.code == "run_stopped"} == {expected["status"]}
    (refused,) = read_drop("inspect/killed_run.eval").refused
    assert refused.said.code == "never_finished"
    (variant,) = the_run(read_found("inspect/nan_score.json.gz")).variants
    assert (variant.rows, variant.graded) == (2, 1)


@pytest.mark.parametrize("what", EXPECTED["lm_eval samples"])
def test_lm_eval_samples(what: str) -> None:
    model, task, measure = what.split()
    drop = (f"lm_eval/results_{model}.json", f"lm_eval/samples_{task}_{model}.jsonl.gz")
    found = read_found(*drop, choices={"measure": measure})
    (variant,) = (one for one in the_run(found).variants if one.name == f"{model} | {task}")
    assert variant.model == model
    check_variant(variant, EXPECTED["lm_eval samples"][what])


@pytest.mark.parametrize("what", EXPECTED["lm_eval pairs"])
def test_lm_eval_pairs(what: str) -> None:
    task, measure = what.split()
    drop = [f"lm_eval/{name}" for model in ("large-a", "small-b") for name in (
        f"results_{model}.json", f"samples_{task}_{model}.jsonl.gz")]  # fmt: skip
    run = the_run(read_found(*drop, choices={"measure": measure}))
    check_pair(pair_of(run, f"large-a | {task}", f"small-b | {task}"), EXPECTED["lm_eval pairs"][what])


@pytest.mark.parametrize("model", ["large-a", "small-b"])
def test_lm_eval_results_alone_count_what_is_a_share_and_skip_groups(model: str) -> None:
    path = f"lm_eval/results_{model}.json"
    found = read_found(path)
    variants = {one.name.removeprefix(f"{model} | "): one for one in the_run(found).variants}
    assert variants.keys() == {"triage_mc", "triage_gen"}
    for task, variant in variants.items():
        expected = {name: near(value) for name, value in EXPECTED[path][task].items()}
        assert variant.tool_figures == expected
        assert variant.passed.of == 30
        assert variant.passed.share == next(iter(expected.values()))
    assert {note.code for note in found.notes} == {"cases_without_names"}


def test_openai_evals() -> None:
    found = read_found("openai_evals/log.jsonl")
    expected = EXPECTED["openai_evals/log.jsonl"]
    (variant,) = the_run(found).variants
    check_variant(variant, expected["variants"]["triage/large-a"])
    assert variant.tool_figures == {name: near(value) for name, value in expected["tool"].items()}
    assert (variant.prompt_tokens, variant.output_tokens) == (40, 5)


def test_deepeval() -> None:
    found = read_found("other_tools/deepeval_test_run.json")
    expected = EXPECTED["other_tools/deepeval_test_run.json"]
    (variant,) = the_run(found).variants
    passed, failed = expected["testPassed"], expected["testFailed"]
    check_part(variant.passed, passed / (passed + failed), expected["wilson"], passed + failed)
    assert variant.p50 == near(expected["p50_s"] * SECOND)
    assert variant.mean_cost == near(expected["cost_mean"])
    assert [(one.theirs, one.ours) for one in found.tool_figures] == [(passed, passed), (failed, failed)]


def test_ragas() -> None:
    expected = EXPECTED["other_tools/ragas.csv"]
    path = FILES / "other_tools" / "ragas.csv"
    found = read_found(path)
    (variant,) = the_run(found).variants
    assert (found.tool, variant.rows) == ("ragas", expected["rows"])
    assert variant.passed.share == near(expected["exact_match"])
    job = ReadingJob(files=(FileToRead(path=str(path), name=path.name, sha256=""),))
    with open_file(job.files[0]) as opened:
        rows = reader_of(opened)(opened, job, lambda share, lines: None).rows
    assert fmean(row.score or 0 for row in rows) == near(expected["non_llm_string_similarity"])


def test_langsmith() -> None:
    expected = EXPECTED["other_tools/langsmith.csv"]
    found = read_found("other_tools/langsmith.csv")
    (variant,) = the_run(found).variants
    assert found.tool == "langsmith"
    assert (variant.rows, variant.broken, variant.passes) == (expected["rows"], expected["errors"], expected["true"])
    assert variant.p50 == near(0.000076 * SECOND)


@pytest.mark.parametrize(
    ("tool", "lines", "unit"),
    [
        (
            "langfuse",
            [
                "id,timestamp,name,input,output,latency,total_cost,score",
                "t1,2026-11-27 10:00:00.000000,triage,a,b,1.5,0.004,1",
                "t2,2026-11-27 10:00:01.000000,triage,c,d,2.5,0.006,0",
            ],
            SECOND,
        ),
        (
            "braintrust",
            [
                '{"input": "a", "output": "b", "expected": "b", "scores": {"exact": 1}, "metadata": {"slice": "vpn"}}',
                '{"input": "c", "output": "d", "expected": "e", "scores": {"exact": 0}, "metadata": {"slice": "vpn"}}',
            ],
            None,
        ),
    ],
)
def test_exports_that_are_known_by_their_documentation_only(
    tool: str, lines: list[str], unit: float | None, tmp_path: Path
) -> None:
    path = tmp_path / f"{tool}.{'csv' if unit else 'jsonl'}"
    path.write_text("\n".join(lines))
    found = read_found(path, choices={"threshold": "0.5"})
    (variant,) = the_run(found).variants
    assert (found.tool, variant.rows, variant.passes) == (tool, 2, 1)
    assert variant.p50 == (2 * unit if unit else None)
    assert [one.name for one in variant.slices] == ([] if unit else ["vpn"])


@pytest.mark.parametrize(
    ("files", "kept"),
    [
        (("promptfoo/results.csv", "promptfoo/results.json.gz", "promptfoo/results.jsonl.gz"), "promptfoo_v3"),
        (("promptfoo/results_v3_0.92.2.csv", "promptfoo/results_v3_0.92.2.json.gz"), "promptfoo_v3"),
        (("plain/overrides.xlsx", "plain/overrides.csv"), "xlsx"),
    ],
)
def test_one_run_in_several_forms_counts_once_as_the_fullest_tells_it(files: tuple[str, ...], kept: str) -> None:
    found = read_found(*files)
    alone = next(one for one in map(read_found, files) if one.layout == kept)
    assert (found.layout, found.rows, found.run, found.failures) == (kept, alone.rows, alone.run, alone.failures)
    assert sum(note.code == "counted_once" for note in found.notes) == len(files) - 1


def test_two_runs_with_equal_outcomes_stay_two() -> None:
    """They began a second apart: their repeats are averaged."""
    found = read_found("inspect/triage_large_2_epochs.eval", "inspect/triage_large_2_epochs.json.gz")
    assert found.rows == 40
    assert not any(note.code == "counted_once" for note in found.notes)
