"""Medians of interleaved repetitions, and lines that say whether a bound is kept."""

import gc
import time
from collections.abc import Callable
from statistics import median


def interleaved(*things: Callable[[], object], rounds: int, warm_up: int = 3) -> list[float]:
    """The median seconds of each thing. They take turns, so that a busy moment falls on all of them."""
    times: list[list[float]] = [[] for _ in things]
    for turn in range(warm_up + rounds):
        for thing, spent in zip(things, times, strict=True):
            gc.collect(0)
            started = time.perf_counter()
            thing()
            if turn >= warm_up:
                spent.append(time.perf_counter() - started)
    return [median(spent) for spent in times]


def line(name: str, value: float, *, bound: float | None = None, unit: str = "", more: str = "") -> None:
    """Prints a figure with its bound, and OVER where it is not kept."""
    words = f"{name:<58} {value:7.1f}{unit}"
    if bound is not None:
        words += f"  (at most {bound:g}){'  OVER' if value > bound else ''}"
    print(f"{words}{'    ' + more if more else ''}", flush=True)


def milliseconds(*seconds: float) -> str:
    return " / ".join(f"{each * 1000:.1f} ms" for each in seconds)
