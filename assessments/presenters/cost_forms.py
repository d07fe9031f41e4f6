"""The two forms of the costs side by side: which one counts, what each of them says, and what replaces a line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.engine.decision import Economics, Verdict
from assessments.engine.economics.inputs import DETAILED, FROM_SUMMARY, SUMMARY
from assessments.engine.other_form import other_economics
from assessments.framework import Framework, Question
from assessments.framework.field import Field

from .cost_form import approach_name, value_words
from .formats import percentage
from .panel import money_line
from .words import finding_in_words, lower

_NAMES = {SUMMARY: gettext_noop("The short form"), DETAILED: gettext_noop("Costs in detail")}


@dataclass(frozen=True, slots=True, kw_only=True)
class CostFormView:
    """One form, and the money that it comes to."""

    key: str
    name: str
    says: str
    counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CostFormsView:
    """Both forms, the one that counts first."""

    forms: Sequence[CostFormView]

    @property
    def counting(self) -> CostFormView:
        return self.forms[0]

    @property
    def other(self) -> CostFormView:
        return self.forms[1]

    @property
    def sentence(self) -> str:
        """Both figures in a line, for where nothing can be changed."""
        if self.counting.key == SUMMARY:
            told = _("The short form counts: {counting} Costs in detail do not: {other}")
        else:
            told = _("Costs in detail count: {counting} The short form does not: {other}")
        return told.format(counting=self.counting.says, other=self.other.says)


def present_cost_forms(verdict: Verdict) -> CostFormsView | None:
    """None while only one form is filled in."""
    own, other = verdict.economics, other_economics(verdict)
    if own is None or other is None:
        return None
    return CostFormsView(forms=[_form(verdict, own, counts=True), _form(verdict, other, counts=False)])


def _form(verdict: Verdict, economics: Economics, *, counts: bool) -> CostFormView:
    says = money_line(replace(verdict, economics=economics)) or _("Nothing to compare yet.")
    return CostFormView(key=economics.form, name=_(_NAMES[economics.form]), says=says, counts=counts)


def replaced_words(verdict: Verdict, line: Field) -> str:
    """What stands in the detailed form in the place of a line of the short one; empty while the line counts."""
    framework, economics = verdict.framework, verdict.economics
    if economics is None or not verdict.document.is_replaced(line):
        return ""
    case = framework.cost_inputs.case.get(line.key)
    if case is not None:
        amount = value_words(case, economics.inputs[line.key])
        return _("Costs in detail count instead: {amount}.").format(amount=amount)
    key = next((number for number, lines in FROM_SUMMARY.items() if line.key in lines), None)
    if key is None or economics.tuned is None:
        return _("Costs in detail count instead: there it is worked out from tokens, prices and runs.")
    cost, lines = framework.cost_inputs.approach[key], len(FROM_SUMMARY[key])
    amount = value_words(cost, economics.inputs[f"{economics.tuned}.{key}"])
    if lines > 1:
        told = _("Costs in detail count instead: {amount} for all upfront work together with “{approach}”.")
    else:
        told = _("Costs in detail count instead: {amount} with “{approach}”.")
    return told.format(amount=amount, approach=approach_name(framework, economics.tuned))


def bill_words(verdict: Verdict) -> str:
    """That what today's prompt costs in detail and the bill are far apart; empty where they are not."""
    found = next((one for one in verdict.findings if one.code == "costs_unlike_bill"), None)
    return finding_in_words(verdict.framework, found.code, found.figures) if found else ""


def two_defaults(framework: Framework, question: Question) -> str:
    """Which default counts in which form, and why; empty where both have the same one."""
    detailed = framework.cost_inputs.general.get(question.key)
    if detailed is None or question.default is None:
        return ""
    return _("Left open, {detailed} in detail ({why_detailed}) and {short} in the short form ({why_short})").format(
        detailed=percentage(detailed.default),
        why_detailed=lower(detailed.default_source),
        short=percentage(question.default),
        why_short=lower(question.default_source),
    )
