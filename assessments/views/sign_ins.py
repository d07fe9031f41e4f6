"""Where one is signed in, and signing out there."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments import access
from assessments.http import AuthenticatedHttpRequest
from assessments.pages.context import Context, render_page
from assessments.services import sign_ins as service


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInsPage(Context):
    """Where one is signed in."""

    template = "assessments/sign_ins.html"
    found: Sequence[service.SignIn]
    others: Sequence[service.SignIn]
    """All but the one in this browser."""


@require_safe
@login_required
def sign_ins(request: AuthenticatedHttpRequest) -> HttpResponse:
    here = request.session.session_key or ""
    found = service.sign_ins_of(request.user, access.own_sign_ins(request), here=here)
    return render_page(request, SignInsPage(found=found, others=[one for one in found if not one.is_here]))


@require_POST
@login_required
def end_sign_in(request: AuthenticatedHttpRequest, sign_in_id: int) -> HttpResponse:
    """Signs out in one other browser. In this one there is a button for it already."""
    row = access.own_sign_in(request, sign_in_id)
    if row.session_key == request.session.session_key:
        return redirect("account_logout")
    service.end(row)
    messages.success(request, _("{browser} is signed out.").format(browser=service.in_words(row.user_agent)))
    return redirect("sign_ins")


@require_POST
@login_required
def end_other_sign_ins(request: AuthenticatedHttpRequest) -> HttpResponse:
    service.end_all(request.user, but=request.session.session_key or "")
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("sign_ins")
