"""The summary form: hours, rate and savings in; payback, worth and return out (economics.md, section 2)."""

from assessments.framework.schema import Framework

from ..decision import Economics
from ..document import Document
from .break_even import break_even_months, durable_break_even_months
from .cash_flow import (
    CashFlow,
    discounted,
    monthly_net_benefit,
    net_present_value,
    return_on_investment,
    upfront_cost,
)


def summary_economics(framework: Framework, document: Document, *, approach: str) -> Economics | None:
    """What the investment is worth against going on as today, or None where no line was filled in.

    Lines that are not filled in count with the framework's default, and are named in `defaults_used`.
    A range counts with its likely value.
    """
    if not document.summary:
        return None
    inputs: dict[str, float] = {}
    defaults_used = []
    for question in framework:
        if question.role != "cost" or question.kind != "number":
            continue
        entered = document.summary.get(question.key) or document.costs.get(question.key)
        if entered is None:
            defaults_used.append(question.key)
        inputs[question.key] = entered.likely if entered else question.default or 0
    rate = inputs["hourly_rate"]
    months = int(inputs["horizon_months"])
    annual_rate = inputs["annual_discount_rate"]
    cash_flow = CashFlow(
        upfront=upfront_cost(inputs, hourly_rate=rate),
        monthly_net=(monthly_net_benefit(inputs, hourly_rate=rate),) * months,
    )
    return Economics(
        form="summary",
        approach=approach,
        inputs=inputs,
        defaults_used=tuple(defaults_used),
        cash_flow=cash_flow,
        break_even_months=break_even_months(cash_flow.flows),
        discounted_break_even_months=break_even_months(discounted(cash_flow.flows, annual_rate=annual_rate)),
        durable_break_even_months=durable_break_even_months(cash_flow.flows),
        npv=net_present_value(cash_flow.flows, annual_rate=annual_rate),
        roi=return_on_investment(cash_flow),
    )
