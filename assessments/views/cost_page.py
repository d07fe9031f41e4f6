"""What the costs pages share: the fields of one scope from what is stored, the steps beside them, the figures."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.http import Http404

from assessments.engine.economics.detailed import detailed_money
from assessments.engine.economics.inputs import STATUS_QUO
from assessments.engine.economics.money import ApproachMoney
from assessments.engine.origins import CASE
from assessments.forms.answers import FormatError
from assessments.framework import Framework
from assessments.models import Assessment, User
from assessments.presenters.changes import stated_words
from assessments.presenters.cost_figures import FiguresView, month_one, present_compared, present_figures
from assessments.presenters.cost_form import (
    CostField,
    FormParts,
    approach_name,
    present_escalation,
    present_number,
    scope_inputs,
)
from assessments.presenters.questionnaire import Conflict
from assessments.services.answer_sheet import AnswerSheet
from assessments.services.cost_draft import Draft, path_of
from assessments.services.values import Outcome, digest_of

from .fields import rev_of, who_changed

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
    def draft(self) -> Draft:
        return Draft(self.sheet)

    @cached_property
    def money(self) -> tuple[ApproachMoney, ...]:
        return detailed_money(self.framework, self.sheet.document)

    @property
    def added(self) -> list[str]:
        """The approaches of the form, today's prompt first, then in the framework's order."""
        return self.draft.added

    def form_parts(self, scope: str) -> FormParts:
        return FormParts(scope=scope, numbers=self.draft.numbers(scope), origins=self.draft.origins(scope))

    def fields(self, scope: str) -> list[CostField]:
        found = [self.field(scope, key) for key in scope_inputs(self.framework, scope)]
        return found if scope == CASE else [*found, self.field(scope, ESCALATION)]

    def field(self, scope: str, key: str) -> CostField:
        parts = self.form_parts(scope)
        rev = self.rev(scope, key)
        if key == ESCALATION:
            return present_escalation(self.framework, parts, self.added, rev)
        return present_number(self.framework, scope_inputs(self.framework, scope)[key], parts, rev)

    def rev(self, scope: str, key: str) -> str:
        """What a page remembers of a number: of one that is only taken over from the use case, what it shows."""
        path = path_of(scope, key)
        stored = self.sheet.values.get(path)
        if stored is None and path in self.draft.stated:
            return f"0.{digest_of(path, self.draft.stated[path])}"
        return rev_of(path, stored)

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


def in_conflict(
    framework: Framework, field: CostField, posted: Mapping[str, str], outcome: Outcome, looking: User | None
) -> CostField:
    """Your number with the one that somebody else saved meanwhile. Sent again, yours is kept."""
    stored, path = outcome.stored, outcome.entry.path
    theirs, yours = (stated_words(framework, path, one.value if one else None) for one in (stored, outcome.entry))
    conflict = Conflict(
        who=who_changed(stored, looking), at=stored.changed_at if stored else None, theirs=theirs, yours=yours
    )
    return replace(typed_again(field, posted), rev=rev_of(path, stored), conflict=conflict)
