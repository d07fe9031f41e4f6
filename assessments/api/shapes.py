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


class PortfolioQuery(_Sent):
    """Which rows of the portfolio, in which order, and which page of them."""

    q: str = ""
    verdict: str = ""
    settled: str = ""
    sign_off: str = ""
    pilot: str = ""
    task: str = ""
    progress: str = ""
    order: str = ""
    reverse: str = ""
    page: Annotated[int, msgspec.Meta(ge=1, le=100_000)] = 1
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 20


class ReportQuery(_Sent):
    """Which report: of now or of a version, with every answer or without; `again` where one failed."""

    appendix: bool = False
    version: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)] | None = None
    again: bool = False


class ValuesQuery(_Sent):
    """Which values: those at these paths or below them, separated by commas; all without one."""

    path: str = ""


class FrameworkQuery(_Sent):
    """The key of a framework of the workspace; without one it is what new assessments are under."""

    framework: Annotated[str, msgspec.Meta(max_length=64)] = ""


class StartQuery(_Sent):
    """Whether the document is what an agent was told, or found: then it counts as opinion until a person confirms."""

    told_by_agent: bool = False


class SentEntry(_Sent, kw_only=True):
    """What a value is to become. `seen_version` is the version that was read, 0 where nothing was stored.
    What is `told_by_agent` counts as opinion until a person confirms it; then it is as strong as it was called."""

    path: str
    value: Any = None
    evidence: str = ""
    link: str = ""
    strength: str = "opinion"
    told_by_agent: bool = False
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


class SentChoices(_Sent):
    """What was chosen of what an import offers, by key: one value, or several where it takes many."""

    choices: Annotated[dict[str, str | list[str]], msgspec.Meta(max_length=500)] = {}


class SentDecision(_Sent):
    """What becomes of one proposal: its `choice`, `mine` or `later`."""

    key: str
    choice: str
    seen_versions: dict[str, Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]] = {}


class SentDecisions(_Sent):
    decisions: Annotated[list[SentDecision], msgspec.Meta(max_length=500)] = []
    keep_files: bool = False
    replace: bool = False
    """Whether the import that this one can replace is taken out."""


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
