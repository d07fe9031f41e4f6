"""Where sign-offs stand, for one assessment or for many in the same few queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Approval, Assessment, SignOff, StoredValue, Version
from assessments.prepared import Prepared, given_id

from .answer_sheet import sheet_of
from .versions import CLOSE, answers_are_those_of

Kind = Literal["not_asked", "waiting", "second", "objected", "approved", "conditions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffState:
    """Where the sign-off of one assessment stands."""

    kind: Kind = "not_asked"
    sign_off: SignOff | None = None
    """The request that this is about: the newest that was not taken back."""
    number: int | None = None
    """The version that it asks about."""
    decided: int = 0
    asked: int = 0
    open_conditions: int = 0
    overdue: bool = False
    looking_at: int = 1
    """The version that the answers of now are, or will be when they are frozen."""
    is_frozen: bool = False
    """Whether the answers of now are a version already."""
    is_current: bool = True
    """Whether the answers of now are those that the request is about."""
    approved: SignOff | None = None
    """The newest sign-off that is complete; its version may be an earlier one."""

    @property
    def is_approved(self) -> bool:
        return self.kind in ("approved", "conditions")

    @property
    def is_stale(self) -> bool:
        """Whether something else was approved than what is answered now."""
        return self.is_approved and not self.is_current

    @property
    def words(self) -> str:
        """In short, as a list shows it."""
        if self.kind == "waiting":
            return _("Waiting, {n} of {of}").format(n=self.decided, of=self.asked)
        if self.kind == "conditions":
            many = self.open_conditions
            words = (
                ngettext(
                    "Version {number} approved, {n} open condition",
                    "Version {number} approved, {n} open conditions",
                    many,
                )
                if self.is_stale
                else ngettext("Approved, {n} open condition", "Approved, {n} open conditions", many)
            )
            return words.format(number=self.number, n=many)
        if self.kind == "approved":
            return _("Version {number} approved").format(number=self.number) if self.is_stale else _("Approved")
        return {
            "not_asked": _("Not asked"),
            "second": _("Waits for a second approver"),
            "objected": _("Objected"),
        }[self.kind]


def favour(approvals: Iterable[Approval]) -> list[Approval]:
    """Those who approve, with conditions or without."""
    return [one for one in approvals if one.decision in (Approval.Ruling.APPROVED, Approval.Ruling.CONDITIONS)]


def is_complete(sign_off: SignOff, approvals: Sequence[Approval]) -> bool:
    """Whether everybody who was asked approves, somebody else than the last editor among them."""
    return _kind(sign_off, approvals, 0) in ("approved", "conditions")


def kind_of(sign_off: SignOff) -> Kind:
    """Where one request stands, whatever became of the answers since."""
    approvals = list(sign_off.approvals.all())
    return _kind(sign_off, approvals, _open_conditions(approvals))


def _open_conditions(approvals: Iterable[Approval]) -> int:
    return sum(point.met_at is None for one in favour(approvals) for point in one.conditions.all())


def completed_on(sign_off: SignOff) -> datetime | None:
    """When the last one of those who were asked approved; None while that has not happened."""
    approvals = list(sign_off.approvals.all())
    if not is_complete(sign_off, approvals):
        return None
    return max(one.decided_at for one in approvals if one.decided_at)


def _kind(sign_off: SignOff, approvals: Sequence[Approval], open_conditions: int) -> Kind:
    if any(one.decision == Approval.Ruling.OBJECTED for one in approvals):
        return "objected"
    approving = favour(approvals)
    if approving and all(one.approver_id == sign_off.version.last_edited_by_id for one in approving):
        return "second"
    if not approving or len(approving) < len(approvals):
        return "waiting"
    return "conditions" if open_conditions else "approved"


def states(assessments: Iterable[Assessment], requests: Iterable[SignOff] | None = None) -> dict[str, SignOffState]:
    """Where the sign-off of each of these assessments stands, by id. The number of queries does not grow.

    `requests` are all that were not taken back, where they were looked up already.
    """
    listed = {assessment.pk: assessment for assessment in assessments}
    return _states(listed, requests_of(listed) if requests is None else requests, _newest_versions(listed))


def state_of(assessment: Assessment) -> SignOffState:
    pk = assessment.pk
    newest = _NEWEST_OF_ONE.first(assessment=pk)
    return _states({pk: assessment}, _REQUESTS_OF_ONE.ask(assessment=pk), {pk: newest} if newest else {})[pk]


def _states(
    listed: Mapping[str, Assessment], asked: Iterable[SignOff], newest: Mapping[str, Version]
) -> dict[str, SignOffState]:
    requests: dict[str, list[SignOff]] = {}
    for sign_off in asked:
        requests.setdefault(sign_off.version.assessment_id, []).append(sign_off)
    in_force = _in_force(listed, newest, requests)
    return {pk: _state(requests.get(pk, []), newest.get(pk), in_force[pk]) for pk in listed}


def waiting_version(assessment: Assessment) -> int | None:
    """The version that waits for a decision, if one does."""
    if assessment.workspace_id is None:
        return None
    newest = _REQUESTS_OF_ONE.first(assessment=assessment.pk)
    return newest.version.number if newest and kind_of(newest) in ("waiting", "second") else None


def requests_of(assessments: Iterable[str]) -> QuerySet[SignOff]:
    """Every request that was not taken back, the newest first, with its decisions and conditions."""
    return _with_decisions(SignOff.objects.filter(version__assessment__in=list(assessments)))


def _with_decisions(requests: QuerySet[SignOff]) -> QuerySet[SignOff]:
    return (
        requests.filter(withdrawn_at=None)
        .select_related("version")
        .defer("version__document", "version__result")
        .prefetch_related("approvals__approver", "approvals__conditions__met_by")
    )


_REQUESTS_OF_ONE = Prepared(
    lambda: _with_decisions(SignOff.objects.filter(version__assessment=given_id("assessment", Assessment)))
)
_NEWEST_OF_ONE = Prepared(
    lambda: (
        Version.objects.filter(assessment=given_id("assessment", Assessment))
        .order_by("-pk")
        .defer("document", "result")[:1]
    )
)


def _newest_versions(assessments: Iterable[str]) -> dict[str, Version]:
    """The newest version of each assessment, without its content."""
    of_these = Version.objects.filter(assessment__in=list(assessments)).order_by()
    last = of_these.values("assessment").annotate(last=Max("pk")).values("last")
    found = Version.objects.filter(pk__in=last).defer("document", "result")
    return {version.assessment_id: version for version in found}


def _in_force(
    assessments: Mapping[str, Assessment], newest: Mapping[str, Version], requests: Mapping[str, list[SignOff]]
) -> dict[str, set[str]]:
    """For each assessment the content hashes that its answers of now have among those of its versions.

    Mostly the time of the last change tells; where something was changed since, the answers are compared.
    """
    hashes = {pk: {newest[pk].content_hash} if pk in newest else set() for pk in assessments}
    changed = [
        pk
        for pk, assessment in assessments.items()
        if pk in newest and assessment.changed_at > newest[pk].created_at - CLOSE
    ]
    if not changed:
        return hashes
    wanted = [newest[pk].pk for pk in changed] + [one.version_id for pk in changed for one in requests.get(pk, [])]
    values: dict[str, list[StoredValue]] = {pk: [] for pk in changed}
    for stored in StoredValue.objects.filter(assessment__in=changed):
        values[stored.assessment_id].append(stored)
    sheets = {pk: sheet_of(assessments[pk], values[pk]) for pk in changed}
    hashes |= {pk: set() for pk in changed}
    for version in Version.objects.filter(pk__in=wanted).defer("result"):
        if answers_are_those_of(sheets[version.assessment_id], version):
            hashes[version.assessment_id].add(version.content_hash)
    return hashes


def _state(requests: Sequence[SignOff], newest: Version | None, in_force: set[str]) -> SignOffState:
    number = newest.number if newest else 0
    is_frozen = newest is not None and newest.content_hash in in_force
    looking_at = number if is_frozen else number + 1
    approved = next((one for one in requests if is_complete(one, list(one.approvals.all()))), None)
    if not requests:
        return SignOffState(looking_at=looking_at, is_frozen=is_frozen)
    sign_off = requests[0]
    approvals = list(sign_off.approvals.all())
    open_conditions = _open_conditions(approvals)
    kind = _kind(sign_off, approvals, open_conditions)
    late = sign_off.due_on is not None and sign_off.due_on < timezone.localdate()
    return SignOffState(
        kind=kind,
        sign_off=sign_off,
        number=sign_off.version.number,
        decided=sum(bool(one.decision) for one in approvals),
        asked=len(approvals),
        open_conditions=open_conditions,
        overdue=late and kind not in ("approved", "conditions"),
        looking_at=looking_at,
        is_frozen=is_frozen,
        is_current=sign_off.version.content_hash in in_force,
        approved=approved,
    )
