"""The review: every answer with its evidence, the missing ones first."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from assessments.engine.derived import DerivedAnswer
from assessments.engine.document import Document
from assessments.engine.origins import is_unconfirmed, origin_of
from assessments.framework import Framework, Question, Section

from .changes import label_of, stated_words
from .control import Stored
from .derived import derived_words
from .formats import STRENGTH_WORDS
from .questionnaire import answer_words
from .sources import AnswerSource, answer_source, computed


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """One answer in words. `words` is empty where nothing was answered."""

    question: Question
    section: Section
    words: str
    evidence: str = ""
    link: str = ""
    strength: str = ""
    known: bool = False
    """Whether something was answered, and not that nobody knows."""
    firm: bool = False
    """Whether it is shown by something that was measured or written down."""
    asked: bool = True
    """Whether it counts for anything in this use case."""
    replaced: bool = False
    """Whether it is a line of the short form of the costs, while the detailed one counts: then it is no answer."""
    source: AnswerSource | None = None
    """Where it comes from, once it is answered."""
    confirms: str = ""
    """The version that a person confirms, where an agent told it and somebody may."""
    by: str = ""
    at: datetime | None = None
    """Who changed it last, and when, where the history was asked."""

    @property
    def anchor(self) -> str:
        return f"q-{self.question.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionReview:
    section: Section
    rows: Sequence[AnswerRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldElsewhere:
    """What an agent told that no question of the questionnaire asks, or that does not count now."""

    path: str
    label: str
    words: str
    evidence: str
    confirms: str
    """The version that a person confirms."""


def present_review(
    framework: Framework,
    answers: Mapping[str, Stored],
    *,
    document: Document | None = None,
    folded: Collection[str] = (),
    left_out: Sequence[str] = (),
    in_result: bool = False,
) -> Sequence[SectionReview]:
    """Every question of every section with its answer; the section on costs is not there if they are left out.

    In a result, what stands beside the decision, a pilot and upkeep, is told once something stands in it. Where
    evidence is left out, nothing says where an answer comes from.

    `document` tells what numbers answer, and which form of the costs counts.
    """

    def row(section: Section, question: Question) -> AnswerRow:
        if document and question.path in document.derived:
            return _derived_row(framework, section, question, document.derived[question.path])
        if document and document.is_replaced(question):
            return AnswerRow(question=question, section=section, words="", asked=False, replaced=True)
        found = replace(answer_row(section, question, answers), asked=question.key not in folded)
        return replace(found, source=None) if "evidence" in left_out else found

    return [
        SectionReview(section=section, rows=[row(section, question) for question in section.questions])
        for section in framework.sections
        if "costs" not in left_out or any(question.role != "cost" for question in section.questions)
        if not in_result or any(question.role != "upkeep" or question.path in answers for question in section.questions)
    ]


def _derived_row(framework: Framework, section: Section, question: Question, derived: DerivedAnswer) -> AnswerRow:
    """A question that a number answers."""
    told = derived_words(framework, question, derived)
    return AnswerRow(
        question=question, section=section, words=f"{told.answer}: {told.said}", known=True, source=computed()
    )


def answer_row(section: Section, question: Question, answers: Mapping[str, Stored]) -> AnswerRow:
    stored = answers.get(question.path)
    if stored is None:
        return AnswerRow(question=question, section=section, words="")
    words, strength = answer_words(question, stored.value), stored.strength or "opinion"
    has_evidence = bool(stored.evidence or stored.link)
    return AnswerRow(
        question=question,
        section=section,
        words=words,
        evidence=stored.evidence,
        link=stored.link,
        strength=STRENGTH_WORDS[strength] if has_evidence else "",
        known=bool(words) and stored.value != "unsure",
        firm=has_evidence and strength != "opinion",
        source=answer_source(origin_of(stored.origin) if stored.origin else None) if words else None,
    )


def with_authors(reviews: Sequence[SectionReview], last: Mapping[str, Any]) -> Sequence[SectionReview]:
    """The same with who changed each answer last."""
    return [
        replace(
            review,
            rows=[
                replace(row, by=change.who, at=change.at) if (change := last.get(row.question.path)) else row
                for row in review.rows
            ],
        )
        for review in reviews
    ]


def with_confirming(reviews: Sequence[SectionReview], versions: Callable[[str], int]) -> Sequence[SectionReview]:
    """The same with what a person can confirm of what an agent told."""
    return [
        replace(
            review,
            rows=[
                replace(row, confirms=str(versions(row.question.path)))
                if row.source and row.source.kind == "agent"
                else row
                for row in review.rows
            ],
        )
        for review in reviews
    ]


def told_elsewhere(
    framework: Framework, values: Mapping[str, Any], reviews: Sequence[SectionReview]
) -> Sequence[ToldElsewhere]:
    """What an agent told that is in no row above: numbers of the costs, weights and scores, ticks."""
    above = {row.question.path for review in reviews for row in review.rows if row.confirms}
    return [
        ToldElsewhere(
            path=path,
            label=label_of(framework, path),
            words=stated_words(framework, path, row.value),
            evidence=row.evidence,
            confirms=str(row.version),
        )
        for path, row in values.items()
        if path not in above and is_unconfirmed(row.origin)
    ]


def open_rows(reviews: Sequence[SectionReview]) -> Sequence[AnswerRow]:
    """The questions that want an answer and have none, or are not sure."""
    return [
        row
        for review in reviews
        for row in review.rows
        if not row.question.optional and row.question.role != "cost" and row.question.place != "failures"
        if not row.known and row.asked
    ]
