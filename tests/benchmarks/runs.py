"""How long it takes to read and count a run of promptfoo with 20,000 rows, in a process of its own as the app does."""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from assessments.engine.measured.found import FileToRead, ReadingJob

from .measure import line

ROWS = 20_000
PROVIDERS = ("openai:chat:gpt-4.1-mini", "openai:chat:gpt-4.1", "anthropic:messages:claude-sonnet-4-5")
LONG = "A ticket as people write them, with what they tried and what they saw. " * 8
MOST_SECONDS = 5.0


def run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "results.json"
        path.write_text(json.dumps(_results()))
        job = ReadingJob(
            files=(FileToRead(path=str(path), name=path.name, sha256="0"),), limits={"slowest_p95_ms": 3000}
        )
        start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        read = subprocess.run(
            [sys.executable, "-m", "assessments.reading"],
            input=msgspec.json.encode(job),
            capture_output=True,
            check=True,
        )
        took, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        found = json.loads(read.stdout.splitlines()[-1])["read"]["found"][0]
        assert found["rows"] == ROWS
        worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        more = f"{path.stat().st_size >> 20} MB, {worked:.1f} s of a core"
        line(f"a promptfoo run of {ROWS:,} rows read and counted", took, " s", MOST_SECONDS, more)


def _results() -> dict[str, object]:
    """Two prompts on three models, 3,334 cases; every 50th call broke."""
    prompts = [(name, f"{name}: label the ticket. {{{{ticket}}}} " * 3) for name in ("terse", "careful")]
    variants = [(provider, name, raw) for provider in PROVIDERS for name, raw in prompts]
    heads = [{"raw": raw, "label": name, "provider": provider, "metrics": {}} for provider, name, raw in variants]
    rows = [_row(place, *divmod(place, len(variants)), variants) for place in range(ROWS)]
    stats = {"successes": 0, "failures": 0, "errors": 0}
    results = {"version": 3, "timestamp": "2026-11-27T12:00:00.000Z", "prompts": heads, "results": rows, "stats": stats}
    return {"evalId": "eval", "results": results, "metadata": {"promptfooVersion": "0.123.1"}}


def _row(place: int, case: int, variant: int, variants: list[tuple[str, str, str]]) -> dict[str, object]:
    provider, name, raw = variants[variant]
    is_right, is_broken = (place * 7919) % 100 < 60 + variant * 5, place % 50 == 0
    checks = [
        {"pass": ok, "score": int(ok), "reason": LONG[:200], "assertion": {"type": kind, "metric": metric}}
        for kind, metric, ok in (("is-json", "schema", place % 30 > 0), ("equals", "label", is_right))
    ]
    return {
        "success": is_right and not is_broken,
        "score": 0 if is_broken else (is_right + 1) / 2,
        "failureReason": 2 if is_broken else int(not is_right),
        "latencyMs": 300 + place % 900,
        "cost": 0.0004,
        "namedScores": {},
        "promptIdx": variant,
        "testIdx": case,
        "provider": {"id": provider, "label": ""},
        "prompt": {"raw": raw + LONG, "label": name},
        "vars": {"ticket": f"{case} {LONG}", "queue": f"queue {case % 6}"},
        "testCase": {"vars": {"ticket": f"{case} {LONG}"}, "metadata": {"slice": f"slice {case % 12}"}},
        "gradingResult": None if is_broken else {"pass": is_right, "score": 1, "componentResults": checks},
        "response": {"output": LONG, "tokenUsage": {"prompt": 300, "completion": 12, "total": 312}, "cached": False},
    }
