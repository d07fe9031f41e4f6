"""Legal and exit in words: compute against the line, what is to be settled, the way out, and the facts behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, pgettext

from assessments.engine.decision import Decision, TrainingCompute, Verdict
from assessments.engine.economics.compute import TrainingFactor, training_compute
from assessments.engine.legal import LegalPoint, legal_points
from assessments.framework import Framework
from assessments.framework.legal import LegalFact
from assessments.framework.market import Offer

from .control import Stored
from .formats import day, listed, number
from .large_numbers import in_large_units, part_of, powers
from .review import AnswerRow, answer_row
from .words import shortened, starting

_LONGEST = 120
_EXIT = ("weights_ours", "notice_months", "exit_cost")
_LICENCE_NAME = "legal.base_licence_name"
_STATES: Mapping[str, Literal["done", "warn", "todo"]] = {"settled": "done", "no": "warn", "open": "todo"}
_MARKS = {
    "provider": gettext_noop("its author’s own page"),
    "copy": gettext_noop("a stored copy of its author’s page"),
    "secondary": gettext_noop("read in a secondary source"),
    "unsure": gettext_noop("sources disagree"),
}
_FROM = {
    "costs": gettext_noop("entered among the costs"),
    "readiness": gettext_noop("labelled today"),
    "goal": gettext_noop("the upper end of what the goal asks for"),
    "ours": gettext_noop("our suggestion"),
}
_LINES = {
    "original": gettext_noop("The line is {line} FLOP, {part} of the {original} that training the base took."),
    "unknown": gettext_noop(
        "The line is {line} FLOP, {part} of the {original} that stand for a base whose training compute is not known."
    ),
    "systemic_risk": gettext_noop(
        "The line is {line} FLOP, {part} of the {original} that stand for a base with systemic risk."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalFactView:
    """A fact in our words, with who says so, when it was read, and how sure that is."""

    text: str
    source: str
    address: str
    read: str

    @property
    def words(self) -> str:
        """All of it, as it stands where nothing can be followed."""
        return f"{self.text} {self.source}; {self.read}."


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputeView:
    """The estimate: what it comes to, how it was counted, what it is held against."""

    short: str
    """How much of the line it is; empty where that is not known."""
    sentence: str
    formula: str
    line: str
    reach: str
    guidance: LegalFactView

    @property
    def paragraphs(self) -> Sequence[str]:
        return [self.sentence, self.formula, f"{self.line} {self.reach}", self.guidance.words]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalRow:
    """One point or term: what was answered or picked, and where it came from."""

    name: str
    words: str
    state: Literal["done", "warn", "todo"]
    note: str = ""
    """What shows it, or where it came from."""
    anchor: str = ""
    """Where it is answered; empty where it came from an offer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalView:
    """The block; where nothing is tuned it is one line that says so."""

    tuned: bool
    line: str
    """All of it in a line, which fits a row of the brief."""
    compute: ComputeView | None
    points: Sequence[LegalRow]
    exit: Sequence[LegalRow]
    facts: Sequence[LegalFactView]
    caution: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideLegal:
    """What stands beside the questions: the estimate so far, and the facts."""

    compute: ComputeView | None
    facts: Sequence[LegalFactView]
    caution: str


def present_beside(verdict: Verdict) -> BesideLegal:
    framework = verdict.framework
    compute = training_compute(framework, verdict.document, verdict.leads)
    return BesideLegal(
        compute=present_compute(framework, compute), facts=_facts(framework), caution=framework.legal.caution
    )


def law_in_short(framework: Framework) -> Sequence[str]:
    """How the estimate is made, whatever the case, and what the line is worth."""
    line, guidance = framework.legal.line, fact_view(framework.legal.fact[framework.legal.line.fact])
    unknown = powers(line.original_unknown / line.one_in)
    return [
        _(
            "The compute of a planned training is {flop} FLOP for each parameter and trained token, which is too high "
            "for a small adapter. It stands beside {part} of what training the base took, or beside {unknown} FLOP "
            "where nobody knows that."
        ).format(flop=number(line.flop_per_parameter_and_token), part=part_of(1 / line.one_in), unknown=unknown),
        guidance.words,
        " ".join([_("Nothing of it moves the verdict."), framework.legal.caution]),
    ]


def present_legal(decision: Decision, answers: Mapping[str, Stored]) -> LegalView:
    """The block for a verdict; what was answered counts whatever the verdict."""
    framework = decision.framework
    points = legal_points(framework, decision.document)
    compute = present_compute(framework, decision.compute)
    return LegalView(
        tuned=decision.has_begun and decision.is_tuning,
        line=_line(compute, points),
        compute=compute,
        points=[_point(framework, point, answers) for point in points],
        exit=_exit(decision, answers),
        facts=_facts(framework),
        caution=framework.legal.caution,
    )


def present_compute(framework: Framework, compute: TrainingCompute | None) -> ComputeView | None:
    """The estimate in words; None without the size of the base model."""
    if compute is None:
        return None
    line, original = framework.legal.line, compute.line * framework.legal.line.one_in
    return ComputeView(
        short=_short(compute.share) if compute.share else "",
        sentence=_sentence(compute),
        formula=_formula(compute, line.flop_per_parameter_and_token),
        line=_(_LINES[compute.line_basis]).format(
            line=powers(compute.line), part=part_of(1 / line.one_in), original=powers(original)
        ),
        reach=_("At this size {tokens} trained tokens would reach it.").format(
            tokens=in_large_units(compute.tokens_to_line)
        ),
        guidance=fact_view(framework.legal.fact[line.fact]),
    )


def _sentence(compute: TrainingCompute) -> str:
    if compute.flop is None:
        return _("How many tokens would be trained is not known: count your examples or choose a goal.")
    share = compute.flop / compute.line
    if share < 1:
        words = _("The training would take about {flop} FLOP, {part} of the indicative line of the EU’s guidance.")
    else:
        words = _("The training would take about {flop} FLOP, {times} times the indicative line of the EU’s guidance.")
    said = words.format(flop=powers(compute.flop), part=part_of(share), times=_times(share))
    if share <= 1:
        return said
    above = _("Above it, whoever changes a model may be taken to be its provider: ask a lawyer.")
    return f"{said} {above}"


def _short(share: float) -> str:
    words = _("{part} of the EU’s line") if share < 1 else _("{times} times the EU’s line")
    return words.format(part=part_of(share), times=_times(share))


def _times(share: float) -> str:
    return number(float(f"{share:.2g}"))


def _formula(compute: TrainingCompute, per: float) -> str:
    size = _("{flop} × {parameters} parameters").format(flop=number(per), parameters=in_large_units(compute.parameters))
    if compute.tokens is None:
        return _("{size} × the trained tokens.").format(size=size)
    product = " × ".join(f"{number(one.value)} {_unit(one)}" for one in compute.factors)
    told = [
        f"{listed([_unit(one) for one in compute.factors if one.basis == basis])}: {_(words)}"
        for basis, words in _FROM.items()
        if any(one.basis == basis for one in compute.factors)
    ]
    tokens = in_large_units(compute.tokens)
    return _(
        "{size} × {tokens} tokens ({product}). {told}. An upper estimate where only an adapter is trained."
    ).format(size=size, tokens=tokens, product=product, told=starting("; ".join(told)))


def _unit(factor: TrainingFactor) -> str:
    many = 1 if factor.value == 1 else 2
    return {
        "labelled_examples": ngettext("example", "examples", many),
        "training_tokens_per_example": ngettext("token each", "tokens each", many),
        "training_epochs": ngettext("pass", "passes", many),
        "training_runs": ngettext("run", "runs", many),
    }[factor.key]


def _line(compute: ComputeView | None, points: Sequence[LegalPoint]) -> str:
    """Compute and points in a line."""
    settled = sum(point.stand == "settled" for point in points)
    told = _("{settled} of {points} settled").format(settled=settled, points=len(points))
    return f"{compute.short}, {told}" if compute and compute.short else told


def _point(framework: Framework, point: LegalPoint, answers: Mapping[str, Stored]) -> LegalRow:
    row = answer_row(framework.section_of[point.key], framework.questions[point.key], answers)
    named = answers.get(_LICENCE_NAME) if point.key == "base_licence" else None
    name = f" ({shortened(str(named.value), _LONGEST)})" if named and named.value else ""
    return LegalRow(
        name=row.question.label,
        words=f"{row.words or pgettext('answer', 'Open')}{name}",
        state=_STATES[point.stand],
        note=_shown_by(row),
        anchor=row.anchor,
    )


def _shown_by(row: AnswerRow) -> str:
    """What shows an answer, with how strong that is."""
    shown = shortened(row.evidence or row.link, _LONGEST)
    return f"{row.strength}: {shown}" if shown else ""


def _exit(decision: Decision, answers: Mapping[str, Stored]) -> Sequence[LegalRow]:
    """What the picked offer says of weights, notice, end and service level, else what was typed; cost of leaving."""
    offer, typed = _picked(decision), {key: _typed(decision.framework, key, answers) for key in _EXIT}
    if offer is None:
        return list(typed.values())
    weights, notice, leaving = typed.values()
    said = {
        weights.name: _("Yes") if offer.own_weights else _("No"),
        notice.name: offer.notice,
        _("End of serving"): day(offer.ends_on) if offer.ends_on else _("No day announced"),
        _("Service level"): offer.sla,
    }
    note = f"{offer.provider}, {offer.model}; {_(_MARKS[offer.mark])}, {day(offer.as_of)}"
    rows = [LegalRow(name=name, words=words, state="done", note=note) for name, words in said.items() if words]
    return [*rows, *([] if offer.notice else [notice]), leaving]


def _picked(decision: Decision) -> Offer | None:
    """The offer whose prices were copied in for what leads."""
    origins = decision.document.cost_origins.get(decision.leads)
    return decision.framework.market.offer.get(origins.offer.offer) if origins and origins.offer else None


def _typed(framework: Framework, key: str, answers: Mapping[str, Stored]) -> LegalRow:
    row = answer_row(framework.section_of[key], framework.questions[key], answers)
    return LegalRow(
        name=row.question.label,
        words=row.words or pgettext("answer", "Open"),
        state="done" if row.known else "todo",
        note=_shown_by(row),
        anchor=row.anchor,
    )


def _facts(framework: Framework) -> Sequence[LegalFactView]:
    """All but the one that stands with the estimate."""
    return [fact_view(fact) for fact in framework.legal.facts if fact.key != framework.legal.line.fact]


def fact_view(fact: LegalFact) -> LegalFactView:
    return LegalFactView(
        text=fact.text,
        source=fact.source,
        address=fact.address,
        read=f"{_(_MARKS[fact.mark])}, {day(fact.as_of)}",
    )
