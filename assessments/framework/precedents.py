"""The shape of published cases: what was compared, what came out on top, and how they are matched."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

_ARXIV = re.compile(r"arXiv (\d{4}\.\d{4,5})")
_DOI = re.compile(r"doi (10\.\d+/\S+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came out on top, and whether a model was fine-tuned for it."""

    key: str
    name: str
    tuned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceGrade:
    """How well a case is shown. The grades stand best first."""

    key: str
    name: str
    about: str


FIGURE_KEYS = ("arm", "value", "of")
"""What somebody types of a published figure, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFigure:
    """One published figure: what it is of, before, after, or for the alternative."""

    arm: Literal["before", "after", "alternative"]
    value: str
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedent:
    """One published case. A key that is not among its `answers` is unknown."""

    key: str
    title: str
    year: int
    group: str
    source: str
    published_by: str
    evidence: str
    task_kind: str
    task: str
    happened: str
    outcome: str
    answers: Mapping[str, Literal["yes", "no", "na"]]
    also_defensible: tuple[str, ...] = ()
    metric: str = ""
    figures: tuple[PublishedFigure, ...] = ()
    examples: int | None = None
    examples_words: str = ""
    cost_and_speed: str = ""
    caveat: str = ""
    dominant_failure: str = ""
    hindsight: tuple[str, ...] = ()
    """Keys of answers that could only be known from the outcome."""

    @property
    def known_before(self) -> dict[str, str]:
        """The answers without hindsight: what somebody could have said before the outcome was known."""
        return {key: value for key, value in self.answers.items() if key not in self.hindsight}

    @property
    def link(self) -> str:
        """Where the source can be read, or an empty string."""
        if self.source.startswith("https://"):
            return self.source
        if number := _ARXIV.fullmatch(self.source):
            return f"https://arxiv.org/abs/{number[1]}"
        number = _DOI.fullmatch(self.source)
        return f"https://doi.org/{number[1]}" if number else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarQuestion:
    """A question that makes cases alike, and how that is said."""

    key: str
    both_yes: str
    both_no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarityRules:
    """What each likeness counts, and how many cases are shown."""

    shown: int
    most_of_one_group: int
    same_kind: int
    same_answer: int
    same_failure_group: int
    kind_because: str
    failure_because: str
    caution: str
    questions: tuple[SimilarQuestion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideViewRules:
    """How many groups of the most similar cases have a vote."""

    votes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far two people agreed who rated cases apart from each other. Kappa is Cohen's, over the answers."""

    outcomes_alike: int
    outcomes_rated: int
    answers_kappa: float


@dataclass(frozen=True, kw_only=True)
class Precedents:
    similarity: SimilarityRules
    outside_view: OutsideViewRules
    agreement: Agreement
    counts_as: Mapping[str, tuple[str, ...]]
    """By approach, the outcomes that it stands for when a verdict is held against a case."""
    outcomes: tuple[Outcome, ...]
    evidence_grades: tuple[EvidenceGrade, ...]
    publishers: Mapping[str, str]
    cases: tuple[Precedent, ...]
    own: tuple[Precedent, ...] = ()
    """A team's own: shown beside the others, and never counted among them."""

    @cached_property
    def every(self) -> tuple[Precedent, ...]:
        return (*self.cases, *self.own)

    @cached_property
    def outcome(self) -> dict[str, Outcome]:
        return {outcome.key: outcome for outcome in self.outcomes}

    @cached_property
    def evidence_grade(self) -> dict[str, EvidenceGrade]:
        return {grade.key: grade for grade in self.evidence_grades}

    def trains(self, approach: str) -> bool:
        """Whether an approach stands for an outcome in which a model was trained: a plain classifier, too."""
        return any(self.outcome[outcome].tuned for outcome in self.counts_as[approach])

    def won(self, case: Precedent) -> bool:
        """Whether tuning won in a case."""
        return self.outcome[case.outcome].tuned
