"""The verdict's investment over many cases at once: by draw of the simulation, or by turn of the tornado."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from assessments.framework.schema import Framework

from ..document import Document
from .amounts import Amount, Floats
from .cash_flow import net_present_value, worth_at_start
from .investment import cash_flows
from .money import Economics
from .monthly_costs import MonthlyCosts, costs_by_approach
from .numbers import CaseNumbers, Choose, case_numbers
from .summary import summary_flows, summary_numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """Amounts of shape () or (cases,), cash flows of shape (…, T + 1)."""

    flows: Floats | None
    """CF_0 … CF_T of the investment; None where there is none."""
    npv: Amount | None
    pv_costs: Mapping[str, Amount]
    """K + Σ C_t/(1 + r_m)^t by approach of the detailed form."""


def outcomes(framework: Framework, document: Document, economics: Economics, choose: Choose) -> Outcomes:
    """What the same formulas as for the point result say for these numbers; the reference stays the same."""
    if economics.form == "summary" or document.detailed is None:
        numbers = summary_numbers(framework, document, choose)
        flows = summary_flows(numbers)
        return Outcomes(flows=flows, npv=_npv(flows, numbers["annual_discount_rate"]), pv_costs={})
    case = case_numbers(framework, document, document.detailed, choose)
    pair = (economics.approach, economics.reference) if economics.investment else ()
    kept: dict[str, MonthlyCosts] = {}
    pv_costs = {}
    for name, costs in costs_by_approach(case):
        pv_costs[name] = pv_cost(case, costs)
        if name in pair:
            kept[name] = costs
    if not pair:
        return Outcomes(flows=None, npv=None, pv_costs=pv_costs)
    own, reference = (kept[name] for name in pair)
    flows = cash_flows(own, reference, quality_value=case.case["quality_value"], months=case.horizon)
    return Outcomes(flows=flows, npv=_npv(flows, case.case["annual_discount_rate"]), pv_costs=pv_costs)


def pv_cost(numbers: CaseNumbers, costs: MonthlyCosts) -> Amount:
    """K + Σ C_t/(1 + r_m)^t, dollars of month 0 (equation 15): shape () or (cases,)."""
    later = worth_at_start(costs.monthly, annual_rate=numbers.case["annual_discount_rate"])
    return np.squeeze(costs.upfront, -1) + later if np.ndim(costs.upfront) else costs.upfront + later


def _npv(flows: Floats, annual_rate: Amount) -> Amount:
    return net_present_value(flows, annual_rate=annual_rate)
