"""Asking for a sign-off, deciding on it, its conditions, and taking the request back."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.models import Approval, ApprovalCondition, Assessment, Membership, SignOff, User, WebhookEvent
from assessments.rights import ROLES

from . import audit, webhooks
from .sign_off_state import is_complete
from .versions import freeze, is_intact, lock

ASKED = gettext_noop("Asked for sign-off")


class SignOffRefused(Exception):
    """What somebody wants to do with a sign-off is not possible; `sentence` says why."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


class ContentChanged(SignOffRefused):
    """What is to be approved is not what the page had shown."""


def approvers_of(assessment: Assessment) -> QuerySet[Membership]:
    """The members of the workspace who may sign off, by name."""
    return (
        Membership.objects.filter(workspace=assessment.workspace_id, role__in=ROLES["sign_off"])
        .select_related("user")
        .order_by("user__name", "user__email")
    )


@transaction.atomic
def ask(
    assessment: Assessment, actor: User, *, approvers: Sequence[User], due_on: date | None, terms: Mapping[str, Any]
) -> SignOff:
    """Freezes what is answered now and asks these people to approve it. An earlier request that is open ends.

    Raises SignOffRefused where nobody but the last editor is asked, or somebody who may not sign off.
    """
    lock(assessment)
    allowed = set(approvers_of(assessment).values_list("user_id", flat=True))
    if not approvers or not {approver.pk for approver in approvers} <= allowed:
        raise SignOffRefused(_("Choose approvers among the people who may sign off here."))
    version = freeze(assessment, actor, reason=_(ASKED))
    if {approver.pk for approver in approvers} == {version.last_edited_by_id}:
        raise SignOffRefused(_("Whoever changed the answers last cannot approve alone. Choose somebody else as well."))
    for open_one in _open_requests(assessment):
        _withdraw(assessment, actor, open_one)
    sign_off = SignOff.objects.create(version=version, asked_by=actor, due_on=due_on, **terms)
    Approval.objects.bulk_create(Approval(sign_off=sign_off, approver=approver) for approver in approvers)
    audit.record(
        audit.chain_of(assessment),
        "ask_sign_off",
        actor=actor,
        about=version.place,
        number=version.number,
        content_hash=version.content_hash,
        approvers=[str(approver) for approver in approvers],
        due_on=_text(due_on),
        terms={name: _text(value) for name, value in terms.items() if value not in (None, "", False)},
    )
    webhooks.tell(WebhookEvent.SIGN_OFF_ASKED, assessment, version)
    return sign_off


@transaction.atomic
def decide(
    assessment: Assessment,
    actor: User,
    sign_off: SignOff,
    *,
    decision: str,
    comment: str,
    conditions: Sequence[str],
    content_hash: str,
) -> Approval:
    """What one approver decides on exactly the content with this hash. It can be changed until all have decided.

    Raises ContentChanged where that is not what was asked to be approved or what is stored, and SignOffRefused
    where the request was taken back, is complete, or does not ask whoever acts.
    """
    lock(assessment)
    current = SignOff.objects.select_related("version").get(pk=sign_off.pk)
    version = current.version
    approval = current.approvals.filter(approver=actor).first()
    if approval is None:
        raise SignOffRefused(_("You are not asked to approve this."))
    if current.withdrawn_at:
        raise SignOffRefused(_("The request was taken back meanwhile. There is nothing to decide."))
    if content_hash != version.content_hash or not is_intact(version):
        raise ContentChanged(_("What you saw is not what would be approved. Look at it again before you decide."))
    if is_complete(current, list(current.approvals.all())):
        raise SignOffRefused(_("All have decided. To change something, ask for a new sign-off."))
    approval.decision, approval.comment = decision, comment
    approval.decided_at, approval.content_hash = timezone.now(), content_hash
    approval.save()
    _set_conditions(approval, conditions if decision == Approval.Ruling.CONDITIONS else ())
    audit.record(
        audit.chain_of(assessment),
        "decide",
        actor=actor,
        about=version.place,
        number=version.number,
        decision=decision,
        comment=comment,
        conditions=list(conditions) if decision == Approval.Ruling.CONDITIONS else [],
        content_hash=content_hash,
    )
    webhooks.tell(WebhookEvent.DECIDED, assessment, version)
    return approval


def _set_conditions(approval: Approval, texts: Sequence[str]) -> None:
    """These conditions and no others. One that stood there before keeps its tick."""
    approval.conditions.exclude(text__in=texts).delete()
    kept = set(approval.conditions.values_list("text", flat=True))
    ApprovalCondition.objects.bulk_create(
        ApprovalCondition(approval=approval, text=text) for text in dict.fromkeys(texts) if text not in kept
    )


@transaction.atomic
def tick(assessment: Assessment, actor: User, condition: ApprovalCondition, *, met: bool) -> None:
    """Ticks an open point off, or takes the tick back. Twice is as once."""
    lock(assessment)
    waiting = ApprovalCondition.objects.filter(pk=condition.pk, met_at__isnull=met)
    if not waiting.update(met_at=timezone.now() if met else None, met_by=actor if met else None):
        return
    version = condition.approval.sign_off.version
    audit.record(
        audit.chain_of(assessment),
        "meet_condition" if met else "reopen_condition",
        actor=actor,
        about=version.place,
        number=version.number,
        condition=condition.text,
    )


@transaction.atomic
def withdraw(assessment: Assessment, actor: User, sign_off: SignOff) -> None:
    """Takes a request back. Raises SignOffRefused where all have decided: what was approved stays approved."""
    lock(assessment)
    current = SignOff.objects.select_related("version").get(pk=sign_off.pk)
    if is_complete(current, list(current.approvals.all())):
        raise SignOffRefused(_("All have decided, so the request cannot be taken back."))
    if current.withdrawn_at is None:
        _withdraw(assessment, actor, current)


def _withdraw(assessment: Assessment, actor: User, sign_off: SignOff) -> None:
    SignOff.objects.filter(pk=sign_off.pk).update(withdrawn_at=timezone.now())
    version = sign_off.version
    audit.record(
        audit.chain_of(assessment),
        "withdraw_sign_off",
        actor=actor,
        about=version.place,
        number=version.number,
    )


def _open_requests(assessment: Assessment) -> list[SignOff]:
    in_force = SignOff.objects.filter(version__assessment=assessment, withdrawn_at=None).select_related("version")
    return [one for one in in_force.prefetch_related("approvals") if not is_complete(one, list(one.approvals.all()))]


def open_approvals(user: User) -> QuerySet[Approval]:
    """What waits for this person's decision, the soonest due first."""
    return (
        Approval.objects.filter(approver=user, decision="", sign_off__withdrawn_at=None)
        .filter(
            sign_off__version__assessment__deleted_at=None,
            sign_off__version__assessment__workspace__deleted_at=None,
            sign_off__version__assessment__workspace__memberships__in=Membership.objects.filter(
                user=user, role__in=ROLES["sign_off"]
            ),
        )
        .select_related("sign_off__version__assessment__workspace", "sign_off__asked_by")
        .defer("sign_off__version__result")
        .order_by(F("sign_off__due_on").asc(nulls_last=True), "sign_off__asked_at", "pk")
    )


def _text(value: Any) -> Any:
    """A value as the audit trail keeps it."""
    return str(value) if isinstance(value, (date, Decimal)) else value
