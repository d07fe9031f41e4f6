"""Three texts to copy into a model of one's own, filled with this assessment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.engine.decision import Decision
from assessments.engine.lenses.decision_tree import ceiling_steps

from .control import Stored
from .formats import STRENGTH_WORDS, number, score
from .money.outcome import in_a_line
from .money.words import if_tuned, is_if_tuned
from .plan import PlanView
from .questionnaire import answer_words
from .verdict import headline
from .within import set_apart
from .words import lower, shortened, why

_LONGEST_NOTE = 1000
_DECIDING = ("ceiling", "indicator", "anti_indicator", "shape", "tried", "readiness")


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyTextView:
    key: str
    title: str
    about: str
    text: str


def present_own_model(
    decision: Decision,
    plan: PlanView,
    *,
    name: str,
    task: str,
    answers: Mapping[str, Stored],
    left_out: Sequence[str] = (),
) -> Sequence[CopyTextView]:
    parts = {
        "situation": _situation(decision, name, task, answers),
        "answers": _answers(decision, answers),
        "unknown": _unknown(decision, answers),
        "verdict": headline(decision).title,
        "because": why(decision),
        "failures": _failures(decision, answers),
        "tried": _tried(decision),
        "ranking": _ranking(decision),
        "levers": _levers(decision),
        "examples": _examples(decision),
        "money": _("left out here.") if "costs" in left_out else _money(decision),
        "plan": _plan(plan),
    }
    return [
        CopyTextView(key=text.key, title=text.title, about=text.about, text=text.text.format_map(parts).strip())
        for text in decision.framework.guide.own_model
    ]


def _situation(decision: Decision, name: str, task: str, answers: Mapping[str, Stored]) -> str:
    """The use case: its name, the task, and what else is known of it."""
    lines = [_("The use case: {name}.").format(name=shortened(name, _LONGEST_NOTE))]
    if task:
        lines.append(_("The task: {task}").format(task=shortened(task, _LONGEST_NOTE)))
    for question in decision.framework:
        if question.place == "use_case" and question.key not in ("name", "task"):
            stored = answers.get(question.path)
            words = answer_words(question, stored.value) if stored else ""
            words = shortened(words.removesuffix(question.unit).strip(), _LONGEST_NOTE)
            lines += [f"{question.label}: {words}"] if words else []
    return "\n".join(lines)


def _answers(decision: Decision, answers: Mapping[str, Stored]) -> str:
    """Each yes or no with its evidence, one to a line."""
    lines = []
    for question in decision.framework:
        stored = answers.get(question.path)
        if question.place == "answers" and stored and stored.value not in (None, "unsure"):
            strength = lower(STRENGTH_WORDS[stored.strength or "opinion"])
            shown = " ".join(part for part in (shortened(stored.evidence, _LONGEST_NOTE), stored.link) if part)
            line = f"- {question.ask} {answer_words(question, stored.value)}."
            evidence = _("Shown by ({strength}): {shown}").format(strength=strength, shown=shown)
            lines.append(f"{line} {evidence}" if shown else line)
    return "\n".join(lines) or _("- Nothing yet.")


def _unknown(decision: Decision, answers: Mapping[str, Stored]) -> str:
    labels = [
        question.label
        for question in decision.framework
        if question.place == "answers" and question.role in _DECIDING and _is_open(answers.get(question.path))
    ]
    return "; ".join(labels) or _("nothing that was asked")


def _is_open(stored: Stored | None) -> bool:
    return stored is None or stored.value in (None, "unsure")


def _failures(decision: Decision, answers: Mapping[str, Stored]) -> str:
    counts = []
    for question in decision.framework:
        stored = answers.get(question.path)
        if question.place == "failures" and stored and stored.value:
            counts.append((stored.value, f"{question.label} {number(stored.value)}"))
    counts.sort(key=lambda found: -found[0])
    return "; ".join(words for _count, words in counts) or _("not counted yet")


def _tried(decision: Decision) -> str:
    framework = decision.framework
    done = decision.document.answers.those((*ceiling_steps(framework), *framework.keys("tried")))
    return "; ".join(framework.questions[key].label for key in done) or _("nothing that is on record")


def _ranking(decision: Decision) -> str:
    """Every approach with its score; what the answers close is said to be closed."""
    approach, standings = decision.framework.approach, decision.standings
    return "; ".join(
        (_("{lever} {score}") if standings[row.approach].open else _("{lever} {score} (closed)")).format(
            lever=approach[row.approach].name, score=score(row.mean)
        )
        for row in decision.matrix.rows
    )


def _levers(decision: Decision) -> str:
    """What is open, best first, and with it what was not tried yet."""
    standings, approach = decision.standings, decision.framework.approach
    open_ones = [key for key in decision.matrix.ranking if standings[key].open]
    untried = [key for key in open_ones if not standings[key].tried]
    return ", ".join(set_apart(approach[key].name, lower(approach[key].name)) for key in untried or open_ones)


def _examples(decision: Decision) -> str:
    data = decision.data
    have = _("not counted yet") if data.labelled is None else _("{n} labelled").format(n=number(data.labelled))
    if not data.goal:
        return have
    if data.goal.examples_to:
        words = _("{have}; the goal usually takes {low} to {high} {unit}")
    else:
        words = _("{have}; the goal usually takes {low} or more {unit}")
    return words.format(
        have=have,
        low=number(data.goal.examples_from),
        high=number(data.goal.examples_to or 0),
        unit=data.goal.unit,
    )


def _money(decision: Decision) -> str:
    economics = decision.economics
    if economics is None or economics.investment is None:
        return _("not worked out yet.")
    investment = economics.investment
    only_if = is_if_tuned(decision.framework, whose=economics.approach, verdict=decision.approach)
    return f"{if_tuned(in_a_line(decision.framework, investment), applies=only_if)}."


def _plan(plan: PlanView) -> str:
    return "\n".join(
        f"- {phase.when}: {phase.title}. {' '.join(task.text for task in phase.tasks)} "
        + _("Go on if: {gate}").format(gate=phase.gate)
        for phase in plan.phases
    )
