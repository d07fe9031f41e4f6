"""The summary form: hours, rate and savings in; payback, worth and return out (docs/economics.md, section 2)."""

from assessments.framework.schema import Framework

from ..document import Document
from .amounts import Amount, Floats, Numbers
from .cash_flow import monthly_net_benefit, upfront_cost, with_upfront
from .inputs import STATUS_QUO, TUNING
from .investment import compared
from .money import Economics
from .numbers import Choose, general_numbers, likely


def summary_economics(framework: Framework, document: Document) -> Economics | None:
    """What tuning is worth against going on as today, whatever the verdict; None where no line was filled in.

    Lines that are not filled in count with the framework's default, and are named in `defaults_used`.
    A range counts with its likely value.
    """
    if not document.summary:
        return None
    numbers = summary_numbers(framework, document)
    inputs = {key: float(value) for key, value in numbers.items()}
    flows = summary_flows(numbers)
    [investment] = compared([STATUS_QUO], flows[None, :], annual_rate=inputs["annual_discount_rate"])
    return Economics(
        form="summary",
        approach=TUNING,
        tuned=TUNING,
        reference=STATUS_QUO,
        best_untuned=None,
        inputs=inputs,
        defaults_used=tuple(key for key in inputs if key not in document.summary and key not in document.costs),
        horizon_months=int(inputs["horizon_months"]),
        investment=investment,
        tuning_case=investment,
        forgotten=tuple(code for code, key in _FORGOTTEN.items() if not inputs[key]),
    )


_FORGOTTEN = {
    "monitoring": "monitoring_hours",
    "retraining": "retraining_hours_per_quarter",
    "hosting": "inference_cost",
}


def summary_numbers(framework: Framework, document: Document, choose: Choose = likely) -> dict[str, Amount]:
    """All numbers of the summary form, entered or default, in the order of the page."""
    numbers = general_numbers(framework, document, choose, detailed=False)
    for question in framework:
        if question.place == "costs.summary":
            entered = document.summary.get(question.key)
            numbers[question.key] = choose(None, question.key, entered) if entered else question.default or 0.0
    return numbers


def summary_flows(numbers: Numbers) -> Floats:
    """CF_0 … CF_T, every month alike: shape (T + 1,) or (draws, T + 1)."""
    rate = numbers["hourly_rate"]
    upfront = upfront_cost(numbers, hourly_rate=rate)
    net = monthly_net_benefit(numbers, hourly_rate=rate)
    return with_upfront(-upfront, net, months=int(numbers["horizon_months"]))
