"""What each published rule says, side by side, and where they part ways."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.engine.decision import Decision, LensResult
from assessments.engine.lenses.production_rule import SIGN

from .formats import STANCE_WORDS, count, listed, number, score
from .words import condition_in_words, in_words, small


@dataclass(frozen=True, slots=True, kw_only=True)
class LooksAt:
    """One thing that a lens looked at. `met` is None where nobody knows yet."""

    text: str
    met: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LensView:
    key: str
    name: str
    rule: str
    stance: str
    icon: str
    stance_words: str
    words: str
    because: str
    """What made the stance, in a line."""
    conditions: Sequence[LooksAt]
    source: str


def present_lenses(decision: Decision) -> Sequence[LensView]:
    framework = decision.framework
    return [
        LensView(
            key=key,
            name=framework.lens[key].name,
            rule=in_words(framework, framework.lens[key].rule),
            stance=lens.stance,
            icon=STANCE_ICONS[lens.stance],
            stance_words=STANCE_WORDS[lens.stance],
            words=_words(lens),
            because=_because(decision, lens),
            conditions=[
                LooksAt(text=condition_in_words(framework, key, condition), met=condition.met)
                for condition in lens.conditions
            ],
            source=framework.citation[framework.lens[key].source].name,
        )
        for key, lens in decision.lenses.items()
    ]


STANCE_ICONS = {"for": "done", "pilot": "half", "against": "no", "open": "todo"}
_SCORES = ("confidence_score", "net_score", "weighted_score")
_NAMED = {
    "better_rag": gettext_noop("{stance}; its short rule names better retrieval"),
    "prompting": gettext_noop("{stance}; its short rule names a better prompt"),
    "fine_tune": gettext_noop("{stance}; its short rule names fine-tuning"),
    "hybrid": gettext_noop("{stance}; its short rule names tuning with retrieval"),
}
_BANDS = {"strong": gettext_noop("strong"), "moderate": gettext_noop("moderate"), "weak": gettext_noop("weak")}


def band_word(band: str | None) -> str:
    """The band of a score within a sentence."""
    return _(_BANDS[band]) if band in _BANDS else str(band)


def _words(lens: LensResult) -> str:
    words = STANCE_WORDS[lens.stance]
    if lens.names is not None:
        words = _(_NAMED[lens.names]).format(stance=words)
    return words if lens.lens in _SCORES else f"{words}, {_met(lens)}"


def _met(lens: LensResult) -> str:
    return _("{met} of {conditions} met").format(met=lens.met, conditions=len(lens.conditions))


def _because(decision: Decision, lens: LensResult) -> str:
    """A score tells how it comes about; every other rule how many of its conditions are met, and which is not."""
    if lens.lens in _SCORES:
        return condition_in_words(decision.framework, lens.lens, lens.conditions[0])
    missed = [one for one in lens.conditions if one.met is not True]
    if not missed:
        return f"{_met(lens)}."
    missing = condition_in_words(decision.framework, lens.lens, missed[0])
    return _("{met}; still missing: {missing}").format(met=_met(lens), missing=missing)


def disagreements(decision: Decision) -> Sequence[str]:
    """Plain sentences: who differs from whom, and which condition makes the difference."""
    return [eleven_or_ten(decision), *_differences(decision)]


def eleven_or_ten(decision: Decision) -> str:
    """The note on the divisor of the confidence score (docs/method.md, 3.2)."""
    framework = decision.framework
    factors = len(framework.keys("indicator")) + len(framework.keys("anti_indicator"))
    ours = decision.lenses["confidence_score"]
    divisor = framework.guide.method.score_example.divisor
    theirs = decision.counts.net / divisor
    band = framework.thresholds.confidence.band(theirs)
    if band == ours.band:
        words = _(
            "The confidence score divides by the {factors} reasons there are: {ours}. The source lists the same "
            "{factors} but divides by {divisor} in its example, which gives {theirs} here. The band is the same."
        )
    else:
        words = _(
            "The confidence score divides by the {factors} reasons there are: {ours}. The source lists the same "
            "{factors} but divides by {divisor} in its example, which gives {theirs} here. "
            "That would be {band} instead of {our_band}."
        )
    return words.format(
        factors=factors,
        divisor=divisor,
        ours=score(ours.value or 0),
        theirs=score(theirs),
        band=band_word(band),
        our_band=band_word(ours.band),
    )


def _differences(decision: Decision) -> Iterator[str]:
    lenses, limits = decision.lenses, decision.framework.thresholds
    tree, net, confidence, weighted, gate = (
        lenses[key] for key in ("decision_tree", "net_score", "confidence_score", "weighted_score", "training_gate")
    )
    factors = len(decision.framework.keys("indicator")) + len(decision.framework.keys("anti_indicator"))
    if net.band != confidence.band:
        yield _(
            "The net score says {net} and the confidence score {confidence}, on the same count of {count}. The net "
            "score is strong above {net_above}; the confidence score only above {confidence_above}, which takes a "
            "count of {takes}."
        ).format(
            net=band_word(net.band),
            confidence=band_word(confidence.band),
            count=int(net.value or 0),
            net_above=number(limits.net.strong_above),
            confidence_above=number(limits.confidence.strong_above),
            takes=int(limits.confidence.strong_above * factors) + 1,
        )
    if weighted.band != confidence.band:
        yield _(
            "With weights the score is {weighted}, without them {confidence}: "
            "the reasons that hold are not of average weight."
        ).format(weighted=band_word(weighted.band), confidence=band_word(confidence.band))
    if tree.stance == "for" and "for" not in (confidence.stance, weighted.stance):
        yield _(
            "The decision tree is passed, while the scores stay below strong. The tree asks only whether there are "
            "more than {limit} reasons for; the scores also count the reasons that do not hold."
        ).format(limit=limits.tree_indicators_above)
    if tree.stance in ("against", "open") and net.stance in ("for", "pilot"):
        stop = next((condition for condition in tree.conditions if condition.met is not True), None)
        if stop:
            yield _(
                "The net score speaks for tuning, the decision tree does not yet: it stops at “{stop}”. "
                "The net score does not ask that."
            ).format(stop=condition_in_words(decision.framework, tree.lens, stop))
    if (gate.stance == "for") != (tree.stance == "for"):
        questions = decision.framework.questions
        missing = [
            small(questions[condition.keys[0]].label) for condition in gate.conditions if condition.met is not True
        ]
        if gate.stance == "for":
            yield _(
                "The training gate is passed, while the decision tree is not. The gate looks at corrections, cause, "
                "examples and baseline; the tree asks first whether cheaper steps are exhausted."
            )
        else:
            yield _(
                "The decision tree is passed, while the training gate is not. The tree does not ask for proof from "
                "daily work; the gate still lacks: {missing}."
            ).format(missing=listed(missing))
    yield from _production(decision)


def _production(decision: Decision) -> Iterator[str]:
    """Where the rule made for live systems differs from the tree."""
    tree, production = decision.lenses["decision_tree"], decision.lenses["production_rule"]
    if (tree.stance == "for") == (production.stance == "for"):
        return
    framework, signs = decision.framework, sum(condition.code == SIGN for condition in production.conditions)
    against = [
        small(condition_in_words(framework, production.lens, condition))
        for condition in production.conditions
        if condition.code != SIGN and condition.met is False
    ]
    if production.stance != "against":
        yield _(
            "The production rule finds {found} of {signs} signs for tuning, while the decision tree is not passed. The "
            "rule looks at the shape of the task and does not ask whether cheaper steps are exhausted."
        ).format(found=int(production.value or 0), signs=signs)
    elif against:
        yield _("The production rule holds back: this does not hold: {against}. The tree does not ask it.").format(
            against=listed(against)
        )
    else:
        wanted = framework.thresholds.production_strong_from
        yield _(
            "The production rule finds only {found} of {signs} signs for tuning; it wants {wanted}. "
            "The tree counts reasons, the rule looks at the shape of the task."
        ).format(found=int(production.value or 0), signs=signs, wanted=count(wanted))
