"""Questions are asked once, stand in a group of their section, weigh what there is a weight for, and name a source."""

from collections.abc import Iterator

from ..schema import Framework
from .kinds import not_the_same, repeated, unknown


def section_faults(framework: Framework) -> Iterator[str]:
    yield from repeated("sections: question", (key.key for section in framework.sections for key in section.questions))
    for section in framework.sections:
        groups = {group.key for group in section.groups} | {""}
        for question in section.questions:
            if question.group not in groups:
                yield f"sections/{section.key}.toml: {question.key}.group: no group {question.group!r}"
    yield from unknown("use_case.toml", ["goal"], framework.questions, "question")
    yield from not_the_same("goals.toml", framework.goal, framework.questions["goal"].choices)
    weights = sorted(framework.thresholds.weights)
    for question in framework:
        if question.role in ("indicator", "anti_indicator") and question.weight not in weights:
            yield f"sections: {question.key}.weight: must be one of {', '.join(weights)}"
    sources = (question.source for question in framework)
    yield from unknown("framework.toml: citations", sources, framework.citation)
