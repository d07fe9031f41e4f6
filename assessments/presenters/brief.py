"""The brief: what to do, how sure it is, what it costs and what stands in the way, on one page."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from assessments.engine.decision import Decision
from assessments.engine.lenses.decision_tree import ceiling_steps
from assessments.framework.schema import Role
from assessments.speaking import speaks_german

from .before_you_start import BeforeLine, present_before
from .certainty import Scale, present_certainty
from .control import Stored
from .formats import count, counted, listed, money, number, share, short_name, spelt
from .legal import present_legal
from .levers import LeverView, present_levers
from .measured.comparison import measured_in_short
from .money.cheapest import price_to_beat
from .money.must_hold import present_must_hold
from .money.outcome import at_the_start, comes_back
from .money.words import IF_TUNED
from .plan import PhaseView, present_plan
from .robustness import PossibleOutcome, QuestionToAsk, present_settled
from .sources import told_sentence
from .verdict import Headline, KeyFigure, headline, leading_words, next_in_line
from .why import StanceCount, methods_tally
from .within import set_apart
from .words import approach_in_words, lower, small, starting, why

_MOST_ROWS = 6
_ONE_ROW = 60
_MOST_REASONS = 2
_SHORTEST_TASK = 20
_PAUSES = r"[,:;.?](?=\s|$)|\s(?=(?:by|that|where|for|with|on) )"
_PAUSES_DE = r",(?=\s[^A-ZÄÖÜ])|[:;.?](?=\s|$)|\s(?=(?:damit|für) )"
"""A German verb often ends after what is listed, or after a “nach” or a “mit”: neither is a pause there."""
_MOTIVES = ("data_sovereignty", "cost_optimization", "latency_requirements")
"""Reasons to change something though the prompt does the job."""
_REASONS: Mapping[str, str] = {
    "consistent_behavior": gettext_noop("every answer must keep to one form"),
    "domain_knowledge": gettext_noop("the model needs concepts of your own"),
    "brand_voice": gettext_noop("the text must sound like you"),
    "cost_optimization": gettext_noop("each request costs too much"),
    "latency_requirements": gettext_noop("answers must come faster"),
    "data_sovereignty": gettext_noop("data must stay in your own hands"),
    "changing_requirements": gettext_noop("the task or its rules keep changing"),
    "low_volume": gettext_noop("there are few requests"),
    "exploration_phase": gettext_noop("what users need is still open"),
    "insufficient_data": gettext_noop("good examples are few"),
    "prompts_succeed": gettext_noop("the prompt in use does the job"),
}
"""What a reason says of this case, within a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekView:
    when: str
    title: str
    text: str

    @property
    def number(self) -> str:
        """The weeks as figures, for where there is no room for more."""
        return "–".join(re.findall(r"\d+", self.when)) or "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefView:
    name: str
    facts: str
    begun: bool
    """Whether there is a verdict to speak of."""
    headline: Headline
    own_facts: str
    """The verdict's grounds in the case's own facts, or what leads so far."""
    price_to_beat: str
    """What the cheapest current model would cost, where cost or speed is a motive; or empty."""
    numbers: Sequence[KeyFigure]
    certainty: Sequence[Scale]
    told: str
    """How much of it an agent told and no person has confirmed; or empty."""
    before: Sequence[BeforeLine]
    levers_heading: str
    levers: Sequence[LeverView]
    all_levers: str
    """How many there are, in a word."""
    weeks_heading: str
    weeks: Sequence[WeekView]
    legal: str
    """Legal and exit in a line where the verdict tunes, else empty."""
    tally: Sequence[StanceCount]
    ask_next: Sequence[QuestionToAsk]
    outcomes: Sequence[PossibleOutcome]


def present_brief(
    decision: Decision, *, answers: Mapping[str, Stored], today: date, left_out: Sequence[str] = ()
) -> BriefView:
    settled, plan, legal = present_settled(decision), present_plan(decision, answers), present_legal(decision, answers)
    weeks = [phase for phase in plan.phases if phase.state != "done"][: _MOST_ROWS - 1]
    return BriefView(
        name=decision.document.name,
        facts=facts_line(decision),
        begun=decision.has_begun,
        headline=headline(decision),
        own_facts=own_facts(decision),
        price_to_beat="" if "costs" in left_out else price_to_beat(decision),
        numbers=_numbers(decision, left_out),
        certainty=present_certainty(decision, decision.robustness),
        told=told_sentence(decision.document.origins),
        before=_before(decision, today),
        levers_heading=_("Why not the cheaper lever?") if decision.is_tuning else _("Why not the other levers?"),
        levers=_levers(decision),
        all_levers=count(len(decision.standings)),
        weeks_heading=spelt(decision.plan.weeks, "Next {n} week", "Next {n} weeks"),
        weeks=[WeekView(when=phase.when, title=phase.title, text=_first_task(phase)) for phase in weeks],
        legal=legal.line if legal.tuned else "",
        tally=methods_tally(decision),
        ask_next=settled.ask_next,
        outcomes=settled.outcomes,
    )


def _before(decision: Decision, today: date) -> Sequence[BeforeLine]:
    """The most pressing lines; a long one, such as of a model that ends, takes the room of two."""
    lines = present_before(decision, decision.robustness, today)[:_MOST_ROWS]
    return lines[: _MOST_ROWS - sum(len(line.text) > _ONE_ROW for line in lines)]


def facts_line(decision: Decision) -> str:
    """What the case is, in numbers and names: volume, model, kind of task."""
    use_case, framework = decision.document.use_case, decision.framework
    volume = use_case.get("monthly_requests")
    kinds = {
        option.value: option.label for option in framework.questions["task_kind"].options if option.value != "other"
    }
    facts = [
        _("{number} requests a month").format(number=number(volume)) if volume is not None else "",
        str(use_case.get("model") or ""),
        small(kinds.get(str(use_case.get("task_kind") or ""), "")),
    ]
    return starting(", ".join(fact for fact in facts if fact))


def own_facts(decision: Decision) -> str:
    """One sentence on what the verdict rests on, in the case's own facts."""
    if not decision.has_begun:
        return _("What leads so far: {lever}.").format(lever=leading_words(decision.framework, decision.leads))
    if decision.measured and (found := decision.document.comparison):
        return measured_in_short(decision.framework, found, decision.measured)
    facts = [fact for fact in (_ceiling(decision), _failures(decision), *_reasons(decision)) if fact]
    return f"{_grounds(decision, facts) if facts else why(decision)}{next_in_line(decision)}"


def _grounds(decision: Decision, facts: Sequence[str]) -> str:
    told, motive = starting(listed(facts)), _motive(decision)
    return _("{facts}, but {motive}.").format(facts=told, motive=motive) if motive else f"{told}."


def _motive(decision: Decision) -> str:
    """What is wrong all the same where the target is met; empty where it is missed."""
    answers = decision.document.answers
    if decision.is_tuning or not (answers.yes("prompts_succeed") or answers.value("target_missed") == "no"):
        return ""
    held = answers.those(_MOTIVES)
    return _(_REASONS[held[0]]) if held else ""


def _ceiling(decision: Decision) -> str:
    """How far prompt work has come."""
    if decision.document.answers.yes("prompts_succeed"):
        return ""  # told as a reason
    node = decision.path[0]
    if node.outcome == "yes":
        return _("prompt work is exhausted")
    skipped = len(decision.document.answers.those(ceiling_steps(decision.framework), "no"))
    left = skipped or node.of - node.count
    if not left:
        return _("the target is met") if node.outcome == "no" else ""
    if skipped:
        told = ngettext(
            "{left} of {of} prompt steps is not done yet", "{left} of {of} prompt steps are not done yet", left
        )
    else:
        told = ngettext(
            "{left} of {of} prompt steps is not known to be done",
            "{left} of {of} prompt steps are not known to be done",
            left,
        )
    return told.format(left=count(left), of=count(node.of))


def _failures(decision: Decision) -> str:
    """The kind of failure that most are of; without one, the group that they have in common."""
    diagnosis, framework = decision.diagnosis, decision.framework
    if not diagnosis.sample:
        return ""
    failures = decision.document.failures
    mode = max(failures, key=lambda key: failures[key])
    group = max(diagnosis.groups, key=lambda one: one.count)
    if failures[mode] * 2 > diagnosis.sample:
        part, name = failures[mode] / diagnosis.sample, framework.questions[mode].label
    else:
        part, name = group.share, next(one.name for one in framework.failure_groups if one.key == group.key)
    told = ngettext("{share} of {n} failure are {name}", "{share} of {n} failures are {name}", diagnosis.sample)
    short = short_name(name)
    return told.format(share=share(part), n=number(diagnosis.sample), name=set_apart(short, lower(short)))


def _reasons(decision: Decision) -> Sequence[str]:
    """The weightiest reasons on the side that the verdict takes."""
    framework, answers = decision.framework, decision.document.answers
    role: Role = "indicator" if decision.is_tuning else "anti_indicator"
    held = sorted(answers.those(framework.keys(role)), key=lambda key: -framework.weight(key))
    first = held[:_MOST_REASONS]
    return [_(_REASONS[key]) if key in _REASONS else lower(framework.questions[key].label) for key in first]


def _numbers(decision: Decision, left_out: Sequence[str]) -> Sequence[KeyFigure]:
    """Three numbers: what it costs, when it comes back, and what is missing."""
    if not decision.has_begun:
        return ()
    costs = () if "costs" in left_out else _money(decision)
    return (*(costs or _counts(decision)), _missing(decision))


def _money(decision: Decision) -> Sequence[KeyFigure]:
    """The verdict's own figures where it tunes or is priced in detail, else those of tuning, called so."""
    economics = decision.economics
    if economics is None or economics.investment is None:
        return ()
    investment = economics.investment
    start, back = at_the_start(decision.framework, investment.cash_flow.upfront), comes_back(investment)
    between, needs = _between(decision), _payback_between(decision)
    if decision.is_tuning or economics.approach == decision.approach:
        return (
            KeyFigure(name=start.name, value=start.value, small=between or _("work")),
            KeyFigure(name=back.name, value=back.value, small=needs or _("at the likely figures")),
        )
    return (
        KeyFigure(name=_(IF_TUNED), value=start.value, small=f"{lower(start.name)}; {between}".removesuffix("; ")),
        KeyFigure(name=_(IF_TUNED), value=back.value, small=needs or _("until it has paid back")),
    )


def _between(decision: Decision) -> str:
    """The range of the upfront cost, where all of it is one."""
    span, sign = decision.upfront_range, decision.framework.sign
    return _span(money(span[0], sign), money(span[1], sign)) if span and span[0] >= 0 else ""


def _span(low: str, high: str) -> str:
    return _("{low} to {high}").format(low=low, high=high)


def _payback_between(decision: Decision) -> str:
    """The range of payback over the figure that matters most among those with one, and what it must be."""
    hangs, economics = decision.payback_range, decision.economics
    if hangs is None or economics is None or economics.investment is None:
        return ""
    if economics.investment.cash_flow.upfront <= 0:
        reference = approach_in_words(decision.framework, economics.reference)
        return _("against {approach}").format(approach=reference)
    best, worst = (_("never") if end is None else number(round(end, 1)) for end in (hangs.best, hangs.worst))
    span = _span(best, worst) if best != worst else ""
    shown = present_must_hold(decision, economics)
    is_shown = shown and hangs.compared_with and shown.in_short
    needs = _("needs {condition}").format(condition=shown.in_short) if shown and is_shown else ""
    return "; ".join(part for part in (span, needs) if part)


def _counts(decision: Decision) -> Sequence[KeyFigure]:
    """Where no costs are known."""
    counts, framework = decision.counts, decision.framework
    return (
        KeyFigure(name=_("Reasons for"), value=str(counts.indicators), small=_of(len(framework.keys("indicator")))),
        KeyFigure(
            name=_("Reasons against"),
            value=str(counts.anti_indicators),
            small=_of(len(framework.keys("anti_indicator"))),
        ),
    )


def _of(total: int) -> str:
    return _("of {total}").format(total=total)


def _missing(decision: Decision) -> KeyFigure:
    """What stands between this verdict and a full go."""
    framework = decision.framework
    if decision.is_tuning:
        missing = len(decision.missing_for_go)
        return KeyFigure(
            name=_("For a full go"),
            value=counted(missing, "{n} missing", "{n} missing") if missing else _("Nothing missing"),
            small=_("see the plan"),
        )
    if decision.measured and decision.measured.challenger:
        cases = decision.measured.challenger.pair.cases
        return KeyFigure(
            name=_("Measured"), value=counted(cases, "{n} case", "{n} cases"), small=_("the comparison decides")
        )
    closed_by = decision.leader.closed_by
    leader = framework.approach[decision.leader.approach].name
    if not closed_by:
        return KeyFigure(name=_("Levers open"), value=str(len(_open(decision))), small=_of(len(decision.standings)))
    return KeyFigure(
        name=_("Before tuning") if framework.approach[decision.leader.approach].tuning else _("In the way"),
        value=counted(len(closed_by), "{n} to clear", "{n} to clear"),
        small=_("{lever} would score highest").format(lever=leader),
    )


def _open(decision: Decision) -> Sequence[str]:
    return [key for key, standing in decision.standings.items() if standing.open]


def _levers(decision: Decision) -> Sequence[LeverView]:
    """The levers that people ask about: beside tuning the cheaper ones, beside another lever the leader first."""
    others = [lever for lever in present_levers(decision) if lever.state != "verdict"]
    if decision.is_tuning:
        cheaper = [lever for lever in others if not lever.tuning]
        return sorted(cheaper, key=lambda lever: ("tried", "open", "closed").index(lever.state))[:_MOST_ROWS]
    leads = decision.leader.approach
    return sorted(others, key=lambda lever: lever.key != leads)[:_MOST_ROWS]


def _first_task(phase: PhaseView) -> str:
    """What a phase begins with: the first thing that is not done, up to the first pause that leaves enough to read."""
    text = next((task.text for task in phase.tasks if not task.done), "")
    pauses = (pause.start() for pause in re.finditer(_PAUSES_DE if speaks_german() else _PAUSES, text))
    return text[: next((place for place in pauses if place >= _SHORTEST_TASK), len(text))]
