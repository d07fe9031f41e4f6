"""Tokens: whose they are, and what a request that comes with one reaches."""

import weakref

from django.db.models import QuerySet
from django.http import HttpRequest

from assessments.models import AccessToken, Workspace
from assessments.rights import Right, Scope, scope_of

from .refusal import NotInScope, found
from .who import person

_token: "weakref.WeakKeyDictionary[HttpRequest, AccessToken]" = weakref.WeakKeyDictionary()


def enter(request: HttpRequest, token: AccessToken) -> None:
    """From here on the request is its person's, as far as the token goes."""
    request.user = token.membership.user
    request.user.through = token.name
    _token[request] = token


def token_of(request: HttpRequest) -> AccessToken | None:
    """What a program came with; None for a browser."""
    return _token.get(request)


def bounds(request: HttpRequest) -> dict[str, str]:
    """The one workspace that a token opens, as a condition for a query; none for a browser."""
    token = token_of(request)
    return {"workspace": token.membership.workspace_id} if token else {}


def scopes(token: AccessToken) -> frozenset[Scope]:
    """What a token is for. Reading is always among it."""
    chosen: dict[Scope, bool] = {"read": True, "write": token.may_write, "share": token.may_share}
    return frozenset(scope for scope, has in chosen.items() if has)


def admit_token(request: HttpRequest, right: Right) -> None:
    """Lets on whoever is no program, and a program whose token is for this."""
    token, needed = token_of(request), scope_of(right)
    if token and needed not in scopes(token):
        raise NotInScope(needed)


def own_tokens(request: HttpRequest) -> QuerySet[AccessToken]:
    """Every token of whoever is signed in, the newest first."""
    user = person(request)
    every = AccessToken.objects.select_related("membership__user", "membership__workspace")
    every = every.filter(membership__workspace__deleted_at=None)
    return every.filter(membership__user=user) if user else every.none()


def own_token(request: HttpRequest, token_id: int) -> AccessToken:
    return found(own_tokens(request).filter(pk=token_id).first())


def tokens_of(workspace: Workspace) -> QuerySet[AccessToken]:
    """Every token into a workspace that was reached by `own_workspace`, the newest first."""
    every = AccessToken.objects.select_related("membership__user", "membership__workspace")
    return every.filter(membership__workspace=workspace)
