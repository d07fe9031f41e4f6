"""An answer that a stated number already gives, in words: "No: you said 40,000 requests a month"."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from assessments.engine.derived import DerivedAnswer
from assessments.framework import Framework, Question

from .control import DerivedWords, NumberLater
from .formats import listed
from .questionnaire import answer_words


def number_later(framework: Framework, question: Question, stated: Collection[str]) -> NumberLater | None:
    """The first number that would answer this question, while it is not stated."""
    wanted = (question.derived.of, question.derived.other) if question.derived and question.kind != "number" else ()
    missing = next((path for path in wanted if path and path not in stated), None)
    if missing is None:
        return None
    number = _number(framework, missing)
    return NumberLater(label=number.label, section=framework.section_of[number.key], anchor=f"q-{number.key}")


def _number(framework: Framework, path: str) -> Question:
    return next(one for one in framework if one.path == path)


def derived_words(framework: Framework, question: Question, derived: DerivedAnswer) -> DerivedWords:
    number = _number(framework, derived.of)
    return DerivedWords(
        answer=answer_words(question, derived.value),
        said=_("the sum of your rows")
        if number.kind == "rows"
        else _("you said {number}").format(number=_said(framework, derived)),
        number=number,
        section=framework.section_of[number.key],
    )


def _said(framework: Framework, derived: DerivedAnswer) -> str:
    """The number that says so, and the second one where it takes two."""
    said = [(derived.of, derived.number), *([(derived.other, derived.other_number)] if derived.other else [])]
    return listed([answer_words(_number(framework, path), number) for path, number in said])
