"""What to know about the recommended approach, and the other kinds of model beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.engine.decision import Decision
from assessments.framework.guide import Advice, ModelChoice, Pattern, TuningMethod, Way
from assessments.framework.schema import Goal, OtherRange

from .formats import day, listed, number, quoted
from .words import lower, starting


@dataclass(frozen=True, slots=True, kw_only=True)
class TuningMethodView:
    method: TuningMethod
    advised: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceView:
    choice: ModelChoice
    ours: str
    """What the recommended approach has to do with it, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    name: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceView:
    heading: str
    about: str
    works: str
    fails: str
    stops: Sequence[str]
    facts: Sequence[Fact]
    """The kind of tuning for the goal: empty where nothing is tuned or no goal is named."""
    methods: Sequence[TuningMethodView]
    method: TuningMethod | None
    method_because: str
    pattern: Pattern | None
    pattern_because: str
    others: Sequence[Pattern]
    ways: Sequence[Way]
    """Ways to do it that fit these answers, each with what somebody found."""
    ways_read: str
    """When their facts were read."""
    choices: Sequence[ChoiceView]
    sources: str


def present_guidance(decision: Decision) -> GuidanceView:
    framework, guidance = decision.framework, decision.guidance
    texts, approach = framework.guide.guidance, framework.approach[decision.leads]
    ours = _("The verdict") if len(guidance.choices) == 1 else _("Part of the verdict")
    return GuidanceView(
        heading=_("About this lever: {lever}").format(lever=lower(approach.name)),
        about=approach.about,
        works=guidance.guide.works.text,
        fails=guidance.guide.fails.text,
        stops=[stop.text for stop in guidance.guide.stops],
        facts=_facts(decision),
        methods=[TuningMethodView(method=method, advised=method is guidance.method) for method in texts.methods],
        method=guidance.method,
        method_because=_because(guidance.method_because),
        pattern=guidance.pattern,
        pattern_because=_because(guidance.pattern_because),
        others=[pattern for pattern in texts.patterns if pattern is not guidance.pattern],
        ways=guidance.ways,
        ways_read=day(texts.facts_read),
        choices=[
            ChoiceView(choice=choice, ours=ours if choice in guidance.choices else "") for choice in texts.choices
        ],
        sources=_sources(decision),
    )


def _because(advice: Advice | None) -> str:
    return advice.because if advice else ""


def _facts(decision: Decision) -> Sequence[Fact]:
    """Kind of tuning, examples and compute for the first goal of the plan. [framework]"""
    if not decision.goals or decision.data.goal is None:
        return ()
    goal = decision.data.goal
    return (
        Fact(name=_("Kind of tuning"), words=starting(goal.kind)),
        Fact(name=_("Examples"), words=f"{range_words(goal)} {goal.unit}"),
        *(Fact(name=other.by, words=f"{range_words(other)} {goal.unit}") for other in goal.others),
        Fact(name=_("Computing power"), words=starting(goal.compute)),
    )


def range_words(asked: Goal | OtherRange) -> str:
    """How many examples are asked for.

    >>> range_words(OtherRange(by="", examples_from=500, examples_to=5000))
    '500 to 5,000'
    """
    if not asked.examples_to:
        return _("{number} or more").format(number=number(asked.examples_from))
    return _("{low} to {high}").format(low=number(asked.examples_from), high=number(asked.examples_to))


def _sources(decision: Decision) -> str:
    """The texts that this advice comes from."""
    guidance = decision.guidance
    used = {guidance.guide.works.source, guidance.guide.fails.source}
    used |= {choice.source for choice in guidance.choices}
    for part in (guidance.method, guidance.method_because, guidance.pattern, guidance.pattern_because):
        used |= {part.source} if part else set()
    names = [citation.name for citation in decision.framework.citations if citation.key in used]
    return listed([name if "„" in name else quoted(name) for name in names])
