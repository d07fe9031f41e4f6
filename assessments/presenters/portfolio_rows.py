"""The rows of the portfolio: each assessment with numbers and words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.engine.lenses.decision_tree import ceiling_steps
from assessments.framework import Framework

from .formats import months, number
from .verdict import no_verdict, not_settled, verdict_words
from .within import spoken
from .words import starting

_SHAPES = {
    "go": ("pos", "i-done"),
    "pilot": ("acc", "i-half"),
    "confirm_first": ("acc", "i-half"),
    "fix_first": ("warn", "i-warn"),
    "use_other_lever": ("neutral", "i-no"),
    "keep": ("neutral", "i-no"),
}
_SIGN_OFF_SHAPES = {
    "waiting": "i-now",
    "objected": "i-warn",
    "conditions": "i-half",
    "approved": "i-done",
    "earlier": "i-warn",
    "not_asked": "i-todo",
}

_PILOT_SHAPES = {"passed": "i-done", "failed": "i-no", "stopped": "i-half", "": "i-todo"}


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatCell:
    """A number with its word, and its step from 1, against tuning, to 5, for it; 0 where nothing is known."""

    label: str
    number: str
    word: str
    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A word with its shape."""

    word: str
    shape: str
    tone: str = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioRow:
    """All in words, so that the same row is drawn once (templatetags/cards.py)."""

    id: str
    """The assessment's."""
    changed_at: datetime
    name: str
    task_kind: str
    progress: str
    is_complete: bool
    approach: str
    action: str
    """By their keys; what follows says them in words."""
    verdict: Mark
    what_to_do: str
    """Empty while there is no verdict."""
    cells: Sequence[HeatCell]
    settled: Mark
    sign_off: Mark
    due: Sequence[str]
    """Why the decision wants another look, in sentences."""
    pilot: Mark
    """How its pilot ended."""
    framework: str
    """The team's own framework that it stands under; empty under the one that comes with this site."""

    @property
    def has_verdict(self) -> bool:
        return bool(self.what_to_do)


class SignOffShown(Protocol):
    @property
    def state(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def due(self) -> Sequence[str]: ...


def present_row(entry: Any, framework: Framework, *, sign_off: SignOffShown) -> PortfolioRow:
    """`entry` is a row as models/list_entry.py has it, with its assessment."""
    complete = entry.answered >= entry.questions
    return PortfolioRow(
        id=entry.pk,
        changed_at=entry.assessment.changed_at,
        name=entry.shown_name,
        task_kind=_task_kind(entry, framework),
        progress=_("Complete")
        if complete
        else _("{answered} of {questions} answered").format(answered=entry.answered, questions=entry.questions),
        is_complete=complete,
        approach=entry.approach,
        action=entry.action,
        verdict=_verdict(entry, framework),
        what_to_do=framework.verdict.action_short.get(entry.action, ""),
        cells=present_cells(entry, framework),
        settled=_settled(entry),
        sign_off=Mark(word=sign_off.words, shape=_SIGN_OFF_SHAPES[sign_off.state]),
        due=sign_off.due,
        framework=framework.title if framework.base else "",
        pilot=Mark(word=pilot_word(entry.pilot, framework), shape=_PILOT_SHAPES[entry.pilot]),
    )


def pilot_word(outcome: str, framework: Framework) -> str:
    """How a pilot ended, in a word."""
    options = framework.questions["pilot_outcome"].options
    return next((option.label for option in options if option.value == outcome), "–")


def _task_kind(entry: Any, framework: Framework) -> str:
    options = framework.questions["task_kind"].options
    return next((option.label for option in options if option.value == entry.task_kind), "")


def _verdict(entry: Any, framework: Framework) -> Mark:
    if not entry.action:
        return Mark(word=no_verdict(), shape="i-todo", tone="none")
    tone, shape = _SHAPES[entry.action]
    words = verdict_words(framework, entry.approach, entry.action, entry.wording)
    return Mark(word=words.rstrip("."), shape=shape, tone=tone)


def _settled(entry: Any) -> Mark:
    if not entry.action:
        return Mark(word=not_settled(), shape="i-todo", tone="none")
    if entry.measured:
        return Mark(word=_("Measured"), shape="i-done")
    if entry.settled:
        return Mark(word=_("Settled"), shape="i-done")
    return Mark(word=_("Not settled"), shape="i-half")


def present_cells(entry: Any, framework: Framework) -> Sequence[HeatCell]:
    if not entry.action:
        labels = (_("Ceiling test"), _("Reasons for"), _("Reasons against"))
        counted = [HeatCell(label=label, number="–", word=_("Not looked at"), step=0) for label in labels]
    else:
        counted = [
            _ceiling(entry, len(ceiling_steps(framework))),
            _reasons_for(entry, framework),
            _reasons_against(entry, framework),
        ]
    return [*counted, _examples(entry.labelled, framework), _payback(entry, framework)]


def _ceiling(entry: Any, of: int) -> HeatCell:
    met, reached = entry.ceiling_met, entry.ceiling == "yes"
    if reached:
        word = pgettext("ceiling", "Reached")
    elif met == of:
        word = _("Target not judged") if entry.ceiling == "open" else _("Target met")
    else:
        word = _("{Many} left").format(Many=starting(spoken(of - met)))
    return HeatCell(
        label=_("Ceiling test"), number=_n_of(met, of), word=word, step=5 if reached else min(4, max(1, met))
    )


def _n_of(found: int, of: int) -> str:
    return _("{found} of {of}").format(found=found, of=of)


def _reasons_for(entry: Any, framework: Framework) -> HeatCell:
    found, of = entry.reasons_for, len(framework.keys("indicator"))
    step = min(5, max(1, found - framework.thresholds.tree_indicators_above + 3))
    words = (
        _("Hardly any") if found else _("Not one"),
        _("Few"),
        _("Some"),
        pgettext("rated", "Good"),
        pgettext("rated", "Strong"),
    )
    return HeatCell(label=_("Reasons for"), number=_n_of(found, of), word=words[step - 1], step=step)


def _reasons_against(entry: Any, framework: Framework) -> HeatCell:
    found, of = entry.reasons_against, len(framework.keys("anti_indicator"))
    limit = framework.thresholds.tree_anti_indicators_below
    if not found:
        step, word = 5, _("Not one")
    elif found < limit:
        step, word = 4, _("Few")
    elif found == limit:
        step, word = 2, _("Too many")
    else:
        step, word = 1, _("Far too many")
    return HeatCell(label=_("Reasons against"), number=_n_of(found, of), word=word, step=step)


def _examples(labelled: int | None, framework: Framework) -> HeatCell:
    """How far the examples go, by what the published kinds of tuning ask for: the least of them, and the most."""
    label = _("Labelled examples")
    if labelled is None:
        return HeatCell(label=label, number="–", word=_("Not known"), step=0)
    limits, goals = framework.thresholds, [goal for goal in framework.goals if goal.source != "ours"]
    bounds = (
        limits.gate_reviewed_examples,
        min(goal.examples_from for goal in goals),
        limits.enough_examples,
        min(goal.examples_to for goal in goals if goal.examples_to),
    )
    step = 1 + sum(labelled >= bound for bound in bounds)
    words = (_("Too few"), _("Thin"), _("Enough to pilot"), pgettext("rated", "Good"), _("Plenty"))
    return HeatCell(label=label, number=number(labelled), word=words[step - 1], step=step)


def _payback(entry: Any, framework: Framework) -> HeatCell:
    label, found = _("If tuned, pays back in"), entry.payback_months
    if not entry.has_costs:
        return HeatCell(label=label, number="–", word=_("No costs"), step=0)
    if found is None:
        return HeatCell(label=label, number=pgettext("payback", "Never"), word=_("No payback"), step=1)
    limit, longest = framework.thresholds.payback_months, framework.thresholds.strategic_payback_months
    step = 5 - sum(found > bound for bound in (limit / 2, limit, limit * 2, longest))
    words = (_("Far too slow"), _("Slow"), _("Fair"), _("Fast"), _("Very fast"))
    return HeatCell(label=label, number=months(found), word=words[step - 1], step=step)
