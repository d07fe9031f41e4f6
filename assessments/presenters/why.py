"""Why the verdict is what it is: how it is made, where the tree ends, what would change it, what each method says."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assessments.charts.tree import draw_tree
from assessments.engine.decision import Decision
from assessments.framework.schema import Stance

from .formats import count, listed
from .lenses import LensView, disagreements, present_lenses
from .robustness import ChangeView, change_view
from .verdict import headline
from .words import why

STANCES: Sequence[tuple[Stance, str, str]] = (
    ("for", "done", "for tuning"),
    ("pilot", "half", "for a pilot"),
    ("against", "no", "against"),
    ("open", "todo", "open"),
)
"""Each stance with its shape and the words for it, in the order in which they are told."""
_MOST_CHANGES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class StanceCount:
    """How many of the methods take one stance."""

    stance: Stance
    icon: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonView:
    """One of the reasons that are counted; `answer` says what was answered."""

    text: str
    holds: bool
    answer: str
    weight: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonList:
    heading: str
    reasons: Sequence[ReasonView]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeStep:
    """One step on the way from the answers to the verdict."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyView:
    heading: str
    lead: str
    made: Sequence[MadeStep]
    tree_heading: str
    tree: str
    tree_note: str
    changes_lead: str
    changes: Sequence[ChangeView]
    more_changes: Sequence[ChangeView]
    methods_heading: str
    methods: Sequence[LensView]
    differences: Sequence[str]
    reasons: Sequence[ReasonList]


def present_why(decision: Decision) -> WhyView:
    changes = [change_view(decision.framework, change) for change in decision.robustness.would_change]
    return WhyView(
        heading=f"Why: {headline(decision).title}",
        lead=why(decision),
        made=(),
        tree_heading="Where the decision tree ends",
        tree=draw_tree(decision),
        tree_note="",
        changes_lead="In your hands first.",
        changes=changes[:_MOST_CHANGES],
        more_changes=changes[_MOST_CHANGES:],
        methods_heading=listed([one.words for one in methods_tally(decision, spelt=True)]),
        methods=present_lenses(decision),
        differences=disagreements(decision),
        reasons=[_reasons(decision, "indicator", "for"), _reasons(decision, "anti_indicator", "against")],
    )


def methods_tally(decision: Decision, *, spelt: bool = False) -> Sequence[StanceCount]:
    """How many methods say what; those that nobody takes are left out."""
    found = Counter(lens.stance for lens in decision.lenses.values())
    return [
        StanceCount(stance=stance, icon=icon, words=f"{count(found[stance]) if spelt else found[stance]} {words}")
        for stance, icon, words in STANCES
        if found[stance]
    ]


def _reasons(decision: Decision, role: str, word: str) -> ReasonList:
    framework, answers = decision.framework, decision.document.answers
    reasons = [
        ReasonView(
            text=framework.questions[key].label,
            holds=answers.yes(key),
            answer="yes" if answers.yes(key) else "not known" if answers.unsure(key) else "no",
            weight=framework.questions[key].weight.lower(),
        )
        for key in framework.keys(role)
    ]
    reasons.sort(key=lambda reason: not reason.holds)
    return ReasonList(
        heading=f"Reasons {word}: {sum(reason.holds for reason in reasons)} of {len(reasons)}", reasons=reasons
    )
