"""The verdict as sentences: approach, action and strength."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assessments.engine.decision import Decision, Verdict
from assessments.framework import Framework

from .formats import count, listed, months, of_these, score
from .levers import open_ranking
from .money.outcome import at_the_start, comes_back
from .money.words import if_tuned, is_if_tuned
from .words import approach_in_words, in_words, why


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


NO_VERDICT, NOT_SETTLED = "No verdict yet", "Not yet"
"""What is said wherever a verdict would stand before enough is answered to speak of one, and of how firm it is."""
_MOST_QUESTIONS = 3
_TRIED = "tried"


_TONES: Mapping[str, tuple[Literal["go", "pilot", "other"], str]] = {
    "not_yet": ("other", "Open"),
    "confirm_first": ("pilot", "Confirm first"),
    "pilot": ("pilot", "Pilot"),
    "go": ("go", "Go"),
}


def verdict_words(framework: Framework, approach: str | None, action: str, wording: str = "") -> str:
    """What to do, in one sentence. `wording` is that of the approach's standing."""
    if approach is None:
        return NO_VERDICT
    chosen = framework.approach[approach]
    if action == "keep":
        return framework.verdict.actions[action]
    return chosen.said(wording) or (action == "fix_first" and chosen.verdict_fix_first) or chosen.verdict


def outcome_name(framework: Framework, approach: str, wording: str) -> str:
    """An approach's name where it may become the verdict, with a word on that it was tried."""
    name = framework.approach[approach].name
    return f"{name}, tried already" if wording == _TRIED else name


def headline_words(
    framework: Framework, approach: str | None, action: str, confirm: Sequence[str] = (), wording: str = ""
) -> str:
    """What to do; for tuning how far to go, as a second sentence, which names what to confirm where that is known."""
    said, actions = verdict_words(framework, approach, action, wording), framework.verdict.actions
    if approach is None or not framework.approach[approach].tuning or action not in actions:
        return said
    if action == "confirm_first" and not confirm:
        return f"{said} {framework.verdict.action_short[action]}."
    return f"{said} {in_words(framework, actions[action], {'confirm': tuple(confirm)})}"


def headline(decision: Verdict) -> Headline:
    tone, word = _TONES.get(decision.action, ("other", "No tuning now"))
    wording = decision.standings[decision.leads].wording
    title = headline_words(decision.framework, decision.approach, decision.action, decision.confirm, wording)
    return Headline(title=title, tone=tone, word=word)


def leading_words(framework: Framework, approach: str) -> str:
    """What leads, within a sentence: the name of the approach."""
    return f"“{framework.approach[approach].name}”"


_STABILITY = {"measured": "Measured", "settled": "Settled", "provisional": "Provisional", "leaning": "Leaning"}


def settled_word(*, settled: bool, begun: bool, stability: str | None = None) -> str:
    """How firm a verdict is, in a word."""
    if not begun:
        return NOT_SETTLED
    return _STABILITY[stability or ("settled" if settled else "provisional")]


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
    """Why this verdict, and how far it is from a full go; before there is one, what leads and what to answer next."""
    if not decision.has_begun:
        return _before_a_verdict(decision)
    if following := next_in_line(decision):
        return f"{why(decision)}{following}"
    if decision.action == "fix_first":
        return f"{why(decision)} {_what_would_lead(decision)}"
    if decision.action != "pilot":
        return why(decision)
    things = len(decision.missing_for_go)
    words = "thing is" if things == 1 else "things are"
    return f"{why(decision)} {count(things).capitalize()} {words} still missing for a full go."


def next_in_line(decision: Decision) -> str:
    """The next lever that is open and was not tried, where what leads was; empty where there is none."""
    nearest = open_ranking(decision)[1:2] if decision.standings[decision.leads].wording == _TRIED else ()
    return f" Not tried yet, and next in line: {leading_words(decision.framework, nearest[0])}." if nearest else ""


def _what_would_lead(decision: Decision) -> str:
    """The highest of the whole ranking, and the cheaper steps to confirm where their being open closes it."""
    framework, leader = decision.framework, decision.leader
    highest = f"{leading_words(framework, leader.approach)} would score highest."
    if "ceiling_open" not in leader.closed_by:
        return highest
    unsure = [key for key in framework.keys("ceiling") if decision.document.answers.unsure(key)]
    return f"{highest} To confirm first: {listed([f'“{framework.questions[key].label}”' for key in unsure])}."


def _before_a_verdict(decision: Decision) -> str:
    framework = decision.framework
    leads = f"What leads so far: {leading_words(framework, decision.leads)}."
    asked = [f"“{framework.questions[key].label}”" for key in decision.robustness.find_out_next[:_MOST_QUESTIONS]]
    return f"{leads} Answer next: {listed(asked)}." if asked else leads


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
    economics = decision.economics
    if economics and (investment := economics.investment):
        only_if = is_if_tuned(framework, whose=economics.approach, verdict=decision.approach)
        start, back = at_the_start(framework, investment.cash_flow.upfront), comes_back(investment)
        found += [
            KeyFigure(name=if_tuned(start.name, applies=only_if), value=start.value, small="work and training"),
            KeyFigure(
                name=if_tuned(back.name, applies=only_if),
                value=back.value,
                small=f"within {investment.horizon_months} months"
                if back.value == months(None)
                else f"against {approach_in_words(framework, investment.reference)}",
            ),
        ]
    return found
