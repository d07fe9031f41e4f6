"""Tells webhooks which approved decisions want another look: once for each decision and cause, on a day's first look.

Whether a decision holds is worked out when somebody looks, so that nothing happens at the moment at which it ceases to.
Therefore it is looked at once a day with what is tidied up then, and when another market comes into force.
"""

from datetime import date

from django.db import transaction

from assessments.models import Assessment, SignOff, Webhook, WebhookEvent

from . import webhooks
from .sign_off_due import stale_causes

_AT_A_TIME = 100


def tell_of_stale(today: date) -> int:
    """Says of how many decisions something new was told. Only those are looked at of which somebody is told."""
    on = Webhook.objects.filter(paused_at=None, workspace__deleted_at=None)
    concerned = {one.workspace_id for one in on if WebhookEvent.STALE in one.events}
    signed = Assessment.objects.filter(
        workspace__in=concerned, deleted_at=None, versions__sign_offs__in=SignOff.objects.filter(withdrawn_at=None)
    )
    ids = list(signed.order_by("pk").values_list("pk", flat=True).distinct())
    parts = [ids[start : start + _AT_A_TIME] for start in range(0, len(ids), _AT_A_TIME)]
    return sum(_tell(list(Assessment.objects.filter(pk__in=part)), today) for part in parts)


def _tell(assessments: list[Assessment], today: date) -> int:
    by_id = {one.pk: one for one in assessments}
    found = stale_causes(assessments, today)
    return sum(_tell_new(by_id[pk], sign_off, causes) for pk, (sign_off, causes) in found.items())


@transaction.atomic
def _tell_new(assessment: Assessment, sign_off: SignOff, causes: list[str]) -> bool:
    locked = SignOff.objects.select_for_update().get(pk=sign_off.pk)
    new = [cause for cause in causes if cause not in locked.told_stale]
    if not new:
        return False
    locked.told_stale += new
    locked.save(update_fields=["told_stale"])
    codes = list(dict.fromkeys(cause.partition(":")[0] for cause in new))
    webhooks.tell(WebhookEvent.STALE, assessment, sign_off.version, causes=codes)
    return True
