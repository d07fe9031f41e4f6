"""Calm pages for when something is wrong: what happened, whether work is saved, one button."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments import access
from assessments.models import Role
from assessments.pages.context import names_in, render_page
from assessments.pages.error import ErrorPage
from assessments.pages.problem import Problem, is_asked_by_a_program, problem_response
from assessments.presenters.formats import counted, either
from assessments.rights import TRIAL, may, roles_with
from assessments.speaking import lowered
from ftdecide.logs import request_id


def _page(request: HttpRequest, status: int, title: str, sentence: str, **more: Any) -> HttpResponse:
    if is_asked_by_a_program(request):
        return problem_response(Problem(title=title, status=status, detail=sentence))
    return render_page(
        request, ErrorPage(title=title, sentence=sentence, request_id=request_id.get(), **more), status=status
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent)):
        return too_large(request)
    return _page(
        request, 400, _("That could not be read"), _("The request was not complete. What you saved before is safe.")
    )


def too_large(request: HttpRequest, *, megabytes: int = 1) -> HttpResponse:
    sentence = _("At most {n} MB can be sent at once. What you saved before is safe.").format(n=megabytes)
    return _page(request, 413, _("That is too large"), sentence)


def too_many(request: HttpRequest, *, wait: int = 300) -> HttpResponse:
    """Says when to come back. What was typed is on the page, to be sent again; htmx leaves it where it stands."""
    sentence = _("That was more than is taken at once. Nothing was changed. Come back {when}.").format(when=_in(wait))
    if request.headers.get("HX-Request"):
        response = HttpResponse(sentence, status=429, content_type="text/plain; charset=utf-8")
    else:
        typed = [(name, value) for name, values in request.POST.lists() for value in values if name != _TOKEN]
        may_stand_there = typed and not request.FILES and not _SECRET.intersection(request.POST)
        again = {"again": request.get_full_path(), "typed": typed} if may_stand_there else {}
        response = _page(request, 429, _("That was too often"), sentence, **again)
    response.headers["Retry-After"] = str(wait)
    return response


_TOKEN = "csrfmiddlewaretoken"
_SECRET = {"password", "password1", "password2", "oldpassword", "code", "passphrase"}
"""Fields that are on no page twice."""


def _in(seconds: int) -> str:
    """How long somebody has to wait, in words."""
    if seconds >= 3600:
        return counted(-(-seconds // 3600), "in {n} hour", "in {n} hours")
    if seconds >= 60:
        return counted(-(-seconds // 60), "in {n} minute", "in {n} minutes")
    return counted(seconds, "in {n} second", "in {n} seconds")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Says which role is needed, or that a second step is, where that is what was wrong."""
    if isinstance(exception, access.NeedsTwoStep):
        sentence = _(
            "“{workspace}” opens only for members with two-step sign-in: after your password you enter a code from an "
            "app on your phone. Switch it on, and you are in at once."
        ).format(workspace=exception.workspace.name)
        return _page(
            request, 403, _("This takes two-step sign-in"), sentence, switch_on=True, may_leave=exception.workspace
        )
    if isinstance(exception, access.AnsweringBlind):
        sentence = _(
            "You were asked to answer questions of this assessment without seeing what others answer. Its pages open "
            "for you once you have handed in your answers, or declined."
        )
        return _page(request, 403, _("You are answering blind"), sentence, answers_blind=exception.assessment)
    if isinstance(exception, access.NotInScope):
        needed = {"write": _("It takes a token for changing."), "share": _("It takes a token for sharing.")}
        sentence = needed.get(exception.scope or "") or _("No token may do this: a person must be there.")
        return _page(request, 403, _("This token is not for that"), sentence)
    if not isinstance(exception, access.NotInThisRole):
        return _page(request, 403, _("That is not allowed"), _("What you saved before is safe."))
    if exception.role == TRIAL:
        sentence = _("This takes an account. Sign up, and what you have in this browser comes along.")
        return _page(request, 403, _("This takes an account"), sentence, sign_up=True)
    roles = {"role": "", "needed": either([lowered(role) for role in roles_with(exception.right)])}
    if exception.role:
        roles["role"] = lowered(Role(exception.role).words)
        sentence = (
            _("You are {role} here. This takes the role of {needed}.")
            if exception.inside
            else _("You are {role} in your workspace. This takes the role of {needed}.")
        ).format(**roles)
    else:
        sentence = _("This takes a workspace in which you are {needed}.").format(**roles)
    more: dict[str, Any] = {"start_workspace": exception.assessment is None and exception.right == "edit"}
    if exception.assessment and may(exception.role, "read"):
        more["result_of"] = exception.assessment
    return _page(request, 403, _("Your role does not allow this"), sentence, **more)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        request,
        403,
        _("This page has been open for too long"),
        _(
            "For your safety nothing was changed. Go back, reload the page and send it again; what you saved before "
            "is safe. If it happens every time, allow cookies for this site."
        ),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    signed_in = hasattr(request, "user") and access.person(request)
    sentence = (
        _(
            "The address may be mistyped, the link switched off, or what it led to deleted. You see what belongs to "
            "your workspaces."
        )
        if signed_in
        else _(
            "The address may be mistyped, the link switched off, or what it led to deleted. Assessments belong to the "
            "browser they were started in, or to a team."
        )
    )
    more = {} if signed_in else {"sign_in": f"{reverse('account_login')}?{urlencode({'next': request.path})}"}
    return _page(request, 404, _("There is nothing here"), sentence, **more)


def server_error(request: HttpRequest) -> HttpResponse:
    title = _("Something went wrong on our side")
    sentence = _(
        "What you saved before is safe. Try again in a minute; if it stays like this, tell whoever runs this site."
    )
    if is_asked_by_a_program(request):
        return problem_response(Problem(title=title, status=500, detail=sentence))
    page = ErrorPage(title=title, sentence=sentence, request_id=request_id.get())
    nobody = {"person": None}  # whatever is broken is not asked again
    return render(request, page.template, names_in(page) | nobody, status=500)
