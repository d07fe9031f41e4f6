"""The verdict so far: what the side panel of the questionnaire shows. It leans; it does not decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.charts.tree import node_words
from assessments.engine.decision import Robustness, Verdict
from assessments.engine.document import Document
from assessments.engine.lenses.decision_tree import tree_questions
from assessments.framework import Framework, Section
from assessments.speaking import SpokenWords

from .before_you_start import BeforeLine, present_before
from .certainty import Scale, present_certainty
from .money.outcome import in_a_line
from .money.words import if_tuned, is_if_tuned
from .verdict import no_verdict, outcome_name, verdict_words
from .within import set_apart, spoken
from .words import lower, why

MOST_ASKED = 2
MOST_BEFORE = 3
MOST_ODDS = 4
HARDLY = 0.05
_FAILURES = "missing_knowledge"
"""The first of the questions that count failures."""
PanelState = Literal["not_yet", "leaning", "provisional", "settled", "measured"]
_ASK = SpokenWords(
    not_yet=gettext_noop("Answer next"),
    leaning=gettext_noop("Answer next, it settles most"),
    provisional=gettext_noop("Answer next, it settles most"),
    settled=gettext_noop("Confirm next"),
    measured=gettext_noop("Confirm next"),
)
_STANDS = SpokenWords(provisional=gettext_noop("provisional"), measured=gettext_noop("measured"))


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeStep:
    """One question of the small tree."""

    state: Literal["done", "now", "todo"]
    title: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NextQuestion:
    """What to answer next, and where."""

    ask: str
    section: Section
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """What the verdict could still become, and in how many of ten completions of the open answers."""

    name: str
    words: str
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What stands beside the questions: no more than the answers carry."""

    state: PanelState
    name: str
    """The approach that leads, or that there is no verdict yet."""
    stands: str
    """How far it stands, and what comes first: provisional, pilot first."""
    because: str
    certainty: Sequence[Scale]
    odds: Sequence[Odds]
    ask_heading: str
    ask_next: Sequence[NextQuestion]
    before: Sequence[BeforeLine]
    """What stands in the way of a start, once the verdict is settled."""
    more_before: int
    known: int
    deciding: int
    money_line: str

    @property
    def has_verdict(self) -> bool:
        return self.state != "not_yet"

    @property
    def sentence(self) -> str:
        """All of it in one line, for the foot of a narrow page."""
        if self.state == "leaning":
            return _("Leaning towards {lever}").format(lever=set_apart(self.name, lower(self.name)))
        return f"{self.name}, {self.stands}" if self.stands else self.name

    @property
    def announcement(self) -> str:
        return _("Verdict so far: {verdict}").format(verdict=self.sentence) if self.has_verdict else ""


def present_panel(verdict: Verdict, robustness: Robustness, today: date) -> Panel:
    framework, answers = verdict.framework, verdict.document.answers
    state: PanelState = robustness.stability if verdict.has_begun else "not_yet"
    known = sum(not answers.unsure(key) for key in framework.deciding_keys)
    asked = verdict.confirm if robustness.settled else robustness.find_out_next
    if state == "not_yet":
        asked = (_FAILURES, *asked)
    before = present_before(verdict, robustness, today) if state in ("settled", "measured") else ()
    return Panel(
        state=state,
        name=_name(verdict, state),
        stands=", ".join(filter(None, (_STANDS.get(state), _first(verdict, state)))),
        because=_because(verdict, robustness, state, known),
        certainty=present_certainty(verdict, robustness) if verdict.has_begun else (),
        odds=_odds(verdict, robustness) if state in ("leaning", "provisional") else (),
        ask_heading=_ASK[state],
        ask_next=[_next(framework, key) for key in asked[:MOST_ASKED]],
        before=before[:MOST_BEFORE],
        more_before=max(0, len(before) - MOST_BEFORE),
        known=known,
        deciding=len(framework.deciding_keys),
        money_line=money_line(verdict),
    )


def _name(verdict: Verdict, state: PanelState) -> str:
    """The approach by its name; where that would say nothing new, and the panel does not just lean, what to do."""
    if verdict.approach is None:
        return no_verdict()
    framework, wording = verdict.framework, verdict.standings[verdict.approach].wording
    if state != "leaning" and (verdict.action == "keep" or wording):
        return verdict_words(framework, verdict.approach, verdict.action, wording).rstrip(".")
    return outcome_name(framework, verdict.approach, wording)


def _next(framework: Framework, key: str) -> NextQuestion:
    ask = _("How many failures of each kind?") if key == _FAILURES else framework.questions[key].ask
    return NextQuestion(ask=ask, section=framework.section_of[key], anchor=f"q-{key}")


def _first(verdict: Verdict, state: PanelState) -> str:
    """What comes before the rest: a pilot, steps to confirm, a repair."""
    if state in ("not_yet", "leaning") or verdict.action == "keep":
        return ""
    return lower(verdict.framework.verdict.action_short[verdict.action])


def _because(verdict: Verdict, robustness: Robustness, state: PanelState, known: int) -> str:
    if state == "not_yet":
        missing = verdict.framework.thresholds.begun_from - known
        words = _("It needs {many} more of the answers that decide, or a count of failures.")
        return words.format(many=spoken(missing))
    if state == "leaning":
        likeliest = next(iter(robustness.possible_approaches))
        if likeliest != verdict.leads:
            return _("So it stands on what is known. What is open points elsewhere more often.")
        return _("Enough to lean, too little to act.")
    return why(verdict)


def _odds(verdict: Verdict, robustness: Robustness) -> Sequence[Odds]:
    """The likeliest first; of those that hardly ever come out only the one that leads now."""
    shares = robustness.possible_approaches
    likely = [key for key, part in shares.items() if part >= HARDLY or key == verdict.leads]
    others = [key for key in likely if key != verdict.leads][: MOST_ODDS - 1]
    return [
        Odds(
            name=outcome_name(verdict.framework, key, verdict.standings[key].wording),
            words=in_ten(part),
            percent=round(part * 100),
        )
        for key, part in shares.items()
        if key == verdict.leads or key in others
    ]


def in_ten(part: float) -> str:
    """A share of what is not certain.

    >>> in_ten(0.47), in_ten(0.05), in_ten(0.01), in_ten(0.99)
    ('5 in 10', '1 in 10', 'under 1 in 10', '9 in 10')
    """
    if part < HARDLY:
        return _("under 1 in 10")
    return _("{n} in 10").format(n=min(9, max(1, round(part * 10))))


def money_line(verdict: Verdict) -> str:
    """Payback at a glance, once costs are filled in."""
    economics = verdict.economics
    if economics is None or economics.investment is None:
        return ""
    investment = economics.investment
    only_if = is_if_tuned(verdict.framework, whose=economics.approach, verdict=verdict.approach)
    return f"{if_tuned(in_a_line(verdict.framework, investment), applies=only_if)}."


def tree_steps(verdict: Verdict, document: Document) -> Sequence[TreeStep]:
    """Where the case stands in the tree: questions passed, the one that stops it, those beyond."""
    limits = verdict.framework.thresholds
    titles = (
        _("Prompt ceiling reached"),
        _("More than {n} reasons for").format(n=limits.tree_indicators_above),
        _("Fewer than {n} reasons against").format(n=limits.tree_anti_indicators_below),
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
    return steps
