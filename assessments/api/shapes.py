"""What the interface answers: the types that the description is written from."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec


class ListedAssessment(msgspec.Struct):
    id: str
    name: str
    url: str
    framework: str
    framework_title: str
    changed_at: datetime
    verdict: str
    approach: str
    action: str
    settled: bool
    answered: int
    questions: int
    reasons_for: int
    reasons_against: int
    labelled: int | None
    payback_months: float | None


class AssessmentList(msgspec.Struct):
    assessments: Sequence[ListedAssessment]
    next: str | None
    """What to send as `after` for the rest; null where this is all."""


class AssessmentAnswer(msgspec.Struct):
    id: str
    name: str
    url: str
    """The page on which people read and answer it."""
    result_url: str
    role: str
    framework: str
    framework_title: str
    """What it is called, with its version."""
    created_at: datetime
    changed_at: datetime
    verdict: str
    approach: str | None
    action: str
    answered: int
    questions: int


class ListedFramework(msgspec.Struct):
    key: str
    title: str
    base: str
    sha256: str
    """Of what decides in it: the same where only words differ."""
    for_new: bool
    """Whether new assessments of the workspace are under it."""


class FrameworkList(msgspec.Struct):
    frameworks: Sequence[ListedFramework]


class ValueAnswer(msgspec.Struct):
    path: str
    value: Any
    evidence: str
    link: str
    strength: str
    origin: Any
    version: int
    changed_at: datetime | None


class ValuesAnswer(msgspec.Struct):
    values: Sequence[ValueAnswer]


class SavedEntry(msgspec.Struct):
    path: str
    state: str
    """`saved`, or `unchanged` where it said so already."""
    version: int


class SavedAnswer(msgspec.Struct):
    entries: Sequence[SavedEntry]
    verdict: str
    changed_at: datetime


class LeverStanding(msgspec.Struct):
    approach: str
    name: str
    state: str
    place: int | None
    reason: str


class StandingsAnswer(msgspec.Struct):
    standings: Sequence[LeverStanding]


class AskNext(msgspec.Struct):
    """An open question that could still change the verdict, in the words in which to ask a person."""

    path: str
    label: str
    ask: str
    why: str
    example: str
    find_out: str
    choices: Sequence[str]
    version: int
    """What a change must have seen."""


class NextAnswer(msgspec.Struct):
    settled: bool
    questions: Sequence[AskNext]


class BriefPart(msgspec.Struct):
    heading: str
    paragraphs: Sequence[str]
    points: Sequence[str]


class BriefAnswer(msgspec.Struct):
    name: str
    headline: str
    parts: Sequence[BriefPart]


class AdviceAnswer(msgspec.Struct):
    """What a document comes to, for somebody who reads it: no stored assessment, so no versions to have seen."""

    framework_title: str
    approach: str | None
    action: str
    settled: bool
    brief: BriefAnswer
    questions: Sequence[AskNext]


class VersionAnswer(msgspec.Struct):
    number: int
    verdict: str
    reason: str
    content_hash: str
    created_at: datetime
    created_by: str


class VersionList(msgspec.Struct):
    versions: Sequence[VersionAnswer]


class FrozenAnswer(msgspec.Struct):
    number: int
    content_hash: str
    document: dict[str, Any]
    result: dict[str, Any]


class DifferenceGroup(msgspec.Struct):
    heading: str
    moved: Sequence[Any]
    added: Sequence[str]
    gone: Sequence[str]


class DifferencesAnswer(msgspec.Struct):
    summary: str
    verdict_before: str
    verdict_after: str
    answers: Sequence[Any]
    groups: Sequence[DifferenceGroup]


class LinkAnswer(msgspec.Struct):
    id: int
    name: str
    version: int | None
    costs: bool
    evidence: bool
    state: str
    opened: int
    expires_at: datetime
    url: str | None
    """Told once, where the link was just made."""


class LinkList(msgspec.Struct):
    links: Sequence[LinkAnswer]


class SignOffAnswer(msgspec.Struct):
    state: str
    words: str
    version: int | None
    decided: int
    asked: int
    open_conditions: int
    is_current: bool
    due: Sequence[str]


class DrawingAnswer(msgspec.Struct):
    state: str
    pages: int
    """How many are laid out so far."""


class RowFigure(msgspec.Struct):
    label: str
    figure: str
    word: str


class RowAnswer(msgspec.Struct):
    id: str
    name: str
    url: str
    task: str
    progress: str
    verdict: str
    approach: str
    action: str
    what_to_do: str
    settled: str
    sign_off: str
    due: Sequence[str]
    pilot: str
    figures: Sequence[RowFigure]


class PortfolioAnswer(msgspec.Struct):
    lead: str
    total: int
    worth_tuning: int
    in_progress: int
    by_action: dict[str, int]
    found: int
    """How many rows there are under these filters."""
    rows: Sequence[RowAnswer]


class FileAnswer(msgspec.Struct):
    name: str
    sha256: str
    is_here: bool


class ImportShort(msgspec.Struct, kw_only=True):
    id: int
    url: str
    state: str
    """`reading`, `read`, `failed` or `saved`."""
    words: str
    progress: float
    files: Sequence[FileAnswer]
    created_at: datetime
    created_by: str
    rests: Sequence[str]
    """The paths of the answers that rest on it."""


class ImportList(msgspec.Struct):
    imports: Sequence[ImportShort]


class RowNotRead(msgspec.Struct):
    row: str
    sentence: str


class FoundAnswer(msgspec.Struct):
    sentence: str
    files: Sequence[str]
    notes: Sequence[str]
    not_read: str
    faults: Sequence[RowNotRead]


class OptionAnswer(msgspec.Struct):
    value: str
    label: str


class ChoiceAnswer(msgspec.Struct):
    key: str
    label: str
    options: Sequence[OptionAnswer]
    chosen: Sequence[str]
    takes_many: bool
    is_needed: bool


class ProposedAnswer(msgspec.Struct):
    choice: str
    """What is sent to accept it: it tells this answer from any other."""
    words: str
    why: str
    strength: str
    rules: Sequence[str]
    rests_on: Sequence[str]
    effects: Sequence[str]
    contradicts: Sequence[str]
    refused: str


class ProposalAnswer(msgspec.Struct):
    key: str
    label: str
    yours: str
    proposed: Sequence[ProposedAnswer]
    is_done: bool
    seen_versions: dict[str, int]


class ImportAnswer(ImportShort, kw_only=True):
    found: Sequence[FoundAnswer]
    refused: Sequence[str]
    came_before: Sequence[str]
    choices: Sequence[ChoiceAnswer]
    figures: Sequence[Any]
    """Tables in words, as the page has them."""
    proposals: Sequence[ProposalAnswer]
    undecided: Sequence[str]
    can_replace: int | None
