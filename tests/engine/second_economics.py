"""The money a second time: straight from the equations of economics.md 3, month by month, in plain loops.

Written without a look at the engine. Amounts are compared with a tolerance of 1e-9 of the amounts in question.
"""

import math
from typing import Any

UNTUNED = ("status_quo", "prompting", "decomposition", "better_rag", "tools", "other_model")

# economics.md 2.
CASE_DEFAULTS = {
    "monthly_requests": 0,
    "monthly_growth": 0,
    "human_fallback_cost": 0,
    "quality_value": 0,
    "hours_per_month": 730,
    "max_attempts": 2,
    "minimum_cacheable_tokens": 1024,
    "retraining_every_months": 3,
}
APPROACH_DEFAULTS = {
    "calls": 1,
    "cache_read_ratio": 1,
    "cache_write_ratio": 1,
    "batch_discount": 0.5,
    "accuracy": 1,
    "hosting_shared_by": 1,
    "redo_share": 0.5,
    "gpu_minimum": 1,
    "regional_ratio": 1,
}


def likely(value: Any) -> Any:
    return value["likely"] if isinstance(value, dict) else value


def economics_of(costs: Any) -> Any:
    """Figures by approach of the raw costs of a document, and the best approach without tuning."""
    form = costs["detailed"]
    general = {"horizon_months": 36, "annual_discount_rate": 0.10, "hourly_rate": 100}
    case = CASE_DEFAULTS | general
    case |= {key: likely(costs[key]) for key in general if key in costs}
    case["starts_on"] = costs["starts_on"]
    case |= {key: likely(value) for key, value in form.items() if key != "approaches"}
    approaches = {
        name: APPROACH_DEFAULTS | {key: likely(value) for key, value in own.items()}
        for name, own in form["approaches"].items()
    }
    found = {name: figures(case, approaches, name) for name in approaches}
    best = min((name for name in UNTUNED if name in found), key=lambda name: found[name]["pv_cost"])
    for name, own in found.items():
        own["status_quo"] = None if name == "status_quo" else against(case, own, found["status_quo"])
        own["best"] = None if name == best else against(case, own, found[best])
    return found, best


def attempt_cost(case: Any, a: Any, t: Any) -> Any:
    """(2), (3), (6) to (6b)"""
    prompt = a.get("cacheable_tokens", 0) + a.get("retrieved_tokens", 0) + a.get("user_tokens", 0)
    is_long = 0 < a.get("long_prompt_above", 0) < prompt
    since = month(case, a, "price_changes_on")
    has_changed = since is not None and since <= t
    months = t - max(since, 1) if has_changed else t - 1
    prices = []
    for name in ("input_price", "output_price"):
        plain = a.get(name, 0)
        price = a.get(f"long_{name}", plain) if is_long else plain
        if has_changed:
            changed = a.get(f"changed_{name}", plain)
            price = changed if not is_long else price * changed / plain if plain else price
        prices.append(price * (1 - a.get("annual_price_decline", 0)) ** (months / 12))
    into, out = prices
    repeated = a.get("cacheable_tokens", 0)
    hit, write = a.get("cache_hit_share", 0), a["cache_write_ratio"]
    if repeated < case["minimum_cacheable_tokens"]:
        hit, write = 0, 1
    read = repeated * (hit * a["cache_read_ratio"] + (1 - hit) * write)
    read += a.get("retrieved_tokens", 0) + a.get("user_tokens", 0)
    dollars = read * into + (a.get("output_tokens", 0) + a.get("reasoning_tokens", 0)) * out
    return a["regional_ratio"] * a["calls"] * dollars / 10**6 * (1 - a.get("batch_share", 0) * a["batch_discount"])


def month(case: Any, a: Any, key: Any) -> Any:
    """The month of the plan in which a day falls: so many anniversaries of the start have passed, and one more."""
    if key not in a:
        return None
    start, day = (tuple(map(int, one.split("-"))) for one in (case["starts_on"], a[key]))
    passed = 12 * (day[0] - start[0]) + day[1] - start[1]
    return passed + 1 if day[2] >= start[2] else passed


def labour(case: Any, a: Any) -> Any:
    """(13)"""
    labels = a.get("labelled_examples", 0)
    upfront = a.get("upfront_hours", 0) * case["hourly_rate"] + a.get("upfront_cash", 0)
    upfront += labels * a.get("cost_per_label", 0)
    training = a.get("training_runs", 0) * labels * a.get("training_tokens_per_example", 0)
    return upfront + training * a.get("training_epochs", 0) * a.get("training_price", 0) / 10**6


def figures(case: Any, approaches: Any, name: Any) -> Any:
    a, months, rate, hours = approaches[name], case["horizon_months"], case["hourly_rate"], case["hours_per_month"]
    f, m = a.get("invalid_share", 0), case["max_attempts"]
    n = sum(f**k for k in range(int(m)))  # (4), the sum that the quotient stands for
    residual = f**m
    phi = residual + (1 - residual) * (1 - a["accuracy"])  # (5)
    upfront = labour(case, a)
    ends = month(case, a, "ends_on")
    moving = labour(case, approaches["other_model"]) if "other_model" in approaches else 0
    hazard = 1 - (1 - a.get("annual_obsolescence", 0)) ** (1 / 12)
    target = approaches.get(a.get("escalation_to"))
    monthly = []
    for t in range(1, months + 1):
        volume = case["monthly_requests"] * (1 + case["monthly_growth"]) ** (t - 1)  # (1)
        cost = volume * n * attempt_cost(case, a, t) + volume * phi * case["human_fallback_cost"]  # (7)
        cost += a.get("monitoring_hours", 0) * rate + a.get("other_monthly", 0)  # (8)
        cost += a.get("hosting_hourly", 0) * hours / a["hosting_shared_by"]
        cost += gpus(a, volume * n, hours) * a.get("gpu_hourly", 0) * hours  # (9)
        if t % case["retraining_every_months"] == 0 and t < months:  # (10)
            cost += a.get("retraining_cost", 0)
        if target:  # (11)
            cost += volume * a.get("escalation_share", 0) * attempt_cost(case, target, t)
        if ends is None or ends > months:  # (12)
            cost += hazard * a["redo_share"] * upfront
        elif t == max(ends, 1):  # (12a)
            cost += a["redo_share"] * upfront if upfront > 0 else moving
        monthly.append(cost)
    discount = [(1 + case["annual_discount_rate"]) ** (-t / 12) for t in range(months + 1)]
    return {
        "upfront": upfront,
        "cost_per_attempt": attempt_cost(case, a, 1),
        "attempts": n,
        "fallback_share": phi,
        "monthly_cost": monthly,
        "pv_cost": upfront + sum(cost * factor for cost, factor in zip(monthly, discount[1:], strict=True)),  # (15)
    }


def gpus(a: Any, attempts: Any, hours: Any) -> Any:
    """(9). A speed or a load that is not filled in carries everything."""
    seconds = 0
    read = a.get("cacheable_tokens", 0) + a.get("retrieved_tokens", 0) + a.get("user_tokens", 0)
    if "gpu_input_tokens_per_second" in a:
        seconds += read / a["gpu_input_tokens_per_second"]
    if "gpu_output_tokens_per_second" in a:
        seconds += (a.get("output_tokens", 0) + a.get("reasoning_tokens", 0)) / a["gpu_output_tokens_per_second"]
    load = attempts * seconds / (3600 * hours * a["gpu_utilisation"]) if "gpu_utilisation" in a else 0
    return max(a["gpu_minimum"], math.ceil(load * (1 - 1e-9)))


def against(case: Any, own: Any, reference: Any) -> Any:
    """(14) to (17)"""
    flows = [reference["upfront"] - own["upfront"]]
    for theirs, ours in zip(reference["monthly_cost"], own["monthly_cost"], strict=True):
        flows.append(theirs - ours + case["quality_value"])
    today = [flow * (1 + case["annual_discount_rate"]) ** (-t / 12) for t, flow in enumerate(flows)]
    invested = -flows[0]
    pays = invested > 1e-9 * max(abs(flow) for flow in flows[1:])
    return {
        "flows": flows,
        "npv": sum(today),
        "net": sum(flows),
        "roi": (sum(flows[1:]) - invested) / invested if pays else None,
        "break_even_months": crossings(flows)[0],
        "discounted_break_even_months": crossings(today)[0],
        "durable_break_even_months": crossings(flows)[1],
    }


def crossings(flows: Any) -> Any:
    """(16): the first month with a total of zero or more, and the one after which it stays there."""
    least = -1e-9 * max(abs(flow) for flow in flows)
    first = durable = None
    total = 0.0
    for n, flow in enumerate(flows):
        before, total = total, total + flow
        if total < least:
            durable = None
        elif durable is None:
            durable = 0.0 if n == 0 else n - 1 - before / flow
            first = durable if first is None else first
    return first, durable
