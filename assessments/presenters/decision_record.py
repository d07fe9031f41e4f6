"""The decision as a record that a team keeps beside its code, in the order of MADR 4."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from assessments.engine.decision import Decision, Standing

from .control import Stored
from .formats import listed, number
from .legal import present_legal
from .money.must_hold import present_must_hold
from .money.outcome import in_a_line
from .money.words import if_tuned, is_if_tuned
from .plan import present_plan
from .precedents import present_similar
from .robustness import present_settled
from .sign_off import ApprovalView, Row, hash_groups
from .trade_offs import gets_worse, trade_offs
from .verdict import headline, strength_sentence
from .words import gap_in_words, lower, opens_in_words, shortened, why

_LONGEST_TASK, _LONGEST_NAME = 600, 200
_MOST_CASES, _MOST_CHANGES = 3, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffTerms:
    """How the sign-off stands, who decided what, on which terms, and how all that is checked."""

    status: str
    standing: str
    people: Sequence[ApprovalView] = ()
    criteria: Sequence[Row] = ()
    validity: Sequence[str] = ()
    content_hash: str = ""
    check_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPart:
    """A heading of some level with what stands below it."""

    heading: str
    level: int = 2
    paragraphs: Sequence[str] = ()
    points: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRecord:
    """Texts that people typed stand in it as they were typed: whoever writes the file makes them harmless."""

    title: str
    status: str
    day: date
    decision_makers: Sequence[str]
    passages: Sequence[RecordPart]
    mark: str = ""
    """How confidential it is, in the workspace's words."""


def present_record(
    decision: Decision,
    agreement: SignOffTerms,
    *,
    task: str,
    answers: Mapping[str, Stored],
    on: date,
    left_out: Sequence[str] = (),
    mark: str = "",
) -> DecisionRecord:
    name = shortened(decision.document.name, _LONGEST_NAME)
    return DecisionRecord(
        title=f"{name}: {headline(decision).title}",
        status=agreement.status,
        day=on,
        decision_makers=[one.name for one in agreement.people],
        mark=mark,
        passages=[
            _context(decision, task, left_out),
            _drivers(decision),
            RecordPart(
                heading=_("Considered options"),
                points=[decision.framework.approach[key].name for key in in_order(decision)],
            ),
            *_outcome(decision, agreement, answers),
            RecordPart(heading=_("Pros and cons of the options")),
            *(_option(decision, key) for key in in_order(decision)),
            _more(decision, agreement),
            *_legal(decision, answers),
        ],
    )


def in_order(decision: Decision) -> Sequence[str]:
    """Every lever: the verdict, then what is open by rank, then what was tried, then what is closed."""

    def place(key: str) -> int:
        standing = decision.standings[key]
        return 0 if key == decision.approach else 3 if standing.closed_by else 2 if standing.tried else 1

    return sorted(decision.matrix.ranking, key=place)


def _context(decision: Decision, task: str, left_out: Sequence[str]) -> RecordPart:
    use_case = decision.document.use_case
    paragraphs = [shortened(task, _LONGEST_TASK)] if task else []
    facts = []
    if (volume := use_case.get("monthly_requests")) is not None:
        facts.append(_("{number} requests a month").format(number=number(volume)))
    if model := use_case.get("model"):
        facts.append(_("model in use: {model}").format(model=shortened(str(model), _LONGEST_NAME)))
    if facts:
        paragraphs.append(f"{listed(facts)}.")
    paragraphs.append(_("Should a model be tuned for this task, or is there a cheaper lever?"))
    if left_out:
        paragraphs.append(_("This copy leaves out {parts}.").format(parts=listed(list(left_out))))
    return RecordPart(heading=_("Context and problem statement"), paragraphs=paragraphs)


def _drivers(decision: Decision) -> RecordPart:
    framework, answers = decision.framework, decision.document.answers
    told = {"indicator": _("Reason for: {reason}"), "anti_indicator": _("Reason against: {reason}")}
    points = [
        words.format(reason=framework.questions[key].label)
        for role, words in told.items()
        for key in answers.those(framework.keys(role))  # type: ignore[arg-type]
    ]
    weights = decision.matrix.weights
    heaviest = sorted(framework.matrix.criteria, key=lambda one: -weights[one.key])[:3]
    weighs = _("What weighs most here: {criteria}")
    return RecordPart(
        heading=_("Decision drivers"),
        points=[*points, weighs.format(criteria=listed([lower(one.name) for one in heaviest]))],
    )


def _outcome(decision: Decision, agreement: SignOffTerms, answers: Mapping[str, Stored]) -> Sequence[RecordPart]:
    settled, missing = present_settled(decision), _("Missing for a full go: {gap}")
    return [
        RecordPart(
            heading=_("Decision outcome"),
            paragraphs=[_chosen(decision), f"{strength_sentence(decision)} {settled.word}: {settled.sentence}"],
            points=[
                missing.format(gap=gap_in_words(decision.framework, gap.code, gap.figures))
                for gap in decision.missing_for_go
            ],
        ),
        RecordPart(heading=_("Consequences"), level=3, points=_consequences(decision)),
        _confirmation(decision, agreement, answers),
    ]


def _chosen(decision: Decision) -> str:
    framework = decision.framework
    if decision.approach is None:
        leads = framework.approach[decision.leads].name
        return _("No option is chosen yet. What leads so far: “{lever}”.").format(lever=leads)
    chosen = _("Chosen option: “{lever}”.").format(lever=framework.approach[decision.approach].name)
    return f"{chosen} {headline(decision).title} {why(decision)}"


def _consequences(decision: Decision) -> Sequence[str]:
    good, bad = _("Good: {what}"), _("Bad: {what}")
    points = [good.format(what=words) for words in trade_offs(decision, decision.leads).good]
    worse = gets_worse(decision) or [_("none that the comparison shows")]
    points += [bad.format(what=words) for words in worse]
    economics = decision.economics
    if economics and (investment := economics.investment):
        only_if = is_if_tuned(decision.framework, whose=economics.approach, verdict=decision.approach)
        line = in_a_line(decision.framework, investment)
        shown = present_must_hold(decision, economics)
        if shown and shown.in_short:
            line = _("{money}; needs {condition}").format(money=line, condition=shown.in_short)
        points.append(if_tuned(line, applies=only_if))
    return points


def _confirmation(decision: Decision, agreement: SignOffTerms, answers: Mapping[str, Stored]) -> RecordPart:
    """How it will be seen whether the decision was right: what was agreed, else what the plan measures."""
    terms = [f"{row.name}: {row.words}" for row in agreement.criteria]
    met, still_open = _("Condition of {name}: {text} (met on {day})"), _("Condition of {name}: {text} (open)")
    conditions = [
        (met if point.met else still_open).format(name=one.name, text=point.text, day=point.met)
        for one in agreement.people
        for point in one.conditions
    ]
    to_measure, plan = _("Measure: {what}"), present_plan(decision, answers)
    measured = [] if terms else [to_measure.format(what=text) for text in plan.measures]
    return RecordPart(
        heading=_("Confirmation"),
        level=3,
        paragraphs=[agreement.standing],
        points=[*terms, *conditions, *agreement.validity, *measured],
    )


def _option(decision: Decision, key: str) -> RecordPart:
    framework = decision.framework
    approach, sides = framework.approach[key], trade_offs(decision, key)
    good, bad = _("Good, because {what}"), _("Bad, because {what}")
    return RecordPart(
        heading=approach.name,
        level=3,
        paragraphs=[approach.about, _standing(decision, key, decision.standings[key])],
        points=[
            *(good.format(what=words) for words in sides.good),
            *(bad.format(what=words) for words in sides.bad),
        ],
    )


def _standing(decision: Decision, key: str, standing: Standing) -> str:
    framework = decision.framework
    if key == decision.approach:
        return _("This is the verdict.")
    tried = _("Tried already.") + " " if standing.tried else ""
    if not standing.closed_by:
        return tried + _("Open.")
    gate = standing.closed_by[0]
    opens = opens_in_words(framework, gate)
    short = lower(framework.gate[gate].short)
    if not opens:
        return tried + _("Closed: {reason}.").format(reason=short)
    return tried + _("Closed: {reason}. What would open it: {step}").format(reason=short, step=lower(opens))


def _legal(decision: Decision, answers: Mapping[str, Stored]) -> Sequence[RecordPart]:
    """What a lawyer keeps, where something is to be tuned."""
    legal = present_legal(decision, answers)
    if not legal.tuned:
        return []
    rows = [f"{row.name}: {row.words}{f' ({row.note})' if row.note else ''}" for row in (*legal.points, *legal.exit)]
    facts = [f"{fact.words} {fact.address}" for fact in legal.facts]
    estimate = legal.compute.paragraphs if legal.compute else []
    return [
        RecordPart(heading=_("Legal and exit"), level=3, paragraphs=[*estimate, legal.caution], points=[*rows, *facts]),
    ]


def _more(decision: Decision, agreement: SignOffTerms) -> RecordPart:
    settled, framework = present_settled(decision), decision.framework
    ask, case = _("Find out next: {question}. {how}"), _("Published case: {title}, {year}. {outcome}. {source}")
    own = _("Case of our own: {title}, {year}. {outcome}. {source}")
    points = [ask.format(question=one.label, how=one.find_out) for one in settled.ask_next]
    points += [f"{one.condition}: {one.verdict}" for one in settled.changes[:_MOST_CHANGES]]
    points += [
        (own if one.own else case).format(title=one.title, year=one.year, outcome=one.outcome, source=one.source)
        for one in present_similar(decision).cases[:_MOST_CASES]
    ]
    points.append(_("Rules: {name}").format(name=framework.title))
    if agreement.content_hash:
        points.append(_("Content, SHA-256: {digits}").format(digits=hash_groups(agreement.content_hash)))
    if agreement.check_at:
        points.append(_("Check it at {address}").format(address=agreement.check_at))
    return RecordPart(heading=_("More information"), paragraphs=[settled.evidence], points=points)
