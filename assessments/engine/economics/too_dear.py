"""Which approaches of tuning never pay back for good, by figures that the team entered (docs/method.md, section 6).

Our own defaults close nothing. A line of the summary form that was left empty counts as nothing; a number of the
detailed form that we suggested, or that stands at today's until somebody measures, must not be what makes the
approach too dear, and an approach with suggested numbers is nothing to be measured against.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assessments.framework.schema import Framework

from ..document import Document
from .amounts import Floats
from .break_even import last_crossings
from .cash_flow import monthly_net_benefit, with_upfront
from .inputs import STATUS_QUO, ApproachForm, DetailedForm
from .money import ApproachMoney
from .monthly_costs import MonthlyCosts, costs_by_approach
from .numbers import CaseNumbers, case_numbers
from .summary import summary_numbers

Booleans = NDArray[np.bool_]
_OURS = ("default", "suggested")
_HOURS = ("data_preparation_hours", "evaluation_hours", "deployment_hours")
"""Their sum is the team's own where it entered all of them."""
_BENEFITS = ("api_savings", "quality_value")


@dataclass(frozen=True, slots=True, kw_only=True)
class LastingPaybacks:
    """Which approaches of tuning never pay back for good, against each reference that can be measured against."""

    references: tuple[str, ...] = ()
    """Approaches without tuning and going on as today, the cheapest over the horizon first."""
    never: Mapping[str, tuple[bool, ...]]
    """By approach of tuning that has figures: whether it never does, against each reference."""

    def too_dear(self, still_open: Mapping[str, Booleans], *, cases: int) -> Mapping[str, Booleans]:
        """By approach of tuning, for so many cases: never for good against the best that is open, of shape (cases,).

        `still_open` says of each approach without tuning in which cases nothing closes it. Going on as today is
        always open.

        >>> never = {"fine_tune_small": (True, False)}
        >>> found = LastingPaybacks(references=("tools", "status_quo"), never=never)
        >>> found.too_dear({"tools": np.array([True, False])}, cases=2)["fine_tune_small"].tolist()
        [True, False]
        """
        if not self.references:
            return {}
        everywhere, nowhere = np.ones(cases, bool), np.zeros(cases, bool)
        available = np.array(
            [everywhere if name == STATUS_QUO else still_open.get(name, nowhere) for name in self.references]
        )
        best, measurable = available.argmax(axis=0), available.any(axis=0)
        return {name: np.array(never)[best] & measurable for name, never in self.never.items()}


def lasting_paybacks(framework: Framework, document: Document, money: tuple[ApproachMoney, ...]) -> LastingPaybacks:
    """Of the form that counts; `money` is that of the detailed one."""
    form = document.detailed_in_force
    if form is not None:
        return _of_detailed(framework, document, form, {found.approach: found for found in money})
    if not any(key in document.summary for key in _BENEFITS):
        return LastingPaybacks(never={})
    never = (_entered_net(framework, document) <= 0,)
    tuning = [approach.key for approach in framework.approaches if approach.tuning]
    return LastingPaybacks(references=(STATUS_QUO,), never=dict.fromkeys(tuning, never))


def _entered_net(framework: Framework, document: Document) -> float:
    """What a month brings by the lines that were filled in; what is empty costs nothing and brings nothing."""
    entered = {**document.costs, **document.summary}
    numbers = {
        key: float(value) if key in entered else 0.0 for key, value in summary_numbers(framework, document).items()
    }
    return float(monthly_net_benefit(numbers, hourly_rate=numbers["hourly_rate"]))


def _of_detailed(
    framework: Framework, document: Document, form: DetailedForm, money: Mapping[str, ApproachMoney]
) -> LastingPaybacks:
    tuned = [name for name in money if name != STATUS_QUO and framework.approach[name].tuning]
    references = sorted(
        (found for name, found in money.items() if name not in tuned and _is_entered(document, found)),
        key=lambda found: found.pv_cost,
    )
    if not tuned or not references:
        return LastingPaybacks(never={})
    numbers = case_numbers(framework, document, form)
    without = dict(costs_by_approach(_without_ours(framework, document, form, tuned)))
    theirs = np.array([found.upfront for found in references]), np.array([found.monthly_cost for found in references])
    return LastingPaybacks(
        references=tuple(found.approach for found in references),
        never={name: _never(numbers, money[name], without[name], theirs) for name in tuned},
    )


def _is_entered(document: Document, found: ApproachMoney) -> bool:
    """Whether it costs something, and no number of it is ours."""
    own = document.cost_origins.get(found.approach)
    ours = own is not None and any(origin.kind in _OURS for origin in own.numbers.values())
    return any(found.monthly_cost) and not ours


def _without_ours(framework: Framework, document: Document, form: DetailedForm, tuned: list[str]) -> CaseNumbers:
    """The approaches of tuning with what the team entered alone: numbers of ours are gone, the hours' price too."""
    entered = {name: _entered(framework, document, name, form.approaches[name]) for name in tuned}
    targets = {
        name: replace(form.approaches[name], escalation_to=None)
        for own in entered.values()
        if (name := own.escalation_to)
    }
    numbers = case_numbers(framework, document, replace(form, approaches={**targets, **entered}))
    rate = numbers.case["hourly_rate"] if "hourly_rate" in document.costs else 0.0
    return replace(numbers, case={**numbers.case, "hourly_rate": rate})


def _entered(framework: Framework, document: Document, name: str, own: ApproachForm) -> ApproachForm:
    origins = document.cost_origins.get(name)
    if origins is None:
        return own
    unmeasured = framework.approach_costs.unmeasured
    all_hours = all(key in document.summary for key in _HOURS)
    ours = {
        key
        for key in own.numbers
        if origins.kind(key) in _OURS
        or (key in unmeasured and origins.kind(key) == "today")
        or (key == "upfront_hours" and origins.kind(key) == "summary" and not all_hours)
    }
    return replace(own, numbers={key: value for key, value in own.numbers.items() if key not in ours})


def _never(
    numbers: CaseNumbers, own: ApproachMoney, without: MonthlyCosts, references: tuple[Floats, Floats]
) -> tuple[bool, ...]:
    """Against each reference, of these upfront and monthly costs: neither with our suggestions nor without them."""
    upfront, monthly = references
    found = np.ones(len(upfront), bool)
    for once, by_month in ((own.upfront, np.array(own.monthly_cost)), (float(without.upfront), without.monthly)):
        net = monthly - by_month + numbers.case["quality_value"]
        flows = with_upfront((upfront - once)[:, None], net, months=numbers.horizon)
        found &= np.isinf(last_crossings(flows))
    return tuple(found.tolist())
