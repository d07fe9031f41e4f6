"""The numbers that the formulas work on: what was entered, else our default, at one value or over draws."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from assessments.framework.schema import Framework

from ..answers import Estimate
from ..document import Document
from .amounts import Amount, Numbers
from .inputs import ApproachForm, DetailedForm
from .plan_months import ENDS_ON, month_of, plan_starts

Choose = Callable[[str | None, str, Estimate], Amount]
"""What to take for an input that was entered: its approach, or None for the case; its key; and its estimate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNumbers:
    """Everything that equations (1) to (13) take in."""

    case: Numbers
    """The case, with the hourly rate and the discount rate."""
    approaches: Mapping[str, Numbers]
    escalation_to: Mapping[str, str]
    horizon: int
    months: int
    """Months to work out: all of the horizon, or the first ones."""
    due: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """By approach and input, the month of the plan in which a day falls; 0 or less before the start."""

    def ends_in(self, approach: str) -> int | None:
        """The month in which the approach's model ends; the first, where it has ended; None beyond the horizon."""
        found = self.due.get((approach, ENDS_ON))
        return None if found is None or found > self.horizon else max(found, 1)


def likely(approach: str | None, key: str, estimate: Estimate) -> Amount:
    """For the point result: the likely value."""
    return float(estimate.likely)


def case_numbers(framework: Framework, document: Document, form: DetailedForm, choose: Choose = likely) -> CaseNumbers:
    """All numbers of the detailed form. What was not entered counts with the framework's default."""
    inputs = framework.cost_inputs
    general = general_numbers(framework, document, choose, detailed=True)
    horizon = int(general.pop("horizon_months"))
    case = {key: choose(None, key, estimate) for key, estimate in form.case.items()}
    starts = plan_starts(framework, document)
    return CaseNumbers(
        case=inputs.case_defaults | general | case,
        approaches={
            name: inputs.approach_defaults | _entered(name, own, choose) for name, own in form.approaches.items()
        },
        escalation_to={name: own.escalation_to for name, own in form.approaches.items() if own.escalation_to},
        horizon=horizon,
        months=horizon,
        due={
            (name, key): month_of(day, starts=starts)
            for name, own in form.approaches.items()
            for key, day in own.days.items()
        },
    )


def _entered(name: str, own: ApproachForm, choose: Choose) -> dict[str, Amount]:
    """What was entered for an approach. An empty price of long requests, or changed price, is the plain one."""
    found = {key: choose(name, key, estimate) for key, estimate in own.numbers.items()}
    for price in (key for key in ("input_price", "output_price") if key in found):
        for other in (f"long_{price}", f"changed_{price}"):
            found.setdefault(other, found[price])
    return found


def general_numbers(
    framework: Framework, document: Document, choose: Choose = likely, *, detailed: bool
) -> dict[str, Amount]:
    """The numbers that both forms share: months, the hourly rate and the discount rate."""
    defaults = framework.cost_inputs.general if detailed else {}
    found: dict[str, Amount] = {}
    for question in framework:
        if question.place != "costs" or question.default is None:
            continue
        entered = document.costs.get(question.key)
        if entered is not None:
            found[question.key] = choose(None, question.key, entered)
        else:
            own = defaults.get(question.key)
            found[question.key] = (own.default if own else question.default) or 0.0
    return found
