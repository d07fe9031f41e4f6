"""The money room: the point result of eight approaches, and 10,000 draws of all eleven over 36 months."""

import json
import tracemalloc
from typing import Any

import numpy as np

from assessments.engine.decide import decide, verdict_on
from assessments.engine.document import load_document
from assessments.engine.economics.detailed import detailed_money
from assessments.engine.economics.sensitivity import tornado, volume_costs
from assessments.engine.economics.simulation import DRAWS, payback_chances
from assessments.engine.economics.spreads import spreads
from assessments.framework import load_framework
from tests.documents import example_document

from .measure import line, medians

_MONTHS, _APPROACHES = 36, 11
_ALSO = {"optimize_prompts": "prompting", "tools": "better_rag", "serve_cheaper": "other_model"}
"""Approaches that the eight lack, each with the numbers of another."""


def run() -> None:
    framework = load_framework()
    point = load_document(json.dumps(example_document("eight_approaches")), framework)
    wide = load_document(json.dumps(everything_a_range()), framework)
    economics = decide(framework, wide).economics
    assert economics

    def simulate() -> object:
        return payback_chances(framework, wide, economics)

    array = np.random.default_rng(1).random((_APPROACHES, DRAWS, _MONTHS))

    took = medians(
        {
            "point": lambda: detailed_money(framework, point),
            "verdict": lambda: verdict_on(framework, point),
            "tornado": lambda: tornado(framework, wide, economics),
            "volumes": lambda: volume_costs(framework, wide, economics),
        },
        times=30,
    )
    took |= medians({"draws": simulate, "floor": lambda: one_pass(array)}, times=9, warm=2)
    tracemalloc.start()
    simulate()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    ranges = len(spreads(framework, wide))
    floor = f"{took['draws'] / took['floor']:.0f} times a plain numpy pass over the same array ({took['floor']:.1f} ms)"
    line(
        f"{DRAWS:,} draws × {_APPROACHES} approaches × {_MONTHS} months, {ranges} ranges",
        took["draws"],
        " ms",
        350,
        floor,
    )
    line("  its peak of memory", peak, " MB", 400)
    line("money of eight approaches, no draws", took["point"], " ms", 10)
    line("the verdict alone, with eight approaches", took["verdict"], " ms", 10)
    print(f"{'  the tornado':<62}{took['tornado']:8.1f} ms")
    print(f"{'  costs at 41 volumes':<62}{took['volumes']:8.1f} ms")


def one_pass(array: np.ndarray) -> float:
    """The floor: every cost of every draw multiplied, added and summed up once."""
    return float((array * 1.5 + 1.0).sum(axis=-1).max())


def everything_a_range() -> dict[str, Any]:
    """All eleven with a range of a tenth either way on every number that is not 0 or 1, and with known changes."""
    document = example_document("eight_approaches")
    form = document["costs"]["detailed"]
    form["approaches"] |= {name: dict(form["approaches"][like]) for name, like in _ALSO.items()}
    changes = {"ends_on": "2027-10-01", "price_changes_on": "2027-01-01"}
    for name, own in form["approaches"].items():
        ranges = {key: _wide(key, value) for key, value in own.items()}
        if "input_price" in own:
            ranges |= changes | {"changed_input_price": _wide("", 1.5), "changed_output_price": _wide("", 7.5)}
        form["approaches"][name] = ranges
    keep = ("approaches", "hours_per_month", "max_attempts", "retraining_every_months")
    return document | {
        "costs": document["costs"]
        | {
            "hourly_rate": _wide("hourly_rate", 100),
            "detailed": {key: value if key in keep else _wide(key, value) for key, value in form.items()},
        }
    }


def _wide(key: str, value: Any) -> Any:
    if key in ("escalation_to", "gpu_minimum", "calls") or not value:
        return value
    most = 1.0 if value < 1 else 1e12
    return {"low": value * 0.9, "likely": value, "high": min(most, value * 1.1)}


if __name__ == "__main__":
    run()
