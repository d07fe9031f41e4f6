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
    yield from repeated("framework.toml: quick: question", (question.key for question in framework.quick.questions))
    yield from _derived_faults(framework)
    yield from _asked_for_faults(framework)
    yield from unknown("use_case.toml", ["goal"], framework.questions, "question")
    yield from not_the_same("goals.toml", framework.goal, framework.questions["goal"].choices)
    weights = sorted(framework.thresholds.weights)
    for question in framework:
        if question.role in ("indicator", "anti_indicator") and question.weight not in weights:
            yield f"sections: {question.key}.weight: must be one of {', '.join(weights)}"
    sources = (question.source for question in framework)
    yield from unknown("framework.toml: citations", sources, framework.citation)


def _derived_faults(framework: Framework) -> Iterator[str]:
    """A number that answers a question is asked for itself, and compared with numbers of this framework."""
    paths = {question.path: question for question in framework}
    for question, derived in framework.derived:
        place = f"sections: {question.key}.derived"
        yield from unknown(place, [derived.of], paths, "question")
        if derived.column and (derived.of not in paths or paths[derived.of].kind != "rows"):
            yield f"{place}.column: {derived.of} has no columns"
        yield from unknown(place, filter(None, [derived.other]), paths, "question")
        limits = {derived.yes_below, derived.no_from, derived.no_above} - {""}
        yield from unknown(place, limits, framework.figures, "threshold")
        said = {derived.above, derived.up_to} - {""}
        yield from unknown(place, said, question.choices, "answer")
        if bool(limits or (derived.against and said)) != (question.kind == "choice"):
            yield f"{place}: thresholds or another number make a choice, and a number needs none"


def _asked_for_faults(framework: Framework) -> Iterator[str]:
    """What decides whether a question is asked is a question with these answers, and never in a circle."""
    for question in framework:
        for key, values in question.asked_for.items():
            place = f"sections: {question.key}.asked_for.{key}"
            yield from unknown(place, [key], framework.questions, "question")
            if key in framework.questions:
                yield from unknown(place, values, framework.questions[key].choices, "answer")
    waits_for = {question.key: set(question.asked_for) for question in framework}
    for key in waits_for:
        seen, next_ones = set[str](), waits_for[key]
        while next_ones:
            seen |= next_ones
            next_ones = {then for one in next_ones for then in waits_for.get(one, ())} - seen
        if key in seen:
            yield f"sections: {key}.asked_for: waits for itself, in a circle"
