"""What goes in and comes out: the types that are checked and that the description is written from."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class _Sent(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Something that is sent: what nobody asked for is refused."""


class ListQuery(_Sent):
    """Which assessments: the filters of the portfolio, and where to go on."""

    q: str = ""
    verdict: str = ""
    settled: str = ""
    sign_off: str = ""
    pilot: str = ""
    task: str = ""
    progress: str = ""
    after: str = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 50


class ValuesQuery(_Sent):
    """Which values: those at these paths or below them, separated by commas; all without one."""

    path: str = ""


class SentEntry(_Sent, kw_only=True):
    """What a value is to become. `seen_version` is the version that was read, 0 where nothing was stored."""

    path: str
    value: Any = None
    evidence: str = ""
    link: str = ""
    strength: str = "opinion"
    seen_version: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


class SentEntries(_Sent):
    entries: Annotated[list[SentEntry], msgspec.Meta(min_length=1, max_length=500)]


class SentName(_Sent):
    name: Name


class SentReason(_Sent):
    reason: Annotated[str, msgspec.Meta(max_length=200)] = ""


class SentLink(_Sent):
    """What a link is to show, and how long. Without a version it always shows the newest state."""

    name: Annotated[str, msgspec.Meta(max_length=100)] = ""
    version: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)] | None = None
    costs: bool = True
    evidence: bool = True
    days: Annotated[int, msgspec.Meta(ge=1, le=365)] = 30


class ListedAssessment(msgspec.Struct):
    id: str
    name: str
    url: str
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
