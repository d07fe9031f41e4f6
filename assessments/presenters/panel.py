"""The verdict so far: what the side panel of the questionnaire shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assessments.charts.tree import node_words
from assessments.engine.decision import Verdict
from assessments.engine.document import Document
from assessments.engine.lenses.decision_tree import ceiling_steps, tree_questions

from .formats import count, money, months, payback
from .money.words import if_tuned, is_if_tuned
from .verdict import headline
from .words import why


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeStep:
    """One question of the small tree."""

    state: Literal["done", "now", "todo"]
    title: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What stands beside the questions."""

    has_verdict: bool
    sentence: str
    because: str
    known: int
    deciding: int
    steps: Sequence[TreeStep]
    next_line: str
    money_line: str

    @property
    def announcement(self) -> str:
        return f"Verdict so far: {self.sentence}" if self.has_verdict else ""


def present_panel(verdict: Verdict, document: Document) -> Panel:
    framework = verdict.framework
    deciding = framework.deciding_keys
    known = sum(not document.answers.unsure(key) for key in deciding)
    started = verdict.has_begun
    return Panel(
        has_verdict=started,
        sentence=headline(verdict).title,
        because=why(verdict) if started else "",
        known=known,
        deciding=len(deciding),
        steps=_steps(verdict, document),
        next_line=_next_line(verdict, document) if started else "",
        money_line=money_line(verdict),
    )


def money_line(verdict: Verdict) -> str:
    """Payback at a glance, once costs are filled in."""
    economics = verdict.economics
    if economics is None or economics.investment is None:
        return ""
    investment = economics.investment
    only_if = is_if_tuned(verdict.framework, whose=economics.approach, verdict=verdict.approach)
    upfront = if_tuned(f"{money(investment.cash_flow.upfront, verdict.framework.sign)} upfront", applies=only_if)
    when = payback(investment.break_even_months, investment.durable_break_even_months)
    if when == months(None):
        return f"{upfront}; does not pay back within {investment.horizon_months} months."
    return f"{upfront}; pays back {'at once' if when == months(0) else f'after {when}'}."


def _steps(verdict: Verdict, document: Document) -> tuple[TreeStep, ...]:
    """Where the case stands in the tree: questions passed, the one that stops it, those beyond."""
    limits = verdict.framework.thresholds
    titles = (
        "Prompt ceiling reached",
        f"More than {limits.tree_indicators_above} reasons for",
        f"Fewer than {limits.tree_anti_indicators_below} reasons against",
    )
    stopped = False
    steps = []
    for node, title in zip(tree_questions(verdict.framework, document.answers), titles, strict=True):
        state: Literal["done", "now", "todo"]
        if stopped:
            state = "todo"
        else:
            state = "done" if node.outcome == "yes" else "now"
            stopped = node.outcome != "yes"
        steps.append(TreeStep(state=state, title=title, words=node_words(verdict, node)))
    return tuple(steps)


def _next_line(verdict: Verdict, document: Document) -> str:
    """The next thing that would move this case on in the tree."""
    limits = verdict.framework.thresholds
    if verdict.leaf == "keep_prompting":
        open_steps = [key for key in ceiling_steps(verdict.framework) if not document.answers.met(key)]
        if open_steps:
            labels = [verdict.framework.questions[key].label.lower() for key in open_steps]
            return f"Still to try: {'; '.join(labels)}."
        return "Say whether the target is still missed with the best prompt."
    if verdict.leaf == "improve_rag_or_switch_model":
        more = limits.tree_indicators_above + 1 - verdict.counts.indicators
        return f"{count(more).capitalize()} more reason{'s' * (more > 1)} for would move this case on in the tree."
    if verdict.leaf == "address_blockers":
        fewer = verdict.counts.anti_indicators - limits.tree_anti_indicators_below + 1
        return f"{count(fewer).capitalize()} reason{'s' * (fewer > 1)} against would have to go."
    return "All three questions of the tree are passed."
