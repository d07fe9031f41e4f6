"""What is sent to the interface: the types that are checked, and that the description is written from."""

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
