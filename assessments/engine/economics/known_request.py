"""How long this case's requests are and how many: what was entered, and by name what stands in for the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assessments.framework.approach_costs import SuggestedNumber
from assessments.framework.schema import Framework

from ..document import Document
from .amounts import Numbers
from .inputs import STATUS_QUO
from .numbers import case_numbers, general_numbers
from .requests import read_tokens

TOKENS_ASKED = "prompt_tokens"
"""The question whose answer is missing where nothing says how long a request is."""
GPU_SPEED = ("gpu_input_tokens_per_second", "gpu_output_tokens_per_second", "gpu_utilisation")
_CACHED, _TUNE = "prompting", "fine_tune_small"  # whose suggestions stand in for what nobody entered
_LABELS = frozenset({"classification", "ranking"})


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRequest:
    """One request of going on as today, and of a tune on one's own GPU, as inputs of the detailed form."""

    tokens_from: Literal["today", "prompt_tokens"]
    """Going on as today in the detailed form, or the length that the use case tells of."""
    case: dict[str, float]
    """The inputs of the case, with the hourly rate."""
    requests: float | None
    """A month; None where nobody said."""
    today: dict[str, float]
    tune: dict[str, float]
    """`gpu_hourly` is 0 where nobody entered a price."""
    reasoning: float
    """Tokens that a model that reasons writes before it answers."""
    caches: bool
    """Whether the team says that the prompt is cached."""
    assumed: Mapping[str, float]
    """What nobody entered, by name."""


def known_request(framework: Framework, document: Document) -> KnownRequest | None:
    """None where neither the detailed form nor the use case says how long a request is."""
    form = document.detailed
    numbers = case_numbers(framework, document, form) if form else None
    case = _floats(
        framework.cost_inputs.case_defaults | general_numbers(framework, document, detailed=form is not None)
    )
    approaches = numbers.approaches if numbers else {STATUS_QUO: framework.cost_inputs.approach_defaults}
    assumed: dict[str, float] = {}
    today = _today(framework, document, _floats(approaches[STATUS_QUO]), assumed)
    if today is None:
        return None
    case |= _floats(numbers.case) if numbers else {}
    return KnownRequest(
        tokens_from="prompt_tokens" if "user_tokens" in assumed else "today",
        case=case,
        requests=case["monthly_requests"] or document.use_case.get("monthly_requests") or None,
        today=today,
        tune=_tune(framework, {name: _floats(own) for name, own in approaches.items()}, today, assumed),
        reasoning=today["reasoning_tokens"] or assumed["reasoning_tokens"],
        caches=today["cacheable_tokens"] > 0 and "cache_hit_share" not in assumed,
        assumed=assumed,
    )


def _today(
    framework: Framework, document: Document, today: dict[str, float], assumed: dict[str, float]
) -> dict[str, float] | None:
    """Today's request with what stands in for what nobody entered, which goes into `assumed`."""

    def assume(key: str, number: SuggestedNumber) -> float:
        assumed[key] = float(number.likely or 0)
        return assumed[key]

    unknown, entered = framework.approach_costs.unknown, document.detailed
    found = dict(today)
    if not read_tokens(found):
        asked = document.use_case.get(TOKENS_ASKED)
        if not asked:
            return None
        found["cacheable_tokens"] = float(asked)
        assumed["user_tokens"] = 0.0
    if not entered or "output_tokens" not in entered.approaches[STATUS_QUO].numbers:
        length = "label_tokens" if document.use_case.get("task_kind") in _LABELS else "output_tokens"
        found["output_tokens"] = assume("output_tokens", unknown[length])
    if found["cacheable_tokens"] and not found["cache_hit_share"]:
        suggested = framework.approach_costs.approach[_CACHED].number
        found["cache_hit_share"] = assume("cache_hit_share", suggested["cache_hit_share"])
    if not found["reasoning_tokens"]:
        assume("reasoning_tokens", unknown["reasoning_tokens"])
    return found


def _tune(
    framework: Framework,
    approaches: Mapping[str, Mapping[str, float]],
    today: Mapping[str, float],
    assumed: dict[str, float],
) -> dict[str, float]:
    """The tune on GPUs that the form has, else one that reads and writes what today's prompt does.

    Its speed, its load and its upkeep are our suggestions where the form does not have them.
    """
    suggested = framework.approach_costs.approach[_TUNE].number
    own = [name for name in framework.approach if name in approaches and framework.approach[name].tuning]
    on_gpus = next((approaches[name] for name in own if approaches[name]["gpu_hourly"]), None)
    found, needed = dict(on_gpus or today), list(GPU_SPEED)
    if on_gpus is None:
        found |= {"gpu_hourly": 0.0, "gpu_minimum": 1.0, "reasoning_tokens": 0.0}
        assumed["same_tokens"] = float(read_tokens(found))
        needed += ["monitoring_hours", "retraining_cost"]
    for key in needed:
        if not (on_gpus and on_gpus[key]):
            found[key] = assumed[key] = float(suggested[key].likely or 0)
    return found


def _floats(numbers: Numbers) -> dict[str, float]:
    """Of a point result."""
    return {key: float(value) for key, value in numbers.items()}
