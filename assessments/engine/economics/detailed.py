"""The detailed form: every approach in dollars, against today and against the best that is no tuning."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

import numpy as np

from assessments.framework.schema import Field, Framework

from ..document import Document
from .amounts import Amount
from .inputs import STATUS_QUO, DetailedForm
from .investment import break_even_requests, cash_flows, compared, flat_costs
from .money import ApproachMoney, CostWarning, Economics, Investment
from .monthly_costs import (
    MonthlyCosts,
    approach_costs,
    costs_by_approach,
    first_attempt_cost,
    redo_by_month,
    upfront_cost,
)
from .numbers import CaseNumbers, case_numbers
from .outcomes import pv_cost
from .requests import monthly_volume, read_tokens, written_tokens

_REGION = "regional_ratio"


def detailed_money(
    framework: Framework, document: Document, *, closed: Collection[str] = (), as_investments: bool = True
) -> tuple[ApproachMoney, ...]:
    """Every approach of the detailed form at its likely numbers, the status quo first; () without the form.

    What is closed is not what others are compared with. What they are as investments takes half of the time.
    """
    if document.detailed is None:
        return ()
    numbers = case_numbers(framework, document, document.detailed)
    costs = dict(costs_by_approach(numbers))
    pv_costs = {name: float(pv_cost(numbers, found)) for name, found in costs.items()}
    best = best_untuned(framework, pv_costs, closed=closed)
    against = _comparisons(numbers, costs, best) if as_investments else {}
    return tuple(
        ApproachMoney(
            approach=name,
            upfront=float(found.upfront),
            cost_per_attempt=first_attempt_cost(numbers, name),
            attempts=float(found.attempts),
            fallback_share=float(found.fallback_share),
            gpus=tuple(int(count) for count in _by_month(found.gpus, numbers.months)),
            monthly_cost=tuple(found.monthly.tolist()),
            components={part: _by_month(amount, numbers.months) for part, amount in found.components.items()},
            cost_per_request=_by_request(found, float(numbers.case["monthly_requests"])),
            pv_cost=pv_costs[name],
            forgotten=tuple(_forgotten(framework, name, numbers)),
            against_status_quo=against.get((name, STATUS_QUO)),
            against_best_untuned=against.get((name, best)),
        )
        for name, found in costs.items()
    )


def cost_of_first_month(framework: Framework, document: Document, approach: str) -> float | None:
    """C_1 of one approach at its likely numbers, in dollars, and nothing else; None where it is not there."""
    form = document.detailed
    if form is None or approach not in form.approaches:
        return None
    numbers = replace(case_numbers(framework, document, form), months=1)
    volume = monthly_volume(numbers.case["monthly_requests"], numbers.case["monthly_growth"], months=1)
    return float(approach_costs(numbers, approach, volume).monthly[0])


def cost_of_first_attempt(framework: Framework, document: Document, approach: str) -> float | None:
    """e_1 of one approach at its likely numbers; None where it is not there."""
    form = document.detailed
    if form is None or approach not in form.approaches:
        return None
    return first_attempt_cost(case_numbers(framework, document, form), approach)


def detailed_economics(
    framework: Framework,
    document: Document,
    form: DetailedForm,
    money: tuple[ApproachMoney, ...],
    *,
    approach: str | None,
    closed: Collection[str] = (),
) -> Economics:
    """What the verdict's approach is worth against the best open approach without tuning (equation 19).

    Where it is that one itself, it stands against the status quo. Without a verdict there is the case of tuning.
    """
    numbers = case_numbers(framework, document, form)
    pv_costs = {found.approach: found.pv_cost for found in money}
    best = best_untuned(framework, pv_costs, closed=closed)
    if best != best_untuned(framework, pv_costs):
        money = detailed_money(framework, document, closed=closed)
    by_name = {found.approach: found for found in money}
    tuned = _featured_tuning(framework, by_name, approach)
    whose = approach if approach in by_name or _tunes(framework, approach) else tuned or approach
    own = by_name.get(whose) if whose else None
    return Economics(
        form="detailed",
        approach=whose or best,
        tuned=tuned,
        reference=STATUS_QUO if whose == best else best,
        best_untuned=best,
        inputs=_inputs(numbers),
        defaults_used=_defaults_used(framework, document, form, numbers),
        horizon_months=numbers.horizon,
        investment=_investment(own, best),
        tuning_case=by_name[tuned].against_best_untuned if tuned else None,
        approaches=money,
        warnings=tuple(_warnings(numbers)),
        forgotten=(*_forgotten_of_case(framework, numbers), *(own.forgotten if own else ())),
    )


def best_untuned(framework: Framework, pv_costs: Mapping[str, float], *, closed: Collection[str] = ()) -> str:
    """The open approach without tuning of the lowest PV cost; going on as today is one of them (equation 19)."""
    untuned = [name for name in pv_costs if not _tunes(framework, name) and name not in closed]
    return min(untuned, key=lambda name: pv_costs[name])


def _tunes(framework: Framework, name: str | None) -> bool:
    return name in framework.approach and framework.approach[name].tuning


def _featured_tuning(framework: Framework, money: Mapping[str, ApproachMoney], verdict: str | None) -> str | None:
    """The approach of tuning to speak of: the verdict's where it is priced, else the one that costs least."""
    tuned = [name for name in money if _tunes(framework, name)]
    return min([name for name in tuned if name == verdict] or tuned, key=lambda name: money[name].pv_cost, default=None)


def _investment(own: ApproachMoney | None, best: str) -> Investment | None:
    """An approach against the best without tuning, and that one itself against the status quo."""
    if own is None:
        return None
    return own.against_status_quo if own.approach == best else own.against_best_untuned


def _comparisons(
    numbers: CaseNumbers, costs: Mapping[str, MonthlyCosts], best: str
) -> dict[tuple[str, str], Investment]:
    """Every approach against the status quo and against the best without tuning, all at once."""
    pairs = [
        (name, reference) for reference in dict.fromkeys((STATUS_QUO, best)) for name in costs if name != reference
    ]
    if not pairs:
        return {}
    value = numbers.case["quality_value"]
    flat = {name: flat_costs(numbers, name, found) for name, found in costs.items()}
    found = compared(
        [reference for _, reference in pairs],
        np.array(
            [
                cash_flows(costs[name], costs[reference], quality_value=value, months=numbers.horizon)
                for name, reference in pairs
            ]
        ),
        annual_rate=float(numbers.case["annual_discount_rate"]),
        requests=[break_even_requests(flat[name], flat[reference]) for name, reference in pairs],
    )
    return dict(zip(pairs, found, strict=True))


def _by_month(amount: Amount, months: int) -> tuple[float, ...]:
    """Month by month, also where all months are alike."""
    if np.ndim(amount) == 0:
        return (float(amount),) * months
    return tuple(np.asarray(amount).tolist())


def _by_request(costs: MonthlyCosts, requests: float) -> float | None:
    """Month 1's cost by its requests, or None where there are none."""
    if requests <= 0:
        return None
    with np.errstate(over="ignore"):
        found = float(costs.monthly[0] / requests)
    return found if np.isfinite(found) else None


def _inputs(numbers: CaseNumbers) -> dict[str, float]:
    own = {
        f"{name}.{key}": float(value) for name, values in numbers.approaches.items() for key, value in values.items()
    }
    return {"horizon_months": numbers.horizon, **{key: float(value) for key, value in numbers.case.items()}, **own}


def _defaults_used(
    framework: Framework, document: Document, form: DetailedForm, numbers: CaseNumbers
) -> tuple[str, ...]:
    """The inputs that count with our default.

    What is empty and counts as nothing is left out, unless another input that was entered asks for it.
    """
    inputs = framework.cost_inputs
    general = [question.key for question in framework if question.place == "costs" and question.default is not None]
    found = [key for key in general if key not in document.costs]
    found += [key for key, cost in inputs.case.items() if key not in form.case and cost.default]
    for name, own in form.approaches.items():
        values = numbers.approaches[name]
        found += [
            f"{name}.{key}"
            for key, cost in inputs.approach.items()
            if key not in own.numbers and (values[cost.only_with] if cost.only_with else _counts(cost))
        ]
    return tuple(found)


def _counts(cost: Field) -> bool:
    """Whether our default changes anything: a region costs the plain price until somebody says otherwise."""
    return bool(cost.default) and cost.key != _REGION


def _warnings(numbers: CaseNumbers) -> Iterator[CostWarning]:
    """What cannot be meant: benefits counted twice, GPUs without speed, requests passed on to nobody, a free move."""
    if numbers.case["quality_value"] and numbers.case["human_fallback_cost"]:
        yield CostWarning(code="quality_counted_twice")
    for code, applies in (
        ("gpu_speed_missing", _gpu_speed_missing),
        ("escalation_without_target", _passes_to_nobody),
        ("moving_not_costed", _moves_for_nothing),
    ):
        if names := [name for name in numbers.approaches if applies(numbers, name)]:
            yield CostWarning(code=code, approaches=tuple(names))


def _gpu_speed_missing(numbers: CaseNumbers, name: str) -> bool:
    own = numbers.approaches[name]
    unknown = (
        not own["gpu_utilisation"]
        or (read_tokens(own) and not own["gpu_input_tokens_per_second"])
        or (written_tokens(own) and not own["gpu_output_tokens_per_second"])
    )
    return bool(own["gpu_hourly"] and unknown)


def _passes_to_nobody(numbers: CaseNumbers, name: str) -> bool:
    return bool(numbers.approaches[name]["escalation_share"]) and name not in numbers.escalation_to


def _moves_for_nothing(numbers: CaseNumbers, name: str) -> bool:
    upfront = upfront_cost(numbers.approaches[name], hourly_rate=numbers.case["hourly_rate"])
    return numbers.ends_in(name) is not None and not upfront and not np.any(redo_by_month(numbers, name, upfront))


def _forgotten(framework: Framework, name: str, numbers: CaseNumbers) -> Iterator[str]:
    """Which of the running costs often left out are zero for this approach."""
    own = numbers.approaches[name]
    if not own["monitoring_hours"]:
        yield "monitoring"
    if not _tunes(framework, name):
        return
    if not own["retraining_cost"]:
        yield "retraining"
    if not own["hosting_hourly"] and not own["gpu_hourly"]:
        yield "hosting"
    if not own["annual_obsolescence"] and numbers.ends_in(name) is None:
        yield "obsolescence"
    if not own["labelled_examples"] * own["cost_per_label"]:
        yield "labelling"


def _forgotten_of_case(framework: Framework, numbers: CaseNumbers) -> Iterator[str]:
    """The same of the case: a person's time, and the discount that no approach without tuning takes."""
    if not numbers.case["human_fallback_cost"]:
        yield "human_fallback"
    untuned = [name for name in numbers.approaches if not _tunes(framework, name)]
    if not any(numbers.approaches[name]["cache_hit_share"] for name in untuned):
        yield "caching"
