"""How far an assessment has come: each section's status, and where to go on."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.framework import Question, Section

from .services.answer_sheet import AnswerSheet


@dataclass(frozen=True, slots=True)
class SectionStatus:
    """How many of a section's questions have an answer. Optional ones do not count, nor a section of nothing else."""

    section: Section
    number: int
    answered: int
    of: int

    @property
    def state(self) -> str:
        if self.of and self.answered == self.of:
            return "done"
        return "half" if self.answered else "todo"

    @property
    def words(self) -> str:
        if not self.of:
            return _("Optional")
        if self.state == "done":
            return _("Complete")
        if self.answered:
            return _("{n} of {of} answered").format(n=self.answered, of=self.of)
        return _("Not started")


@dataclass(frozen=True, slots=True)
class Progress:
    """The status of every section, in order."""

    sections: Sequence[SectionStatus]

    @property
    def complete(self) -> int:
        return sum(status.state == "done" for status in self.sections)

    @property
    def to_complete(self) -> int:
        return sum(status.of > 0 for status in self.sections)

    @property
    def answered(self) -> int:
        return sum(status.answered for status in self.sections)

    @property
    def of(self) -> int:
        return sum(status.of for status in self.sections)

    @property
    def resume_at(self) -> SectionStatus | None:
        """The first section that is not complete."""
        return next((status for status in self.sections if status.of and status.state != "done"), None)


def progress(sheet: AnswerSheet) -> Progress:
    return Progress(tuple(status_of(section, sheet) for section in sheet.framework.sections))


def status_of(section: Section, sheet: AnswerSheet) -> SectionStatus:
    """The status of one page. The quick answer has no number."""
    number = next((n for n, one in enumerate(sheet.framework.sections, start=1) if one.key == section.key), 0)
    return SectionStatus(section, number, *_count(section, sheet))


def is_asked(question: Question, sheet: AnswerSheet) -> bool:
    """Whether a question counts for anything here: one of the answers that it hangs on may still be as it says.

    What bears on tuning alone counts while that could come out, and of the two forms of the costs the one in force.
    """
    if sheet.framework.section_of[question.key].while_tuning and not sheet.may_tune:
        return False
    if sheet.document.is_replaced(question):
        return False
    if not question.asked_for:
        return True
    standing = ((sheet.standing(key), values) for key, values in question.asked_for.items())
    return any(value in (None, "unsure") or value in values for value, values in standing)


def folded_away(sheet: AnswerSheet) -> frozenset[str]:
    """The questions that count for nothing here."""
    return frozenset(question.key for question in sheet.framework if not is_asked(question, sheet))


def _count(section: Section, sheet: AnswerSheet) -> tuple[int, int]:
    """Questions with an answer, and questions that want one. A group asked as one counts as one.

    What a number already answers is answered, and what counts for nothing here wants no answer.
    """
    as_one = {group.key for group in section.groups if group.as_one}
    wanted: dict[str, bool] = {}
    for question in section.questions:
        if question.optional or not is_asked(question, sheet):
            continue
        slot = f"group:{question.group}" if question.group in as_one else question.key
        wanted[slot] = wanted.get(slot, False) or sheet.standing(question.key) is not None
    return sum(wanted.values()), len(wanted)


def next_section(sheet: AnswerSheet, key: str) -> Section | None:
    """The section after this one in which an answer is wanted here; None after the last."""
    sections = sheet.framework.sections
    index = next(i for i, section in enumerate(sections) if section.key == key)
    return _first_asked(sections[index + 1 :], sheet)


def previous_section(sheet: AnswerSheet, key: str) -> Section | None:
    """The one before this in which an answer is wanted; None before the first, and before the quick answer."""
    sections = sheet.framework.sections
    index = next((i for i, section in enumerate(sections) if section.key == key), 0)
    return _first_asked(sections[:index][::-1], sheet)


def _first_asked(sections: Sequence[Section], sheet: AnswerSheet) -> Section | None:
    """The first in which anything is asked. One of optional questions alone is opened by whoever wants it."""
    wanted = (one for one in sections if not all(question.optional for question in one.questions))
    return next((one for one in wanted if any(is_asked(question, sheet) for question in one.questions)), None)
