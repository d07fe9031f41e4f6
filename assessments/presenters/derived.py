"""An answer that a stated number already gives, in words: "No: you said 40,000 requests a month"."""

from collections.abc import Collection

from assessments.engine.derived import DerivedAnswer
from assessments.framework import Framework, Question

from .control import DerivedWords, NumberLater
from .questionnaire import answer_words


def number_later(framework: Framework, question: Question, stated: Collection[str]) -> NumberLater | None:
    """The number that would answer this question, while it is not stated."""
    if question.derived is None or question.kind == "number" or question.derived.of in stated:
        return None
    number = _number(framework, question.derived.of)
    return NumberLater(label=number.label, section=framework.section_of[number.key], anchor=f"q-{number.key}")


def _number(framework: Framework, path: str) -> Question:
    return next(one for one in framework if one.path == path)


def derived_words(framework: Framework, question: Question, derived: DerivedAnswer) -> DerivedWords:
    number = _number(framework, derived.of)
    summed = number.kind == "table"
    return DerivedWords(
        answer=answer_words(question, derived.value),
        said="the sum of your rows" if summed else f"you said {answer_words(number, derived.number)}",
        number=number,
        section=framework.section_of[number.key],
    )
