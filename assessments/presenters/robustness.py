"""How settled the verdict is, in sentences: what it could still become, and what would change it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.engine.decision import Decision, Flip, Robustness, Verdict
from assessments.engine.robustness import DRAWS
from assessments.framework import Framework, Section

from .formats import count, listed, number, share
from .verdict import outcome_name, settled_word, verdict_words
from .within import set_apart
from .words import action_in_words, lower

_MOST_QUESTIONS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class PossibleOutcome:
    name: str
    share: str
    percent: int
    is_verdict: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionToAsk:
    """An open question worth an answer, with how to find out."""

    label: str
    find_out: str
    section: Section
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """If … happened, the verdict would be … ."""

    condition: str
    verdict: str
    find_out: str
    """How to find out whether it is so."""
    actionable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    word: str
    sentence: str
    evidence: str
    outcomes: Sequence[PossibleOutcome]
    ask_next: Sequence[QuestionToAsk]
    changes: Sequence[ChangeView]


def present_settled(decision: Decision) -> Settled:
    framework, robustness = decision.framework, decision.robustness
    return Settled(
        word=settled_word(settled=robustness.settled, begun=decision.has_begun, stability=robustness.stability),
        sentence=_sentence(decision),
        evidence=evidence_sentence(decision),
        outcomes=[
            PossibleOutcome(
                name=outcome_name(framework, key, decision.standings[key].wording),
                share=share(part) if part >= 0.005 else under_a_hundredth(),
                percent=max(1, round(part * 100)),
                is_verdict=key == decision.approach,
            )
            for key, part in robustness.possible_approaches.items()
        ],
        ask_next=[_question(framework, key) for key in robustness.find_out_next[:_MOST_QUESTIONS]],
        changes=[change_view(framework, change) for change in robustness.would_change],
    )


def under_a_hundredth() -> str:
    return _("under {share}").format(share=share(0.01))


def _sentence(decision: Decision) -> str:
    robustness = decision.robustness
    unsure = len(robustness.unsure)
    if decision.measured:
        return _("It was measured, so open answers decide nothing any more.")
    if not unsure:
        return _("All the answers that can decide are known.")
    estimate = _("This is an estimate from {n} draws.").format(n=number(DRAWS))
    how = "" if robustness.exact else f" {estimate}"
    if robustness.settled:
        words = ngettext(
            "Whatever comes of the answer that is open, the verdict stays.",
            "Whatever comes of the {many} answers that are open, the verdict stays.",
            unsure,
        )
        return f"{words.format(many=count(unsure))}{how}"
    part = robustness.possible_approaches.get(decision.leads, 0.0)
    if robustness.exact:
        words = ngettext(
            "The answer that is open could still change it. By what is usual it stays in {share} of the cases.",
            "The {many} answers that are open could still change it. "
            "By what is usual it stays in {share} of the cases.",
            unsure,
        )
    else:
        words = ngettext(
            "The answer that is open could still change it. By what is usual it stays in about {share} of the cases.",
            "The {many} answers that are open could still change it. "
            "By what is usual it stays in about {share} of the cases.",
            unsure,
        )
    return f"{words.format(many=count(unsure), share=share(part))}{how}"


def evidence_sentence(decision: Decision) -> str:
    """What is left of the verdict when opinions do not count."""
    firm, framework = decision.on_evidence_alone, decision.framework
    if (firm.approach, firm.action) == (decision.approach, decision.action):
        return _("On documented and measured answers alone, the verdict is the same.")
    if firm.approach is None:
        return _("On documented and measured answers alone there would be no verdict yet. The rest is opinion so far.")
    if firm.approach == decision.approach:
        ours, firm_action = (action_in_words(framework, action) for action in (decision.action, firm.action))
        return _("On documented and measured answers alone it would be {action}, not {ours}.").format(
            action=firm_action, ours=ours
        )
    words = verdict_words(framework, firm.approach, firm.action, decision.standings[firm.approach].wording)
    return _("On documented and measured answers alone it would be: {verdict} The rest is opinion so far.").format(
        verdict=set_apart(words, lower(words))
    )


def _question(framework: Framework, key: str) -> QuestionToAsk:
    question = framework.questions[key]
    return QuestionToAsk(
        label=question.label,
        find_out=question.find_out,
        section=framework.section_of[key],
        anchor=f"q-{key}",
    )


def change_view(framework: Framework, change: Flip) -> ChangeView:
    conditions = [
        framework.questions[key].if_yes if value == "yes" else framework.questions[key].if_no
        for key, value in change.flip.items()
    ]
    return ChangeView(
        condition=_("If {conditions}").format(conditions=listed(conditions)),
        verdict=verdict_words(framework, change.approach, "", change.wording).rstrip("."),
        find_out=" ".join(framework.questions[key].find_out for key in change.flip),
        actionable=change.actionable,
    )


def stability_clause(verdict: Verdict, robustness: Robustness) -> str:
    """What the verdict could still become, in a clause."""
    if verdict.measured:
        return _("The measurement decides, not the answers")
    if robustness.settled:
        return _("No open answer can change it")
    unsure = len(robustness.unsure)
    others = [
        outcome_name(verdict.framework, key, verdict.standings[key].wording)
        for key in robustness.possible_approaches
        if key != verdict.leads
    ]
    if len(others) == 1:
        words = ngettext("{n} open answer could make it {other}", "{n} open answers could make it {other}", unsure)
        return words.format(n=unsure, other=others[0])
    return ngettext("{n} open answer could still change it", "{n} open answers could still change it", unsure).format(
        n=unsure
    )
