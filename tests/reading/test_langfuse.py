"""Scores that Langfuse exports apart from the traces: joined by id, or said to be alone."""

from pathlib import Path

from .reading import chosen, read_drop, read_found, text_file

TRACES = (
    "id,timestamp,name,input,latency,total_cost\n"
    "t1,2026-11-20 10:00:00.123456,triage,Locked out,1.5,0.01\n"
    "t2,2026-11-20 10:01:00.123456,triage,VPN drops,2.5,0.02\n"
    "t3,2026-11-20 10:02:00.123456,triage,No mail,0.5,0.01\n"
)
SCORES = (
    "id,timestamp,source,name,dataType,value,stringValue,traceId,observationId\n"
    "s1,2026-11-21 09:00:00.000000,ANNOTATION,correct,BOOLEAN,1,True,t1,\n"
    "s2,2026-11-21 09:00:01.000000,ANNOTATION,correct,BOOLEAN,0,False,t2,\n"
    "s3,2026-11-21 09:00:02.000000,EVAL,helpfulness,NUMERIC,0.7,,t1,\n"
)


def test_scores_are_joined_to_the_traces_beside_them(tmp_path: Path) -> None:
    traces, scores = text_file(tmp_path, TRACES, "traces.csv"), text_file(tmp_path, SCORES, "scores.csv")
    run, alone = read_drop(traces, scores).found
    assert run.run
    (variant,) = run.run.variants
    assert (variant.rows, variant.graded, variant.passes, variant.p50) == (3, 2, 1, 2_000)
    assert (run.tool, chosen(run, "column.pass"), chosen(run, "column.score")) == (
        "langfuse",
        "correct (pass)",
        "helpfulness (score)",
    )
    assert {note.code: dict(note.figures) for note in run.notes}["scores_joined"] == {"scores": 2, "rows": 2}
    assert [note.code for note in alone.notes] == ["scores_beside"]


def test_scores_without_their_traces_say_what_is_missing(tmp_path: Path) -> None:
    found = read_found(text_file(tmp_path, SCORES))
    assert (found.kind, found.rows, found.choices) == ("table", 3, ())
    assert [note.code for note in found.notes] == ["scores_alone"]


def test_scores_of_other_traces_are_said_to_match_nothing(tmp_path: Path) -> None:
    traces = text_file(tmp_path, TRACES, "traces.csv")
    scores = text_file(tmp_path, SCORES.replace(",t1,", ",x1,").replace(",t2,", ",x2,"), "scores.csv")
    assert "scores_match_nothing" in {note.code for found in read_drop(traces, scores).found for note in found.notes}
