"""What the costs pages share: the fields of one scope from what is stored, the steps beside them, the figures."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.http import Http404

from assessments.engine.economics.detailed import detailed_money
from assessments.engine.economics.inputs import STATUS_QUO
from assessments.engine.economics.money import ApproachMoney
from assessments.engine.origins import CASE, Origin, Origins
from assessments.forms.answers import FormatError
from assessments.framework import Framework
from assessments.models import Assessment
from assessments.presenters.cost_figures import FiguresView, month_one, present_compared, present_figures
from assessments.presenters.cost_form import (
    CostField,
    FormParts,
    approach_name,
    present_escalation,
    present_number,
    scope_inputs,
    value_words,
)
from assessments.presenters.questionnaire import Conflict
from assessments.services.answer_sheet import AnswerSheet
from assessments.services.detailed import Outcome, mark, parts_of
from assessments.services.prefill import Parts

ESCALATION = "escalation_to"


@dataclass(frozen=True)
class CostSheet:
    """The detailed form of one assessment, as its pages need it."""

    assessment: Assessment
    sheet: AnswerSheet

    @property
    def framework(self) -> Framework:
        return self.sheet.framework

    @cached_property
    def parts(self) -> Parts:
        return parts_of(self.sheet)

    @cached_property
    def money(self) -> tuple[ApproachMoney, ...]:
        return detailed_money(self.framework, self.sheet.document)

    @property
    def added(self) -> list[str]:
        """The approaches of the form, today's prompt first, then in the framework's order."""
        return [STATUS_QUO, *(key for key in self.framework.approach if key in self.parts.approaches)]

    def form_parts(self, scope: str) -> FormParts:
        origins = self.sheet.document.cost_origins.get(scope, Origins())
        if scope == CASE and not self.sheet.answers.get("detailed"):
            origins = Origins(numbers=dict.fromkeys(self.parts.origins_of(CASE), Origin(kind="use_case")))
        return FormParts(scope=scope, numbers=self.parts.numbers(scope), origins=origins)

    def fields(self, scope: str) -> list[CostField]:
        found = [self.field(scope, key) for key in scope_inputs(self.framework, scope)]
        return found if scope == CASE else [*found, self.field(scope, ESCALATION)]

    def field(self, scope: str, key: str) -> CostField:
        parts = self.form_parts(scope)
        rev = mark(parts.numbers.get(key))
        if key == ESCALATION:
            return present_escalation(self.framework, parts, self.added, rev)
        return present_number(self.framework, scope_inputs(self.framework, scope)[key], parts, rev)

    def figures(self, scope: str) -> FiguresView | None:
        return next((present_figures(self.framework, one) for one in self.money if one.approach == scope), None)

    def beside(self, scope: str) -> dict[str, Any]:
        """What stands beside the form and follows it: the steps, the figures, all approaches compared."""
        month = month_one(self.money)
        steps = [
            {"key": key, "name": approach_name(self.framework, key), "month": month.get(key, ""), "now": key == scope}
            for key in (CASE, *self.added)
        ]
        return {
            "assessment": self.assessment,
            "scope": scope,
            "steps": steps,
            "here": next(step for step in steps if step["now"]),
            "figures": self.figures(scope),
            "compared": present_compared(self.framework, self.money),
        }


def check_scope(framework: Framework, scope: str) -> None:
    """Not found, where the form has no such approach."""
    if scope not in (CASE, STATUS_QUO, *framework.approach):
        raise Http404


def with_error(field: CostField, posted: Mapping[str, str], error: FormatError) -> CostField:
    """What was typed, kept as it is, with what is wrong."""
    return replace(typed_again(field, posted), errors={error.field: error.sentence})


def typed_again(field: CostField, posted: Mapping[str, str]) -> CostField:
    if field.options:
        chosen = posted.get(field.key, "")
        options = [replace(option, checked=option.value == chosen) for option in field.options]
        return replace(field, typed=chosen, options=options)
    return replace(
        field,
        typed=posted.get(field.key, ""),
        low=posted.get(f"{field.key}-low", ""),
        high=posted.get(f"{field.key}-high", ""),
    )


def in_conflict(framework: Framework, field: CostField, posted: Mapping[str, str], outcome: Outcome) -> CostField:
    """Your number with the one that somebody else saved meanwhile. Sent again, yours is kept."""
    scope = outcome.entry.scope
    theirs, yours = (_words(framework, scope, field.key, value) for value in (outcome.stored, outcome.entry.value))
    conflict = Conflict(at=None, theirs=theirs, yours=yours)
    return replace(typed_again(field, posted), rev=mark(outcome.stored), conflict=conflict)


def _words(framework: Framework, scope: str, key: str, value: Any) -> str:
    if value is None:
        return "Nothing entered"
    if key == ESCALATION:
        return approach_name(framework, value)
    return value_words(scope_inputs(framework, scope)[key], value)
