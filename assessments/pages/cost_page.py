"""What the costs pages share: the fields of one scope from what is stored, the steps beside them, the figures."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import reverse

from assessments.engine.economics.detailed import cost_of_first_month, detailed_money
from assessments.engine.economics.inputs import STATUS_QUO
from assessments.engine.economics.money import ApproachMoney
from assessments.engine.economics.plan_months import plan_starts
from assessments.engine.fields import fields_of
from assessments.engine.origins import CASE
from assessments.engine.plan_figures import horizon_of
from assessments.framework import Framework
from assessments.framework.currency import currency_words
from assessments.framework.schema import Field
from assessments.models import Assessment
from assessments.presenters.control import Control
from assessments.presenters.cost_figures import FiguresView, announced, month_one, present_compared, present_figures
from assessments.presenters.cost_form import (
    FormParts,
    approach_name,
    present_escalation,
    present_number,
    scope_inputs,
)
from assessments.services.answer_sheet import AnswerSheet, stated
from assessments.services.cost_draft import CostDraft, path_of
from assessments.services.values import digest_of

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
    def draft(self) -> CostDraft:
        return CostDraft(self.sheet)

    @cached_property
    def money(self) -> tuple[ApproachMoney, ...]:
        return detailed_money(self.framework, self.sheet.document)

    @property
    def added(self) -> list[str]:
        """The approaches of the form, today's prompt first, then in the framework's order."""
        return self.draft.added

    def form_parts(self, scope: str) -> FormParts:
        return FormParts(
            scope=scope,
            numbers=self.draft.numbers(scope),
            origins=self.draft.origins(scope),
            starts=plan_starts(self.framework, self.sheet.document),
            horizon=horizon_of(self.framework, self.sheet.document),
        )

    def fields(self, scope: str) -> list[Field]:
        """What the page of the case or of one approach asks for."""
        keys = [*scope_inputs(self.framework, scope), *([] if scope == CASE else [ESCALATION])]
        fields = fields_of(self.framework)
        return [fields[path_of(scope, key)] for key in keys]

    def controls(self, scope: str) -> list[Control]:
        return [self.control(scope, field) for field in self.fields(scope)]

    def control(self, scope: str, field: Field) -> Control:
        """One number as its page shows it, also one that is only taken over from the use case."""
        parts, path = self.form_parts(scope), field.path
        field = fields_of(self.framework)[path]  # as it is shown in the currency of the costs
        row, shown = self.sheet.values.get(path), self.draft.stated.get(path)
        rev = f"{row.version if row else 0}.{digest_of(path, shown or stated(row))}"
        if field.key == ESCALATION:
            return present_escalation(self.framework, field, parts, shown, rev, added=self.added)
        return present_number(self.framework, field, parts, shown, rev)

    def figures(self, scope: str) -> FiguresView | None:
        return next((present_figures(self.framework, one) for one in self.money if one.approach == scope), None)

    def announced(self, scope: str) -> str:
        """What is told of an approach when its figures change: quicker than all figures."""
        return announced(self.framework, scope, cost_of_first_month(self.framework, self.sheet.document, scope))

    def beside(self, scope: str) -> dict[str, Any]:
        """What stands beside the form and follows it: the steps, the figures, all approaches compared."""
        month = month_one(self.framework, self.money)
        steps = [
            {"key": key, "name": approach_name(self.framework, key), "month": month.get(key, ""), "now": key == scope}
            for key in (CASE, *self.added)
        ]
        return {
            "assessment": self.assessment,
            "scope": scope,
            "amounts_in": currency_words(self.framework.currency),
            "steps": steps,
            "here": next(step for step in steps if step["now"]),
            "figures": self.figures(scope),
            "compared": present_compared(self.framework, self.money),
        }


def scope_or_404(framework: Framework, scope: str) -> None:
    """Not found, where the form has no such approach."""
    if scope not in (CASE, STATUS_QUO, *framework.approach):
        raise Http404


def costs_url(assessment: Assessment, scope: str) -> str:
    if scope == CASE:
        return reverse("costs_detail", args=[assessment.id])
    return reverse("costs_approach", args=[assessment.id, scope])
