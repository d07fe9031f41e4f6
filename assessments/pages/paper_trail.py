"""What a report says about where it comes from: its version, who approved it, its hash, and how to check it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments import access
from assessments.engine.measured.pilot import SignedCriteria
from assessments.models import Assessment, SignOff, Version
from assessments.presenters.pilot import record_sentence
from assessments.presenters.sign_off import ApprovalView, Row, criteria, day, present_approvals, validity
from assessments.presenters.version_diff import Differences
from assessments.services import audit
from assessments.services.answer_sheet import AnswerSheet
from assessments.services.market_watch import moved_since
from assessments.services.pilots import criteria_in, record_of_team, signed_criteria
from assessments.services.sign_off_state import completed_on, kind_of
from assessments.services.versions import frozen_as, hash_of

from .today import Today, today_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTrail:
    """All of it in words. The same state gives the same words, so that a report stays the same file."""

    content_hash: str
    standing: str
    kind: str = "draft"
    """How the sign-off stands, by the name of that state; a draft where nobody was asked."""
    is_version: bool = False
    is_asked: bool = False
    approvals: Sequence[ApprovalView] = ()
    criteria: Sequence[Row] = ()
    validity: Sequence[str] = ()
    moved: Sequence[str] = ()
    """What has moved in the market since it was frozen."""
    check_at: str = ""
    event: int | None = None
    """The place in the audit chain, and the seal there: what is cut off behind it is missed."""
    head: str = ""
    frozen_headline: str = ""
    differs: Sequence[Differences] = ()
    """What this release of ftdecide makes of the same answers otherwise than when they were frozen."""
    team_record: str = ""
    """How the team's pilots ended; a frozen version has none, since it moves on."""
    signed: SignedCriteria | None = None
    """The exit criteria that were signed, where the answers of now are told."""

    @property
    def digest(self) -> str:
        """Tells one state of the trail from another."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


def trail_of(assessment: Assessment, sheet: AnswerSheet, version: Version | None) -> PaperTrail:
    """What this reader may know of it.

    A copy with parts left out is not what was signed, and what was said about the whole may tell of them.
    """
    if not sheet.left_out:
        return paper_trail(assessment, sheet, version)
    return PaperTrail(content_hash="", standing=_("A copy with parts left out."))  # it can be checked by nobody


def paper_trail(assessment: Assessment, sheet: AnswerSheet, version: Version | None) -> PaperTrail:
    """The trail of a frozen version, or of the answers of now, which may be a version too."""
    of_now = version is None
    version = version or frozen_as(assessment, sheet)
    event = audit.last_about(audit.chain_of(assessment), version.place if version else assessment.pk)
    content_hash = version.content_hash if version else hash_of(sheet)
    sign_off = access.own_sign_offs(assessment).filter(version=version, withdrawn_at=None).first() if version else None
    today = today_of(version, lambda: sheet) if version else Today()
    return PaperTrail(
        content_hash=content_hash,
        standing=_standing(version, sign_off),
        kind=kind_of(sign_off) if sign_off else "draft",
        is_version=version is not None,
        is_asked=sign_off is not None,
        approvals=_approvals(sign_off),
        criteria=criteria(sheet.framework, sign_off, criteria_in(version)) if version and sign_off else (),
        validity=validity(sign_off) if sign_off else (),
        moved=moved_since(version.document, timezone.localdate()) if version and sign_off else (),
        check_at=f"{settings.SITE_URL}{reverse('verify')}?hash={content_hash}" if settings.SITE_URL else "",
        event=event.sequence if event else None,
        head=event.mac if event else "",
        frozen_headline=today.frozen_headline,
        differs=today.groups,
        team_record=record_sentence(record_of_team(assessment)) if of_now else "",
        signed=signed_criteria(assessment) if of_now else None,
    )


def _approvals(sign_off: SignOff | None) -> Sequence[ApprovalView]:
    if sign_off is None:
        return ()
    return present_approvals(list(sign_off.approvals.all()), last_editor=sign_off.version.last_edited_by_id)


def _standing(version: Version | None, sign_off: SignOff | None) -> str:
    if version is None:
        return _("This is a draft: its answers are not frozen as a version, and nobody has approved them.")
    name = _("Version {number}, frozen on {day}.").format(number=version.number, day=day(version.created_at))
    if sign_off is None:
        nobody = _("Nobody has been asked to approve it here.")
        return f"{name} {nobody}"
    asked = _("Approval was asked for on {day}.").format(day=day(sign_off.asked_at))
    if sign_off.due_on:
        asked = _("Approval was asked for on {day}, due on {due}.").format(
            day=day(sign_off.asked_at), due=day(sign_off.due_on)
        )
    outcome = {
        "waiting": _("It has not been decided by everybody yet."),
        "second": _("The last editor approves; it waits for a second approver."),
        "objected": _("It is not approved: somebody objects."),
        "approved": _("It was approved on {day}."),
        "conditions": _("It was approved on {day}, with conditions that are still open."),
    }
    decided = outcome[kind_of(sign_off)].format(day=day(completed_on(sign_off)))
    return f"{name} {asked} {decided}"
