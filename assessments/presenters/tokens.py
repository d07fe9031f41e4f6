"""Tokens of programs in words: what each may do, how it stands, and when it was used."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .formats import listed
from .links import stands
from .words import starting


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenView:
    pk: int
    name: str
    whose: str
    workspace: str
    may: str
    state: str
    word: str
    tone: str
    shape: str
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None

    @property
    def is_final(self) -> bool:
        return self.state in ("ended", "off")


def present_tokens(tokens: Iterable[Any]) -> Sequence[TokenView]:
    return [_token(token) for token in tokens]


def _token(token: Any) -> TokenView:
    word, tone, shape = _stands(token)
    may = [
        pgettext("token may", "read"),
        *([pgettext("token may", "change")] if token.may_write else []),
        *([pgettext("token may", "share")] if token.may_share else []),
    ]
    return TokenView(
        pk=token.pk,
        name=token.name,
        whose=str(token.membership.user),
        workspace=token.membership.workspace.name,
        may=starting(listed(may)),
        state=token.state,
        word=word,
        tone=tone,
        shape=shape,
        created_at=token.created_at,
        expires_at=token.expires_at,
        last_used_at=token.last_used_at,
    )


def _stands(token: Any) -> tuple[str, str, str]:
    if token.state == "off":
        return _("Revoked"), "", "no"
    if token.state == "on" and not token.membership.workspace.access_tokens:
        return _("Not let in"), "", "no"
    return stands(token.state)
