"""The verdicts held against the published cases: is tuning recommended where tuning is what worked?

Source: ours (docs/method.md, section 7). Each case is decided with the benefit of the doubt: as if its team had
done every step of the ceiling test and everything that makes serving cheaper, and without the answers that
only its outcome told. Part of the cases was in view when the rules were written: this is a check of their fit.
"""

from dataclasses import dataclass
from functools import lru_cache

from assessments.framework.precedents import Precedent
from assessments.framework.schema import Framework

from .answers import Answer, Answers
from .decide import verdict_on
from .document import Document

SAMPLE = 60
"""How many failures of the mode that dominates a case are counted, of as many: its source gives no counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCase:
    """One case: what the verdict and the tree alone say, beside what happened."""

    case: Precedent
    approach: str
    tuned: bool
    """Whether the verdict is to train a model: a kind of tuning, or a plain classifier."""
    candidate: bool
    """Whether the tree alone says fine-tuning candidate."""
    happened: bool
    """Whether tuning was what worked."""
    acceptable: bool
    """Whether the verdict's approach stands for what worked, or for what the case allows as well."""

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
        """In how many the verdict is right on tuned or not."""
        return sum(case.right for case in self.checked)

    @property
    def acceptable(self) -> int:
        return sum(case.acceptable for case in self.checked)

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


@lru_cache(maxsize=32)
def back_test(framework: Framework) -> BackTest:
    """The figures for every published case of this framework, worked out once; none of a team's own is among them."""
    return BackTest(checked=tuple(check(framework, case) for case in framework.precedents.cases))


def check(framework: Framework, case: Precedent) -> CheckedCase:
    """What this framework makes of one case, whether or not it is one of its own."""
    verdict, precedents = verdict_on(framework, document_of(framework, case)), framework.precedents
    return CheckedCase(
        case=case,
        approach=verdict.leads,
        tuned=precedents.trains(verdict.leads),
        candidate=verdict.leaf == "fine_tune_candidate",
        happened=precedents.won(case),
        acceptable=not {case.outcome, *case.also_defensible}.isdisjoint(precedents.counts_as[verdict.leads]),
    )


def document_of(framework: Framework, case: Precedent) -> Document:
    """A case as a document: what its source says, without hindsight, with the benefit of the doubt."""
    answers = case.known_before
    for key in framework.keys("ceiling"):
        if answers.get(key) != "na":
            answers[key] = "yes"
    answers["target_missed"] = "no" if answers.get("prompts_succeed") == "yes" else "yes"
    answers["cheaper_serving_tried"] = "yes"
    asked = filter(framework.asks, answers)
    return Document(
        use_case={"name": case.title, "task_kind": case.task_kind},
        answers=Answers({key: Answer(value=answers[key]) for key in asked}),
        failures={case.dominant_failure: SAMPLE} if case.dominant_failure else {},
        readiness={} if case.examples is None else {"labelled_examples": case.examples},
    )
