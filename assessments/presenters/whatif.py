"""What if: the answers to try, and what they would do to verdict, path and ranking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.charts.tree import draw_tree
from assessments.engine.decision import Decision
from assessments.framework import Framework, Question, Section

from .formats import ANSWER_WORDS, share
from .questionnaire import Stored
from .verdict import headline


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedAnswer:
    question: Question
    choices: Sequence[tuple[str, str, bool]]
    """Value, words, whether it is chosen."""
    chosen: str
    stored_words: str
    changed: bool
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
    before: str
    after: str
    because: str
    moved: bool
    tree: str
    ranking: Sequence[tuple[str, str, str]]
    """Approach, mean, how often it comes first."""


def whatif_sections(
    framework: Framework,
    stored: Mapping[str, Stored],
    changes: Mapping[str, str],
    seen: Mapping[str, int],
) -> Sequence[TriedSection]:
    """Every yes-or-no question with its stored answer and the one to try."""
    sections = []
    for section in framework.sections:
        answers = [
            _tried(question, stored.get(question.key), changes.get(question.key), seen.get(question.key, 0))
            for question in section.questions
            if question.kind == "choice"
        ]
        if answers:
            changed = sum(answer.changed for answer in answers)
            sections.append(TriedSection(section=section, answers=answers, changed=changed))
    return sections


def _tried(question: Question, stored: Stored | None, change: str | None, version: int) -> TriedAnswer:
    standing = (stored.value if stored else None) or "unsure"
    chosen = change or standing
    return TriedAnswer(
        question=question,
        choices=[(value, ANSWER_WORDS[value], value == chosen) for value in question.choices],
        chosen=chosen,
        stored_words=ANSWER_WORDS[standing],
        changed=change is not None,
        seen_version=version,
    )


def present_whatif(framework: Framework, standing: Decision, tried: Decision, changes: Mapping[str, str]) -> Tried:
    before, after = headline(standing).title, headline(tried).title
    return Tried(
        changes=[f"{framework.questions[key].label}: {ANSWER_WORDS[value]}" for key, value in changes.items()],
        before=before,
        after=after,
        because=tried.because,
        moved=before != after,
        tree=draw_tree(tried),
        ranking=[
            (framework.approach[row.approach].name, f"{row.mean:.2f}", share(row.first_share))
            for row in tried.matrix.rows[:4]
        ],
    )
