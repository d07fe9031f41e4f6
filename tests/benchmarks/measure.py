"""Medians of interleaved runs, and lines that say how far something is from its floor."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping


def medians(works: Mapping[str, Callable[[], object]], *, times: int = 60, warm: int = 5) -> dict[str, float]:
    """Milliseconds of each piece of work: the median over runs that take turns, so that drift hits all alike."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        for _ in range(warm):
            work()
    gc.collect()
    gc.disable()
    try:
        for _ in range(times):
            for name, work in works.items():
                start = time.perf_counter()
                work()
                taken[name].append((time.perf_counter() - start) * 1000)
    finally:
        gc.enable()
    return {name: statistics.median(runs) for name, runs in taken.items()}


def line(name: str, value: float, unit: str, bound: float, more: str = "") -> None:
    over = "  OVER" if value > bound else ""
    print(f"{name:<62}{value:8.1f}{unit}  at most {bound:g}{unit}{over}  {more}".rstrip())
