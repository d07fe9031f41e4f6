"""Everything that is one person's, as one file that is written piece by piece."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils import timezone

from assessments.access import blind_to, closed_to
from assessments.models import Approval, Assessment, Comment, EvidenceImport, Rater, User, ValueChange, Workspace
from assessments.rights import ROLES

from .answer_sheet import sheet_of

FORMAT, VERSION = "ftdecide-account", 1
_AT_A_TIME = 200


def own_data(user: User) -> Iterator[str]:
    """The pieces of a JSON file: the account, its memberships and sign-ins, and what it made in its workspaces.

    A workspace that asks for a second step which this person does not have is left out. Assessments are
    those of workspaces where this person may take files out, each as a document that can be imported
    again, but for those of which they are to answer questions blind. Comments, changes, imports of files,
    ratings and decisions are the person's own.
    """
    own = Workspace.objects.filter(memberships__user=user, deleted_at=None)
    inside = list(own.exclude(closed_to(user)).values_list("pk", flat=True))
    yield "{"
    head = {"format": FORMAT, "version": VERSION, "exported_at": timezone.now(), "account": _account(user)}
    for name, value in head.items():
        yield f"{json.dumps(name)}: {_json(value)},\n"
    yield from _list("memberships", _memberships(user), end=",\n")
    yield from _list("sign_ins", _sign_ins(user), end=",\n")
    yield from _list("assessments", _assessments(user, inside), end=",\n")
    yield from _list("comments", _comments(user, inside), end=",\n")
    yield from _list("changes", _changes(user, inside), end=",\n")
    yield from _list("imports", _imports(user, inside), end=",\n")
    yield from _list("ratings", _ratings(user, inside), end=",\n")
    yield from _list("decisions", _decisions(user, inside), end="}\n")


def _account(user: User) -> dict[str, Any]:
    return {
        "name": user.name,
        "email": user.email,
        "language": user.language,
        "addresses": list(EmailAddress.objects.filter(user=user).values("email", "verified", "primary")),
        "two_step_sign_in": Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists(),
        "created_at": user.created_at,
        "last_signed_in_at": user.last_login,
    }


def _memberships(user: User) -> Iterator[dict[str, Any]]:
    for one in user.memberships.filter(workspace__deleted_at=None).select_related("workspace").order_by("pk"):
        workspace = {"id": one.workspace_id, "name": one.workspace.name}
        yield {"workspace": workspace, "role": one.role, "joined_at": one.joined_at}


def _sign_ins(user: User) -> Iterator[dict[str, Any]]:
    for one in UserSession.objects.filter(user=user).order_by("pk"):
        yield {"browser": one.user_agent, "since": one.created_at, "last_seen_at": one.last_seen_at}


def _assessments(user: User, inside: list[str]) -> Iterator[dict[str, Any]]:
    may_export = user.memberships.filter(role__in=ROLES["export"], workspace__in=inside)
    found = Assessment.objects.filter(workspace__in=may_export.values("workspace"), deleted_at=None)
    found = found.exclude(blind_to(user))
    for one in found.order_by("pk").prefetch_related("values").iterator(chunk_size=_AT_A_TIME):
        yield {
            "id": one.pk,
            "workspace": one.workspace_id,
            "created_at": one.created_at,
            "changed_at": one.changed_at,
            "document": sheet_of(one, one.values.all()).raw,
        }


def _comments(user: User, inside: list[str]) -> Iterator[dict[str, Any]]:
    found = Comment.objects.filter(author=user, assessment__workspace__in=inside).order_by("pk")
    fields = ("assessment", "place", "text", "created_at", "resolved_at")
    yield from map(dict, found.values(*fields).iterator(_AT_A_TIME))


def _changes(user: User, inside: list[str]) -> Iterator[dict[str, Any]]:
    found = ValueChange.objects.filter(by=user, assessment__workspace__in=inside).order_by("pk")
    yield from map(dict, found.values("assessment", "path", "before", "after", "at").iterator(_AT_A_TIME))


def _imports(user: User, inside: list[str]) -> Iterator[dict[str, Any]]:
    """The files that this person handed in: what they were, and whether they are still stored."""
    found = EvidenceImport.objects.filter(created_by=user, assessment__workspace__in=inside).order_by("pk")
    for one in found.defer("read", "unread").prefetch_related("files").iterator(_AT_A_TIME):
        files = [
            {"name": file.name, "size": file.size, "sha256": file.sha256, "stored": bool(file.stored)}
            for file in one.files.all()
        ]
        yield {"assessment": one.assessment_id, "state": one.state, "imported_at": one.created_at, "files": files}


def _ratings(user: User, inside: list[str]) -> Iterator[dict[str, Any]]:
    """What this person answered blind to others, kept or handed in."""
    found = Rater.objects.filter(user=user, round__assessment__workspace__in=inside).order_by("pk")
    for one in found.select_related("round").iterator(_AT_A_TIME):
        yield {"assessment": one.round.assessment_id, "said": one.said, "handed_in_at": one.handed_in_at}


def _decisions(user: User, inside: list[str]) -> Iterator[dict[str, Any]]:
    found = Approval.objects.filter(approver=user, sign_off__version__assessment__workspace__in=inside)
    for one in found.select_related("sign_off__version").order_by("pk").iterator(_AT_A_TIME):
        version = one.sign_off.version
        yield {
            "assessment": version.assessment_id,
            "version": version.number,
            "decision": one.decision or None,
            "comment": one.comment,
            "decided_at": one.decided_at,
            "content_hash": one.content_hash,
        }


def _list(name: str, found: Iterable[dict[str, Any]], *, end: str) -> Iterator[str]:
    yield f"{json.dumps(name)}: ["
    for place, one in enumerate(found):
        yield ("," if place else "") + "\n" + _json(one)
    yield f"]{end}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=lambda moment: moment.isoformat())
