"""The verdict as sentences: approach, action and strength."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from assessments.engine.decision import Decision, Verdict
from assessments.framework import Framework
from assessments.speaking import SpokenWords

from .formats import count, counted, listed, months, of_these, quoted, score
from .lenses import band_word
from .levers import open_ranking
from .money.outcome import at_the_start, comes_back
from .money.words import if_tuned, is_if_tuned
from .words import approach_in_words, in_words, labels, starting, why


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


NO_VERDICT = gettext_noop("No verdict yet")
_MOST_QUESTIONS = 3
_TRIED = "tried"


_TONES: Mapping[str, tuple[Literal["go", "pilot", "other"], str]] = {
    "not_yet": ("other", gettext_noop("Open")),
    "confirm_first": ("pilot", gettext_noop("Confirm first")),
    "pilot": ("pilot", gettext_noop("Pilot")),
    "go": ("go", gettext_noop("Go")),
}


def no_verdict() -> str:
    """What is said wherever a verdict would stand before enough is answered to speak of one."""
    return _(NO_VERDICT)


def not_settled() -> str:
    """And of how firm it is."""
    return _("Not yet")


def verdict_words(framework: Framework, approach: str | None, action: str, wording: str = "") -> str:
    """What to do, in one sentence. `wording` is that of the approach's standing."""
    if approach is None:
        return no_verdict()
    chosen = framework.approach[approach]
    if action == "keep":
        return framework.verdict.actions[action]
    return chosen.said(wording) or (action == "fix_first" and chosen.verdict_fix_first) or chosen.verdict


def outcome_name(framework: Framework, approach: str, wording: str) -> str:
    """An approach's name where it may become the verdict, with a word on that it was tried."""
    name = framework.approach[approach].name
    return _("{lever}, tried already").format(lever=name) if wording == _TRIED else name


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
    tone, word = _TONES.get(decision.action, ("other", gettext_noop("No tuning now")))
    wording = decision.standings[decision.leads].wording
    title = headline_words(decision.framework, decision.approach, decision.action, decision.confirm, wording)
    return Headline(title=title, tone=tone, word=_(word))


def leading_words(framework: Framework, approach: str) -> str:
    """What leads, within a sentence: the name of the approach."""
    return quoted(framework.approach[approach].name)


_STABILITY = SpokenWords(
    measured=gettext_noop("Measured"),
    settled=gettext_noop("Settled"),
    provisional=gettext_noop("Provisional"),
    leaning=gettext_noop("Leaning"),
)


def settled_word(*, settled: bool, begun: bool, stability: str | None = None) -> str:
    """How firm a verdict is, in a word."""
    if not begun:
        return not_settled()
    return _STABILITY[stability or ("settled" if settled else "provisional")]


def strength_sentence(decision: Decision) -> str:
    """How strong the case for tuning is, by the source's confidence score."""
    confidence = decision.lenses["confidence_score"]
    return _("The case for tuning is {band}: {reasons} reasons for, {against} against, a score of {score}.").format(
        band=band_word(confidence.band),
        reasons=of_these(decision.counts.indicators, len(decision.framework.keys("indicator"))),
        against=of_these(decision.counts.anti_indicators, len(decision.framework.keys("anti_indicator"))),
        score=score(confidence.value or 0),
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
    words = ngettext(
        "{Many} thing is still missing for a full go.", "{Many} things are still missing for a full go.", things
    )
    return f"{why(decision)} {words.format(Many=starting(count(things)))}"


def next_in_line(decision: Decision) -> str:
    """The next lever that is open and was not tried, where what leads was; empty where there is none."""
    nearest = open_ranking(decision)[1:2] if decision.standings[decision.leads].wording == _TRIED else ()
    if not nearest:
        return ""
    words = _("Not tried yet, and next in line: {lever}.")
    return f" {words.format(lever=leading_words(decision.framework, nearest[0]))}"


def _what_would_lead(decision: Decision) -> str:
    """The highest of the whole ranking, and the cheaper steps to confirm where their being open closes it."""
    framework, leader = decision.framework, decision.leader
    highest = _("{lever} would score highest.").format(lever=leading_words(framework, leader.approach))
    if "ceiling_open" not in leader.closed_by:
        return highest
    unsure = [key for key in framework.keys("ceiling") if decision.document.answers.unsure(key)]
    first = _("To confirm first: {questions}.").format(questions=listed(labels(framework, unsure)))
    return f"{highest} {first}"


def _before_a_verdict(decision: Decision) -> str:
    framework = decision.framework
    leads = _("What leads so far: {lever}.").format(lever=leading_words(framework, decision.leads))
    asked = labels(framework, decision.robustness.find_out_next[:_MOST_QUESTIONS])
    next_ones = _("Answer next: {questions}.").format(questions=listed(asked))
    return f"{leads} {next_ones}" if asked else leads


def figures(decision: Verdict) -> Sequence[KeyFigure]:
    framework = decision.framework
    found = [
        KeyFigure(
            name=_("Reasons for"),
            value=str(decision.counts.indicators),
            small=_("of {n}").format(n=len(framework.keys("indicator"))),
        ),
        KeyFigure(
            name=_("Reasons against"),
            value=str(decision.counts.anti_indicators),
            small=_("of {n}").format(n=len(framework.keys("anti_indicator"))),
        ),
    ]
    economics = decision.economics
    if economics and (investment := economics.investment):
        only_if = is_if_tuned(framework, whose=economics.approach, verdict=decision.approach)
        start, back = at_the_start(framework, investment.cash_flow.upfront), comes_back(investment)
        found += [
            KeyFigure(name=if_tuned(start.name, applies=only_if), value=start.value, small=_("work and training")),
            KeyFigure(
                name=if_tuned(back.name, applies=only_if),
                value=back.value,
                small=counted(investment.horizon_months, "within {n} months", "within {n} months")
                if back.value == months(None)
                else _("against {other}").format(other=approach_in_words(framework, investment.reference)),
            ),
        ]
    return found
