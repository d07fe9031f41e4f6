"""Check a report: is it the version that was signed? For anyone who has the PDF or the hash that it prints."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from assessments import access
from assessments.models import Assessment, SignOff, Version
from assessments.network import network_of
from assessments.pages.context import Context, render_page
from assessments.presenters.sign_off import hash_groups, present_approvals
from assessments.services import limits
from assessments.services.seal import Sealed, read_seal
from assessments.services.sign_off_state import completed_on, kind_of
from assessments.services.versions import is_intact, sheet_of_version

LARGEST_REPORT = 2_900_000
MOST_SHOWN = 5
_NO_HASH = gettext_noop("A hash has 64 characters, 0 to 9 and a to f. It stands at the end of the report")
_NO_REPORT = gettext_noop(
    "This file carries no mark of a report from this site. It may come from another site, or another program may "
    "have saved it anew. Type the hash that it prints instead"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is known of one version with this content. The rest is for members of its workspace only."""

    number: int
    kind: str
    signed_at: datetime | None
    valid_until: Any
    intact: bool
    name: str = ""
    assessment: Assessment | None = None
    approvals: Any = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyPage(Context):
    """What is known of a report, or the form to ask with."""

    template = "assessments/verify.html"
    fault: str = ""
    """Why it could not be looked up."""
    typed: str = ""
    looked_up: bool = False
    """Whether something was looked up."""
    hash: str = ""
    sealed: Sealed | None = None
    """What the report that was sent carries."""
    found: Sequence[Found] = ()
    signed: bool = False
    """Whether any of them was approved."""


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    typed = (request.POST if request.method == "POST" else request.GET).get("hash", "")
    report = request.FILES.get("report")
    if report is None and not typed.strip() and request.method != "POST":
        return render_page(request, VerifyPage())
    if not limits.take(limits.REPORTS, network_of(request)):
        return _refused(request, _("That was very often. Wait a minute and try again"), typed, status=429)
    if report is None:
        digest = re.sub(r"\s", "", typed).lower()
        if not re.fullmatch(r"[0-9a-f]{64}", digest):
            return _refused(request, _(_NO_HASH) if typed.strip() else _("Choose a report, or type a hash"), typed)
        return _answer(request, digest, None)
    if (report.size or 0) > LARGEST_REPORT:
        return _refused(request, _("The file is larger than 2.9 MB. No report of ours is"), typed)
    sealed = read_seal(report.read())
    if sealed is None:
        return _refused(request, _(_NO_REPORT), typed)
    return _answer(request, sealed.content_hash, sealed)


def _refused(request: HttpRequest, fault: str, typed: str, *, status: int = 422) -> HttpResponse:
    page = VerifyPage(fault=fault, typed="".join(filter(str.isprintable, typed))[:200])
    return render_page(request, page, status=status)


def _answer(request: HttpRequest, digest: str, sealed: Sealed | None) -> HttpResponse:
    versions = list(access.versions_with(digest)[:MOST_SHOWN])
    own = set(access.own_assessments(request).filter(pk__in=[one.assessment_id for one in versions]).values_list("pk"))
    sign_offs: dict[int, SignOff] = {}
    for sign_off in access.sign_offs_of(versions):
        sign_offs.setdefault(sign_off.version_id, sign_off)
    found = [_found(one, sign_offs.get(one.pk), is_member=(one.assessment_id,) in own) for one in versions]
    found.sort(key=lambda one: one.signed_at is None)
    signed = bool(found) and found[0].signed_at is not None
    page = VerifyPage(looked_up=True, hash=hash_groups(digest), sealed=sealed, found=found, signed=signed)
    return render_page(request, page)


def _found(version: Version, sign_off: SignOff | None, *, is_member: bool) -> Found:
    intact = is_intact(version)
    public = Found(
        number=version.number,
        kind=kind_of(sign_off) if sign_off else "not_asked",
        signed_at=completed_on(sign_off) if sign_off else None,
        valid_until=sign_off.valid_until if sign_off else None,
        intact=intact,
    )
    if not is_member:
        return public
    approvals = list(sign_off.approvals.all()) if sign_off else []
    return Found(
        number=public.number,
        kind=public.kind,
        signed_at=public.signed_at,
        valid_until=public.valid_until,
        intact=intact,
        name=sheet_of_version(version).name,
        assessment=version.assessment,
        approvals=present_approvals(approvals, last_editor=version.last_edited_by_id),
    )
