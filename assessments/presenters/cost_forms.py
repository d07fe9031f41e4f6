"""The two forms of the costs side by side: which one counts, what each of them says, and what replaces a line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assessments.engine.decision import Economics, Verdict
from assessments.engine.economics.inputs import DETAILED, FROM_SUMMARY, SUMMARY
from assessments.engine.other_form import other_economics
from assessments.framework import Framework, Question
from assessments.framework.field import Field

from .cost_form import approach_name, value_words
from .formats import percentage
from .panel import money_line
from .words import finding_in_words, lower

_NAMES = {SUMMARY: "The short form", DETAILED: "Costs in detail"}


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
        counts, does = ("counts", "do") if self.counting.key == SUMMARY else ("count", "does")
        return f"{self.counting.name} {counts}: {self.counting.says} {self.other.name} {does} not: {self.other.says}"


def present_cost_forms(verdict: Verdict) -> CostFormsView | None:
    """None while only one form is filled in."""
    own, other = verdict.economics, other_economics(verdict)
    if own is None or other is None:
        return None
    return CostFormsView(forms=[_form(verdict, own, counts=True), _form(verdict, other, counts=False)])


def _form(verdict: Verdict, economics: Economics, *, counts: bool) -> CostFormView:
    says = money_line(replace(verdict, economics=economics)) or "Nothing to compare yet."
    return CostFormView(key=economics.form, name=_NAMES[economics.form], says=says, counts=counts)


def replaced_words(verdict: Verdict, line: Field) -> str:
    """What stands in the detailed form in the place of a line of the short one; empty while the line counts."""
    framework, economics = verdict.framework, verdict.economics
    if economics is None or not verdict.document.is_replaced(line):
        return ""
    case = framework.cost_inputs.case.get(line.key)
    if case is not None:
        return f"Costs in detail count instead: {value_words(case, economics.inputs[line.key])}."
    key = next((number for number, lines in FROM_SUMMARY.items() if line.key in lines), None)
    if key is None or economics.tuned is None:
        return "Costs in detail count instead: there it is worked out from tokens, prices and runs."
    cost, lines = framework.cost_inputs.approach[key], len(FROM_SUMMARY[key])
    amount = value_words(cost, economics.inputs[f"{economics.tuned}.{key}"])
    together = " for all upfront work together" if lines > 1 else ""
    return f"Costs in detail count instead: {amount}{together} with “{approach_name(framework, economics.tuned)}”."


def bill_words(verdict: Verdict) -> str:
    """That what today's prompt costs in detail and the bill are far apart; empty where they are not."""
    found = next((one for one in verdict.findings if one.code == "costs_unlike_bill"), None)
    return finding_in_words(verdict.framework, found.code, found.figures) if found else ""


def two_defaults(framework: Framework, question: Question) -> str:
    """Which default counts in which form, and why; empty where both have the same one."""
    detailed = framework.cost_inputs.general.get(question.key)
    if detailed is None or question.default is None:
        return ""
    in_detail = f"{percentage(detailed.default)} in detail ({lower(detailed.default_source)})"
    in_short = f"{percentage(question.default)} in the short form ({lower(question.default_source)})"
    return f"Left open, {in_detail} and {in_short}"
