"""The rules held against the published cases: is tuning recommended where tuning was what worked?

Source: ours. Each case is decided as if its team had done everything in the ceiling test and still
missed the target, and without the answers that only its outcome told. The rules were written with
these cases in view, so this is a check of their fit and no forecast.
"""

from dataclasses import dataclass
from functools import cache

from assessments.framework.precedents import Precedent
from assessments.framework.schema import Framework

from .answers import Answer, Answers
from .decide import verdict_on
from .document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCase:
    """One case: what the rules and the tree alone say, beside what happened."""

    case: Precedent
    approach: str
    tuned: bool
    """Whether the recommended approach is a kind of tuning."""
    candidate: bool
    """Whether the tree alone says fine-tuning candidate."""
    happened: bool
    """Whether tuning was what worked."""
    defensible: bool
    """Whether the recommendation at least counts as defensible, too."""

    @property
    def right(self) -> bool:
        return self.tuned == self.happened


@dataclass(frozen=True, slots=True, kw_only=True)
class BackTest:
    checked: tuple[CheckedCase, ...]

    @property
    def of(self) -> int:
        return len(self.checked)

    @property
    def right(self) -> int:
        return sum(case.right for case in self.checked)

    @property
    def right_or_defensible(self) -> int:
        return sum(case.right or case.defensible for case in self.checked)

    @property
    def tree_right(self) -> int:
        """How many the tree alone gets right, its candidates taken as tuned."""
        return sum(case.candidate == case.happened for case in self.checked)

    @property
    def always_right(self) -> int:
        """How many somebody gets right who always tunes."""
        return sum(case.happened for case in self.checked)

    @property
    def misses(self) -> tuple[CheckedCase, ...]:
        return tuple(case for case in self.checked if not case.right)


@cache
def back_test(framework: Framework, *, doubt_only: bool = False) -> BackTest:
    """The figures for every published case of this framework, worked out once.

    With `doubt_only`, the ceiling questions count as yes only where the source does not say; without,
    also where it says no: a weak prompt in a study does not mean that a team would stop there.
    """
    return BackTest(checked=tuple(_check(framework, case, doubt_only) for case in framework.precedents.cases))


def _check(framework: Framework, case: Precedent, doubt_only: bool) -> CheckedCase:
    verdict = verdict_on(framework, document_of(framework, case, doubt_only=doubt_only))
    outcome, tuned = framework.precedents.outcome, framework.approach[verdict.leads].tuning
    return CheckedCase(
        case=case,
        approach=verdict.leads,
        tuned=tuned,
        candidate=verdict.leaf == "fine_tune_candidate",
        happened=outcome[case.outcome].tuned,
        defensible=any(outcome[key].tuned == tuned for key in case.also_defensible),
    )


def document_of(framework: Framework, case: Precedent, *, doubt_only: bool = False) -> Document:
    """A case as a document: what its source says, without hindsight, with the ceiling hit."""
    answers = {key: value for key, value in case.answers.items() if key not in case.hindsight}
    for key in framework.keys("ceiling"):
        if key not in answers or (answers[key] == "no" and not doubt_only):
            answers[key] = "yes"
    return Document(
        use_case={"name": case.title, "task_kind": case.task_kind},
        answers=Answers({key: Answer(value=value) for key, value in answers.items()}),
        failures={case.dominant_failure: 1} if case.dominant_failure else {},
        readiness={} if case.examples is None else {"labelled_examples": case.examples},
    )
