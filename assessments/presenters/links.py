"""Share links in words: what each shows, how it stands, and when it was opened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .formats import number


class Link(Protocol):
    """What is told of a link; the token is not among it."""

    @property
    def pk(self) -> Any: ...
    @property
    def name(self) -> str: ...
    @property
    def version(self) -> Any: ...
    @property
    def with_costs(self) -> bool: ...
    @property
    def with_evidence(self) -> bool: ...
    @property
    def passphrase(self) -> str: ...
    @property
    def openings_allowed(self) -> int | None: ...
    @property
    def opened(self) -> int: ...
    @property
    def last_opened_at(self) -> datetime | None: ...
    @property
    def created_by(self) -> Any: ...
    @property
    def created_at(self) -> datetime: ...
    @property
    def expires_at(self) -> datetime: ...
    @property
    def paused_at(self) -> datetime | None: ...
    @property
    def switched_off_at(self) -> datetime | None: ...
    @property
    def state(self) -> str: ...


def stands(state: str) -> tuple[str, str, str]:
    """Word, tone and shape of each state."""
    return {
        "on": (pgettext("link", "On"), "pos", "done"),
        "paused": (_("Paused"), "warn", "half"),
        "used up": (_("Used up"), "", "no"),
        "ended": (pgettext("link", "Ended"), "", "no"),
        "off": (_("Switched off"), "", "no"),
    }[state]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    pk: int
    name: str
    state: str
    word: str
    tone: str
    shape: str
    shows: str
    asks: str
    asks_passphrase: bool
    opened: str
    last_opened_at: datetime | None
    made_by: str
    made_at: datetime
    ends_at: datetime
    ends_word: str
    locked_out: int
    may_change: bool

    @property
    def is_final(self) -> bool:
        """Switched off for good: nothing can be done to it."""
        return self.state == "off"


def present_link(link: Link, *, may_change: bool) -> LinkView:
    word, tone, shape = stands(link.state)
    return LinkView(
        pk=link.pk,
        name=link.name,
        state=link.state,
        word=word,
        tone=tone,
        shape=shape,
        shows=_shows(link),
        asks=_asks(link),
        asks_passphrase=bool(link.passphrase),
        opened=_opened(link),
        last_opened_at=link.last_opened_at,
        made_by=str(link.created_by) if link.created_by else "",
        made_at=link.created_at,
        ends_at=link.switched_off_at or link.expires_at,
        ends_word=_ends_word(link),
        locked_out=getattr(link, "locked_out", 0),
        may_change=may_change,
    )


def _ends_word(link: Link) -> str:
    if link.switched_off_at:
        return _("Switched off")
    return pgettext("link", "Ended") if link.state == "ended" else pgettext("link", "Ends")


def _shows(link: Link) -> str:
    """What a visitor gets to see.

    >>> from types import SimpleNamespace as Of
    >>> _shows(Of(version=None, with_costs=True, with_evidence=True))
    'The newest state, with everything'
    >>> _shows(Of(version=Of(number=3), with_costs=False, with_evidence=False))
    'Version 3, without costs and evidence'
    """
    what = _("Version {number}").format(number=link.version.number) if link.version else _("The newest state")
    if link.with_costs:
        words = _("{what}, with everything") if link.with_evidence else _("{what}, without evidence")
    else:
        words = _("{what}, without costs") if link.with_evidence else _("{what}, without costs and evidence")
    return words.format(what=what)


def _asks(link: Link) -> str:
    if link.passphrase:
        return _("A passphrase")
    return _("One click") if link.openings_allowed is not None else pgettext("link", "Nothing")


def _opened(link: Link) -> str:
    """How often it was opened, and how often it may be.

    >>> from types import SimpleNamespace as Of
    >>> _opened(Of(opened=0, openings_allowed=None)), _opened(Of(opened=1, openings_allowed=5))
    ('Never', '1 of 5 times')
    """
    if link.openings_allowed is not None:
        return _("{opened} of {allowed} times").format(
            opened=number(link.opened), allowed=number(link.openings_allowed)
        )
    if link.opened == 0:
        return pgettext("link", "Never")
    return _("Once") if link.opened == 1 else pgettext("link", "{n} times").format(n=number(link.opened))
