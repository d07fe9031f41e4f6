"""How the rules do on the published cases, in words, with what that figure cannot say."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.engine.back_test import back_test
from assessments.framework import Framework

from .formats import share

LIMITS = (
    "The rules were written with these cases in view, so this shows that they fit, not that they foresee.",
    "Each case is taken as if its team had done everything in the prompt ceiling section and still missed the "
    "target, also where the source says that it had not.",
    "Answers that only the outcome told are left out. The other answers are our reading of the sources.",
    "Several cases come from one source, and successes are published more often than failures.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One way to decide, and how many of the cases it gets right."""

    name: str
    right: str
    share: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BackTestView:
    sentence: str
    scores: Sequence[Score]
    misses: Sequence[str]
    limits: Sequence[str]


def present_back_test(framework: Framework) -> BackTestView:
    """The figure for the method page, beside what simpler ways would get."""
    found = back_test(framework)

    def score(name: str, right: int) -> Score:
        return Score(name=name, right=f"{right} of {found.of}", share=share(right / found.of))

    return BackTestView(
        sentence=f"In {found.right} of {found.of} published cases ({share(found.right / found.of)}) these rules "
        "recommend tuning where tuning is what worked, and something else where it is not.",
        scores=[
            score("These rules", found.right),
            score("These rules, counting a second answer that the case also allows", found.right_or_defensible),
            score("The decision tree alone", found.tree_right),
            score("Always tuning", found.always_right),
        ],
        misses=[checked.case.title for checked in found.misses],
        limits=LIMITS,
    )
