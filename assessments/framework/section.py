"""The pages of the questionnaire: sections with their groups, and the quick answer."""

from dataclasses import dataclass

from .field import Question
from .source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    key: str
    title: str
    intro: str = ""
    as_one: bool = False
    """Whether its questions count as one when progress is told."""
    folded: bool = False
    """Whether it is closed while nothing is filled in: nobody has to know it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One page of the questionnaire."""

    key: str
    title: str
    summary: str
    lead: str
    source: Source
    questions: tuple[Question, ...]
    groups: tuple[Group, ...] = ()
    while_tuning: bool = False
    """Whether it is asked only while tuning could come out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickAnswer:
    """The way from a blank page to a first verdict: a few questions of all sections, on one page."""

    title: str
    summary: str
    lead: str
    questions: tuple[str, ...]
