"""Links that let anyone who has them read a result."""

import secrets

from django.db import transaction
from django.utils import timezone

from assessments.models import Assessment, ShareLink


@transaction.atomic
def make_link(assessment: Assessment) -> str:
    """A new token of 256 bits. It is shown once and not kept; an older link stops working."""
    switch_off(assessment)
    token = secrets.token_urlsafe(32)
    ShareLink.objects.create(assessment=assessment, token_digest=ShareLink.digest(token))
    return token


def switch_off(assessment: Assessment) -> None:
    """Ends the assessment's link, at once."""
    assessment.share_links.filter(switched_off_at=None).update(switched_off_at=timezone.now())


def live_link(assessment: Assessment) -> ShareLink | None:
    """The link that is switched on, if there is one."""
    return assessment.share_links.filter(switched_off_at=None).first()
