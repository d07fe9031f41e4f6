"""The description of the interface (OpenAPI 3.1), written from the operations themselves, and a page to read it on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from assessments.engine.paths import FORMAT, VERSION
from assessments.pages.context import Context, render_page
from assessments.pages.problem import PROBLEM, Problem
from assessments.rights import scope_of

from .operation import DOCUMENT, FILES, OPERATIONS, PDF, Operation

_ARGUMENT = re.compile(r"<(\w+):(\w+)>")
_TITLE = "ftdecide: should we fine-tune?"
_ABOUT = (
    "What a person can do on the pages, a program does here with a token of theirs: the same rights, limits and "
    "history. Every answer but a few is JSON; what is wrong comes as a problem document (RFC 9457). What is read "
    "carries an ETag; a change with If-Match is refused (412) where what is read at its address has another one by now."
)
_GROUPS = {"one_assessment": "Assessments", "data": "Method, prices and published cases"}
"""What the operations of a module are about, where its name does not say it."""
_TAKES = {"write": "changes", "share": "shares"}
_ADDRESSES = "#/components/schemas/{name}"
_DOCUMENT: dict[str, Any] = {
    "type": "object",
    "description": "An assessment document. What else it can have, and what each can be, stands in the framework.",
    "required": ["format", "version", "use_case"],
    "properties": {
        "format": {"const": FORMAT},
        "version": {"const": VERSION},
        "use_case": {
            "type": "object",
            "required": ["name"],
            "properties": {"name": {"type": "string", "minLength": 1, "maxLength": 200}},
        },
    },
}
_AGAIN: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Sent again with the same key it is done once, and answered as before.",
    "schema": {"type": "string", "maxLength": 100},
}

_OTHERWISE = {200: "It was there before.", 202: "It is not there yet: ask again at Location after Retry-After seconds."}


@lru_cache(maxsize=1)
def description() -> dict[str, Any]:
    types: list[type] = [Problem]
    for one in OPERATIONS.in_order:
        types += [kind for kind in (one.gives, one.sends, one.asks, *one.also.values()) if isinstance(kind, type)]
    structs = list(dict.fromkeys(kind for kind in types if issubclass(kind, msgspec.Struct)))
    _, schemas = msgspec.json.schema_components(structs, ref_template=_ADDRESSES)
    paths: dict[str, Any] = {}
    for one in OPERATIONS.in_order:
        paths.setdefault(f"/{_in_braces(one.path)}", {})[one.method.lower()] = _described(one, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": _TITLE, "version": "1", "description": _ABOUT},
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    }


def _in_braces(path: str) -> str:
    return _ARGUMENT.sub(r"{\2}", path)


def _described(one: Operation, schemas: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": one.name,
        "summary": one.summary.partition(". ")[0].rstrip(".") + ".",
        "description": " ".join(one.summary.split()),
        "x-right": one.right,
        "x-scope": scope_of(one.right),
        "parameters": [*_from_path(one.path), *_from_query(one.asks, schemas), *([_AGAIN] if one.again else [])],
        "responses": {
            str(one.status): _answer(one),
            "default": {"description": "What is wrong, in words.", "content": {PROBLEM: {"schema": _schema(Problem)}}},
        },
    }
    if not one.is_unsafe:
        told["responses"]["304"] = {"description": "It is as it was when it carried that ETag."}
    for status, kind in one.also.items():
        content = {"application/json": {"schema": _schema(kind)}}
        told["responses"][str(status)] = {"description": _OTHERWISE[status], "content": content}
    if one.sends is not None:
        told["requestBody"] = {"required": True, "content": _sent(one.sends)}
    return told


def _sent(sends: Any) -> dict[str, Any]:
    if sends == FILES:
        files = {"type": "array", "items": {"type": "string", "format": "binary"}, "minItems": 1}
        return {"multipart/form-data": {"schema": {"type": "object", "properties": {"files": files}}}}
    return {"application/json": {"schema": _DOCUMENT if sends == DOCUMENT else _schema(sends)}}


def _from_path(path: str) -> list[dict[str, Any]]:
    kinds = {"int": {"type": "integer", "minimum": 0}, "slug": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}}
    return [
        {"name": name, "in": "path", "required": True, "schema": kinds[kind]} for kind, name in _ARGUMENT.findall(path)
    ]


def _from_query(asks: Any, schemas: dict[str, Any]) -> list[dict[str, Any]]:
    properties = schemas[asks.__name__]["properties"] if asks else {}
    return [{"name": name, "in": "query", "required": False, "schema": schema} for name, schema in properties.items()]


def _answer(one: Operation) -> dict[str, Any]:
    if one.gives is None:
        return {"description": "Done."}
    media = {} if one.media == PDF else {"schema": _schema(one.gives)}
    return {"description": "Done.", "content": {one.media.partition(";")[0]: media}}


def _schema(kind: Any) -> dict[str, Any]:
    return msgspec.json.schema_components([kind], ref_template=_ADDRESSES)[0][0]


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationRow:
    method: str
    path: str
    summary: str
    takes: str
    """What the token must be for, where reading is not enough."""
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationGroup:
    """Operations on one kind of thing."""

    title: str
    operations: Sequence[OperationRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class InterfacePage(Context):
    """What programs can ask, to be read by people."""

    template = "assessments/interface.html"
    base: str
    """What every address begins with."""
    groups: Sequence[OperationGroup]


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    return HttpResponse(msgspec.json.encode(description()), content_type="application/json")


@require_safe
def interface(request: HttpRequest) -> HttpResponse:
    groups: dict[str, list[OperationRow]] = {}
    for one in OPERATIONS.in_order:
        room = one.perform.__module__.rpartition(".")[2]
        groups.setdefault(_GROUPS.get(room) or room.replace("_", " ").capitalize(), []).append(_row(one))
    page = InterfacePage(
        base=request.build_absolute_uri(reverse("interface")),
        groups=[OperationGroup(title=title, operations=rows) for title, rows in groups.items()],
    )
    return render_page(request, page)


def _row(one: Operation) -> OperationRow:
    return OperationRow(
        method=one.method,
        path=f"/{_in_braces(one.path)}",
        summary=" ".join(one.summary.split()),
        takes=_TAKES.get(scope_of(one.right) or "", ""),
        name=one.name,
    )
