"""Published cases answer questions that are asked, and use only words that are explained."""

from collections.abc import Iterator

from ..precedents import Precedent
from ..schema import Framework
from .kinds import not_one_of, repeated, unknown

_PLACE = "precedents.toml"
_YEARS = (1950, 2100)


def precedent_faults(framework: Framework) -> Iterator[str]:
    found = framework.precedents
    answerable = [key for key, question in framework.questions.items() if question.place == "answers"]
    similar = (question.key for question in found.similarity.questions)
    yield from unknown(f"{_PLACE}: similarity.questions", similar, answerable, "question")
    yield from repeated(f"{_PLACE}: case", (case.key for case in found.every))
    yield from unknown(f"{_PLACE}: counts_as", framework.approach, found.counts_as, "approach")
    for approach, outcomes in found.counts_as.items():
        yield from unknown(f"{_PLACE}: counts_as.{approach}", outcomes, found.outcome, "outcome")
    for case in found.every:
        here = f"{_PLACE}: {case.key}"
        yield from unknown(f"{here}.answers", case.answers, answerable, "question")
        if not _YEARS[0] <= case.year <= _YEARS[1]:
            yield f"{here}.year: must be a year, like 2025"
        yield from unknown(f"{here}.hindsight", case.hindsight, case.answers, "question")
        for key, value in case.answers.items():
            yield from not_one_of(f"{here}.answers.{key}", value, framework.questions[key].choices)
        yield from _word_faults(framework, case)


def _word_faults(framework: Framework, case: Precedent) -> Iterator[str]:
    found, here = framework.precedents, f"{_PLACE}: {case.key}"
    modes = [mode for group in framework.failure_groups for mode in group.modes]
    yield from not_one_of(f"{here}.task_kind", case.task_kind, framework.questions["task_kind"].choices)
    yield from not_one_of(f"{here}.evidence", case.evidence, found.evidence_grade)
    yield from not_one_of(f"{here}.published_by", case.published_by, found.publishers)
    yield from not_one_of(f"{here}.dominant_failure", case.dominant_failure, ["", *modes])
    for outcome in (case.outcome, *case.also_defensible):
        yield from not_one_of(f"{here}.outcome", outcome, found.outcome)
