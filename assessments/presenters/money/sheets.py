"""The inputs and the monthly table as rows for a spreadsheet, with the formulas of the totals."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.engine.answers import Estimate
from assessments.engine.decision import Economics
from assessments.engine.document import Document
from assessments.engine.economics.inputs import DetailedForm
from assessments.engine.economics.plan_months import STARTS_ON
from assessments.engine.origins import CASE
from assessments.framework import Framework
from assessments.framework.schema import Field

from ..cost_form import approach_name
from ..sheets import Cell, Formula, Sheet
from ..words import starting
from .inputs import origin_mark
from .months import months_of
from .words import short_names


def column(index: int) -> str:
    """The letters of a column, from 0.

    >>> column(0), column(25), column(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def all_sheets(framework: Framework, document: Document, economics: Economics) -> tuple[Sheet, ...]:
    """Inputs, what the costs are made of, and the months: each refers to those before it."""
    inputs = input_sheet(framework, document, economics)
    if not economics.approaches:
        return inputs, month_sheet(framework, economics)
    return inputs, part_sheet(framework, economics), month_sheet(framework, economics, places=_places(inputs))


def input_sheet(framework: Framework, document: Document, economics: Economics) -> Sheet:
    """Every number that counts, one in a row, with its range and where it comes from."""
    head = (_("Lever"), _("Number"), _("Key"), _("Value"), _("Low"), _("High"), _("Unit"), pgettext("source", "From"))
    entered = _("Entered") if "currency" in document.costs else _("Our default: US dollars")
    currency = (_("All levers"), _("Currency"), "currency", framework.currency, None, None, "", entered)
    return Sheet(name=_("Inputs"), rows=[head, currency, *_input_rows(framework, document, economics)])


def _input_rows(framework: Framework, document: Document, economics: Economics) -> Iterator[tuple[Cell, ...]]:
    form = document.detailed if economics.form == "detailed" else None
    for key, value in economics.inputs.items():
        approach, _dot, own = key.rpartition(".")
        entered: Estimate | None
        if approach and form:
            cost = framework.cost_inputs.approach[own]
            entered = form.approaches[approach].numbers.get(own)
            words = (approach_name(framework, approach), cost.label, key)
            unit, source = _unit(cost), cost.default_source
        elif form and key in framework.cost_inputs.case:
            cost = framework.cost_inputs.case[key]
            entered = form.case.get(key)
            words = (_("All levers"), cost.label, key)
            unit, source = _unit(cost), cost.default_source
        else:
            question = framework.questions[key]
            found = document.costs.get(key) or (None if form else document.summary.get(key))
            entered = found if isinstance(found, Estimate) else None
            words = (_("All levers"), question.label, key)
            general = framework.cost_inputs.general.get(key) if form else None
            unit, source = question.prefix + question.unit, (general or question).default_source
        low, high = (entered.low, entered.high) if entered and not entered.is_point else (None, None)
        if entered:
            mark = origin_mark(document, approach or CASE, own) if form else ""
            yield (*words, value, low, high, unit, starting(mark) or _("Entered"))
        elif key in economics.defaults_used:
            yield (*words, value, low, high, unit, _("Our default: {source}").format(source=source))
    yield from _day_rows(framework, document, form)
    for approach, parts in form.approaches.items() if form else ():
        if target := parts.escalation_to:
            key = f"{approach}.escalation_to"
            name, to = approach_name(framework, approach), approach_name(framework, target)
            yield name, _("Passed on to"), key, to, None, None, "", _("Entered")


def _unit(cost: Field) -> str:
    return pgettext("unit", "share") if cost.share else cost.prefix + cost.unit


def _day_rows(framework: Framework, document: Document, form: DetailedForm | None) -> Iterator[tuple[Cell, ...]]:
    """When the plan starts, and what is known to end or to change."""
    if starts := document.costs.get(STARTS_ON):
        label = framework.questions[STARTS_ON].label
        yield _("All levers"), label, STARTS_ON, starts.isoformat(), None, None, "", _("Entered")
    for approach, parts in form.approaches.items() if form else ():
        for key, day in parts.days.items():
            name, label = approach_name(framework, approach), framework.cost_inputs.approach[key].label
            mark = starting(origin_mark(document, approach, key)) or _("Entered")
            yield name, label, f"{approach}.{key}", day.isoformat(), None, None, "", mark


def _places(inputs: Sheet) -> Mapping[str, str]:
    """The cell of each input by its key."""
    return {str(row[2]): f"{inputs.name}!$D${index}" for index, row in enumerate(inputs.rows[1:], 2)}


def part_sheet(framework: Framework, economics: Economics) -> Sheet:
    """What each month of each approach is made of; the last column adds it up."""
    parts, names_of_parts = list(economics.approaches[0].components), _parts_in_words()
    rows: list[Sequence[Cell]] = [(_("Lever"), _month(framework), *(names_of_parts[part] for part in parts), _("Cost"))]
    names = short_names(framework)
    last = column(len(parts) + 1)
    for one in economics.approaches:
        for month in range(economics.horizon_months):
            amounts = [one.components[part][month] for part in parts]
            at = len(rows) + 1
            total = Formula(text=f"=SUM(C{at}:{last}{at})", value=one.monthly_cost[month])
            rows.append((names[one.approach], month + 1, *amounts, total))
    return Sheet(name=_("Parts"), rows=rows, money=framework.sign)


def month_sheet(framework: Framework, economics: Economics, *, places: Mapping[str, str] | None = None) -> Sheet:
    """Costs of each approach by month, the net of the investment and its running total, and the sums.

    With `places`, the cells of the inputs, the costs refer to the sheet of parts and the net is worked out.
    """
    names, approaches = short_names(framework), [one.approach for one in economics.approaches]
    head: list[Cell] = [_month(framework), *(names[name] for name in approaches)]
    if economics.investment:
        against = _("Net of {lever} against {reference}").format(
            lever=names[economics.approach], reference=names[economics.reference]
        )
        head += [against, _("Running total")]
    rows: list[Sequence[Cell]] = [head]
    net, total = column(len(approaches) + 1), column(len(approaches) + 2)
    for found in months_of(economics):
        at = len(rows) + 1
        costs = [_cost(economics, index, found.month, cost, places) for index, cost in enumerate(found.costs)]
        flow, running = found.flow, found.total
        row: list[Cell] = [found.month, *costs]
        if flow is not None and running is not None:
            formula = _net_formula(economics, approaches, at, month=found.month, places=places)
            row.append(Formula(text=formula, value=flow) if formula else flow)
            row.append(Formula(text=f"={net}{at}" if at == 2 else f"={total}{at - 1}+{net}{at}", value=running))
        rows.append(row)
    sums = _sums(economics, last_row=len(rows), places=places)
    return Sheet(name=_("Months"), rows=[*rows, *sums], money=framework.sign)


def _parts_in_words() -> Mapping[str, str]:
    return {
        "tokens": pgettext("of a model", "Tokens"),
        "people": _("People"),
        "gpus": _("Gpus"),
        "hosting": _("Hosting"),
        "upkeep": _("Upkeep"),
        "other": _("Other"),
        "retraining": _("Retraining"),
        "redo": _("Redo"),
        "escalation": _("Escalation"),
    }


def _month(framework: Framework) -> str:
    return _("Month, amounts in {currency}").format(currency=framework.currency)


def _cost(economics: Economics, index: int, month: int, cost: float, places: Mapping[str, str] | None) -> Cell:
    if not month or places is None:
        return cost
    parts = len(economics.approaches[0].components)
    at = 2 + index * economics.horizon_months + month - 1
    sheet = _("Parts")
    return Formula(text=f"={sheet}!{column(parts + 2)}{at}", value=cost)


def _net_formula(
    economics: Economics, approaches: Sequence[str], at: int, *, month: int, places: Mapping[str, str] | None
) -> str:
    """What the reference costs less what the approach costs, and from month 1 on what better quality is worth."""
    if places is None or economics.approach not in approaches:
        return ""
    own, reference = (column(1 + approaches.index(name)) for name in (economics.approach, economics.reference))
    quality = f"+{places['quality_value']}" if month and "quality_value" in places else ""
    return f"={reference}{at}-{own}{at}{quality}"


def _sums(economics: Economics, *, last_row: int, places: Mapping[str, str] | None) -> Iterator[Sequence[Cell]]:
    """The undiscounted sum of each column, and what it is worth in today's money."""
    columns = [[one.upfront, *one.monthly_cost] for one in economics.approaches]
    worth = [one.pv_cost for one in economics.approaches]
    if economics.investment:
        columns.append(list(economics.investment.cash_flow.flows))
        worth.append(economics.investment.npv)
    letters = [column(index + 1) for index in range(len(columns))]
    yield [
        _("Sum"),
        *(
            Formula(text=f"=SUM({letter}2:{letter}{last_row})", value=sum(amounts))
            for letter, amounts in zip(letters, columns, strict=True)
        ),
    ]
    annual = (places or {}).get("annual_discount_rate", str(economics.inputs["annual_discount_rate"]))
    rate = f"(1+{annual})^(1/12)-1"
    yield [
        _("In today's money"),
        *(
            Formula(text=f"={letter}2+NPV({rate},{letter}3:{letter}{last_row})", value=value)
            for letter, value in zip(letters, worth, strict=True)
        ),
    ]
