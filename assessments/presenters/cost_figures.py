"""What each lever costs, in words, beside the form that it comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

from django.utils.translation import gettext as _

from assessments.engine.economics.inputs import STATUS_QUO
from assessments.engine.economics.money import ApproachMoney
from assessments.framework import Framework

from .cost_form import approach_name
from .formats import money, months, number, percentage, price
from .words import lower

_LARGEST_SHOWN = 1e15


@dataclass(frozen=True, slots=True, kw_only=True)
class CostFigure:
    name: str
    words: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresView:
    """The figures of one approach. `announcement` is what a screen reader is told when they change."""

    approach: str
    name: str
    figures: Sequence[CostFigure]
    against_today: str
    announcement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRow:
    approach: str
    name: str
    cells: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedView:
    """All levers side by side."""

    columns: Sequence[str]
    rows: Sequence[CostRow]


def present_figures(framework: Framework, found: ApproachMoney) -> FiguresView:
    return FiguresView(
        approach=found.approach,
        name=approach_name(framework, found.approach),
        figures=[
            CostFigure(name=_("Upfront"), words=_money(framework, found.upfront)),
            *(_month_figure(framework, found, month) for month in _months(found)),
            CostFigure(
                name=_("Each request"), words=_per_request(framework, found), about=_("Month 1, with everything")
            ),
            CostFigure(name=_("Attempts"), words=number(round(found.attempts, 3)), about=_("Expected for one request")),
            CostFigure(name=_("Falls to people"), words=percentage(found.fallback_share), about=_("Of all requests")),
        ],
        against_today=_against_today(found),
        announcement=announced(framework, found.approach, found.monthly_cost[0]),
    )


def announced(framework: Framework, approach: str, first_month: float | None) -> str:
    """What a screen reader is told of an approach when its figures change; nothing where it has none."""
    if first_month is None:
        return ""
    told = _("{approach}: {money} in month 1")
    return told.format(approach=approach_name(framework, approach), money=_money(framework, first_month))


def present_compared(framework: Framework, approaches: Sequence[ApproachMoney]) -> ComparedView | None:
    """One row for each approach, today's prompt first; None before there is one."""
    if not approaches:
        return None
    shown = _months(approaches[0])
    return ComparedView(
        columns=[
            _("Upfront"),
            *(_month(month) for month in shown),
            _("Each request"),
            _("Attempts"),
            _("Falls to people"),
            _("Pays back"),
        ],
        rows=[
            CostRow(
                approach=found.approach,
                name=approach_name(framework, found.approach),
                cells=[
                    _money(framework, found.upfront),
                    *(_money(framework, found.monthly_cost[month - 1]) for month in shown),
                    _per_request(framework, found),
                    number(round(found.attempts, 3)),
                    percentage(found.fallback_share),
                    _payback(found),
                ],
            )
            for found in approaches
        ],
    )


def month_one(framework: Framework, approaches: Sequence[ApproachMoney]) -> Mapping[str, str]:
    """What each lever costs in month 1, by its key."""
    return {found.approach: _money(framework, found.monthly_cost[0]) for found in approaches}


def _months(found: ApproachMoney) -> Sequence[int]:
    """Months 1, 12 and 36, as far as the plan looks ahead, and its last month where it is shorter."""
    horizon = len(found.monthly_cost)
    return sorted({1, *(month for month in (12, 36) if month <= horizon), *([horizon] if horizon < 36 else [])})


def _month_figure(framework: Framework, found: ApproachMoney, month: int) -> CostFigure:
    retrained = found.components["retraining"][month - 1] > 0
    return CostFigure(
        name=_month(month),
        words=_money(framework, found.monthly_cost[month - 1]),
        about=_("With a retraining") if retrained else "",
    )


def _month(month: int) -> str:
    return _("Month {number}").format(number=month)


def _against_today(found: ApproachMoney) -> str:
    if found.against_status_quo is None:
        return ""
    if found.against_status_quo.break_even_months is None:
        return _("It does not pay back against today's prompt.")
    return _("It pays back against today's prompt: {months}.").format(months=lower(_payback(found)))


def _payback(found: ApproachMoney) -> str:
    if found.approach == STATUS_QUO or found.against_status_quo is None:
        return "–"
    return months(found.against_status_quo.break_even_months)


def _per_request(framework: Framework, found: ApproachMoney) -> str:
    return "–" if found.cost_per_request is None else price(found.cost_per_request, framework.sign)


def _money(framework: Framework, amount: float) -> str:
    """An amount that may be beyond all sense, because every number up to a trillion is taken."""
    if not isfinite(amount) or abs(amount) > _LARGEST_SHOWN:
        return _("Too large to show")
    return money(amount, framework.sign)
