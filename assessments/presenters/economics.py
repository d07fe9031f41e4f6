"""Cost and return in words and tables: the finding as the heading, every number with where it comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.charts.cumulative_cash import CumulativeCash, cumulative_cash
from assessments.engine.decision import Economics
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
    has_detailed: bool


def present_economics(framework: Framework, economics: Economics, answers: Mapping[str, Stored]) -> EconomicsView:
    inputs = _inputs(framework, economics, answers)
    defaults = len(economics.defaults_used)
    return EconomicsView(
        heading=_heading(economics),
        subtitle=(
            f"Running total over {economics.horizon_months} months in US dollars, compared with going on as today."
        ),
        chart=cumulative_cash(economics),
        figures=_figures(economics),
        inputs=inputs,
        defaults_note=f"{defaults} of {len(inputs)} numbers are our defaults."
        if defaults
        else f"All {len(inputs)} numbers are yours.",
        left_empty=_left_empty(framework, economics),
        months=[
            MonthRow(month=month, flow=money(flow), total=money(total))
            for month, (flow, total) in enumerate(
                zip(economics.cash_flow.flows, economics.cash_flow.cumulative, strict=True)
            )
        ],
        has_detailed="detailed" in answers,
    )


def _heading(economics: Economics) -> str:
    first, durable = economics.break_even_months, economics.durable_break_even_months
    if first is None:
        return f"Does not pay back within {economics.horizon_months} months"
    if first == 0 and economics.cash_flow.upfront <= 0:
        return "Nothing to pay back" if durable is not None else "Costs nothing upfront, and loses money each month"
    return f"Pays back after {months(first)}"


def _figures(economics: Economics) -> Sequence[FigureRow]:
    upfront = economics.cash_flow.upfront
    monthly = economics.cash_flow.monthly_net[0]
    horizon = economics.horizon_months
    rows = [
        FigureRow(name="Upfront", words=money(upfront), how="Hours times rate, plus training and other costs"),
        FigureRow(name="Net, a month", words=money(monthly), how="Savings and quality value less running costs"),
        FigureRow(
            name="Break-even",
            words=months(economics.break_even_months),
            how=f"{money(upfront)} / {money(monthly)} a month"
            if economics.break_even_months
            else "When the running total first reaches zero",
        ),
    ]
    if economics.inputs["annual_discount_rate"]:
        rows.append(
            FigureRow(
                name="Break-even, discounted",
                words=months(economics.discounted_break_even_months),
                how="The same in today's money",
            )
        )
        rows.append(
            FigureRow(
                name="Present value",
                words=money(economics.npv),
                how=f"All {horizon} months in today's money, less the upfront cost",
            )
        )
    rows.append(
        FigureRow(
            name=f"Left after {horizon} months",
            words=money(economics.net),
            how=f"{horizon} × {money(monthly)} − {money(upfront)}",
        )
    )
    rows.append(
        FigureRow(
            name="Return on investment",
            words="None" if economics.roi is None else f"{number(round(economics.roi, 1))} times",
            how="What is left, divided by the upfront cost",
        )
    )
    return rows


def _inputs(framework: Framework, economics: Economics, answers: Mapping[str, Stored]) -> Sequence[InputRow]:
    rows = []
    for key, value in economics.inputs.items():
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


_UPKEEP = ("monitoring_hours", "retraining_hours_per_quarter", "inference_cost")


def _left_empty(framework: Framework, economics: Economics) -> str:
    """Names the running costs that count as nothing here, as a sceptic would (economics.md, 1.8)."""
    empty = [framework.questions[key].label.lower() for key in _UPKEEP if economics.inputs[key] == 0]
    if not empty:
        return ""
    return f"Counted as nothing: {', '.join(empty)}. With them, payback comes later."
