"""Where sign-offs stand, for one assessment or for many in the same few queries, and as lists show and filter it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.db.models import Max, QuerySet
from django.db.models.fields.json import KT
from django.utils import timezone

from assessments.engine.lenses.training_gate import trend_of
from assessments.framework.notation import day as written_day
from assessments.framework.notation import written
from assessments.models import Approval, Assessment, SignOff, StoredValue, Version
from assessments.prepared import Prepared, given_id

from .answer_sheet import AnswerSheet, sheet_of
from .market_watch import moved_since
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
            return f"Waiting, {self.decided} of {self.asked}"
        if self.kind == "conditions":
            points = f"{self.open_conditions} open condition{'' if self.open_conditions == 1 else 's'}"
            return f"Version {self.number} approved, {points}" if self.is_stale else f"Approved, {points}"
        if self.kind == "approved":
            return f"Version {self.number} approved" if self.is_stale else "Approved"
        return {"not_asked": "Not asked", "second": "Waits for a second approver", "objected": "Objected"}[self.kind]


NOT_ASKED = "not_asked"
STATES: Mapping[str, str] = {
    "waiting": "Waiting",
    "objected": "Objected",
    "conditions": "Approved with conditions",
    "earlier": "Earlier version approved",
    "approved": "Approved",
    NOT_ASKED: "Not asked",
}
"""Every state that a list tells apart, in the order in which it has them: what wants doing first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffInList:
    """The state of one assessment, in words, and why its decision wants another look, if it does."""

    state: str = NOT_ASKED
    words: str = STATES[NOT_ASKED]
    due: Sequence[str] = ()


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
    return _states(listed, _requests(listed) if requests is None else requests, _newest_versions(listed))


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


def _requests(assessments: Iterable[str]) -> QuerySet[SignOff]:
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


def sign_offs(assessments: Collection[Assessment]) -> Mapping[str, SignOffInList]:
    """Those of all of these, by id. As many questions to the database for many as for one."""
    if not assessments:
        return {}
    requests = list(_requests([assessment.pk for assessment in assessments]))
    due = due_looks(assessments, timezone.localdate(), requests)
    return {
        pk: SignOffInList(state=_listed(one), words=one.words, due=due.get(pk, ()))
        for pk, one in states(assessments, requests).items()
    }


def _listed(found: SignOffState) -> str:
    if found.is_stale:
        return "earlier"
    return found.kind if found.kind in STATES else "waiting"


def by_state(assessments: Iterable[Assessment]) -> tuple[Mapping[str, list[str]], list[str]]:
    """The ids in each state, and those that want another look; given are those that somebody was asked about."""
    found: dict[str, list[str]] = {state: [] for state in STATES}
    due = []
    for pk, listed in sign_offs(list(assessments)).items():
        found[listed.state].append(pk)
        due += [pk] if listed.due else []
    return found, due


_REQUESTS, _MODEL = "use_case.monthly_requests", "use_case.model"
_WATCHED = (_REQUESTS, _MODEL, "override_weeks")


def due_again(assessment: Assessment, today: date) -> list[str]:
    """Why an approved assessment is due for another look, in sentences; nothing where it is not."""
    return due_looks([assessment], today)[assessment.pk]


def due_looks(
    assessments: Iterable[Assessment], today: date, requests: Iterable[SignOff] | None = None
) -> dict[str, list[str]]:
    """The same for many assessments at once. The number of queries does not grow; `requests` is as for `states`."""
    return {pk: [sentence for _, sentence in reasons] for pk, reasons in _due(assessments, today, requests).items()}


def stale_causes(assessments: Collection[Assessment], today: date) -> dict[str, tuple[SignOff, list[str]]]:
    """What was approved last and holds no longer, by id, each with the causes. Each cause is the same on every day."""
    due = _due(assessments, today)
    found = {}
    for pk, state in states(assessments).items():
        causes = ["answers"] if state.is_stale else []
        causes += [f"market: {sentence}" if cause == "market" else cause for cause, sentence in due[pk]]
        if state.approved and causes:
            found[pk] = (state.approved, causes)
    return found


def _due(
    assessments: Iterable[Assessment], today: date, requests: Iterable[SignOff] | None = None
) -> dict[str, list[tuple[str, str]]]:
    """Each reason with its cause: `market`, `stop_date`, `valid_until`, `volume`, `model`, `corrections`."""
    listed = {assessment.pk: assessment for assessment in assessments}
    approved: dict[str, SignOff] = {}
    for sign_off in _requests(listed) if requests is None else requests:
        if is_complete(sign_off, list(sign_off.approvals.all())):
            approved.setdefault(sign_off.version.assessment_id, sign_off)
    values: dict[str, list[StoredValue]] = {pk: [] for pk in approved}
    for stored in StoredValue.objects.filter(assessment__in=approved, path__in=_WATCHED) if approved else ():
        values[stored.assessment_id].append(stored)
    frozen = _frozen_parts(approved.values())
    return {
        pk: _reasons(approved[pk], sheet_of(assessment, values[pk]), frozen[approved[pk].version_id], today)
        if pk in approved
        else []
        for pk, assessment in listed.items()
    }


def decisions_due(today: date) -> list[tuple[str, list[str]]]:
    """Every approved assessment that is due for another look, by id, with the reasons."""
    signed = Assessment.objects.filter(deleted_at=None, versions__sign_offs__withdrawn_at=None)
    asked = signed.exclude(versions__sign_offs=None).distinct()
    return [(pk, reasons) for pk, reasons in due_looks(asked, today).items() if reasons]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frozen:
    """What a decision rests on that can move without an answer: the model that it names, and prices copied in."""

    model: str
    figures: Mapping[str, Any]


def _frozen_parts(sign_offs: Iterable[SignOff]) -> dict[int, _Frozen]:
    """Those of each version, in one query."""
    wanted = [one.version_id for one in sign_offs]
    if not wanted:
        return {}
    found = Version.objects.filter(pk__in=wanted).annotate(model=KT("document__use_case__model"))
    rows = found.values_list("pk", "model", "document__costs", "document__origins")
    return {
        pk: _Frozen(model=model or "", figures={"costs": costs or {}, "origins": origins or {}})
        for pk, model, costs, origins in rows
    }


def _reasons(sign_off: SignOff, sheet: AnswerSheet, frozen: _Frozen, today: date) -> list[tuple[str, str]]:
    reasons = [("market", sentence) for sentence in moved_since(frozen.figures, today)]
    if sign_off.stop_on and sign_off.stop_on <= today:
        reasons.append(("stop_date", f"The stop date was {written_day(sign_off.stop_on)}."))
    if sign_off.valid_until and sign_off.valid_until < today:
        reasons.append(("valid_until", f"The approval was valid until {written_day(sign_off.valid_until)}."))
    volume = sheet.value(_REQUESTS)
    if volume is not None and sign_off.volume_low is not None and volume < sign_off.volume_low:
        reasons.append(
            ("volume", written(f"Volume is {volume:,.0f} requests a month, below the {sign_off.volume_low:,} agreed."))
        )
    if volume is not None and sign_off.volume_high is not None and volume > sign_off.volume_high:
        reasons.append(
            ("volume", written(f"Volume is {volume:,.0f} requests a month, above the {sign_off.volume_high:,} agreed."))
        )
    model = sheet.value(_MODEL) or ""
    if sign_off.until_model_replaced and model != frozen.model:
        names = [f"“{name}”" if name else "none named" for name in (frozen.model, model)]
        reasons.append(("model", f"The base model was replaced: {names[0]} then, {names[1]} now."))
    if sign_off.until_corrections_fall and trend_of(sheet.framework, sheet.document) == "declining":
        reasons.append(("corrections", "Weekly corrections are falling."))
    return reasons
