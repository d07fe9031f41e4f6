"""An answer that a stated number already gives, in words: "No: you said 40,000 requests a month"."""

from assessments.engine.derived import DerivedAnswer
from assessments.framework import Framework, Question

from .control import DerivedWords
from .questionnaire import answer_words


def derived_words(framework: Framework, question: Question, derived: DerivedAnswer) -> DerivedWords:
    number = next(one for one in framework if one.path == derived.of)
    summed = number.kind == "table"
    return DerivedWords(
        answer=answer_words(question, derived.value),
        said="the sum of your rows" if summed else f"you said {answer_words(number, derived.number)}",
        number=number,
        section=framework.section_of[number.key],
    )
