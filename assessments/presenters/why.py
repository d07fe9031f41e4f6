"""Why the verdict is what it is: how it is made, where the tree ends, what would change it, what each method says."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, pgettext

from assessments.charts.tree import Ours, draw_tree
from assessments.engine.answers import Answers
from assessments.engine.decision import Decision
from assessments.framework.schema import Role, Stance

from .formats import ANSWER_WORDS, count, listed, score
from .lenses import LensView, disagreements, present_lenses
from .levers import present_levers
from .robustness import ChangeView, change_view
from .verdict import headline, lead_sentences, verdict_words
from .within import spoken, weight_word
from .words import in_words, lower, parts_ways, small, starting

STANCES: Sequence[tuple[Stance, str, str]] = (
    ("for", "done", gettext_noop("{many} for tuning")),
    ("pilot", "half", gettext_noop("{many} for a pilot")),
    ("against", "no", gettext_noop("{many} against")),
    ("open", "todo", gettext_noop("{many} open")),
)
"""Each stance with its shape and the words for how many take it, in the order in which they are told."""
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
        tree_heading=_("The strictest method disagrees") if differs else _("The strictest method agrees"),
        tree=verdict_tree(decision),
        tree_note=" ".join([differs, _("A full go needs the tree to agree.")]) if differs else "",
        changes_lead=_changes_lead(decision, bool(changes)),
        changes=changes[:_MOST_CHANGES],
        more_changes=changes[_MOST_CHANGES:],
        methods_heading=starting(listed([one.words for one in methods_tally(decision, spelt=True)])),
        methods=sorted(present_lenses(decision), key=lambda one: _STANCE_ORDER.index(one.stance)),
        differences=disagreements(decision),
        reasons=[_reasons(decision, "indicator"), _reasons(decision, "anti_indicator")],
    )


def verdict_tree(decision: Decision) -> str:
    """The decision tree, with our verdict in a box of its own."""
    said = headline(decision)
    name = verdict_words(
        decision.framework, decision.leads, decision.action, decision.standings[decision.leads].wording
    )
    if not decision.has_begun:
        return draw_tree(decision, Ours(word=said.title, name=_("Leads so far: {verdict}").format(verdict=name)))
    return draw_tree(decision, Ours(word=_("Our verdict: {word}").format(word=small(said.word)), name=name))


def _heading(decision: Decision) -> str:
    name = decision.framework.approach[decision.leads].name
    if not decision.has_begun:
        return _("Why there is no verdict yet, and why “{name}” leads so far").format(name=name)
    if decision.action in ("pilot", "confirm_first"):
        return _("Why “{name}”, and why no full go yet").format(name=name)
    return _("Why “{name}”").format(name=name)


def _made(decision: Decision) -> Sequence[MadeStep]:
    """From the answers to the verdict: what is scored, what is closed, what was tried, what is left."""
    levers = present_levers(decision)
    closed = [lever.name for lever in levers if lever.state == "closed"]
    tried = [lever.name for lever in levers if lever.state == "tried"]
    left = [lever for lever in levers if lever.rank is not None]
    means = {row.approach: row.mean for row in decision.matrix.rows}
    best, *others = sorted(left, key=lambda lever: lever.rank or 0)
    last = _("“{name}”, {score} of 5.").format(name=best.name, score=score(means[best.key]))
    if others:
        next_one = _("Next: “{name}”, {score}.")
        last = f"{last} {next_one.format(name=others[0].name, score=score(means[others[0].key]))}"
    steps = [
        MadeStep(
            title=_("{Many} levers are scored").format(Many=starting(count(len(levers)))),
            text=_("On what mends the failures first, then on effort and on what you have to look after."),
        ),
        MadeStep(title=_closed(len(closed), measured=decision.measured is not None), text=_gates(decision)),
        MadeStep(
            title=_tried(len(tried)),
            text=_("{levers}. What was tried counts half.").format(levers=", ".join(tried))
            if tried
            else _("What was tried would count half."),
        ),
        MadeStep(
            title=_("The best that is open is the verdict")
            if decision.has_begun
            else _("The best that is open leads so far"),
            text=last,
        ),
    ]
    if any(gap.code == _WAITS_FOR for gap in decision.missing_for_go):
        steps.append(
            MadeStep(
                title=_("A full go waits for the cheapest model"),
                text=_("Cost is the motive, and nobody has said yet that the newest and cheapest model was measured."),
            )
        )
    return steps


def _closed(many: int, *, measured: bool) -> str:
    if measured:
        if not many:
            return _("No lever is closed by the measurement")
        words = ngettext("{Many} is closed by the measurement", "{Many} are closed by the measurement", many)
    else:
        if not many:
            return _("No lever is closed by your answers")
        words = ngettext("{Many} is closed by your answers", "{Many} are closed by your answers", many)
    return words.format(Many=starting(count(many)))


def _tried(many: int) -> str:
    if not many:
        return _("No lever is tried already")
    words = ngettext("{Many} is tried already", "{Many} are tried already", many)
    return words.format(Many=starting(count(many)))


def _gates(decision: Decision) -> str:
    """Each gate that is shut, with how many levers it closes first."""
    framework = decision.framework
    shut = Counter(one.closed_by[0] for one in decision.standings.values() if one.closed_by)
    if not shut:
        return _("Nothing in your answers rules a lever out.")
    words = [f"{in_words(framework, framework.gate[key].short)} ({spoken(found)})" for key, found in shut.most_common()]
    return f"{'; '.join(words)}."


def _changes_lead(decision: Decision, any_change: bool) -> str:
    if any_change:
        return _("In your hands first. Nothing here asks you to undo work that is done.")
    return _("No one or two answers, put otherwise, would change it.")


def methods_tally(decision: Decision, *, spelt: bool = False) -> Sequence[StanceCount]:
    """How many methods say what; those that nobody takes are left out."""
    found = Counter(lens.stance for lens in decision.lenses.values())
    return [
        StanceCount(
            stance=stance,
            icon=icon,
            words=_(words).format(many=spoken(found[stance]) if spelt else found[stance]),
        )
        for stance, icon, words in STANCES
        if found[stance]
    ]


def _reasons(decision: Decision, role: Role) -> ReasonList:
    framework, answers = decision.framework, decision.document.answers
    reasons = [
        ReasonView(
            text=framework.questions[key].label,
            holds=answers.yes(key),
            answer=_answer(key, answers),
            weight=weight_word(framework.questions[key].weight),
        )
        for key in framework.keys(role)
    ]
    reasons.sort(key=lambda reason: not reason.holds)
    words = _("Reasons for: {held} of {reasons}") if role == "indicator" else _("Reasons against: {held} of {reasons}")
    held = sum(reason.holds for reason in reasons)
    return ReasonList(heading=words.format(held=held, reasons=len(reasons)), reasons=reasons)


def _answer(key: str, answers: Answers) -> str:
    if answers.yes(key):
        return lower(ANSWER_WORDS["yes"])
    return pgettext("answer", "not known") if answers.unsure(key) else lower(ANSWER_WORDS["no"])
