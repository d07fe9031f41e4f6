"""Versions and sign-offs of an assessment that was looked up for this act, and what anybody may check."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404
from django.utils.translation import gettext as _

from assessments.models import ApprovalCondition, Assessment, SignOff, StoredValue, Version, Workspace

from .refusal import found


def own_versions(assessment: Assessment) -> QuerySet[Version]:
    """Every version of one's own assessment without its content, the newest first."""
    versions = Version.objects.filter(assessment=assessment).defer("document", "result")
    return versions.select_related("created_by", "last_edited_by")


class Decided(NamedTuple):
    """What a version decided, in short."""

    approach: str | None
    action: str
    confirm: list[str]
    wording: str


def decided_in(versions: Iterable[Version]) -> dict[int, Decided]:
    """What each of these versions decided, by its id."""
    decided = Version.objects.filter(pk__in=[version.pk for version in versions]).order_by()
    parts = ("approach", "action", "confirm", "wording")
    found = decided.values_list("pk", *(f"result__{part}" for part in parts))
    return {
        pk: Decided(approach, action, confirm or [], wording or "") for pk, approach, action, confirm, wording in found
    }


def own_version(assessment: Assessment, number: int) -> Version:
    versions = Version.objects.filter(assessment=assessment).select_related("created_by", "last_edited_by")
    return found(versions.filter(number=number).first())


def number_in(typed: str) -> int:
    """A version's number in an address. What is none is not found."""
    if not typed.isascii() or not typed.isdecimal() or len(typed) > 9:
        raise Http404
    return int(typed)


def own_sign_offs(assessment: Assessment) -> QuerySet[SignOff]:
    """Every request of one's own assessment, those that were taken back too, the newest first."""
    return (
        SignOff.objects.filter(version__assessment=assessment)
        .select_related("version__last_edited_by", "asked_by")
        .defer("version__document", "version__result")
        .prefetch_related("approvals__approver", "approvals__conditions__met_by")
    )


def own_sign_off(assessment: Assessment, sign_off_id: int) -> SignOff:
    return found(own_sign_offs(assessment).filter(pk=sign_off_id).first())


def own_condition(assessment: Assessment, condition_id: int) -> ApprovalCondition:
    conditions = ApprovalCondition.objects.filter(approval__sign_off__version__assessment=assessment)
    return found(conditions.select_related("approval__sign_off__version").filter(pk=condition_id).first())


def sign_offs_of(versions: Iterable[Version]) -> QuerySet[SignOff]:
    """The requests about these versions that were not taken back, the newest first."""
    return (
        SignOff.objects.filter(version__in=[version.pk for version in versions], withdrawn_at=None)
        .select_related("version")
        .defer("version__document", "version__result")
        .prefetch_related("approvals__approver", "approvals__conditions__met_by")
    )


def names_of(workspace: Workspace, ids: Iterable[str]) -> dict[str, str]:
    """What the assessments of a workspace with these ids are called, those that are not deleted."""
    of_these = Assessment.objects.filter(workspace=workspace, pk__in=list(ids), deleted_at=None)
    name = StoredValue.objects.filter(assessment=OuterRef("pk"), path="use_case.name").values("value")[:1]
    return {pk: found or _("Untitled use case") for pk, found in of_these.values_list("pk", Subquery(name))}


def versions_with(content_hash: str) -> QuerySet[Version]:
    """The versions that have this content, for whoever has the report or its hash. Deleted ones are gone."""
    return (
        Version.objects.filter(content_hash=content_hash, assessment__deleted_at=None)
        .exclude(assessment__workspace__deleted_at__isnull=False)
        .select_related("assessment", "last_edited_by")
        .order_by("created_at", "pk")
    )
