"""The verdict's investment over many cases at once: by draw of the simulation, or by turn of the tornado."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from assessments.framework.schema import Framework

from ..document import Document
from .amounts import Amount, Floats
from .cash_flow import worth_at_start
from .investment import cash_flows
from .money import Economics
from .monthly_costs import MonthlyCosts, approach_costs, costs_by_approach
from .numbers import CaseNumbers, Choose, case_numbers
from .requests import monthly_volume
from .summary import summary_flows, summary_numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """Amounts of shape () or (cases,), cash flows of shape (…, T + 1)."""

    flows: Floats | None
    """CF_0 … CF_T of the investment; None where there is none."""
    pv_costs: Mapping[str, Amount]
    """K + Σ C_t/(1 + r_m)^t by approach of the detailed form."""


def outcomes(framework: Framework, document: Document, economics: Economics, choose: Choose) -> Outcomes:
    """What the same formulas as for the point result say for these numbers; the reference stays the same."""
    if economics.form == "summary" or document.detailed is None:
        flows = summary_flows(summary_numbers(framework, document, choose))
        return Outcomes(flows=flows, pv_costs={})
    case = case_numbers(framework, document, document.detailed, choose)
    pair = economics.invests
    kept: dict[str, MonthlyCosts] = {}
    pv_costs = {}
    for name, costs in costs_by_approach(case):
        pv_costs[name] = pv_cost(case, costs)
        if pair and name in pair:
            kept[name] = costs
    if pair is None:
        return Outcomes(flows=None, pv_costs=pv_costs)
    own, reference = (kept[name] for name in pair)
    flows = cash_flows(own, reference, quality_value=case.case["quality_value"], months=case.horizon)
    return Outcomes(flows=flows, pv_costs=pv_costs)


def told_flows(framework: Framework, document: Document, economics: Economics, choose: Choose) -> tuple[Floats, Amount]:
    """CF_0 … CF_T of what the economics are told of, for these numbers, and the yearly discount rate."""
    pair, form = economics.told, document.detailed_in_force
    if form is None or pair is None:
        numbers = summary_numbers(framework, document, choose)
        return summary_flows(numbers), numbers["annual_discount_rate"]
    case = case_numbers(framework, document, form, choose)
    return pair_flows(case, *pair), case.case["annual_discount_rate"]


def pair_flows(numbers: CaseNumbers, own: str, reference: str) -> Floats:
    """CF_0 … of one approach against another, for the months of the numbers: the other approaches are left alone."""
    volume = monthly_volume(numbers.case["monthly_requests"], numbers.case["monthly_growth"], months=numbers.months)
    costs, theirs = (approach_costs(numbers, name, volume) for name in (own, reference))
    return cash_flows(costs, theirs, quality_value=numbers.case["quality_value"], months=numbers.months)


def pv_cost(numbers: CaseNumbers, costs: MonthlyCosts) -> Amount:
    """K + Σ C_t/(1 + r_m)^t, dollars of month 0 (equation 15): shape () or (cases,)."""
    later = worth_at_start(costs.monthly, annual_rate=numbers.case["annual_discount_rate"])
    return np.squeeze(costs.upfront, -1) + later if np.ndim(costs.upfront) else costs.upfront + later
