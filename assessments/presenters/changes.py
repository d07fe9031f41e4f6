"""A change of an answer in words: from what to what, and whose evidence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from assessments.framework import Framework

from .formats import STRENGTH_WORDS, number
from .questionnaire import answer_words

NOTHING = "Not answered"
NOBODY = "Somebody without an account"
_PARTS = {
    "matrix": "Weights and scores of your own",
    "checks": "Checklists",
    "distribution": "Distribution of costs",
    "currency": "Currency",
    "detailed": "Detailed costs",
}
Said = Mapping[str, Any]
"""What an answer says, as the history keeps it: value, evidence, link and strength, without what is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One thing that went from one wording to another. `name` is empty for the answer itself."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerMove:
    """Everything that changed about one answer."""

    key: str
    label: str
    section: str
    """The key of its section, or empty for what no single question asks for."""
    moved: Sequence[Moved]
    who: str = ""
    at: datetime | None = None


def label_of(framework: Framework, key: str) -> str:
    """What an answer is called, also one that no question asks for any more."""
    question = framework.questions.get(key)
    return question.label if question else _PARTS.get(key, key)


def answer_move(framework: Framework, key: str, before: Said | None, after: Said | None) -> AnswerMove:
    """What differs between two states of one answer; None is one that nobody has given."""
    section = framework.section_of.get(key)
    return AnswerMove(
        key=key,
        label=label_of(framework, key),
        section=section.key if section else "",
        moved=list(_moved(framework, key, before or {}, after or {})),
    )


def present_history(framework: Framework, changes: Iterable[Any]) -> Sequence[AnswerMove]:
    """Who changed what, when, from what to what."""
    return [with_author(answer_move(framework, change.key, change.before, change.after), change) for change in changes]


def with_author(move: AnswerMove, change: Any) -> AnswerMove:
    """The same with who made this change, and when."""
    return replace(move, who=str(change.by or NOBODY), at=change.at)


def _moved(framework: Framework, key: str, before: Said, after: Said) -> Iterator[Moved]:
    if before.get("value") != after.get("value"):
        yield from _values(framework, key, before.get("value"), after.get("value"))
    for part, name in (("evidence", "Evidence"), ("link", "Link")):
        if before.get(part, "") != after.get(part, ""):
            yield Moved(name=name, before=before.get(part) or "Not stated", after=after.get(part) or "Not stated")
    strengths = [STRENGTH_WORDS.get(said.get("strength", ""), "") for said in (before, after)]
    if all(strengths) and strengths[0] != strengths[1]:
        yield Moved(name="Strength", before=strengths[0], after=strengths[1])


def _values(framework: Framework, key: str, before: Any, after: Any) -> Iterator[Moved]:
    question = framework.questions.get(key)
    if question:
        words = [answer_words(question, value) or NOTHING for value in (before, after)]
        yield Moved(name="", before=words[0], after=words[1])
    elif key == "matrix":
        yield from _matrix(framework, before or {}, after or {})
    elif key == "checks":
        yield from _checks(framework, before or (), after or ())
    else:
        yield from _leaves(before, after)


def _matrix(framework: Framework, before: Said, after: Said) -> Iterator[Moved]:
    names = {criterion.key: criterion.name for criterion in framework.matrix.criteria}
    weights = [said.get("weights") or {} for said in (before, after)]
    for key in dict.fromkeys((*weights[0], *weights[1])):
        words = [number(one[key]) if key in one else "the default" for one in weights]
        if words[0] != words[1]:
            yield Moved(name=f"Weight of {names.get(key, key).lower()}", before=words[0], after=words[1])
    cells = [
        {(row["approach"], row["criterion"]): f"{number(row['score'])}: {row['reason']}" for row in said}
        for said in (before.get("overrides") or (), after.get("overrides") or ())
    ]
    for approach, criterion in dict.fromkeys((*cells[0], *cells[1])):
        words = [one.get((approach, criterion), "Not scored by you") for one in cells]
        if words[0] != words[1]:
            name = framework.approach[approach].name if approach in framework.approach else approach
            yield Moved(name=f"{name}, {names.get(criterion, criterion).lower()}", before=words[0], after=words[1])


def _checks(framework: Framework, before: Sequence[str], after: Sequence[str]) -> Iterator[Moved]:
    points = framework.guide.points
    for code in dict.fromkeys((*before, *after)):
        words = ["Ticked" if code in one else "Not ticked" for one in (before, after)]
        if words[0] != words[1]:
            yield Moved(name=points[code].text if code in points else code, before=words[0], after=words[1])


def _leaves(before: Any, after: Any) -> Iterator[Moved]:
    """What an imported file says beside the questions, place by place."""
    places = [dict(_flat(value)) for value in (before, after)]
    for place in dict.fromkeys((*places[0], *places[1])):
        words = [one.get(place, "Not stated") for one in places]
        if words[0] != words[1]:
            yield Moved(name=place, before=words[0], after=words[1])


def _flat(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _flat(part, f"{place}, {key}" if place else str(key))
    elif value is not None:
        words = number(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else str(value)
        yield place.replace("_", " "), words
