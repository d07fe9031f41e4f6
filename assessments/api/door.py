"""The one door: who asks, how often, what is opened for them, and how what comes out is sent."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import msgspec
from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from assessments import access, limiting
from assessments.engine.json_text import quote
from assessments.framework.notation import ENGLISH
from assessments.models import AccessToken, Assessment, SentBefore
from assessments.pages.problem import problem_response
from assessments.services import limits, tokens
from assessments.services.limits import CHANGES_BY_PROGRAM, READS_BY_PROGRAM
from assessments.speaking import speaking
from assessments.views import errors

from .faults import sent_fault
from .operation import DOCUMENT, FILES, Call, NotDone, Operation, OtherAnswer

_KEY = "Idempotency-Key"
_KEY_LONGEST = 100
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="ftdecide"'}
_TO_COME_IN = "Send “Authorization: Bearer” and a token of yours. Tokens are made under “Your account”."


def door(operations: Mapping[str, Operation]) -> Any:
    """The view of one address, for the operations that stand there by their verb."""

    @csrf_exempt
    def serve(request: HttpRequest, **arguments: Any) -> HttpResponse:
        with speaking(ENGLISH):  # what programs read is the same for everybody
            return answer(request, arguments)

    def answer(request: HttpRequest, arguments: dict[str, Any]) -> HttpResponse:
        method, headers = "GET" if request.method == "HEAD" else str(request.method), dict[str, str]()
        operation = operations.get(method)
        try:
            if operation is None:
                words, allowed = f"It takes {' and '.join(operations)}.", {"Allow": ", ".join(operations)}
                raise NotDone(405, "This address does not take that", words, headers=allowed)
            token = _token(request)
            access.enter(request, token)
            headers |= _count(token, operation)
            response = _perform(request, operation, token, arguments, operations.get("GET"))
        except NotDone as refused:
            response = problem_response(refused.problem, refused.headers)
        except Http404:
            response = errors.not_found(request)
        except PermissionDenied as refusal:
            response = errors.forbidden(request, refusal)
        for name, value in headers.items():
            response.headers[name] = value
        return response

    return serve


def _token(request: HttpRequest) -> AccessToken:
    """What a program came with. A token in an address, or one beside a cookie, is refused unread."""
    refuse_in_address(request.get_full_path())
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not secret.strip():
        raise NotDone(401, "This takes a token", _TO_COME_IN, headers=_CHALLENGE)
    refuse_beside_cookie(request.headers.get("Cookie", ""))
    token = tokens.live_token(secret.strip())
    if token is None:
        detail = "It is unknown, paused, revoked or over, or not allowed here."
        raise NotDone(401, "This token opens nothing", detail, headers=_CHALLENGE)
    tokens.see(token)
    return token


def refuse_in_address(address: str) -> None:
    if tokens.BEGINS in address:
        detail = "Addresses are written down on the way. Revoke that token and send another one as a header."
        raise NotDone(400, "A token does not belong in an address", detail)


def refuse_beside_cookie(cookie: str) -> None:
    if cookie:
        raise NotDone(400, "A token comes alone", "Send it without cookies.")


def _count(token: AccessToken, operation: Operation) -> dict[str, str]:
    """Counts the request, and says how many are left: of changes for all processes, of reads for each by itself."""
    limit = CHANGES_BY_PROGRAM if operation.is_unsafe else READS_BY_PROGRAM
    seconds = int(limit.within.total_seconds())
    if operation.is_unsafe:
        wait = limits.seconds_to_wait(limit, "", about=token.token_digest)
        left = limits.left(limit, "", about=token.token_digest)
    else:
        key = f"read-{token.pk}-{timezone.now():%H%M}"
        cache = caches["seen"]
        cache.add(key, 0, timeout=seconds)
        try:
            left = limit.most - cache.incr(key)
        except ValueError:  # it ran out, or made room, between the two
            left = limit.most - 1
        wait = 0 if left >= 0 else seconds
    if wait := wait or limiting.seconds_for_program(token.membership.user, operation.like, operation.method):
        headers = {"Retry-After": str(wait)}
        raise NotDone(429, "That was too often", "Wait, then try again. Nothing was changed.", headers=headers)
    policy = f'"{limit.name}"'
    return {"RateLimit-Policy": f"{policy};q={limit.most};w={seconds}", "RateLimit": f"{policy};r={max(left, 0)}"}


def _perform(
    request: HttpRequest, operation: Operation, token: AccessToken, given: dict[str, Any], shown: Operation | None
) -> HttpResponse:
    """`shown` is what is read at the same address."""
    opened = _open(request, operation, token, given)
    body = request.body if operation.is_unsafe and operation.sends != FILES else b""
    call = Call(
        request=request,
        token=token,
        opened=opened,
        arguments=given,
        asked=_query(request, operation),
        sent=_read(body, operation),
    )
    seen = _marks(request, "If-Match")
    if not seen or not operation.is_unsafe or shown is None:
        return _do(call, operation, body)
    with transaction.atomic():
        _refuse_unless_as_seen(call, shown, seen)
        return _do(call, operation, body)


def _marks(request: HttpRequest, name: str) -> set[str]:
    return {mark.strip().removeprefix("W/") for mark in request.headers.get(name, "").split(",") if mark.strip()}


def _refuse_unless_as_seen(call: Call, shown: Operation, seen: set[str]) -> None:
    """Whatever else changes the assessment waits from here on. What is read at the address must have such a mark."""
    if isinstance(call.opened, access.OwnAssessment):
        call.own.assessment.refresh_from_db(from_queryset=Assessment.objects.select_for_update())
    call = replace(call, asked=shown.asks() if shown.asks else None, sent=None)
    now = _response(call.request, shown, shown.perform(call))
    if not seen & {now.get("ETag", ""), "*"}:
        raise NotDone(412, "This has changed meanwhile", "Read it again, then decide. Nothing was changed.")


def _do(call: Call, operation: Operation, body: bytes) -> HttpResponse:
    key = call.request.headers.get(_KEY, "")
    if key and operation.again:
        return _once(call, operation, key, body)
    return _response(call.request, operation, operation.perform(call))


def _open(request: HttpRequest, operation: Operation, token: AccessToken, given: dict[str, Any]) -> Any:
    """What the operation is about. Whoever is outside finds nothing, as on the pages."""
    if operation.opens == "workspace":
        return access.own_workspace(request, token.membership.workspace_id, operation.right)
    find = access.own_assessment if operation.opens == "assessment" else access.own_deleted_assessment
    return find(request, given.pop("assessment_id"), operation.right)


def _query(request: HttpRequest, operation: Operation) -> Any:
    if operation.asks is None:
        return None
    try:
        return msgspec.convert(request.GET.dict(), operation.asks, strict=False)
    except msgspec.ValidationError as error:
        raise _not_as_asked(error) from None


def _read(body: bytes, operation: Operation) -> Any:
    if operation.sends in (None, FILES):
        return None
    if operation.sends == DOCUMENT:
        return body
    try:
        return msgspec.json.decode(body or b"{}", type=operation.sends)
    except msgspec.ValidationError as error:
        raise _not_as_asked(error) from None
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        said = str(error) if isinstance(error, msgspec.DecodeError) else "it is nested too deep or no text"
        raise NotDone(400, "That could not be read", f"The body must be JSON: {said}") from None


def _not_as_asked(error: msgspec.ValidationError) -> NotDone:
    fault = sent_fault(error)
    told = f"{fault.path}: {fault.sentence}" if fault.path else f"What was sent {fault.sentence}"
    return NotDone(422, "There is a problem", f"{told}. Nothing was changed.", [fault])


def _once(call: Call, operation: Operation, key: str, body: bytes) -> HttpResponse:
    """Does what was sent by this key once. Sent again it gives the same answer; something else by it is refused."""
    if len(key) > _KEY_LONGEST or not key.isprintable():
        raise NotDone(422, "There is a problem", f"{_KEY}: {quote(key[:20])} is not a key of at most 100 characters.")
    asked = hashlib.sha256(f"{operation.name} {call.request.path_info} ".encode() + body).hexdigest()
    with transaction.atomic():
        row, is_first = SentBefore.objects.select_for_update().get_or_create(
            token=call.token, key=key, defaults={"asked": asked}
        )
        if is_first:
            response = _response(call.request, operation, operation.perform(call))
            SentBefore.objects.filter(pk=row.pk).update(status=response.status_code, answer=response.text)
            return response
    if row.asked != asked:
        raise NotDone(422, "There is a problem", f"{_KEY}: something else was sent by this key before.")
    return HttpResponse(row.answer, status=row.status, content_type=operation.media)


def _response(request: HttpRequest, operation: Operation, answer: Any) -> HttpResponse:
    """What is read carries a mark; asked for again with it, it is not sent again."""
    if isinstance(answer, OtherAnswer):
        body = msgspec.json.encode(answer.body)
        return HttpResponse(body, status=answer.status, content_type="application/json", headers=answer.headers)
    if operation.gives is None:
        empty = HttpResponse(status=operation.status)
        del empty.headers["Content-Type"]
        return empty
    body = answer if isinstance(answer, bytes) else msgspec.json.encode(answer)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if not operation.is_unsafe and _marks(request, "If-None-Match") & {etag, "*"}:
        return HttpResponse(status=304, headers={"ETag": etag})
    headers = {} if operation.is_unsafe else {"ETag": etag}
    return HttpResponse(body, status=operation.status, content_type=operation.media, headers=headers)
