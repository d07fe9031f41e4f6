"""What if: the answers to try, and what they would do to verdict, path, money and ranking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.engine.decision import Decision
from assessments.framework import Framework, Question, Section

from .control import Stored, control_text
from .formats import score
from .levers import present_levers
from .panel import money_line
from .questionnaire import answer_words
from .verdict import headline
from .why import verdict_tree
from .words import why

_MOST_LEVERS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What somebody tries for one question. `error` says what is wrong with it, if it cannot be read."""

    typed: str
    value: Any = None
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedAnswer:
    question: Question
    choices: Sequence[tuple[str, str, bool]]
    """Value, words, whether it is chosen; empty for a question that takes a number."""
    typed: str
    stored_words: str
    changed: bool
    error: str
    seen_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedSection:
    section: Section
    answers: Sequence[TriedAnswer]
    changed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """The outcome of the changes beside the verdict that stands."""

    changes: Sequence[str]
    errors: Sequence[tuple[str, str]]
    """The key of a question, and what is wrong with what was typed."""
    before: str
    after: str
    because: str
    moved: bool
    money: str
    money_before: str
    tree: str
    ranking: Sequence[tuple[str, str, str]]
    """Lever, mean, how it stands; the verdict first, then what is open by rank."""


def can_be_tried(question: Question) -> bool:
    """Whether another answer could change anything: words alone cannot, nor what stands beside the decision."""
    return question.role != "upkeep" and question.kind in ("choice", "select", "number", "numbers")


def value_now(question: Question, stored: Stored | None) -> Any:
    """What is stored; a yes-or-no question that nobody answered counts as unsure."""
    value = stored.value if stored else None
    return "unsure" if value is None and question.kind == "choice" else value


def whatif_sections(
    framework: Framework,
    stored: Mapping[str, Stored],
    attempts: Mapping[str, Attempt],
    seen: Mapping[str, int],
) -> Sequence[TriedSection]:
    """Every question that decides something, with its stored answer and the one to try."""
    sections = []
    for section in framework.sections:
        answers = [
            _tried(question, stored.get(question.path), attempts.get(question.key), seen.get(question.path, 0))
            for question in section.questions
            if can_be_tried(question)
        ]
        if answers:
            changed = sum(answer.changed for answer in answers)
            sections.append(TriedSection(section=section, answers=answers, changed=changed))
    return sections


def _tried(question: Question, stored: Stored | None, attempt: Attempt | None, version: int) -> TriedAnswer:
    now = value_now(question, stored)
    typed = attempt.typed if attempt and attempt.error else control_text(question, attempt.value if attempt else now)
    choices = [(value, answer_words(question, value), value == typed) for value in question.choices]
    if question.kind == "select":
        choices = [("", _("Not answered"), typed == ""), *choices]
    return TriedAnswer(
        question=question,
        choices=choices,
        typed=typed,
        stored_words=_words(question, now),
        changed=attempt is not None,
        error=attempt.error if attempt else "",
        seen_version=version,
    )


def _words(question: Question, value: Any) -> str:
    if words := answer_words(question, value):
        return words
    if question.default is not None:
        return _("our default, {answer}").format(answer=answer_words(question, question.default))
    return pgettext("within a sentence", "not entered")


def present_whatif(framework: Framework, now: Decision, tried: Decision, attempts: Mapping[str, Attempt]) -> Tried:
    before, after = headline(now).title, headline(tried).title
    money_before, money_after = money_line(now), money_line(tried)
    means = {row.approach: score(row.mean) for row in tried.matrix.rows}
    return Tried(
        changes=[
            f"{framework.questions[key].label}: {_words(framework.questions[key], attempt.value)}"
            for key, attempt in attempts.items()
            if not attempt.error
        ],
        errors=[(key, attempt.error) for key, attempt in attempts.items() if attempt.error],
        before=before,
        after=after,
        because=why(tried),
        moved=before != after,
        money=money_after,
        money_before=money_before if money_before != money_after else "",
        tree=verdict_tree(tried),
        ranking=[
            (lever.name, means[lever.key], lever.reason if lever.state == "closed" else lever.word)
            for lever in present_levers(tried)[:_MOST_LEVERS]
        ],
    )
