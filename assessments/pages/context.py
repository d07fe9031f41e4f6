"""What a template receives: a dataclass whose fields are the names that it knows."""

from dataclasses import dataclass, fields
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .kept_page import given_token


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The base of all. What every template knows, such as who is here, comes from the context processors."""

    template: ClassVar[str]
    nav: ClassVar[str] = ""
    """The entry in the head of all pages that this one belongs to."""


def names_in(context: Context) -> dict[str, Any]:
    """The names with what they stand for, as Django's templates take them."""
    return {"nav": context.nav} | {field.name: getattr(context, field.name) for field in fields(context)}


def render_page(
    request: HttpRequest, page: Context, *, beside: Context | None = None, part: str = "", status: int = 200
) -> HttpResponse:
    """The page, or a part of it for htmx; `beside` is what some visits have on it and others do not."""
    names = given_token() | names_in(page) | (names_in(beside) | {"nav": page.nav} if beside else {})
    return render(request, f"{page.template}#{part}" if part else page.template, names, status=status)
