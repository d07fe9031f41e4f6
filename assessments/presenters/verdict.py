"""The verdict as sentences: approach, action and strength."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assessments.engine.decision import Decision, Verdict
from assessments.framework import Framework

from .formats import count, money, months, of_these, payback, score
from .words import approach_in_words, why


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The verdict in one or two sentences. The tone is told by a word and a shape as well."""

    title: str
    tone: Literal["go", "pilot", "other"]
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigure:
    """One of the few figures beside the verdict."""

    name: str
    value: str
    small: str


def headline_words(framework: Framework, approach: str, action: str) -> str:
    """What to do, and how, in one or two sentences."""
    chosen = framework.approach[approach]
    words = "fix_first_tuning" if action == "fix_first" and chosen.tuning else action
    return f"{chosen.verdict}. {framework.verdict.actions[words]}"


def headline(decision: Verdict) -> Headline:
    title = headline_words(decision.framework, decision.approach, decision.action)
    if decision.action == "go":
        return Headline(title=title, tone="go", word="Go")
    if decision.action == "pilot":
        return Headline(title=title, tone="pilot", word="Pilot")
    return Headline(title=title, tone="other", word="No tuning now")


def strength_sentence(decision: Decision) -> str:
    """How strong the case for tuning is, by the source's confidence score."""
    confidence = decision.lenses["confidence_score"]
    return (
        f"The case for tuning is {confidence.band}: "
        f"{of_these(decision.counts.indicators, len(decision.framework.keys('indicator')))} reasons for, "
        f"{of_these(decision.counts.anti_indicators, len(decision.framework.keys('anti_indicator')))} against, "
        f"a score of {score(confidence.value or 0)}."
    )


def lead_sentences(decision: Decision) -> str:
    """Why this verdict, and how far it is from a go."""
    if decision.action != "pilot" or not decision.missing_for_go:
        return why(decision)
    things = len(decision.missing_for_go)
    words = "thing is" if things == 1 else "things are"
    return f"{why(decision)} {count(things).capitalize()} {words} still missing for a go."


def figures(decision: Verdict) -> Sequence[KeyFigure]:
    framework = decision.framework
    found = [
        KeyFigure(
            name="Reasons for",
            value=str(decision.counts.indicators),
            small=f"of {len(framework.keys('indicator'))}",
        ),
        KeyFigure(
            name="Reasons against",
            value=str(decision.counts.anti_indicators),
            small=f"of {len(framework.keys('anti_indicator'))}",
        ),
    ]
    if decision.economics and (investment := decision.economics.investment):
        when = payback(investment.break_even_months, investment.durable_break_even_months)
        found += [
            KeyFigure(name="Upfront", value=money(investment.cash_flow.upfront), small="work and training"),
            KeyFigure(
                name="Pays back in",
                value=when,
                small=f"within {investment.horizon_months} months"
                if when == months(None)
                else f"against {approach_in_words(framework, investment.reference)}",
            ),
        ]
    return found
