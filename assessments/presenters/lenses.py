"""What each published rule says, side by side, and where they part ways."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessments.engine.decision import Decision, LensResult
from assessments.engine.lenses.production_rule import SIGN

from .formats import STANCE_WORDS, count, listed, number, score
from .words import condition_in_words, in_words


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
_SHORT_RULE_WORDS = {
    "better_rag": "better retrieval",
    "prompting": "a better prompt",
    "fine_tune": "fine-tuning",
    "hybrid": "tuning with retrieval",
}


def _words(lens: LensResult) -> str:
    words = STANCE_WORDS[lens.stance]
    if lens.names is not None:
        words += f"; its short rule names {_SHORT_RULE_WORDS[lens.names]}"
    return words if lens.lens in _SCORES else f"{words}, {lens.met} of {len(lens.conditions)} met"


def _because(decision: Decision, lens: LensResult) -> str:
    """A score tells how it comes about; every other rule how many of its conditions are met, and which is not."""
    if lens.lens in _SCORES:
        return condition_in_words(decision.framework, lens.lens, lens.conditions[0])
    missed = [one for one in lens.conditions if one.met is not True]
    met = f"{lens.met} of {len(lens.conditions)} met"
    if not missed:
        return f"{met}."
    return f"{met}; still missing: {condition_in_words(decision.framework, lens.lens, missed[0])}"


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
    same = "The band is the same." if band == ours.band else f"That would be {band} instead of {ours.band}."
    return (
        f"The confidence score divides by the {factors} reasons there are: {score(ours.value or 0)}. "
        f"The source lists the same {factors} but divides by {divisor} in its example, "
        f"which gives {score(theirs)} here. {same}"
    )


def _differences(decision: Decision) -> Iterator[str]:
    lenses, limits = decision.lenses, decision.framework.thresholds
    tree, net, confidence, weighted, gate = (
        lenses[key] for key in ("decision_tree", "net_score", "confidence_score", "weighted_score", "training_gate")
    )
    factors = len(decision.framework.keys("indicator")) + len(decision.framework.keys("anti_indicator"))
    if net.band != confidence.band:
        yield (
            f"The net score says {net.band} and the confidence score {confidence.band}, on the same count of "
            f"{int(net.value or 0)}. The net score is strong above {number(limits.net.strong_above)}; the confidence "
            f"score only above {number(limits.confidence.strong_above)}, which takes a count of "
            f"{int(limits.confidence.strong_above * factors) + 1}."
        )
    if weighted.band != confidence.band:
        yield (
            f"With weights the score is {weighted.band}, without them {confidence.band}: "
            "the reasons that hold are not of average weight."
        )
    if tree.stance == "for" and "for" not in (confidence.stance, weighted.stance):
        yield (
            "The decision tree is passed, while the scores stay below strong. The tree asks only whether there are "
            f"more than {limits.tree_indicators_above} reasons for; the scores also count the reasons that do not hold."
        )
    if tree.stance in ("against", "open") and net.stance in ("for", "pilot"):
        stop = next((condition for condition in tree.conditions if condition.met is not True), None)
        if stop:
            yield (
                f"The net score speaks for tuning, the decision tree does not yet: it stops at "
                f"“{condition_in_words(decision.framework, tree.lens, stop)}”. "
                "The net score does not ask that."
            )
    if (gate.stance == "for") != (tree.stance == "for"):
        questions = decision.framework.questions
        missing = [
            questions[condition.keys[0]].label.lower() for condition in gate.conditions if condition.met is not True
        ]
        if gate.stance == "for":
            yield (
                "The training gate is passed, while the decision tree is not. The gate looks at corrections, cause, "
                "examples and baseline; the tree asks first whether cheaper steps are exhausted."
            )
        else:
            yield (
                "The decision tree is passed, while the training gate is not. The tree does not ask for proof from "
                f"daily work; the gate still lacks: {listed(missing)}."
            )
    yield from _production(decision)


def _production(decision: Decision) -> Iterator[str]:
    """Where the rule made for live systems differs from the tree."""
    tree, production = decision.lenses["decision_tree"], decision.lenses["production_rule"]
    if (tree.stance == "for") == (production.stance == "for"):
        return
    framework, signs = decision.framework, sum(condition.code == SIGN for condition in production.conditions)
    against = [
        condition_in_words(framework, production.lens, condition).lower()
        for condition in production.conditions
        if condition.code != SIGN and condition.met is False
    ]
    if production.stance != "against":
        yield (
            f"The production rule finds {int(production.value or 0)} of {signs} signs for tuning, while the decision "
            "tree is not passed. The rule looks at the shape of the task and does not ask whether cheaper steps are "
            "exhausted."
        )
    elif against:
        yield f"The production rule holds back: this does not hold: {listed(against)}. The tree does not ask it."
    else:
        yield (
            f"The production rule finds only {int(production.value or 0)} of {signs} signs for tuning; it wants "
            f"{count(framework.thresholds.production_strong_from)}. "
            "The tree counts reasons, the rule looks at the shape of the task."
        )
