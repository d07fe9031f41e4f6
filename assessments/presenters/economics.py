"""Cost and return in words and tables: the finding as the heading, every number with where it comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.charts.cumulative_cash import CumulativeCash, cumulative_cash
from assessments.engine.decision import Comparison, Economics
from assessments.engine.economics.detailed import approach_in_words
from assessments.engine.economics.inputs import STATUS_QUO
from assessments.framework import Framework

from .formats import money, months, number
from .questionnaire import Stored, answer_words


@dataclass(frozen=True, slots=True, kw_only=True)
class InputRow:
    name: str
    words: str
    origin: str
    is_default: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    name: str
    words: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    month: int
    flow: str
    total: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EconomicsView:
    heading: str
    subtitle: str
    chart: CumulativeCash
    figures: Sequence[FigureRow]
    inputs: Sequence[InputRow]
    defaults_note: str
    left_empty: str
    months: Sequence[MonthRow]


def present_economics(framework: Framework, economics: Economics, answers: Mapping[str, Stored]) -> EconomicsView:
    """Raises ValueError where the detailed costs leave out the approach of the verdict."""
    investment = economics.investment
    if investment is None:
        raise ValueError(f"no costs of {economics.approach}")
    inputs = _inputs(framework, economics, answers)
    defaults = len(economics.defaults_used)
    return EconomicsView(
        heading=_heading(investment),
        subtitle=(
            f"Running total over {economics.horizon_months} months in US dollars, compared with "
            f"{approach_in_words(framework, economics.reference)}."
        ),
        chart=cumulative_cash(investment),
        figures=_figures(economics, investment),
        inputs=inputs,
        defaults_note=f"{defaults} of {len(inputs)} numbers are our defaults."
        if defaults
        else f"All {len(inputs)} numbers are yours.",
        left_empty=_left_empty(framework, economics),
        months=[
            MonthRow(month=month, flow=money(flow), total=money(total))
            for month, (flow, total) in enumerate(
                zip(investment.cash_flow.flows, investment.cash_flow.cumulative, strict=True)
            )
        ],
    )


def _heading(investment: Comparison) -> str:
    first, durable = investment.break_even_months, investment.durable_break_even_months
    if first is None:
        return f"Does not pay back within {investment.horizon_months} months"
    if first == 0 and investment.cash_flow.upfront <= 0:
        return "Nothing to pay back" if durable is not None else "Costs nothing upfront, and loses money each month"
    return f"Pays back after {months(first)}"


def _figures(economics: Economics, investment: Comparison) -> Sequence[FigureRow]:
    upfront = investment.cash_flow.upfront
    monthly = investment.cash_flow.monthly_net[0]
    every_month_alike = economics.form == "summary"
    horizon = economics.horizon_months
    rows = [
        FigureRow(name="Upfront", words=money(upfront), how="Hours times rate, plus training and other costs"),
        FigureRow(name="Net, a month", words=money(monthly), how="Savings and quality value less running costs")
        if every_month_alike
        else FigureRow(name="Net, first month", words=money(monthly), how="What it saves and is worth in month 1"),
        FigureRow(
            name="Break-even",
            words=months(investment.break_even_months),
            how=f"{money(upfront)} / {money(monthly)} a month"
            if investment.break_even_months and every_month_alike
            else "When the running total first reaches zero",
        ),
    ]
    if economics.inputs["annual_discount_rate"]:
        rows.append(
            FigureRow(
                name="Break-even, discounted",
                words=months(investment.discounted_break_even_months),
                how="The same in today's money",
            )
        )
        rows.append(
            FigureRow(
                name="Present value",
                words=money(investment.npv),
                how=f"All {horizon} months in today's money, less the upfront cost",
            )
        )
    rows.append(
        FigureRow(
            name=f"Left after {horizon} months",
            words=money(investment.net),
            how=f"{horizon} × {money(monthly)} − {money(upfront)}"
            if every_month_alike
            else f"The sum of {horizon} months, less the upfront cost",
        )
    )
    rows.append(
        FigureRow(
            name="Return on investment",
            words="None" if investment.roi is None else f"{number(round(investment.roi, 1))} times",
            how="What is left, divided by the upfront cost",
        )
    )
    return rows


def _inputs(framework: Framework, economics: Economics, answers: Mapping[str, Stored]) -> Sequence[InputRow]:
    rows = []
    for key, value in economics.inputs.items():
        if key not in framework.questions or (
            economics.form == "detailed" and framework.questions[key].place != "costs"
        ):
            if row := _detailed_input(framework, economics, key, value):
                rows.append(row)
            continue
        question = framework.questions[key]
        default = key in economics.defaults_used
        stored = answers.get(key)
        rows.append(
            InputRow(
                name=question.label,
                words=answer_words(question, value if default or stored is None else stored.value),
                origin=question.default_source if default else "Entered by you",
                is_default=default,
            )
        )
    return rows


def _detailed_input(framework: Framework, economics: Economics, key: str, value: float) -> InputRow | None:
    """A number of the case, or of the two approaches that are compared."""
    approach, dot, own = key.rpartition(".")
    if dot and approach not in (economics.approach, economics.reference):
        return None
    cost = framework.cost_inputs.approach[own] if dot else framework.cost_inputs.case[key]
    default = key in economics.defaults_used
    if dot and not value and not default:
        return None
    figure = f"{number(value * 100)}%" if cost.share else f"{cost.prefix}{number(value)}"
    name = ""
    if dot:
        whose = framework.cost_inputs.status_quo if approach == STATUS_QUO else framework.approach[approach].name
        name = f"{whose}: "
    return InputRow(
        name=f"{name}{cost.label}",
        words=f"{figure} {cost.unit}".strip(),
        origin=cost.default_source if default or not value else "Entered by you",
        is_default=default,
    )


_UPKEEP = ("monitoring_hours", "retraining_hours_per_quarter", "inference_cost")


def _left_empty(framework: Framework, economics: Economics) -> str:
    """Names the running costs that count as nothing here, as a sceptic would (economics.md, 1.8)."""
    if economics.form == "detailed":
        empty = [framework.cost_inputs.forgotten[code].lower() for code in economics.forgotten]
    else:
        empty = [framework.questions[key].label.lower() for key in _UPKEEP if economics.inputs[key] == 0]
    if not empty:
        return ""
    return f"Counted as nothing: {', '.join(empty)}. With them, payback comes later."
