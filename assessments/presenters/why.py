"""Why the verdict is what it is: how it is made, where the tree ends, what would change it, what each method says."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assessments.charts.tree import Ours, draw_tree
from assessments.engine.decision import Decision
from assessments.framework.schema import Role, Stance

from .formats import count, listed, score
from .lenses import LensView, disagreements, present_lenses
from .levers import present_levers
from .robustness import ChangeView, change_view
from .verdict import headline, lead_sentences, verdict_words
from .words import in_words, parts_ways, starting

STANCES: Sequence[tuple[Stance, str, str]] = (
    ("for", "done", "for tuning"),
    ("pilot", "half", "for a pilot"),
    ("against", "no", "against"),
    ("open", "todo", "open"),
)
"""Each stance with its shape and the words for it, in the order in which they are told."""
_STANCE_ORDER: list[str] = [stance for stance, *_ in STANCES]
_MOST_CHANGES = 6
_WAITS_FOR = "cheapest_model"


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
    differs = parts_ways(decision)
    return WhyView(
        heading=_heading(decision),
        lead=lead_sentences(decision),
        made=_made(decision),
        tree_heading="The strictest method disagrees" if differs else "The strictest method agrees",
        tree=verdict_tree(decision),
        tree_note=f"{differs} A full go needs the tree to agree." if differs else "",
        changes_lead=_changes_lead(decision, bool(changes)),
        changes=changes[:_MOST_CHANGES],
        more_changes=changes[_MOST_CHANGES:],
        methods_heading=starting(listed([one.words for one in methods_tally(decision, spelt=True)])),
        methods=sorted(present_lenses(decision), key=lambda one: _STANCE_ORDER.index(one.stance)),
        differences=disagreements(decision),
        reasons=[_reasons(decision, "indicator", "for"), _reasons(decision, "anti_indicator", "against")],
    )


def verdict_tree(decision: Decision) -> str:
    """The decision tree, with our verdict in a box of its own."""
    said = headline(decision)
    name = verdict_words(
        decision.framework, decision.leads, decision.action, decision.standings[decision.leads].wording
    )
    if not decision.has_begun:
        return draw_tree(decision, Ours(word=said.title, name=f"Leads so far: {name}"))
    return draw_tree(decision, Ours(word=f"Our verdict: {said.word.lower()}", name=name))


def _heading(decision: Decision) -> str:
    name = decision.framework.approach[decision.leads].name
    if not decision.has_begun:
        return f"Why there is no verdict yet, and why “{name}” leads so far"
    if decision.action in ("pilot", "confirm_first"):
        return f"Why “{name}”, and why no full go yet"
    return f"Why “{name}”"


def _made(decision: Decision) -> Sequence[MadeStep]:
    """From the answers to the verdict: what is scored, what is closed, what was tried, what is left."""
    levers = present_levers(decision)
    closed = [lever.name for lever in levers if lever.state == "closed"]
    tried = [lever.name for lever in levers if lever.state == "tried"]
    left = [lever for lever in levers if lever.rank is not None]
    means = {row.approach: row.mean for row in decision.matrix.rows}
    best, *others = sorted(left, key=lambda lever: lever.rank or 0)
    then = f" Next: “{others[0].name}”, {score(means[others[0].key])}." if others else ""
    steps = [
        MadeStep(
            title=f"{count(len(levers)).capitalize()} levers are scored",
            text="On what mends the failures first, then on effort and on what you have to look after.",
        ),
        MadeStep(
            title=_how_many(closed, f"closed by {'the measurement' if decision.measured else 'your answers'}"),
            text=_gates(decision),
        ),
        MadeStep(
            title=_how_many(tried, "tried already"),
            text=f"{', '.join(tried)}. What was tried counts half." if tried else "What was tried would count half.",
        ),
        MadeStep(
            title="The best that is open is the verdict"
            if decision.has_begun
            else "The best that is open leads so far",
            text=f"“{best.name}”, {score(means[best.key])} of 5.{then}",
        ),
    ]
    if any(gap.code == _WAITS_FOR for gap in decision.missing_for_go):
        steps.append(
            MadeStep(
                title="A full go waits for the cheapest model",
                text="Cost is the motive, and nobody has said yet that the newest and cheapest model was measured.",
            )
        )
    return steps


def _how_many(names: Sequence[str], what: str) -> str:
    if not names:
        return f"No lever is {what}"
    return f"{count(len(names)).capitalize()} {'is' if len(names) == 1 else 'are'} {what}"


def _gates(decision: Decision) -> str:
    """Each gate that is shut, with how many levers it closes first."""
    framework = decision.framework
    shut = Counter(one.closed_by[0] for one in decision.standings.values() if one.closed_by)
    if not shut:
        return "Nothing in your answers rules a lever out."
    words = [f"{in_words(framework, framework.gate[key].short)} ({count(found)})" for key, found in shut.most_common()]
    return f"{'; '.join(words)}."


def _changes_lead(decision: Decision, any_change: bool) -> str:
    if any_change:
        return "In your hands first. Nothing here asks you to undo work that is done."
    return "No one or two answers, put otherwise, would change it."


def methods_tally(decision: Decision, *, spelt: bool = False) -> Sequence[StanceCount]:
    """How many methods say what; those that nobody takes are left out."""
    found = Counter(lens.stance for lens in decision.lenses.values())
    return [
        StanceCount(stance=stance, icon=icon, words=f"{count(found[stance]) if spelt else found[stance]} {words}")
        for stance, icon, words in STANCES
        if found[stance]
    ]


def _reasons(decision: Decision, role: Role, word: str) -> ReasonList:
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
