"""Every number that goes in, and where it comes from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from assessments.engine.answers import Estimate
from assessments.engine.decision import Economics
from assessments.engine.document import Document
from assessments.engine.economics.inputs import STATUS_QUO
from assessments.engine.economics.plan_months import STARTS_ON, plan_starts
from assessments.engine.origins import CASE, Origins
from assessments.framework import Framework
from assessments.framework.schema import Field
from assessments.speaking import SpokenWords

from ..control import OriginWords, Stored, unit_words
from ..cost_form import FormParts, approach_name, origin_words, value_words
from ..formats import day
from ..questionnaire import answer_words
from ..words import starting
from .words import NONE, short_names

_MARKS = SpokenWords(
    default=gettext_noop("our default"),
    today=gettext_noop("as today"),
    suggested=gettext_noop("suggested"),
    price_list=gettext_noop("price list"),
    tuning_price=gettext_noop("tuning price"),
    token_count=gettext_noop("pasted prompt"),
    use_case=gettext_noop("use case"),
    summary=gettext_noop("short form"),
    agent=gettext_noop("told by an agent"),
)
_PASSED_ON = "escalation_to"
_OURS = ("default", "suggested")


@dataclass(frozen=True, slots=True, kw_only=True)
class InputRow:
    """A number of the whole case. `ours` where nobody entered it."""

    key: str
    name: str
    words: str
    origin: str
    ours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InputCell:
    """A number of one approach; `mark` says where it comes from unless somebody entered it."""

    words: str
    mark: str = ""
    ours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InputLine:
    """One number for all approaches."""

    key: str
    name: str
    unit: str
    cells: Sequence[InputCell]


@dataclass(frozen=True, slots=True, kw_only=True)
class InputsView:
    """The case's numbers, and those of the approaches as a table: a column for each approach."""

    rows: Sequence[InputRow]
    head: Sequence[str]
    lines: Sequence[InputLine]
    sources: Sequence[str]
    forms: str = ""
    """Which form of the costs counts and what the other one says, where both are filled in."""

    @property
    def note(self) -> str:
        """How many of the numbers are ours."""
        marks = [row.ours for row in self.rows] + [
            cell.ours for line in self.lines for cell in line.cells if cell.words != NONE and line.key != _PASSED_ON
        ]
        if not any(marks):
            return _("All {n} numbers are yours.").format(n=len(marks))
        ours = sum(marks)
        return ngettext("{n} of {all} numbers is our default.", "{n} of {all} numbers are our defaults.", ours).format(
            n=ours, all=len(marks)
        )


def present_inputs(
    framework: Framework, document: Document, economics: Economics, answers: Mapping[str, Stored]
) -> InputsView:
    rows = [
        *_question_rows(framework, economics, answers),
        *_start_row(framework, document, economics),
        *_case_rows(framework, document, economics),
    ]
    if document.detailed is None or economics.form == "summary":
        return InputsView(rows=rows, head=(), lines=(), sources=())
    approaches = [one.approach for one in economics.approaches]
    names = short_names(framework)
    lines = [
        InputLine(
            key=key,
            name=cost.label,
            unit=unit_words(cost),
            cells=[_cell(document, economics, name, cost) for name in approaches],
        )
        for key, cost in framework.cost_inputs.approach.items()
    ]
    targets = [document.detailed.approaches[name].escalation_to for name in approaches]
    passed_on = [InputCell(words=names[target] if target else NONE) for target in targets]
    lines.append(InputLine(key=_PASSED_ON, name=_("Passed on to"), unit="", cells=passed_on))
    return InputsView(
        rows=rows,
        head=[names[name] for name in approaches],
        lines=[line for line in lines if any(cell.words != NONE for cell in line.cells)],
        sources=[*_default_sources(framework, economics), *_origin_sources(framework, document)],
    )


def _question_rows(framework: Framework, economics: Economics, answers: Mapping[str, Stored]) -> Iterator[InputRow]:
    """The questions of the costs section: all of the summary form, or the general ones of the detailed form."""
    for question in framework:
        if question.key not in economics.inputs or question.role != "cost":
            continue
        if economics.form == "detailed" and question.place != "costs":
            continue
        ours = question.key in economics.defaults_used
        stored = answers.get(question.path)
        value: Any = economics.inputs[question.key] if ours or stored is None else stored.value
        general = framework.cost_inputs.general.get(question.key) if economics.form == "detailed" else None
        yield InputRow(
            key=question.key,
            name=question.label,
            words=answer_words(question, value),
            origin=(general.default_source if general else question.default_source) if ours else _("Entered by you"),
            ours=ours,
        )


def _start_row(framework: Framework, document: Document, economics: Economics) -> Iterator[InputRow]:
    """The day on which the plan starts: it counts where something is known to end or to change."""
    form = document.detailed if economics.form == "detailed" else None
    entered = document.costs.get(STARTS_ON)
    if entered or (form and any(own.days for own in form.approaches.values())):
        yield InputRow(
            key=STARTS_ON,
            name=framework.questions[STARTS_ON].label,
            words=day(plan_starts(framework, document)),
            origin=_("Entered by you") if entered else _("The day of our price tables"),
            ours=not entered,
        )


def _case_rows(framework: Framework, document: Document, economics: Economics) -> Iterator[InputRow]:
    if document.detailed is None or economics.form == "summary":
        return
    parts = form_parts(document, CASE)
    for key, cost in framework.cost_inputs.case.items():
        entered = parts.numbers.get(key)
        if entered is None and key not in economics.defaults_used:
            continue
        origin = origin_words(framework, cost, parts)
        yield InputRow(
            key=key,
            name=cost.label,
            words=value_words(cost, cost.default if entered is None else entered),
            origin=_case_origin(origin),
            ours=origin.kind in _OURS,
        )


def _case_origin(origin: OriginWords) -> str:
    if origin.kind == "default":
        return origin.reason
    if origin.kind == "yours":
        return _("Entered by you")
    return starting(_MARKS[origin.kind])


def _cell(document: Document, economics: Economics, name: str, cost: Field) -> InputCell:
    """One number of one approach, or a dash where nothing was entered and nothing counts."""
    parts = form_parts(document, name)
    entered = parts.numbers.get(cost.key)
    if entered is None:
        if f"{name}.{cost.key}" not in economics.defaults_used:
            return InputCell(words=NONE)
        return InputCell(words=_bare(cost, cost.default), mark=_MARKS["default"], ours=True)
    kind = parts.origins.kind(cost.key)
    return InputCell(words=_bare(cost, entered), mark=_MARKS.get(kind, ""), ours=kind in _OURS)


def _bare(cost: Field, value: Any) -> str:
    """A number without its unit, which stands beside the name of the row."""
    return value_words(cost, value).replace(f" {cost.unit}", "") if cost.unit else value_words(cost, value)


def form_parts(document: Document, scope: str) -> FormParts:
    """What was entered for the case or for one approach, as the costs pages take it."""
    form = document.detailed
    assert form is not None
    numbers = form.case if scope == CASE else form.approaches[scope].numbers
    days = {} if scope == CASE else form.approaches[scope].days
    return FormParts(
        scope=scope,
        numbers={
            **{key: raw_value(estimate) for key, estimate in numbers.items()},
            **{key: found.isoformat() for key, found in days.items()},
        },
        origins=document.cost_origins.get(scope, Origins()),
    )


def origin_mark(document: Document, scope: str, key: str) -> str:
    """A word or two for where a number that was entered comes from; nothing where somebody typed it."""
    origins = document.cost_origins.get(scope)
    return _MARKS.get(origins.kind(key), "") if origins else ""


def raw_value(estimate: Estimate) -> Any:
    if estimate.is_point:
        return estimate.likely
    return {"low": estimate.low, "likely": estimate.likely, "high": estimate.high}


def _default_sources(framework: Framework, economics: Economics) -> Iterator[str]:
    """Where our defaults come from, each once."""
    for key, cost in framework.cost_inputs.approach.items():
        if any(name.endswith(f".{key}") for name in economics.defaults_used):
            yield _("{figure}, our default of {value}: {source}.").format(
                figure=cost.label, value=value_words(cost, cost.default), source=cost.default_source
            )


def _origin_sources(framework: Framework, document: Document) -> Iterator[str]:
    """Which models and tuning prices were picked, and of which day."""
    for scope in (STATUS_QUO, *framework.approach):
        origins = document.cost_origins.get(scope)
        name = approach_name(framework, scope)
        if origins and origins.model:
            yield _("{lever}: prices of {model} at {provider}, {day}.").format(
                lever=name,
                model=origins.model.model,
                provider=origins.model.provider,
                day=day(origins.model.as_of),
            )
        if origins and origins.offer and (offer := framework.market.offer.get(origins.offer.offer)):
            yield _("{lever}: tuning prices of {provider}, {model}, {day}.").format(
                lever=name, provider=offer.provider, model=offer.model, day=day(origins.offer.as_of)
            )
