"""The decision tree: ceiling, reasons for, reasons against.

Source: framework, step 3.
"""

from assessments.framework.schema import Framework

from ..answers import Answers
from ..decision import Condition, Counts, LensResult, PathNode


def ceiling_steps(framework: Framework) -> tuple[str, ...]:
    """The keys of the five things to try first: the ceiling questions but for the target."""
    return tuple(key for key in framework.keys("ceiling") if key != "target_missed")


def ceiling(framework: Framework, answers: Answers) -> str:
    """Whether the prompt ceiling is hit: `yes`, `no`, or `open` where nobody knows yet."""
    if all(map(answers.met, ceiling_steps(framework))) and answers.yes("target_missed"):
        return "yes"
    return "no" if answers.those(framework.keys("ceiling"), "no") else "open"


def count(framework: Framework, answers: Answers) -> Counts:
    """How many reasons for and against are established, and how many are unsure."""
    factors = (*framework.keys("indicator"), *framework.keys("anti_indicator"))
    return Counts(
        indicators=len(answers.those(framework.keys("indicator"))),
        anti_indicators=len(answers.those(framework.keys("anti_indicator"))),
        unsure=sum(map(answers.unsure, factors)),
    )


def walk(framework: Framework, answers: Answers) -> tuple[str, tuple[PathNode, ...]]:
    """The leaf that the established answers lead to, and the path there."""
    limits = framework.thresholds
    nodes = tree_questions(framework, answers)
    if nodes[0].outcome != "yes":
        return "keep_prompting", nodes[:1]
    if nodes[1].count <= limits.tree_indicators_above:
        return "improve_rag_or_switch_model", nodes[:2]
    if nodes[2].count >= limits.tree_anti_indicators_below:
        return "address_blockers", nodes
    return "fine_tune_candidate", nodes


def tree_questions(framework: Framework, answers: Answers) -> tuple[PathNode, PathNode, PathNode]:
    """All three questions with their counts, those beyond the leaf too."""
    limits = framework.thresholds
    steps, fors, againsts = (
        ceiling_steps(framework),
        framework.keys("indicator"),
        framework.keys("anti_indicator"),
    )
    present, against = answers.those(fors), answers.those(againsts)
    return (
        PathNode(
            node="ceiling",
            outcome=ceiling(framework, answers),  # type: ignore[arg-type]
            count=sum(map(answers.met, steps)),
            of=len(steps),
            unsure=sum(map(answers.unsure, framework.keys("ceiling"))),
        ),
        PathNode(
            node="indicators",
            outcome="yes" if len(present) > limits.tree_indicators_above else "no",
            count=len(present),
            of=len(fors),
            unsure=sum(map(answers.unsure, fors)),
        ),
        PathNode(
            node="anti_indicators",
            outcome="yes" if len(against) < limits.tree_anti_indicators_below else "no",
            count=len(against),
            of=len(againsts),
            unsure=sum(map(answers.unsure, againsts)),
        ),
    )


def possible_leaves(framework: Framework, answers: Answers) -> frozenset[str]:
    """The leaves that some yes or no to the unsure answers would lead to."""
    limits = framework.thresholds
    _, fors, againsts = tree_questions(framework, answers)
    hit = ceiling(framework, answers)
    leaves = set()
    if hit != "yes":
        leaves.add("keep_prompting")
    if hit == "no":
        return frozenset(leaves)
    if fors.count <= limits.tree_indicators_above:
        leaves.add("improve_rag_or_switch_model")
    if fors.count + fors.unsure > limits.tree_indicators_above:
        if againsts.count + againsts.unsure >= limits.tree_anti_indicators_below:
            leaves.add("address_blockers")
        if againsts.count < limits.tree_anti_indicators_below:
            leaves.add("fine_tune_candidate")
    return frozenset(leaves)


def look(framework: Framework, answers: Answers) -> LensResult:
    """Candidate is for, any other leaf against, open where an unsure answer decides the leaf."""
    limits = framework.thresholds
    first, fors, againsts = tree_questions(framework, answers)
    leaf, _ = walk(framework, answers)
    if len(possible_leaves(framework, answers)) > 1:
        stance = "open"
    else:
        stance = "for" if leaf == "fine_tune_candidate" else "against"
    enough, few = limits.tree_indicators_above, limits.tree_anti_indicators_below
    return LensResult(
        lens="decision_tree",
        stance=stance,  # type: ignore[arg-type]
        conditions=(
            Condition(
                text=f"Prompt ceiling reached: {first.count} of {first.of} steps tried" + _and_target(answers),
                met={"yes": True, "no": False, "open": None}[first.outcome],
                keys=framework.keys("ceiling"),
            ),
            Condition(
                text=f"More than {enough} reasons for: {fors.count} of {fors.of}",
                met=True if fors.count > enough else None if fors.count + fors.unsure > enough else False,
                keys=framework.keys("indicator"),
            ),
            Condition(
                text=f"Fewer than {few} reasons against: {againsts.count} of {againsts.of}",
                met=False if againsts.count >= few else None if againsts.count + againsts.unsure >= few else True,
                keys=framework.keys("anti_indicator"),
            ),
        ),
    )


def _and_target(answers: Answers) -> str:
    return {"yes": ", target still missed", "no": ", but the target is met"}.get(
        answers.value("target_missed"), ", target not judged yet"
    )
